import Policy

/// Keeps customers informed as the plan promises (P14): how things stand with an open ticket, again and again, and one
/// question after each closure.
enum Informing {
  /// What a ticket's questions are: those that are known, and one for each further closure. None without a plan.
  static func surveys(_ known: [TicketView.Survey], after closures: [Instant], _ plan: Plan?) -> [TicketView.Survey] {
    guard let plan else { return known }
    let new = plan.surveys(closures: closures, asked: Set(known.map(\.closedAt)))
    return known + new.map { TicketView.Survey(closedAt: $0.closure, askAt: $0.at) }
  }

  /// Starts, moves, pauses and stops the clock of the next word to the customer. It counts from the latest word that a
  /// person gave; while the targets are paused it is paused too, and then counts anew.
  static func follow(
    _ told: TicketTold.Request, _ plan: Plan?, _ state: inout NotifierState, _ context: inout Context
  ) {
    guard let plan, let rule = plan.updates else { return }
    let ticket = told.ticket
    let known = state.clocks.members(of: ticket.id).first { $0.target == rule.id }
    guard ticket.state.isOpen else {
      if let known {
        TicketTold.cancel(known, at: told.at, "The ticket is \(ticket.state.rawValue).", &state)
      }
      return
    }
    let heard = max(ticket.openedAt, ticket.heardAt ?? ticket.openedAt)
    guard let known else {
      guard let due = plan.nextUpdate(after: heard) else { return }
      var clock = SlaClock(
        id: context.id(), ticketID: ticket.id, ticketNumber: ticket.number, target: rule.id, round: 1, state: .running,
        due: due, countedFrom: heard, ladderAt: nil, startedAt: context.now, endedAt: nil, version: 1)
      clock.pause(told)
      state.clocks.insert(clock)
      state.record(
        clock, at: told.at, clock.state == .paused ? clock.pausedReason : "Nobody has told the customer more.")
      return tell(clock, "slaclock.started", &state)
    }
    var clock = known
    let goesOn = known.state != .running && !told.isPaused
    let since = goesOn ? max(heard, context.now) : heard
    if let due = plan.nextUpdate(after: since), due > clock.due || goesOn && due == clock.due {
      (clock.due, clock.countedFrom) = (due, since)
    }
    if clock.due != known.due { clock.round += 1 }
    clock.endedAt = nil
    clock.pause(told)
    guard clock != known else { return }
    clock.version += 1
    state.clocks.update(clock)
    let what = known.state == .running ? "The customer was told something." : "It goes on."
    state.record(
      clock, at: clock.state == .paused ? told.pausedAt ?? told.at : told.at,
      clock.state == .paused ? clock.pausedReason : what)
    tell(clock, told.isPaused ? "slaclock.paused" : "slaclock.moved", &state)
  }

  /// Tells the customer what is due by now: how things stand, and the questions. `ticket` is as it is stored.
  static func decide(_ ticket: TicketView, _ state: inout NotifierState, _ context: inout Context) {
    guard let plan = state.common.plans[ticket.planVersion] else { return }
    let clock = state.clocks.members(of: ticket.id).first { $0.target == plan.updates?.id }
    if let clock, let rule = plan.updates, clock.state == .running, clock.due <= context.now {
      let text = CustomerText.standing(of: ticket, state.clocks.members(of: ticket.id), plan, rule)
      let coming = plan.nextUpdate(after: context.now)
      let facts = CustomerText.standingFacts(
        of: ticket, state.clocks.members(of: ticket.id), plan, rule, next: coming)
      NoticeTold.make(
        .update, "Ticket \(ticket.number), how things stand: \(ticket.subject)", text, facts, ticket.accountID,
        ticket.id,
        &state, &context)
      var next = clock
      (next.due, next.countedFrom) = (coming ?? .latest, context.now)
      next.round += 1
      next.version += 1
      state.clocks.update(next)
      state.record(next, at: context.now, "The customer was told how things stand.")
      tell(next, "slaclock.moved", &state)
    }
    guard let rule = plan.survey else { return }
    for (index, survey) in ticket.surveys.enumerated() where !survey.isAsked && survey.askAt <= context.now {
      NoticeTold.make(
        .survey, "Ticket \(ticket.number): \(rule.text)", CustomerText.question(of: ticket, survey, plan, rule),
        CustomerText.questionFacts(of: ticket, survey, plan, rule), ticket.accountID, ticket.id, &state, &context)
      state.tickets.update(ticket.id) { $0.surveys[index].isAsked = true }
    }
  }

  private static func tell(_ clock: SlaClock, _ kind: String, _ state: inout NotifierState) {
    state.common.changed(
      kind, clock.id, version: clock.version,
      "Ticket \(clock.ticketNumber): \(clock.target) is \(clock.state == .paused ? "paused" : "due at \(clock.due)").")
  }
}
