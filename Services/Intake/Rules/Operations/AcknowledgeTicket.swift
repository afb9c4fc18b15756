public import Policy

/// Someone has seen the ticket. An automatic reply is no acknowledgement.
public enum AcknowledgeTicket {
  /// Needs the ticket with its work and visits, and its account. The first acknowledgement counts; another changes
  /// nothing.
  public static func decide(
    _ id: TicketID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      var ticket = try state.ticket(id, in: .active)
      guard ticket.acknowledgedAt == nil else { return ticket }
      ticket.acknowledgedAt = context.now
      state.commit(
        &ticket, "ticket.acknowledged", "\(context.caller) has seen ticket \(ticket.number).", context)
      return ticket
    }
  }
}
