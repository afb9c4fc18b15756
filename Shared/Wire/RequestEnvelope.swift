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
