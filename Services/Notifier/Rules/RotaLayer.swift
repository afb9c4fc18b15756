public import Policy

/// A layer of a rota: people take turns of whole days, handed over at a civil time of the layer's zone, at certain hours of
/// the week or at all.
///
/// The first turn begins at `starts`. Turn *k* begins `k * turnDays` civil days later at `handover`, whatever daylight
/// saving does in between: where the clock skips the hand-over it happens when time goes on, where the clock shows it
/// twice it happens the first time.
public struct RotaLayer: Hashable, Sendable {
  /// What people call it, at most 64 bytes; may be empty.
  public var name: String
  /// An IANA zone.
  public var zone: String
  public var handover: CivilTime
  /// 1 to 366.
  public var turnDays: Int
  /// Nobody is on duty before.
  public var starts: Instant
  /// Nobody is on duty from then on; nil: it does not end.
  public var ends: Instant?
  /// In the order of their turns; at most ``Rota/mostPeople``.
  public var people: [PersonID]
  /// When the layer has somebody at all; empty: at all times. At most ``mostHours``.
  public var hours: [DutyHours]

  /// The most hours of one layer.
  public static let mostHours = 21
  /// The longest name, in bytes.
  public static let nameByteCountMax = 64

  public init(
    name: String = "", zone: String, handover: CivilTime, turnDays: Int, starts: Instant, ends: Instant? = nil,
    people: [PersonID], hours: [DutyHours] = []
  ) {
    self.name = name
    self.zone = zone
    self.handover = handover
    self.turnDays = turnDays
    self.starts = starts
    self.ends = ends
    self.people = people
    self.hours = hours
  }

  /// Whose turn it is at `instant`; nil: nobody's.
  func holder(at instant: Instant, _ zone: TimeZoneRules) -> PersonID? {
    guard isOpen(at: instant, zone), !people.isEmpty else { return nil }
    return people[Int(turn(at: instant, zone) % Int64(people.count))]
  }

  /// Whether the layer holds at `instant`: it has begun, has not ended, and it is one of its hours.
  func isOpen(at instant: Instant, _ zone: TimeZoneRules) -> Bool {
    instant >= starts && (ends.map { instant < $0 } ?? true)
      && (hours.isEmpty || hours.contains { $0.covers(instant, zone) })
  }

  /// The first instant after `instant` at which it may have somebody else; nil: there is none.
  func change(after instant: Instant, _ zone: TimeZoneRules) -> Instant? {
    guard !people.isEmpty else { return nil }
    var changes = [starts, ends].compactMap(\.self).filter { $0 > instant }
    if instant >= starts {
      if people.count > 1 { changes.append(start(ofTurn: turn(at: instant, zone) + 1, zone)) }
      changes += hours.compactMap { $0.edge(after: instant, zone) }
    }
    // At the end of time turns have no later start, and nothing changes any more.
    return changes.filter { $0 > instant }.min()
  }

  /// The number of the turn at `instant`, which is not before the start; the first is 0.
  func turn(at instant: Instant, _ zone: TimeZoneRules) -> Int64 {
    let days = zone.date(instant).daysSinceEpoch - zone.date(starts).daysSinceEpoch
    // The day alone tells the turn, but on the day of a hand-over, whose first hours belong to the turn before.
    let turn = max(0, days / Int64(turnDays))
    return turn > 0 && instant < start(ofTurn: turn, zone) ? turn - 1 : turn
  }

  /// When a turn begins.
  func start(ofTurn turn: Int64, _ zone: TimeZoneRules) -> Instant {
    guard turn > 0 else { return starts }
    let date = zone.date(starts).adding(days: turn * Int64(turnDays))
    return max(starts, zone.resolve(CivilDateTime(date: date, time: handover)).earliest)
  }
}

/// Hours of the week in the civil time of a layer: `mon-fri 09:00-18:00`, or through midnight `sun-thu 22:00-06:00`.
public struct DutyHours: Hashable, Sendable, CustomStringConvertible {
  /// The first and the last of the days on which they begin; the last may come before the first in the week.
  public let days: (first: Weekday, last: Weekday)
  public let from: CivilTime
  /// Not after ``from``: of the next day.
  public let to: CivilTime

  /// Reads `09:00-18:00`, `sat 09:00-18:00`, `mon-fri 18:00-09:00`; nil for anything else, and for hours of no length.
  public init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard (1...2).contains(parts.count), let hours = parts.last else { return nil }
    let times = hours.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard times.count == 2, times.allSatisfy({ $0.utf8.count == 5 }), let from = CivilTime(times[0]),
      let to = CivilTime(times[1]), from < .endOfDay, from != to
    else { return nil }
    let names =
      parts.count == 1
      ? ["mon", "sun"] : parts[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    let days = names.compactMap { Weekday(rawValue: $0) }
    guard days.count == names.count, (1...2).contains(days.count) else { return nil }
    self.days = (days[0], days[days.count - 1])
    self.from = from
    self.to = to
  }

  /// As it is read.
  public var description: String {
    let which = days.first == days.last ? days.first.rawValue : "\(days.first.rawValue)-\(days.last.rawValue)"
    return "\(which) \(from)-\(to)"
  }

  public static func == (a: DutyHours, b: DutyHours) -> Bool {
    a.days == b.days && a.from == b.from && a.to == b.to
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(days.first)
    hasher.combine(days.last)
    hasher.combine(from)
    hasher.combine(to)
  }

  func covers(_ instant: Instant, _ zone: TimeZoneRules) -> Bool {
    let today = zone.date(instant)
    return [today.adding(days: -1), today].contains { day in
      span(on: day, zone).map { $0.from <= instant && instant < $0.to } ?? false
    }
  }

  /// The first beginning or end after `instant`.
  func edge(after instant: Instant, _ zone: TimeZoneRules) -> Instant? {
    let today = zone.date(instant)
    let spans = (-1...8).compactMap { span(on: today.adding(days: $0), zone) }
    return spans.flatMap { [$0.from, $0.to] }.filter { $0 > instant }.min()
  }

  /// The hours that begin on a day, if any do and a change of the clocks leaves something of them.
  private func span(on day: CivilDate, _ zone: TimeZoneRules) -> (from: Instant, to: Instant)? {
    let place = (day.weekday.index - days.first.index + 7) % 7
    guard place <= (days.last.index - days.first.index + 7) % 7 else { return nil }
    let begin = zone.resolve(CivilDateTime(date: day, time: from)).earliest
    let end = zone.resolve(CivilDateTime(date: to <= from ? day.adding(days: 1) : day, time: to)).earliest
    return begin < end ? (begin, end) : nil
  }
}
