public import Policy

/// Takes up a ticket again whose work had ended.
public enum ReopenTicket {
  /// The most reopenings of one ticket.
  public static let countMax: Int64 = 100

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Which ticket.
    public var ticketID: TicketID
    /// Why; kept as a message.
    public var reason: String

    /// A request as given.
    public init(ticketID: TicketID, reason: String) {
      self.ticketID = ticketID
      self.reason = reason
    }
  }

  /// Needs the ticket with its work and visits, and its account.
  ///
  /// A new stretch begins: what is done from now on is rated apart, as a repeat of what was done before. Whether
  /// someone was sent or is on site is asked anew. The ladder of the ticket's class begins anew; the promises stay as they
  /// stood, since a plan makes them of the ticket: what was met stays met, what was missed stays missed, and what the end
  /// had stopped in time goes on if it is still ahead.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.note(request.reason, "reason")
      guard !request.reason.isEmpty else { throw Refused(.needsReason, "Say why the ticket is taken up again.") }
      var ticket = try state.ticket(request.ticketID, in: [.resolved, .closed])
      try takeUp(&ticket, at: context.now)
      let byCustomer = context.caller.role == .portal
      state.post(request.reason, on: ticket, byCustomer ? .fromCustomer : .internal, &context)
      state.commit(&ticket, "ticket.reopened", "Ticket \(ticket.number) was reopened.", context)
      return ticket
    }
  }

  /// Begins a new stretch of a ticket that has ended, unless it may not be reopened, and calls for the ladder of its class;
  /// the caller stores it.
  static func takeUp(_ ticket: inout Ticket, at now: Instant) throws(Refused) {
    guard !ticket.isMerged else {
      throw Refused(.conflict(state: "merged"), "Ticket \(ticket.number) was merged into another: go on there.")
    }
    guard ticket.reopened < countMax else {
      throw Refused(.limit("reopened"), "A ticket is reopened at most \(countMax) times: open a new one.")
    }
    guard let ended = ticket.resolvedAt, let resolution = ticket.resolution else {
      throw Refused(.conflict(state: ticket.state.rawValue), "Ticket \(ticket.number) has not ended.")
    }
    ticket.stretches.append(ticket.endedStretch(resolvedAt: ended, resolution))
    ticket.earlierClosedAt = ticket.state == .closed ? ticket.closedAt : ticket.resolvedAt
    ticket.earlierHasSameAsset = ticket.assetID != nil
    ticket.reopened += 1
    ticket.reopenedAt = now
    ticket.summonedAt = now
    ticket.state = .open
    ticket.resolvedAt = nil
    ticket.resolution = nil
    ticket.resolvedByHelpdesk = false
    ticket.dispatchedAt = nil
    ticket.attendedAt = nil
    ticket.maintenanceVisitID = nil
    ticket.quoteID = nil
    // A clock that work's end had stopped in time does not count the time in between against the provider.
    ticket.targets.removeAll { !$0.isSettled && $0.due < now }
  }
}
