public import Policy

/// What a customer is told of a gate inside work, that it is near or that work stands still before it, or of a call that
/// became no ticket.
public struct IntakeNotice: Sendable, Hashable {
  /// The notice's own identifier.
  public let id: SubjectID
  /// One word: `consent` or `call`.
  public let kind: String
  /// The customer to tell.
  public let accountID: AccountID
  /// One line.
  public let subject: String
  /// What happened, and what helps.
  public let text: String
  /// The ticket that it is about; nil: none.
  public let ticketID: TicketID?
  /// The same by the fields of its kind; empty: it has none.
  public let facts: MessageFacts
}

extension IntakeState {
  /// Looks at the gates inside a ticket's work: what counts, whether work stands still, what to warn of, and when to look
  /// again while someone is on site or at work.
  func followGates(_ ticket: inout Ticket, now: Instant) -> GateCourse {
    let (work, visits) = (work.members(of: ticket.id), visits.members(of: ticket.id))
    guard let plan = common.plans[ticket.planVersion], plan.hasGates else { return GateCourse() }
    let isRunning = ticket.isActive && ticket.isAtWork(visits)
    let all = TaskFacts.all(ticket, work, visits, until: isRunning ? now : nil)
    guard isRunning || !all.isEmpty || !ticket.beyondConsent.isEmpty else { return GateCourse() }

    let task = TaskFacts(ticket: ticket, work: work, visits: visits, account: nil, plan: plan)
    let answers = ticket.gateAnswers
    let gated = plan.gate(all, facts: task.facts, answers: answers)
    ticket.beyondConsent = gated.beyond
    ticket.stoppedAt = isRunning ? gated.stoppedAt : nil
    let gates = plan.gateIDs
    ticket.warnings = ticket.warnings.filter { !gates.contains($0.id) } + plan.gateWarnings(task, all)
    guard isRunning else { return GateCourse(hasVisits: !visits.isEmpty) }
    let ahead = plan.gatesAhead(of: gated, facts: task.facts, answers: answers, from: now)
    return GateCourse(hasVisits: true, next: ahead.warning ?? ahead.gate)
  }

  /// Looks at the gates inside the work of an earlier stretch, for which work was recorded since.
  func followGates(_ ticket: inout Ticket, ofEnded stretch: Int, now: Instant) {
    guard var then = ticket.atTheEnd(of: stretch) else { return }
    _ = followGates(&then, now: now)
    ticket.stretches[stretch].beyondConsent = then.beyondConsent
    ticket.stretches[stretch].hasLateWork = true
  }

  /// The same for a ticket that is about to be saved: its timer is armed for where to look again.
  mutating func followGates(_ ticket: inout Ticket, _ context: Context) {
    let course = followGates(&ticket, now: context.now)
    if let next = course.next {
      common.timers.arm(Self.gateTimer, ticket.id, at: next)
    } else if course.hasVisits {
      common.timers.disarm(Self.gateTimer, ticket.id)
    }
  }
}

/// How a gate inside a ticket's work stands, for the clock that the notifier keeps of it.
public struct TicketGate: Hashable, Sendable {
  /// How its clock stands; the raw value is the word on the wire.
  public enum State: String, Hashable, Sendable {
    /// Work goes on towards it.
    case running
    /// Work stands still.
    case paused
    /// Somebody let work go on past it.
    case met
    /// Work came to it, and nobody had.
    case missed
  }

  /// The gate's clause.
  public let id: String
  public let state: State
  /// When work comes to it, or came to it; nil: as it was known.
  public let due: Instant?
  /// Since when it stands so.
  public let at: Instant
  /// In words.
  public let why: String
}

extension IntakeState {
  /// How the gates inside the present stretch of a ticket's work stand, in the plan's order. None before work has begun, nor once
  /// the ticket is resolved.
  func gates(of ticket: Ticket, _ work: [WorkRecord], _ visits: [Visit], at now: Instant) -> [TicketGate] {
    guard ticket.isActive, let plan = common.plans[ticket.planVersion], plan.hasGates else { return [] }
    let isRunning = ticket.isAtWork(visits)
    let all = TaskFacts.all(ticket, work, visits, until: isRunning ? now : nil)
    guard isRunning || !all.isEmpty else { return [] }
    let task = TaskFacts(ticket: ticket, work: work, visits: visits, account: nil, plan: plan)
    let gated = plan.gate(all, facts: task.facts, answers: ticket.gateAnswers)
    let standings = plan.gateStandings(of: gated, facts: task.facts, answers: ticket.gateAnswers, at: now)
    return standings.compactMap { standing in
      let counted = "\(gated.total) of \(standing.at) counted"
      if let answered = standing.answeredAt {
        return TicketGate(id: standing.id, state: .met, due: nil, at: answered, why: "The customer let work go on.")
      }
      if let reached = standing.reachedAt {
        let why = "Work came to it after \(standing.at), and nobody had let it go on."
        return TicketGate(id: standing.id, state: .missed, due: reached, at: reached, why: why)
      }
      if let stopped = gated.stoppedAt {
        let why = "Work stands still before another gate: \(counted)."
        return TicketGate(id: standing.id, state: .paused, due: nil, at: stopped, why: why)
      }
      guard isRunning else {
        return TicketGate(id: standing.id, state: .paused, due: nil, at: now, why: "Nobody is at work: \(counted).")
      }
      let what = standing.need == .consent ? ", then block \(standing.block + 1) needs consent" : ""
      return standing.due.map {
        TicketGate(id: standing.id, state: .running, due: $0, at: now, why: "Work goes on: \(counted)\(what).")
      }
    }
  }
}

/// Where work stands among its gates.
struct GateCourse {
  /// Whether there are visits, without which no timer is ever armed.
  var hasVisits = false
  /// When to look again; nil: no work goes on towards a gate.
  var next: Instant?
}

/// What happens when work that goes on comes to where the plan warns of a gate, or to the gate: the customer is told, and at
/// the gate work stands still until someone lets it go on. Silence is no consent.
public enum ReachGate {
  /// Needs the ticket with its work and visits, its account and its plan. Nothing when nobody is on site any more, or
  /// somebody has answered meanwhile.
  public static func decide(_ id: TicketID, _ state: inout IntakeState, _ context: inout Context) -> Decision<Void> {
    guard var ticket = state.tickets[id] else { return .accepted(()) }
    let before = ticket
    state.followGates(&ticket, context)
    let fresh = ticket.warnings.filter { warning in
      !before.warnings.contains { $0.id == warning.id && $0.text == warning.text }
    }
    guard ticket.isActive, !fresh.isEmpty || ticket.stoppedAt != before.stoppedAt else { return .accepted(()) }
    let text = fresh.map(\.text).joined(separator: " ")
    let isStopped = ticket.stoppedAt != nil
    state.commit(
      &ticket, isStopped ? "ticket.work-stopped" : "ticket.gate-near", "Ticket \(ticket.number): \(text)", context)
    let ways = fresh.map { "\($0.text) \($0.remedy)" }.joined(separator: "\n")
    let subject = isStopped ? "work stands still until you answer" : "your answer will be needed"
    state.common.emit(
      .notice(
        IntakeNotice(
          id: context.id(), kind: "consent", accountID: ticket.accountID,
          subject: "Ticket \(ticket.number): \(subject)", text: ways, ticketID: ticket.id,
          facts: facts(ticket, fresh, state))))
    return .accepted(())
  }
}

extension ReachGate {
  /// What the notice says, by its fields.
  private static func facts(_ ticket: Ticket, _ fresh: [FailedClause], _ state: IntakeState) -> MessageFacts {
    [
      "plan": .text(state.common.plans[ticket.planVersion]?.title ?? ""), "ticket": .text("\(ticket.number)"),
      "subject": .text(ticket.subject), "stopped": .flag(ticket.stoppedAt != nil),
      "gates": .rows(fresh.map { ["text": .text($0.text), "remedy": .text($0.remedy)] }),
    ]
  }
}

extension Plan {
  /// What the gates ask of all work so far, whether it counts or not: those that are near, and those that were reached.
  fileprivate func gateWarnings(_ task: TaskFacts, _ all: [WorkInterval]) -> [FailedClause] {
    var workTask = task.workTask
    workTask.work = .intervals(all)
    workTask.beyond = []
    let rating = rate(workTask)
    return rating.needs.compactMap { need in
      guard need.reached || need.warnAtMinute.map({ rating.minutes >= $0 }) ?? false else { return nil }
      let minute = need.atMinute
      let text =
        switch (need.need, need.reached) {
        case (.consent, false): "From minute \(minute) on, going on needs the customer's consent."
        case (.consent, true): "At minute \(minute) work stops until the customer consents to another block."
        case (.assessment, false): "At minute \(minute) the customer is told where things stand."
        case (.assessment, true):
          "At minute \(minute) work stops until the customer, told where things stand, lets it go on."
        }
      return FailedClause(
        id: need.clause, text: text,
        looked: ["minutes: \(rating.minutes)", "minutes beyond consent: \(rating.minutesBeyondConsent)"],
        remedy: need.need == .consent
          ? "Consent to another block (\(need.units)), or stop at minute \(minute)."
          : "Answer the assessment due at minute \(minute).")
    }
  }
}

extension Ticket {
  /// Whether somebody is on site for it, or at work on it.
  func isAtWork(_ visits: [Visit]) -> Bool {
    !running.isEmpty || visits.contains { $0.stretch == reopened && $0.isUnderWay }
  }

  /// The answers of the present stretch to gates inside the work.
  var gateAnswers: [GateAnswer] {
    consents.filter { $0.stretch == reopened }.map { consent in
      GateAnswer(
        need: consent.gate == .block ? .consent : .assessment, block: consent.block, isGranted: consent.isGranted,
        at: consent.at)
    }
  }
}

extension TaskFacts {
  /// The task as the plan rates it, the first assessment left out: that is the ledger's to ask.
  var workTask: WorkTask {
    WorkTask(
      facts: facts, work: .intervals(work), beyond: beyond, consentedBlocks: Int(blocksConsented),
      situationAssessed: isAssessed, assessment: .notAsked)
  }
}
