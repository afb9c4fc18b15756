import ArgumentParser
import CalloutClient
import Policy
import SwiftProtobuf
import Wire

/// A command that calls one method. Its flags are the request's fields; the generated ones differ in nothing else.
protocol OperationCommand: AsyncParsableCommand {
  /// The method's name.
  static var operation: String { get }
  var common: CommonOptions { get }
  /// For a method that all three services offer: which one is asked.
  var service: ServiceChoice? { get }
  /// Puts the flags that were given into the request.
  func fill(_ request: inout RequestFields) throws
  /// A drawing of the reply for people; nil where it is printed as any other.
  func draw(_ reply: JSONValue, _ times: CivilReading) -> String?
}

extension OperationCommand {
  var service: ServiceChoice? { nil }

  func draw(_ reply: JSONValue, _ times: CivilReading) -> String? { nil }

  func run() async throws {
    guard let operation = OperationShape.named(Self.operation) else {
      throw CommandFailure(.usage, "There is no method \(Self.operation).")
    }
    var fields = RequestFields(shape: operation.request)
    try fill(&fields)
    let coding = try common.coding()
    let client = try common.makeClient()
    let result: Result<JSONValue, CalloutError>
    do throws(CalloutError) {
      let request = try await namingTickets(fields, client)
      result = .success(try await ask(operation, request, client, coding))
    } catch {
      result = .failure(error)
    }
    await client.close()
    let reply: JSONValue
    switch result {
    case .success(let value): reply = value
    case .failure(let error):
      guard let flag = error.refusal.flatMap({ fields.flags[$0.field] }) else { throw error }
      throw CommandFailure(CommandStatus(error), "\(error) (the flag is --\(flag))")
    }
    let printer = try common.printer()
    if printer.format == .table, let drawing = draw(reply, printer.times) {
      Surface.current.out(drawing)
    } else {
      printer.print(reply, of: operation)
    }
  }

  /// The request with the id of each ticket that it names by its number.
  private func namingTickets(
    _ fields: RequestFields, _ client: CalloutClient
  ) async throws(CalloutError) -> JSONValue {
    var request = fields.value
    for field in fields.shape.fields where field.kind == .uuid && field.key.hasSuffix("ticket_id") {
      guard let number = request[field.key].flatMap({ UInt64($0.plain) }) else { continue }
      var options = common.callOptions()
      options.idempotencyKey = nil
      let ticket = try await client.intake.ticketGet(.with { $0.number = number }, options: options).ticket
      guard let id = TicketID(bytes: Array(ticket.id)) else {
        throw .configuration("The service tells no id of ticket \(number).")
      }
      request.set(.text(id.description), at: field.key)
    }
    return request
  }

  private func ask(
    _ operation: OperationShape, _ request: JSONValue, _ client: CalloutClient, _ coding: MessageCoding
  ) async throws(CalloutError) -> JSONValue {
    let options = common.callOptions()
    if let name = operation.service ?? service?.service {
      return try await client.service(name).call(operation, request, coding: coding, options: options)
    }
    // Lists have pages of their own in each service; what is one object each is asked of all three.
    guard !operation.reply.fields.contains(where: \.isRepeated), operation.method != .planGet else {
      return try await client.intake.call(operation, request, coding: coding, options: options)
    }
    var members: [JSONValue.Member] = []
    for service in client.services {
      let reply = try await service.call(operation, request, coding: coding, options: options)
      members.append(JSONValue.Member(service.name.rawValue, reply))
    }
    return .object(members)
  }
}

/// The fields of a request, as flags give them.
struct RequestFields {
  let shape: MessageShape
  private(set) var value: JSONValue = .object([])
  /// The flags of fields that are not called like them, by path.
  private(set) var flags: [String: String] = [:]

  /// Hexadecimal digits of a plan's version.
  private static let versionDigitCount = 64

  init(shape: MessageShape) { self.shape = shape }

  /// A field that was given as text: the message's coding makes of it what the schema says. For a message it is JSON, or
  /// `@file` with JSON; for a document, the file that has it.
  mutating func set(_ path: String, _ text: String?) throws {
    guard let text else { return }
    switch kind(at: path) {
    case .hex? where path.hasSuffix("version"): value.set(.text(try Self.planVersion(text)), at: path)
    case .message?: value.set(try Self.json(text), at: path)
    case .document?: value.set(.text(try Surface.current.readText(text)), at: path)
    case .text?, .flag?, .int32?, .int64?, .uint32?, .uint64?, .instant?, .uuid?, .hex?, nil:
      value.set(.text(text), at: path)
    }
  }

  mutating func set(_ path: String, _ number: (some BinaryInteger)?) {
    if let number { value.set(.text(String(number)), at: path) }
  }

  mutating func set(_ path: String, _ flag: Bool?) {
    if let flag { value.set(.flag(flag), at: path) }
  }

  mutating func set(_ path: String, _ flag: Bool) {
    if flag { value.set(.flag(true), at: path) }
  }

  /// A repeated field. Facts are `name=value`, several values of one name a list; other messages JSON or their shorthand.
  mutating func set(_ path: String, _ texts: [String]) throws {
    guard !texts.isEmpty else { return }
    guard kind(at: path) == .message("Fact") else {
      let items = try texts.map { $0.hasPrefix("{") || $0.hasPrefix("@") ? try Self.json($0) : .text($0) }
      value.set(.list(items), at: path)
      return
    }
    var facts: [JSONValue.Member] = []
    for text in texts {
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw CommandFailure(.usage, "A fact is name=value, not \(text).")
      }
      let (name, fact) = (String(text[..<equals]), JSONValue.text(String(text[text.index(after: equals)...])))
      if let index = facts.firstIndex(where: { $0.key == name }) {
        let earlier: [JSONValue] = if case .list(let items) = facts[index].value { items } else { [facts[index].value] }
        facts[index].value = .list(earlier + [fact])
      } else {
        facts.append(JSONValue.Member(name, fact))
      }
    }
    value.set(.object(facts), at: path)
  }

  private func kind(at path: String) -> FieldShape.Kind? {
    var (shape, kind): (MessageShape?, FieldShape.Kind?) = (shape, nil)
    for key in path.split(separator: ".") {
      kind = shape?.fields.first { $0.key == key }?.kind
      if case .message(let name)? = kind { shape = MessageShape.all[name] }
    }
    return kind
  }

  /// Says how the flag of a field is called.
  mutating func name(_ path: String, _ flag: String) { flags[path] = flag }

  private static func planVersion(_ text: String) throws(CommandFailure) -> String {
    guard text.isEmpty || text.utf8.count == versionDigitCount && text.allSatisfy(\.isHexDigit) else {
      throw CommandFailure(
        .usage,
        "\(text) is no version of a plan, which is \(versionDigitCount) hexadecimal digits. `callout plan list` shows them."
      )
    }
    return text
  }

  static func json(_ text: String) throws -> JSONValue {
    let (source, name) =
      text.hasPrefix("@")
      ? (try Surface.current.readText(String(text.dropFirst())), String(text.dropFirst())) : (text, "")
    do { return try JSONValue(parsing: source) } catch {
      throw CommandFailure(.usage, name.isEmpty ? "\(text) is no JSON: \(error)" : "\(name): \(error)")
    }
  }
}
