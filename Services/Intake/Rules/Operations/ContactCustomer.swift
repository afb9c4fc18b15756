public import Policy

/// A person reached the customer.
public enum ContactCustomer {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// About which ticket.
    public var ticketID: TicketID
    /// What was said; empty: nothing to keep.
    public var note: String

    /// A request as given.
    public init(ticketID: TicketID, note: String = "") {
      self.ticketID = ticketID
      self.note = note
    }
  }

  /// Needs the ticket with its work and visits, and its account. The first contact counts; a later one keeps its note, and
  /// that the customer heard something.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.note(request.note, "note")
      var ticket = try state.ticket(request.ticketID, in: .active)
      state.post(request.note, on: ticket, .internal, &context)
      guard ticket.heardAt != context.now else { return ticket }
      ticket.heardAt = context.now
      ticket.contactedAt = ticket.contactedAt ?? context.now
      state.commit(
        &ticket, "ticket.contacted", "The customer of ticket \(ticket.number) was reached.", context)
      return ticket
    }
  }
}
