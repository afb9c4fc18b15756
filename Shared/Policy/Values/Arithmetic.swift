extension Int64 {
  /// The quotient rounded towards negative infinity; `divisor` is positive.
  func flooredQuotient(_ divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }

  /// The sum, or the bound that it passed.
  func saturatingAdd(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// The product, or the bound that it passed.
  func saturatingMultiply(_ other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self < 0) == (other < 0) ? .max : .min) : product
  }
}

/// `value` in decimal with leading zeros to `width` digits; a minus sign stands before them.
func paddedDecimal(_ value: Int64, width: Int) -> String {
  let digits = String(value.magnitude)
  let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
  return (value < 0 ? "-" : "") + zeros + digits
}

/// Reads a short text byte by byte. Nothing in it traps or reads past the end.
struct ByteScanner {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position == bytes.count }
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  mutating func take(_ text: StaticString) -> Bool {
    let wanted = Array(String(describing: text).utf8)
    guard bytes[position...].starts(with: wanted) else { return false }
    position += wanted.count
    return true
  }

  /// Exactly `count` decimal digits.
  mutating func digits(_ count: Int) -> Int? {
    guard bytes.count - position >= count else { return nil }
    var value = 0
    for byte in bytes[position..<position + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    position += count
    return value
  }

  /// One or more decimal digits up to `maximum`; nil without a digit or above it.
  mutating func number(maximum: Int64) -> Int64? {
    let start = position
    var value: Int64 = 0
    while let byte = next, (0x30...0x39).contains(byte) {
      value = value * 10 + Int64(byte - 0x30)
      guard value <= maximum else { return nil }
      position += 1
    }
    return position == start ? nil : value
  }

  /// One to nine digits after the point, as milliseconds.
  mutating func fraction() -> Int64? {
    let start = position
    var value: Int64 = 0
    while let byte = next, (0x30...0x39).contains(byte), position - start < 9 {
      if position - start < 3 { value = value * 10 + Int64(byte - 0x30) }
      position += 1
    }
    switch position - start {
    case 0: return nil
    case 1: return value * 100
    case 2: return value * 10
    default: return value
    }
  }

  /// `Z` or `+hh:mm` or `-hh:mm`, as seconds east of UTC.
  mutating func utcOffset() -> Int64? {
    if take(UInt8(ascii: "Z")) { return 0 }
    let sign: Int64
    if take(UInt8(ascii: "+")) {
      sign = 1
    } else if take(UInt8(ascii: "-")) {
      sign = -1
    } else {
      return nil
    }
    guard let hour = digits(2), hour < 24, take(UInt8(ascii: ":")), let minute = digits(2), minute < 60
    else { return nil }
    return sign * Int64(hour * 3600 + minute * 60)
  }

  /// `yyyy-mm-dd`, a real day.
  mutating func date() -> CivilDate? {
    guard let year = digits(4), take(UInt8(ascii: "-")), let month = digits(2), take(UInt8(ascii: "-")),
      let day = digits(2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// The unit of a part of a span, in milliseconds.
  mutating func spanUnit() -> Int64? {
    if take("ms") { return 1 }
    if take("s") { return 1000 }
    if take("m") { return 60_000 }
    if take("h") { return 3_600_000 }
    if take("d") { return 86_400_000 }
    return nil
  }
}
