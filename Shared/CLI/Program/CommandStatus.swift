import CalloutClient
import Wire

/// How the command ends. Scripts may rely on these numbers.
enum CommandStatus: Int32, CaseIterable, Sendable {
  /// Done.
  case ok = 0
  /// The rules say no: a service refused for good, or a plan has errors.
  case refused = 1
  /// The command, a file that it reads, or the request is not right.
  case usage = 2
  /// A service cannot be reached or cannot answer now; nothing was changed. Try again later.
  case unavailable = 3
  /// This identity may not do that.
  case notAuthorised = 4
  /// Whether a change took effect is not known. Repeat the command with the same `--key`.
  case outcomeUnknown = 5
  /// An expectation of a scenario does not hold.
  case expectationFailed = 6

  /// How a call's error ends the command.
  init(_ error: CalloutError) {
    switch error {
    case .configuration: self = .usage
    case .transport(_, let effect), .deadline(_, let effect): self = Self.unanswered(effect)
    case .refusal(let refusal):
      switch refusal.number {
      case 100..<200: self = .usage
      case 206: self = .refused
      case 200..<300: self = .notAuthorised
      case _: self = refusal.isRetryable ? Self.unanswered(refusal.effect) : .refused
      }
    }
  }

  private static func unanswered(_ effect: CallEffect) -> CommandStatus {
    switch effect {
    case .none: .unavailable
    case .done: .refused
    case .unknown: .outcomeUnknown
    }
  }

  /// What the help says about it.
  var meaning: String {
    switch self {
    case .ok: "done"
    case .refused: "refused by the rules, or a plan has errors"
    case .usage: "the command, a file or the request is not right"
    case .unavailable: "a service cannot answer now; nothing was changed"
    case .notAuthorised: "this identity may not do that"
    case .outcomeUnknown: "the outcome is not known: repeat with the same --key"
    case .expectationFailed: "an expectation of a scenario does not hold"
    }
  }
}

/// Why the command stops.
struct CommandFailure: Error, Hashable, Sendable {
  let status: CommandStatus
  let text: String

  init(_ status: CommandStatus, _ text: String) {
    self.status = status
    self.text = text
  }
}
