/// What an account's authorised contacts must be.
public struct ContactRule: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// The least and the most contacts that an account may have authorised at once.
  public var count: ClosedRange<Int>
  /// The fields that each must have.
  public var required: [ContactField]
  /// What to tell who breaks it.
  public var text: String
}

/// A field of a contact; the raw value is the word that plans use.
public enum ContactField: String, CaseIterable, Hashable, Sendable {
  /// The person's name.
  case name
  /// A number on a desk.
  case fixedPhone = "fixed_phone"
  /// A number in a pocket.
  case mobilePhone = "mobile_phone"
  /// A mail address.
  case email
}

/// What a request is for; admission clauses apply to one of these.
public enum AdmissionSubject: String, CaseIterable, Hashable, Sendable {
  /// Opening a ticket.
  case ticket
  /// Signing up a customer.
  case signUp = "sign-up"
  /// Changing an agreement or a ticket beyond what the plan offers.
  case change
  /// Doing work on a ticket.
  case work
  /// Writing a message on a ticket.
  case message
  /// Renewing an agreement.
  case renewal
}

/// Something that must hold (`require`) or must not (`exclude`) for a request to be taken.
public struct AdmissionClause: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// What kinds of request it is about.
  public var subjects: [AdmissionSubject]
  /// When it applies at all.
  public var when: Condition
  /// What must hold; the clause fails when it does not.
  public var require: Condition?
  /// What must not hold; the clause fails when it does.
  public var exclude: Condition?
  /// Whether failing refuses or only warns.
  public var otherwise: Consequence
  /// What to tell whoever fails it.
  public var text: String
  /// Whom to turn to instead, a key of the plan's referrals.
  public var refer: String?

  /// What failing a clause does.
  public enum Consequence: String, CaseIterable, Hashable, Sendable {
    /// The request is not taken.
    case refuse
    /// The request is taken, with a warning.
    case warn
  }
}

/// A fact that can meet a target; the raw value is the word that plans use.
public enum Milestone: String, CaseIterable, Hashable, Sendable {
  /// Someone has seen it.
  case acknowledged
  /// A person reached the customer.
  case contacted
  /// Someone is where the work is.
  case attended
  /// Work has begun.
  case workBegun = "work-begun"
  /// The incident is resolved.
  case resolved
}

/// A commitment: something happens by a time.
public struct Target: Hashable, Sendable {
  /// The clause's id, which waivers and clocks name.
  public var id: String
  /// How long after opening.
  public var by: TimeSpan
  /// The calendar in whose open time it is counted.
  public var calendar: String
  /// What meets it.
  public var metBy: Milestone
  /// What meets it once someone has been dispatched; nil for the same.
  public var dispatchedMetBy: Milestone?
  /// The ladder to run; nil for none.
  public var ladder: String?
  /// When the ladder starts.
  public var starts: LadderStart
}

/// When the ladder of a target starts.
public enum LadderStart: Hashable, Sendable {
  /// At once, to meet the target.
  case opened
  /// So much of the calendar's open time before it is due.
  case before(TimeSpan)
  /// When it is missed.
  case missed
}

/// Credits that can be bought at once.
public struct Package: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// How many units.
  public var grants: Amount
  /// Units of what: the plan's own unit, or one of its further ones.
  public var unit: String
  /// For how much; nil when the price is agreed apart.
  public var price: Money?
  /// How long they live; nil for ever.
  public var lasts: Period?
  /// What becomes of the rest.
  public var carryOver: CarryOver
  /// Bought again by itself, this often.
  public var standingOrder: Cycle?

  /// What becomes of credits that are left when they expire.
  public enum CarryOver: String, CaseIterable, Hashable, Sendable {
    /// They lapse.
    case never
    /// They move into a new package bought on or before the last day, and take its expiry.
    case onRenewal = "on-renewal"
  }
}

/// How often something recurs; the raw value is the word that plans use.
public enum Cycle: String, CaseIterable, Hashable, Sendable {
  /// Every civil month.
  case monthly
  /// Every third civil month.
  case quarterly
  /// Every civil year.
  case yearly

  /// In civil months.
  public var months: Int64 {
    switch self {
    case .monthly: 1
    case .quarterly: 3
    case .yearly: 12
    }
  }
}

/// What must be done before the first charge.
public struct AssessmentRule: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// The items, each of which must be recorded as done.
  public var items: [String]
  /// What to tell who charges before.
  public var text: String
}

/// How work goes on when the credits are gone.
public struct Overage: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// For one unit.
  public var price: Money
  /// From completion to the invoice.
  public var invoiceAfter: Period
  /// What to tell the customer.
  public var text: String
}

/// How late work may be recorded.
public struct LateWorkRule: Hashable, Sendable {
  /// The clause's id.
  public var id: String
  /// From the end of the work to the last instant at which it may be recorded.
  public var within: Period
  /// Whether work that was done before a ticket's end may be added to it once it is closed.
  public var isAfterClosure: Bool
  /// What the desk is told.
  public var text: String
}

/// How often statements are made.
public struct StatementRule: Hashable, Sendable {
  /// The length of a period, which begins with a civil month.
  public var every: Cycle
}
