public import Policy

/// Puts the work of one ticket under another: two tickets were about the same thing.
public enum MergeTickets {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// The ticket that ends, or has ended.
    public var ticketID: TicketID
    /// The ticket that goes on, of the same customer: one that is not closed.
    public var intoTicketID: TicketID
    /// Why; kept as a message on both.
    public var reason: String

    /// A request as given.
    public init(ticketID: TicketID, intoTicketID: TicketID, reason: String) {
      self.ticketID = ticketID
      self.intoTicketID = intoTicketID
      self.reason = reason
    }
  }

  /// Both tickets after the change.
  public struct Reply: Sendable, Hashable {
    /// The one that ended.
    public var ticket: Ticket
    /// The one that goes on.
    public var into: Ticket
  }

  /// Needs both tickets with their work and visits, their account and their plans.
  ///
  /// Work, parts and answers of the present stretch go over; what earlier stretches did was rated there, and stays. Time
  /// on site that nobody recorded goes over as a record. Messages and visits stay where they are, one pointer away. A ticket
  /// that was closed before stays closed since then.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try Fields.note(request.reason, "reason")
      guard !request.reason.isEmpty else { throw Refused(.needsReason, "Say why the tickets are one.") }
      guard request.ticketID != request.intoTicketID else {
        throw Fields.invalid("into_ticket_id", "must be another ticket")
      }
      var ended = try state.ticket(request.ticketID)
      guard !ended.isMerged else {
        throw Refused(.conflict(state: "merged"), "Ticket \(ended.number) was merged into another: merge that one.")
      }
      var into = try state.ticket(request.intoTicketID, in: [.open, .dispatched, .resolved])
      guard ended.accountID == into.accountID else {
        throw Refused(.notFound("ticket"), "There is no ticket \(request.intoTicketID) of this account.")
      }
      try state.requireNobodyOut(ended)
      try ended.requireNobodyAtWork()
      let (plan, _) = try (state.plan(ended.planVersion), state.plan(into.planVersion))

      let moved = state.workToMove(of: ended, to: into, &context)
      let own = TaskFacts.all(into, state.work.members(of: into.id), state.visits.members(of: into.id))
      try into.takeOver(
        from: ended, bothWorked: !own.isEmpty && !moved.isEmpty,
        workCount: state.work.members(of: into.id).count + moved.count)
      for record in moved { state.work.insert(record) }
      if let begun = moved.map(\.from).min() {
        into.workBegunAt = min(into.workBegunAt ?? .latest, max(begun, into.openedAt))
      }
      ended.movedWork += state.ownWork(of: ended).map(\.id)
      ended.parts.removeAll { $0.stretch == ended.reopened }
      ended.relate(.mergedInto, to: into, version: into.version + 1)
      if ended.pausedSince != nil {
        ended.endPauses(at: context.now, plan, appointment: state.appointment(of: ended))
      }
      state.dropCall(of: &ended)
      if ended.state != .closed { ended.closedAt = context.now }
      ended.state = .closed
      ended.resolution = ended.resolution ?? .cancelled
      ended.resolvedAt = ended.resolvedAt ?? context.now

      state.post("Merged into ticket \(into.number): \(request.reason)", on: ended, .internal, &context)
      state.post("Ticket \(ended.number) was merged into this one: \(request.reason)", on: into, .internal, &context)
      state.commit(
        &ended, "ticket.merged", "Ticket \(ended.number) was merged into ticket \(into.number).", context)
      state.commit(&into, "ticket.took-over", "Ticket \(into.number) took over ticket \(ended.number).", context)
      return Reply(ticket: ended, into: into)
    }
  }
}

extension IntakeState {
  /// What was recorded on a ticket in its present stretch and has not gone elsewhere.
  func ownWork(of ticket: Ticket) -> [WorkRecord] {
    work.members(of: ticket.id).filter(ticket.owns)
  }

  /// A ticket that someone is on the way for, or on site for, is not at rest.
  fileprivate func requireNobodyOut(_ ticket: Ticket) throws(Refused) {
    let open = visits.members(of: ticket.id).first { $0.cancelledAt == nil && $0.departedAt == nil }
    guard let open else { return }
    throw Refused(
      .conflict(state: open.standing),
      "Someone is out for ticket \(ticket.number): the visit is \(open.standing). Let it end, or call it off first.")
  }

  /// The work of a ticket as records of another: each names the one that it repeats. Where people were on site and
  /// recorded nothing of it, their time there is the work.
  fileprivate func workToMove(of ticket: Ticket, to other: Ticket, _ context: inout Context) -> [WorkRecord] {
    let own = ownWork(of: ticket)
    var moved = own.map { $0.moved(to: other, id: context.id(), at: context.now) }
    guard !own.contains(where: { $0.mode == .onsite }) else { return moved }
    for visit in visits.members(of: ticket.id) where visit.stretch == ticket.reopened {
      guard let arrived = visit.arrivedAt, let departed = visit.departedAt, arrived < departed else { continue }
      moved.append(
        WorkRecord(
          id: context.id(), ticketID: other.id, mode: .onsite,
          engineer: visit.engineer.isEmpty ? context.caller.name : visit.engineer, from: arrived, to: departed,
          note: "On site for ticket \(ticket.number)", recordedAt: context.now, stretch: other.reopened))
    }
    return moved
  }
}

extension WorkRecord {
  /// The same work as a record of another ticket.
  func moved(to ticket: Ticket, id: WorkID, at now: Instant) -> WorkRecord {
    WorkRecord(
      id: id, ticketID: ticket.id, mode: mode, engineer: engineer, from: from, to: to, note: note, recordedAt: now,
      stretch: ticket.reopened, movedFrom: self.id)
  }
}

extension Ticket {
  /// Takes over parts, answers, the quote and the pointers of a ticket that is merged into this one, within the bounds of
  /// a ticket.
  fileprivate mutating func takeOver(from ended: Ticket, bothWorked: Bool, workCount: Int) throws(Refused) {
    guard workCount <= RecordWork.countMax else {
      throw Refused(.limit("work"), "A ticket has at most \(RecordWork.countMax) records of work.")
    }
    let taken = ended.parts.filter { $0.stretch == ended.reopened }
    guard parts.count + taken.count <= AddPart.countMax else {
      throw Refused(.limit("parts"), "A ticket has at most \(AddPart.countMax) parts.")
    }
    let answers = answers(takenFrom: ended, bothWorked: bothWorked)
    guard consents.count + answers.count <= Int(RecordConsent.blockMax) else {
      throw Refused(.limit("consents"), "A ticket has at most \(RecordConsent.blockMax) decisions.")
    }
    let from = ended.relations.filter { $0.kind == .mergedFrom }
    guard relations.count + from.count < Self.relationCountMax else {
      throw Refused(.limit("relations"), "A ticket is bound up with at most \(Self.relationCountMax) others.")
    }
    parts += taken.map { Part(name: $0.name, price: $0.price, minutes: $0.minutes, stretch: reopened) }
    consents += answers
    if quoteID == nil { quoteID = ended.quoteID }
    relate(.mergedFrom, to: ended, version: ended.version + 1)
    // What was merged into the other before is merged into this one now.
    relations += from
  }

  /// The answers that count for the other's work, as answers of this ticket: its blocks come after those agreed to here.
  /// The first block of the other needed no answer; where both had work it is one more of this ticket, agreed to by
  /// asking for help twice.
  private func answers(takenFrom ended: Ticket, bothWorked: Bool) -> [ConsentDecision] {
    let given = ended.consents.filter { $0.stretch == ended.reopened }
    var answers = given.filter { $0.gate == .assessment }
    var next = agreedBlocks + 1
    if bothWorked, let contact = ended.contactID ?? contactID ?? given.first?.contactID {
      answers.append(
        ConsentDecision(
          gate: .block, block: next, contactID: contact, isGranted: true,
          note: "The first block of ticket \(ended.number), which was merged into this one",
          at: min(ended.reopenedAt ?? ended.openedAt, reopenedAt ?? openedAt), stretch: reopened))
      next += 1
    }
    for block in 1..<(ended.agreedBlocks + 1) {
      guard let answer = given.last(where: { $0.gate == .block && $0.block == block }) else { continue }
      var moved = answer
      moved.block = next
      answers.append(moved)
      next += 1
    }
    return answers.map { answer in
      var answer = answer
      answer.stretch = reopened
      return answer
    }
  }
}
