package import Policy

/// Grants a package of the plan into the wallet of its unit (F2). What is left there and not expired is carried over into it
/// where the package that was bought before says so, and takes its expiry (F26). Or sells a service for itself (P11), which
/// grants no units.
package enum PackagePurchase {
  /// The most packages that one purchase may have.
  package static let quantityMax: Int64 = 1000

  package struct Request: Hashable, Sendable {
    package let agreement: AgreementID
    /// The package's id in the plan, or a service that the plan sells.
    package let package: String
    /// 1 to ``quantityMax``; a service is bought once.
    package let quantity: Int64
    /// Minor units of the plan's currency.
    package let paid: Int64
    /// The sale's own reference.
    package let reference: String

    package init(agreement: AgreementID, package: String, quantity: Int64, paid: Int64, reference: String) {
      self.agreement = agreement
      self.package = package
      self.quantity = quantity
      self.paid = paid
      self.reference = reference
    }
  }

  package struct Reply: Hashable, Sendable {
    package let agreement: Agreement
    package let wallet: Wallet
    /// Nil for a service.
    package let lot: Lot?
    /// The grant, which for a service moves nothing and says what was paid.
    package let transfer: Transfer
  }

  /// Looks at the agreement, its wallet, all its lots, its plan and the plan's newest version, and its unsettled ticket charges
  /// with their holds.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      let agreement = try state.activeAgreement(request.agreement)
      try context.requireSales(try state.plan(agreement.planVersion))
      return try buy(request, &state, &context)
    }
  }

  /// Buys under an active agreement, whoever asks.
  static func buy(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) throws(Refused) -> Reply {
    var agreement = try state.activeAgreement(request.agreement)
    let plan = try state.plan(agreement.planVersion)
    try state.requireHonoured(agreement, plan, at: context.now)
    guard request.reference.utf8.count <= 1000 else {
      throw Refused(.invalid(field: "reference"), "The reference has at most 1000 bytes.")
    }
    guard let package = plan.package(request.package) else {
      try sell(request, &agreement, plan, at: context.now)
      let posted = try grant(service: request, agreement, plan, &state, &context)
      return try bought(nil, posted, agreement, posted.text, &state)
    }
    guard (1...quantityMax).contains(request.quantity), let granted = package.grants.times(request.quantity) else {
      throw Refused(.invalid(field: "quantity"), "The quantity is 1 to \(quantityMax).")
    }
    try check(paid: request.paid, package, quantity: request.quantity)
    let expiresAt = plan.expiry(of: package, bought: context.now)
    try carryOver(agreement, into: package, expiresAt: expiresAt, plan: plan, &state, &context)
    let unit = plan.furtherUnit(package.unit)
    let lot = Lot(
      id: context.id(), agreement: agreement.id, package: package.id, furtherUnit: unit, granted: granted,
      remaining: 0, grantedAt: context.now, expiresAt: expiresAt)
    state.lots.insert(lot)
    let posted = try grant(request, package, lot, granted: granted, agreement, plan, &state, &context)
    state.armExpiry(of: lot, plan: plan, now: context.now)
    state.wallets.update(WalletID(of: agreement.id, in: unit)) { wallet in
      wallet.lastGrant = granted
      wallet.isLowTold = false
    }
    try agreement.note(bought: package.id, at: context.now)
    state.agreements.update(agreement)
    try state.settleUnsettled(of: agreement.id, &context)
    return try bought(
      state.lots[lot.id], posted, agreement, "\(request.quantity) x \(package.id): \(units(granted, plan, unit))",
      &state)
  }

  /// Tells what was bought.
  private static func bought(
    _ lot: Lot?, _ transfer: Transfer, _ agreement: Agreement, _ text: String, _ state: inout LedgerState
  ) throws(Refused) -> Reply {
    state.agreements.update(agreement)
    let wallet = try state.wallet(agreement.id)
    state.common.changed("package.purchased", agreement.id, version: agreement.version, text)
    state.common.emit(.agreement(agreement, balance: wallet.balance, held: wallet.held))
    return Reply(agreement: agreement, wallet: wallet, lot: lot, transfer: transfer)
  }

  /// Sells a service for itself (P11): the agreement's tier must have it.
  private static func sell(
    _ request: Request, _ agreement: inout Agreement, _ plan: Plan, at now: Instant
  ) throws(Refused) {
    let name = request.package
    guard plan.sells(name) else {
      throw Refused(
        .clauseUnknown(name),
        "The plan does not sell \(name.prefix(64)). It has \(plan.packages.map(\.id).joined(separator: ", ")).")
    }
    guard request.quantity == 1 else {
      throw Refused(.invalid(field: "quantity"), "A service is bought once.")
    }
    guard (0...Amount.largest).contains(request.paid) else {
      throw Refused(.invalid(field: "paid"), "What was paid is 0 to \(Amount.largest) minor units.")
    }
    guard !agreement.bought.contains(name) else {
      throw Refused(.alreadyExists(name), "\(name) was bought already.")
    }
    if plan.services.contains(name) {
      try plan.requireEntitled([.service: .text(name), .tier: .text(agreement.tier), .has: .list([name])])
    }
    try agreement.note(bought: name, at: now)
  }

  private static func check(paid: Int64, _ package: Package, quantity: Int64) throws(Refused) {
    guard let price = package.price else {
      guard (0...Amount.largest).contains(paid) else {
        throw Refused(.invalid(field: "paid"), "What was paid is 0 to \(Amount.largest) minor units.")
      }
      return
    }
    guard let total = price.times(quantity), total.minorUnits == paid else {
      let wanted = price.times(quantity).map(\.description) ?? "more than can be paid"
      throw Refused(.invalid(field: "paid"), "\(quantity) x \(package.id) costs \(wanted): pay exactly that.")
    }
  }

  /// What was paid, and the sale's reference, in words.
  private static func terms(of request: Request, _ plan: Plan) -> String {
    let price = Money(minorUnits: request.paid, currency: plan.currency).map { " for \($0)" } ?? ""
    return price + (request.reference.isEmpty ? "" : " (\(request.reference))")
  }

  private static func grant(
    _ request: Request, _ package: Package, _ lot: Lot, granted: Amount, _ agreement: Agreement, _ plan: Plan,
    _ state: inout LedgerState, _ context: inout Context
  ) throws(Refused) -> Transfer {
    let validity = lot.expiresAt.map { ", valid to \(lastDayText($0, plan))" } ?? ""
    return try state.post(
      Posting(
        kind: .grant, agreement: agreement.id, contra: .sold, planVersion: agreement.planVersion,
        text: "Package \(package.id) bought\(terms(of: request, plan))",
        lines: [
          JournalLine(
            kind: .grant, clause: package.id, text: "\(units(granted, plan, lot.furtherUnit))\(validity)",
            units: -granted, arithmetic: "\(request.quantity) x \(package.grants) = \(granted)")
        ],
        draws: [Draw(lot: lot.id, units: granted)], furtherUnit: lot.furtherUnit), &context)
  }

  /// A service that is sold for itself, in the journal: it moves no units.
  private static func grant(
    service request: Request, _ agreement: Agreement, _ plan: Plan, _ state: inout LedgerState,
    _ context: inout Context
  ) throws(Refused) -> Transfer {
    let text = "\(request.package) bought\(terms(of: request, plan))"
    return try state.post(
      Posting(
        kind: .grant, agreement: agreement.id, contra: .sold, planVersion: agreement.planVersion, text: text,
        lines: [JournalLine(kind: .grant, clause: request.package, text: text, units: 0, arithmetic: "")]), &context)
  }

  /// Gives what is left of earlier lots the new expiry. Lots whose last day is over are not among them, even where
  /// their expiry has not been posted yet; used-up ones are, so that a later reversal returns into a living lot.
  private static func carryOver(
    _ agreement: Agreement, into package: Package, expiresAt: Instant?, plan: Plan, _ state: inout LedgerState,
    _ context: inout Context
  ) throws(Refused) {
    var carried: [Lot] = []
    let unit = plan.furtherUnit(package.unit)
    for var lot in state.lots.members(of: agreement.id)
    where lot.furtherUnit == unit && lot.isLive(at: context.now) {
      let rule = plan.package(lot.package)?.carryOver ?? package.carryOver
      guard rule == .onRenewal, let old = lot.expiresAt, expiresAt.map({ old < $0 }) ?? true else { continue }
      lot.expiresAt = expiresAt
      state.lots.update(lot)
      state.armExpiry(of: lot, plan: plan, now: context.now)
      if lot.remaining > 0 { carried.append(lot) }
    }
    guard !carried.isEmpty else { return }
    let sum = carried.reduce(Amount.zero) { $0 + $1.remaining }
    let parts = carried.map(\.remaining.description).joined(separator: " + ")
    let validity = expiresAt.map { "valid to \(lastDayText($0, plan))" } ?? "valid without end"
    _ = try state.post(
      Posting(
        kind: .carryOver, agreement: agreement.id, contra: .sold, planVersion: agreement.planVersion,
        text: "Carried over into a new package",
        lines: [
          JournalLine(
            kind: .carryOver, clause: package.id, text: "\(units(sum, plan, unit)) carried over, now \(validity)",
            units: 0,
            arithmetic: carried.count == 1 ? "\(sum) left" : "\(parts) = \(sum) left")
        ],
        draws: carried.map { Draw(lot: $0.id, units: 0) }, furtherUnit: unit), &context)
  }
}

extension LedgerState {
  /// Arms what falls due at a lot's expiry, in place of what was armed before.
  mutating func armExpiry(of lot: Lot, plan: Plan, now: Instant) {
    guard let expiresAt = lot.expiresAt else {
      common.timers.disarm(TimerKind.lotExpires, lot.id)
      common.timers.disarm(TimerKind.lotNotice, lot.id)
      return
    }
    common.timers.arm(TimerKind.lotExpires, lot.id, at: expiresAt)
    let notice = plan.expiryNotice(before: expiresAt)
    if notice > now {
      common.timers.arm(TimerKind.lotNotice, lot.id, at: notice)
    } else {
      common.timers.disarm(TimerKind.lotNotice, lot.id)
    }
  }

  /// Makes a lot, empty, for units that come without a package: it lives as long as the longest-lived living lot of its
  /// unit.
  mutating func openLot(
    _ agreement: Agreement, in furtherUnit: String?, granted: Amount, plan: Plan, _ context: inout Context
  ) -> Lot {
    let living = lots.members(of: agreement.id).filter {
      $0.furtherUnit == furtherUnit && $0.isLive(at: context.now)
    }
    let expiresAt = living.contains { $0.expiresAt == nil } ? nil : living.compactMap(\.expiresAt).max()
    let lot = Lot(
      id: context.id(), agreement: agreement.id, package: "", furtherUnit: furtherUnit, granted: granted, remaining: 0,
      grantedAt: context.now,
      expiresAt: expiresAt)
    lots.insert(lot)
    armExpiry(of: lot, plan: plan, now: context.now)
    return lot
  }
}
