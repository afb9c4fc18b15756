/// A point in time: milliseconds since the Unix epoch, UTC.
///
/// Every instant lies in the years 1 to 9999. Making one outside that range moves it to the nearest bound, so that
/// arithmetic on instants never overflows; a decoder that must refuse such a value uses ``init(validating:)``.
public struct Instant: Hashable, Comparable, Sendable {
  /// Milliseconds since 1970-01-01T00:00:00Z.
  public let milliseconds: Int64

  /// 0001-01-01T00:00:00.000Z.
  public static let earliest = Instant(milliseconds: -62_135_596_800_000)
  /// 9999-12-31T23:59:59.999Z.
  public static let latest = Instant(milliseconds: 253_402_300_799_999)
  /// 1970-01-01T00:00:00.000Z.
  public static let epoch = Instant(milliseconds: 0)

  /// The instant at `milliseconds`, or the nearest bound when that is outside the years 1 to 9999.
  public init(milliseconds: Int64) {
    self.milliseconds = min(max(milliseconds, -62_135_596_800_000), 253_402_300_799_999)
  }

  /// The instant at `milliseconds`; nil outside the years 1 to 9999.
  public init?(validating milliseconds: Int64) {
    guard (-62_135_596_800_000...253_402_300_799_999).contains(milliseconds) else { return nil }
    self.milliseconds = milliseconds
  }

  /// Whole seconds since the epoch, rounded down.
  public var seconds: Int64 { milliseconds.flooredQuotient(1000) }

  public static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

  /// The instant `span` later, kept within the years 1 to 9999.
  public static func + (instant: Instant, span: TimeSpan) -> Instant {
    Instant(milliseconds: instant.milliseconds.saturatingAdd(span.milliseconds))
  }

  /// The instant `span` earlier, kept within the years 1 to 9999.
  public static func - (instant: Instant, span: TimeSpan) -> Instant {
    Instant(milliseconds: instant.milliseconds.saturatingAdd(span.negated.milliseconds))
  }

  /// How long after `b` the instant `a` is; negative when it is earlier.
  public static func - (a: Instant, b: Instant) -> TimeSpan {
    TimeSpan(milliseconds: a.milliseconds - b.milliseconds)
  }
}

extension Instant: CustomStringConvertible {
  /// ISO 8601 in UTC, such as `2026-11-21T16:17:16Z`; milliseconds are written only where there are any.
  public var description: String {
    let days = milliseconds.flooredQuotient(86_400_000)
    let rest = milliseconds - days * 86_400_000
    let date = CivilDate(daysSinceEpoch: days)
    let time = CivilTime(millisecondOfDay: rest)
    let fraction = rest % 1000
    let text = "\(date)T\(time.text(seconds: true))"
    return fraction == 0 ? text + "Z" : text + "." + paddedDecimal(fraction, width: 3) + "Z"
  }

  /// Reads ISO 8601: a date, `T`, a time with seconds and up to nine digits of fraction (what is finer than a
  /// millisecond is dropped), then `Z` or an offset such as `+08:00`. Nil for anything else, a leap second included.
  public init?(_ text: String) {
    var scan = ByteScanner(text)
    guard let date = scan.date(), scan.take(UInt8(ascii: "T")), let hour = scan.digits(2), hour < 24,
      scan.take(UInt8(ascii: ":")), let minute = scan.digits(2), minute < 60,
      scan.take(UInt8(ascii: ":")), let second = scan.digits(2), second < 60
    else { return nil }
    var fraction: Int64 = 0
    if scan.take(UInt8(ascii: ".")) {
      guard let found = scan.fraction() else { return nil }
      fraction = found
    }
    guard let offset = scan.utcOffset(), scan.isAtEnd else { return nil }
    let inDay = (Int64(hour) * 3600 + Int64(minute) * 60 + Int64(second) - offset) * 1000 + fraction
    self.init(validating: date.daysSinceEpoch * 86_400_000 + inDay)
  }
}

/// A length of time in milliseconds, which may be negative.
public struct TimeSpan: Hashable, Comparable, Sendable {
  public let milliseconds: Int64

  /// The longest span kept: about 10,000 years each way. Beyond it a span is moved to the bound.
  static let bound: Int64 = 400_000_000_000_000

  public init(milliseconds: Int64) {
    self.milliseconds = min(max(milliseconds, -Self.bound), Self.bound)
  }

  public static let zero = TimeSpan(milliseconds: 0)
  public static func milliseconds(_ n: Int64) -> TimeSpan { TimeSpan(milliseconds: n) }
  public static func seconds(_ n: Int64) -> TimeSpan { TimeSpan(milliseconds: n.saturatingMultiply(1000)) }
  public static func minutes(_ n: Int64) -> TimeSpan { TimeSpan(milliseconds: n.saturatingMultiply(60_000)) }
  public static func hours(_ n: Int64) -> TimeSpan { TimeSpan(milliseconds: n.saturatingMultiply(3_600_000)) }
  public static func days(_ n: Int64) -> TimeSpan { TimeSpan(milliseconds: n.saturatingMultiply(86_400_000)) }

  /// Whole minutes; seconds are dropped (towards zero).
  public var wholeMinutes: Int64 { milliseconds / 60_000 }
  public var negated: TimeSpan { TimeSpan(milliseconds: -milliseconds) }

  public static func < (a: TimeSpan, b: TimeSpan) -> Bool { a.milliseconds < b.milliseconds }
  public static func + (a: TimeSpan, b: TimeSpan) -> TimeSpan {
    TimeSpan(milliseconds: a.milliseconds + b.milliseconds)
  }
  public static func - (a: TimeSpan, b: TimeSpan) -> TimeSpan {
    TimeSpan(milliseconds: a.milliseconds - b.milliseconds)
  }
}

extension TimeSpan: CustomStringConvertible {
  /// As a plan writes it: `3h`, `2h30m`, `15m`, `45s`, `1500ms`, `0m`.
  public var description: String {
    if milliseconds == 0 { return "0m" }
    if milliseconds < 0 { return "-" + negated.description }
    if milliseconds % 1000 != 0 { return "\(milliseconds)ms" }
    let seconds = milliseconds / 1000
    let (hours, minutes, rest) = (seconds / 3600, seconds % 3600 / 60, seconds % 60)
    return (hours > 0 ? "\(hours)h" : "") + (minutes > 0 ? "\(minutes)m" : "") + (rest > 0 ? "\(rest)s" : "")
  }

  /// Reads `3h`, `90m`, `2h30m`, `45s`, `1500ms`, or days such as `2d` (24 hours each), each part at most once and in
  /// falling order. Nil for anything else, for a negative one, and beyond ten thousand days.
  public init?(_ text: String) {
    var scan = ByteScanner(text)
    var total: Int64 = 0
    var smallest = Int64.max
    repeat {
      guard let number = scan.number(maximum: 1_000_000_000), let unit = scan.spanUnit(), unit < smallest
      else { return nil }
      smallest = unit
      total = total.saturatingAdd(number.saturatingMultiply(unit))
    } while !scan.isAtEnd
    guard total <= 10_000 * 86_400_000 else { return nil }
    self.init(milliseconds: total)
  }
}
