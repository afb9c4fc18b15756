public import Policy

/// Who is on duty when: people take turns of whole days, handed over at a civil time of the rota's zone.
///
/// The first turn begins at `starts`. Turn *k* begins `k * turnDays` civil days later at `handover`, whatever daylight
/// saving does in between: where the clock skips the hand-over it happens when time goes on, where the clock shows it
/// twice it happens the first time.
public struct Rota: Record {
  public let id: RotaID
  /// As ladders name it, such as `duty.primary`; one rota a name. A name that begins with `group.` is a group: a ladder
  /// that names it tells everyone on it.
  public let name: String
  /// An IANA zone.
  public var zone: String
  public var handover: CivilTime
  /// 1 to 366.
  public var turnDays: Int
  /// Nobody is on duty before.
  public var starts: Instant
  /// In the order of their turns; at most ``mostPeople``.
  public var people: [PersonID]
  /// Counts changes, from 1.
  public var version: Int64

  /// The most people that take turns.
  public static let mostPeople = 100
  /// The most overrides that a rota keeps.
  public static let mostOverrides = 1000

  public init(
    id: RotaID, name: String, zone: String, handover: CivilTime, turnDays: Int, starts: Instant, people: [PersonID],
    version: Int64
  ) {
    self.id = id
    self.name = name
    self.zone = zone
    self.handover = handover
    self.turnDays = turnDays
    self.starts = starts
    self.people = people
    self.version = version
  }

  public var key: RotaID { id }
  public var group: String { name }
  /// Whether a ladder tells everyone on it, not only who is on duty.
  public var isGroup: Bool { name.hasPrefix("group.") }
}

/// Someone takes a rota's duty for a while, whoever's turn it is.
public struct RotaOverride: Record {
  public let id: OverrideID
  public let rotaID: RotaID
  /// The rota's name, which never changes.
  public let rotaName: String
  public let personID: PersonID
  /// The first instant.
  public let from: Instant
  /// The first instant after it.
  public let to: Instant
  /// At most 1,000 bytes.
  public let reason: String

  public init(
    id: OverrideID, rotaID: RotaID, rotaName: String, personID: PersonID, from: Instant, to: Instant, reason: String
  ) {
    self.id = id
    self.rotaID = rotaID
    self.rotaName = rotaName
    self.personID = personID
    self.from = from
    self.to = to
    self.reason = reason
  }

  public var key: OverrideID { id }
  public var group: RotaID { rotaID }
}

/// Who is on duty at an instant.
public struct Duty: Hashable, Sendable {
  /// Nil: nobody.
  public let personID: PersonID?
  /// An override, not a turn, says so.
  public let byOverride: Bool
  /// When the answer changes; nil: never.
  public let until: Instant?

  public init(personID: PersonID?, byOverride: Bool, until: Instant?) {
    self.personID = personID
    self.byOverride = byOverride
    self.until = until
  }
}

extension Rota {
  /// Who is on duty at `instant`. Where overrides overlap, the one added last holds.
  ///
  /// - Parameters:
  ///   - overrides: those of this rota, in any order.
  ///   - zone: the civil time of the rota's zone.
  public func duty(at instant: Instant, overrides: [RotaOverride], zone: TimeZoneRules) -> Duty {
    let now = holder(at: instant, overrides, zone)
    // Every change of the answer is at a hand-over or at an end of an override. A full round of turns without a change
    // means that the turns change nothing.
    var at = instant
    for _ in 0..<(overrides.count * 2 + people.count + 2) {
      guard let next = change(after: at, overrides, zone) else { return Duty(now, until: nil) }
      if holder(at: next, overrides, zone) != now { return Duty(now, until: next) }
      at = next
    }
    return Duty(now, until: nil)
  }

  /// Everyone on the rota, each once, in the order of turns; whoever overrides at `instant` comes first.
  public func everyone(at instant: Instant, overrides: [RotaOverride]) -> [PersonID] {
    var seen: Set<PersonID> = []
    let standIn = overrides.filter { $0.covers(instant) }.map(\.personID)
    return (standIn + people).filter { seen.insert($0).inserted }
  }

  struct Holder: Equatable {
    var personID: PersonID?
    var byOverride: Bool
  }

  private func holder(at instant: Instant, _ overrides: [RotaOverride], _ zone: TimeZoneRules) -> Holder {
    if let override = overrides.filter({ $0.covers(instant) }).max(by: { $0.id < $1.id }) {
      return Holder(personID: override.personID, byOverride: true)
    }
    guard instant >= starts, !people.isEmpty else { return Holder(personID: nil, byOverride: false) }
    let index = Int(turn(at: instant, zone) % Int64(people.count))
    return Holder(personID: people[index], byOverride: false)
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

  private func change(after instant: Instant, _ overrides: [RotaOverride], _ zone: TimeZoneRules) -> Instant? {
    var next = overrides.flatMap { [$0.from, $0.to] }.filter { $0 > instant }.min()
    if instant < starts {
      next = min(next ?? starts, starts)
    } else if people.count > 1 {
      let handover = start(ofTurn: turn(at: instant, zone) + 1, zone)
      // At the end of time turns have no later start, and nothing changes any more.
      if handover > instant { next = min(next ?? handover, handover) }
    }
    return next
  }
}

extension Duty {
  fileprivate init(_ holder: Rota.Holder, until: Instant?) {
    self.init(personID: holder.personID, byOverride: holder.byOverride, until: until)
  }
}

extension RotaOverride {
  /// Half-open: `from` is covered, `to` is not.
  func covers(_ instant: Instant) -> Bool { from <= instant && instant < to }
}
