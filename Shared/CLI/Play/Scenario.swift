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
  /// Every message that comes of the step, a mapping each; nil: not looked at.
  var told: [[PathExpectation]]?
  /// Changes that a service pushes because of the step.
  var pushed: [PushExpectation]

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
    case publish(ScenarioPlan)
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

/// A plan file that a step publishes.
struct ScenarioPlan: Sendable {
  /// A path that can be opened from here.
  var path: String
  /// Texts of the file that are other ones in the version that is published. Each stands there once.
  var replacements: [(old: String, new: String)] = []
}

/// A change that a service must push.
struct PushExpectation: Sendable {
  var service: ServiceName
  var kind: String
  var line: Int
  /// What else must stand in the change.
  var expectations: [PathExpectation]
}

extension ScenarioPlan {
  /// A text that is to be replaced does not stand in the file, or more than once.
  struct Unfitting: Error {
    let text: String
  }

  /// The file's bytes with the replacements made.
  func changed(_ document: [UInt8]) throws(Unfitting) -> [UInt8] {
    var text = String(decoding: document, as: UTF8.self)
    for (old, new) in replacements {
      guard text.ranges(of: old).count == 1 else { throw Unfitting(text: old) }
      text.replace(old, with: new)
    }
    return Array(text.utf8)
  }
}
