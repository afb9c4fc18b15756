public import NIOCore

/// What a frame is for. The numbers are those of the wire.
public enum FrameKind: UInt8, Sendable, Hashable, CaseIterable {
  /// A client's first frame: `Hello`.
  case hello = 1
  /// The server's answer to it: `Welcome`.
  case welcome = 2
  /// A client opens a stream with a request: `Request`.
  case request = 3
  /// The stream's good end: the method's reply message.
  case reply = 4
  /// The stream's bad end: `Refusal`. On stream 0 the connection's.
  case refusal = 5
  /// One item of a stream: `Push`.
  case push = 6
  /// The client will take more items: `Credit`.
  case credit = 7
  /// The client no longer wants the answer; empty.
  case cancel = 8
  /// Is the peer there? Up to 64 bytes, which the pong repeats.
  case ping = 9
  /// It is: the ping's bytes.
  case pong = 10
  /// The sender takes no new requests on this connection: `Goaway`.
  case goaway = 11

  /// Whether frames of this kind belong to a stream (and so carry its number, not 0).
  var belongsToStream: Bool? {
    switch self {
    case .hello, .welcome, .ping, .pong, .goaway: false
    case .request, .reply, .push, .credit, .cancel: true
    case .refusal: nil
    }
  }
}

/// One frame: a header of 12 bytes (length, kind, flags, method, stream; big endian) and a payload.
public struct Frame: Sendable, Hashable {
  /// The bytes of a header, its length field included.
  public static let headerByteCount = 12
  /// The bytes that a length field counts besides the payload: kind, flags, method and stream.
  public static let countedHeaderByteCount = 8
  /// The largest length field before the hello is accepted, in bytes.
  public static let firstLengthByteCountMax = 16_384
  /// The largest length field that a server may announce, in bytes.
  public static let lengthByteCountMax = 4_194_304
  /// The length field that a server announces unless it is configured otherwise, in bytes.
  public static let lengthByteCountDefault = 1_048_576
  /// The largest payload of a ping, in bytes.
  public static let pingByteCountMax = 64

  /// What the frame is for.
  public var kind: FrameKind
  /// The method's number in a request; 0 in every other frame.
  public var method: UInt16
  /// The stream's number, or 0 for what concerns the connection.
  public var stream: UInt32
  /// What follows the header.
  public var payload: ByteBuffer

  /// A frame with these fields.
  public init(_ kind: FrameKind, method: UInt16 = 0, stream: UInt32 = 0, payload: ByteBuffer = ByteBuffer()) {
    self.kind = kind
    self.method = method
    self.stream = stream
    self.payload = payload
  }

  /// The bytes that the frame takes on the wire.
  public var encodedByteCount: Int { Self.headerByteCount + payload.readableBytes }

  /// Appends the frame to `buffer`. The payload must not exceed what the peer announced; the caller sees to that.
  public func write(into buffer: inout ByteBuffer) {
    Self.writeHeader(kind, method: method, stream: stream, payloadByteCount: payload.readableBytes, into: &buffer)
    buffer.writeImmutableBuffer(payload)
  }

  /// Appends a header alone; exactly `payloadByteCount` bytes must follow.
  public static func writeHeader(
    _ kind: FrameKind, method: UInt16 = 0, stream: UInt32 = 0, payloadByteCount: Int, into buffer: inout ByteBuffer
  ) {
    buffer.writeMultipleIntegers(
      UInt32(clamping: payloadByteCount + countedHeaderByteCount), kind.rawValue, UInt8(0), method, stream)
  }
}

/// Why bytes are not a frame. After any of these the connection cannot be read on and is closed.
public enum FrameError: Error, Sendable, Hashable {
  /// The length field exceeds the limit; the body was not read.
  case tooLong(byteCount: UInt32, limit: Int)
  /// The length field is under 8: there is no room for the header.
  case tooShort(byteCount: UInt32)
  /// No kind has this number.
  case unknownKind(UInt8)
  /// A reserved bit is set.
  case reservedBits(UInt8)
  /// A frame that is no request carries a method.
  case methodOutsideRequest(FrameKind, UInt16)
  /// A request carries method 0.
  case requestWithoutMethod
  /// A frame that belongs to a stream carries stream 0.
  case streamMissing(FrameKind)
  /// A frame that concerns the connection carries a stream.
  case streamOutsideStream(FrameKind, UInt32)
  /// A cancel has a payload, or a ping or pong one of more than 64 bytes.
  case payloadTooLong(FrameKind, byteCount: Int)

  /// The refusal that the peer is sent before the connection closes.
  public var refusal: RefusalCode {
    switch self {
    case .tooLong: .frameTooLong
    case .tooShort: .frameTooShort
    case .unknownKind: .unknownKind
    case .reservedBits: .reservedBits
    case .methodOutsideRequest, .requestWithoutMethod: .methodField
    case .streamMissing, .streamOutsideStream: .streamField
    case .payloadTooLong: .payloadTooLong
    }
  }
}
