/// A day of the proleptic Gregorian calendar, without a zone. Years 0 to 9999 can be made; arithmetic may pass them.
public struct CivilDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public let daysSinceEpoch: Int64

  /// The day `days` after 1970-01-01, kept within some 12,000 years either side.
  public init(daysSinceEpoch days: Int64) {
    daysSinceEpoch = min(max(days, -4_400_000), 4_400_000)
  }

  /// The day so named; nil when there is no such day, such as 30 February.
  public init?(year: Int, month: Int, day: Int) {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CivilDate.days(inMonth: month, year: year)
    else { return nil }
    daysSinceEpoch = CivilDate.days(year: Int64(year), month: Int64(month), day: Int64(day))
  }

  /// Reads `yyyy-mm-dd`; nil for anything else.
  public init?(_ text: String) {
    var scan = ByteScanner(text)
    guard let date = scan.date(), scan.isAtEnd else { return nil }
    self = date
  }

  public var year: Int { parts.year }
  /// 1 to 12.
  public var month: Int { parts.month }
  /// 1 to 31.
  public var day: Int { parts.day }

  /// Year, month and day at once.
  public var parts: (year: Int, month: Int, day: Int) {
    // Days are counted from 1 March of year 0, so that a leap day ends its year.
    let shifted = daysSinceEpoch + 719_468
    let era = shifted.flooredQuotient(146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), Int(month), Int(day))
  }

  public var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    let index = (daysSinceEpoch + 3) - (daysSinceEpoch + 3).flooredQuotient(7) * 7
    return Weekday.allCases[Int(index)]
  }

  public static func < (a: CivilDate, b: CivilDate) -> Bool { a.daysSinceEpoch < b.daysSinceEpoch }

  public func adding(days: Int64) -> CivilDate { CivilDate(daysSinceEpoch: daysSinceEpoch.saturatingAdd(days)) }

  /// The same day of the month, `months` later; the month's last day where it has no such day.
  public func adding(months: Int64) -> CivilDate {
    let from = parts
    let bounded = min(max(months, -120_000), 120_000)
    let index = Int64(from.year) * 12 + Int64(from.month) - 1 + bounded
    let year = index.flooredQuotient(12)
    let month = index - year * 12 + 1
    let last = CivilDate.days(inMonth: Int(month), year: Int(year))
    return CivilDate(daysSinceEpoch: CivilDate.days(year: year, month: month, day: Int64(min(from.day, last))))
  }

  /// The same day `years` later; 28 February for the 29th in a year without one.
  public func adding(years: Int64) -> CivilDate { adding(months: min(max(years, -10_000), 10_000) * 12) }

  /// The first day of this day's month.
  public var startOfMonth: CivilDate { adding(days: Int64(1 - day)) }

  static func days(inMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.flooredQuotient(400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension CivilDate: CustomStringConvertible {
  /// `yyyy-mm-dd`.
  public var description: String {
    let parts = parts
    return paddedDecimal(Int64(parts.year), width: 4) + "-" + paddedDecimal(Int64(parts.month), width: 2) + "-"
      + paddedDecimal(Int64(parts.day), width: 2)
  }
}

/// A day of the week; the raw value is the word that plans use.
public enum Weekday: String, CaseIterable, Hashable, Comparable, Sendable {
  case monday = "mon"
  case tuesday = "tue"
  case wednesday = "wed"
  case thursday = "thu"
  case friday = "fri"
  case saturday = "sat"
  case sunday = "sun"

  /// 0 for Monday to 6 for Sunday.
  public var index: Int { Weekday.allCases.firstIndex(of: self) ?? 0 }

  public static func < (a: Weekday, b: Weekday) -> Bool { a.index < b.index }
}

/// A time of day without a zone, to the millisecond: 00:00 to 24:00 inclusive (24:00 ends a day).
public struct CivilTime: Hashable, Comparable, Sendable {
  /// Milliseconds since midnight, 0 to 86,400,000.
  public let millisecondOfDay: Int64

  public static let midnight = CivilTime(millisecondOfDay: 0)
  public static let endOfDay = CivilTime(millisecondOfDay: 86_400_000)

  /// The time so many milliseconds after midnight, kept within the day.
  public init(millisecondOfDay: Int64) {
    self.millisecondOfDay = min(max(millisecondOfDay, 0), 86_400_000)
  }

  public init?(hour: Int, minute: Int, second: Int = 0) {
    guard (0...24).contains(hour), (0...59).contains(minute), (0...59).contains(second) else { return nil }
    let total = Int64(hour * 3600 + minute * 60 + second) * 1000
    guard total <= 86_400_000 else { return nil }
    millisecondOfDay = total
  }

  /// Reads `hh:mm` or `hh:mm:ss`, up to 24:00; nil for anything else.
  public init?(_ text: String) {
    var scan = ByteScanner(text)
    guard let hour = scan.digits(2), scan.take(UInt8(ascii: ":")), let minute = scan.digits(2) else { return nil }
    var second = 0
    if scan.take(UInt8(ascii: ":")) {
      guard let found = scan.digits(2) else { return nil }
      second = found
    }
    guard scan.isAtEnd else { return nil }
    self.init(hour: hour, minute: minute, second: second)
  }

  public static func < (a: CivilTime, b: CivilTime) -> Bool { a.millisecondOfDay < b.millisecondOfDay }

  func text(seconds: Bool) -> String {
    let total = millisecondOfDay / 1000
    let short = paddedDecimal(total / 3600, width: 2) + ":" + paddedDecimal(total % 3600 / 60, width: 2)
    return seconds ? short + ":" + paddedDecimal(total % 60, width: 2) : short
  }
}

extension CivilTime: CustomStringConvertible {
  /// `hh:mm`, with seconds where there are any.
  public var description: String { text(seconds: millisecondOfDay % 60_000 != 0) }
}

/// A date and a time of day, without a zone.
public struct CivilDateTime: Hashable, Comparable, Sendable {
  public var date: CivilDate
  public var time: CivilTime

  public init(date: CivilDate, time: CivilTime) {
    self.date = date
    self.time = time
  }

  public static func < (a: CivilDateTime, b: CivilDateTime) -> Bool { (a.date, a.time) < (b.date, b.time) }
}

extension CivilDateTime: CustomStringConvertible {
  /// `yyyy-mm-dd hh:mm`.
  public var description: String { "\(date) \(time)" }
}
