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
  /// Work of a past time has its place: within the plan's bound, and until the ticket is closed, or after that where the
  /// plan takes what was done before its end. It is rated by the ticket's version of the plan, in the stretch of the ticket
  /// in which it was done.
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
      var ticket = try state.ticket(request.ticketID)
      try state.requirePlace(on: ticket)
      let plan = try state.plan(ticket.planVersion)
      let stretch = try stretch(of: request, on: ticket, plan.lateWork)
      try checkAge(request, plan, context)
      try ticket.admit(work: request.mode, request.facts, plan, context)
      let record = WorkRecord(
        id: context.id(), ticketID: ticket.id, mode: request.mode, engineer: request.engineer, from: request.from,
        to: request.to, note: request.note, recordedAt: context.now, stretch: Int64(stretch))
      state.work.insert(record)
      if ticket.workBegunAt == nil { ticket.workBegunAt = max(request.from, ticket.openedAt) }
      if stretch < ticket.stretches.count { state.followGates(&ticket, ofEnded: stretch, now: context.now) }
      state.committed(record, &ticket, context)
      return Reply(work: record, ticket: ticket)
    }
  }

  /// The stretch of the ticket in which the work was done: how often the ticket had been reopened. After a stretch's end
  /// only the plan's rule for late work lets it take more.
  private static func stretch(of request: Request, on ticket: Ticket, _ rule: LateWorkRule?) throws(Refused) -> Int {
    guard !ticket.isMerged else {
      throw Refused(.conflict(state: "merged"), "Ticket \(ticket.number) was merged into another: record it there.")
    }
    let takesLate = rule?.isAfterClosure == true
    if let stretch = ticket.stretches.firstIndex(where: { request.to <= $0.resolvedAt }) {
      guard takesLate, request.from >= ticket.stretches[stretch].reportedAt else {
        let way =
          takesLate
          ? "work of an earlier time must have been done between its report and its end."
          : "the plan takes no work of an earlier time."
        throw Refused(.conflict(state: "reopened"), "Ticket \(ticket.number) was reopened: \(way)")
      }
      return stretch
    }
    let began = ticket.reopenedAt ?? ticket.openedAt
    if ticket.state == .closed {
      guard takesLate, request.from >= began, request.to <= ticket.resolvedAt ?? .earliest else {
        let way = takesLate ? " only work that was done before its end can be added." : " reopen it first."
        throw Refused(.conflict(state: "closed"), "Ticket \(ticket.number) is closed:\(way)")
      }
    }
    return Int(ticket.reopened)
  }

  /// Refuses work that comes too late for the plan.
  private static func checkAge(_ request: Request, _ plan: Plan, _ context: Context) throws(Refused) {
    guard let rule = plan.lateWork, let last = plan.instant(rule.within, after: request.to), context.now > last else {
      return
    }
    let clause = FailedClause(
      id: rule.id, text: rule.text, looked: ["ended: \(request.to)", "recorded: \(context.now)"],
      remedy: "Record work within \(rule.within) of its end; charge what came too late by hand, if it must be.")
    throw Refused(
      .admission, "The work ended more than \(rule.within) ago: the plan takes no record of it.", clauses: [clause])
  }
}
