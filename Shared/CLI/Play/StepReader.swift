import CalloutClient
import Policy
import Wire
internal import Yams

/// Makes a step of its node.
struct StepReader {
  let document: YAMLDocument
  let zone: TimeZoneRules
  let excluded: Set<String>

  private var expectations: ExpectationReader { ExpectationReader(document: document, zone: zone) }

  private static let keys = [
    "at", "after", "as", "do", "service", "with", "save", "expect", "refused", "print", "advance", "settle", "publish",
    "told", "pushed", "note",
  ]

  func step(_ node: Node, _ number: Int) throws -> ScenarioStep {
    var members: [String: Node] = [:]
    for (key, value) in try document.members(node, "a step") {
      guard Self.keys.contains(key.text) else {
        throw document.failure(key.line, "a step has no \(key.text); it has " + Self.keys.joined(separator: ", "))
      }
      members[key.text] = value
    }
    let line = document.line(node)
    let kinds = ["do", "advance", "settle", "publish"].filter { members[$0] != nil }
    let canBeAlone = members["print"] != nil || members["told"] != nil
    guard kinds.count == 1 || (kinds.isEmpty && canBeAlone) else {
      throw document.failure(line, "a step has one of do, advance, settle, publish, or print or told alone")
    }
    if members["do"] == nil,
      let key = ["service", "with", "save", "expect", "refused"].first(where: { members[$0] != nil })
    {
      throw document.failure(line, "\(key) belongs to do")
    }
    let action = try action(members)
    let service: ServiceName? = if case .call(let call) = action { call.service } else { nil }
    return ScenarioStep(
      number: number, line: line, time: try time(members, line),
      identity: try members["as"].map { try document.text($0, "as") }, action: action,
      note: try members["note"].map { try document.text($0, "note") },
      told: try members["told"].map { node in try document.items(node, "told").map { try expectations.message($0) } },
      pushed: try members["pushed"].map { node in
        try document.items(node, "pushed").map { try expectations.push($0, of: service) }
      } ?? [])
  }

  private func time(_ members: [String: Node], _ line: Int) throws -> ScenarioStep.Time {
    let given = ["at", "after", "advance"].filter { members[$0] != nil }
    guard given.count <= 1 else { throw document.failure(line, "a step has only one of at, after, advance") }
    guard let key = given.first, let node = members[key] else { return .same }
    let text = try document.text(node, key)
    let span = text.hasPrefix("+") ? String(text.dropFirst()) : key == "after" ? text : nil
    if let span {
      guard let length = TimeSpan(span) else {
        throw document.failure(document.line(node), "\(text) is no span such as 45m, 2h30m or 3d")
      }
      return .after(length)
    }
    guard let instant = CivilReading(zone: zone).instant(text) else {
      throw document.failure(document.line(node), "\(text) is neither an instant nor a civil time of \(zone.name)")
    }
    return .at(instant)
  }

  private func action(_ members: [String: Node]) throws -> ScenarioStep.Action {
    if let node = members["do"] { return .call(try call(node, members)) }
    if let node = members["publish"] { return .publish(try plan(node)) }
    if let node = members["print"] { return .print(try document.text(node, "print")) }
    return .wait
  }

  /// A path, or a file with what is replaced in it.
  private func plan(_ node: Node) throws -> ScenarioPlan {
    guard node.mapping != nil else { return ScenarioPlan(path: try document.file(node, "publish")) }
    var plan = ScenarioPlan(path: "")
    for (key, value) in try document.members(node, "publish") {
      switch key.text {
      case "file": plan.path = try document.file(value, "file")
      case "replace":
        plan.replacements = try document.members(value, "replace").map {
          ($0.key.text, try document.text($0.value, "replace"))
        }
      case _: throw document.failure(key.line, "publish has file and replace")
      }
    }
    guard !plan.path.isEmpty else { throw document.failure(document.line(node), "publish names a file") }
    return plan
  }

  private func call(_ node: Node, _ members: [String: Node]) throws -> ScenarioCall {
    let name = try document.text(node, "do")
    guard let operation = OperationShape.named(name) else {
      throw document.failure(document.line(node), "there is no method \(name)")
    }
    guard !excluded.contains(name) else {
      throw document.failure(document.line(node), "\(name) is not for scenarios")
    }
    var service = operation.service ?? .intake
    if let node = members["service"] {
      let text = try document.text(node, "service")
      guard operation.service == nil, let named = ServiceName(rawValue: text) else {
        throw document.failure(
          document.line(node), "service is intake, ledger or notifier, for methods that all three offer")
      }
      service = named
    }
    let request = try members["with"].map { try document.json($0) } ?? .object([])
    if let node = members["with"] { try check(node, operation.request) }
    let saved = try members["save"].map { try document.members($0, "save") } ?? []
    let expected = try members["expect"].map { try document.members($0, "expect") } ?? []
    if members["refused"] != nil, members["expect"] != nil || members["save"] != nil {
      throw document.failure(document.line(node), "a refused step has no reply to expect or save from")
    }
    return ScenarioCall(
      operation: operation, service: service, request: request,
      saved: try saved.map { ($0.key.text, try document.text($0.value, $0.key.text)) },
      expectations: try expected.map { try expectations.at($0.key, $0.value) },
      refusal: try members["refused"].map { try expectations.refusal($0) },
      printed: try members["print"].map { try document.text($0, "print") })
  }

  /// Names of fields are checked when the file is read, so that a slip is found before anything is played.
  private func check(_ node: Node, _ shape: MessageShape) throws {
    for (key, value) in try document.members(node, "with") {
      guard let field = shape.fields.first(where: { $0.key == key.text }) else {
        throw document.failure(
          key.line, "\(shape.name) has no field \(key.text); it has " + shape.fields.map(\.key).joined(separator: ", "))
      }
      if case .message(let name) = field.kind, name != "Fact", let inner = MessageShape.all[name], value.mapping != nil
      {
        try check(value, inner)
      }
    }
  }
}
