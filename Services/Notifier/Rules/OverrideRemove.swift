public import Policy

/// Takes an override back: turns hold again.
public enum OverrideRemove {
  /// Looks at the override.
  public static func decide(
    _ id: OverrideID, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    guard let removed = state.overrides.remove(id) else {
      return .refused(Refused(.notFound("override"), "There is no such override."))
    }
    state.common.changed(
      "override.removed", id, version: 2,
      "The override of \(removed.rotaName) from \(removed.from) to \(removed.to) was taken back.")
    return .accepted(())
  }
}
