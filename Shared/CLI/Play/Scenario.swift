import CalloutClient
import Policy
import Wire

/// A file of timed operations with expectations; SCENARIOS.md says what each part means.
struct Scenario: Sendable {
  /// The most steps of one scenario.
  static let stepCountMax = 10_000

  var title: String
  var zone: TimeZoneRules
  var start: Instant
  /// Plan files, as paths that can be opened from here.
  var plans: [String]
  var identities: [String: String]
  var variables: [String: JSONValue]
  var steps: [ScenarioStep]

  /// The context of an identity.
  func context(of identity: String) -> String { identities[identity] ?? identity }
}

/// One step of a scenario.
struct ScenarioStep: Sendable {
  /// From 1.
  var number: Int
  /// Where it stands in the file.
  var line: Int
  var time: Time
  var identity: String?
  var action: Action
  var note: String?

  /// When a step is played.
  enum Time: Hashable, Sendable {
    /// When the step before it was.
    case same
    case at(Instant)
    /// After the step before it.
    case after(TimeSpan)
  }

  /// What it does.
  enum Action: Sendable {
    case call(ScenarioCall)
    /// Waits until everything has settled, as every step does.
    case wait
    case print(String)
  }
}

/// An operation that a step calls.
struct ScenarioCall: Sendable {
  var operation: OperationShape
  var service: ServiceName
  /// The request, with variables not yet put in.
  var request: JSONValue
  /// Variables to set, by the path in the reply from which each comes.
  var saved: [(variable: String, path: String)]
  var expectations: [PathExpectation]
  var refusal: RefusalExpectation?
  /// A path in the reply that is printed.
  var printed: String?
}

/// A refusal that must come.
struct RefusalExpectation: Hashable, Sendable {
  /// The refusal's name or number; empty: any.
  var name: String
  /// Ids of all clauses that fail, in any order; nil: not looked at.
  var clauses: [String]?

  /// What is wrong with `refusal`, or nil if it is the one expected.
  func mismatch(_ refusal: CalloutRefusal) -> String? {
    guard name.isEmpty || name == refusal.name || name == String(refusal.number) else {
      return "the refusal \(name) was expected, and came \(CalloutError.refusal(refusal))"
    }
    guard let clauses else { return nil }
    let (expected, actual) = (clauses.sorted(), refusal.clauses.map(\.id).sorted())
    guard expected != actual else { return nil }
    return "the clauses \(expected.joined(separator: ", ")) were expected to fail, and these did: "
      + (actual.isEmpty ? "none" : actual.joined(separator: ", "))
  }
}

/// What must stand at a path of a reply.
struct PathExpectation: Hashable, Sendable {
  /// The most of a value that a message shows, in characters.
  static let shownCountMax = 1_000

  var path: String
  var line: Int
  var expectation: Expectation

  /// What is wrong with `reply`, or nil if the expectation holds.
  func mismatch(_ reply: JSONValue) -> String? {
    let actual = reply.value(at: path) ?? .null
    guard !expectation.holds(actual) else { return nil }
    let text = actual.compact
    let short = text.count <= Self.shownCountMax ? text : text.prefix(Self.shownCountMax) + "…"
    return "\(path): expected \(expectation.description), and came \(short)"
  }
}

/// What is expected of a value.
indirect enum Expectation: Hashable, Sendable {
  case equal(JSONValue)
  /// Not given, or empty.
  case absent
  case atLeast(Int64)
  case atMost(Int64)
  case contains(JSONValue)
  case count(Int)
  case not(Expectation)
  /// An item of a list satisfies all of these.
  case any([PathExpectation])
  case all([Expectation])

  func holds(_ actual: JSONValue) -> Bool {
    switch self {
    case .equal(let expected): return Self.areEqual(expected, actual)
    case .absent: return [.null, .text(""), .list([]), .object([])].contains(actual)
    case .atLeast(let bound): return Int64(actual.plain).map { $0 >= bound } ?? false
    case .atMost(let bound): return Int64(actual.plain).map { $0 <= bound } ?? false
    case .contains(let part):
      if case .list(let items) = actual { return items.contains { Self.areEqual(part, $0) } }
      if case .text(let text) = actual { return text.contains(part.plain) }
      return false
    case .count(let count):
      guard case .list(let items) = actual else { return count == 0 && actual == .null }
      return items.count == count
    case .not(let expectation): return !expectation.holds(actual)
    case .any(let expectations):
      guard case .list(let items) = actual else { return false }
      return items.contains { item in expectations.allSatisfy { $0.mismatch(item) == nil } }
    case .all(let expectations): return expectations.allSatisfy { $0.holds(actual) }
    }
  }

  /// Whether two values are the same as people write them: a number and its digits are, and an instant in two zones.
  private static func areEqual(_ expected: JSONValue, _ actual: JSONValue) -> Bool {
    switch (expected, actual) {
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { areEqual($0, $1) }
    case (.object(let members), .object):
      members.allSatisfy { member in areEqual(member.value, actual[member.key] ?? .null) }
    case (.object, _), (_, .object), (.list, _), (_, .list): false
    case (.text(let a), .text(let b)) where a != b: Instant(a).map { $0 == Instant(b) } ?? false
    case (_, _): expected.plain == actual.plain
    }
  }

  /// In words, for a message.
  var description: String {
    switch self {
    case .equal(let value): value.compact
    case .absent: "nothing"
    case .atLeast(let bound): "at least \(bound)"
    case .atMost(let bound): "at most \(bound)"
    case .contains(let part): "something that contains \(part.compact)"
    case .count(let count): "\(count) items"
    case .not(let expectation): "anything but \(expectation.description)"
    case .any(let expectations):
      "an item with " + expectations.map { "\($0.path) \($0.expectation.description)" }.joined(separator: " and ")
    case .all(let expectations): expectations.map(\.description).joined(separator: " and ")
    }
  }
}
