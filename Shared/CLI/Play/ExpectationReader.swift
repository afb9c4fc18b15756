import CalloutClient
import Policy
import Wire
internal import Yams

/// Makes expectations of their nodes.
struct ExpectationReader {
  let document: YAMLDocument
  let zone: TimeZoneRules

  func at(_ key: YAMLDocument.Scalar, _ node: Node) throws -> PathExpectation {
    PathExpectation(path: key.text, line: key.line, expectation: try expectation(node))
  }

  /// What must stand at each path of a mapping.
  private func paths(_ node: Node, _ what: String) throws -> [PathExpectation] {
    try document.members(node, what).map { try at($0.key, $0.value) }
  }

  /// A message to somebody.
  func message(_ node: Node) throws -> [PathExpectation] {
    let found = try paths(node, "a message")
    for path in found { try check(path, .delivery) }
    return found
  }

  /// A change that `service` pushes unless it names another.
  func push(_ node: Node, of service: ServiceName?) throws -> PushExpectation {
    let line = document.line(node)
    var push = PushExpectation(service: service ?? .intake, kind: "", line: line, expectations: [])
    var isNamed = service != nil
    for (key, value) in try document.members(node, "a push") {
      switch key.text {
      case "service":
        guard let named = ServiceName(rawValue: try document.text(value, "service")) else {
          throw document.failure(key.line, "service is intake, ledger or notifier")
        }
        push.service = named
        isNamed = true
      case "kind": push.kind = try document.text(value, "kind")
      case _:
        push.expectations.append(try at(key, value))
        try check(push.expectations[push.expectations.count - 1], .change)
      }
    }
    guard !push.kind.isEmpty else { throw document.failure(line, "a push has a kind, such as ticket.opened") }
    guard isNamed else { throw document.failure(line, "a push of a step without do names its service") }
    return push
  }

  /// A slip in a field's name is found before anything is played.
  private func check(_ expectation: PathExpectation, _ shape: MessageShape) throws {
    let key = expectation.path.prefix { $0 != "." && $0 != "[" }
    guard shape.fields.contains(where: { $0.key == key }) else {
      throw document.failure(
        expectation.line, "\(shape.name) has no field \(key); it has " + shape.fields.map(\.key).joined(separator: ", ")
      )
    }
  }

  private func expectation(_ node: Node) throws -> Expectation {
    guard node.mapping != nil else {
      let value = try document.json(node)
      if case .text(let text) = value, let instant = civil(text) { return .civil(text, instant) }
      return value == .null ? .absent : .equal(value)
    }
    let parts = try document.members(node, "an expectation").map { key, value -> Expectation in
      switch key.text {
      case "at_least": return .atLeast(try number(value))
      case "at_most": return .atMost(try number(value))
      case "contains": return .contains(try document.json(value))
      case "count": return .count(try expectation(value))
      case "not": return .not(try expectation(value))
      case "any": return .any(try paths(value, key.text))
      case "every": return .every(try paths(value, key.text))
      case "none": return .not(.any(try paths(value, key.text)))
      case _:
        throw document.failure(
          key.line,
          "there is no expectation \(key.text); there are at_least, at_most, contains, count, not, any, every, none")
      }
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// The instant of a civil date with its time of day.
  private func civil(_ text: String) -> Instant? {
    guard text.contains(" "), !text.contains("$") else { return nil }
    return CivilReading(zone: zone).instant(text)
  }

  private func number(_ node: Node) throws -> Int64 {
    guard let number = Int64(try document.text(node, "a number")) else {
      throw document.failure(document.line(node), "a whole number is expected")
    }
    return number
  }

  func refusal(_ node: Node) throws -> RefusalExpectation {
    guard node.mapping != nil else {
      return try known(RefusalExpectation(name: try document.text(node, "refused"), clauses: nil), node)
    }
    var expected = RefusalExpectation(name: "", clauses: nil)
    for (key, value) in try document.members(node, "refused") {
      switch key.text {
      case "name", "number": expected.name = try document.text(value, key.text)
      case "clauses": expected.clauses = try clauses(value)
      case _: throw document.failure(key.line, "refused has name (or number) and clauses")
      }
    }
    return try known(expected, node)
  }

  /// Ids, or ids with what is expected of each.
  private func clauses(_ node: Node) throws -> [RefusalExpectation.Clause] {
    guard node.mapping != nil else {
      return try document.texts(node, "clauses").map { RefusalExpectation.Clause(id: $0, parts: []) }
    }
    return try document.members(node, "clauses").map { key, value in
      let parts = try paths(value, key.text)
      for part in parts where !["text", "refer", "accept_if"].contains(part.path) {
        throw document.failure(part.line, "a clause has text, refer and accept_if")
      }
      return RefusalExpectation.Clause(id: key.text, parts: parts)
    }
  }

  private func known(_ expected: RefusalExpectation, _ node: Node) throws -> RefusalExpectation {
    let isKnown = RefusalCode.allCases.contains { $0.name == expected.name || String($0.rawValue) == expected.name }
    guard isKnown || expected.name.isEmpty else {
      throw document.failure(document.line(node), "there is no refusal \(expected.name)")
    }
    return expected
  }
}
