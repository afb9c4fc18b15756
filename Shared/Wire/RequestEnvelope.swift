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
  }

  /// Reads a request's payload. Unknown fields are skipped; of a field that occurs twice, the last counts.
  public init(decoding payload: ByteBuffer) throws(EnvelopeError) {
    self.init()
    do {
      var payload = payload
      while let (number, wireType) = try payload.readFieldTag() {
        // As everywhere in Protocol Buffers, a known number with another wire type is an unknown field.
        guard let field = Field(rawValue: number), field.wireType == wireType else {
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
    } catch let error as EnvelopeError {
      throw error
    } catch {
      throw .malformed
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
    buffer.writeDelimited(field: Field.key.rawValue, key)
    buffer.writeVarint(field: Field.timeout.rawValue, UInt64(bitPattern: timeoutMilliseconds))
    if !traceparent.isEmpty {
      buffer.writeDelimited(field: Field.traceparent.rawValue, ByteBuffer(string: traceparent))
    }
    if let tenant {
      buffer.writeTag(field: Field.tenant.rawValue, .lengthDelimited)
      buffer.writeMultipleIntegers(UInt8(TenantBytes.byteCount), tenant.high, tenant.low)
    }
    buffer.writeDelimited(field: Field.body.rawValue, body)
    buffer.writeVarint(field: Field.credit.rawValue, UInt64(credit))
  }
}
