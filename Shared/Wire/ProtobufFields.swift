internal import NIOCore

/// How a field of a Protocol Buffers message is laid out. Groups, which nobody writes any more, are refused.
enum WireType: UInt64 {
  case varint = 0
  case fixed64 = 1
  case lengthDelimited = 2
  case fixed32 = 5
}

/// The pieces of the Protocol Buffers encoding that the two messages of every exchange (`Request` and `Push`) are read and
/// written with, so that their bodies are never copied.
extension ByteBuffer {
  /// Reads a field's number and layout; nil at the end.
  mutating func readFieldTag() throws(MalformedField) -> (number: UInt64, wireType: WireType)? {
    guard readableBytes > 0 else { return nil }
    let tag = try readVarint()
    guard let wireType = WireType(rawValue: tag & 7), (1...536_870_911).contains(tag >> 3) else {
      throw MalformedField()
    }
    return (tag >> 3, wireType)
  }

  /// Reads an integer of at most ten bytes; bits beyond the 64th are dropped, as the format says.
  mutating func readVarint() throws(MalformedField) -> UInt64 {
    var value: UInt64 = 0
    for index: UInt64 in 0..<10 {
      guard let byte = readInteger(as: UInt8.self) else { throw MalformedField() }
      value |= UInt64(byte & 0x7F) << (index * 7)
      if byte & 0x80 == 0 { return value }
    }
    throw MalformedField()
  }

  /// Reads a length and as many bytes, without copying them.
  mutating func readDelimited() throws(MalformedField) -> ByteBuffer {
    guard let length = Int(exactly: try readVarint()), length <= readableBytes, let slice = readSlice(length: length)
    else { throw MalformedField() }
    return slice
  }

  /// Skips a field that is not known.
  mutating func skipField(_ wireType: WireType) throws(MalformedField) {
    switch wireType {
    case .varint: _ = try readVarint()
    case .fixed64: guard readSlice(length: 8) != nil else { throw MalformedField() }
    case .lengthDelimited: _ = try readDelimited()
    case .fixed32: guard readSlice(length: 4) != nil else { throw MalformedField() }
    }
  }

  /// Writes a field's number and layout.
  mutating func writeTag(field: UInt64, _ wireType: WireType) {
    writeVarint(field << 3 | wireType.rawValue)
  }

  /// Writes an integer.
  mutating func writeVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      writeInteger(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    writeInteger(UInt8(truncatingIfNeeded: rest))
  }

  /// Writes an integer field, unless it is 0.
  mutating func writeVarint(field: UInt64, _ value: UInt64) {
    guard value != 0 else { return }
    writeTag(field: field, .varint)
    writeVarint(value)
  }

  /// Writes a field of bytes, unless there are none.
  mutating func writeDelimited(field: UInt64, _ bytes: ByteBuffer) {
    guard bytes.readableBytes > 0 else { return }
    writeTag(field: field, .lengthDelimited)
    writeVarint(UInt64(bytes.readableBytes))
    writeImmutableBuffer(bytes)
  }
}

/// Bytes that are no field of a message.
struct MalformedField: Error {}
