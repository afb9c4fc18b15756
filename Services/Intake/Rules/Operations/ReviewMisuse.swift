public import Policy

/// Decides whether a ticket's class was claimed without need (E11).
public enum ReviewMisuse {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Which ticket.
    public var ticketID: TicketID
    /// Whether the class was claimed without need.
    public var isMisuse: Bool
    /// Why, 1 to 1,000 bytes.
    public var reason: String

    /// A request as given.
    public init(ticketID: TicketID, isMisuse: Bool, reason: String) {
      self.ticketID = ticketID
      self.isMisuse = isMisuse
      self.reason = reason
    }
  }

  /// Needs the ticket with its work and visits, its account and its plan. Of a misuse the customer is told, and the ledger
  /// learns which class it was.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.reason(request.reason)
      var ticket = try state.ticket(request.ticketID, in: [.open, .dispatched, .resolved])
      guard ticket.misuse == nil else {
        throw Refused(.conflict(state: "reviewed"), "The class of ticket \(ticket.number) was reviewed already.")
      }
      let plan = try state.plan(ticket.planVersion)
      guard let rule = plan.ticketClass(ticket.class)?.misuse else {
        throw Refused(.clauseUnknown("misuse"), "The plan has no rule about a misuse of this ticket's class.")
      }
      let task = TaskFacts(
        ticket: ticket, work: state.work.members(of: ticket.id), visits: state.visits.members(of: ticket.id),
        account: state.accounts[ticket.accountID], plan: plan)
      guard let ruling = plan.rule(misuseOf: ticket.class, reviewer: context.caller.role, task: task.workTask) else {
        throw Refused(
          .notAllowed, "The plan lets \(rule.reviewedBy.rawValue) decide, not \(context.caller.role.rawValue).")
      }
      let rate = rule.bills.flatMap { plan.rate($0)?.id }
      ticket.misuse = MisuseReview(
        isMisuse: request.isMisuse, class: ticket.class, clause: ruling.clause.id, text: ruling.clause.text,
        rate: request.isMisuse ? rate : nil, reviewer: context.caller.description, reason: request.reason,
        at: context.now)
      if request.isMisuse {
        let cost = rate == nil ? "There is no charge for it." : "It is charged by \(rate ?? "")."
        state.post(
          "\(ruling.clause.text)\n\(request.reason)\n\(cost)", on: ticket, .toCustomer, channel: ticket.channel,
          &context)
        ticket.heardAt = context.now
      } else {
        state.post(request.reason, on: ticket, .internal, &context)
      }
      let verdict = request.isMisuse ? "without need" : "with reason"
      state.commit(
        &ticket, "misuse.reviewed", "The class of ticket \(ticket.number) was claimed \(verdict).", context)
      return ticket
    }
  }
}
