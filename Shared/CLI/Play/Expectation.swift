import CalloutClient
import Policy

/// A refusal that must come.
struct RefusalExpectation: Hashable, Sendable {
  /// The refusal's name or number; empty: any.
  var name: String
  /// All clauses that fail, in any order, with what is expected of each; nil: not looked at.
  var clauses: [Clause]?

  /// A clause that must fail.
  struct Clause: Hashable, Sendable {
    var id: String
    /// Of its parts: `text`, `refer` and `accept_if`.
    var parts: [PathExpectation]
  }

  /// What is wrong with `refusal`, or nil if it is the one expected.
  func mismatch(_ refusal: CalloutRefusal) -> String? {
    guard name.isEmpty || name == refusal.name || name == String(refusal.number) else {
      return "the refusal \(name) was expected, and came \(CalloutError.refusal(refusal))"
    }
    guard let clauses else { return nil }
    let (expected, actual) = (clauses.map(\.id).sorted(), refusal.clauses.map(\.id).sorted())
    guard expected == actual else {
      return "the clauses \(expected.joined(separator: ", ")) were expected to fail, and these did: "
        + (actual.isEmpty ? "none" : actual.joined(separator: ", "))
    }
    for clause in clauses {
      guard let failed = refusal.clauses.first(where: { $0.id == clause.id }) else { continue }
      let value: JSONValue = [
        "text": .text(failed.text), "refer": .text(failed.referral), "accept_if": .text(failed.acceptIf),
      ]
      for part in clause.parts {
        if let mismatch = part.mismatch(value) { return "the clause \(clause.id), \(mismatch)" }
      }
    }
    return nil
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
  /// A list has so many items.
  case count(Expectation)
  case not(Expectation)
  /// An item of a list satisfies all of these.
  case any([PathExpectation])
  /// Every item of a list, which is not empty, satisfies all of these.
  case every([PathExpectation])
  /// A civil time as it was written, and the instant at which its second begins in the scenario's zone. What comes too late
  /// by a millisecond, such as the page for a target that was not met on its very instant, is of that second.
  case civil(String, Instant)
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
      guard case .list(let items) = actual else { return actual == .null && count.holds(0) }
      return count.holds(.integer(Int64(items.count)))
    case .not(let expectation): return !expectation.holds(actual)
    case .any(let expectations):
      guard case .list(let items) = actual else { return false }
      return items.contains { item in expectations.allSatisfy { $0.mismatch(item) == nil } }
    case .every(let expectations):
      guard case .list(let items) = actual, !items.isEmpty else { return false }
      return items.allSatisfy { item in expectations.allSatisfy { $0.mismatch(item) == nil } }
    case .civil(let text, let instant):
      return actual == .text(text) || Instant(actual.plain).map { instant <= $0 && $0 < instant + .seconds(1) } ?? false
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
    case .count(let count): "\(count.description) items"
    case .not(let expectation): "anything but \(expectation.description)"
    case .any(let expectations): "an item with \(expectations.description)"
    case .every(let expectations): "only items with \(expectations.description)"
    case .civil(let text, let instant): "\(text), which is \(instant)"
    case .all(let expectations): expectations.map(\.description).joined(separator: " and ")
    }
  }
}

extension [PathExpectation] {
  /// In words, for a message.
  var description: String { map { "\($0.path) \($0.expectation.description)" }.joined(separator: " and ") }
}
