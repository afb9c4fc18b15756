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
        Lot.isLive(until: lot.expiresAt, at: done),
        let expiry = lot.lapsedBy.flatMap({ transfers[$0] }), reversals[expiry.id] == nil
      else { continue }
      let part = min(missing, -expiry.amount)
      parts.append(Draw(lot: lot.id, units: part))
      missing -= part
    }
    return parts
  }

  /// Takes the expiry of each lot back, once, so that its part can be drawn. What is not drawn must lapse again
  /// (``lapse(_:_:)``).
  mutating func bringBack(
    _ parts: [Draw], for text: String, ticket: TicketID?, plan: Plan, _ context: inout Context
  ) throws(Refused) {
    for part in parts {
      guard let expiry = lots[part.lot]?.lapsedBy.flatMap({ transfers[$0] }) else { continue }
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
          draws: [Draw(lot: part.lot, units: units)], ticket: ticket, reverses: expiry.id,
          furtherUnit: expiry.furtherUnit), &context)
      reversals.insert(Reversal(transfer: expiry.id, by: posted.id))
      lots.update(part.lot) { $0.lapsedBy = nil }
    }
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
