public import NIOCore
public import Wire

/// A request as it came off a connection. Its envelope is well formed, its method is in the table, a write has a key and a
/// stream has credit (and nothing else has either). Whether this service offers the method, whether the caller may call
/// it and for which tenant is the receiver's to judge.
public struct IncomingRequest: Sendable, Equatable {
  /// The stream to answer on.
  public let stream: UInt32
  /// The method's number.
  public let method: UInt16
  /// Key, time-out, trace context, tenant, credit and body.
  public let envelope: RequestEnvelope
  /// When the frame was read; the time-out counts from here.
  public let receivedAt: NIODeadline

  /// A request with these parts.
  public init(stream: UInt32, method: UInt16, envelope: RequestEnvelope, receivedAt: NIODeadline) {
    self.stream = stream
    self.method = method
    self.envelope = envelope
    self.receivedAt = receivedAt
  }
}

/// Takes what clients ask. Called on event loops: an implementation must return at once and never block.
///
/// Every request is answered exactly once, with a reply or a refusal, also after it was cancelled; until then it counts
/// against the connection's requests in flight.
public protocol RequestReceiver: Sendable {
  /// All requests of one read from the socket, in their order.
  func received(_ requests: [IncomingRequest], on connection: any ConnectionHandle)

  /// The client no longer wants the answer, or the server drains and ends the stream. Answer all the same, if only with
  /// ``RefusalCode/cancelled``.
  func cancelled(_ stream: UInt32, on connection: any ConnectionHandle)

  /// The client takes `items` more on a stream, over what it had.
  func creditGranted(_ items: UInt32, to stream: UInt32, on connection: any ConnectionHandle)

  /// The connection is gone; what is sent on it from now on is dropped.
  func closed(_ connection: any ConnectionHandle)
}

/// One connection, as a receiver sees it.
public protocol ConnectionHandle: AnyObject, Sendable {
  /// The connection's number in this process, never used twice.
  var id: UInt64 { get }
  /// Who is at the other end.
  var peer: PeerIdentity { get }
  /// Sends frames, from any thread. All of a call leave in one write; what several calls gather before the event loop
  /// comes to it leaves in one write too. Frames for streams that have ended are dropped.
  func send(_ frames: [OutgoingFrame])
}

/// What a server sends on a stream.
public enum OutgoingFrame: Sendable, Equatable {
  /// The stream's good end. A stream of pushes ends so too, with the method's reply message.
  case reply(stream: UInt32, payload: ByteBuffer)
  /// The stream's bad end.
  case refusal(stream: UInt32, Callout_V1_Refusal)
  /// One item of a stream; takes one of its credit.
  case push(stream: UInt32, cursor: ByteBuffer, body: ByteBuffer)

  /// The stream that the frame belongs to.
  public var stream: UInt32 {
    switch self {
    case .reply(let stream, _), .refusal(let stream, _), .push(let stream, _, _): stream
    }
  }
}
