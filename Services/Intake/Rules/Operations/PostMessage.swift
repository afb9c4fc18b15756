public import Policy

/// Adds a message to a ticket.
public enum PostMessage {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// On which ticket.
    public var ticketID: TicketID
    /// Which way it goes; a portal writes for the customer only.
    public var direction: TicketMessage.Direction
    /// How it came or goes.
    public var channel: String
    /// 1 byte to 64 KiB.
    public var text: String
    /// Who wrote it; nil: the caller.
    public var author: String?

    /// A request as given.
    public init(
      ticketID: TicketID, direction: TicketMessage.Direction, channel: String, text: String, author: String? = nil
    ) {
      self.ticketID = ticketID
      self.direction = direction
      self.channel = channel
      self.text = text
      self.author = author
    }
  }

  /// The message, and its ticket.
  public struct Reply: Sendable, Hashable {
    /// The new message.
    public var message: TicketMessage
    /// The ticket. A message to the customer is noted on it, others do not change it.
    public var ticket: Ticket
  }

  /// Needs the ticket and its plan; for a message to the customer also its work and visits, and its account. A message is
  /// taken in every state; what goes between the two sides is the plan's to admit.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      try Fields.message(request.text, "text")
      try Fields.word(request.channel, "channel")
      if context.caller.role == .portal, request.direction != .fromCustomer {
        throw Refused(.notAllowed, "A portal writes for the customer: the direction is from-customer.")
      }
      var ticket = try state.ticket(request.ticketID)
      if request.direction != .internal {
        var facts = ticket.known
        facts[.direction] = .text(request.direction.rawValue)
        facts[.role] = .text(context.caller.role.rawValue)
        if !request.channel.isEmpty { facts[.channel] = .text(request.channel) }
        try state.plan(ticket.planVersion).require(.message, facts, at: context.now)
      }
      guard
        let message = state.post(
          request.text, on: ticket, request.direction, channel: request.channel, author: request.author, &context)
      else { throw Fields.invalid("text", "must not be empty") }
      let text = "A message \(request.direction.rawValue) on ticket \(ticket.number)."
      if request.direction == .toCustomer {
        ticket.heardAt = context.now
        state.commit(&ticket, "message.posted", text, context)
      } else {
        state.common.changed("message.posted", ticket.id, version: ticket.version, text)
      }
      return Reply(message: message, ticket: ticket)
    }
  }
}
