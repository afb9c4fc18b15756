public import Policy

/// Says that a ticket is a repeat of an earlier one.
public enum LinkTicket {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// The repeat.
    public var ticketID: TicketID
    /// What it repeats: an earlier ticket of the same customer that was closed.
    public var earlierTicketID: TicketID

    /// A request as given.
    public init(ticketID: TicketID, earlierTicketID: TicketID) {
      self.ticketID = ticketID
      self.earlierTicketID = earlierTicketID
    }
  }

  /// Needs both tickets, and the work, visits and account of the first.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      var ticket = try state.ticket(request.ticketID, in: [.open, .dispatched, .resolved])
      try link(&ticket, to: request.earlierTicketID, state)
      state.commit(&ticket, "ticket.linked", "Ticket \(ticket.number) repeats an earlier one.", context)
      return ticket
    }
  }

  static func link(_ ticket: inout Ticket, to id: TicketID, _ state: IntakeState) throws(Refused) {
    let earlier = try state.ticket(id)
    guard earlier.accountID == ticket.accountID else {
      throw Refused(.notFound("ticket"), "There is no ticket \(id) of this account.")
    }
    guard !earlier.isMerged else {
      throw Refused(
        .conflict(state: "merged"), "Ticket \(earlier.number) was merged into another: what it was about is there.")
    }
    guard id != ticket.id else { throw Fields.invalid("earlier_ticket_id", "must be another ticket") }
    guard let closed = earlier.closedAt, closed <= ticket.openedAt else {
      throw Refused(
        .conflict(state: earlier.state.rawValue),
        "Ticket \(earlier.number) was not closed before this one was opened: only a closed one can be repeated.")
    }
    ticket.repeats(earlier, closed: closed)
  }
}
