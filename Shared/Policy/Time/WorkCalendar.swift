/// When a desk is open: hours by weekday less holidays, in a zone, compiled to sorted open intervals with running sums.
///
/// Intervals are half-open: at the closing instant the desk is closed. A civil opening or closing time that a clock
/// change repeats means its first occurrence; one that it skips means the end of the gap. Compiled are the years 2000 to
/// 2099 (``range``); outside them nothing is open, and a question whose answer lies outside is answered nil.
public struct WorkCalendar: Hashable, Sendable {
  /// Its name in the plan.
  public let name: String
  /// Whose civil time the hours are in.
  public let zone: TimeZoneRules
  /// The open hours of each weekday, rising and apart; empty for a calendar that never closes.
  public let hours: [Weekday: [Hours]]
  /// Whole days on which it is closed, with their names.
  public let holidays: [CivilDate: String]
  /// Whether it never closes (`24x7`).
  public let isAlways: Bool
  private let table: Table

  /// From one time of day up to another.
  public struct Hours: Hashable, Sendable, CustomStringConvertible {
    /// When it opens.
    public var opens: CivilTime
    /// When it closes, after `opens`; at most 24:00.
    public var closes: CivilTime

    /// From `opens` up to `closes`; nil unless `opens` is earlier.
    public init?(opens: CivilTime, closes: CivilTime) {
      guard opens < closes else { return nil }
      self.opens = opens
      self.closes = closes
    }

    /// `09:00-18:00`.
    public var description: String { "\(opens)-\(closes)" }
  }

  /// The compiled intervals, shared by every copy.
  private final class Table: Hashable, Sendable {
    let opens: [Int64]
    let closes: [Int64]
    /// Open milliseconds before the interval of the same index.
    let before: [Int64]

    init(opens: [Int64], closes: [Int64], before: [Int64]) {
      self.opens = opens
      self.closes = closes
      self.before = before
    }

    // What it holds follows from the calendar's other fields, which are compared.
    static func == (a: Table, b: Table) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
  }

  /// The days that are compiled.
  public static let range: ClosedRange<CivilDate> =
    CivilDate(
      daysSinceEpoch: CivilDate.days(year: 2000, month: 1, day: 1))...CivilDate(
      daysSinceEpoch: CivilDate.days(year: 2099, month: 12, day: 31))

  /// A calendar that never closes.
  public static func always(name: String, zone: TimeZoneRules) -> WorkCalendar {
    WorkCalendar(name: name, zone: zone, hours: [:], holidays: [:], isAlways: true)
  }

  /// A calendar of weekly hours and holidays; nil when it would never be open or hours of a day overlap.
  public init?(name: String, zone: TimeZoneRules, hours: [Weekday: [Hours]], holidays: [CivilDate: String]) {
    var sorted: [Weekday: [Hours]] = [:]
    for (day, spans) in hours where !spans.isEmpty {
      let rising = spans.sorted { $0.opens < $1.opens }
      for (earlier, later) in zip(rising, rising.dropFirst()) where later.opens < earlier.closes { return nil }
      sorted[day] = rising
    }
    guard !sorted.isEmpty else { return nil }
    self.init(name: name, zone: zone, hours: sorted, holidays: holidays, isAlways: false)
    guard !table.opens.isEmpty else { return nil }
  }

  private init(
    name: String, zone: TimeZoneRules, hours: [Weekday: [Hours]], holidays: [CivilDate: String], isAlways: Bool
  ) {
    self.name = name
    self.zone = zone
    self.hours = hours
    self.holidays = holidays
    self.isAlways = isAlways
    table = isAlways ? WorkCalendar.unbroken(zone) : WorkCalendar.compile(zone, hours, holidays)
  }

  private static func unbroken(_ zone: TimeZoneRules) -> Table {
    let opens = zone.startOfDay(range.lowerBound).milliseconds
    let closes = zone.startOfDay(range.upperBound.adding(days: 1)).milliseconds
    return Table(opens: [opens], closes: [closes], before: [0])
  }

  private static func compile(
    _ zone: TimeZoneRules, _ hours: [Weekday: [Hours]], _ holidays: [CivilDate: String]
  ) -> Table {
    var (opens, closes, before): ([Int64], [Int64], [Int64]) = ([], [], [])
    var sum: Int64 = 0
    var date = range.lowerBound
    while date <= range.upperBound {
      if holidays[date] == nil {
        for span in hours[date.weekday] ?? [] {
          let open = zone.resolve(CivilDateTime(date: date, time: span.opens)).earliest.milliseconds
          let close = zone.resolve(CivilDateTime(date: date, time: span.closes)).earliest.milliseconds
          // A gap can swallow a span whole; a fold can make it begin before the last one's end.
          let from = max(open, closes.last ?? open)
          guard from < close else { continue }
          if from == closes.last {
            closes[closes.count - 1] = close
          } else {
            opens.append(from)
            closes.append(close)
            before.append(sum)
          }
          sum += close - from
        }
      }
      date = date.adding(days: 1)
    }
    return Table(opens: opens, closes: closes, before: before)
  }
}

extension WorkCalendar {
  /// Whether the desk is open at `instant`.
  public func isOpen(at instant: Instant) -> Bool {
    let index = table.opens.upperBound(of: instant.milliseconds) - 1
    return index >= 0 && instant.milliseconds < table.closes[index]
  }

  /// `instant` itself when open then, else when the desk next opens; nil beyond the compiled years.
  public func nextOpen(from instant: Instant) -> Instant? {
    if isOpen(at: instant) { return instant }
    let index = table.opens.upperBound(of: instant.milliseconds)
    return index < table.opens.count ? Instant(milliseconds: table.opens[index]) : nil
  }

  /// When the interval that `instant` is open in closes; nil when it is closed.
  public func closing(at instant: Instant) -> Instant? {
    guard isOpen(at: instant) else { return nil }
    return Instant(milliseconds: table.closes[table.opens.upperBound(of: instant.milliseconds) - 1])
  }

  /// Open time in [from, to); zero when `to` is not after `from`.
  public func openTime(from: Instant, to: Instant) -> TimeSpan {
    guard from < to else { return .zero }
    return TimeSpan(milliseconds: elapsed(at: to) - elapsed(at: from))
  }

  /// The first instant by which `span` of open time has passed since `from`: the closing instant itself when the day is
  /// just long enough. With no span, the first open instant from `from` on. Nil beyond the compiled years.
  public func due(from: Instant, after span: TimeSpan) -> Instant? {
    guard WorkCalendar.isCompiled(from, zone: zone) else { return nil }
    guard span > .zero else { return nextOpen(from: from) }
    let wanted = elapsed(at: from) + span.milliseconds
    // The last interval that begins with less than what is wanted.
    let index = table.before.lowerBound(of: wanted) - 1
    guard index >= 0 else { return nil }
    let due = table.opens[index] + (wanted - table.before[index])
    return due <= table.closes[index] ? Instant(milliseconds: due) : nil
  }

  /// The latest instant from which `span` of open time remains until `to`: how long before a due time to warn.
  public func start(before to: Instant, by span: TimeSpan) -> Instant? {
    let wanted = elapsed(at: to) - span.milliseconds
    guard wanted >= 0 else { return nil }
    let index = table.before.upperBound(of: wanted) - 1
    guard index >= 0 else { return nil }
    return Instant(milliseconds: min(table.opens[index] + (wanted - table.before[index]), table.closes[index]))
  }

  /// Whether `date` has any open time at all.
  public func isWorkingDay(_ date: CivilDate) -> Bool {
    guard WorkCalendar.range.contains(date) else { return false }
    return isAlways || (holidays[date] == nil && hours[date.weekday] != nil)
  }

  /// The `count`-th working day after `date`, which is day 0 whether it is a working day or not; nil beyond the compiled
  /// years.
  public func workingDay(_ count: Int, after date: CivilDate) -> CivilDate? {
    guard count >= 0, count <= 10_000 else { return nil }
    var (day, left) = (date, count)
    while left > 0 {
      day = day.adding(days: 1)
      guard day <= WorkCalendar.range.upperBound else { return nil }
      if isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  /// The first instant after the `count`-th working day after the civil day of `instant`: what happens before it is
  /// within those working days. Nil beyond the compiled years.
  public func end(ofWorkingDay count: Int, after instant: Instant) -> Instant? {
    workingDay(count, after: zone.date(instant)).map { zone.startOfDay($0.adding(days: 1)) }
  }

  /// Open milliseconds from the beginning of the compiled years to `instant`.
  private func elapsed(at instant: Instant) -> Int64 {
    let index = table.opens.upperBound(of: instant.milliseconds) - 1
    guard index >= 0 else { return 0 }
    return table.before[index] + min(instant.milliseconds, table.closes[index]) - table.opens[index]
  }

  private static func isCompiled(_ instant: Instant, zone: TimeZoneRules) -> Bool {
    range.contains(zone.date(instant))
  }
}

extension WorkCalendar {
  /// A stretch of time that was counted or skipped.
  public struct Stretch: Hashable, Sendable, CustomStringConvertible {
    /// Where it begins.
    public var from: Instant
    /// Where it ends; it is half-open.
    public var to: Instant
    /// Whether it counts as open time.
    public var isCounted: Bool
    /// `open`, `weekend`, `closed hours`, or the holiday's name.
    public var reason: String
    /// The same in words, with civil times.
    public var description: String
  }

  /// The most stretches that one explanation lists.
  public static let maximumStretches = 1000

  /// Every stretch in [from, to), counted or skipped, in order and without gaps; the first
  /// ``maximumStretches`` of them.
  ///
  /// - Parameter open: why open time counts; nil: it is open, or never closed.
  public func why(from: Instant, to: Instant, open: String? = nil) -> [Stretch] {
    var stretches: [Stretch] = []
    var at = from
    while at < to, stretches.count < WorkCalendar.maximumStretches {
      if isOpen(at: at), let closes = closing(at: at) {
        let end = min(closes, to)
        stretches.append(stretch(at, end, counted: true, open ?? (isAlways ? "always open" : "open")))
        at = end
      } else {
        let opens = min(nextOpen(from: at) ?? to, to)
        // Skipped time is split at midnight, so that every day tells its own reason.
        let date = zone.date(at)
        let end = min(opens, max(zone.startOfDay(date.adding(days: 1)), at + .milliseconds(1)))
        stretches.append(stretch(at, end, counted: false, reasonClosed(on: date)))
        at = end
      }
    }
    return stretches
  }

  /// A time in which a clock stood still.
  public struct Standstill: Hashable, Sendable {
    /// Where it begins.
    public var from: Instant
    /// Where it ends; it is half-open.
    public var to: Instant
    /// Why.
    public var reason: String

    /// A standstill as given.
    public init(from: Instant, to: Instant, reason: String) {
      self.from = from
      self.to = to
      self.reason = reason
    }
  }

  /// Every stretch in [from, to) in order and without gaps: counted or skipped by the calendar, but for the standstills.
  ///
  /// - Parameter standstills: in order and apart.
  public func why(from: Instant, to end: Instant, standstills: [Standstill]) -> [Stretch] {
    var (at, stretches): (Instant, [Stretch]) = (from, [])
    for still in standstills where still.from < end && still.to > at {
      let begins = max(at, still.from)
      stretches += why(from: at, to: begins)
      at = min(still.to, end)
      stretches.append(standstill(from: begins, to: at, reason: still.reason))
    }
    return stretches + why(from: at, to: end)
  }

  /// A stretch in which a clock stood still, whatever the calendar says.
  public func standstill(from: Instant, to: Instant, reason: String) -> Stretch {
    stretch(from, to, counted: false, reason)
  }

  private func reasonClosed(on date: CivilDate) -> String {
    if let holiday = holidays[date] { return holiday }
    if !WorkCalendar.range.contains(date) { return "outside the calendar's years" }
    if hours[date.weekday] == nil { return date.weekday >= .saturday ? "weekend" : "closed all day" }
    return "closed hours"
  }

  private func stretch(_ from: Instant, _ to: Instant, counted: Bool, _ reason: String) -> Stretch {
    let (start, end) = (zone.civil(from), zone.civil(to))
    let until = start.date == end.date ? "\(end.time)" : "\(end)"
    let minutes = counted ? "\((to - from).description) counted" : "skipped"
    return Stretch(
      from: from, to: to, isCounted: counted, reason: reason,
      description: "\(start.date.weekday.rawValue) \(start) to \(until): \(minutes) (\(reason))")
  }
}
