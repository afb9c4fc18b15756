package import Policy

/// What is to be posted: everything of a transfer but its numbers.
struct Posting {
  var kind: Transfer.Kind
  var agreement: AgreementID
  var contra: Wallet.Kind
  var planVersion: PlanVersion
  var text: String
  var lines: [JournalLine]
  var draws: [Draw] = []
  var overage: Amount = 0
  var ticket: TicketID?
  var hold: HoldID?
  var reverses: TransferID?
  /// The further unit of the plan that it moves; nil for the plan's own.
  var furtherUnit: String?
  /// When what it charges was done; nil for when it is posted.
  var effectiveAt: Instant?
}

extension LedgerState {
  /// Posts a transfer: both sides, both wallets and the lots, at once. This is the only place where a balance changes.
  ///
  /// A transfer never stands before an earlier one of its wallet, nor in a statement period that is closed.
  ///
  /// - Parameter statements: the agreement's plan, which says what its statement periods are; nil to look it up.
  mutating func post(
    _ posting: Posting, statements: Plan? = nil, _ context: inout Context
  ) throws(Refused) -> Transfer {
    // The wallet in the plan's own unit numbers the journal; the one that moves may be another.
    var wallet = try wallet(posting.agreement)
    var purse = posting.furtherUnit.map { self.purse(of: posting.agreement, in: $0) }
    let amount = posting.draws.total + posting.overage
    let at = max(context.now, wallet.postedAt)
    guard let balance = (purse?.balance ?? wallet.balance).adding(amount) else { throw Self.balanceLimit }
    guard posting.lines.total == -amount else {
      throw Refused(.conflict(state: "unbalanced"), "The lines of a transfer must sum to what it moves.")
    }
    let agreement = try agreement(posting.agreement)
    let period = try period(of: agreement, statements, containing: at)
    let other = try book(-amount, in: posting.contra, posting.furtherUnit ?? agreement.unit, at: at)
    try apply(posting.draws)
    if purse == nil { wallet.balance = balance }
    wallet.sequence += 1
    wallet.postedAt = at
    wallets.update(wallet)
    purse?.balance = balance
    if let purse { keep(purse) }
    let transfer = Transfer(
      id: context.id(), kind: posting.kind, agreement: posting.agreement, ticket: posting.ticket, hold: posting.hold,
      reverses: posting.reverses, furtherUnit: posting.furtherUnit, text: posting.text, lines: posting.lines,
      draws: told(posting.draws),
      overage: posting.overage, sequence: wallet.sequence, balance: balance, contra: other.wallet,
      contraSequence: other.sequence, at: at, effectiveAt: posting.effectiveAt ?? at, planVersion: posting.planVersion,
      period: period)
    transfers.insert(transfer)
    return transfer
  }

  /// Start of the statement period of an agreement that holds `instant`.
  private func period(
    of agreement: Agreement, _ statements: Plan?, containing instant: Instant
  ) throws(Refused) -> Instant {
    if let statements { return statements.period(containing: instant).from }
    return try plan(agreement.planVersion).period(containing: instant).from
  }

  /// Books the other side of a transfer in the tenant's wallet of its unit; returns which entry that is.
  ///
  /// Until an entry is stored it takes what comes, so that a busy tenant's wallet is written once a batch.
  private mutating func book(
    _ amount: Amount, in kind: Wallet.Kind, _ unit: String, at: Instant
  ) throws(Refused) -> Entry.Key {
    guard let id = kind.tenantWallet(in: unit) else {
      throw Refused(.conflict(state: kind.rawValue), "The other side of a transfer is a wallet of the tenant's own.")
    }
    var wallet = wallets[id] ?? Wallet(id: id, kind: kind, unit: unit)
    let open = entries[Entry.Key(wallet: id, sequence: wallet.sequence)]
    guard let balance = wallet.balance.adding(amount), let sum = (open?.amount ?? 0).adding(amount) else {
      throw Self.balanceLimit
    }
    if open == nil { wallet.sequence += 1 }
    wallet.balance = balance
    wallet.postedAt = max(at, wallet.postedAt)
    if !wallets.update(wallet) { wallets.insert(wallet) }
    let entry = Entry(wallet: id, sequence: wallet.sequence, amount: sum, balance: balance, at: wallet.postedAt)
    if !entries.update(entry) { entries.insert(entry) }
    return entry.key
  }

  private static var balanceLimit: Refused {
    Refused(.limit("balance"), "A balance is kept within \(Amount.largest) units.")
  }

  /// The draws as the journal keeps them: what fills a lot, or leaves it as it is, says how long the lot lives from then on.
  private func told(_ draws: [Draw]) -> [Draw] {
    draws.map { draw in
      draw.units < 0 ? draw : Draw(lot: draw.lot, units: draw.units, expiresAt: lots[draw.lot]?.expiresAt)
    }
  }

  /// Takes units from lots and puts units into them.
  private mutating func apply(_ draws: [Draw]) throws(Refused) {
    for draw in draws {
      var isWithin = false
      let isKnown = lots.update(draw.lot) { lot in
        lot.remaining += draw.units
        isWithin = lot.remaining >= lot.held && lot.remaining <= lot.granted
      }
      guard isKnown else { throw Refused(.notFound("lot"), "A lot of the transfer is not known.") }
      guard isWithin else {
        throw Refused(.conflict(state: "lot"), "A lot holds between nothing and what it was granted.")
      }
    }
  }

  /// The units of an agreement that something new may draw now, of one unit of its plan.
  func available(_ agreement: AgreementID, in furtherUnit: String?, at now: Instant) -> Amount {
    var free: Amount = 0
    lots.forEach(in: agreement) { if $0.furtherUnit == furtherUnit { free += $0.free(at: now) } }
    return free
  }

  /// The parts of lots that make up `units` of one unit of the plan, in the order in which lots are drawn, and what they do
  /// not cover.
  func parts(
    of units: Amount, in furtherUnit: String?, from agreement: AgreementID, at now: Instant
  ) -> (draws: [Draw], missing: Amount) {
    var missing = units
    var draws: [Draw] = []
    var members = lots.members(of: agreement)
    if members.count > 1 { members.sort(by: Lot.isDrawnBefore) }
    for lot in members where missing > 0 && lot.furtherUnit == furtherUnit {
      let part = min(missing, lot.free(at: now))
      if part > 0 {
        draws.append(Draw(lot: lot.id, units: part))
        missing -= part
      }
    }
    return (draws, missing)
  }

  /// Charges `units` of the posting's unit that are free: posts the transfer and watches the balance.
  ///
  /// - Parameter lapsed: parts of lots that have lapsed since the work was done (``lapsedParts(of:in:from:at:)``), which
  ///   pay first.
  mutating func charge(
    _ units: Amount, _ posting: Posting, lapsed: [Draw] = [], plan: Plan, statements: Plan? = nil,
    _ context: inout Context
  ) throws(Refused) -> Transfer {
    let (draws, missing) = parts(
      of: units - lapsed.total, in: posting.furtherUnit, from: posting.agreement, at: context.now)
    guard missing == 0 else {
      throw insufficient(units, available: units - missing, in: posting.furtherUnit, plan: plan)
    }
    var posting = posting
    posting.draws = draws.map { Draw(lot: $0.lot, units: -$0.units) }
    try bringBack(lapsed, for: posting.text, ticket: posting.ticket, plan: plan, &context)
    posting.draw(lapsed: lapsed, plan: plan)
    let posted = try post(posting, statements: statements, &context)
    try lapse(lapsed.map(\.lot), &context)
    watchBalance(posting.agreement, in: posting.furtherUnit, plan: plan, &context)
    return posted
  }

  /// The refusal for too few units.
  func insufficient(_ needed: Amount, available: Amount, in furtherUnit: String?, plan: Plan) -> Refused {
    let way =
      plan.overage == nil || furtherUnit != nil
      ? "Buy a package first." : "Buy a package, or make a quote and have its overage acknowledged."
    return Refused(
      .insufficientCredits(needed: needed, available: available),
      "This needs \(units(needed, plan, furtherUnit)), and \(units(available, plan, furtherUnit)) can be drawn. \(way)")
  }

  /// Tells the customer that less is left of the last grant than the plan's notices name: once each time that the balance
  /// falls below it.
  mutating func watchBalance(
    _ id: AgreementID, in furtherUnit: String?, plan: Plan, _ context: inout Context
  ) {
    guard var wallet = wallets[WalletID(of: id, in: furtherUnit)], wallet.lastGrant > 0, let agreement = agreements[id]
    else { return }
    let left = available(id, in: furtherUnit, at: context.now)
    let isLow = plan.isLow(left, of: wallet.lastGrant)
    guard isLow != wallet.isLowTold else { return }
    wallet.isLowTold = isLow
    wallets.update(wallet)
    guard isLow else { return }
    notify(
      .lowBalance, agreement.account,
      subject: "\(plan.title): your balance is low, \(units(left, plan, furtherUnit)) left",
      text:
        "Of the last \(units(wallet.lastGrant, plan, furtherUnit)), \(units(left, plan, furtherUnit)) can still be drawn. "
        + "A new package carries on without a gap.",
      facts: [
        "plan": .text(plan.title), "left": .units(left, furtherUnit ?? plan.unit),
        "grant": .units(wallet.lastGrant, furtherUnit ?? plan.unit), "percent": .number(Int64(plan.notices.lowBalance)),
      ], &context)
  }
}

extension LedgerState {
  /// After units came back: once enough is there again, the customer is told when it falls below the next time.
  mutating func endLowBalance(_ id: AgreementID, in furtherUnit: String?, plan: Plan, at now: Instant) {
    guard var wallet = wallets[WalletID(of: id, in: furtherUnit)], wallet.isLowTold,
      !plan.isLow(available(id, in: furtherUnit, at: now), of: wallet.lastGrant)
    else { return }
    wallet.isLowTold = false
    wallets.update(wallet)
  }
}

/// `1 credit`, `600 credits`: an amount with the plan's unit, or with one of its further ones.
func units(_ amount: Amount, _ plan: Plan, _ furtherUnit: String? = nil) -> String {
  let noun = (furtherUnit ?? plan.unit) + (amount.units.magnitude == 1 ? "" : "s")
  return "\(grouped(amount.units)) \(noun)"
}

/// A whole number with a comma before every group of three digits.
func grouped(_ number: Int64) -> String {
  var digits = Array(String(number.magnitude))
  var index = digits.count - 3
  while index > 0 {
    digits.insert(",", at: index)
    index -= 3
  }
  return (number < 0 ? "-" : "") + String(digits)
}

extension Plan {
  /// The period of statements that holds `instant`: the plan's own, or the civil month where it makes none.
  package func period(containing instant: Instant) -> (from: Instant, to: Instant) {
    if let period = statementPeriod(containing: instant) { return period }
    let first = zone.date(instant).startOfMonth
    return (zone.startOfDay(first), zone.startOfDay(first.adding(months: 1)))
  }
}
