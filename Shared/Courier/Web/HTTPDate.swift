/// A time as HTTP's fields have it (RFC 9110, section 5.6.7): the form that is written today, and the two that were.
struct HTTPDate: Hashable, Sendable {
  /// Seconds since 1970.
  let seconds: Int64

  /// Nil for anything else, and for a day or a time that there is not.
  ///
  /// - Parameter now: seconds since 1970. A year of two digits is of the century in which it lies at most 50 years ahead.
  init?(_ text: String, now: Int64) {
    guard let fields = Self.fields(text), let year = Int64(fields.year), let day = Int64(fields.day.drop { $0 == " " }),
      let month = Self.months.firstIndex(of: fields.month)
    else { return nil }
    let time = fields.time.split(separator: ":", omittingEmptySubsequences: false).map {
      $0.count == 2 ? Int64($0) : nil
    }
    // A second may be the 60th: a leap second is the next minute's first.
    guard time.count == 3, let hour = time[0], let minute = time[1], let second = time[2],
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second), (0...9_999).contains(year)
    else { return nil }
    func at(_ year: Int64) -> Int64? {
      guard (1...Self.dayCount(Int64(month + 1), of: year)).contains(day) else { return nil }
      return Self.days(year, Int64(month + 1), day) * 86_400 + hour * 3_600 + minute * 60 + second
    }
    guard fields.year.count == 2 else {
      guard fields.year.count == 4, let seconds = at(year) else { return nil }
      self.seconds = seconds
      return
    }
    let fiftyYears: Int64 = 50 * 31_556_952
    let century = Self.year(of: now) / 100 * 100
    let candidates = [century + 100, century, century - 100].compactMap { at($0 + year) }
    guard let seconds = candidates.first(where: { $0 <= now + fiftyYears }) else { return nil }
    self.seconds = seconds
  }

  private typealias Fields = (day: Substring, month: Substring, year: Substring, time: Substring)

  private static func fields(_ text: String) -> Fields? {
    guard text.utf8.count <= 40, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return nil }
    let words = text.split(separator: " ", omittingEmptySubsequences: true)
    guard let first = words.first else { return nil }
    if first.hasSuffix(",") {
      guard words.last == "GMT" else { return nil }
      // Sun, 06 Nov 1994 08:49:37 GMT
      if words.count == 6, days.contains(first.dropLast()), words[1].count == 2, words[3].count == 4 {
        return (words[1], words[2], words[3], words[4])
      }
      // Sunday, 06-Nov-94 08:49:37 GMT
      let date = words.count == 4 ? words[1].split(separator: "-", omittingEmptySubsequences: false) : []
      guard date.count == 3, longDays.contains(first.dropLast()), date[0].count == 2, date[2].count == 2 else {
        return nil
      }
      return (date[0], date[1], date[2], words[2])
    }
    // Sun Nov  6 08:49:37 1994
    guard words.count == 5, days.contains(first), words[4].count == 4 else { return nil }
    return (words[2], words[1], words[4], words[3])
  }

  private static let days: [Substring] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let longDays: [Substring] = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  private static let months: [Substring] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func dayCount(_ month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days since 1970-01-01 in the Gregorian calendar, of a year from 0 on.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    // Years begin in March, so that a leap day is the last one; 400 of them have 146,097 days.
    let year = month > 2 ? year + 400 : year + 399
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468 - 146_097
  }

  private static func year(of seconds: Int64) -> Int64 {
    var year = 1970 + seconds / 31_556_952
    if days(year, 1, 1) * 86_400 > seconds { year -= 1 }
    return year
  }
}
