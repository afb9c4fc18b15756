public import Policy

/// A mail that was taken: the same one again changes nothing (E3).
public struct Mail: Record, Hashable {
  /// The Message-ID without brackets and surrounding space.
  public let messageID: String
  /// The ticket that it opened; nil: it opened none.
  public let ticketID: TicketID?
  /// When it was taken.
  public let at: Instant

  /// A mail as given.
  public init(messageID: String, ticketID: TicketID?, at: Instant) {
    self.messageID = messageID
    self.ticketID = ticketID
    self.at = at
  }

  /// The Message-ID: one mail's in a tenant.
  public var key: String { messageID }
  /// The ticket.
  public var group: TicketID? { ticketID }
}
