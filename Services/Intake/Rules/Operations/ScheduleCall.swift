public import Policy

/// Agrees with a customer when the desk will call: help by telephone for which nobody was free is put off until then (E5).
public enum ScheduleCall {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// About which ticket.
    public var ticketID: TicketID
    /// When the desk will call.
    public var at: Instant
    /// What else the customer is told, at most 1,000 bytes.
    public var note: String

    /// A request as given.
    public init(ticketID: TicketID, at: Instant, note: String = "") {
      self.ticketID = ticketID
      self.at = at
      self.note = note
    }
  }

  /// Needs the ticket with its work and visits, its account and its plan. It is no contact, and moves no clock.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.note(request.note, "note")
      guard request.at >= context.now else { throw Fields.invalid("at_ms", "must not be past") }
      var ticket = try state.ticket(request.ticketID, in: .active)
      let plan = try state.plan(ticket.planVersion)
      // A ticket outlives a release (P5); the hours of its channel it does not.
      let failed = plan.admit(ticket.facts, at: request.at).failed.filter { $0.id != plan.product?.id }
      guard failed.isEmpty else {
        let ids = failed.map(\.id).joined(separator: ", ")
        throw Refused(.admission, "The plan does not take such a ticket at that time: \(ids).", clauses: failed)
      }
      ticket.callAt = request.at
      ticket.heardAt = context.now
      state.common.timers.arm(IntakeState.callTimer, ticket.id, at: request.at)
      let words = "We will call you at \(plan.zone.civil(request.at)) (\(plan.zone.name))."
      state.post(
        request.note.isEmpty ? words : "\(words)\n\(request.note)", on: ticket, .toCustomer, channel: ticket.channel,
        &context)
      state.commit(
        &ticket, "call.scheduled", "Ticket \(ticket.number): the desk will call at \(plan.zone.civil(request.at)).",
        context)
      return ticket
    }
  }
}

/// What happens at the time of an agreed call: those who watch the desk are told.
public enum CallFallsDue {
  /// Needs the ticket. Nothing when the customer was reached meanwhile, or the work has ended.
  public static func decide(_ id: TicketID, _ state: inout IntakeState, _ context: inout Context) -> Decision<Void> {
    guard let ticket = state.tickets[id], ticket.isActive, ticket.callAt.map({ $0 <= context.now }) ?? false else {
      return .accepted(())
    }
    state.common.changed(
      "call.due", id, version: ticket.version, "Ticket \(ticket.number): the customer is to be called now.")
    return .accepted(())
  }
}

extension IntakeState {
  /// The customer was reached, or the work has ended: there is nothing to call for.
  mutating func dropCall(of ticket: inout Ticket) {
    guard ticket.callAt != nil else { return }
    ticket.callAt = nil
    common.timers.disarm(Self.callTimer, ticket.id)
  }
}
