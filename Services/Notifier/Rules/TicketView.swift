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
  /// When a person last told the customer something.
  public var heardAt: Instant?
  /// When the customer last called for the ladder of its class anew.
  public var summonedAt: Instant?
  /// The question after each closure, the earliest closure first; none where the plan asks nothing. This service's own.
  public var surveys: [Survey]
  /// How many of the customer's own calls about it have been taken. This service's own.
  public var callsTaken: Int64

  /// The question how it went, after one closure.
  public struct Survey: Hashable, Sendable {
    public let closedAt: Instant
    public let askAt: Instant
    /// Whether the customer was asked.
    public var isAsked: Bool

    public init(closedAt: Instant, askAt: Instant, isAsked: Bool = false) {
      self.closedAt = closedAt
      self.askAt = askAt
      self.isAsked = isAsked
    }
  }

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
    contactedAt: Instant?, heardAt: Instant? = nil, summonedAt: Instant? = nil, surveys: [Survey] = [],
    callsTaken: Int64 = 0
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
    self.heardAt = heardAt
    self.summonedAt = summonedAt
    self.surveys = surveys
    self.callsTaken = callsTaken
  }

  public var key: TicketID { id }
  public var group: TicketID { id }
}
