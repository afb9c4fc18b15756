import CalloutClient
internal import Foundation
import Policy
import Wire
internal import Yams

extension Scenario {
  /// Reads a scenario file.
  ///
  /// - Throws: ``CommandFailure`` with the usage status, which names file and line.
  init(yaml: String, path: String, zoneinfo: String = ZoneFiles.directory) throws {
    self = try ScenarioReader(document: try YAMLDocument(yaml, path: path), zoneinfo: zoneinfo).scenario()
  }
}

/// Makes a scenario of its file.
private struct ScenarioReader {
  /// Methods that concern all services at once; a scenario's head and its `advance` steps do what they do.
  static let excluded: Set<String> = ["tenant.create", "plan.publish", "clock.advance", "event.apply", "changes.watch"]

  let document: YAMLDocument
  let zoneinfo: String

  func scenario() throws -> Scenario {
    var members: [String: Node] = [:]
    let keys = ["title", "zone", "start", "plans", "identities", "variables", "steps"]
    for (key, value) in try document.members(document.root, "a scenario") {
      guard keys.contains(key.text) else {
        throw document.failure(key.line, "a scenario has no \(key.text); it has " + keys.joined(separator: ", "))
      }
      members[key.text] = value
    }
    func required(_ key: String) throws -> Node {
      guard let node = members[key] else { throw document.failure(1, "\(key) is missing") }
      return node
    }
    let title = try document.text(try required("title"), "title")
    guard (1...200).contains(title.utf8.count) else {
      throw document.failure(document.line(try required("title")), "a title has 1 to 200 bytes")
    }
    let zone = try members["zone"].map { try self.zone($0) } ?? .utc
    let start = try required("start")
    let folder = URL(fileURLWithPath: document.path).deletingLastPathComponent()
    var scenario = Scenario(
      title: title, zone: zone, start: try instant(start, zone),
      plans: try (members["plans"].map { try document.texts($0, "plans") } ?? []).map {
        $0.hasPrefix("/") ? $0 : folder.appendingPathComponent($0).standardizedFileURL.path
      },
      identities: [:], variables: [:], steps: [])
    if let node = members["identities"] {
      for (key, value) in try document.members(node, "identities") {
        scenario.identities[key.text] = try document.text(value, key.text)
      }
    }
    if let node = members["variables"] {
      for (key, value) in try document.members(node, "variables") {
        scenario.variables[key.text] = try document.json(value)
      }
    }
    let steps = try document.items(try required("steps"), "steps")
    guard steps.count <= Scenario.stepCountMax else {
      throw document.failure(document.line(try required("steps")), "at most \(Scenario.stepCountMax) steps are played")
    }
    for (index, node) in steps.enumerated() {
      scenario.steps.append(
        try StepReader(document: document, zone: zone, excluded: Self.excluded).step(node, index + 1))
    }
    return scenario
  }

  private func zone(_ node: Node) throws -> TimeZoneRules {
    let name = try document.text(node, "zone")
    do { return try ZoneFiles.load(name, directory: zoneinfo) } catch let failure as CommandFailure {
      throw CommandFailure(.usage, "\(document.path):\(document.line(node)): \(failure.text)")
    }
  }

  private func instant(_ node: Node, _ zone: TimeZoneRules) throws -> Instant {
    let text = try document.text(node, "start")
    guard let instant = CivilReading(zone: zone).instant(text) else {
      throw document.failure(document.line(node), "\(text) is neither an instant nor a civil time of \(zone.name)")
    }
    return instant
  }
}

/// Makes a step of its node.
private struct StepReader {
  let document: YAMLDocument
  let zone: TimeZoneRules
  let excluded: Set<String>

  private static let keys = [
    "at", "after", "as", "do", "service", "with", "save", "expect", "refused", "print", "advance", "settle", "note",
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
    let kinds = ["do", "advance", "settle"].filter { members[$0] != nil }
    guard kinds.count == 1 || (kinds.isEmpty && members["print"] != nil) else {
      throw document.failure(line, "a step has one of do, advance, settle, or print alone")
    }
    if members["do"] == nil,
      let key = ["service", "with", "save", "expect", "refused"].first(where: { members[$0] != nil })
    {
      throw document.failure(line, "\(key) belongs to do")
    }
    return ScenarioStep(
      number: number, line: line, time: try time(members, line),
      identity: try members["as"].map { try document.text($0, "as") },
      action: try action(members, line), note: try members["note"].map { try document.text($0, "note") })
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

  private func action(_ members: [String: Node], _ line: Int) throws -> ScenarioStep.Action {
    if let node = members["do"] { return .call(try call(node, members)) }
    if let node = members["print"] { return .print(try document.text(node, "print")) }
    return .wait
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
      expectations: try expected.map { try expectation($0.key, $0.value) },
      refusal: try members["refused"].map { try refusal($0) },
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

  private func expectation(_ key: YAMLDocument.Scalar, _ node: Node) throws -> PathExpectation {
    PathExpectation(path: key.text, line: key.line, expectation: try expectation(node))
  }

  private func expectation(_ node: Node) throws -> Expectation {
    guard node.mapping != nil else {
      let value = try document.json(node)
      return value == .null ? .absent : .equal(value)
    }
    let parts = try document.members(node, "an expectation").map { key, value -> Expectation in
      switch key.text {
      case "at_least": return .atLeast(try number(value))
      case "at_most": return .atMost(try number(value))
      case "contains": return .contains(try document.json(value))
      case "count": return .count(Int(clamping: try number(value)))
      case "not": return .not(try expectation(value))
      case "any", "none":
        let inner = try document.members(value, key.text).map { try expectation($0.key, $0.value) }
        return key.text == "any" ? .any(inner) : .not(.any(inner))
      case _:
        throw document.failure(
          key.line, "there is no expectation \(key.text); there are at_least, at_most, contains, count, not, any, none")
      }
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private func number(_ node: Node) throws -> Int64 {
    guard let number = Int64(try document.text(node, "a number")) else {
      throw document.failure(document.line(node), "a whole number is expected")
    }
    return number
  }

  private func refusal(_ node: Node) throws -> RefusalExpectation {
    guard node.mapping != nil else {
      return try known(RefusalExpectation(name: try document.text(node, "refused"), clauses: nil), node)
    }
    var expected = RefusalExpectation(name: "", clauses: nil)
    for (key, value) in try document.members(node, "refused") {
      switch key.text {
      case "name", "number": expected.name = try document.text(value, key.text)
      case "clauses": expected.clauses = try document.texts(value, "clauses")
      case _: throw document.failure(key.line, "refused has name (or number) and clauses")
      }
    }
    return try known(expected, node)
  }

  private func known(_ expected: RefusalExpectation, _ node: Node) throws -> RefusalExpectation {
    let isKnown = RefusalCode.allCases.contains { $0.name == expected.name || String($0.rawValue) == expected.name }
    guard isKnown || expected.name.isEmpty else {
      throw document.failure(document.line(node), "there is no refusal \(expected.name)")
    }
    return expected
  }
}
