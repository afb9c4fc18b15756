internal import Policy

/// Names of the ledger's timers. They are stored, and never change their meaning.
package enum TimerKind {
  /// Subject: a lot. It lapses.
  package static let lotExpires = "lot.expires"
  /// Subject: a lot. The customer is told that it will lapse.
  package static let lotNotice = "lot.notice"
  /// Subject: a hold. It ends.
  package static let holdExpires = "hold.expires"
  /// Subject: a quote. It ends.
  package static let quoteExpires = "quote.expires"
  /// Subject: an invoice. It is issued.
  package static let invoiceIssues = "invoice.issues"
  /// Subject: an agreement. Its term is over.
  package static let agreementEnds = "agreement.ends"
  /// Subject: a standing order. Its package is bought again.
  package static let orderBuys = "order.buys"
  /// Subject: an agreement. Its statement period is closed.
  package static let statementCloses = "statement.closes"
}

/// Why a hold ends without being captured.
enum HoldEnd {
  case voided(reason: String)
  case expired
}

extension LedgerState {
  /// Keeps units aside: parts of lots, and beyond them at most `overage` that somebody acknowledged.
  mutating func place(
    _ amount: Amount, in furtherUnit: String? = nil, overage limit: Amount = 0, id: HoldID, agreement: AgreementID,
    ticket: TicketID?,
    reason: String, expiresAt: Instant? = nil, plan: Plan, _ context: inout Context
  ) throws(Refused) -> Hold {
    var wallet = try wallet(agreement, in: furtherUnit)
    let (draws, missing) = parts(of: amount, in: furtherUnit, from: agreement, at: context.now)
    guard missing <= limit else {
      throw insufficient(amount, available: amount - missing, in: furtherUnit, plan: plan)
    }
    for draw in draws { lots.update(draw.lot) { $0.held += draw.units } }
    wallet.held += amount
    wallet.overageLimit += missing
    keep(wallet)
    let hold = Hold(
      id: id, agreement: agreement, ticket: ticket, furtherUnit: furtherUnit, amount: amount, overage: missing,
      draws: draws, reason: reason,
      placedAt: context.now, expiresAt: expiresAt)
    guard holds.insert(hold) else { throw Refused(.alreadyExists("hold"), "There is such a hold already.") }
    if let expiresAt { common.timers.arm(TimerKind.holdExpires, id, at: expiresAt) }
    common.changed("hold.placed", id, version: 1, "\(units(amount, plan, furtherUnit)) held: \(reason)")
    return hold
  }

  /// Ends an open hold without charging it. What it kept of a lot that has lapsed meanwhile lapses now.
  mutating func end(_ hold: Hold, _ end: HoldEnd, _ context: inout Context) throws(Refused) {
    try free(hold)
    var ended = hold
    switch end {
    case .voided(let reason):
      ended.state = .voided
      common.changed("hold.voided", hold.id, version: 2, reason)
      settleQuote(of: hold, as: .settled)
    case .expired:
      ended.state = .expired
      common.changed("hold.expired", hold.id, version: 2, "The hold has expired")
      settleQuote(of: hold, as: .expired)
    }
    holds.update(ended)
    common.timers.disarm(TimerKind.holdExpires, hold.id)
    try lapse(hold.draws.map(\.lot), &context)
  }

  /// Charges at most `amount` from an open hold and `more` that is free beside it, and ends the hold.
  ///
  /// What an acknowledgement covers is used last: only where no lot has a free unit. Beside all that, `lapsed` parts of lots
  /// pay that were in force when the work was done.
  mutating func capture(
    _ amount: Amount, of hold: Hold, more: Amount = 0, lapsed: [Draw] = [], _ posting: Posting, plan: Plan,
    completedAt: Instant, _ context: inout Context
  ) throws(Refused) -> Transfer {
    try free(hold)
    var missing = amount
    var draws: [Draw] = []
    for draw in hold.draws where missing > 0 {
      let part = min(missing, draw.units)
      draws.append(Draw(lot: draw.lot, units: -part))
      missing -= part
    }
    // The parts just freed must not be drawn twice: take them before looking for free units.
    let kept = draws
    for draw in kept { lots.update(draw.lot) { $0.held -= draw.units } }
    let (free, uncovered) = parts(of: missing + more, in: hold.furtherUnit, from: hold.agreement, at: context.now)
    for draw in kept { lots.update(draw.lot) { $0.held += draw.units } }
    guard uncovered <= hold.overage else {
      throw insufficient(
        amount + more, available: amount + more - uncovered + hold.overage, in: hold.furtherUnit, plan: plan)
    }
    draws = Self.merged(draws + free.map { Draw(lot: $0.lot, units: -$0.units) })
    var posting = posting
    posting.hold = hold.id
    posting.furtherUnit = hold.furtherUnit
    posting.draws = draws
    posting.overage = -uncovered
    if uncovered > 0 {
      posting.lines += plan.overageLine(uncovered, price: plan.overage?.price.times(uncovered.units))
    }
    if uncovered > 0 { try raiseLimit(hold.agreement, by: uncovered) }
    try bringBack(lapsed, for: posting.text, ticket: posting.ticket, plan: plan, &context)
    posting.draw(lapsed: lapsed, plan: plan)
    let posted = try post(posting, &context)
    if uncovered > 0 {
      try bill(uncovered, for: posted, plan: plan, completedAt: completedAt, &context)
    }
    var ended = hold
    ended.state = .captured
    ended.captured = amount
    holds.update(ended)
    common.timers.disarm(TimerKind.holdExpires, hold.id)
    settleQuote(of: hold, as: .settled)
    try lapse((hold.draws + lapsed).map(\.lot), &context)
    watchBalance(hold.agreement, in: hold.furtherUnit, plan: plan, &context)
    return posted
  }

  /// Gives back what an open hold keeps aside, the allowance for its overage included.
  private mutating func free(_ hold: Hold) throws(Refused) {
    guard hold.state == .open else {
      throw Refused(.conflict(state: hold.state.rawValue), "The hold has ended: it is \(hold.state.rawValue).")
    }
    var wallet = try wallet(hold.agreement, in: hold.furtherUnit)
    wallet.held -= hold.amount
    wallet.overageLimit -= hold.overage
    wallets.update(wallet)
    for draw in hold.draws { lots.update(draw.lot) { $0.held -= draw.units } }
  }

  mutating func raiseLimit(_ agreement: AgreementID, by units: Amount) throws(Refused) {
    var wallet = try wallet(agreement)
    wallet.overageLimit += units
    wallets.update(wallet)
  }

  /// Makes the bill for units beyond the balance, to be issued when the plan says.
  mutating func bill(
    _ units: Amount, for transfer: Transfer, plan: Plan, completedAt: Instant, _ context: inout Context
  ) throws(Refused) {
    guard let overage = plan.overage, let money = overage.price.times(units.units) else {
      throw Refused(.limit("invoice"), "The overage cannot be priced.")
    }
    let dueAt = max(plan.invoiceInstant(completed: completedAt) ?? context.now, context.now)
    let invoice = Invoice(
      id: context.id(), agreement: transfer.agreement, ticket: transfer.ticket, transfer: transfer.id, units: units,
      money: money, dueAt: dueAt)
    invoices.insert(invoice)
    common.timers.arm(TimerKind.invoiceIssues, invoice.id, at: dueAt)
  }

  /// A quote ends with its hold.
  private mutating func settleQuote(of hold: Hold, as state: Quote.State) {
    let id: QuoteID = hold.id.as()
    quotes.update(id) { quote in
      guard quote.hold == hold.id, quote.state == .held || quote.state == .acknowledged else { return }
      quote.state = state
    }
    common.timers.disarm(TimerKind.quoteExpires, id)
  }

  /// Lets lots lapse whose time is over, as far as no open hold keeps them.
  mutating func lapse(_ ids: [LotID], _ context: inout Context) throws(Refused) {
    for id in Set(ids).sorted() {
      guard var lot = lots[id], let expiresAt = lot.expiresAt, context.now >= expiresAt else { continue }
      if !lot.isExpired {
        lot.isExpired = true
        lots.update(lot)
        common.timers.disarm(TimerKind.lotExpires, id)
      }
      let lapsing = lot.remaining - lot.held
      guard lapsing > 0 else { continue }
      let agreement = try agreement(lot.agreement)
      let plan = try plan(agreement.planVersion)
      let name = lot.package.isEmpty ? "Units" : "Package \(lot.package)"
      let held = lot.held > 0 ? " - \(lot.held) held" : ""
      let posted = try post(
        Posting(
          kind: .expiry, agreement: lot.agreement, contra: .expired, planVersion: agreement.planVersion,
          text: "\(name) of \(dateText(lot.grantedAt, plan)) expired",
          lines: [
            JournalLine(
              kind: .expiry, clause: lot.package,
              text: "Last day \(lastDayText(expiresAt, plan))", units: lapsing,
              arithmetic: "\(lot.granted) granted - \(lot.granted - lot.remaining) used\(held) = \(lapsing)")
          ],
          draws: [Draw(lot: id, units: -lapsing)], furtherUnit: lot.furtherUnit, effectiveAt: expiresAt), &context)
      lots.update(id) { if $0.lapsedBy.count < Lot.lapseCountMax { $0.lapsedBy.append(posted.id) } }
      common.changed("lot.expired", id, version: 1, "\(units(lapsing, plan, lot.furtherUnit)) expired")
    }
  }

  /// The same parts with one for each lot, in the order of their first.
  static func merged(_ draws: [Draw]) -> [Draw] {
    var order: [LotID] = []
    var sums: [LotID: Amount] = [:]
    for draw in draws {
      if sums[draw.lot] == nil { order.append(draw.lot) }
      sums[draw.lot, default: 0] += draw.units
    }
    return order.compactMap { lot in sums[lot].map { Draw(lot: lot, units: $0) } }
  }
}

/// A civil day as statements write it: `2 Mar 2026`.
func dateText(_ date: CivilDate) -> String { date.words }

/// The plan's civil day of an instant: `2 Mar 2026`.
func dateText(_ instant: Instant, _ plan: Plan) -> String { dateText(plan.zone.date(instant)) }

/// The last day before an instant at which something ends.
func lastDayText(_ end: Instant, _ plan: Plan) -> String { plan.lastDay(before: end).words }
