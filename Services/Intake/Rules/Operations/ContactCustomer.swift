public import Policy

/// The desk answered the customer. What an answer counts as is the plan's to say: a program's counts as nothing (E2, E5).
public enum ContactCustomer {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// About which ticket.
    public var ticketID: TicketID
    /// What was said; empty: nothing to keep.
    public var note: String
    /// What kind of answer it was: a reply, a preliminary one, or a program's.
    public var event: ContactEvent

    /// A request as given.
    public init(ticketID: TicketID, note: String = "", event: ContactEvent = .reply) {
      self.ticketID = ticketID
      self.note = note
      self.event = event
    }
  }

  /// Answers, of what can happen between the desk and a customer.
  public static let events: [ContactEvent] = [.reply, .preliminaryReply, .automaticReply]

  /// Needs the ticket with its work and visits, its account and its plan. The first answer of its kind counts; a later one
  /// keeps its note, and that the customer heard something of a person.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.note(request.note, "note")
      var ticket = try state.ticket(request.ticketID, in: .active)
      state.post(request.note, on: ticket, .internal, &context)
      guard events.contains(request.event) else {
        throw Fields.invalid("event", "is one of \(events.map(\.rawValue).joined(separator: ", "))")
      }
      let before = ticket
      for milestone in try state.plan(ticket.planVersion).milestones(of: request.event) {
        ticket.reach(milestone, at: context.now)
      }
      if request.event != .automaticReply { ticket.heardAt = context.now }
      if request.event == .reply { state.dropCall(of: &ticket) }
      guard ticket != before else { return ticket }
      let isContact = ticket.contactedAt != before.contactedAt || ticket.acknowledgedAt == before.acknowledgedAt
      state.commit(
        &ticket, isContact ? "ticket.contacted" : "ticket.acknowledged",
        "The customer of ticket \(ticket.number) \(isContact ? "was reached" : "was answered").", context)
      return ticket
    }
  }
}

extension Ticket {
  /// Marks a milestone as reached, unless it was before. Being there and the end of the work have operations of their own.
  fileprivate mutating func reach(_ milestone: Milestone, at now: Instant) {
    switch milestone {
    case .acknowledged: acknowledgedAt = acknowledgedAt ?? now
    case .contacted: contactedAt = contactedAt ?? now
    case .workBegun: workBegunAt = workBegunAt ?? now
    case .attended, .resolved: break
    }
  }
}
