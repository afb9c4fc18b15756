public import Policy

/// Something of a ticket has fallen due: a ladder that begins, a target that is missed, a step of a ladder, an
/// acknowledgement that expires, a word to the customer.
public enum TicketDue {
  /// The one timer of a ticket: it is armed for the earliest of what is to come.
  public static let timer = "ticket.due"

  /// Looks at the ticket, its clocks and escalations, its plan, the rotas that its ladders name, their overrides and
  /// people, and the account.
  public static func decide(
    _ id: TicketID, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    guard let ticket = state.tickets[id] else { return .accepted(()) }
    Informing.decide(ticket, &state, &context)
    let updates = updates(of: ticket, state)
    for clock in state.clocks.members(of: id) where clock.state == .running && clock.target != updates {
      if let ladderAt = clock.ladderAt, ladderAt <= context.now {
        state.clocks.update(clock.id) { $0.ladderAt = nil }
        beginLadder(clock, of: ticket, at: ladderAt, &state, &context)
      }
      if clock.missedFrom <= context.now, let running = state.clocks[clock.id] {
        miss(running, of: ticket, &state, &context)
      }
    }
    for escalation in state.escalations.members(of: id) {
      EscalationRun.expire(escalation, &state, context)
      EscalationRun.climb(escalation.id, &state, &context)
    }
    arm(id, &state)
    return .accepted(())
  }

  /// Ends a clock as missed, once, and begins the target's ladder where it has not begun.
  static func miss(
    _ clock: SlaClock, of ticket: TicketView, _ state: inout NotifierState, _ context: inout Context
  ) {
    guard clock.state != .missed else { return }
    var missed = clock
    missed.state = .missed
    missed.endedAt = clock.due
    missed.ladderAt = nil
    missed.version += 1
    state.clocks.update(missed)
    state.record(missed, at: clock.due, "It was due, and what was promised had not happened.")
    state.common.changed(
      "slaclock.missed", clock.id, version: missed.version,
      "Ticket \(ticket.number): \(clock.target) was due at \(clock.due) and is missed.")
    beginLadder(missed, of: ticket, at: clock.due, &state, &context)
  }

  /// Begins the target's ladder, once for each promise of the target.
  private static func beginLadder(
    _ clock: SlaClock, of ticket: TicketView, at: Instant, _ state: inout NotifierState, _ context: inout Context
  ) {
    let begun = state.escalations.members(of: ticket.id).contains {
      $0.target == clock.target && $0.round == clock.round
    }
    guard !begun else { return }
    guard let plan = state.common.plans[ticket.planVersion] else {
      // Without the plan nobody knows whom to tell: the run is recorded as exhausted, so that intake says so.
      return EscalationRun.begin(
        clock.target, round: clock.round, ladder: "", of: ticket, at: at, &state, &context)
    }
    guard let ladder = plan.target(clock.target, ofClass: ticket.ticketClass)?.ladder else { return }
    EscalationRun.begin(clock.target, round: clock.round, ladder: ladder, of: ticket, at: at, &state, &context)
  }

  /// The id of the promise to keep the customer informed, which no ladder is for.
  private static func updates(of ticket: TicketView?, _ state: NotifierState) -> String? {
    ticket.flatMap { state.common.plans[$0.planVersion]?.updates?.id }
  }

  /// Arms the ticket's timer for the earliest of what is to come, or disarms it. Looks at the ticket, its clocks and
  /// escalations, and its plan.
  static func arm(_ id: TicketID, _ state: inout NotifierState) {
    let ticket = state.tickets[id]
    let updates = updates(of: ticket, state)
    let clocks = state.clocks.members(of: id).filter { $0.state == .running }
    let ends = clocks.map { $0.target == updates ? $0.due : $0.missedFrom }
    let steps = state.escalations.members(of: id).compactMap { run -> Instant? in
      switch run.state {
      case .running: run.nextStepAt
      case .acknowledged: run.expiresAt
      case .stopped, .exhausted: nil
      }
    }
    let questions = (ticket?.surveys ?? []).filter { !$0.isAsked }.map(\.askAt)
    let next = (ends + clocks.compactMap(\.ladderAt) + steps + questions).min()
    if let next {
      state.common.timers.arm(timer, id, at: next)
    } else {
      state.common.timers.disarm(timer, id)
    }
  }
}
