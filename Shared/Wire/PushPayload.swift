public import NIOCore

/// The `Push` message, read and written without copying the body; see ``RequestEnvelope``.
public struct PushPayload: Sendable, Hashable {
  /// The most bytes of a cursor.
  public static let cursorByteCountMax = 64

  /// Where the stream stands after this item.
  public var cursor: ByteBuffer
  /// The method's item message, encoded.
  public var body: ByteBuffer

  /// A push with these parts.
  public init(cursor: ByteBuffer, body: ByteBuffer) {
    self.cursor = cursor
    self.body = body
  }

  /// Reads a push's payload. Unknown fields are skipped; of a field that occurs twice, the last counts.
  public init(decoding payload: ByteBuffer) throws(MalformedMessage) {
    self.init(cursor: ByteBuffer(), body: ByteBuffer())
    do {
      var payload = payload
      while let (number, wireType) = try payload.readFieldTag() {
        switch (number, wireType) {
        case (1, .lengthDelimited): cursor = try payload.readDelimited()
        case (2, .lengthDelimited): body = try payload.readDelimited()
        default: try payload.skipField(wireType)
        }
      }
    } catch {
      throw MalformedMessage(message: Callout_V1_Push.protoMessageName)
    }
    guard cursor.readableBytes <= Self.cursorByteCountMax else {
      throw MalformedMessage(message: Callout_V1_Push.protoMessageName)
    }
  }

  /// The bytes that the encoding takes at most.
  public var encodedByteCountMax: Int { cursor.readableBytes + body.readableBytes + 12 }

  /// Appends the encoding.
  public func write(into buffer: inout ByteBuffer) {
    buffer.writeDelimited(field: 1, cursor)
    buffer.writeDelimited(field: 2, body)
  }
}

extension Frame {
  /// Appends a frame whose payload `write` appends: the length is filled in afterwards, so that the payload is written
  /// once and where it belongs.
  public static func write(
    _ kind: FrameKind, method: UInt16 = 0, stream: UInt32 = 0, into buffer: inout ByteBuffer,
    payload write: (inout ByteBuffer) -> Void
  ) {
    let start = buffer.writerIndex
    writeHeader(kind, method: method, stream: stream, payloadByteCount: 0, into: &buffer)
    write(&buffer)
    buffer.setInteger(UInt32(clamping: buffer.writerIndex - start - 4), at: start)
  }
}
