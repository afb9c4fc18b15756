/// What becomes of a request that comes in by a channel: the first rule that names the channel and whose `when` holds.
public struct ChannelRule: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// The channels that it is about.
  public var channels: [String]
  /// When it applies at all.
  public var when: Condition
  /// What becomes of the request.
  public var handling: Handling
  /// The calendar in whose open time the channel is answered; nil for always.
  public var calendar: String?
  /// What to tell who comes another way.
  public var text: String
  /// Whom to turn to instead, a key of the plan's referrals.
  public var refer: String?

  /// What becomes of a request; the raw value is the word that plans use.
  public enum Handling: String, CaseIterable, Hashable, Sendable {
    /// It becomes a ticket, with its clocks.
    case tracked
    /// It is taken as far as someone is free, or put off to another time; no clock runs.
    case bestEffort = "best-effort"
    /// It is answered politely and leaves no ticket and no clock.
    case untracked
  }
}

/// A class of tickets with targets of its own.
public struct TicketClass: Hashable, Sendable {
  /// `I`, `urgent`.
  public var id: String
  /// What people call it.
  public var title: String
  /// Its targets, beside the plan's.
  public var targets: [Target]
  /// The ladder that starts at once; nil for none.
  public var ladder: String?
  /// What becomes of its misuse.
  public var misuse: Misuse?

  /// A false claim of the class.
  public struct Misuse: Hashable, Sendable {
    /// The clause's id.
    public var id: String
    /// Who decides.
    public var reviewedBy: Role
    /// The rate to bill; nil or unknown means no charge.
    public var bills: String?
    /// What to tell the customer.
    public var text: String
  }
}

/// What mail addresses mean.
public struct MailRule: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// The classes that a local part (`support@`) may open; the first is the default.
  public var addresses: [String: [String]]
  /// What is logged and answered with what is needed instead of what it asks.
  public var ignore: [Ignored]
  /// What to tell who writes to another address.
  public var text: String

  /// Mail that is not answered as it asks.
  public struct Ignored: Hashable, Sendable {
    /// The clause's id.
    public var id: String
    /// The `content` that it is about.
    public var content: String
    /// Phrases, one of which such a mail has; none: nothing tells it but who hands it over.
    public var says: [String]
    /// What else it may say and still be one, such as greetings.
    public var besides: [String]
    /// The classes whose ladders it starts nevertheless.
    public var pages: [String]
    /// What is needed instead.
    public var text: String
  }
}

/// How often the customer hears how things stand while a ticket is open.
public struct UpdateRule: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// From one word to the customer to the next.
  public var every: TimeSpan
  /// The calendar in whose open time it is counted.
  public var calendar: String
  /// What is promised.
  public var text: String
}

/// When customers are told of their credits ahead.
public struct NoticeRule: Hashable, Sendable {
  /// Where a plan says nothing.
  public static let standard = NoticeRule(id: "notices", lowBalance: 20, expiry: .days(30))

  /// The clause's id.
  public var id: String
  /// Below how many percent of the last grant the balance is low, 0 to 99; 0: never.
  public var lowBalance: Int
  /// How long before units lapse: days, months or years.
  public var expiry: Period
}

extension Plan {
  /// Whether what is left of a grant is so little that the customer is told.
  public func isLow(_ left: Amount, of grant: Amount) -> Bool {
    // Both are within 10^15, so that a hundred times as much is far from what an integer holds.
    left.units * 100 < grant.units * Int64(notices.lowBalance)
  }

  /// When the customer is told that units lapse: at the same civil time, so long before.
  public func expiryNotice(before expiresAt: Instant) -> Instant {
    let civil = zone.civil(expiresAt)
    let day =
      switch notices.expiry {
      case .days(let days): civil.date.adding(days: -Int64(days))
      case .months(let months): civil.date.adding(months: -Int64(months))
      case .years(let years): civil.date.adding(years: -Int64(years))
      case .span, .workingDays: civil.date
      }
    return zone.resolve(CivilDateTime(date: day, time: civil.time)).earliest
  }
}

/// The question how it went, once for each closure.
public struct SurveyRule: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// From the closure to the question.
  public var after: Period
  /// The question.
  public var text: String
}
