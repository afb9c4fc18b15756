extension Plan {
  /// The targets of a ticket of `class` (the plan's default class without one), the plan's own first, and when they fall
  /// due. With an `appointment`, what being there meets is due at the appointment (F14). `facts` tell the tier and what
  /// was bought, which may keep the desk open longer (P11).
  public func targets(
    class name: String? = nil, openedAt: Instant, appointment: Instant? = nil, facts: Facts = [:]
  ) -> [DueTarget] {
    let className = name ?? defaultClass
    let ofClass = className.flatMap { ticketClass($0) }?.targets ?? []
    let opened = opened(class: className, facts)
    return (targets + ofClass).map { target in
      var target = target
      if let opened { target.calendar = opened }
      let calendar = calendars[target.calendar]
      let isBooked = appointment != nil && (target.dispatchedMetBy ?? target.metBy) == .attended
      let counted = calendar?.due(from: openedAt, after: target.by) ?? .latest
      let due = isBooked ? appointment ?? counted : counted
      return DueTarget(
        target: target, due: due, ladderStarts: ladderStart(target, openedAt: openedAt, due: due),
        byAppointment: isBooked)
    }
  }

  private func ladderStart(_ target: Target, openedAt: Instant, due: Instant) -> Instant? {
    guard target.ladder != nil else { return nil }
    switch target.starts {
    case .opened: return openedAt
    case .before(let span): return max(openedAt, calendars[target.calendar]?.start(before: due, by: span) ?? due)
    // A target met on its due instant is met: it is missed one millisecond later.
    case .missed: return due + .milliseconds(1)
    }
  }

  /// How a due time came about: every stretch of the target's calendar from opening to `due`, counted or skipped.
  public func why(_ target: Target, openedAt: Instant, due: Instant) -> [WorkCalendar.Stretch] {
    calendars[target.calendar]?.why(from: openedAt, to: due) ?? []
  }

  /// `instant` and a period later in the plan's civil time: days, months and years keep the time of day; working days
  /// (of `calendar`) end with their day. Nil for working days without a calendar, and beyond the compiled years.
  public func instant(_ period: Period, after instant: Instant, calendar: String? = nil) -> Instant? {
    let civil = zone.civil(instant)
    func on(_ date: CivilDate) -> Instant { zone.resolve(CivilDateTime(date: date, time: civil.time)).earliest }
    switch period {
    case .span(let span): return instant + span
    case .days(let days): return on(civil.date.adding(days: Int64(days)))
    case .months(let months): return on(civil.date.adding(months: Int64(months)))
    case .years(let years): return on(civil.date.adding(years: Int64(years)))
    case .workingDays(let count):
      return calendar.flatMap { calendars[$0] }?.end(ofWorkingDay: count, after: instant)
    }
  }

  /// When a lot of `package` bought at `bought` expires: the first instant after its last day, which is the same day of
  /// the month `lasts` later. Nil when it never does. What happens before that instant happens on or before the last day,
  /// a purchase that carries the rest over (F26) included.
  public func expiry(of package: Package, bought: Instant) -> Instant? {
    let day = zone.date(bought)
    switch package.lasts {
    case .days(let days): return zone.startOfDay(day.adding(days: Int64(days) + 1))
    case .months(let months): return zone.startOfDay(day.adding(months: Int64(months)).adding(days: 1))
    case .years(let years): return zone.startOfDay(day.adding(years: Int64(years)).adding(days: 1))
    case .span(let span): return bought + span
    case .workingDays, nil: return nil
    }
  }

  /// Whether what is left of a lot moves into a package bought at `bought` (F26): its own package carries over, and it
  /// has not expired by then.
  public func carriesOver(_ package: Package, expires: Instant?, bought: Instant) -> Bool {
    switch package.carryOver {
    case .never: false
    case .onRenewal: expires.map { bought < $0 } ?? true
    }
  }

  /// When the invoice for overage of work completed at `completed` is issued (F28); nil without overage.
  public func invoiceInstant(completed: Instant) -> Instant? {
    overage.flatMap { instant($0.invoiceAfter, after: completed) }
  }

  /// The period of the statement that `instant` falls in, from its first instant up to the next period's; nil when the
  /// plan makes no statements.
  public func statementPeriod(containing instant: Instant) -> (from: Instant, to: Instant)? {
    guard let statement else { return nil }
    let first = zone.date(instant).startOfMonth
    let back = (Int64(first.month) - 1) % statement.every.months
    let start = first.adding(months: -back)
    return (zone.startOfDay(start), zone.startOfDay(start.adding(months: statement.every.months)))
  }

  /// When work of `rate` that stood at `worked` counted minutes and went on at `resumed` comes to `minute` counted
  /// minutes, if it does not stop: where a gate's warning or need falls.
  public func instant(ofMinute minute: Int64, rate: Rate, worked: Int64, resumed: Instant) -> Instant? {
    let left = TimeSpan.minutes(max(0, minute.saturatingAdd(-max(0, worked))))
    guard let name = rate.calendar, let calendar = calendars[name] else { return resumed + left }
    return calendar.due(from: resumed, after: left)
  }
}

extension Overage {
  /// What so many units cost; nil when that is more than money can count.
  public func price(of units: Amount) -> Money? { price.times(units.units) }
}

extension Ladder {
  /// The `n`-th run of the ladder, from 0, repetitions included; nil when the ladder has ended by then.
  public func step(_ n: Int) -> LadderRun? {
    guard n >= 0, let last = steps.last else { return nil }
    if n < steps.count { return LadderRun(at: steps[n].at, step: steps[n], repetition: 0) }
    guard let repeats else { return nil }
    let repetition = n - steps.count + 1
    if let times = repeats.times, repetition > times { return nil }
    let delay = TimeSpan(milliseconds: repeats.every.milliseconds.saturatingMultiply(Int64(repetition)))
    return LadderRun(at: last.at + delay, step: last, repetition: repetition)
  }
}

/// One run of a ladder's step.
public struct LadderRun: Hashable, Sendable {
  /// After the ladder's start.
  public var at: TimeSpan
  /// The step that runs.
  public var step: LadderStep
  /// 0 for the first run of the step, then counting.
  public var repetition: Int
}
