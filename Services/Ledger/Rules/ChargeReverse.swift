package import Policy

/// Reverses a charge: the units return to the lots that paid. Money is never paid back (F25).
package enum ChargeReverse {
  package struct Request: Hashable, Sendable {
    package let transfer: TransferID
    package let reason: String

    package init(transfer: TransferID, reason: String) {
      self.transfer = transfer
      self.reason = reason
    }
  }

  package struct Reply: Hashable, Sendable {
    package let transfer: Transfer
    package let balance: Amount
  }

  /// Looks at the transfer, its reversal, its agreement with wallet, lots, plan and invoices, and the ticket's charges.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      guard let transfer = state.transfers[request.transfer] else {
        throw Refused(.notFound("transfer"), "There is no such transfer.")
      }
      guard !request.reason.isEmpty else { throw Refused(.needsReason, "A reversal needs a reason, which is kept.") }
      let reason = try required(request.reason, field: "reason")
      let posted = try state.reverse(transfer, reason: reason, &context)
      state.noteReversal(of: transfer)
      state.endLowBalance(
        transfer.agreement, in: transfer.furtherUnit, plan: try state.plan(transfer.planVersion), at: context.now)
      let wallet = try state.wallet(transfer.agreement, in: transfer.furtherUnit)
      return Reply(transfer: posted, balance: wallet.balance)
    }
  }
}

extension LedgerState {
  /// Posts the opposite of a charge or of a debit by hand, once.
  ///
  /// - Parameter lapses: whether units of lots whose time is over lapse at once; not where they are charged again.
  mutating func reverse(
    _ transfer: Transfer, reason: String, lapses: Bool = true, _ context: inout Context
  ) throws(Refused) -> Transfer {
    if let present = reversals[transfer.id] {
      throw Refused(.conflict(state: "reversed"), "The transfer was reversed already, by \(present.by).")
    }
    let isDebit = transfer.kind == .charge || (transfer.kind == .adjustment && transfer.amount < 0)
    guard isDebit, let contra = Wallet.Kind(ofTenantWallet: transfer.contra) else {
      throw Refused(
        .conflict(state: transfer.kind.rawValue),
        "Only charges and debits by hand are reversed: a \(transfer.kind.rawValue) is not, and nothing is refunded.")
    }
    let agreement = try agreement(transfer.agreement)
    let plan = try plan(transfer.planVersion)
    var draws = transfer.draws.map { Draw(lot: $0.lot, units: -$0.units) }
    let returned = try returnOverage(of: transfer, agreement, plan: plan, &context)
    draws += returned.draws
    let amount = draws.total + returned.limit
    let posted = try post(
      Posting(
        kind: .reversal, agreement: transfer.agreement,
        contra: contra, planVersion: transfer.planVersion, text: "Reversed: \(transfer.text)",
        lines: [
          JournalLine(
            kind: .reversal, clause: transfer.lines.first?.clause ?? "", text: reason, units: -amount,
            arithmetic: "the \(amount) charged on \(dateText(transfer.at, plan))")
        ],
        draws: draws, overage: returned.limit, ticket: transfer.ticket, reverses: transfer.id,
        furtherUnit: transfer.furtherUnit), &context)
    if returned.limit > 0 {
      wallets.update(transfer.agreement.as()) { $0.overageLimit -= returned.limit }
    }
    reversals.insert(Reversal(transfer: transfer.id, by: posted.id))
    common.changed("charge.reversed", transfer.id, version: 2, reason)
    if lapses { try lapse(draws.map(\.lot), &context) }
    return posted
  }

  /// Where the part of a charge beyond the balance goes when it is reversed: off the bill while that is not issued; into
  /// a new lot once the customer was billed for it, for money is not paid back.
  private mutating func returnOverage(
    of transfer: Transfer, _ agreement: Agreement, plan: Plan, _ context: inout Context
  ) throws(Refused) -> (limit: Amount, draws: [Draw]) {
    let overage = -transfer.overage
    guard overage > 0 else { return (0, []) }
    let invoice = invoices.members(of: agreement.id).first { $0.transfer == transfer.id }
    if var invoice, invoice.issuedAt == nil, let rest = invoice.units.adding(-overage), rest >= 0,
      let price = plan.overage?.price.times(rest.units)
    {
      invoice.units = rest
      invoice.money = price
      invoices.update(invoice)
      if rest == 0 { common.timers.disarm(TimerKind.invoiceIssues, invoice.id) }
      return (overage, [])
    }
    let lot = openLot(agreement, in: transfer.furtherUnit, granted: overage, plan: plan, &context)
    return (0, [Draw(lot: lot.id, units: overage)])
  }

  /// Keeps a ticket from being charged again for what a person took back.
  mutating func noteReversal(of transfer: Transfer) {
    guard let ticket = transfer.ticket,
      var charge = ticketCharges.members(of: ticket).first(where: { $0.transfers.contains(transfer.id) })
    else { return }
    charge.charged += transfer.amount
    charge.reversed -= transfer.amount
    ticketCharges.update(charge)
    tellCharges(of: ticket)
  }
}
