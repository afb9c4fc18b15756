public import Policy

/// Adds a part that was bought for the customer at a price that they agreed to.
public enum AddPart {
  /// The most parts of one ticket.
  public static let countMax = 100
  /// The highest price, in units.
  public static let priceMax: Int64 = 1_000_000_000
  /// The longest time to buy and fit one, in minutes.
  public static let minutesMax: Int64 = 60_000

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// For which ticket.
    public var ticketID: TicketID
    /// What it is.
    public var name: String
    /// Units agreed, 0 or more.
    public var price: Int64
    /// Whole minutes to buy and fit it.
    public var minutes: Int64
    /// The quote in which the price was agreed.
    public var quoteID: QuoteID?

    /// A request as given.
    public init(ticketID: TicketID, name: String, price: Int64, minutes: Int64, quoteID: QuoteID?) {
      self.ticketID = ticketID
      self.name = name
      self.price = price
      self.minutes = minutes
      self.quoteID = quoteID
    }
  }

  /// Needs the ticket with its work and visits, its account and its plan.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try Fields.name(request.name, "part.name")
      guard (0...priceMax).contains(request.price) else { throw Fields.invalid("part.price", "is 0 to \(priceMax)") }
      guard (0...minutesMax).contains(request.minutes) else {
        throw Fields.invalid("part.minutes", "is 0 to \(minutesMax)")
      }
      var ticket = try state.ticket(request.ticketID, in: .active)
      let plan = try state.plan(ticket.planVersion)
      if plan.parts?.rate == nil, request.price > 0 || request.minutes > 0, request.quoteID == nil {
        throw Refused(
          .needsQuote(clause: plan.parts?.id ?? "parts"), "The plan has no rate for parts: a quote is agreed first.")
      }
      guard ticket.parts.count < countMax else {
        throw Refused(.limit("parts"), "A ticket has at most \(countMax) parts.")
      }
      ticket.parts.append(
        Part(name: request.name, price: request.price, minutes: request.minutes, stretch: ticket.reopened))
      if ticket.quoteID == nil { ticket.quoteID = request.quoteID }
      state.commit(&ticket, "part.added", "Ticket \(ticket.number) has a part: \(request.name).", context)
      return ticket
    }
  }
}
