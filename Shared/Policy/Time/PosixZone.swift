/// The rule that a TZif file ends with: standard time, and where there is one, summer time with its two yearly changes
/// (POSIX.1 TZ string with the extension of RFC 9636, hours from -167 to 167).
struct PosixZone: Hashable, Sendable {
  /// Seconds east of UTC.
  let standard: Int
  let summer: Summer?

  struct Summer: Hashable, Sendable {
    let offset: Int
    let begins: Change
    let ends: Change
  }

  /// A day of the year, and the second of that day in the civil time that is then in force.
  struct Change: Hashable, Sendable {
    let day: Day
    let second: Int
  }

  enum Day: Hashable, Sendable {
    /// 1 to 365; 29 February is never counted.
    case julian(Int)
    /// 0 to 365; 29 February is counted.
    case zeroBased(Int)
    /// Month 1 to 12, week 1 to 5 (5 is the last), weekday 0 (Sunday) to 6.
    case monthWeekDay(Int, Int, Int)
  }

  /// Reads a footer such as `EST5EDT,M3.2.0,M11.1.0`; nil when it is no such rule.
  init?(_ text: String) {
    var scan = ByteScanner(text)
    guard scan.zoneAbbreviation(), let standard = scan.posixTime(maximumHours: 24) else { return nil }
    self.standard = -standard
    if scan.isAtEnd {
      summer = nil
      return
    }
    guard scan.zoneAbbreviation() else { return nil }
    var offset = self.standard + 3600
    if scan.next != UInt8(ascii: ",") {
      guard let given = scan.posixTime(maximumHours: 24) else { return nil }
      offset = -given
    }
    guard scan.take(UInt8(ascii: ",")), let begins = scan.posixChange(), scan.take(UInt8(ascii: ",")),
      let ends = scan.posixChange(), scan.isAtEnd
    else { return nil }
    summer = Summer(offset: offset, begins: begins, ends: ends)
  }

  func offset(atSecond second: Int64) -> Int {
    guard let summer else { return standard }
    let year = CivilDate(daysSinceEpoch: (second + Int64(standard)).flooredQuotient(86_400)).year
    // A change may carry over into a neighbouring year, so the latest change of three years decides.
    var latest: (at: Int64, offset: Int)?
    for change in changes(ofYears: (year - 1)...(year + 1)) where change.at <= second {
      if latest.map({ $0.at < change.at || ($0.at == change.at && change.offset == summer.offset) }) ?? true {
        latest = change
      }
    }
    return latest?.offset ?? standard
  }

  /// The changes in (from, to], rising.
  func changes(from: Int64, to: Int64) -> [(at: Int64, offset: Int)] {
    guard summer != nil, from < to else { return [] }
    let first = CivilDate(daysSinceEpoch: from.flooredQuotient(86_400)).year - 1
    let last = CivilDate(daysSinceEpoch: to.flooredQuotient(86_400)).year + 1
    guard first <= last else { return [] }
    return changes(ofYears: first...last).filter { from < $0.at && $0.at <= to }.sorted { $0.at < $1.at }
  }

  private func changes(ofYears years: ClosedRange<Int>) -> [(at: Int64, offset: Int)] {
    guard let summer else { return [] }
    return years.flatMap { year in
      [
        (PosixZone.second(of: summer.begins, year: year) - Int64(standard), summer.offset),
        (PosixZone.second(of: summer.ends, year: year) - Int64(summer.offset), standard),
      ]
    }
  }

  /// The civil second of a change in `year`, as if civil time were UTC.
  private static func second(of change: Change, year: Int) -> Int64 {
    let newYear = CivilDate.days(year: Int64(year), month: 1, day: 1)
    let day: Int64
    switch change.day {
    case .julian(let number):
      let leaps = CivilDate.days(inMonth: 2, year: year) == 29 && number >= 60
      day = newYear + Int64(number - 1 + (leaps ? 1 : 0))
    case .zeroBased(let number):
      day = newYear + Int64(number)
    case .monthWeekDay(let month, let week, let weekday):
      let first = CivilDate.days(year: Int64(year), month: Int64(month), day: 1)
      // Sunday is 0 here; `index` has Monday as 0.
      let firstWeekday = (CivilDate(daysSinceEpoch: first).weekday.index + 1) % 7
      var number = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      if number >= CivilDate.days(inMonth: month, year: year) { number -= 7 }
      day = first + Int64(number)
    }
    return day * 86_400 + Int64(change.second)
  }
}

extension ByteScanner {
  /// A name of three or more letters, or any of letters, digits and signs between angle brackets.
  mutating func zoneAbbreviation() -> Bool {
    var count = 0
    if take(UInt8(ascii: "<")) {
      while let byte = next, byte != UInt8(ascii: ">") {
        guard count < 32, take(byte) else { return false }
        count += 1
      }
      return take(UInt8(ascii: ">")) && count >= 3
    }
    while let byte = next, (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) {
      guard count < 32, take(byte) else { return false }
      count += 1
    }
    return count >= 3
  }

  /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
  mutating func posixTime(maximumHours: Int64) -> Int? {
    var sign = 1
    if take(UInt8(ascii: "-")) { sign = -1 } else { _ = take(UInt8(ascii: "+")) }
    guard let hours = number(maximum: maximumHours) else { return nil }
    var total = Int(hours) * 3600
    if take(UInt8(ascii: ":")) {
      guard let minutes = digits(2), minutes < 60 else { return nil }
      total += minutes * 60
      if take(UInt8(ascii: ":")) {
        guard let seconds = digits(2), seconds < 60 else { return nil }
        total += seconds
      }
    }
    return sign * total
  }

  /// A day and, after a slash, the time of the change (02:00 without).
  mutating func posixChange() -> PosixZone.Change? {
    let day: PosixZone.Day
    if take(UInt8(ascii: "M")) {
      guard let month = number(maximum: 12), month >= 1, take(UInt8(ascii: ".")), let week = number(maximum: 5),
        week >= 1, take(UInt8(ascii: ".")), let weekday = number(maximum: 6)
      else { return nil }
      day = .monthWeekDay(Int(month), Int(week), Int(weekday))
    } else if take(UInt8(ascii: "J")) {
      guard let number = number(maximum: 365), number >= 1 else { return nil }
      day = .julian(Int(number))
    } else {
      guard let number = number(maximum: 365) else { return nil }
      day = .zeroBased(Int(number))
    }
    guard take(UInt8(ascii: "/")) else { return PosixZone.Change(day: day, second: 7200) }
    guard let time = posixTime(maximumHours: 167) else { return nil }
    return PosixZone.Change(day: day, second: time)
  }
}
