public import Policy

/// Ends the work on a ticket.
public enum ResolveTicket {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Which ticket.
    public var ticketID: TicketID
    /// How it ended.
    public var resolution: Ticket.Resolution
    /// In words; empty: nothing to keep.
    public var note: String

    /// A request as given.
    public init(ticketID: TicketID, resolution: Ticket.Resolution, note: String = "") {
      self.ticketID = ticketID
      self.resolution = resolution
      self.note = note
    }
  }

  /// Needs the ticket with its work and visits, its account and its plan.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.note(request.note, "note")
      var ticket = try state.ticket(request.ticketID, in: .active)
      try ticket.requireNobodyAtWork()
      state.post(request.note, on: ticket, .internal, &context)
      if ticket.pausedSince != nil {
        let plan = try state.plan(ticket.planVersion)
        ticket.endPauses(at: context.now, plan, appointment: state.appointment(of: ticket))
      }
      state.dropCall(of: &ticket)
      ticket.state = .resolved
      ticket.resolvedAt = context.now
      ticket.resolution = request.resolution
      ticket.resolvedByHelpdesk =
        switch request.resolution {
        case .fixed, .workaround: state.isByHelpdesk(ticket)
        case .unresolved, .cancelled: false
        }
      state.commit(
        &ticket, "ticket.resolved", "Ticket \(ticket.number) ended: \(request.resolution.rawValue).", context)
      return ticket
    }
  }
}

extension IntakeState {
  /// Whether nobody was on site, or is to go there, in the ticket's present stretch.
  fileprivate func isByHelpdesk(_ ticket: Ticket) -> Bool {
    let visits = visits.members(of: ticket.id).filter { $0.stretch == ticket.reopened && $0.cancelledAt == nil }
    let work = ownWork(of: ticket)
    return visits.isEmpty && ticket.maintenanceVisitID == nil && !work.contains { $0.mode == .onsite }
  }
}
