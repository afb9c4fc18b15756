public import Policy

/// Records a contact's answer to a gate inside the work: silence is no answer.
public enum RecordConsent {
  /// The highest block, and the most decisions of one ticket.
  public static let blockMax: Int64 = 100

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// On which ticket.
    public var ticketID: TicketID
    /// What was asked.
    public var gate: ConsentDecision.Gate
    /// Which block beyond the first, 1 to 100; 0 for an assessment.
    public var block: Int64
    /// Who decided: a contact who is appointed.
    public var contactID: ContactID
    /// The answer.
    public var isGranted: Bool
    /// In words.
    public var note: String
    /// When the contact answered; nil: now.
    public var at: Instant?

    /// A request as given.
    public init(
      ticketID: TicketID, gate: ConsentDecision.Gate, block: Int64, contactID: ContactID, isGranted: Bool,
      note: String = "", at: Instant? = nil
    ) {
      self.ticketID = ticketID
      self.gate = gate
      self.block = block
      self.contactID = contactID
      self.isGranted = isGranted
      self.note = note
      self.at = at
    }
  }

  /// Needs the ticket with its work and visits, its account, its plan, and the contact.
  ///
  /// The answer covers work from its own instant on. The desk may enter later what a contact said before; a portal's
  /// answer is given as it arrives.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.note(request.note, "decision.note")
      switch request.gate {
      case .assessment:
        guard request.block == 0 else { throw Fields.invalid("decision.block", "is 0 for an assessment") }
      case .block:
        guard (1...blockMax).contains(request.block) else {
          throw Fields.invalid("decision.block", "is 1 to \(blockMax)")
        }
      }
      var ticket = try state.ticket(request.ticketID, in: .active)
      guard let contact = state.contacts[request.contactID], contact.accountID == ticket.accountID else {
        throw Refused(.notFound("contact"), "There is no contact \(request.contactID) of this account.")
      }
      guard contact.endedAt == nil else {
        throw Refused(.conflict(state: "ended"), "\(contact.name) is no longer appointed.")
      }
      guard ticket.consents.count < Int(blockMax) else {
        throw Refused(.limit("consents"), "A ticket has at most \(blockMax) decisions.")
      }
      _ = try state.plan(ticket.planVersion)
      let at = try answered(request, ticket, context)
      ticket.consents.append(
        ConsentDecision(
          gate: request.gate, block: request.block, contactID: contact.id, isGranted: request.isGranted,
          note: request.note, at: at, stretch: ticket.reopened))
      let answer = request.isGranted ? "agreed to" : "declined"
      let what = request.gate == .block ? "block \(request.block) beyond the first" : "going on after the assessment"
      state.commit(
        &ticket, "consent.recorded", "\(contact.name) \(answer) \(what) of ticket \(ticket.number).", context)
      return ticket
    }
  }

  private static func answered(_ request: Request, _ ticket: Ticket, _ context: Context) throws(Refused) -> Instant {
    guard let at = request.at, context.caller.role != .portal else { return context.now }
    guard at <= context.now else { throw Fields.invalid("decision.at_ms", "must not be in the future") }
    guard at >= ticket.reopenedAt ?? ticket.openedAt else {
      throw Fields.invalid("decision.at_ms", "must not lie before the ticket was opened or last reopened")
    }
    return at
  }
}
