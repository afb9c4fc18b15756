extension Plan {
  /// How increments of time come to units: the task's total rounded once, or each of its days or entries, as the plan
  /// rounds. A rate in one of the further units counts every increment begun.
  func increments(
    of work: WorkTask.Work, _ rate: Rate, _ minutes: Int64, _ span: TimeSpan, _ each: Amount
  ) -> (Amount, String) {
    guard rate.unit == unit, let rounding else { return increments(minutes, span, each, nil) }
    guard rounding.scope != .task, case .intervals(let intervals) = work else {
      return increments(minutes, span, each, rounding)
    }
    let pieces = pieces(of: intervals, calendar: rate.calendar.flatMap { calendars[$0] }, rounding.scope)
    let counts = pieces.map { count($0, span, rounding) }
    guard !counts.isEmpty else { return (0, "no work: 0") }
    let total = counts.reduce(Int64(0)) { $0.saturatingAdd($1) }
    let shown = zip(pieces, counts).prefix(Plan.maximumShownPieces).map { "\($0) min: \($1)" }
    let rest = pieces.count > shown.count ? ", and \(pieces.count - shown.count) more" : ""
    let text = "each \(rounding.scope.rawValue) rounded to \(span.wholeMinutes) min: "
    return (each.times(total) ?? 0, text + shown.joined(separator: ", ") + rest + ": \(total) × \(each)")
  }

  /// The most days or entries that the arithmetic of one line lists.
  public static let maximumShownPieces = 12

  /// Increments of one total.
  func increments(
    _ minutes: Int64, _ span: TimeSpan, _ each: Amount, _ rounding: Rounding?
  ) -> (Amount, String) {
    let length = span.wholeMinutes
    guard minutes > 0 else { return (0, "no work: 0") }
    let (whole, rest) = (minutes / length, minutes % length)
    let isUp = rest >= rounding?.upFrom.wholeMinutes ?? 1
    let count = count(minutes, span, rounding)
    var text = "\(minutes) min = \(whole) × \(length) min"
    if rest > 0 { text += " + \(rest) min, rounded \(isUp ? "up" : "down")" }
    if count > whole + (rest > 0 && isUp ? 1 : 0) { text += ", at least \(count)" }
    return (each.times(count) ?? 0, text + ": \(count) × \(each)")
  }

  private func count(_ minutes: Int64, _ span: TimeSpan, _ rounding: Rounding?) -> Int64 {
    let (whole, rest) = (minutes / span.wholeMinutes, minutes % span.wholeMinutes)
    let up: Int64 = rest > 0 && rest >= rounding?.upFrom.wholeMinutes ?? 1 ? 1 : 0
    return max(whole + up, rounding?.minimum ?? 0)
  }

  /// Whole counted minutes of each civil day or entry, those without any left out; overlaps count once, where they are
  /// told first.
  private func pieces(of intervals: [WorkInterval], calendar: WorkCalendar?, _ scope: Rounding.Scope) -> [Int64] {
    var (pieces, end): ([Int64], Instant) = ([], .earliest)
    var (day, ofDay): (CivilDate?, TimeSpan) = (nil, .zero)
    for interval in intervals.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      var from = max(interval.from, end)
      guard from < interval.to else { continue }
      end = interval.to
      if scope == .entry {
        pieces.append(counted(from, end, calendar).wholeMinutes)
        continue
      }
      while from < end, pieces.count < Plan.maximumMinutes {
        let today = zone.date(from)
        if today != day {
          pieces.append(ofDay.wholeMinutes)
          (day, ofDay) = (today, .zero)
        }
        let until = min(end, max(zone.startOfDay(today.adding(days: 1)), from + .milliseconds(1)))
        ofDay = ofDay + counted(from, until, calendar)
        from = until
      }
    }
    return (pieces + [ofDay.wholeMinutes]).filter { $0 > 0 }
  }

  private func counted(_ from: Instant, _ to: Instant, _ calendar: WorkCalendar?) -> TimeSpan {
    calendar?.openTime(from: from, to: to) ?? to - from
  }

  /// The unit that a rating's lines are in: its rate's, or the plan's own.
  public func unit(of rating: Rating) -> String { rating.rate.flatMap { rate($0) }?.unit ?? unit }

  /// The further unit that a rating's lines are in; nil for the plan's own.
  public func furtherUnit(of rating: Rating) -> String? {
    furtherUnits.isEmpty ? nil : furtherUnit(unit(of: rating))
  }

  /// The unit as one of the further ones; nil for the plan's own.
  public func furtherUnit(_ name: String) -> String? { name == unit ? nil : name }
}
