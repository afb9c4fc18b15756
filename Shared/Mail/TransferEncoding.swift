/// How a part's bytes are written (RFC 2045, section 6).
enum TransferEncoding {
  /// As they are: 7bit, 8bit, binary, and what is not known.
  case identity
  case base64
  case quotedPrintable

  init(_ field: String?) {
    switch field?.trimmed.asciiLowercased {
    case "base64": self = .base64
    case "quoted-printable": self = .quotedPrintable
    case _: self = .identity
    }
  }

  /// The bytes that were written. What the encoding does not allow is left out or stands as it is; nothing is refused.
  func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    switch self {
    case .identity: Array(bytes)
    case .base64: Self.base64(bytes)
    case .quotedPrintable: Self.quotedPrintable(bytes)
    }
  }

  /// Four letters are three bytes; other bytes are left out, and padding ends a group.
  static func base64(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count / 4 * 3)
    var (bits, count): (UInt32, Int) = (0, 0)
    func flush(_ bits: UInt32, _ count: Int) {
      if count >= 2 { decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(6 * count - 8))) }
      if count == 3 { decoded.append(UInt8(truncatingIfNeeded: bits >> 2)) }
    }
    for byte in bytes {
      if byte == 0x3D {
        flush(bits, count)
        (bits, count) = (0, 0)
      }
      guard let value = letter(byte) else { continue }
      bits = bits << 6 | UInt32(value)
      count += 1
      if count == 4 {
        decoded.append(UInt8(truncatingIfNeeded: bits >> 16))
        decoded.append(UInt8(truncatingIfNeeded: bits >> 8))
        decoded.append(UInt8(truncatingIfNeeded: bits))
        (bits, count) = (0, 0)
      }
    }
    flush(bits, count)
    return decoded
  }

  private static func letter(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x41...0x5A: byte - 0x41
    case 0x61...0x7A: byte - 0x61 + 26
    case 0x30...0x39: byte - 0x30 + 52
    case 0x2B, 0x2D: 62
    case 0x2F, 0x5F: 63
    default: nil
    }
  }

  /// `=41` is a byte, `=` at a line's end joins it to the next one, and blanks before a line's end are not the writer's.
  static func quotedPrintable(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var place = bytes.startIndex
    var blanks = 0
    while place < bytes.endIndex {
      let byte = bytes[place]
      if byte == 0x3D, let after = softBreak(bytes, place + 1) {
        place = after
        blanks = 0
        continue
      }
      if byte == 0x3D, place + 2 < bytes.endIndex, let high = Byte.hexadecimal(bytes[place + 1]),
        let low = Byte.hexadecimal(bytes[place + 2])
      {
        decoded.append(high << 4 | low)
        place += 3
        blanks = 0
        continue
      }
      if byte == Byte.lineFeed || byte == Byte.carriageReturn {
        decoded.removeLast(blanks)
        blanks = 0
      } else {
        blanks = Byte.isBlank(byte) ? blanks + 1 : 0
      }
      decoded.append(byte)
      place += 1
    }
    decoded.removeLast(blanks)
    return decoded
  }

  /// Where the next line starts, if only blanks stand between `place` and the line's end.
  private static func softBreak(_ bytes: ArraySlice<UInt8>, _ place: Int) -> Int? {
    var place = place
    while place < bytes.endIndex, Byte.isBlank(bytes[place]) { place += 1 }
    if place == bytes.endIndex { return place }
    if bytes[place] == Byte.carriageReturn, place + 1 < bytes.endIndex { place += 1 }
    return bytes[place] == Byte.lineFeed ? place + 1 : nil
  }
}
