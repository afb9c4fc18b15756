public import NIOCore
public import SwiftProtobuf

/// A message in the Protocol Buffers encoding.
public struct EncodedMessage: Sendable, Hashable {
  /// The encoding, as payloads carry it.
  public let bytes: ByteBuffer

  /// The encoding of a message.
  public init(_ message: some Message) {
    self.bytes = Payload.encode(message)
  }

  fileprivate init(bytes: [UInt8]) {
    self.bytes = ByteBuffer(bytes: bytes)
  }
}

/// Writes a Protocol Buffers message field by field, for those few messages of which so many are written that filling the
/// generated types first would cost more than the rest of the request. The tests hold what is written to those types.
///
/// A field with its default value is left out, as always in proto3. Fields must be written in the order of their numbers.
public struct MessageWriter {
  private var bytes: [UInt8] = []

  /// A writer for about `byteCount` bytes.
  public init(reserving byteCount: Int) {
    bytes.reserveCapacity(byteCount)
  }

  /// What was written.
  public var message: EncodedMessage { EncodedMessage(bytes: bytes) }

  /// An integer of any type but `sint` and `fixed`.
  public mutating func integer(_ field: UInt64, _ value: Int64) {
    guard value != 0 else { return }
    varint(field << 3 | WireType.varint.rawValue)
    varint(UInt64(bitPattern: value))
  }

  /// A text.
  public mutating func text(_ field: UInt64, _ value: String) {
    var value = value
    value.withUTF8 { data(field, UnsafeRawBufferPointer($0)) }
  }

  /// The sixteen bytes of an identifier, given as their big-endian halves.
  public mutating func identifier(_ field: UInt64, high: UInt64, low: UInt64) {
    withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { data(field, $0) }
  }

  /// Bytes.
  public mutating func data(_ field: UInt64, _ value: UnsafeRawBufferPointer) {
    guard !value.isEmpty else { return }
    varint(field << 3 | WireType.lengthDelimited.rawValue)
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  /// A message, which is there even if it is empty.
  public mutating func message(_ field: UInt64, _ fields: (inout MessageWriter) -> Void) {
    varint(field << 3 | WireType.lengthDelimited.rawValue)
    let start = bytes.count
    // Most messages are shorter than 128 bytes, and their length is one byte; others are moved when it is known.
    bytes.append(0)
    fields(&self)
    var length = UInt64(bytes.count - start - 1)
    var place = start
    while length >= 0x80 {
      bytes[place] = UInt8(truncatingIfNeeded: length) | 0x80
      length >>= 7
      place += 1
      bytes.insert(0, at: place)
    }
    bytes[place] = UInt8(truncatingIfNeeded: length)
  }

  /// A message that is encoded already.
  public mutating func message(_ field: UInt64, encoded: EncodedMessage) {
    message(field) { writer in encoded.bytes.withUnsafeReadableBytes { writer.bytes.append(contentsOf: $0) } }
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }
}
