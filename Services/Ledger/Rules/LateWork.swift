internal import Policy

// Work that is charged later than it was done, because it was recorded late or its news came late, is paid by what was in
// force then: units that have lapsed since are brought back for it.
extension LedgerState {
  /// What lots can still pay of `units` that were in force when the work was completed, and have lapsed since; in the order
  /// in which lots are drawn.
  ///
  /// - Parameter done: when the work was completed; nil: now, so that nothing has lapsed since.
  func lapsedParts(
    of units: Amount, in furtherUnit: String?, from agreement: AgreementID, at done: Instant?
  ) -> [Draw] {
    guard let done else { return [] }
    var missing = units
    var parts: [Draw] = []
    for lot in lots.members(of: agreement).sorted(by: Lot.isDrawnBefore) where missing > 0 {
      guard lot.isExpired, lot.furtherUnit == furtherUnit, lot.grantedAt <= done,
        Lot.isLive(until: lot.expiresAt, at: done)
      else { continue }
      let lapsed = expiries(of: lot).reduce(Amount.zero) { $0 - $1.amount }
      let part = min(missing, lapsed)
      guard part > 0 else { continue }
      parts.append(Draw(lot: lot.id, units: part))
      missing -= part
    }
    return parts
  }

  /// The expiries of a lot that were not taken back, the oldest first.
  private func expiries(of lot: Lot) -> [Transfer] {
    lot.lapsedBy.compactMap { transfers[$0] }.filter { reversals[$0.id] == nil }
  }

  /// Takes as many expiries of each lot back, each once and whole, as its part needs, so that it can be drawn. What is not
  /// drawn must lapse again (``lapse(_:_:)``).
  mutating func bringBack(
    _ parts: [Draw], for text: String, ticket: TicketID?, plan: Plan, _ context: inout Context
  ) throws(Refused) {
    for part in parts {
      guard let lot = lots[part.lot] else { continue }
      var missing = part.units
      for expiry in expiries(of: lot) where missing > 0 {
        missing += expiry.amount
        try takeBack(expiry, of: lot.id, for: text, ticket: ticket, plan: plan, &context)
      }
    }
  }

  private mutating func takeBack(
    _ expiry: Transfer, of lot: LotID, for text: String, ticket: TicketID?, plan: Plan, _ context: inout Context
  ) throws(Refused) {
    let units = -expiry.amount
    let posted = try post(
      Posting(
        kind: .reversal, agreement: expiry.agreement, contra: .expired, planVersion: expiry.planVersion,
        text: "Reversed: \(expiry.text)",
        lines: [
          JournalLine(
            kind: .reversal, clause: expiry.lines.first?.clause ?? "", text: "Work done before it: \(text)",
            units: -units, arithmetic: "the \(units) that lapsed on \(dateText(expiry.at, plan))")
        ],
        draws: [Draw(lot: lot, units: units)], ticket: ticket, reverses: expiry.id,
        furtherUnit: expiry.furtherUnit), &context)
    reversals.insert(Reversal(transfer: expiry.id, by: posted.id))
    lots.update(lot) { $0.lapsedBy.removeAll { $0 == expiry.id } }
  }
}

extension Posting {
  /// Draws on lots that were brought back for the work, and says so in a line that moves nothing.
  mutating func draw(lapsed parts: [Draw], plan: Plan) {
    guard !parts.isEmpty else { return }
    draws = LedgerState.merged(parts.map { Draw(lot: $0.lot, units: -$0.units) } + draws)
    let done = effectiveAt.map { " on \(dateText($0, plan))" } ?? ""
    lines.append(
      JournalLine(
        kind: .adjustment, clause: lines.first?.clause ?? "",
        text: "Of this, \(units(parts.total, plan, furtherUnit)) that were in force\(done) and have lapsed since",
        units: 0, arithmetic: parts.map { "\($0.units)" }.joined(separator: " + ")))
  }
}
