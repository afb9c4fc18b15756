public import Policy

/// Records work that was done on a ticket.
public enum RecordWork {
  /// The longest stretch of one record.
  public static let spanMax = TimeSpan.hours(24)
  /// The most records of one ticket.
  public static let countMax = 1000

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// On which ticket.
    public var ticketID: TicketID
    /// How it was done.
    public var mode: WorkRecord.Mode
    /// Who did it.
    public var engineer: String
    /// When it started.
    public var from: Instant
    /// When it ended: not in the future, after the start, at most 24 hours later.
    public var to: Instant
    /// In words.
    public var note: String
    /// What kind of help it was, for the plan's conditions on work.
    public var facts: Facts

    /// A request as given.
    public init(
      ticketID: TicketID, mode: WorkRecord.Mode, engineer: String, from: Instant, to: Instant, note: String = "",
      facts: Facts = Facts()
    ) {
      self.ticketID = ticketID
      self.mode = mode
      self.engineer = engineer
      self.from = from
      self.to = to
      self.note = note
      self.facts = facts
    }
  }

  /// The record, and its ticket.
  public struct Reply: Sendable, Hashable {
    /// The new record.
    public var work: WorkRecord
    /// The ticket after the change.
    public var ticket: Ticket
  }

  /// Needs the ticket with its work and visits, its account and its plan.
  ///
  /// The first record marks work as begun when it did. Work past a gate that nobody answered is recorded all the same
  /// (it was done), and warned of: it is not charged beyond what was agreed.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try Fields.name(request.engineer, "engineer")
      try Fields.note(request.note, "note")
      guard request.from < request.to else { throw Fields.invalid("time", "must end after it starts") }
      guard request.to <= context.now else { throw Fields.invalid("time", "must not be in the future") }
      guard request.to - request.from <= spanMax else { throw Fields.invalid("time", "spans at most 24 hours") }
      var ticket = try state.ticket(request.ticketID, in: [.open, .dispatched, .resolved])
      guard state.work.members(of: ticket.id).count < countMax else {
        throw Refused(.limit("work"), "A ticket has at most \(countMax) records of work.")
      }
      let plan = try state.plan(ticket.planVersion)
      var facts = ticket.known.merging(request.facts.told(by: context.caller.role))
      facts[.mode] = .text(request.mode.rawValue)
      facts[.role] = .text(context.caller.role.rawValue)
      let warnings = try plan.require(.work, facts, at: context.now)
      ticket.warnings = ticket.warnings.filter { old in !warnings.contains { $0.id == old.id } } + warnings
      let record = WorkRecord(
        id: context.id(), ticketID: ticket.id, mode: request.mode, engineer: request.engineer, from: request.from,
        to: request.to, note: request.note, recordedAt: context.now, stretch: ticket.reopened)
      state.work.insert(record)
      if ticket.workBegunAt == nil { ticket.workBegunAt = max(request.from, ticket.openedAt) }
      state.warnOfGates(&ticket, plan)
      let minutes = (request.to - request.from).wholeMinutes
      state.commit(
        &ticket, "work.recorded", "\(record.engineer) worked \(minutes) min on ticket \(ticket.number).", context)
      return Reply(work: record, ticket: ticket)
    }
  }
}

extension IntakeState {
  /// Puts what the plan's gates ask of the work so far into the ticket's warnings, in place of what they asked before.
  func warnOfGates(_ ticket: inout Ticket, _ plan: Plan) {
    let gates = Set(plan.rates.flatMap { $0.gates.map(\.id) })
    let task = TaskFacts(
      ticket: ticket, work: work.members(of: ticket.id), visits: visits.members(of: ticket.id), account: nil,
      plan: plan)
    let rating = plan.rate(task.workTask)
    let needs = rating.needs.filter(\.reached).map { need in
      FailedClause(
        id: need.clause,
        text: need.need == .consent
          ? "Going on needs the customer's consent." : "The customer is told where things stand.",
        looked: ["minutes: \(rating.minutes)", "minutes beyond consent: \(rating.minutesBeyondConsent)"],
        remedy: need.need == .consent
          ? "Record the consent to another block (\(need.units)), or stop at minute \(need.atMinute)."
          : "Record the customer's answer to the assessment due at minute \(need.atMinute).")
    }
    ticket.warnings = ticket.warnings.filter { !gates.contains($0.id) } + needs
  }
}

extension TaskFacts {
  /// The task as the plan rates it, the first assessment left out: that is the ledger's to ask.
  var workTask: WorkTask {
    WorkTask(
      facts: facts, work: .intervals(work), consentedBlocks: Int(blocksConsented), situationAssessed: isAssessed,
      assessment: .notAsked)
  }
}
