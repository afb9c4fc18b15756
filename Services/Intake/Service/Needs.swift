import IntakeRules
import Policy
import ServiceKit

/// What belongs together is loaded together.
extension Needs<IntakeState> {
  /// An account with everything that its snapshot tells.
  mutating func account(_ id: AccountID) {
    row(Tables.accounts, id)
    rows(Tables.subsidiariesOfAccount, id)
    rows(Tables.hotlinesOfAccount, id)
    rows(Tables.contactsOfAccount, id)
  }

  /// The plan that an account has agreed to, once the account is loaded.
  mutating func plan(of id: AccountID, _ state: IntakeState) {
    if let agreement = state.accounts[id]?.agreement { plan(agreement.planVersion) }
  }

  /// A ticket with everything that its snapshot tells, and its plan.
  mutating func ticket(_ id: TicketID, _ state: IntakeState) {
    row(Tables.tickets, id)
    rows(Tables.workOfTicket, id)
    rows(Tables.visitsOfTicket, id)
    guard let ticket = state.tickets[id] else { return }
    row(Tables.accounts, ticket.accountID)
    plan(ticket.planVersion)
  }

  /// A visit with its ticket or, for maintenance, its account.
  mutating func visit(_ id: VisitID, _ state: IntakeState) {
    row(Tables.visits, id)
    guard let visit = state.visits[id] else { return }
    row(Tables.accounts, visit.accountID)
    if let ticketID = visit.ticketID { ticket(ticketID, state) }
  }
}
