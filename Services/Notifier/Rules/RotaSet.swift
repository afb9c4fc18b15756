public import Policy

/// Creates a rota, or replaces the one of the same name.
public enum RotaSet {
  public struct Request: Hashable, Sendable {
    public var name: String
    /// The lowest first.
    public var layers: [Layer]

    /// A layer as given.
    public struct Layer: Hashable, Sendable {
      public var name: String
      public var zone: String
      /// `hh:mm`.
      public var handover: String
      public var turnDays: Int
      /// Nil: now.
      public var starts: Instant?
      /// Nil: never.
      public var ends: Instant?
      public var people: [PersonID]
      /// As ``DutyHours/init(_:)`` reads them.
      public var hours: [String]

      public init(
        name: String = "", zone: String, handover: String, turnDays: Int, starts: Instant?, ends: Instant? = nil,
        people: [PersonID], hours: [String] = []
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
    }

    public init(name: String, layers: [Layer]) {
      self.name = name
      self.layers = layers
    }
  }

  /// Looks at the rota of that name, at the people named, and at the zones. What held up to now is kept: who was on duty
  /// at an earlier time is answered as it was.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Rota> {
    Decision(&state, &context) { state, context throws(Refused) in
      guard isRotaName(request.name) else {
        throw Refused(
          .invalid(field: "name"),
          "A rota's name is duty. or group. and letters, digits, - or _, such as duty.primary, as ladders name it.")
      }
      guard (1...Rota.mostLayers).contains(request.layers.count) else {
        throw Refused(.limit("layers"), "A rota has 1 to \(Rota.mostLayers) layers.")
      }
      var layers: [RotaLayer] = []
      for (index, layer) in request.layers.enumerated() {
        layers.append(try checked(layer, index == 0 ? "" : "layers[\(index - 1)].", state, context))
      }
      let known = state.rotas.members(of: request.name).first
      // The first version holds from its beginning on, which may be past.
      let first = min(context.now, layers.map(\.starts).min() ?? context.now)
      let rota = Rota(
        id: known?.id ?? context.id(), name: request.name, layers: layers, since: known == nil ? first : context.now,
        warned: known?.warned ?? [], version: (known?.version ?? 0) + 1)
      if let known {
        if known.since < context.now {
          state.rotaPasts.append(
            RotaPast(
              rotaID: known.id, rotaName: known.name, version: known.version, from: known.since, to: context.now,
              layers: known.layers))
        }
        state.rotas.update(rota)
      } else {
        state.rotas.insert(rota)
      }
      RotaWatch.look(rota, &state, context)
      let words = layers.map { "\($0.people.count) in turn, handed over at \($0.handover) \($0.zone)" }
      state.common.changed(
        "rota.set", rota.id, version: rota.version,
        "\(rota.name) has \(words.joined(separator: "; above ")).".onOneLine(limit: TextBound.reason))
      return rota
    }
  }

  private static func checked(
    _ layer: Request.Layer, _ place: String, _ state: NotifierState, _ context: Context
  ) throws(Refused) -> RotaLayer {
    guard TimeZoneRules.isZoneName(layer.zone), state.zones[layer.zone] != nil else {
      throw Refused(
        .invalid(field: place + "zone"), "The zone must be one of the IANA database, such as Asia/Singapore.")
    }
    guard layer.handover.utf8.count == 5, let handover = CivilTime(layer.handover), handover < .endOfDay else {
      throw Refused(.invalid(field: place + "handover"), "The hand-over is a time of day from 00:00 to 23:59.")
    }
    guard (1...366).contains(layer.turnDays) else {
      throw Refused(.invalid(field: place + "turn_days"), "A turn has 1 to 366 days.")
    }
    let starts = layer.starts ?? context.now
    if let ends = layer.ends, ends <= starts {
      throw Refused(.invalid(field: place + "ends_ms"), "A layer ends after it starts.")
    }
    guard layer.people.count <= Rota.mostPeople else {
      throw Refused(.limit(place + "people"), "A layer has at most \(Rota.mostPeople) people.")
    }
    for (index, id) in layer.people.enumerated() where !state.people.contains(id) {
      throw Refused(.notFound("person"), "There is no such person: \(place)people[\(index)].")
    }
    guard layer.hours.count <= RotaLayer.mostHours else {
      throw Refused(.limit(place + "hours"), "A layer has at most \(RotaLayer.mostHours) hours of the week.")
    }
    var hours: [DutyHours] = []
    for (index, text) in layer.hours.enumerated() {
      guard let read = DutyHours(text) else {
        throw Refused(
          .invalid(field: "\(place)hours[\(index)]"),
          "Hours are written mon-fri 09:00-18:00, sat 10:00-14:00, or through midnight sun-thu 22:00-06:00.")
      }
      hours.append(read)
    }
    return RotaLayer(
      name: try layer.name.checked(place + "name", 0...RotaLayer.nameByteCountMax), zone: layer.zone,
      handover: handover, turnDays: layer.turnDays, starts: starts, ends: layer.ends, people: layer.people,
      hours: hours)
  }

  /// Whether a ladder can name it.
  static func isRotaName(_ name: String) -> Bool {
    name.utf8.count <= TextBound.rotaName && Recipient(name)?.rota == name
  }
}
