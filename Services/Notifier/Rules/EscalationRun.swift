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
      planVersion: ticket.planVersion, state: .running, taken: 0, told: 0, heard: .init(), startedAt: at,
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
  /// taken at once; a step that told someone, or is not wanted after what became of the step before, gives those who were
  /// told the time up to the next one, however late it was itself.
  static func climb(_ id: EscalationID, _ state: inout NotifierState, _ context: inout Context) {
    while let escalation = state.escalations[id], escalation.state == .running, let due = escalation.nextStepAt,
      due <= context.now
    {
      take(escalation, &state, &context)
    }
  }

  /// A call of the customer's brings the first later step forward whose `or_when` names what was `dialled` (E10): those in
  /// between are passed over, and it is taken now. Where there is none, nothing changes, so that a call jumps ahead once.
  static func bringForward(
    _ id: EscalationID, dialled: String, _ state: inout NotifierState, _ context: inout Context
  ) {
    guard var escalation = state.escalations[id], escalation.state == .running,
      let ticket = state.tickets[escalation.ticketID], let plan = state.common.plans[escalation.planVersion],
      let ladder = plan.ladder(escalation.ladder)
    else { return }
    var facts = self.facts(of: escalation, ticket)
    facts[.dialled] = .text(dialled)
    guard let place = plan.jump(ladder, after: escalation.taken - 1, facts: facts) else { return }
    let note = "passed over: the customer dialled \(dialled)"
    while escalation.taken < place {
      escalation.taken += 1
      record(escalation, place: escalation.taken, sent: 0, note: note, &state, context)
    }
    if place > 0 { escalation.version += 1 }
    state.escalations.update(escalation)
    take(escalation, isCalledFor: true, &state, &context)
    climb(id, &state, &context)
  }

  /// What steps' conditions may ask for.
  private static func facts(of escalation: Escalation, _ ticket: TicketView) -> Facts {
    var facts: Facts = [.answer: .text(escalation.heard.answer.rawValue)]
    if !ticket.ticketClass.isEmpty { facts[.class] = .text(ticket.ticketClass) }
    return facts
  }

  private static func take(
    _ escalation: Escalation, isCalledFor: Bool = false, _ state: inout NotifierState, _ context: inout Context
  ) {
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
    let hindrance = isCalledFor ? nil : plan.hindrance(of: run.step, facts: facts(of: escalation, ticket))
    let messages = hindrance == nil ? Audience.of(run.step, for: ticket, at: context.now, state) : Audience()
    var climbed = escalation
    climbed.taken += 1
    climbed.version += 1
    let sent = send(messages, of: climbed, ticket, plan, &state, &context)
    if sent > 0 { climbed.heard = Escalation.Hearing(step: climbed.taken, messages: sent) }
    climbed.told += sent
    // Nobody is waited for where nobody was told; who was told before has the time up to the step after this one.
    climbed.nextStepAt = next(after: run, isEmpty: sent == 0 && hindrance == nil, climbed.taken, ladder, context.now)
    state.escalations.update(climbed)
    let place = (ladder.steps.firstIndex { $0.id == run.step.id } ?? 0) + 1
    let note = hindrance.map { "skipped: " + $0 } ?? messages.note
    record(climbed, place: place, sent: sent, note: note, &state, context)
    if climbed.told == 0, climbed.taken >= ladder.steps.count {
      end(climbed, .exhausted, "No step found anybody to tell.", &state)
    }
  }

  /// Sends a step's messages and returns how many.
  private static func send(
    _ messages: Audience, of escalation: Escalation, _ ticket: TicketView, _ plan: Plan,
    _ state: inout NotifierState, _ context: inout Context
  ) -> Int {
    var sent = 0
    for reached in messages.reached.prefix(mostDeliveries) {
      let wording = EscalationText(escalation, ticket, plan, step: escalation.taken, as: reached.role)
      let delivery = Delivery(
        id: context.id(), cause: .escalation(escalation.id), step: escalation.taken, personID: reached.personID,
        recipient: reached.name, method: reached.method.kind, address: reached.method.address,
        subject: wording.subject, text: wording.body, createdAt: context.now)
      if state.deliveries.insert(delivery) { sent += 1 }
    }
    return sent
  }

  /// Records the step that `escalation` has taken last.
  private static func record(
    _ escalation: Escalation, place: Int, sent: Int, note: String, _ state: inout NotifierState, _ context: Context
  ) {
    state.steps.append(
      EscalationStep(
        escalationID: escalation.id, number: escalation.taken, place: place, at: context.now, deliveries: sent,
        note: note.onOneLine(limit: TextBound.reason)))
    state.common.changed(
      sent > 0 ? "escalation.stepped" : "escalation.skipped", escalation.id, version: escalation.version,
      "Ticket \(escalation.ticketNumber), ladder \(escalation.ladder), step \(escalation.taken): \(note)"
        .onOneLine(limit: TextBound.reason))
  }

  /// When the step after `run` is due, if `run` is taken at `now`: at once if it is empty, which is to find nobody.
  private static func next(
    after run: LadderRun, isEmpty: Bool, _ taken: Int, _ ladder: Ladder, _ now: Instant
  ) -> Instant {
    guard let following = ladder.step(taken) else { return isEmpty ? now : now + finalWait }
    // A repetition keeps its distance even if it finds nobody: it must not spin.
    if following.repetition > 0 { return now + max(following.at - run.at, .seconds(1)) }
    return isEmpty ? now : now + (following.at - run.at)
  }

  /// Someone took it.
  @discardableResult
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
