public import Policy

/// Takes an override back: turns hold again.
public enum OverrideRemove {
  /// How long an override that is over is kept, so that who was on duty is answered as it was.
  public static let kept = TimeSpan.days(366)

  /// Looks at the override and its rota. One that has begun ends now; what it was until then stays so.
  public static func decide(
    _ id: OverrideID, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    guard var removed = state.overrides[id] else {
      return .refused(Refused(.notFound("override"), "There is no such override."))
    }
    if removed.to <= context.now, context.now - removed.to < kept {
      return .refused(
        Refused(.conflict(state: "over"), "It is over. It is kept for 366 days, to tell who was on duty then."))
    }
    if removed.from < context.now, context.now < removed.to {
      removed.to = context.now
      state.overrides.update(removed)
    } else {
      state.overrides.remove(id)
    }
    if let rota = state.rotas[removed.rotaID] { RotaWatch.look(rota, &state, context) }
    state.common.changed(
      "override.removed", id, version: 2,
      "The override of \(removed.rotaName) from \(removed.from) to \(removed.to) was taken back.")
    return .accepted(())
  }
}
