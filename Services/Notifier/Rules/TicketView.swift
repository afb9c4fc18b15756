public import Policy

/// A ticket as intake told it: what a person who is told needs to know, and what stops a ladder.
public struct TicketView: Record, Hashable {
  public let id: TicketID
  public var number: Int64
  public var accountID: AccountID
  /// What it is about, on one line.
  public var subject: String
  public var accountName: String
  public var contactName: String
  /// Empty where the plan has no classes.
  public var ticketClass: String
  public var state: State
  /// Pinned when the ticket was opened.
  public var planVersion: PlanVersion
  public var openedAt: Instant
  public var acknowledgedAt: Instant?
  public var contactedAt: Instant?

  /// The state of a ticket in intake; the raw value is the word on the wire.
  public enum State: String, CaseIterable, Hashable, Sendable {
    case open
    case dispatched
    case resolved
    case closed

    /// Whether something is still promised.
    public var isOpen: Bool {
      switch self {
      case .open, .dispatched: true
      case .resolved, .closed: false
      }
    }
  }

  public init(
    id: TicketID, number: Int64, accountID: AccountID, subject: String, accountName: String, contactName: String,
    ticketClass: String, state: State, planVersion: PlanVersion, openedAt: Instant, acknowledgedAt: Instant?,
    contactedAt: Instant?
  ) {
    self.id = id
    self.number = number
    self.accountID = accountID
    self.subject = subject
    self.accountName = accountName
    self.contactName = contactName
    self.ticketClass = ticketClass
    self.state = state
    self.planVersion = planVersion
    self.openedAt = openedAt
    self.acknowledgedAt = acknowledgedAt
    self.contactedAt = contactedAt
  }

  public var key: TicketID { id }
  public var group: TicketID { id }
}
