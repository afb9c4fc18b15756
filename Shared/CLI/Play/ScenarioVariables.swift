import CalloutClient

/// The variables of a run.
struct ScenarioVariables: Sendable {
  private var values: [String: JSONValue]

  init(_ values: [String: JSONValue]) { self.values = values }

  subscript(name: String) -> JSONValue? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// A variable that is used but has no value.
  struct Missing: Error, Hashable {
    let name: String
  }

  /// `value` with every `${name}` replaced. A text that is nothing but one becomes the variable's own value.
  func resolved(_ value: JSONValue) throws(Missing) -> JSONValue {
    switch value {
    case .null, .flag, .integer, .unsigned, .other: return value
    case .text(let text):
      if text.hasPrefix("${"), text.firstIndex(of: "}") == text.index(before: text.endIndex) {
        return try variable(String(text.dropFirst(2).dropLast()))
      }
      return .text(try resolved(text))
    case .list(let items):
      var found: [JSONValue] = []
      for item in items { found.append(try resolved(item)) }
      return .list(found)
    case .object(let members):
      var found: [JSONValue.Member] = []
      for member in members { found.append(JSONValue.Member(member.key, try resolved(member.value))) }
      return .object(found)
    }
  }

  /// `text` with every `${name}` replaced.
  func resolved(_ text: String) throws(Missing) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${") {
      result += rest[..<start.lowerBound]
      rest = rest[start.upperBound...]
      guard let end = rest.firstIndex(of: "}") else { throw Missing(name: String(rest)) }
      result += try variable(String(rest[..<end])).plain
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private func variable(_ name: String) throws(Missing) -> JSONValue {
    guard let value = values[name] else { throw Missing(name: name) }
    return value
  }
}

extension Expectation {
  /// The expectation with every variable put in.
  func resolved(_ variables: ScenarioVariables) throws(ScenarioVariables.Missing) -> Expectation {
    switch self {
    case .equal(let value): return .equal(try variables.resolved(value))
    case .contains(let value): return .contains(try variables.resolved(value))
    case .not(let inner): return .not(try inner.resolved(variables))
    case .count(let inner): return .count(try inner.resolved(variables))
    case .absent, .atLeast, .atMost, .civil: return self
    case .any(let inner): return .any(try inner.resolved(variables))
    case .every(let inner): return .every(try inner.resolved(variables))
    case .all(let inner):
      var found: [Expectation] = []
      for one in inner { found.append(try one.resolved(variables)) }
      return .all(found)
    }
  }
}

extension [PathExpectation] {
  /// The expectations with every variable put in, in their paths too.
  func resolved(_ variables: ScenarioVariables) throws(ScenarioVariables.Missing) -> [PathExpectation] {
    var found: [PathExpectation] = []
    for one in self {
      found.append(
        PathExpectation(
          path: try variables.resolved(one.path), line: one.line, expectation: try one.expectation.resolved(variables)))
    }
    return found
  }
}

extension RefusalExpectation {
  /// The expectation with every variable put in.
  func resolved(_ variables: ScenarioVariables) throws(ScenarioVariables.Missing) -> RefusalExpectation {
    guard let clauses else { return self }
    var found: [Clause] = []
    for clause in clauses { found.append(Clause(id: clause.id, parts: try clause.parts.resolved(variables))) }
    return RefusalExpectation(name: name, clauses: found)
  }
}
