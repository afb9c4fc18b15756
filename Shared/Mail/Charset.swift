/// The character sets that are read. The set is closed: a name out of a message never reaches a library that would load
/// code or tables for it.
enum Charset: Hashable {
  case utf8
  /// ASCII and Latin 1 too: their bytes from 0x80 to 0x9F are undefined or control characters there, and are in practice
  /// Windows'.
  case windows1252
  case latin9
  case utf16
  case utf16LittleEndian

  /// The set of a name (RFC 2978, case and quotes not counted); nil for one that is not read.
  init?(_ name: String) {
    switch name.trimmed.asciiLowercased {
    case "utf-8", "utf8", "unicode-1-1-utf-8": self = .utf8
    case "us-ascii", "ascii", "ansi_x3.4-1968", "iso-8859-1", "iso8859-1", "latin1", "l1", "windows-1252", "cp1252":
      self = .windows1252
    case "iso-8859-15", "iso8859-15", "latin-9", "latin9", "l9": self = .latin9
    case "utf-16", "utf-16be": self = .utf16
    case "utf-16le": self = .utf16LittleEndian
    default: return nil
    }
  }

  /// The text of bytes in the set that is named. Where none is, or one that is not read, it is UTF-8 if it can be, and
  /// Windows' Latin otherwise. What cannot be read becomes U+FFFD; no byte is refused.
  static func text(_ bytes: some Collection<UInt8>, named name: String?) -> String {
    guard let name, let charset = Charset(name) else { return guess(bytes) }
    // Bytes beyond ASCII in what says that it is ASCII may be anything.
    if name.trimmed.asciiLowercased.hasSuffix("ascii") { return guess(bytes) }
    return charset.text(bytes)
  }

  /// The text of bytes that nothing is said of.
  static func guess(_ bytes: some Collection<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? Charset.windows1252.text(bytes)
  }

  private func text(_ bytes: some Collection<UInt8>) -> String {
    switch self {
    case .utf8: return String(decoding: bytes, as: UTF8.self)
    case .windows1252: return Self.mapped(bytes) { $0 < 0xA0 && $0 >= 0x80 ? Self.windows[Int($0 - 0x80)] : UInt16($0) }
    case .latin9: return Self.mapped(bytes) { Self.latin9Differences[$0] ?? UInt16($0) }
    case .utf16, .utf16LittleEndian: return Self.wide(Array(bytes), isLittle: self == .utf16LittleEndian)
    }
  }

  private static func mapped(_ bytes: some Collection<UInt8>, _ map: (UInt8) -> UInt16) -> String {
    String(decoding: bytes.map(map), as: UTF16.self)
  }

  /// Two bytes a unit, the byte order mark followed; a last byte that stands alone is left out.
  private static func wide(_ bytes: [UInt8], isLittle: Bool) -> String {
    var (start, isLittle) = (0, isLittle)
    if bytes.count >= 2 {
      if bytes[0] == 0xFE, bytes[1] == 0xFF { (start, isLittle) = (2, false) }
      if bytes[0] == 0xFF, bytes[1] == 0xFE { (start, isLittle) = (2, true) }
    }
    let units = stride(from: start, to: bytes.count - 1, by: 2).map { place in
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// Windows 1252 from 0x80 to 0x9F; U+FFFD where it has nothing.
  private static let windows: [UInt16] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD,
    0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  private static let latin9Differences: [UInt8: UInt16] = [
    0xA4: 0x20AC, 0xA6: 0x0160, 0xA8: 0x0161, 0xB4: 0x017D, 0xB8: 0x017E, 0xBC: 0x0152, 0xBD: 0x0153, 0xBE: 0x0178,
  ]
}
