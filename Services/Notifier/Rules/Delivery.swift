public import Policy

/// A message to one address. It waits until an attempt succeeds, or its destination says that none ever will, or the last
/// one before its ``deadline`` has failed.
public struct Delivery: Record {
  /// The longest ``html``, in bytes of UTF-8.
  public static let htmlByteCountMax = 128 * 1024

  public let id: DeliveryID
  public let cause: Cause
  /// The step of the escalation, from 1; 0 for a notice.
  public let step: Int
  /// Whom it is for; nil for a customer's contact.
  public let personID: PersonID?
  /// The person's or contact's name.
  public let recipient: String
  public let method: DeliveryMethod
  public let address: String
  /// One line.
  public let subject: String
  /// At most 16 KiB.
  public let text: String
  /// What made subject and text: a template's kind, language and edition; empty: nothing did.
  public let template: String
  /// The same in HTML, a whole document of at most ``htmlByteCountMax`` bytes; nil: plain text alone.
  public let html: String?
  public var state: State
  /// Whether an attempt may be made now; false while it waits for the time of the next one.
  public var isReady: Bool
  /// Attempts recorded.
  public var attempts: Int
  public let createdAt: Instant
  /// When the last attempt is due, if none succeeds before.
  public var deadline: Instant
  /// What became of it, as who rings phones told; nil: nobody has.
  public var answer: Answer?
  public var answeredAt: Instant?
  /// The plan's clause that made it wait, quiet hours or merging; empty: it never did.
  public var heldBy: String
  /// Until when it waits, or waited; nil: it never did.
  public var heldUntil: Instant?
  /// With which others it waits.
  public var bundleID: BundleID?
  /// The message that carries it, where it was merged.
  public var carrierID: DeliveryID?
  /// The ticket that it is about; nil: none. Its identifier tells, so that an answer finds the ticket.
  public let ticketID: TicketID?
  /// Identifiers of the messages before it without brackets, in visible ASCII; the last is the one that it answers. Empty
  /// where it answers none.
  public let references: [String]
  /// Counts changes, from 1.
  public var version: Int64

  /// What a message is sent for.
  public enum Cause: Hashable, Sendable {
    case escalation(EscalationID)
    case notice(NoticeID)
    /// It carries messages that waited together.
    case bundle(BundleID)
    /// A mail that was not taken as it asks, by the answer's own identifier.
    case answer(SubjectID)

    /// The identifier, whichever it is.
    public var subject: SubjectID {
      switch self {
      case .escalation(let id): id.as()
      case .notice(let id): id.as()
      case .bundle(let id): id.as()
      case .answer(let id): id
      }
    }
  }

  /// How a delivery stands; the raw value is the word on the wire.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Attempts are made.
    case waiting
    /// It waits for quiet hours to end, or for others like it.
    case held
    case sent
    case failed
    /// Another message carries it.
    case merged
    /// What it was to tell was over before it could go.
    case withdrawn
  }

  public init(
    id: DeliveryID, cause: Cause, step: Int, personID: PersonID?, recipient: String, method: DeliveryMethod,
    address: String, subject: String, text: String, html: String? = nil, template: String = "", state: State = .waiting,
    isReady: Bool = true, attempts: Int = 0, createdAt: Instant, deadline: Instant? = nil, answer: Answer? = nil,
    answeredAt: Instant? = nil, heldBy: String = "", heldUntil: Instant? = nil, bundleID: BundleID? = nil,
    carrierID: DeliveryID? = nil, ticketID: TicketID? = nil, references: [String] = [], version: Int64 = 1
  ) {
    self.id = id
    self.cause = cause
    self.step = step
    self.personID = personID
    self.recipient = recipient
    self.method = method
    self.address = address
    self.subject = subject
    self.text = text
    self.html = html
    self.template = template
    self.state = state
    self.isReady = isReady
    self.attempts = attempts
    self.createdAt = createdAt
    self.deadline = deadline ?? createdAt + Retry.life(cause)
    self.answer = answer
    self.answeredAt = answeredAt
    self.heldBy = heldBy
    self.heldUntil = heldUntil
    self.bundleID = bundleID
    self.carrierID = carrierID
    self.ticketID = ticketID
    self.references = references
    self.version = version
  }

  public var key: DeliveryID { id }
  public var group: SubjectID { cause.subject }

  /// What it shares with other deliveries that go the same way, so that one slow way delays no other: its method, and of a
  /// webhook the host.
  public var destination: String {
    guard method == .webhook else { return method.rawValue }
    let scheme = "https://"
    let rest = address.lowercased().hasPrefix(scheme) ? address.dropFirst(scheme.count) : address[...]
    return "\(method.rawValue) \(rest.prefix { $0 != "/" && $0 != "?" }.lowercased())"
  }

  /// The name that the message has at every attempt (RFC 5322, section 3.6.4), the same from whichever process sends it.
  public var messageID: String { MailIdentity.messageID(id.as(), ticket: ticketID) }

  /// Whether it answers a mail: then it leaves without a sender, so that nobody answers it (RFC 3834, section 3.3).
  public var isAnswer: Bool { if case .answer = cause { true } else { false } }
}

/// What became of a call, or of a message that rings; the raw value is the word on the wire and in plans.
public enum Answer: String, CaseIterable, Hashable, Sendable {
  /// It rang, and nobody answered.
  case none
  /// A person answered.
  case person
  /// A machine took a message.
  case voicemail
  /// It was turned away: the line was busy, or somebody hung up.
  case refused
}

/// One try to deliver. It is never changed once recorded.
public struct DeliveryAttempt: Hashable, Sendable {
  public let deliveryID: DeliveryID
  /// From 1.
  public let number: Int
  public let at: Instant
  public let succeeded: Bool
  /// What the destination said, at most 1,000 bytes.
  public let outcome: String

  public init(deliveryID: DeliveryID, number: Int, at: Instant, succeeded: Bool, outcome: String) {
    self.deliveryID = deliveryID
    self.number = number
    self.at = at
    self.succeeded = succeeded
    self.outcome = outcome
  }
}
