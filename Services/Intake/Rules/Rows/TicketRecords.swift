public import Policy

/// A message on a ticket.
public struct TicketMessage: Hashable, Sendable {
  /// Which way it went.
  public enum Direction: String, CaseIterable, Hashable, Sendable {
    case fromCustomer = "from-customer"
    case toCustomer = "to-customer"
    /// From or to someone who is neither the customer nor the provider.
    case thirdParty = "third-party"
    case `internal` = "internal"
  }

  /// The message's identifier.
  public let id: MessageID
  /// The ticket.
  public let ticketID: TicketID
  /// Which way it went.
  public let direction: Direction
  /// How it came or went; empty for an internal one.
  public let channel: String
  /// Who wrote it: `role/name`, or a service.
  public let author: String
  /// At most 64 KiB.
  public let text: String
  /// When.
  public let at: Instant

  /// A message as given.
  public init(
    id: MessageID, ticketID: TicketID, direction: Direction, channel: String, author: String, text: String, at: Instant
  ) {
    self.id = id
    self.ticketID = ticketID
    self.direction = direction
    self.channel = channel
    self.author = author
    self.text = text
    self.at = at
  }
}

/// A record of work done on a ticket.
public struct WorkRecord: Record, Hashable {
  /// How the work was done.
  public enum Mode: String, CaseIterable, Hashable, Sendable {
    case helpdesk, telephone, remote, onsite
  }

  /// The record's identifier.
  public let id: WorkID
  /// The ticket.
  public let ticketID: TicketID
  /// How the work was done.
  public let mode: Mode
  /// Who did it.
  public let engineer: String
  /// When it started.
  public let from: Instant
  /// When it ended: the first instant that is not work.
  public let to: Instant
  /// In words.
  public let note: String
  /// When it was recorded.
  public let recordedAt: Instant
  /// The stretch of the ticket that it belongs to: how often the ticket had been reopened.
  public let stretch: Int64
  /// The record of another ticket that this one took over; nil: none.
  public let movedFrom: WorkID?

  /// A record as given.
  public init(
    id: WorkID, ticketID: TicketID, mode: Mode, engineer: String, from: Instant, to: Instant, note: String,
    recordedAt: Instant, stretch: Int64, movedFrom: WorkID? = nil
  ) {
    self.id = id
    self.ticketID = ticketID
    self.mode = mode
    self.engineer = engineer
    self.from = from
    self.to = to
    self.note = note
    self.recordedAt = recordedAt
    self.stretch = stretch
    self.movedFrom = movedFrom
  }

  /// The identifier.
  public var key: WorkID { id }
  /// The ticket.
  public var group: TicketID { ticketID }
}

/// A visit to a customer's site.
public struct Visit: Record, Hashable {
  /// Why someone goes.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Sent after help from afar was not enough.
    case dispatch
    /// Booked by the customer.
    case appointment
    /// Regular maintenance, for no ticket in particular.
    case maintenance
  }

  /// The visit's identifier.
  public let id: VisitID
  /// The customer.
  public let accountID: AccountID
  /// The ticket; nil for maintenance.
  public let ticketID: TicketID?
  /// Why someone goes.
  public let kind: Kind
  /// Who goes.
  public let engineer: String
  /// When someone is expected; nil: as soon as possible.
  public let plannedAt: Instant?
  /// When someone arrived.
  public var arrivedAt: Instant?
  /// When they left.
  public var departedAt: Instant?
  /// When it was called off.
  public var cancelledAt: Instant?
  /// The stretch of the ticket that it belongs to: how often the ticket had been reopened.
  public let stretch: Int64

  /// A visit as given.
  public init(
    id: VisitID, accountID: AccountID, ticketID: TicketID?, kind: Kind, engineer: String, plannedAt: Instant?,
    stretch: Int64, arrivedAt: Instant? = nil, departedAt: Instant? = nil, cancelledAt: Instant? = nil
  ) {
    self.id = id
    self.accountID = accountID
    self.ticketID = ticketID
    self.kind = kind
    self.engineer = engineer
    self.plannedAt = plannedAt
    self.stretch = stretch
    self.arrivedAt = arrivedAt
    self.departedAt = departedAt
    self.cancelledAt = cancelledAt
  }

  /// Whether someone is on site.
  public var isUnderWay: Bool { arrivedAt != nil && departedAt == nil && cancelledAt == nil }

  /// The identifier.
  public var key: VisitID { id }
  /// The ticket; maintenance visits share a group that nobody lists.
  public var group: TicketID? { ticketID }
}

/// A request for help that the plan refused.
public struct Attempt: Hashable, Sendable {
  /// The attempt's identifier.
  public let id: ID<Kind.Request>
  /// The customer; nil: unknown.
  public let accountID: AccountID?
  /// Who asked.
  public let caller: String
  /// How it came in.
  public let channel: String
  /// What it was about.
  public let subject: String
  /// When.
  public let at: Instant
  /// Every clause that failed.
  public let findings: [FailedClause]
  /// What was asked for.
  public let asked: AdmissionSubject
  /// The decision; nil where there was no plan to decide by.
  public let record: AdmissionRecord?

  /// An attempt as given.
  public init(
    id: ID<Kind.Request>, accountID: AccountID?, caller: String, channel: String, subject: String, at: Instant,
    findings: [FailedClause], asked: AdmissionSubject, record: AdmissionRecord?
  ) {
    self.id = id
    self.accountID = accountID
    self.caller = caller
    self.channel = channel
    self.subject = subject
    self.at = at
    self.findings = findings
    self.asked = asked
    self.record = record
  }
}
