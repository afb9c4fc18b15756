import CalloutClient
import Wire

/// What became of a call.
enum CallOutcome: Sendable, Hashable, CustomStringConvertible {
  case reply(JSONValue)
  case refused(UInt32)
  /// Nobody knows whether it had an effect.
  case unknown
  /// It surely had none.
  case nothing

  var description: String {
    switch self {
    case .reply(let reply): reply.compact
    case .refused(let number): RefusalCode(rawValue: number)?.name ?? "refusal \(number)"
    case .unknown: "unknown"
    case .nothing: "nothing"
    }
  }
}

/// A call that was made: who asked what, under which key, and what came of it, each time that it was made.
final class CallRecord: @unchecked Sendable {
  /// One time that it was made.
  struct Attempt: Sendable {
    let outcome: CallOutcome
    /// When it was begun, and when its outcome was known.
    let began: Duration
    let ended: Duration
  }

  let operation: OperationShape
  let desk: Int
  /// The step of the workload that made it; nil for what prepares the desks.
  let step: Int?
  /// A tenant's role, or `operator`.
  let role: String
  /// Empty for a read.
  let key: [UInt8]
  let request: JSONValue
  private(set) var attempts: [Attempt] = []

  init(
    _ operation: OperationShape, desk: Int, step: Int?, role: String, key: [UInt8], request: JSONValue
  ) {
    self.operation = operation
    self.desk = desk
    self.step = step
    self.role = role
    self.key = key
    self.request = request
  }

  var method: Wire.Method { operation.method }
  var name: String { operation.method.name }
  var outcomes: [CallOutcome] { attempts.map(\.outcome) }

  func add(_ attempt: Attempt) { attempts.append(attempt) }

  /// The reply, if one ever came.
  var reply: JSONValue? {
    for case .reply(let reply) in outcomes { return reply }
    return nil
  }

  /// What it was told, with the time in which that was true: of a change the first reply alone, for the others repeat it.
  var replies: [(JSONValue, Attempt)] {
    var found: [(JSONValue, Attempt)] = []
    for attempt in attempts {
      guard case .reply(let reply) = attempt.outcome else { continue }
      guard method.kind == .write, let first = attempts.first else {
        found.append((reply, attempt))
        continue
      }
      return [(reply, Attempt(outcome: attempt.outcome, began: first.began, ended: attempt.ended))]
    }
    return found
  }

  /// Whether it may have had an effect that no reply tells of.
  var isOpen: Bool { reply == nil && outcomes.contains(.unknown) }
}
