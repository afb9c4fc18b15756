package import Policy

/// What intake tells of a ticket, as far as it matters to what the ticket costs.
package struct TicketNews: Hashable, Sendable {
  package let ticket: TicketID
  /// How often it was reopened: each time begins a stretch that is charged apart.
  package let stretch: Int32
  package let account: AccountID
  package let planVersion: PlanVersion
  /// The ticket in words: `Ticket 12: no mail`.
  package let text: String
  package let quote: QuoteID?
  package let phase: Phase
  package let task: WorkTask
  /// The targets that were missed, with what their clocks say.
  package let missed: [MissedTarget]
  /// Intake's version of the ticket.
  package let version: Int64
  /// Tickets that share work with it.
  package let links: TicketLinks
  /// Earlier stretches for which work was recorded since.
  package let earlier: [Stretch]

  /// What rating looks at in a stretch that a reopening followed.
  package struct Stretch: Hashable, Sendable {
    /// How often the ticket had been reopened.
    package let number: Int32
    package let task: WorkTask
    /// When its work ended.
    package let completedAt: Instant
    package let missed: [MissedTarget]

    package init(number: Int32, task: WorkTask, completedAt: Instant, missed: [MissedTarget] = []) {
      self.number = number
      self.task = task
      self.completedAt = completedAt
      self.missed = missed
    }
  }

  /// How far the work is.
  package enum Phase: Hashable, Sendable {
    /// The helpdesk has it.
    case waiting
    /// Someone is or will be on site.
    case onsite
    /// The work is done, resolved or not (F17a), at this instant.
    case due(Instant)
    /// There will be no work.
    case cancelled
  }

  package init(
    ticket: TicketID, stretch: Int32, account: AccountID, planVersion: PlanVersion, text: String, quote: QuoteID?,
    phase: Phase, task: WorkTask, missed: [MissedTarget] = [], version: Int64 = 0,
    links: TicketLinks = TicketLinks(), earlier: [Stretch] = []
  ) {
    self.ticket = ticket
    self.stretch = stretch
    self.account = account
    self.planVersion = planVersion
    self.text = text
    self.quote = quote
    self.phase = phase
    self.task = task
    self.missed = missed
    self.version = version
    self.links = links
    self.earlier = earlier
  }

  /// A target that was missed.
  package struct MissedTarget: Hashable, Sendable {
    /// The target's id in the plan.
    package let id: String
    package let due: Instant
    /// Nil while it has not been met.
    package let metAt: Instant?

    package init(id: String, due: Instant, metAt: Instant?) {
      self.id = id
      self.due = due
      self.metAt = metAt
    }

    /// Its clock in words, in the plan's civil time.
    func text(_ plan: Plan) -> String {
      let met = metAt.map { "met \(plan.zone.civil($0))" } ?? "not met yet"
      return "\(id): due \(plan.zone.civil(due)), \(met)"
    }
  }

  /// Holds what the ticket may cost, or charges what it has cost.
  ///
  /// Looks at the plan, the ticket's charges with their holds and transfers (those with reversals and lots), the quote, and
  /// the account's active agreement with wallet, living lots and invoices; at the charges of tickets that share work with
  /// it, too. A ticket of an account without an agreement costs nothing. Intake is told what it costs when that changed: most
  /// news, such as that of work that goes on, changes nothing of it.
  package static func apply(
    _ news: TicketNews, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      let key = TicketCharge.Key(ticket: news.ticket, stretch: news.stretch)
      let before = state.ticketCharges[key]
      let costBefore = state.cost(of: news.ticket)
      let active = state.agreements.members(of: news.account).first(where: \.isActive)
      guard let agreement = before.flatMap({ state.agreements[$0.agreement] }) ?? active else { return }
      let plan = try state.plan(news.planVersion)
      var charge =
        before
        ?? TicketCharge(
          key: key, agreement: agreement.id, planVersion: news.planVersion, text: news.text,
          version: state.ticketCharges.members(of: news.ticket).map(\.version).max() ?? 0)
      charge.text = news.text
      charge.seen = max(charge.seen, news.version)
      guard news.links.mergedInto == nil, charge.movedTo == nil else {
        return try state.passOn(charge, news.links, &context)
      }
      if let quote = news.quote, state.quotes[quote]?.agreement == agreement.id { charge.quote = quote }
      var task = news.task
      task.assessment = state.assessment(task.assessment, of: news.account)
      task.facts = state.known(task.facts, of: agreement, plan)
      let unit = charge.unit(news.phase, task, plan)
      if unit != charge.furtherUnit { try state.letGo(&charge, for: unit, &context) }
      charge.expect(news.phase, task, missed: news.missed, plan: plan)
      state.bound(&charge, task, plan)
      if !state.ticketCharges.update(charge) { state.ticketCharges.insert(charge) }
      if try state.bringOver(key, news.links, isNew: before == nil, &context) {
        try state.settle(key, tells: news.phase != .waiting, &context)
      }
      try state.settleParts(of: key, news.links, &context)
      for stretch in news.earlier { try state.rateAnew(stretch, of: news, &context) }
      if state.cost(of: news.ticket) != costBefore { state.tellCharges(of: news.ticket) }
    }
  }
}

extension LedgerState {
  /// Rates a stretch anew that was charged before, and settles what differs.
  fileprivate mutating func rateAnew(
    _ stretch: TicketNews.Stretch, of news: TicketNews, _ context: inout Context
  ) throws(Refused) {
    let key = TicketCharge.Key(ticket: news.ticket, stretch: stretch.number)
    guard var charge = ticketCharges[key], charge.movedTo == nil, let agreement = agreements[charge.agreement] else {
      return
    }
    let (before, plan) = (charge, try plan(charge.planVersion))
    var task = stretch.task
    task.assessment = assessment(task.assessment, of: news.account)
    task.facts = known(task.facts, of: agreement, plan)
    let phase = TicketNews.Phase.due(stretch.completedAt)
    let unit = charge.unit(phase, task, plan)
    if unit != charge.furtherUnit { try letGo(&charge, for: unit, &context) }
    charge.expect(phase, task, missed: stretch.missed, plan: plan)
    bound(&charge, task, plan)
    guard charge != before else { return }
    ticketCharges.update(charge)
    try settle(key, tells: true, &context)
  }
}

extension TicketCharge {
  /// The further unit that a phase's amounts count; nil for the plan's own.
  fileprivate func unit(_ phase: TicketNews.Phase, _ task: WorkTask, _ plan: Plan) -> String? {
    guard !plan.furtherUnits.isEmpty else { return nil }
    switch phase {
    case .waiting: return plan.furtherUnit(of: plan.rate(task.helpdesk))
    case .onsite: return plan.furtherUnit(of: plan.rate(task.onsite))
    case .due: return plan.furtherUnit(of: plan.rate(task))
    case .cancelled: return furtherUnit
    }
  }

  /// Takes over what the ticket's phase means: what to hold, or what is due.
  fileprivate mutating func expect(
    _ phase: TicketNews.Phase, _ task: WorkTask, missed: [TicketNews.MissedTarget], plan: Plan
  ) {
    switch phase {
    case .waiting:
      wanted = plan.helpdeskPrice(task)
      isDue = false
    case .onsite:
      wanted = plan.firstBlockPrice(task)
      isDue = false
    case .due(let completedAt):
      let rating = plan.rate(task)
      var rated = rating.lines.map { JournalLine($0) }
      // A waiver for lateness cites what the clock says (F5, F23).
      for (index, line) in rating.lines.enumerated() where line.kind == .waiver && line.hasLooked(at: .missed) {
        rated[index].inputs += missed.map { $0.text(plan) }
      }
      rated += plan.overrideLine(task.assessment)
      isDue = true
      self.completedAt = completedAt
      if rated != lines { areLinesPosted = false }
      lines = rated
      due = rating.total
      blockedBy = rating.refusals.map(\.id)
      blockedText = plan.refusal(of: rating)?.text ?? ""
    case .cancelled:
      isDue = true
      if !lines.isEmpty { areLinesPosted = false }
      lines = []
      due = 0
      blockedBy = []
      blockedText = ""
    }
  }
}

extension Plan {
  /// What the task costs if the helpdesk resolves it (F10).
  func helpdeskPrice(_ task: WorkTask) -> Amount { price(task.helpdesk, minutes: 1) }

  /// What the task costs at least once someone is sent (F11).
  func firstBlockPrice(_ task: WorkTask) -> Amount { price(task.onsite, minutes: 1) }

  private func price(_ task: WorkTask, minutes: Int64) -> Amount {
    var task = task
    task.work = .minutes(minutes)
    task.parts = []
    task.assessment = .notAsked
    return rate(task).total
  }
}

extension ChargeLine {
  fileprivate func hasLooked(at name: FactName) -> Bool {
    inputs.contains { if case .fact(name, _) = $0 { true } else { false } }
  }
}

extension WorkTask {
  /// The task as it is if the helpdesk resolves it.
  fileprivate var helpdesk: WorkTask { with([.mode: "helpdesk", .resolved: true, .dispatched: false]) }

  /// The task as it is once someone is sent.
  fileprivate var onsite: WorkTask { with([.mode: "onsite"]) }

  private func with(_ facts: Facts) -> WorkTask {
    var task = self
    task.facts = task.facts.merging(facts)
    return task
  }
}

/// What intake tells of an account.
package struct AccountNews: Hashable, Sendable {
  package let account: CustomerAccount

  package init(account: CustomerAccount) {
    self.account = account
  }

  /// Keeps what is told, and charges what only waited for the first assessment (F13, F16).
  ///
  /// Looks at the account, its active agreement with wallet, living lots and plans, and the agreement's unsettled ticket
  /// charges with their holds.
  package static func apply(
    _ news: AccountNews, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      if !state.accounts.update(news.account) { state.accounts.insert(news.account) }
      guard let agreement = state.agreements.members(of: news.account.id).first(where: \.isActive) else { return }
      for charge in state.unsettled(of: agreement.id) {
        let plan = try state.plan(charge.planVersion)
        guard let rule = plan.assessment, charge.blockedBy.contains(rule.id) else { continue }
        let isDone = Set(rule.items).isSubset(of: news.account.assessment)
        guard isDone || !news.account.assessmentOverride.isEmpty else { continue }
        state.ticketCharges.update(charge.key) { $0.blockedBy.removeAll { $0 == rule.id } }
        try state.settle(charge.key, tells: true, &context)
        state.tellCharges(of: charge.key.ticket)
      }
    }
  }
}
