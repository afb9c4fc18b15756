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
      words([MessageKind.update.rawValue, MessageKind.survey.rawValue], in: account.language, state)
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

  /// What waits together, with the runs and tickets that it is about, and their plans.
  mutating func bundle(_ id: BundleID, _ state: NotifierState) {
    row(Tables.bundles, id)
    rows(Tables.heldByBundle, id)
    for delivery in state.deliveries.all where delivery.bundleID == id {
      guard case .escalation(let escalation) = delivery.cause else { continue }
      row(Tables.escalations, escalation)
      guard let run = state.escalations[escalation] else { continue }
      row(Tables.tickets, run.ticketID)
      plan(run.planVersion)
    }
  }

  /// A rota with its overrides.
  mutating func rota(_ id: RotaID, _ state: NotifierState) {
    row(Tables.rotas, id)
    if let rota = state.rotas[id] { rows(Tables.overridesByRota, rota.name) }
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
      words([MessageKind.endOfLife.rawValue], in: account.language, state)
    }
  }
}

extension NotifierState {
  /// Gives the loaded rotas the civil time of their zones.
  mutating func knowZones() {
    for zone in rotas.all.flatMap(\.zones) { zones[zone] = SystemZones.rules(zone) }
  }
}
