package import Policy

/// What the ledger does by itself when something falls due. Each function takes the subject of its timer; a subject that
/// is gone, or has ended otherwise meanwhile, means that there is nothing to do.
package enum DueActions {
  /// A lot's last day is over: what no open hold keeps aside lapses (F26).
  ///
  /// Looks at the lot, and its agreement with wallet and plan.
  package static func lotExpires(
    _ id: LotID, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      guard let lot = state.lots[id], !lot.isExpired, let expiresAt = lot.expiresAt, context.now >= expiresAt
      else { return }
      try state.lapse([id], &context)
    }
  }

  /// A lot lapses before long, as the plan's notices say: the customer is told if something is left, once for all lots of the
  /// unit of which that is the last day.
  ///
  /// Looks at the lot, and its agreement with wallet, living lots and plan.
  package static func lotNotice(
    _ id: LotID, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      guard let told = state.lots[id], let expiresAt = told.expiresAt, told.free(at: context.now) > 0 else { return }
      let agreement = try state.agreement(told.agreement)
      let plan = try state.plan(agreement.planVersion)
      let lastDay = lastDayText(expiresAt, plan)
      let lots = state.lots.members(of: agreement.id).sorted(by: Lot.isDrawnBefore).filter { lot in
        lot.furtherUnit == told.furtherUnit && lot.free(at: context.now) > 0
          && lot.expiresAt.map { lastDayText($0, plan) == lastDay } ?? false
      }
      for lot in lots { state.common.timers.disarm(TimerKind.lotNotice, lot.id) }
      let left = lots.reduce(Amount.zero) { $0 + $1.remaining }
      func parts(_ lots: [Lot]) -> String {
        lots.map { "\(units($0.remaining, plan, $0.furtherUnit)) of \(dateText($0.grantedAt, plan))" }
          .joined(separator: " and ")
      }
      let carried = lots.filter { plan.package($0.package)?.carryOver == .onRenewal }
      let what = carried.count == lots.count ? "them" : parts(carried)
      let way = carried.isEmpty ? "" : " A package bought on or before that day carries over \(what)."
      state.notify(
        .expiry, agreement.account,
        subject: "\(plan.title): \(units(left, plan, told.furtherUnit)) \(plan.expiryEnding(expiresAt))",
        text: "\(parts(lots)) can be used until \(lastDay), and lapse then.\(way)",
        facts: [
          "plan": .text(plan.title), "left": .units(left, told.furtherUnit ?? plan.unit),
          "last": .day(expiresAt - .milliseconds(1), in: plan.zone),
          "lots": .rows(
            lots.map { lot in
              [
                "units": .units(lot.remaining, lot.furtherUnit ?? plan.unit),
                "granted": .day(lot.grantedAt, in: plan.zone), "carries": .flag(carried.contains { $0.id == lot.id }),
              ]
            }),
        ], &context)
    }
  }

  /// A hold's time is over.
  ///
  /// Looks at the hold, its quote and lots, its agreement with wallet and plan, and its ticket's charges.
  package static func holdExpires(
    _ id: HoldID, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      guard let hold = state.holds[id], hold.state == .open else { return }
      try state.end(hold, .expired, &context)
      if let ticket = hold.ticket { state.tellCharges(of: ticket) }
    }
  }

  /// Nobody answered a quote.
  package static func quoteExpires(
    _ id: QuoteID, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      guard var quote = state.quotes[id], quote.state == .needsAcknowledgement else { return }
      quote.state = .expired
      state.quotes.update(quote)
      state.common.changed("quote.expired", id, version: 2, "Nobody acknowledged it in time")
    }
  }

  /// An invoice for overage is due: it is issued, and brings the units back (F28).
  ///
  /// Looks at the invoice, and its agreement with wallet and plan.
  package static func invoiceIssues(
    _ id: InvoiceID, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      guard var invoice = state.invoices[id], invoice.issuedAt == nil, invoice.units > 0 else { return }
      let agreement = try state.agreement(invoice.agreement)
      let plan = try state.plan(agreement.planVersion)
      guard let rule = plan.overage else { return }
      _ = try state.post(
        Posting(
          kind: .overage, agreement: agreement.id, contra: .invoiced, planVersion: agreement.planVersion,
          text: "Invoiced: \(invoice.money)",
          lines: [
            JournalLine(
              kind: .overage, clause: rule.id, text: "\(units(invoice.units, plan)) beyond the balance",
              units: -invoice.units, arithmetic: "\(invoice.units) x \(rule.price) = \(invoice.money)")
          ],
          overage: invoice.units, ticket: invoice.ticket), &context)
      state.wallets.update(agreement.id.as()) { $0.overageLimit -= invoice.units }
      invoice.issuedAt = context.now
      state.invoices.update(invoice)
      state.common.changed("invoice.issued", id, version: 1, "\(invoice.money) for \(units(invoice.units, plan))")
      state.notify(
        .invoice, agreement.account, subject: "\(plan.title): invoice of \(invoice.money)",
        text: "\(units(invoice.units, plan)) were used beyond the balance, as acknowledged: "
          + "\(invoice.units) x \(rule.price) = \(invoice.money).",
        facts: [
          "plan": .text(plan.title), "used": .units(invoice.units, plan.unit), "price": .money(rule.price),
          "total": .money(invoice.money),
        ], &context)
    }
  }

  /// A statement period is over: it is closed, once, and never changes (F24, F29).
  ///
  /// Looks at the agreement, its wallet, account and plan, the transfers of the period, and the statement before.
  package static func statementCloses(
    _ id: AgreementID, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Void> {
    Decision { () throws(Refused) in
      var agreement = try state.agreement(id)
      let plan = try state.plan(agreement.planVersion)
      let period = plan.period(containing: agreement.openPeriod)
      guard context.now >= period.to else {
        state.common.timers.arm(TimerKind.statementCloses, id, at: period.to)
        return
      }
      let transfers = state.transfers.members(of: id).filter { $0.period == period.from }
      let account = state.accounts[agreement.account]?.name ?? ""
      let document = StatementDocument(
        agreement: id, accountName: account, plan: plan, from: period.from, to: period.to, opening: agreement.opening,
        openings: agreement.openings, lots: state.statements[Statement.before(period.from, of: id, plan)]?.lots ?? [],
        transfers: transfers, isClosed: true)
      let text = document.text
      let statement = Statement(
        id: context.id(), agreement: id, from: period.from, to: period.to, opening: document.opening,
        closing: document.closing, accountName: account, closedAt: context.now, text: text, lots: document.lotsLeft)
      state.statements.insert(statement)
      agreement.openPeriod = period.to
      agreement.opening = document.closing
      agreement.openings = document.furtherClosings.filter { $0.units != 0 }
      state.agreements.update(agreement)
      state.wallets.update(id.as()) { $0.postedAt = max($0.postedAt, period.to) }
      let isEmpty = document.closing == 0 && agreement.openings.isEmpty && transfers.isEmpty
      if agreement.isActive || !isEmpty {
        state.common.timers.arm(TimerKind.statementCloses, id, at: plan.period(containing: period.to).to)
      }
      state.common.changed("statement.closed", statement.id, version: 1, document.title)
      state.notify(
        .statement, agreement.account, subject: "\(plan.title): \(document.title)",
        text: text.utf8.count <= Notice.textByteCountMax ? text : document.summary, facts: document.facts, &context)
    }
  }
}
