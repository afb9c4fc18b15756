public import Policy

/// Work on a ticket has begun.
public enum BeginTicket {
  /// Needs the ticket with its work and visits, and its account. The first beginning counts; another changes nothing.
  public static func decide(
    _ id: TicketID, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      var ticket = try state.ticket(id, in: .active)
      guard ticket.workBegunAt == nil else { return ticket }
      ticket.workBegunAt = context.now
      state.commit(&ticket, "ticket.begun", "Work on ticket \(ticket.number) has begun.", context)
      return ticket
    }
  }
}
