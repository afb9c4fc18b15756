public import Policy

/// Asks whether a plan takes something that is no ticket: a sign-up, a change of an agreement, or its renewal.
public enum AskAdmission {
  /// What may be asked for.
  public static let subjects: [AdmissionSubject] = [.signUp, .change, .renewal]

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// A sign-up, a change or a renewal.
    public var subject: AdmissionSubject
    /// The customer; nil: a stranger, who may only sign up.
    public var accountID: AccountID?
    /// The plan that is asked for; nil: the one that was agreed.
    public var planVersion: PlanVersion?
    /// Who asks; nil: nobody whom the customer appointed.
    public var contactID: ContactID?
    /// The name of who asks otherwise.
    public var caller: String
    /// How it came in; empty: not said.
    public var channel: String
    /// What is wanted, 1 to 200 bytes.
    public var text: String
    /// What the plan's conditions may ask.
    public var facts: Facts

    /// A request as given.
    public init(
      subject: AdmissionSubject, accountID: AccountID?, planVersion: PlanVersion?, contactID: ContactID? = nil,
      caller: String = "", channel: String = "", text: String, facts: Facts = Facts()
    ) {
      self.subject = subject
      self.accountID = accountID
      self.planVersion = planVersion
      self.contactID = contactID
      self.caller = caller
      self.channel = channel
      self.text = text
      self.facts = facts
    }
  }

  /// Needs the account and the contact that are named, and the plan, the one that is named or the account's, with its
  /// newest version.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<AdmissionRecord> {
    Decision { () throws(Refused) in
      try check(request)
      return AdmissionRecord(try admission(request, state, context).taken())
    }
  }

  /// Keeps what the plan refused.
  public static func record(
    _ request: Request, _ refused: Refused, _ state: inout IntakeState, _ context: inout Context
  ) {
    guard refused.reason == .admission else { return }
    let admission = try? admission(request, state, context)
    state.record(
      Attempt(
        id: context.id(), accountID: request.accountID,
        caller: request.contactID.flatMap { state.contacts[$0]?.name } ?? request.caller, channel: request.channel,
        subject: request.text, at: context.now, findings: refused.clauses, asked: request.subject,
        record: admission.map(AdmissionRecord.init)))
  }

  private static func check(_ request: Request) throws(Refused) {
    guard subjects.contains(request.subject) else {
      let words = subjects.map(\.rawValue).joined(separator: ", ")
      throw Fields.invalid("subject", "is one of \(words): tickets, work and messages are asked for as such")
    }
    try Fields.name(request.text, "text")
    try Fields.line(request.caller, "caller")
    try Fields.word(request.channel, "channel")
  }

  private static func admission(
    _ request: Request, _ state: IntakeState, _ context: Context
  ) throws(Refused) -> Admission {
    let account = try request.accountID.map { id throws(Refused) in try state.account(id) }
    guard let version = request.planVersion ?? account?.agreement?.planVersion else {
      throw Fields.invalid("plan_version", "must be given, unless the account has an agreement")
    }
    if request.subject != .signUp, account?.agreement == nil {
      throw Fields.invalid("account_id", "must have an agreement: there is none to change or renew")
    }
    let plan = try state.plan(version)
    return plan.admit(
      try facts(request, account, state, context), at: context.now, subject: request.subject,
      newest: state.common.newest(of: plan))
  }

  private static func facts(
    _ request: Request, _ account: Account?, _ state: IntakeState, _ context: Context
  ) throws(Refused) -> Facts {
    var contact: Contact?
    if let id = request.contactID {
      guard let row = state.contacts[id], row.accountID == account?.id else {
        throw Refused(.notFound("contact"), "There is no contact \(id) of this account.")
      }
      contact = row
    }
    var facts: Facts
    if let account {
      facts = account.facts(told: request.facts, contact: contact, context)
    } else {
      facts = request.facts.told(by: context.caller.role)
      facts[.role] = .text(context.caller.role.rawValue)
      facts[.contact] = "unknown"
      facts[.agreement] = "none"
      facts[.reported] = .instant(context.now)
    }
    // Of a sign-up the tier is what is asked for.
    if request.subject == .signUp, let tier = request.facts[.tier] { facts[.tier] = tier }
    if !request.channel.isEmpty { facts[.channel] = .text(request.channel) }
    return facts
  }
}
