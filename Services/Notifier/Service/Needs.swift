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
    for name in LadderNeeds.rotas(of: ticket, plan) {
      rows(Tables.rotasByName, name)
      rows(Tables.overridesByRota, name)
    }
    for person in LadderNeeds.people(state).sorted() { row(Tables.people, person) }
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
  }
}

extension NotifierState {
  /// Gives the loaded rotas the civil time of their zones.
  mutating func knowZones() {
    for rota in rotas.all { zones[rota.zone] = SystemZones.rules(rota.zone) }
  }
}
