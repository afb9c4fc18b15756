import Policy

/// A mail about a ticket that is there.
enum MailFollowing {
  /// The mail becomes a message on the ticket, if the plan takes messages. A ticket whose work has ended is taken up again, as
  /// long as it is not closed or a warranty of its plan may cover the repeat (F22), and if the plan would take a new one from
  /// this writer. To an address that opens a class of its own, the mail raises a ticket of a lesser class and calls for the
  /// ladder anew; so does one that takes a ticket up again.
  ///
  /// - Returns: nil, and nothing has changed, if the ticket is closed for good: what follows is a ticket of its own.
  static func continued(
    _ request: DeliverMail.Request, _ found: Ticket, by writer: Contact, _ boxes: [Mailbox], _ state: inout IntakeState,
    _ context: inout Context
  ) throws(Refused) -> DeliverMail.Verdict? {
    let plan = try state.plan(found.planVersion)
    if !found.isActive {
      guard found.isReopenable(plan, at: context.now) else { return nil }
      let opening = DeliverMail.opening(request, by: writer)
      guard let admission = OpenTicket.admission(of: opening, state, context) else { return nil }
      guard admission.failed.isEmpty else { return refused(found, opening, admission, &state, &context) }
    }
    let message = PostMessage.Request(
      ticketID: found.id, direction: .fromCustomer, channel: "email", text: MailText.body(request.letter),
      author: writer.name)
    var ticket: Ticket
    switch PostMessage.decide(message, &state, &context) {
    case .accepted(let reply): ticket = reply.ticket
    case .refused(let refused) where refused.reason == .admission:
      return .init(outcome: .refused, ticket: found, accountID: found.accountID, clauses: refused.clauses)
    case .refused(let refused): throw refused
    }
    let urgent = plan.urgentClass(ofMailTo: boxes.map(\.address)).flatMap { name in
      plan.urgency(of: name) >= plan.urgency(of: ticket.class) ? name : nil
    }
    let isEnded = !ticket.isActive
    guard isEnded || urgent != nil else {
      return .init(outcome: .continued, ticket: ticket, accountID: ticket.accountID)
    }
    if isEnded { try ReopenTicket.takeUp(&ticket, at: context.now) } else { ticket.summonedAt = context.now }
    let clauses = try raise(&ticket, to: urgent ?? ticket.class, &state, &context)
    let text = isEnded ? "was reopened by a mail" : "is called for by a mail"
    state.commit(
      &ticket, isEnded ? "ticket.reopened" : "ticket.summoned", "Ticket \(ticket.number) \(text).", context)
    return .init(
      outcome: clauses.isEmpty ? .continued : .answered, ticket: ticket, accountID: ticket.accountID, clauses: clauses)
  }

  /// Gives the ticket a more urgent class; the caller stores it. Its targets count from now.
  ///
  /// - Returns: the clauses of the plan that do not admit it, which the writer is told: then the ticket stays as it is.
  private static func raise(
    _ ticket: inout Ticket, to name: String, _ state: inout IntakeState, _ context: inout Context
  ) throws(Refused) -> [FailedClause] {
    guard name != ticket.class else { return [] }
    var request = ClassifyTicket.Request(
      ticketID: ticket.id, class: name, reason: "A mail came to an address for class \(name).")
    request.countsFrom = context.now
    var raised = ticket
    do throws(Refused) {
      try ClassifyTicket.classify(&raised, request, &state, &context)
      ticket = raised
      return []
    } catch {
      guard error.reason == .admission else { throw error }
      return error.clauses
    }
  }

  /// The plan would not take a ticket from this writer now: the ended one stays as it is, and the writer is told why.
  private static func refused(
    _ ticket: Ticket, _ opening: OpenTicket.Request, _ admission: AdmissionRecord, _ state: inout IntakeState,
    _ context: inout Context
  ) -> DeliverMail.Verdict {
    state.record(
      Attempt(
        id: context.id(), accountID: ticket.accountID,
        caller: opening.contactID.flatMap { state.contacts[$0]?.name } ?? opening.caller, channel: opening.channel,
        subject: opening.subject, at: context.now, findings: admission.failed, asked: .ticket, record: admission))
    return .init(outcome: .refused, ticket: ticket, accountID: ticket.accountID, clauses: admission.failed)
  }
}

extension Ticket {
  /// Whether it may still be taken up again.
  fileprivate func isReopenable(_ plan: Plan, at now: Instant) -> Bool {
    guard !isMerged, reopened < ReopenTicket.countMax else { return false }
    switch state {
    case .open, .dispatched: return false
    case .resolved: return true
    case .closed: return closedAt.map { plan.mayCoverRepeat(at: now, closed: $0) } ?? false
    }
  }
}

extension Plan {
  /// The class of a mail to these addresses, if it is more urgent than what a ticket is by default; nil otherwise.
  fileprivate func urgentClass(ofMailTo recipients: [String]) -> String? {
    guard case .ticket(let name?) = read(mailTo: recipients), urgency(of: name) > urgency(of: defaultClass ?? "") else {
      return nil
    }
    return name
  }

  /// The place of a class among the plan's, the most urgent one last; -1 for none of them.
  fileprivate func urgency(of name: String) -> Int { classes.firstIndex { $0.id == name } ?? -1 }
}
