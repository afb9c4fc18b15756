/// Bytes that the grammar of mail names.
enum Byte {
  static let tab: UInt8 = 0x09
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let backslash: UInt8 = 0x5C
  static let open: UInt8 = 0x28
  static let close: UInt8 = 0x29
  static let less: UInt8 = 0x3C
  static let greater: UInt8 = 0x3E

  static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }
  static func isSpace(_ byte: UInt8) -> Bool { isBlank(byte) || byte == lineFeed || byte == carriageReturn }

  /// The value of a hexadecimal digit; nil for another byte.
  static func hexadecimal(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}

extension StringProtocol {
  /// In small letters, where they are ASCII.
  var asciiLowercased: String {
    String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
  }
}

extension String {
  /// Without blanks at either end.
  var trimmed: String {
    var view = utf8[...]
    while let first = view.first, Byte.isSpace(first) { view = view.dropFirst() }
    while let last = view.last, Byte.isSpace(last) { view = view.dropLast() }
    return String(view) ?? ""
  }

  /// At most `max` bytes of it: whole characters, those that do not fit left out.
  public func cut(toByteCount max: Int) -> String {
    guard utf8.count > max else { return self }
    var end = utf8.index(utf8.startIndex, offsetBy: Swift.max(0, max))
    while end > utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
    return String(self[..<end])
  }

  /// One line: line ends and tabs become spaces, other control characters go, blanks at the ends too.
  public var onOneLine: String {
    var line = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: line.append(" ")
      case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: continue
      default: line.append(scalar)
      }
    }
    return String(line).trimmed
  }

  /// Lines that end in a line feed, without control characters; a tab becomes two spaces.
  var printable: String {
    var text = String.UnicodeScalarView()
    var before: Unicode.Scalar = " "
    for scalar in unicodeScalars {
      defer { before = scalar }
      switch scalar.value {
      case 0x0A: if before.value != 0x0D { text.append("\n") }
      case 0x0D: text.append("\n")
      case 0x09: text.append(contentsOf: "  ".unicodeScalars)
      case 0x00...0x1F, 0x7F...0x9F: continue
      default: text.append(scalar)
      }
    }
    return String(text)
  }
}

/// The lines of a stretch of bytes, each with where it starts, ends, and where the next one starts. A line ends in LF or
/// CRLF; the last one may end in neither.
struct Lines: Sequence, IteratorProtocol {
  struct Line {
    var start, end, next: Int
    var isEmpty: Bool { start == end }
  }

  private let bytes: [UInt8]
  private var place: Int
  private let limit: Int

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    place = range.lowerBound
    limit = range.upperBound
  }

  mutating func next() -> Line? {
    guard place < limit else { return nil }
    let start = place
    var end = start
    while end < limit, bytes[end] != Byte.lineFeed { end += 1 }
    let next = Swift.min(end + 1, limit)
    if end > start, end < limit, bytes[end - 1] == Byte.carriageReturn { end -= 1 }
    place = next
    return Line(start: start, end: end, next: next)
  }
}
