public import Policy

/// The end of the work is accepted.
public enum CloseTicket {
  /// Needs the ticket with its work and visits, and its account.
  public static func decide(
    _ id: TicketID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      var ticket = try state.ticket(id, in: [.resolved])
      ticket.state = .closed
      ticket.closedAt = context.now
      ticket.closures.append(context.now)
      state.commit(&ticket, "ticket.closed", "Ticket \(ticket.number) was closed.", context)
      return ticket
    }
  }
}
