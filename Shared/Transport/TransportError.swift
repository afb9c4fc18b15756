public import Wire

/// Why a client has no answer.
public struct TransportError: Error, Sendable, Equatable {
  /// What went wrong.
  public enum Reason: Sendable, Equatable {
    /// No connection came about: the address does not answer.
    case unreachable(String)
    /// TLS failed: the peer's certificate, ours, the version or the protocol's name.
    case handshake(String)
    /// The server is somebody else than the one expected.
    case identity(IdentityError)
    /// The server is the one of another service.
    case unexpectedService(String)
    /// No welcome came in time.
    case welcomeTimeout
    /// The server refused the connection (or, for a stream, the stream).
    case refused(Callout_V1_Refusal)
    /// The server broke the protocol.
    case protocolViolation(String)
    /// The connection closed, or was closed already.
    case closed
    /// The server takes no new requests on this connection.
    case goingAway
    /// The answer did not come in time.
    case timedOut
    /// The task was cancelled.
    case cancelled
    /// As many requests wait for their turn as may.
    case tooManyWaiting
    /// The request is longer than the server takes.
    case requestTooLong(byteCount: Int, limit: Int)
  }

  /// What went wrong.
  public let reason: Reason
  /// What may have become of the request: `none` if it never left, `unknown` if it did.
  public let effect: Callout_V1_Effect

  /// An error with its effect.
  public init(_ reason: Reason, effect: Callout_V1_Effect = .none) {
    self.reason = reason
    self.effect = effect
  }
}
