public import Policy

extension Kind {
  /// A report of a call.
  public enum Call {}
}

/// The identifier of a report of a call.
public typealias CallReportID = ID<Kind.Call>

/// What a gateway reported of a call to the desk. A call may have several reports: keys that were pressed, then how it
/// ended. Rows are only added.
public struct Call: Record, Hashable {
  /// What came of it; the raw value is the word on the wire.
  public enum Outcome: String, CaseIterable, Sendable, Hashable {
    /// It opened the ticket.
    case opened
    /// It belongs to a ticket that was open.
    case continued
    /// The plan does not take it.
    case refused
  }

  /// How a call ended; the raw value is the word on the wire and in plans.
  public enum Answer: String, CaseIterable, Sendable, Hashable {
    /// It rang, and nobody answered.
    case none
    /// A person answered.
    case person
    /// A machine took a message.
    case voicemail
    /// The line was busy, or somebody hung up.
    case refused
  }

  /// The gateway's name of the call, and which report of it this is.
  public struct Key: Hashable, Comparable, Sendable {
    /// 1 to 200 bytes, never used for another call of the tenant.
    public var callID: String
    /// From 1.
    public var report: Int64

    /// A key as given.
    public init(callID: String, report: Int64) {
      self.callID = callID
      self.report = report
    }

    /// By call, then by report.
    public static func < (a: Key, b: Key) -> Bool { (a.callID, a.report) < (b.callID, b.report) }
  }

  /// What a machine took.
  public struct Voicemail: Sendable, Hashable {
    /// Its length.
    public var seconds: Int64
    /// Where it is kept, at most 1,000 bytes; may be empty.
    public var reference: String

    /// A message as given.
    public init(seconds: Int64, reference: String) {
      self.seconds = seconds
      self.reference = reference
    }
  }

  /// The gateway's name of it.
  public let key: Key
  /// The report's own identifier.
  public let id: CallReportID
  /// The number that was dialled, in international form.
  public let dialled: String
  /// The caller's number as the gateway has it; empty: withheld.
  public let caller: String
  /// Keys that were pressed, such as `3,9`; empty: none.
  public let digits: String
  /// How it ended; nil: it goes on, or nobody knows.
  public let answer: Answer?
  /// Who answered; empty: not known.
  public let by: String
  /// What a machine took; nil: nothing.
  public let voicemail: Voicemail?
  /// The customer; nil: not known.
  public var accountID: AccountID?
  /// The contact who called; nil: nobody whom the customer appointed.
  public var contactID: ContactID?
  /// The ticket; nil: none.
  public var ticketID: TicketID?
  /// What came of it.
  public var outcome: Outcome
  /// The clauses that refused it; empty otherwise.
  public var reason = ""
  /// When it was reported.
  public let at: Instant

  /// A report as given, of which nothing has come yet.
  public init(
    key: Key, id: CallReportID, dialled: String, caller: String, digits: String, answer: Answer?, by: String,
    voicemail: Voicemail?, outcome: Outcome, at: Instant
  ) {
    self.key = key
    self.id = id
    self.dialled = dialled
    self.caller = caller
    self.digits = digits
    self.answer = answer
    self.by = by
    self.voicemail = voicemail
    self.outcome = outcome
    self.at = at
  }

  /// The call.
  public var group: String { key.callID }
}

/// A call about a ticket, as the notifier is told of it.
public struct TicketCall: Sendable, Hashable {
  /// Counts the calls of the ticket, from 1.
  public var number: Int64
  /// Keys that were pressed, such as `3,9`; empty: none.
  public var digits: String
  /// How it ended; nil: it goes on.
  public var answer: Call.Answer?
  /// Who answered; empty: not known.
  public var by: String

  /// A call as given.
  public init(number: Int64, digits: String, answer: Call.Answer?, by: String) {
    self.number = number
    self.digits = digits
    self.answer = answer
    self.by = by
  }
}

/// A ticket on which work goes on, listed under its customer.
public struct OpenTicketView: Record, Hashable {
  /// The ticket.
  public let ticketID: TicketID
  /// The customer.
  public let accountID: AccountID

  /// A view as given.
  public init(ticketID: TicketID, accountID: AccountID) {
    self.ticketID = ticketID
    self.accountID = accountID
  }

  /// The ticket.
  public var key: TicketID { ticketID }
  /// The customer.
  public var group: AccountID { accountID }
}
