internal import Policy

// Work that is charged later than it was done, because it was recorded late or its news came late, is paid by what was in
// force then: units that have lapsed since are brought back for it.
extension LedgerState {
  /// Pays what a ticket still owes from lots that were in force when its work was completed, and have lapsed since: the
  /// expiry is reversed, the work charged, and the rest lapses again.
  mutating func payFromLapsed(
    _ charge: inout TicketCharge, plan: Plan, _ context: inout Context
  ) throws(Refused) {
    guard let done = charge.completedAt, charge.outstanding > 0 else { return }
    let held = charge.hold.flatMap { holds[$0] }.flatMap { $0.state == .open ? $0.amount : nil } ?? 0
    for lot in lots.members(of: charge.agreement).sorted(by: Lot.isDrawnBefore) {
      let missing = charge.outstanding - held
      guard missing > 0 else { return }
      guard lot.isExpired, lot.furtherUnit == charge.furtherUnit, lot.grantedAt <= done,
        Lot.isLive(until: lot.expiresAt, at: done),
        let id = lot.lapsedBy, reversals[id] == nil, let expiry = transfers[id]
      else { continue }
      try bringBack(expiry, for: charge, plan: plan, &context)
      let paid = min(missing, lots[lot.id].map { $0.remaining - $0.held } ?? 0)
      if paid > 0 {
        let posted = try post(
          Posting(
            kind: .charge, agreement: charge.agreement, contra: .earned, planVersion: charge.planVersion,
            text: charge.text,
            lines: [
              JournalLine(
                kind: .adjustment, clause: charge.lines.first?.clause ?? "",
                text: "Paid by units in force on \(dateText(done, plan))", units: paid,
                arithmetic: "\(paid) of \(charge.outstanding) due")
            ],
            draws: [Draw(lot: lot.id, units: -paid)], ticket: charge.key.ticket,
            furtherUnit: charge.furtherUnit, effectiveAt: done), &context)
        charge.charged += paid
        charge.transfers.append(posted.id)
      }
      try lapse([lot.id], &context)
    }
  }

  /// Takes an expiry back, once.
  private mutating func bringBack(
    _ expiry: Transfer, for charge: TicketCharge, plan: Plan, _ context: inout Context
  ) throws(Refused) {
    let units = -expiry.amount
    let posted = try post(
      Posting(
        kind: .reversal, agreement: expiry.agreement, contra: .expired, planVersion: expiry.planVersion,
        text: "Reversed: \(expiry.text)",
        lines: [
          JournalLine(
            kind: .reversal, clause: expiry.lines.first?.clause ?? "", text: "Work done before it: \(charge.text)",
            units: -units, arithmetic: "the \(units) that lapsed on \(dateText(expiry.at, plan))")
        ],
        draws: expiry.draws.map { Draw(lot: $0.lot, units: -$0.units) }, ticket: charge.key.ticket,
        reverses: expiry.id, furtherUnit: expiry.furtherUnit), &context)
    reversals.insert(Reversal(transfer: expiry.id, by: posted.id))
    for draw in expiry.draws { lots.update(draw.lot) { $0.lapsedBy = nil } }
  }
}
