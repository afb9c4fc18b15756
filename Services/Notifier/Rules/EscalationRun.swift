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
    var escalation = Escalation(
      id: context.id(), ticketID: ticket.id, ticketNumber: ticket.number, target: target, round: round, ladder: ladder,
      planVersion: ticket.planVersion, state: .running, taken: 0, told: 0, heard: .init(), startedAt: at,
      nextStepAt: first.map { at + $0.at }, acknowledgedAt: nil, acknowledgedBy: "", ending: "", version: 1)
    let begins = "The ladder \(ladder) begins for \(target.isEmpty ? "the ticket's class" : target)."
    note(.started, begins, at: at, of: &escalation, &state)
    state.escalations.insert(escalation)
    tell(
      escalation, "escalation.started",
      "Ticket \(ticket.number): the ladder \(ladder) begins for \(target.isEmpty ? "its class" : target).", &state)
    let now = context.now
    if plan == nil {
      let why = "This service has no plan of version \(ticket.planVersion): publish it."
      end(escalation, .exhausted, why, at: now, &state)
    } else if first == nil {
      end(escalation, .exhausted, "The plan has no ladder \(ladder), or one without steps.", at: now, &state)
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
    let passed = "passed over: the customer dialled \(dialled)"
    while escalation.taken < place {
      escalation.taken += 1
      record(escalation, place: escalation.taken, sent: 0, note: passed, &state, context)
    }
    note(
      .called, "The customer dialled \(dialled): step \(place + 1) is taken now.", at: context.now, of: &escalation,
      &state)
    escalation.version += 1
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
      end(escalation, .stopped, "The ticket is not known here.", at: context.now, &state)
      return
    }
    guard let plan = state.common.plans[escalation.planVersion], let ladder = plan.ladder(escalation.ladder),
      escalation.taken < mostSteps, let run = ladder.step(escalation.taken)
    else {
      let why = "All \(escalation.taken) steps were taken, and nobody took it."
      end(escalation, .exhausted, why, at: context.now, &state)
      return
    }
    let hindrance = isCalledFor ? nil : plan.hindrance(of: run.step, facts: facts(of: escalation, ticket))
    let messages =
      hindrance == nil ? Audience.of(run.step, for: ticket.accountID, at: context.now, state) : Audience()
    var climbed = escalation
    climbed.taken += 1
    climbed.version += 1
    let (sent, goesAt) = send(messages, of: climbed, ticket, plan, &state, &context)
    if sent > 0 { climbed.heard = Escalation.Hearing(step: climbed.taken, messages: sent) }
    climbed.told += sent
    // Nobody is waited for where nobody was told; who was told before has the time up to the step after this one.
    climbed.nextStepAt = LadderPace.next(
      after: run, isEmpty: sent == 0 && hindrance == nil, climbed.taken, ladder, now: context.now, goesAt: goesAt)
    state.escalations.update(climbed)
    let note = hindrance.map { "skipped: " + $0 } ?? messages.note
    record(climbed, place: ladder.place(of: run), sent: sent, note: note, &state, context)
    if climbed.told == 0, climbed.taken >= ladder.steps.count {
      end(climbed, .exhausted, "No step found anybody to tell.", at: context.now, &state)
    }
  }

  /// Sends a step's messages: how many, and when the first of them goes, which is later than now where all are held.
  private static func send(
    _ messages: Audience, of escalation: Escalation, _ ticket: TicketView, _ plan: Plan,
    _ state: inout NotifierState, _ context: inout Context
  ) -> (count: Int, goesAt: Instant) {
    var sent = 0
    var first: Instant?
    for reached in messages.reached.prefix(mostDeliveries) {
      let wording = EscalationText(escalation, ticket, plan, step: escalation.taken, as: reached.role)
      var delivery = Delivery(
        id: context.id(), cause: .escalation(escalation.id), step: escalation.taken, personID: reached.personID,
        recipient: reached.name, method: reached.method.kind, address: reached.method.address,
        subject: wording.subject, text: wording.body, createdAt: context.now, ticketID: ticket.id)
      let goes = Holding.place(&delivery, plan, ticket.ticketClass, &state, &context)
      guard state.deliveries.insert(delivery) else { continue }
      sent += 1
      first = min(first ?? goes, goes)
    }
    return (sent, first ?? context.now)
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

  /// Records something that happened to a run beside its steps; the caller stores the run.
  static func note(
    _ kind: EscalationEvent.Kind, _ text: String, at: Instant, of escalation: inout Escalation,
    _ state: inout NotifierState
  ) {
    escalation.events += 1
    state.escalationEvents.append(
      EscalationEvent(
        escalationID: escalation.id, number: escalation.events, at: at, kind: kind,
        text: text.onOneLine(limit: TextBound.reason)))
  }

  static func tell(
    _ escalation: Escalation, _ kind: String, _ text: String, _ state: inout NotifierState
  ) {
    state.common.emit(.escalation(escalation))
    state.common.changed(kind, escalation.id, version: escalation.version, text)
  }
}
