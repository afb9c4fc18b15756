package import LedgerRules
package import Policy
package import ServiceKit
import SwiftProtobuf
package import Wire

/// The ledger: agreements, credits, charges and statements.
package enum LedgerService: ServiceDefinition {
  package typealias State = LedgerState

  package static let name = ServiceName.ledger

  package static let tables: [AnyTable<LedgerState>] = [
    AnyTable(Tables.accounts), AnyTable(Tables.agreements), AnyTable(Tables.wallets), AnyTable(Tables.lots),
    // A quote has the id of its hold: whoever places the hold has made or read the quote, or there is none.
    AnyTable(Tables.holds, owning: [Belongings(Tables.quotes) { $0.as() }]), AnyTable(Tables.quotes),
    AnyTable(JournalTables.transfers), AnyTable(JournalTables.entries), AnyTable(JournalTables.reversals),
    AnyTable(Tables.ticketCharges),
    AnyTable(Tables.invoices), AnyTable(JournalTables.statements), AnyTable(Tables.standingOrders),
    AnyTable(MoveTables.moves),
  ]

  package static let writes: [WriteEntry<LedgerState>] = [
    WriteEntry(SignAgreement.self), WriteEntry(RenewAgreement.self), WriteEntry(EndAgreement.self),
    WriteEntry(PurchasePackage.self), WriteEntry(PlaceOrder.self), WriteEntry(EndOrder.self),
    WriteEntry(CreateQuote.self), WriteEntry(AcknowledgeQuote.self), WriteEntry(DeclineQuote.self),
    WriteEntry(PlaceHold.self), WriteEntry(CaptureHold.self), WriteEntry(VoidHold.self),
    WriteEntry(PostCharge.self), WriteEntry(PostManyCharges.self), WriteEntry(ReverseCharge.self),
    WriteEntry(PostAdjustment.self),
  ]

  package static let reads: [ReadEntry] = [
    ReadEntry(GetAgreement.self), ReadEntry(ListAgreements.self), ReadEntry(GetQuote.self), ReadEntry(ListHolds.self),
    ReadEntry(GetBalance.self), ReadEntry(ListLots.self), ReadEntry(ListJournal.self), ReadEntry(GetTransfer.self),
    ReadEntry(GetStatement.self), ReadEntry(ListStatements.self), ReadEntry(ListInvoices.self),
    ReadEntry(GetTicketCharge.self), ReadEntry(ListOrders.self),
  ]

  package static let migrations = [MigrationScript(101, "tables", PackageResources._101_tables_sql)]

  package static func outgoing(_ event: LedgerEvent) -> [OutgoingEvent] {
    switch event {
    case .agreement(let agreement, let balance, let held):
      let snapshot = Callout_V1_AgreementSnapshot.with {
        $0.agreement = agreement.wire(balance: balance, held: held)
        $0.purchasesMs = agreement.purchases.map(\.milliseconds)
        $0.tier = agreement.tier
        $0.agreedMs = agreement.agreedAt.milliseconds
        $0.endsMs = agreement.endsAt.wire
        $0.bought = agreement.bought
      }
      return [OutgoingEvent(to: .intake, about: agreement.id, version: agreement.version, .agreement(snapshot))]
    case .charges(let summary):
      return [OutgoingEvent(to: .intake, about: summary.ticket, version: summary.version, .charges(summary.snapshot))]
    case .notice(let notice):
      return [OutgoingEvent(to: .notifier, about: notice.id, version: 1, .notice(notice.wire))]
    }
  }
}

// News from other services.
extension LedgerService {
  package static func needs(
    _ event: Callout_V1_Event, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    switch event.body {
    case .ticket(let snapshot): needs.news(try TicketNews(snapshot), state)
    case .account(let snapshot): needs.news(try AccountNews(snapshot), state)
    case .agreement, .charges, .notice, .escalation, .answer, nil: throw unexpected
    }
  }

  package static func apply(
    _ event: Callout_V1_Event, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      switch event.body {
      case .ticket(let snapshot): try TicketNews.apply(TicketNews(snapshot), &state, &context).get()
      case .account(let snapshot): try AccountNews.apply(AccountNews(snapshot), &state, &context).get()
      case .agreement, .charges, .notice, .escalation, .answer, nil: throw unexpected
      }
    }
  }

  private static var unexpected: Refused {
    Refused(.invalid(field: "event.body"), "The ledger takes news of tickets and accounts.")
  }
}

// What falls due.
extension LedgerService {
  package static func needs(
    _ timer: Policy.Timer, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    switch timer.kind {
    case TimerKind.lotExpires, TimerKind.lotNotice:
      let lot = timer.subject.as(Kind.Lot.self)
      needs.row(Tables.lots, lot)
      if let lot = state.lots[lot] { needs.account(lot.agreement, state, contra: .expired) }
    case TimerKind.holdExpires:
      let hold = timer.subject.as(Kind.Hold.self)
      needs.hold(hold, state)
      if let ticket = state.holds[hold]?.ticket { needs.charges(of: ticket, state) }
    case TimerKind.quoteExpires:
      needs.row(Tables.quotes, timer.subject.as())
    case TimerKind.invoiceIssues:
      let invoice = timer.subject.as(Kind.Invoice.self)
      needs.row(Tables.invoices, invoice)
      if let invoice = state.invoices[invoice] { needs.account(invoice.agreement, state, contra: .invoiced) }
    case TimerKind.agreementEnds:
      needs.ending(timer.subject.as(), state)
    case TimerKind.orderBuys:
      let order = timer.subject.as(Kind.StandingOrder.self)
      needs.row(Tables.standingOrders, order)
      if let order = state.standingOrders[order] { needs.purchase(order.agreement, state) }
    case TimerKind.statementCloses:
      let agreement = timer.subject.as(Kind.Agreement.self)
      needs.account(agreement, state)
      guard let present = state.agreements[agreement] else { return }
      needs.row(Tables.accounts, present.account)
      needs.rows(
        JournalTables.transfersOfPeriod, AgreementPeriod(agreement: agreement, from: present.openPeriod))
      if let plan = state.common.plans[present.planVersion] {
        needs.row(JournalTables.statements, Statement.before(present.openPeriod, of: agreement, plan))
      }
    case _: throw Refused(.notFound("timer"), "The ledger has no timer of the kind \(timer.kind).")
    }
  }

  package static func fire(
    _ timer: Policy.Timer, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    switch timer.kind {
    case TimerKind.lotExpires: DueActions.lotExpires(timer.subject.as(), &state, &context)
    case TimerKind.lotNotice: DueActions.lotNotice(timer.subject.as(), &state, &context)
    case TimerKind.holdExpires: DueActions.holdExpires(timer.subject.as(), &state, &context)
    case TimerKind.quoteExpires: DueActions.quoteExpires(timer.subject.as(), &state, &context)
    case TimerKind.invoiceIssues: DueActions.invoiceIssues(timer.subject.as(), &state, &context)
    case TimerKind.agreementEnds: DueActions.agreementEnds(timer.subject.as(), &state, &context)
    case TimerKind.orderBuys: DueActions.orderBuys(timer.subject.as(), &state, &context)
    case TimerKind.statementCloses: DueActions.statementCloses(timer.subject.as(), &state, &context)
    case _: .refused(Refused(.notFound("timer"), "The ledger has no timer of the kind \(timer.kind)."))
    }
  }
}
