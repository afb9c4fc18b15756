internal import NIOCore

/// Whether a peer is still there: pure, it is told the time.
struct Liveness: Sendable, Equatable {
  /// What to do after a look at the clock.
  enum Check: Sendable, Equatable {
    /// Look again then.
    case wait(until: NIODeadline)
    /// Send a ping; look again then.
    case ping(until: NIODeadline)
    /// The pong did not come in time: close.
    case dead
  }

  /// Silence that is no reason for doubt, since a peer that works long on what it was asked says nothing meanwhile.
  static let doubtAfter = TimeAmount.seconds(1)

  let idle: TimeAmount
  let pong: TimeAmount
  private var heardAt: NIODeadline
  private var pingedAt: NIODeadline?

  init(idle: TimeAmount, pong: TimeAmount, since now: NIODeadline) {
    self.idle = idle
    self.pong = pong
    heardAt = now
  }

  /// Anything came from the peer.
  mutating func heard(at now: NIODeadline) {
    heardAt = now
    pingedAt = nil
  }

  /// The peer did not answer in time what it was asked.
  ///
  /// - Returns: What to do if it may be gone without a word, which it may if nothing at all was heard lately; else nil.
  mutating func doubted(at now: NIODeadline) -> Check? {
    guard now >= heardAt + Self.doubtAfter else { return nil }
    if pingedAt != nil { return checked(at: now) }
    pingedAt = now
    return .ping(until: now + pong)
  }

  /// The clock shows `now`.
  mutating func checked(at now: NIODeadline) -> Check {
    if let pingedAt {
      return now >= pingedAt + pong ? .dead : .wait(until: pingedAt + pong)
    }
    guard now >= heardAt + idle else { return .wait(until: heardAt + idle) }
    pingedAt = now
    return .ping(until: now + pong)
  }
}

/// What was written and not yet taken by the peer: pure, it is told the time.
struct UnreadBytes: Sendable, Equatable {
  /// What to do after a look at the clock.
  enum Check: Sendable, Equatable {
    /// Nothing waits.
    case none
    /// Look again then.
    case wait(until: NIODeadline)
    /// The peer has taken nothing for too long: cut it off.
    case stalled
  }

  let byteCountMax: Int
  let timeout: TimeAmount
  private(set) var byteCount = 0
  private var progressAt = NIODeadline.uptimeNanoseconds(0)

  init(byteCountMax: Int, timeout: TimeAmount) {
    self.byteCountMax = byteCountMax
    self.timeout = timeout
  }

  /// Bytes were written.
  ///
  /// - Returns: Whether they may wait; false: cut the peer off.
  mutating func wrote(_ count: Int, at now: NIODeadline) -> Bool {
    if byteCount == 0 { progressAt = now }
    byteCount += count
    return byteCount <= byteCountMax
  }

  /// The peer's side took bytes.
  mutating func taken(_ count: Int, at now: NIODeadline) {
    byteCount -= count
    progressAt = now
  }

  /// The clock shows `now`.
  func checked(at now: NIODeadline) -> Check {
    if byteCount == 0 { return .none }
    return now >= progressAt + timeout ? .stalled : .wait(until: progressAt + timeout)
  }
}
