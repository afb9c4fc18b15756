public import Policy

extension Kind {
  /// A mail that was taken.
  public enum Mail {}
}

/// The identifier of a mail that was taken.
public typealias MailID = ID<Kind.Mail>

/// A mail that was taken: the same one again changes nothing (E3).
public struct Mail: Record, Hashable {
  /// What came of it; the raw value is the word on the wire.
  public enum Outcome: String, CaseIterable, Sendable, Hashable {
    /// It opened the ticket.
    case opened
    /// It is a message on a ticket that was there.
    case continued
    /// It is answered with what is needed; it opened a ticket where the plan pages for it.
    case answered
    /// The plan does not take it.
    case refused
    /// A program wrote it.
    case ignored
  }

  /// What lies in a mail beside its text.
  public struct Attachment: Sendable, Hashable {
    /// As its writer named it, at most 200 bytes; may be empty.
    public var name: String
    /// Such as `image/png`.
    public var type: String
    /// In bytes, decoded.
    public var byteCount: Int

    /// An attachment as given.
    public init(name: String, type: String, byteCount: Int) {
      self.name = name
      self.type = type
      self.byteCount = byteCount
    }
  }

  /// The Message-ID without brackets and surrounding space.
  public let messageID: String
  /// The mail's identifier.
  public let id: MailID
  /// The ticket that it opened or continued; nil: none.
  public var ticketID: TicketID?
  /// The customer; nil: not known.
  public var accountID: AccountID?
  /// The writer's address; may be empty.
  public let sender: String
  /// One line, at most 200 bytes.
  public let subject: String
  /// The tenant's mailboxes that it went to, or what it was said to have gone to.
  public let recipients: [String]
  /// What came of it.
  public var outcome: Outcome
  /// Why it was answered, refused or ignored; empty otherwise.
  public var reason = ""
  /// Whether an answer was sent.
  public var isAnswered = false
  /// The original's size in bytes; 0: it is not kept.
  public var byteCount = 0
  /// In order; kept within the original.
  public var attachments: [Attachment] = []
  /// When it was taken.
  public let at: Instant

  /// A mail as given, of which no original is kept.
  public init(
    messageID: String, id: MailID, sender: String, subject: String, recipients: [String], outcome: Outcome,
    ticketID: TicketID? = nil, accountID: AccountID? = nil, at: Instant
  ) {
    self.messageID = messageID
    self.id = id
    self.sender = sender
    self.subject = subject
    self.recipients = recipients
    self.outcome = outcome
    self.ticketID = ticketID
    self.accountID = accountID
    self.at = at
  }

  /// The Message-ID: one mail's in a tenant.
  public var key: String { messageID }
  /// The ticket.
  public var group: TicketID? { ticketID }
}

/// A stretch of a mail's original. All of them in their order are the original; rows are only added.
public struct MailPiece: Sendable, Hashable {
  /// The most bytes of one.
  public static let byteCountMax = 262_144

  /// Whose it is.
  public let mailID: MailID
  /// From 1.
  public let place: Int64
  /// The bytes themselves, which no rule looks at.
  public let bytes: [UInt8]

  /// A piece as given.
  public init(mailID: MailID, place: Int64, bytes: [UInt8]) {
    self.mailID = mailID
    self.place = place
    self.bytes = bytes
  }

  /// In how many pieces so many bytes are kept.
  public static func count(of byteCount: Int) -> Int { (byteCount + byteCountMax - 1) / byteCountMax }
}

/// An address of the installation that belongs to the tenant.
public struct Mailbox: Record, Hashable {
  /// The most of one plan's version.
  public static let countMax = 100

  /// In small letters.
  public let address: String
  /// The plan by whose words those are answered whom nobody appointed.
  public var planVersion: PlanVersion
  /// When it was set.
  public var setAt: Instant

  /// A mailbox as given.
  public init(address: String, planVersion: PlanVersion, setAt: Instant) {
    self.address = address
    self.planVersion = planVersion
    self.setAt = setAt
  }

  /// The address.
  public var key: String { address }
  /// The plan.
  public var group: PlanVersion { planVersion }

  /// The one spelling of an address, by which it is looked up: neither side of the `@` knows large letters here.
  public static func folded(_ address: String) -> String { address.lowercased() }
}

/// How many answers a writer had lately, so that no two programs answer each other for ever.
public struct MailSender: Record, Hashable {
  /// The most answers to one address within an hour of the first.
  public static let answersAnHourMax = 3
  /// The most answers to one address within a day of the first.
  public static let answersADayMax = 10

  /// In small letters.
  public let address: String
  /// When the hour that is counted began.
  public var hourBeganAt: Instant
  /// Answers within it.
  public var inHour = 0
  /// When the day that is counted began.
  public var dayBeganAt: Instant
  /// Answers within it.
  public var inDay = 0

  /// Nobody who has been answered.
  public init(address: String, at now: Instant) {
    self.address = address
    hourBeganAt = now
    dayBeganAt = now
  }

  /// A sender as stored.
  public init(address: String, hourBeganAt: Instant, inHour: Int, dayBeganAt: Instant, inDay: Int) {
    self.address = address
    self.hourBeganAt = hourBeganAt
    self.inHour = inHour
    self.dayBeganAt = dayBeganAt
    self.inDay = inDay
  }

  /// The address.
  public var key: String { address }
  /// The address.
  public var group: String { address }

  /// Counts one more answer, if there may be one.
  public mutating func admits(at now: Instant) -> Bool {
    if now >= hourBeganAt + .hours(1) { (hourBeganAt, inHour) = (now, 0) }
    if now >= dayBeganAt + .hours(24) { (dayBeganAt, inDay) = (now, 0) }
    guard inHour < Self.answersAnHourMax, inDay < Self.answersADayMax else { return false }
    inHour += 1
    inDay += 1
    return true
  }
}

/// What people call a ticket by.
public struct TicketNumber: Record, Hashable {
  /// The number.
  public let number: Int64
  /// The ticket that has it.
  public let ticketID: TicketID

  /// A number as given.
  public init(number: Int64, ticketID: TicketID) {
    self.number = number
    self.ticketID = ticketID
  }

  /// The number.
  public var key: Int64 { number }
  /// The number.
  public var group: Int64 { number }
}
