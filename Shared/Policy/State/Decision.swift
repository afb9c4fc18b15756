/// What a rule answers: the reply, or why not. Never an exception for "no".
public enum Decision<Reply: Sendable>: Sendable {
  case accepted(Reply)
  case refused(Refused)

  /// Runs `body`, in which a helper's refusal may be thrown, and makes its outcome a decision.
  public init(_ body: () throws(Refused) -> Reply) {
    do {
      self = .accepted(try body())
    } catch {
      self = .refused(error)
    }
  }

  /// The same with the state and the context lent to `body`: a closure that captures a state works on copies of it.
  @inlinable
  public init<State>(
    _ state: inout State, _ context: inout Context,
    _ body: (inout State, inout Context) throws(Refused) -> Reply
  ) {
    do {
      self = .accepted(try body(&state, &context))
    } catch {
      self = .refused(error)
    }
  }

  public var reply: Reply? {
    switch self {
    case .accepted(let reply): reply
    case .refused: nil
    }
  }

  public var refusal: Refused? {
    switch self {
    case .accepted: nil
    case .refused(let refused): refused
    }
  }

  public func map<Other: Sendable>(_ transform: (Reply) -> Other) -> Decision<Other> {
    switch self {
    case .accepted(let reply): .accepted(transform(reply))
    case .refused(let refused): .refused(refused)
    }
  }
}

extension Decision: Equatable where Reply: Equatable {}

/// A "no" by the rules: a stable reason, a text that says what to do, and every clause that failed.
///
/// It is an `Error` only so that a rule's inner functions can leave early with typed throws; see ``Decision/init(_:)``.
public struct Refused: Error, Hashable, Sendable {
  public let reason: Reason
  /// For people: what is wrong, and what would make it right.
  public let text: String
  /// Every clause of the plan that failed, in the plan's order.
  public let clauses: [FailedClause]

  public init(_ reason: Reason, _ text: String, clauses: [FailedClause] = []) {
    self.reason = reason
    self.text = text
    self.clauses = clauses
  }

  /// Why, as data. Every case has one stable ``code``; the wire maps codes to its own numbers.
  public enum Reason: Hashable, Sendable {
    /// No such thing for this tenant (another tenant's is answered the same). Fix the identifier.
    case notFound(String)
    /// A field is missing or has a value that it cannot have. Fix the request.
    case invalid(field: String)
    /// This caller may not do that. Stop, or ask whom the text names.
    case notAllowed
    /// The thing exists already. Use it.
    case alreadyExists(String)
    /// The thing's state does not allow it; the state is named. Read it again.
    case conflict(state: String)
    /// The plan does not admit it; the clauses say what would make it acceptable.
    case admission
    /// The wallet has too little. Top up, or ask for overage where the plan has it.
    case insufficientCredits(needed: Amount, available: Amount)
    /// This service has no such plan version. Publish it here, or name another.
    case planUnknown
    /// The plan document has errors. Fix them; the text lists each with its line.
    case planInvalid
    /// Only a test tenant's clock can be moved. Use a test tenant.
    case liveTenant
    /// The plan has no such clause, rate, package, ladder or class. Read the plan.
    case clauseUnknown(String)
    /// The customer's consent must be recorded first; the units are what going on costs.
    case needsConsent(clause: String, units: Amount)
    /// The customer must acknowledge the estimate first; units and price are what exceeds the balance.
    case needsAcknowledgement(units: Amount)
    /// An assessment must be given (or overridden with a reason) first.
    case needsAssessment(missing: [String])
    /// A price must be agreed first: the plan has no rate for it.
    case needsQuote(clause: String)
    /// A reason must be given, and is kept.
    case needsReason
    /// The statement of that period is closed and never changes. Enter it now: the next one carries it.
    case closedStatement
    /// What was named has expired (a hold, a quote, a lot, an agreement). Make a new one.
    case expired(String)
    /// A named maximum was reached. Do less at once.
    case limit(String)

    /// The stable name of the reason.
    public var code: Code {
      switch self {
      case .notFound: .notFound
      case .invalid: .invalid
      case .notAllowed: .notAllowed
      case .alreadyExists: .alreadyExists
      case .conflict: .conflict
      case .admission: .admission
      case .insufficientCredits: .insufficientCredits
      case .planUnknown: .planUnknown
      case .planInvalid: .planInvalid
      case .liveTenant: .liveTenant
      case .clauseUnknown: .clauseUnknown
      case .needsConsent: .needsConsent
      case .needsAcknowledgement: .needsAcknowledgement
      case .needsAssessment: .needsAssessment
      case .needsQuote: .needsQuote
      case .needsReason: .needsReason
      case .closedStatement: .closedStatement
      case .expired: .expired
      case .limit: .limit
      }
    }
  }

  /// The one table of reasons. Append only: a code is never renamed or used again.
  public enum Code: String, CaseIterable, Hashable, Sendable {
    case notFound = "not_found"
    case invalid = "invalid"
    case notAllowed = "not_allowed"
    case alreadyExists = "already_exists"
    case conflict = "conflict"
    case admission = "admission"
    case insufficientCredits = "insufficient_credits"
    case planUnknown = "plan_unknown"
    case clauseUnknown = "clause_unknown"
    case needsConsent = "needs_consent"
    case needsAcknowledgement = "needs_acknowledgement"
    case needsAssessment = "needs_assessment"
    case needsQuote = "needs_quote"
    case needsReason = "needs_reason"
    case closedStatement = "closed_statement"
    case expired = "expired"
    case limit = "limit"
    case planInvalid = "plan_invalid"
    case liveTenant = "live_tenant"
  }
}

/// A clause of the plan that did not hold.
public struct FailedClause: Hashable, Sendable {
  /// The clause's id in the plan.
  public let id: String
  /// What the plan says about it, for the customer.
  public let text: String
  /// Whom to turn to instead (a key of the plan's referrals, such as `sales`).
  public let referral: String?
  /// The facts that were looked at, as `name: value`; `missing` where a fact was not given.
  public let looked: [String]
  /// What would make the request acceptable.
  public let remedy: String

  public init(id: String, text: String, referral: String? = nil, looked: [String] = [], remedy: String = "") {
    self.id = id
    self.text = text
    self.referral = referral
    self.looked = looked
    self.remedy = remedy
  }
}
