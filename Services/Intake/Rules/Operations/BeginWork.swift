public import Policy

/// Somebody begins to work on a ticket: from here on the gates inside the work are timers.
public enum BeginWork {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// On which ticket.
    public var ticketID: TicketID
    /// How it is done.
    public var mode: WorkRecord.Mode
    /// Who works, 1 to 200 bytes.
    public var engineer: String
    /// What kind of help it is, for the plan's conditions on work.
    public var facts: Facts

    /// A request as given.
    public init(ticketID: TicketID, mode: WorkRecord.Mode, engineer: String, facts: Facts = Facts()) {
      self.ticketID = ticketID
      self.mode = mode
      self.engineer = engineer
      self.facts = facts
    }
  }

  /// What has begun, and its ticket.
  public struct Reply: Sendable, Hashable {
    /// The work.
    public var running: RunningWork
    /// The ticket after the change.
    public var ticket: Ticket
  }

  /// Needs the ticket with its work and visits, its account and its plan.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try Fields.name(request.engineer, "engineer")
      var ticket = try state.ticket(request.ticketID, in: .active)
      guard !ticket.running.contains(where: { $0.engineer == request.engineer }) else {
        throw Refused(
          .conflict(state: "working"), "\(request.engineer) is at work on ticket \(ticket.number) already.")
      }
      guard ticket.running.count < RunningWork.countMax else {
        throw Refused(.limit("running"), "At most \(RunningWork.countMax) people work on a ticket at once.")
      }
      try state.requirePlace(on: ticket)
      let plan = try state.plan(ticket.planVersion)
      try ticket.admit(work: request.mode, request.facts, plan, context)
      let running = RunningWork(
        id: context.id(), mode: request.mode, engineer: request.engineer, since: context.now)
      ticket.running.append(running)
      ticket.workBegunAt = ticket.workBegunAt ?? context.now
      state.commit(
        &ticket, "work.begun", "\(running.engineer) began to work on ticket \(ticket.number).", context)
      return Reply(running: running, ticket: ticket)
    }
  }
}

/// Somebody ends work that was begun: it becomes a record.
public enum EndWork {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// On which ticket.
    public var ticketID: TicketID
    /// Which work.
    public var workID: WorkID
    /// When it ended; nil: now.
    public var at: Instant?
    /// In words, at most 1,000 bytes.
    public var note: String

    /// A request as given.
    public init(ticketID: TicketID, workID: WorkID, at: Instant? = nil, note: String = "") {
      self.ticketID = ticketID
      self.workID = workID
      self.at = at
      self.note = note
    }
  }

  /// Needs the ticket with its work and visits, its account and its plan.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<RecordWork.Reply> {
    Decision { () throws(Refused) in
      try Fields.note(request.note, "note")
      var ticket = try state.ticket(request.ticketID, in: .active)
      guard let running = ticket.running.first(where: { $0.id == request.workID }) else {
        throw Refused(.notFound("work"), "No such work is under way on ticket \(ticket.number).")
      }
      let ended = request.at ?? context.now
      guard ended > running.since else { throw Fields.invalid("at_ms", "must be after the work began") }
      guard ended <= context.now else { throw Fields.invalid("at_ms", "must not be in the future") }
      guard ended - running.since <= RecordWork.spanMax else {
        throw Fields.invalid("at_ms", "is at most 24 hours after the work began: say when it ended")
      }
      let record = WorkRecord(
        id: running.id, ticketID: ticket.id, mode: running.mode, engineer: running.engineer, from: running.since,
        to: ended, note: request.note, recordedAt: context.now, stretch: ticket.reopened)
      ticket.running.removeAll { $0.id == running.id }
      state.work.insert(record)
      // Unless others are at work or on site, nobody comes to a gate any more.
      state.common.timers.disarm(IntakeState.gateTimer, ticket.id)
      state.committed(record, &ticket, context)
      return RecordWork.Reply(work: record, ticket: ticket)
    }
  }
}

extension Ticket {
  /// Refuses work that the plan's conditions on work do not take, and keeps what they warn of.
  mutating func admit(
    work mode: WorkRecord.Mode, _ told: Facts, _ plan: Plan, _ context: Context
  ) throws(Refused) {
    var facts = known.merging(told.told(by: context.caller.role))
    facts[.mode] = .text(mode.rawValue)
    facts[.role] = .text(context.caller.role.rawValue)
    let fresh = try plan.require(.work, facts, at: context.now)
    warnings = warnings.filter { old in !fresh.contains { $0.id == old.id } } + fresh
  }
}

extension IntakeState {
  /// Refuses one record more than a ticket holds, with those that work under way will make.
  func requirePlace(on ticket: Ticket) throws(Refused) {
    guard work.members(of: ticket.id).count + ticket.running.count < RecordWork.countMax else {
      throw Refused(.limit("work"), "A ticket has at most \(RecordWork.countMax) records of work.")
    }
  }

  /// Saves a ticket with a new record of work.
  mutating func committed(_ record: WorkRecord, _ ticket: inout Ticket, _ context: Context) {
    let minutes = (record.to - record.from).wholeMinutes
    commit(&ticket, "work.recorded", "\(record.engineer) worked \(minutes) min on ticket \(ticket.number).", context)
  }
}
