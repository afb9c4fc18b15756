public import Policy

/// Who is on duty when. It has layers; the highest one that has somebody decides, and overrides come above all of them.
public struct Rota: Record {
  public let id: RotaID
  /// As ladders name it, such as `duty.primary`; one rota a name. A name that begins with `group.` is a group: a ladder
  /// that names it tells everyone on it.
  public let name: String
  /// The lowest first; 1 to ``mostLayers``.
  public var layers: [RotaLayer]
  /// From when on this version of it holds; what held before is kept as a ``RotaPast``.
  public var since: Instant
  /// The uncovered times ahead that the desk was warned of, in order.
  public var warned: [RotaWarning]
  /// Counts changes, from 1.
  public var version: Int64

  /// The most people that take turns in one layer.
  public static let mostPeople = 100
  /// The most overrides that a rota keeps.
  public static let mostOverrides = 1000
  /// The most layers.
  public static let mostLayers = 10
  /// The most changes that are looked at for the next one that gives the duty to somebody else.
  static let mostChanges = 2_000

  public init(
    id: RotaID, name: String, layers: [RotaLayer], since: Instant, warned: [RotaWarning] = [], version: Int64
  ) {
    self.id = id
    self.name = name
    self.layers = layers
    self.since = since
    self.warned = warned
    self.version = version
  }

  public var key: RotaID { id }
  public var group: String { name }
  /// Whether a ladder tells everyone on it, not only who is on duty.
  public var isGroup: Bool { name.hasPrefix("group.") }
  /// Everyone who takes turns, each once, from the lowest layer on.
  public var people: [PersonID] {
    var seen: Set<PersonID> = []
    return layers.flatMap(\.people).filter { seen.insert($0).inserted }
  }
  /// The zones of its layers.
  public var zones: [String] { layers.map(\.zone) }
}

/// A version of a rota that holds no more. It is never changed once recorded.
public struct RotaPast: Hashable, Sendable {
  public let rotaID: RotaID
  public let rotaName: String
  public let version: Int64
  /// The first instant at which it held.
  public let from: Instant
  /// The first instant after it.
  public let to: Instant
  public let layers: [RotaLayer]

  public init(
    rotaID: RotaID, rotaName: String, version: Int64, from: Instant, to: Instant, layers: [RotaLayer]
  ) {
    self.rotaID = rotaID
    self.rotaName = rotaName
    self.version = version
    self.from = from
    self.to = to
    self.layers = layers
  }

  /// The rota as it was.
  public var rota: Rota { Rota(id: rotaID, name: rotaName, layers: layers, since: from, version: version) }
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
  public var to: Instant
  /// At most 1,000 bytes; may be empty.
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

  /// Half-open: `from` is covered, `to` is not.
  func covers(_ instant: Instant) -> Bool { from <= instant && instant < to }
}

/// Who is on duty at an instant.
public struct Duty: Hashable, Sendable {
  /// Nil: nobody.
  public let personID: PersonID?
  /// An override, not a turn, says so.
  public let byOverride: Bool
  /// The place of the layer that decides, from 1, the lowest; 0: none does.
  public let layer: Int
  /// When the answer changes; nil: never, as far as one can see.
  public let until: Instant?

  public init(personID: PersonID?, byOverride: Bool, layer: Int, until: Instant?) {
    self.personID = personID
    self.byOverride = byOverride
    self.layer = layer
    self.until = until
  }
}

extension Rota {
  /// Who is on duty at `instant`. Where overrides overlap, the one added last holds.
  ///
  /// - Parameters:
  ///   - overrides: those of this rota, in any order.
  ///   - zones: the civil time of the layers' zones; a layer whose zone is missing has nobody.
  public func duty(at instant: Instant, overrides: [RotaOverride], zones: [String: TimeZoneRules]) -> Duty {
    lasting(from: instant, overrides, zones) { holder(at: $0, overrides, zones) }
  }

  /// Everyone on the rota at `instant`, each once, in the order of turns: those of every layer that has somebody then, by its
  /// hours and its beginning and end; whoever overrides comes first.
  public func everyone(
    at instant: Instant, overrides: [RotaOverride], zones: [String: TimeZoneRules]
  ) -> [PersonID] {
    var seen: Set<PersonID> = []
    let standIn = overrides.filter { $0.covers(instant) }.map(\.personID)
    let open = layers.filter { layer in zones[layer.zone].map { layer.isOpen(at: instant, $0) } ?? false }
    return (standIn + open.flatMap(\.people)).filter { seen.insert($0).inserted }
  }

  /// An answer, and up to when it stays the same; it looks no further than `end`.
  func lasting(
    from instant: Instant, to end: Instant = .latest, _ overrides: [RotaOverride], _ zones: [String: TimeZoneRules],
    _ answer: (Instant) -> Duty
  ) -> Duty {
    let now = answer(instant)
    var at = instant
    for _ in 0..<Rota.mostChanges {
      guard let next = change(after: at, overrides, zones), next < end else { break }
      if answer(next) != now { return now.until(next) }
      at = next
    }
    return now.until(nil)
  }

  /// Who decides; without regard to for how long.
  func holder(at instant: Instant, _ overrides: [RotaOverride], _ zones: [String: TimeZoneRules]) -> Duty {
    if let override = overrides.filter({ $0.covers(instant) }).max(by: { $0.id < $1.id }) {
      return Duty(personID: override.personID, byOverride: true, layer: 0, until: nil)
    }
    for (index, layer) in layers.enumerated().reversed() {
      guard let zone = zones[layer.zone], let person = layer.holder(at: instant, zone) else { continue }
      return Duty(personID: person, byOverride: false, layer: index + 1, until: nil)
    }
    return Duty(personID: nil, byOverride: false, layer: 0, until: nil)
  }

  /// The first instant after `instant` at which somebody else may be on duty; nil: there is none.
  func change(after instant: Instant, _ overrides: [RotaOverride], _ zones: [String: TimeZoneRules]) -> Instant? {
    let ends = overrides.flatMap { [$0.from, $0.to] }.filter { $0 > instant }
    return (ends + layers.compactMap { layer in zones[layer.zone].flatMap { layer.change(after: instant, $0) } }).min()
  }
}

extension Duty {
  fileprivate func until(_ instant: Instant?) -> Duty {
    Duty(personID: personID, byOverride: byOverride, layer: layer, until: instant)
  }
}
