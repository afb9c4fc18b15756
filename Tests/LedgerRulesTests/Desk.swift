import Foundation
import LedgerRules
import Policy
import Testing

/// A ledger of one tenant that holds everything in memory, with a clock that the test moves. Commands that are refused
/// leave no trace, as in the write path; timers fire when the clock passes them.
struct Desk {
  var state: LedgerState
  let plan: Plan
  private(set) var now: Instant
  private var ids = IdentifierSource(seed: 7)
  /// What was armed, as a store would hold it.
  private var timers: [Policy.Timer.Key: Instant] = [:]
  private var taken: Int = 0

  let account: AccountID

  init(_ start: String = "2026-03-02 09:00", plan: Plan? = nil) throws {
    self.plan = try plan ?? Samples.flexi()
    now = Samples.sgt(start)
    account = ids.next(at: now)
    state = LedgerState(tenant: ids.next(at: now))
    state.common.plans[self.plan.version] = self.plan
  }

  /// Runs a command at the present time, as someone of `role`.
  @discardableResult
  mutating func run<Reply>(
    as role: Role = .desk,
    _ command: (inout LedgerState, inout Context) -> Decision<Reply>
  ) -> Decision<Reply> {
    var after = state
    var context = Context(now: now, caller: Caller(role: role, name: "test"), ids: ids)
    let decision = command(&after, &context)
    ids = context.ids
    if case .accepted = decision {
      state = after
      keepTimers()
    }
    return decision
  }

  private mutating func keepTimers() {
    for (key, due) in state.common.timers.instructions { timers[key] = due }
    state.common.timers = Timers()
  }

  /// Moves the clock; what falls due on the way happens at its own instant.
  mutating func wait(until text: String) { wait(until: Samples.sgt(text)) }

  mutating func wait(until target: Instant) {
    while let next = timers.filter({ $0.value <= target }).min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      timers[next.key] = nil
      now = max(now, next.value)
      fire(next.key)
    }
    now = max(now, target)
  }

  private mutating func fire(_ key: Policy.Timer.Key) {
    let subject = key.subject
    let decision: Decision<Void> = run(as: .service) { state, context in
      switch key.kind {
      case TimerKind.lotExpires: DueActions.lotExpires(subject.as(), &state, &context)
      case TimerKind.lotNotice: DueActions.lotNotice(subject.as(), &state, &context)
      case TimerKind.holdExpires: DueActions.holdExpires(subject.as(), &state, &context)
      case TimerKind.quoteExpires: DueActions.quoteExpires(subject.as(), &state, &context)
      case TimerKind.invoiceIssues: DueActions.invoiceIssues(subject.as(), &state, &context)
      case TimerKind.agreementEnds: DueActions.agreementEnds(subject.as(), &state, &context)
      case TimerKind.orderBuys: DueActions.orderBuys(subject.as(), &state, &context)
      case TimerKind.statementCloses: DueActions.statementCloses(subject.as(), &state, &context)
      case _: .refused(Refused(.notFound(key.kind), "unknown timer"))
      }
    }
    if let refused = decision.refusal { Issue.record("\(key.kind): \(refused.text)") }
  }

  /// When a timer is due; nil if it is not armed.
  func due<Tag>(_ kind: String, _ id: ID<Tag>) -> Instant? { timers[Policy.Timer.Key(kind: kind, subject: id.as())] }

  /// An identifier that nothing has.
  mutating func id<Tag>(_: Tag.Type = Tag.self) -> ID<Tag> { ids.next(at: now) }
}

// What tests do all the time.
extension Desk {
  /// Signs the account up and buys `packages` of the plan's first package that has a price.
  mutating func signUp(packages: Int64 = 1) throws -> AgreementID {
    let request = AgreementSign.Request(account: account, planVersion: plan.version)
    let agreement = try #require(
      run(as: .sales) { state, context in AgreementSign.decide(request, &state, &context) }.reply
    ).agreement.id
    if packages > 0 { _ = try #require(buy(agreement, packages).reply) }
    return agreement
  }

  @discardableResult
  mutating func buy(_ agreement: AgreementID, _ quantity: Int64 = 1, as role: Role = .sales) -> Decision<
    PackagePurchase.Reply
  > {
    let priced = plan.packages.first { $0.price != nil }
    let request = PackagePurchase.Request(
      agreement: agreement, package: priced?.id ?? "", quantity: quantity,
      paid: (priced?.price?.minorUnits ?? 0) * quantity, reference: "")
    return run(as: role) { state, context in PackagePurchase.decide(request, &state, &context) }
  }

  @discardableResult
  mutating func charge(
    _ agreement: AgreementID, _ task: WorkTask, completed: Instant? = nil, _ text: String = "Work"
  ) -> Decision<ChargePost.Reply> {
    let request = ChargePost.Request(agreement: agreement, task: task, completedAt: completed, text: text)
    return run { state, context in ChargePost.decide(request, &state, &context) }
  }

  mutating func chargeMany(
    _ charges: [Result<ChargePost.Request, Refused>]
  ) -> Decision<[Decision<ChargePost.Reply>]> {
    run { state, context in ChargePostMany.decide(charges, &state, &context) }
  }

  @discardableResult
  mutating func reverse(_ transfer: TransferID, _ reason: String = "Wrong") -> Decision<ChargeReverse.Reply> {
    let request = ChargeReverse.Request(transfer: transfer, reason: reason)
    return run { state, context in ChargeReverse.decide(request, &state, &context) }
  }

  @discardableResult
  mutating func hold(_ agreement: AgreementID, _ amount: Amount, expires: Instant? = nil) -> Decision<Hold> {
    let request = HoldPlace.Request(
      agreement: agreement, amount: amount, reason: "Visit", ticket: nil, expiresAt: expires)
    return run { state, context in HoldPlace.decide(request, &state, &context) }
  }

  @discardableResult
  mutating func capture(_ hold: HoldID, _ amount: Amount) -> Decision<HoldCapture.Reply> {
    let request = HoldCapture.Request(hold: hold, amount: amount, text: "Visit")
    return run { state, context in HoldCapture.decide(request, &state, &context) }
  }

  @discardableResult
  mutating func void(_ hold: HoldID) -> Decision<Hold> {
    let request = HoldVoid.Request(hold: hold, reason: "Cancelled")
    return run { state, context in HoldVoid.decide(request, &state, &context) }
  }

  mutating func quote(_ agreement: AgreementID, _ task: WorkTask, ticket: TicketID? = nil) -> Decision<Quote> {
    let request = QuoteCreate.Request(agreement: agreement, ticket: ticket, task: task)
    return run { state, context in QuoteCreate.decide(request, &state, &context) }
  }

  @discardableResult
  mutating func acknowledge(_ quote: QuoteID) -> Decision<Quote> {
    let request = QuoteAcknowledge.Request(quote: quote, by: "Mei Tan")
    return run { state, context in QuoteAcknowledge.decide(request, &state, &context) }
  }

  @discardableResult
  mutating func adjust(
    _ agreement: AgreementID, _ amount: Amount, _ reason: String = "Goodwill"
  ) -> Decision<AdjustmentPost.Reply> {
    let request = AdjustmentPost.Request(agreement: agreement, amount: amount, reason: reason)
    return run(as: .admin) { state, context in AdjustmentPost.decide(request, &state, &context) }
  }

  func balance(_ agreement: AgreementID) -> Amount { state.wallets[agreement.as()]?.balance ?? -1 }
  func held(_ agreement: AgreementID) -> Amount { state.wallets[agreement.as()]?.held ?? -1 }
  func available(_ agreement: AgreementID) -> Amount {
    state.lots.members(of: agreement).reduce(0) { $0 + $1.free(at: now) }
  }

  /// The notices of a kind so far.
  func notices(_ kind: Notice.Kind) -> [Notice] {
    state.common.events.elements.compactMap { event in
      if case .notice(let notice) = event, notice.kind == kind { notice } else { nil }
    }
  }

  /// What was told so far of what tickets cost.
  var costsTold: [TicketSummary] {
    state.common.events.elements.compactMap { event in
      if case .charges(let cost) = event { cost } else { nil }
    }
  }

  /// Expects every invariant of the ledger to hold.
  func expectInvariants(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(LedgerInvariants(state).violations == [], sourceLocation: sourceLocation)
  }
}

/// A ticket as intake would tell of it, which a test moves on.
struct TicketStory {
  let id: TicketID
  var stretch: Int32 = 0
  var quote: QuoteID?
  var phase = TicketNews.Phase.waiting
  var task: WorkTask
  var number = 12
  var version: Int64 = 1
  var links = TicketLinks()

  init(_ desk: inout Desk, _ facts: Facts = [.category: "desktop"]) {
    id = desk.id()
    task = WorkTask(
      facts: Facts(dictionaryLiteral: (.mode, "helpdesk"), (.resolved, false), (.reported, .instant(desk.now))).merging(
        facts),
      work: .minutes(0), assessment: Samples.assessed)
  }

  /// Tells the ledger how the ticket stands.
  ///
  /// - Parameter earlier: times before a reopening for which work was recorded since.
  func tell(_ desk: inout Desk, earlier: [TicketNews.Stretch] = []) {
    let news = TicketNews(
      ticket: id, stretch: stretch, account: desk.account, planVersion: desk.plan.version,
      text: "Ticket \(number): no mail", quote: quote, phase: phase, task: task, version: version,
      links: links, earlier: earlier)
    let decision = desk.run(as: .service) { state, context in TicketNews.apply(news, &state, &context) }
    if let refused = decision.refusal { Issue.record("\(refused.text)") }
  }

  /// Someone was sent, and worked so many minutes.
  mutating func onsite(minutes: Int64 = 0) {
    phase = .onsite
    task.facts = task.facts.merging([.mode: "onsite", .visit: "dispatched", .dispatched: true])
    task.work = .minutes(minutes)
  }

  func charge(_ desk: Desk) throws -> TicketCharge {
    try #require(desk.state.ticketCharges[TicketCharge.Key(ticket: id, stretch: stretch)])
  }
}
