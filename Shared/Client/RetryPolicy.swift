/// When a call is repeated, and how long to wait before.
///
/// Repeated is only what is safe: a refusal that says `retryable`; a request that never left; and one whose effect is
/// unknown, because a read has none and a write carries the same key each time.
public struct RetryPolicy: Sendable, Hashable {
  /// The most times that one call is sent.
  public var attemptCountMax: Int
  /// The longest pause before the first repetition; it doubles with each further one.
  public var firstPause: Duration
  /// The longest pause.
  public var longestPause: Duration

  /// A policy. Pauses are drawn evenly between half of and the whole of their longest, so that clients spread.
  public init(
    attemptCountMax: Int = 10, firstPause: Duration = .milliseconds(50), longestPause: Duration = .seconds(2)
  ) {
    self.attemptCountMax = attemptCountMax
    self.firstPause = firstPause
    self.longestPause = longestPause
  }

  /// The pause before the next attempt, or nil if there is none to make.
  ///
  /// - Parameters:
  ///   - failure: Why the last attempt has no reply.
  ///   - attempt: Which attempt that was, from 1.
  ///   - random: From 0 up to 1.
  public func pause(after failure: AttemptFailure, attempt: Int, random: Double) -> Duration? {
    guard attempt < attemptCountMax, failure.mayBeRepeated else { return nil }
    let longest = min(longestPause, firstPause * (1 << min(max(attempt - 1, 0), 20)))
    let pause = longest / 2 + longest / 2 * random
    if case .refused(let refusal) = failure { return max(pause, refusal.retryAfter) }
    return pause
  }
}

/// Why one attempt of a call has no reply.
public enum AttemptFailure: Error, Sendable, Hashable {
  /// The service said no.
  case refused(CalloutRefusal)
  /// No answer came, for a reason that may pass.
  case broken(text: String, effect: CallEffect)
  /// No answer can come: the identity is wrong, the request too long, the task cancelled.
  case hopeless(text: String, effect: CallEffect)
  /// The time ran out.
  case timedOut(effect: CallEffect)

  var mayBeRepeated: Bool {
    switch self {
    case .refused(let refusal): refusal.isRetryable
    case .broken: true
    case .hopeless, .timedOut: false
    }
  }

  var effect: CallEffect {
    switch self {
    case .refused(let refusal): refusal.effect
    case .broken(_, let effect), .hopeless(_, let effect), .timedOut(let effect): effect
    }
  }
}
