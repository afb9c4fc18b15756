public import Policy

/// Someone takes a rota's duty for a while.
public enum OverrideAdd {
  public struct Request: Hashable, Sendable {
    public var rota: String
    public var personID: PersonID
    public var from: Instant
    public var to: Instant
    public var reason: String

    public init(rota: String, personID: PersonID, from: Instant, to: Instant, reason: String) {
      self.rota = rota
      self.personID = personID
      self.from = from
      self.to = to
      self.reason = reason
    }
  }

  /// The longest time that one override covers.
  public static let longest = TimeSpan.days(366)

  /// Looks at the rota, its overrides, and the person.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<RotaOverride> {
    Decision(&state, &context) { state, context throws(Refused) in
      guard let rota = state.rotas.members(of: request.rota).first else {
        throw Refused(.notFound("rota"), "There is no rota \(request.rota.onOneLine(limit: TextBound.rotaName)).")
      }
      guard let person = state.people[request.personID] else {
        throw Refused(.notFound("person"), "There is no such person.")
      }
      guard request.from < request.to, request.to - request.from <= longest else {
        throw Refused(.invalid(field: "time"), "An override ends after it begins, and covers at most 366 days.")
      }
      let reason = try request.reason.checked("reason", 0...TextBound.reason)
      let present = state.overrides.members(of: rota.id)
      guard present.count < Rota.mostOverrides else {
        throw Refused(.limit("overrides"), "A rota keeps at most \(Rota.mostOverrides) overrides; remove old ones.")
      }
      // The one added last holds where two overlap, so its id must be the highest.
      var id: OverrideID = context.id()
      if let last = present.last?.id, id < last { id = OverrideID(high: last.high, low: last.low &+ 1) }
      let added = RotaOverride(
        id: id, rotaID: rota.id, rotaName: rota.name, personID: person.id, from: request.from, to: request.to,
        reason: reason)
      guard state.overrides.insert(added) else {
        throw Refused(.alreadyExists("override"), "There is such an override already.")
      }
      RotaWatch.look(rota, &state, context)
      state.common.changed(
        "override.added", id, version: 1,
        "\(person.name) takes \(rota.name) from \(request.from) to \(request.to).")
      return added
    }
  }
}
