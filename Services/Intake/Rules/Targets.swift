public import Policy

extension Ticket {
  /// When a milestone was reached; nil: not yet.
  func instant(of milestone: Milestone) -> Instant? {
    switch milestone {
    case .acknowledged: acknowledgedAt
    case .contacted: contactedAt
    case .attended: attendedAt
    case .workBegun: workBegunAt
    case .resolved: resolvedAt
    }
  }

  /// Looks at each target anew: what meets it may have happened, or no longer be enough.
  ///
  /// Once a visit is due, a target that names another milestone for that is met by it alone, unless it had been met in
  /// time and its time was over when someone was sent. What a reopened ticket brings from before stays as it was.
  mutating func evaluateTargets(visits: [Visit]) {
    let current = visits.filter { $0.stretch == reopened && $0.cancelledAt == nil }
    let expectsVisit = !current.isEmpty || maintenanceVisitID != nil
    for index in targets.indices {
      let target = targets[index]
      if reopened > 0, target.isSettled { continue }
      var met = instant(of: target.metBy)
      if expectsVisit, let other = target.dispatchedMetBy {
        let isOver = met.map { $0 <= target.due } ?? false && dispatchedAt.map { $0 > target.due } ?? false
        if !isOver { met = instant(of: other) }
      }
      targets[index].metAt = met
      guard let met, met > target.due else { continue }
      // What happens while the clocks stand still is in time, if it was not due before.
      if let since = pausedSince, target.due >= since, met >= since {
        targets[index].due = met
      } else {
        targets[index].isMissed = true
      }
    }
  }

  /// The first instant at which a target would be missed; nil when no clock runs. Meeting a target on its due instant
  /// is in time, so it is missed one millisecond later.
  func nextMiss(after now: Instant) -> Instant? {
    guard isActive, pausedSince == nil else { return nil }
    return targets.filter { !$0.isSettled }.map { $0.due + .milliseconds(1) }.min()
  }

  /// Gives the targets the due instants of `plan` for the ticket's class and appointment, and drops or adds what
  /// another class has less or more. What was missed keeps its history; so does what was met, if it is `keepingMet`.
  mutating func retarget(_ plan: Plan, appointment: Instant?, keepingMet: Bool) {
    let due = handling == .tracked ? promises(plan, appointment: appointment) : []
    let kept = targets.filter { $0.isMissed || (keepingMet && $0.metAt != nil) }
    var next = kept.filter { old in !due.contains { $0.target.id == old.id } }
    for wanted in due {
      if let old = kept.first(where: { $0.id == wanted.target.id }) {
        next.append(old)
      } else {
        next.append(
          TargetStatus(
            id: wanted.target.id, metBy: wanted.target.metBy, dispatchedMetBy: wanted.target.dispatchedMetBy,
            due: wanted.due))
      }
    }
    targets = next
  }
}

/// What happens when a ticket's timer fires: targets whose due instant has passed are missed.
public enum MissTargets {
  /// Marks what is missed by now; nothing when the clocks stopped meanwhile.
  public static func decide(_ id: TicketID, _ state: inout IntakeState, _ context: inout Context) -> Decision<Void> {
    guard var ticket = state.tickets[id], ticket.isActive, ticket.pausedSince == nil else { return .accepted(()) }
    let missed = ticket.targets.indices.filter { !ticket.targets[$0].isSettled && ticket.targets[$0].due < context.now }
    guard !missed.isEmpty else {
      if let instant = ticket.nextMiss(after: context.now) {
        state.common.timers.arm(IntakeState.targetTimer, id, at: instant)
      }
      return .accepted(())
    }
    for index in missed { ticket.targets[index].isMissed = true }
    let names = missed.map { ticket.targets[$0].id }.joined(separator: ", ")
    state.commit(&ticket, "ticket.target-missed", "Ticket \(ticket.number) missed \(names).", context)
    return .accepted(())
  }
}
