import NotifierRules
import Policy
import ServiceKit

/// What belongs together is loaded together.
extension Needs<NotifierState> {
  /// A ticket with its clocks and runs, its account, its plan, and whom its ladders tell.
  mutating func ladders(of id: TicketID, _ state: NotifierState) {
    // The ticket first, then what belongs to it: the ticket's lock orders everything that is done about it.
    row(Tables.tickets, id)
    guard let ticket = state.tickets[id] else { return }
    rows(Tables.clocksByTicket, id)
    rows(Tables.escalationsByTicket, id)
    row(Tables.accounts, ticket.accountID)
    plan(ticket.planVersion)
    guard let plan = state.common.plans[ticket.planVersion] else { return }
    if plan.updates != nil || plan.survey != nil, let account = state.accounts[ticket.accountID] {
      notices([MessageKind.update.rawValue, MessageKind.survey.rawValue], to: account, state)
    }
    let ladders = LadderNeeds.ladders(ofClass: ticket.ticketClass, plan)
    for name in LadderNeeds.rotas(of: ladders) {
      rows(Tables.rotasByName, name)
      rows(Tables.overridesByRota, name)
    }
    for handle in LadderNeeds.handles(of: ladders) { rows(Tables.peopleByHandle, handle) }
    let people = LadderNeeds.people(state)
    for person in people.sorted() { row(Tables.people, person) }
    guard plan.quietHours != nil || plan.merging != nil else { return }
    // Whom a ladder names, what waits for each of them.
    let named = people.union(LadderNeeds.handles(of: ladders).flatMap { state.people.members(of: $0).map(\.id) })
    for person in named.sorted() { rows(Tables.bundlesByRecipient, Bundle.recipient(of: person)) }
    for contact in state.accounts[ticket.accountID]?.contacts ?? [] { rows(Tables.bundlesByRecipient, contact.email) }
    for name in LadderNeeds.endpoints(of: ladders) { rows(Tables.bundlesByRecipient, name) }
  }

  /// An escalation with all that its ticket's timer is armed by.
  mutating func taking(_ id: EscalationID, _ state: NotifierState) {
    row(Tables.escalations, id)
    guard let escalation = state.escalations[id] else { return }
    row(Tables.tickets, escalation.ticketID)
    rows(Tables.clocksByTicket, escalation.ticketID)
    rows(Tables.escalationsByTicket, escalation.ticketID)
    plan(escalation.planVersion)
  }

  /// A message with those that it carries, and what a person takes who answers it.
  mutating func answering(_ id: DeliveryID, _ state: NotifierState) {
    row(Tables.deliveries, id)
    guard let delivery = state.deliveries[id] else { return }
    switch delivery.cause {
    case .escalation(let escalation): taking(escalation, state)
    case .bundle:
      rows(Tables.deliveriesByCarrier, id)
      for carried in state.deliveries.all where carried.carrierID == id {
        if case .escalation(let escalation) = carried.cause { taking(escalation, state) }
      }
    case .notice, .answer: break
    }
  }

  /// What notices of some kinds to a customer are made of: the words, and what waits for the contacts where the plan merges.
  mutating func notices(_ kinds: Set<String>, to account: AccountView, _ state: NotifierState) {
    words(kinds, in: account.language, state)
    guard let version = account.planVersion else { return }
    plan(version)
    guard state.common.plans[version]?.merging != nil else { return }
    for contact in account.contacts { rows(Tables.bundlesByRecipient, contact.email) }
  }

  /// What waits together, with the runs and tickets that it is about, or its notices and accounts, and their plans.
  mutating func bundle(_ id: BundleID, _ state: NotifierState) {
    row(Tables.bundles, id)
    rows(Tables.heldByBundle, id)
    for delivery in state.deliveries.all where delivery.bundleID == id {
      switch delivery.cause {
      case .escalation(let escalation):
        row(Tables.escalations, escalation)
        guard let run = state.escalations[escalation] else { continue }
        row(Tables.tickets, run.ticketID)
        plan(run.planVersion)
      case .notice(let notice):
        row(Tables.notices, notice)
        guard let account = state.notices[notice]?.accountID else { continue }
        row(Tables.accounts, account)
        if let version = state.accounts[account]?.planVersion { plan(version) }
      case .bundle, .answer: break
      }
    }
  }

  /// A rota with its overrides, and whom the desk's notices about it go to.
  mutating func watched(_ id: RotaID, _ state: NotifierState) {
    row(Tables.rotas, id)
    guard let rota = state.rotas[id] else { return }
    rows(Tables.overridesByRota, rota.name)
    desk(otherwise: rota.people, .coverage, state)
  }

  /// A plan that was published, what else was published of it, the rotas that it names, and whom the desk's notices about them
  /// go to.
  mutating func namedRotas(of id: ProductEndID, _ state: NotifierState) {
    row(Tables.productEnds, id)
    guard let published = state.productEnds[id] else { return }
    rows(Tables.productEndsByPlan, published.plan)
    plan(published.planVersion)
    guard let plan = state.common.plans[published.planVersion] else { return }
    let names = LadderNeeds.rotas(of: plan.ladders)
    for name in names { rows(Tables.rotasByName, name) }
    desk(otherwise: names.flatMap { state.rotas.members(of: $0) }.flatMap(\.people), .coverage, state)
  }

  /// Whom the desk's own notices of a kind go to, and in which words.
  private mutating func desk(otherwise people: [PersonID], _ kind: MessageKind, _ state: NotifierState) {
    rows(Tables.rotasByName, DeskNotice.group)
    let group = state.rotas.members(of: DeskNotice.group).first?.people ?? []
    for person in group + people { row(Tables.people, person) }
    words([kind.rawValue], in: nil, state)
  }

  /// The end of a product with its plan, what else was published of that plan, and accounts that may be left to be told.
  mutating func told(of id: ProductEndID, _ state: NotifierState) {
    row(Tables.productEnds, id)
    guard let end = state.productEnds[id] else { return }
    plan(end.planVersion)
    rows(Tables.productEndsByPlan, end.plan)
    let told = Set([""] + state.productEnds.members(of: end.plan).compactMap { $0.on?.description })
    for day in told.sorted() where day != end.on?.description {
      rows(Tables.accountsByEnd, .init(plan: end.plan, told: day))
    }
    for account in state.accounts.all where account.plan == end.plan {
      notices([MessageKind.endOfLife.rawValue], to: account, state)
    }
  }
}

extension NotifierState {
  /// Gives the loaded rotas the civil time of their zones.
  mutating func knowZones() {
    for zone in rotas.all.flatMap(\.zones) { zones[zone] = SystemZones.rules(zone) }
  }
}
