public import Policy

/// Creates a rota, or replaces the one of the same name.
public enum RotaSet {
  public struct Request: Hashable, Sendable {
    public var name: String
    public var zone: String
    /// `hh:mm`.
    public var handover: String
    public var turnDays: Int
    /// Nil: now.
    public var starts: Instant?
    public var people: [PersonID]

    public init(name: String, zone: String, handover: String, turnDays: Int, starts: Instant?, people: [PersonID]) {
      self.name = name
      self.zone = zone
      self.handover = handover
      self.turnDays = turnDays
      self.starts = starts
      self.people = people
    }
  }

  /// Looks at the rota of that name, at the people named, and at the zone.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Rota> {
    Decision { () throws(Refused) in
      guard isRotaName(request.name) else {
        throw Refused(
          .invalid(field: "name"),
          "A rota's name is duty. or group. and letters, digits, - or _, such as duty.primary, as ladders name it.")
      }
      guard TimeZoneRules.isZoneName(request.zone), state.zones[request.zone] != nil else {
        throw Refused(.invalid(field: "zone"), "The zone must be one of the IANA database, such as Asia/Singapore.")
      }
      guard request.handover.utf8.count == 5, let handover = CivilTime(request.handover), handover < .endOfDay else {
        throw Refused(.invalid(field: "handover"), "The hand-over is a time of day from 00:00 to 23:59.")
      }
      guard (1...366).contains(request.turnDays) else {
        throw Refused(.invalid(field: "turn_days"), "A turn has 1 to 366 days.")
      }
      guard request.people.count <= Rota.mostPeople else {
        throw Refused(.limit("people"), "A rota has at most \(Rota.mostPeople) people.")
      }
      for (index, id) in request.people.enumerated() where !state.people.contains(id) {
        throw Refused(.notFound("person"), "There is no such person: people[\(index)].")
      }
      let known = state.rotas.members(of: request.name).first
      let rota = Rota(
        id: known?.id ?? context.id(), name: request.name, zone: request.zone, handover: handover,
        turnDays: request.turnDays, starts: request.starts ?? context.now, people: request.people,
        version: (known?.version ?? 0) + 1)
      if known == nil { state.rotas.insert(rota) } else { state.rotas.update(rota) }
      state.common.changed(
        "rota.set", rota.id, version: rota.version,
        "\(rota.name) has \(rota.people.count) in turn, handed over at \(rota.handover) \(rota.zone).")
      return rota
    }
  }

  /// Whether a ladder can name it.
  static func isRotaName(_ name: String) -> Bool {
    guard name.utf8.count <= TextBound.rotaName else { return false }
    switch Recipient(name) {
    case .duty, .group: return true
    case .customer, nil: return false
    }
  }
}
