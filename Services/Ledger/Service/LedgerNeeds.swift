import LedgerRules
import Policy
import ServiceKit

/// What operations have in common that they need to know.
extension Needs<LedgerState> {
  /// An agreement with its wallet, the lots that have something left, its plan, and the tenant's own wallets of some kinds; the
  /// wallets in each unit of the plan.
  mutating func account(_ agreement: AgreementID, _ state: LedgerState, contra: Wallet.Kind...) {
    row(Tables.agreements, agreement)
    row(Tables.wallets, agreement.as())
    rows(Tables.lotsLeft, agreement)
    guard let known = state.agreements[agreement] else { return }
    plan(known.planVersion)
    let furtherUnits = state.common.plans[known.planVersion]?.furtherUnits ?? []
    for unit in furtherUnits { row(Tables.wallets, WalletID(of: agreement, in: unit)) }
    for kind in contra {
      ownWallet(kind, known.unit)
      for unit in furtherUnits { ownWallet(kind, unit) }
    }
  }

  private mutating func ownWallet(_ kind: Wallet.Kind, _ unit: String) {
    if let wallet = kind.tenantWallet(in: unit) { row(Tables.wallets, wallet) }
  }

  /// Lots of an agreement that were in force at an instant and have lapsed since, with how they did.
  mutating func lapsed(_ agreement: AgreementID, since done: Instant, _ state: LedgerState) {
    rows(Tables.lotsLapsed, agreement)
    for lot in state.lots.members(of: agreement) where lot.grantedAt <= done {
      guard Lot.isLive(until: lot.expiresAt, at: done) else { continue }
      for id in lot.lapsedBy { row(JournalTables.transfers, id) }
    }
  }

  /// What buying under an agreement looks at.
  mutating func purchase(_ agreement: AgreementID, _ state: LedgerState) {
    account(agreement, state, contra: .sold, .earned, .expired)
    rows(Tables.lotsLiving, agreement)
    if let plan = state.agreements[agreement]?.plan { newestPlan(of: plan, state) }
    unsettled(of: agreement, state)
  }

  /// What ending an agreement looks at.
  mutating func ending(_ agreement: AgreementID, _ state: LedgerState) {
    account(agreement, state)
    rows(Tables.ordersOfAgreement, agreement)
  }

  /// What intake has told of an agreement's customer, where the plan asks for a first assessment that the task does not
  /// show by itself: a charge that does is loaded in one round.
  mutating func customer(of agreement: AgreementID, for task: WorkTask, _ state: LedgerState) {
    guard case .done(let items) = task.assessment, let agreement = state.agreements[agreement],
      let rule = state.common.plans[agreement.planVersion]?.assessment, !items.isSuperset(of: rule.items)
    else { return }
    row(Tables.accounts, agreement.account)
  }

  /// A hold with its quote and lots, and its agreement.
  mutating func hold(_ id: HoldID, _ state: LedgerState) {
    row(Tables.holds, id)
    row(Tables.quotes, id.as())
    guard let hold = state.holds[id] else { return }
    account(hold.agreement, state, contra: .earned, .expired)
    for draw in hold.draws { row(Tables.lots, draw.lot) }
    if let ticket = hold.ticket { rows(Tables.chargesOfTicket, ticket) }
  }

  /// A ticket's charges with all that settling them looks at.
  mutating func charges(of ticket: TicketID, _ state: LedgerState) {
    rows(Tables.chargesOfTicket, ticket)
    for charge in state.ticketCharges.members(of: ticket) { settling(charge, state) }
  }

  /// What an agreement's credits have not covered yet, with all that settling it looks at.
  mutating func unsettled(of agreement: AgreementID, _ state: LedgerState) {
    rows(Tables.unsettledCharges, agreement)
    for charge in state.ticketCharges.all where charge.agreement == agreement && charge.unsettled > 0 {
      rows(Tables.chargesOfTicket, charge.key.ticket)
      settling(charge, state)
    }
  }

  private mutating func settling(_ charge: TicketCharge, _ state: LedgerState) {
    account(charge.agreement, state, contra: .earned, .expired)
    plan(charge.planVersion)
    rows(Tables.invoicesOfAgreement, charge.agreement)
    if let hold = charge.hold { self.hold(hold, state) }
    if let quote = charge.quote {
      row(Tables.quotes, quote)
      // A quote's hold has the quote's identifier.
      hold(quote.as(), state)
    }
    for id in charge.transfers { transfer(id, state) }
  }

  /// A transfer, whether it was reversed, and the lots that it drew on.
  mutating func transfer(_ id: TransferID, _ state: LedgerState) {
    row(JournalTables.transfers, id)
    row(JournalTables.reversals, id)
    for draw in state.transfers[id]?.draws ?? [] { row(Tables.lots, draw.lot) }
  }
}
