public import NIOCore

/// The `Request` message, read and written without copying the body.
///
/// This is the one message that every request pays for, so it has a codec of its own; the tests hold it to the generated
/// `Callout_V1_Request`, which clients in other languages use.
public struct RequestEnvelope: Sendable, Hashable {
  /// The fewest bytes of an idempotency key.
  public static let keyByteCountMin = 8
  /// The most bytes of an idempotency key.
  public static let keyByteCountMax = 64
  /// The longest time-out, in milliseconds.
  public static let timeoutMillisecondsMax: Int64 = 300_000
  /// The bytes of a trace context.
  public static let traceparentByteCount = 55

  /// Idempotency key of 8 to 64 bytes; empty if there is none.
  public var key: ByteBuffer
  /// How long the caller waits, in milliseconds after the frame was read; 0: the server's default.
  public var timeoutMilliseconds: Int64
  /// W3C trace context, or empty.
  public var traceparent: String
  /// The tenant that the request names, or nil.
  public var tenant: TenantBytes?
  /// The method's request message, encoded.
  public var body: ByteBuffer
  /// A stream's first credit, in items; 0 for what is no stream.
  public var credit: UInt32

  /// An envelope with these fields.
  public init(
    key: ByteBuffer = ByteBuffer(), timeoutMilliseconds: Int64 = 0, traceparent: String = "",
    tenant: TenantBytes? = nil, body: ByteBuffer = ByteBuffer(), credit: UInt32 = 0
  ) {
    self.key = key
    self.timeoutMilliseconds = timeoutMilliseconds
    self.traceparent = traceparent
    self.tenant = tenant
    self.body = body
    self.credit = credit
  }
}

/// Why an envelope is refused. Its stream ends with the refusal; the connection goes on.
public enum EnvelopeError: Error, Sendable, Hashable {
  /// The payload is no `Request` message.
  case malformed
  /// The key has neither 0 nor 8 to 64 bytes.
  case keyLength(byteCount: Int)
  /// The time-out is negative or over 300,000 ms.
  case timeoutRange(milliseconds: Int64)
  /// The trace context has neither 0 nor 55 bytes.
  case traceparentForm(byteCount: Int)
  /// The tenant has neither 0 nor 16 bytes.
  case tenantForm(byteCount: Int)

  /// The refusal that the caller is sent.
  public var refusal: RefusalCode {
    switch self {
    case .malformed: .malformedMessage
    case .keyLength: .keyLength
    case .timeoutRange: .timeoutRange
    case .traceparentForm: .traceparentForm
    case .tenantForm: .tenantForm
    }
  }

  /// The field of the envelope that is wrong, or empty.
  public var field: String {
    switch self {
    case .malformed: ""
    case .keyLength: "key"
    case .timeoutRange: "timeout_ms"
    case .traceparentForm: "traceparent"
    case .tenantForm: "tenant"
    }
  }
}

extension RequestEnvelope {
  fileprivate enum WireType: UInt64 {
    case varint = 0
    case fixed64 = 1
    case lengthDelimited = 2
    case fixed32 = 5
  }

  private enum Field: UInt64 {
    case key = 1
    case timeout = 2
    case traceparent = 3
    case tenant = 4
    case body = 5
    case credit = 6

    var wireType: WireType {
      switch self {
      case .key, .traceparent, .tenant, .body: .lengthDelimited
      case .timeout, .credit: .varint
      }
    }

    /// The field's tag, which takes one byte.
    var tag: UInt8 { UInt8(truncatingIfNeeded: rawValue << 3 | wireType.rawValue) }
  }

  /// Reads a request's payload. Unknown fields are skipped; of a field that occurs twice, the last counts.
  public init(decoding payload: ByteBuffer) throws(EnvelopeError) {
    self.init()
    var payload = payload
    while payload.readableBytes > 0 {
      let tag = try payload.readVarint()
      guard let wireType = WireType(rawValue: tag & 7), tag >> 3 >= 1, tag >> 3 <= 536_870_911 else {
        throw .malformed
      }
      // As everywhere in Protocol Buffers, a known number with another wire type is an unknown field.
      guard let field = Field(rawValue: tag >> 3), field.wireType == wireType else {
        try payload.skipField(wireType)
        continue
      }
      switch field {
      case .key: key = try payload.readDelimited()
      case .timeout: timeoutMilliseconds = Int64(bitPattern: try payload.readVarint())
      case .traceparent: traceparent = try Self.traceparent(of: payload.readDelimited())
      case .tenant: tenant = try Self.tenant(of: payload.readDelimited())
      case .body: body = try payload.readDelimited()
      case .credit: credit = UInt32(truncatingIfNeeded: try payload.readVarint())
      }
    }
    guard key.readableBytes == 0 || (Self.keyByteCountMin...Self.keyByteCountMax).contains(key.readableBytes) else {
      throw .keyLength(byteCount: key.readableBytes)
    }
    guard (0...Self.timeoutMillisecondsMax).contains(timeoutMilliseconds) else {
      throw .timeoutRange(milliseconds: timeoutMilliseconds)
    }
  }

  private static func traceparent(of bytes: ByteBuffer) throws(EnvelopeError) -> String {
    guard bytes.readableBytes == 0 || bytes.readableBytes == traceparentByteCount else {
      throw .traceparentForm(byteCount: bytes.readableBytes)
    }
    guard let text = String(validating: bytes.readableBytesView, as: UTF8.self) else { throw .malformed }
    return text
  }

  private static func tenant(of bytes: ByteBuffer) throws(EnvelopeError) -> TenantBytes? {
    if bytes.readableBytes == 0 { return nil }
    guard let tenant = TenantBytes(bytes.readableBytesView) else {
      throw .tenantForm(byteCount: bytes.readableBytes)
    }
    return tenant
  }

  /// The bytes that the envelope takes at most: enough to size a buffer before writing.
  public var encodedByteCountMax: Int {
    key.readableBytes + traceparent.utf8.count + TenantBytes.byteCount + body.readableBytes + 6 * 11
  }

  /// Appends the encoding.
  public func write(into buffer: inout ByteBuffer) {
    buffer.writeDelimited(Field.key.tag, key)
    if timeoutMilliseconds != 0 {
      buffer.writeInteger(Field.timeout.tag)
      buffer.writeVarint(UInt64(bitPattern: timeoutMilliseconds))
    }
    if !traceparent.isEmpty { buffer.writeDelimited(Field.traceparent.tag, ByteBuffer(string: traceparent)) }
    if let tenant {
      buffer.writeMultipleIntegers(Field.tenant.tag, UInt8(TenantBytes.byteCount), tenant.high, tenant.low)
    }
    buffer.writeDelimited(Field.body.tag, body)
    if credit != 0 {
      buffer.writeInteger(Field.credit.tag)
      buffer.writeVarint(UInt64(credit))
    }
  }
}

extension ByteBuffer {
  /// Reads a variable-length integer of at most ten bytes; bits beyond the 64th are dropped, as the format says.
  fileprivate mutating func readVarint() throws(EnvelopeError) -> UInt64 {
    var value: UInt64 = 0
    for index: UInt64 in 0..<10 {
      guard let byte = readInteger(as: UInt8.self) else { throw .malformed }
      value |= UInt64(byte & 0x7F) << (index * 7)
      if byte & 0x80 == 0 { return value }
    }
    throw .malformed
  }

  fileprivate mutating func readDelimited() throws(EnvelopeError) -> ByteBuffer {
    guard let length = Int(exactly: try readVarint()), let slice = readSlice(length: length) else { throw .malformed }
    return slice
  }

  fileprivate mutating func skipField(_ wireType: RequestEnvelope.WireType) throws(EnvelopeError) {
    switch wireType {
    case .varint: _ = try readVarint()
    case .fixed64: guard readSlice(length: 8) != nil else { throw .malformed }
    case .lengthDelimited: _ = try readDelimited()
    case .fixed32: guard readSlice(length: 4) != nil else { throw .malformed }
    }
  }

  fileprivate mutating func writeVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    writeInteger(UInt8(truncatingIfNeeded: rest))
  }

  fileprivate mutating func writeDelimited(_ tag: UInt8, _ bytes: ByteBuffer) {
    guard bytes.readableBytes > 0 else { return }
    writeInteger(tag)
    writeVarint(UInt64(bytes.readableBytes))
    writeImmutableBuffer(bytes)
  }
}
