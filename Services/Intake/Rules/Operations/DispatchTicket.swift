public import Policy

/// Sends someone to the customer's site.
public enum DispatchTicket {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Which ticket.
    public var ticketID: TicketID
    /// Who goes.
    public var engineer: String
    /// When they are expected; nil: as soon as possible.
    public var plannedAt: Instant?
    /// The ledger's quote that holds the credits; nil: the ledger holds what the plan says.
    public var quoteID: QuoteID?

    /// A request as given.
    public init(ticketID: TicketID, engineer: String, plannedAt: Instant? = nil, quoteID: QuoteID? = nil) {
      self.ticketID = ticketID
      self.engineer = engineer
      self.plannedAt = plannedAt
      self.quoteID = quoteID
    }
  }

  /// The ticket, and the visit that was made.
  public struct Reply: Sendable, Hashable {
    /// The ticket after the change.
    public var ticket: Ticket
    /// The new visit.
    public var visit: Visit
  }

  /// Needs the ticket with its work and visits, and its account.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try Fields.name(request.engineer, "engineer")
      var ticket = try state.ticket(request.ticketID, in: .active)
      if let planned = request.plannedAt, planned < context.now {
        throw Fields.invalid("planned_ms", "must not be past")
      }
      let visit = Visit(
        id: context.id(), accountID: ticket.accountID, ticketID: ticket.id, kind: .dispatch,
        engineer: request.engineer, plannedAt: request.plannedAt, stretch: ticket.reopened)
      state.visits.insert(visit)
      ticket.state = .dispatched
      if ticket.dispatchedAt == nil { ticket.dispatchedAt = context.now }
      if let quote = request.quoteID { ticket.quoteID = quote }
      state.commit(
        &ticket, "ticket.dispatched", "\(visit.engineer) was sent for ticket \(ticket.number).", context)
      return Reply(ticket: ticket, visit: visit)
    }
  }
}
