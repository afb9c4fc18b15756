import Policy

/// How an escalation climbs its ladder.
enum EscalationRun {
  /// How long the last step of a ladder that does not repeat waits for an answer before the run is exhausted.
  static let finalWait = TimeSpan.minutes(30)
  /// The most steps that a run takes, repetitions included; then it is exhausted.
  static let mostSteps = 1000
  /// The most messages of one step; further ones are named in the step's note and not sent.
  static let mostDeliveries = 500

  /// Begins a run of `ladder` for `target` (empty: the ladder of the ticket's class) at `at`. Its steps are taken by
  /// ``climb(_:_:_:)``.
  static func begin(
    _ target: String, round: Int, ladder: String, of ticket: TicketView, at: Instant, _ state: inout NotifierState,
    _ context: inout Context
  ) {
    let plan = state.common.plans[ticket.planVersion]
    let first = plan?.ladder(ladder)?.step(0)
    let escalation = Escalation(
      id: context.id(), ticketID: ticket.id, ticketNumber: ticket.number, target: target, round: round, ladder: ladder,
      planVersion: ticket.planVersion, state: .running, taken: 0, told: 0, startedAt: at,
      nextStepAt: first.map { at + $0.at }, acknowledgedAt: nil, acknowledgedBy: "", ending: "", version: 1)
    state.escalations.insert(escalation)
    tell(
      escalation, "escalation.started",
      "Ticket \(ticket.number): the ladder \(ladder) begins for \(target.isEmpty ? "its class" : target).", &state)
    if plan == nil {
      end(escalation, .exhausted, "This service has no plan of version \(ticket.planVersion): publish it.", &state)
    } else if first == nil {
      end(escalation, .exhausted, "The plan has no ladder \(ladder), or one without steps.", &state)
    }
  }

  /// Takes every step of a run that is due by now. A step that finds nobody to tell is recorded and the next one is
  /// taken at once; a step that told someone gives them the time up to the next one, however late it was itself.
  static func climb(_ id: EscalationID, _ state: inout NotifierState, _ context: inout Context) {
    while let escalation = state.escalations[id], escalation.state == .running, let due = escalation.nextStepAt,
      due <= context.now
    {
      take(escalation, &state, &context)
    }
  }

  private static func take(_ escalation: Escalation, _ state: inout NotifierState, _ context: inout Context) {
    guard let ticket = state.tickets[escalation.ticketID] else {
      end(escalation, .stopped, "The ticket is not known here.", &state)
      return
    }
    guard let plan = state.common.plans[escalation.planVersion], let ladder = plan.ladder(escalation.ladder),
      escalation.taken < mostSteps, let run = ladder.step(escalation.taken)
    else {
      end(escalation, .exhausted, "All \(escalation.taken) steps were taken, and nobody took it.", &state)
      return
    }
    let number = escalation.taken + 1
    let place = (ladder.steps.firstIndex { $0.id == run.step.id } ?? 0) + 1
    // Conditions ask what became of a telephone call; where none was made there is nothing that could hold.
    let messages =
      run.step.when.terms.isEmpty
      ? Audience.of(run.step, for: ticket, at: context.now, state)
      : Audience(missing: ["it waits for \(run.step.id) to be asked for"])
    var climbed = escalation
    climbed.taken = number
    climbed.version += 1
    for reached in messages.reached.prefix(mostDeliveries) {
      let wording = EscalationText(escalation, ticket, plan, step: number, as: reached.role)
      let delivery = Delivery(
        id: context.id(), cause: .escalation(escalation.id), step: number, personID: reached.personID,
        recipient: reached.name, method: reached.method.kind, address: reached.method.address,
        subject: wording.subject, text: wording.body, createdAt: context.now)
      if state.deliveries.insert(delivery) { climbed.told += 1 }
    }
    let sent = climbed.told - escalation.told
    state.steps.append(
      EscalationStep(
        escalationID: escalation.id, number: number, place: place, at: context.now, deliveries: sent,
        note: messages.note))
    climbed.nextStepAt = next(after: run, sent: sent > 0, number, ladder, context.now)
    state.escalations.update(climbed)
    state.common.changed(
      sent > 0 ? "escalation.stepped" : "escalation.skipped", climbed.id, version: climbed.version,
      "Ticket \(ticket.number), ladder \(ladder.id), step \(number): \(messages.note)")
    if climbed.told == 0, climbed.taken >= ladder.steps.count {
      end(climbed, .exhausted, "No step found anybody to tell.", &state)
    }
  }

  /// When the step after `run` is due, if `run` is taken at `now`.
  private static func next(
    after run: LadderRun, sent: Bool, _ taken: Int, _ ladder: Ladder, _ now: Instant
  ) -> Instant {
    guard let following = ladder.step(taken) else { return sent ? now + finalWait : now }
    // A repetition keeps its distance even if it finds nobody: it must not spin.
    if following.repetition > 0 { return now + max(following.at - run.at, .seconds(1)) }
    return sent ? now + (following.at - run.at) : now
  }

  /// Someone took it.
  static func acknowledge(
    _ escalation: Escalation, by: String, at: Instant, _ state: inout NotifierState
  ) -> Escalation {
    var taken = escalation
    taken.acknowledgedAt = at
    taken.acknowledgedBy = by
    return end(taken, .acknowledged, "\(by) took it.", &state)
  }

  /// Ends a run: nothing is to come.
  @discardableResult
  static func end(
    _ escalation: Escalation, _ how: Escalation.State, _ why: String, _ state: inout NotifierState
  ) -> Escalation {
    var ended = escalation
    ended.state = how
    ended.ending = why.onOneLine(limit: TextBound.reason)
    ended.nextStepAt = nil
    ended.version += 1
    state.escalations.update(ended)
    tell(ended, "escalation.\(how.rawValue)", "Ticket \(ended.ticketNumber): \(ended.ending)", &state)
    return ended
  }

  private static func tell(
    _ escalation: Escalation, _ kind: String, _ text: String, _ state: inout NotifierState
  ) {
    state.common.emit(.escalation(escalation))
    state.common.changed(kind, escalation.id, version: escalation.version, text)
  }
}
