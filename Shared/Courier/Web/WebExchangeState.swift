/// One POST over one connection. Pure: it is told what happened and answers what to do.
///
/// 2xx is taken, 410 is refused for good, everything else is tried again. A redirect is not followed: that would be another
/// address than the one that was checked.
struct WebExchangeState: Sendable {
  /// What to do next.
  enum Action: Equatable, Sendable {
    case none
    /// Send the request.
    case send
    /// It is over: close.
    case finish(SendOutcome)
  }

  /// What is waited for.
  enum Wait: Equatable, Sendable {
    case handshake, answer
  }

  /// The most bytes of a body that are read, for the record.
  static let bodyByteCountMax = 1_024
  /// The longest time that a destination may ask for, in seconds.
  static let afterMax: Int64 = 3_600

  private enum State: Equatable, Sendable {
    case handshaking
    /// The request was sent: from here on it may have been taken.
    case sent
    /// The answer's head has come and is no success; its body is read for the record.
    case answered(status: Int, reason: String, after: Int64?, body: [UInt8])
    case finished
  }

  private var state = State.handshaking

  /// What is waited for; nil once it is over.
  var wait: Wait? {
    switch state {
    case .handshaking: .handshake
    case .sent, .answered: .answer
    case .finished: nil
    }
  }

  /// TLS is established, and the receiver has proved its name.
  mutating func handshakeCompleted() -> Action {
    guard state == .handshaking else { return .none }
    state = .sent
    return .send
  }

  /// The head of an answer came.
  ///
  /// - Parameters:
  ///   - retryAfter: the field `Retry-After`: seconds, or a time.
  ///   - date: the field `Date`, when the answer was made: a time in `Retry-After` is by the same clock.
  ///   - sent: when the request was made, in seconds since 1970, for an answer without a date.
  mutating func headReceived(status: Int, reason: String, retryAfter: String?, date: String?, sent: Int64) -> Action {
    switch state {
    case .handshaking, .sent:
      if (200...299).contains(status) { return finish(.taken("\(status) \(reason)")) }
      let after = retryAfter.flatMap { field in
        Int64(field)
          ?? HTTPDate(field, now: sent).map { $0.seconds - (date.flatMap { HTTPDate($0, now: sent) }?.seconds ?? sent) }
      }.map { min(max(0, $0), Self.afterMax) }
      state = .answered(status: status, reason: reason, after: after, body: [])
      return .none
    case .answered, .finished: return .none
    }
  }

  /// A part of the answer's body came.
  mutating func bodyReceived(_ bytes: some Collection<UInt8>) -> Action {
    guard case .answered(let status, let reason, let after, var body) = state else { return .none }
    body += bytes.prefix(Self.bodyByteCountMax - body.count)
    state = .answered(status: status, reason: reason, after: after, body: body)
    return body.count < Self.bodyByteCountMax ? .none : ended()
  }

  /// The answer is whole.
  mutating func ended() -> Action {
    guard case .answered(let status, let reason, let after, let body) = state else { return .none }
    let words = ["\(status)", reason, String(decoding: body, as: UTF8.self)].filter { !$0.isEmpty }
      .joined(separator: " ")
    return finish(status == 410 ? .refused(words) : .postponed(words, after: after))
  }

  /// The connection ended or failed, or there was no answer in time, or the process ends.
  mutating func lost(_ why: String) -> Action {
    switch state {
    case .handshaking: finish(.postponed(why))
    case .sent: finish(.postponed("\(why), after the request was sent: it may have been taken, and is sent again"))
    case .answered: ended()
    case .finished: .none
    }
  }

  private mutating func finish(_ outcome: SendOutcome) -> Action {
    state = .finished
    return .finish(outcome)
  }
}
