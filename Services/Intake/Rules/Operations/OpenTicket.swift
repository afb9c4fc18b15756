public import Policy

/// Takes a request for help that the plan admits, numbers it, and starts its clocks.
public enum OpenTicket {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// The customer; nil: the dialled number says.
    public var accountID: AccountID?
    /// The company that needs help; nil: the customer itself.
    public var subsidiaryID: SubsidiaryID?
    /// Who reports; nil: nobody whom the customer appointed.
    public var contactID: ContactID?
    /// The caller's name when it is no registered contact.
    public var caller = ""
    /// What is concerned; nil: nothing registered.
    public var assetID: AssetID?
    /// 1 to 200 bytes.
    public var subject: String
    /// The first message, at most 64 KiB; empty: none.
    public var text = ""
    /// How it came in.
    public var channel: String
    /// The number that was dialled; empty: none.
    public var dialled = ""
    /// Empty: the asset's.
    public var category = ""
    /// Empty: the plan's default.
    public var `class` = ""
    /// What went wrong, in a short stable word; empty: unknown.
    public var incident = ""
    /// The ticket that this one repeats; nil: found by what they have in common.
    public var earlierTicketID: TicketID?
    /// Where help is needed; empty: where the company is.
    public var region = ""
    /// A visit that is booked without help from afar; nil: none.
    public var appointment: Instant?
    /// Reported during this maintenance visit; nil: the one under way, if there is one.
    public var maintenanceVisitID: VisitID?
    /// Whatever else the plan's conditions may ask. What intake knows itself cannot be overridden.
    public var facts = Facts()

    /// A request with what every one has.
    public init(accountID: AccountID?, subject: String, channel: String) {
      self.accountID = accountID
      self.subject = subject
      self.channel = channel
    }
  }

  /// What a request was found to be about.
  struct Found {
    var account: Account
    var subsidiary: Subsidiary?
    var contact: Contact?
    var asset: Asset?
    var maintenanceVisit: VisitID?
    var plan: Plan
    var `class`: String
    var category: String
  }

  /// The customer of a request: the one that is named, or whose hotline was dialled (F15); nil: nobody's.
  public static func accountID(_ request: Request, _ state: IntakeState) -> AccountID? {
    request.accountID ?? CreateAccount.canonicalHotline(request.dialled).flatMap { state.hotlines[$0]?.accountID }
  }

  /// Needs a number, the account with its subsidiaries and contacts, its plan, and what the request names; also the
  /// tickets that it could repeat.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Ticket> {
    Decision { () throws(Refused) in
      try check(request, context)
      let found = try find(request, state, context)
      let admission = try admit(request, found, state, context).taken()
      guard let number = state.common.numbers.next(IntakeState.ticketNumbers) else {
        throw Refused(.limit("numbers"), "No ticket number is left for this tenant.")
      }
      var ticket = Ticket(
        id: context.id(), number: number, accountID: found.account.id, subsidiaryID: found.subsidiary?.id,
        contactID: found.contact?.id, caller: found.contact?.name ?? request.caller, assetID: found.asset?.id,
        subject: request.subject, channel: request.channel, category: found.category, class: found.class,
        incident: request.incident, planVersion: found.plan.version, openedAt: context.now,
        facts: admission.facts, handling: admission.handling)
      ticket.warnings = admission.warnings
      if let visit = found.maintenanceVisit {
        ticket.maintenanceVisitID = visit
        ticket.attendedAt = context.now
      }
      try link(&ticket, request, found.plan, state)
      ticket.retarget(found.plan, appointment: request.appointment, keepingMet: true)
      if let appointment = request.appointment {
        state.visits.insert(
          Visit(
            id: context.id(), accountID: found.account.id, ticketID: ticket.id, kind: .appointment, engineer: "",
            plannedAt: appointment, stretch: 0))
      }
      ticket.evaluateTargets(visits: state.visits.members(of: ticket.id))
      state.tickets.insert(ticket)
      state.post(
        request.text, on: ticket, .fromCustomer, channel: request.channel, author: ticket.caller, &context)
      state.announce(ticket, "ticket.opened", "Ticket \(number) was opened: \(ticket.subject)", context)
      return ticket
    }
  }

  private static func check(_ request: Request, _ context: Context) throws(Refused) {
    try Fields.name(request.subject, "subject")
    try Fields.line(request.caller, "caller")
    try Fields.note(request.text, "text", max: Fields.messageByteCountMax)
    try Fields.requiredWord(request.channel, "channel")
    try Fields.phone(request.dialled, "dialled")
    try Fields.word(request.category, "category")
    try Fields.word(request.class, "class")
    try Fields.word(request.incident, "incident")
    try Fields.word(request.region, "region")
    if let appointment = request.appointment, appointment < context.now {
      throw Fields.invalid("appointment_ms", "must not be past")
    }
  }

  private static func find(_ request: Request, _ state: IntakeState, _ context: Context) throws(Refused) -> Found {
    guard let accountID = accountID(request, state) else {
      if request.dialled.isEmpty {
        throw Fields.invalid("account_id", "must be given, unless dialled says whose it is")
      }
      throw Refused(.notFound("hotline"), "The number \(request.dialled) is nobody's hotline.")
    }
    let account = try state.account(accountID)
    if let number = CreateAccount.canonicalHotline(request.dialled), let owner = state.hotlines[number]?.accountID,
      owner != accountID
    {
      throw Fields.invalid("dialled", "is another account's hotline")
    }
    guard let agreement = account.agreement else {
      let clause = FailedClause(
        id: "agreement", text: "\(account.name) has no agreement.", referral: "sales", looked: ["agreement: none"],
        remedy: "Sign an agreement and buy a package.")
      throw Refused(.admission, "\(account.name) has no agreement: sales signs one.", clauses: [clause])
    }
    let plan = try state.plan(agreement.planVersion)
    let (subsidiary, contact, asset) = try parties(request, accountID, state)
    if !request.class.isEmpty, plan.ticketClass(request.class) == nil {
      throw Refused(.clauseUnknown(request.class), "The plan has no class \(request.class).")
    }
    return Found(
      account: account, subsidiary: subsidiary, contact: contact, asset: asset,
      maintenanceVisit: try maintenanceVisit(request, account, state), plan: plan,
      class: request.class.isEmpty ? plan.defaultClass ?? "" : request.class,
      category: request.category.isEmpty ? asset?.category ?? "" : request.category)
  }

  /// Who and what the request names; each must be the account's own.
  private static func parties(
    _ request: Request, _ accountID: AccountID, _ state: IntakeState
  ) throws(Refused) -> (Subsidiary?, Contact?, Asset?) {
    var subsidiary: Subsidiary?
    if let id = request.subsidiaryID {
      guard let row = state.subsidiaries[id], row.accountID == accountID else {
        throw Refused(.notFound("subsidiary"), "There is no subsidiary \(id) of this account.")
      }
      subsidiary = row
    }
    var contact: Contact?
    if let id = request.contactID {
      guard let row = state.contacts[id], row.accountID == accountID else {
        throw Refused(.notFound("contact"), "There is no contact \(id) of this account.")
      }
      contact = row
    }
    var asset: Asset?
    if let id = request.assetID {
      guard let row = state.assets[id], row.accountID == accountID else {
        throw Refused(.notFound("asset"), "There is no asset \(id) of this account.")
      }
      guard row.retiredAt == nil else { throw Refused(.conflict(state: "retired"), "\(row.name) is out of use.") }
      asset = row
    }
    return (subsidiary, contact, asset)
  }

  /// The maintenance visit during which this is reported (F19): the one that is under way.
  private static func maintenanceVisit(
    _ request: Request, _ account: Account, _ state: IntakeState
  ) throws(Refused) -> VisitID? {
    guard let id = request.maintenanceVisitID else { return account.maintenanceVisitID }
    let visit = try state.visit(id)
    guard visit.accountID == account.id, visit.kind == .maintenance else {
      throw Refused(.notFound("visit"), "There is no maintenance visit \(id) of this account.")
    }
    guard visit.arrivedAt != nil, visit.departedAt == nil else {
      throw Refused(
        .conflict(state: visit.departedAt == nil ? "planned" : "departed"),
        "That maintenance visit is not under way: what counts is when the incident is reported.")
    }
    return id
  }

  /// The decision on a request, for the record; nil where there is no plan to decide by.
  static func admission(of request: Request, _ state: IntakeState, _ context: Context) -> AdmissionRecord? {
    (try? find(request, state, context)).map { AdmissionRecord(admit(request, $0, state, context)) }
  }

  /// Whether the plan takes the request, now and, when a visit is booked, at the time of the visit.
  private static func admit(
    _ request: Request, _ found: Found, _ state: IntakeState, _ context: Context
  ) -> Admission {
    let facts = facts(request, found, context)
    var admission = found.plan.admit(facts, at: context.now)
    if let appointment = request.appointment {
      let later = found.plan.admit(facts, at: appointment).failed
      admission.failed += later.filter { clause in !admission.failed.contains { $0.id == clause.id } }
    }
    if let lapsed = lapse(found, admission) { admission.failed.append(lapsed) }
    guard let rule = found.plan.contacts else { return admission }
    if found.contact.map({ $0.endedAt != nil }) ?? true {
      if !admission.failed.contains(where: { $0.id == rule.id || $0.looked.contains("contact: unknown") }) {
        admission.failed.append(
          FailedClause(
            id: rule.id, text: rule.text, looked: ["contact: unknown"],
            remedy: "Let one of the account's appointed contacts ask."))
      }
    } else {
      let details = state.appointed(for: found.account.id).map { contact in
        ContactDetails(fields: [
          .name: contact.name, .fixedPhone: contact.fixedPhone, .mobilePhone: contact.mobilePhone,
          .email: contact.email,
        ])
      }
      admission.warnings += found.plan.check(contacts: details)
    }
    return admission
  }

  /// Why an agreement that has ended takes no request; nil for one that binds, where a clause of the plan says so already,
  /// and for a service that the plan leaves open to who has lapsed.
  private static func lapse(_ found: Found, _ admission: Admission) -> FailedClause? {
    let state = "agreement: \(AgreementView.Standing.lapsed.rawValue)"
    guard admission.facts.text(.agreement) == AgreementView.Standing.lapsed.rawValue,
      !admission.failed.contains(where: { $0.looked.contains(state) })
    else { return nil }
    if let service = admission.facts.text(.service), case .granted = found.plan.use(service, admission.facts) {
      return nil
    }
    return FailedClause(
      id: "agreement", text: "The agreement of \(found.account.name) has ended.", referral: "sales", looked: [state],
      remedy: "Sign a new agreement.")
  }

  /// Links a repeat to what it repeats: the ticket that is named, or the one that was closed last among those of the
  /// same incident on the same equipment, as long as the plan's warranty may cover it (F22).
  private static func link(
    _ ticket: inout Ticket, _ request: Request, _ plan: Plan, _ state: IntakeState
  ) throws(Refused) {
    if let id = request.earlierTicketID {
      try LinkTicket.link(&ticket, to: id, state)
      return
    }
    guard ticket.group.isComplete else { return }
    let earlier = state.tickets.members(of: ticket.group).filter { $0.closedAt != nil && !$0.isMerged }
      .max { ($0.closedAt ?? .earliest, $0.id) < ($1.closedAt ?? .earliest, $1.id) }
    guard let earlier, let closed = earlier.closedAt, plan.mayCoverRepeat(at: ticket.openedAt, closed: closed) else {
      return
    }
    ticket.repeats(earlier, closed: closed)
  }
}
