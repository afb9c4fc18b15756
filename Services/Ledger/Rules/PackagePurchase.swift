package import Policy

/// Grants a package of the plan (F2). What is left and not expired is carried over into it where the package that was
/// bought before says so, and takes its expiry (F26).
package enum PackagePurchase {
  /// The most packages that one purchase may have.
  package static let quantityMax: Int64 = 1000

  package struct Request: Hashable, Sendable {
    package let agreement: AgreementID
    /// The package's id in the plan.
    package let package: String
    /// 1 to ``quantityMax``.
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
    package let lot: Lot
    package let transfer: Transfer
  }

  /// Looks at the agreement, its wallet, all its lots, its plan, and its unsettled ticket charges with their holds.
  package static func decide(
    _ request: Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      var agreement = try state.activeAgreement(request.agreement)
      let plan = try state.plan(agreement.planVersion)
      try context.requireSales(plan)
      guard let package = plan.package(request.package) else {
        throw Refused(
          .clauseUnknown(request.package),
          "The plan has no package \(request.package). It has \(plan.packages.map(\.id).joined(separator: ", ")).")
      }
      guard (1...quantityMax).contains(request.quantity), let granted = package.grants.times(request.quantity) else {
        throw Refused(.invalid(field: "quantity"), "The quantity is 1 to \(quantityMax).")
      }
      try check(paid: request.paid, package, quantity: request.quantity)
      let expiresAt = plan.expiry(of: package, bought: context.now)
      try carryOver(agreement, into: package, expiresAt: expiresAt, plan: plan, &state, &context)
      let lot = Lot(
        id: context.id(), agreement: agreement.id, package: package.id, granted: granted, remaining: 0,
        grantedAt: context.now, expiresAt: expiresAt)
      state.lots.insert(lot)
      let posted = try grant(request, package, lot, granted: granted, agreement, plan, &state, &context)
      state.armExpiry(of: lot, plan: plan, now: context.now)
      state.wallets.update(agreement.id.as()) { wallet in
        wallet.lastGrant = granted
        wallet.isLowTold = false
      }
      agreement.purchases = Array((agreement.purchases + [context.now]).suffix(Agreement.purchasesMax))
      agreement.version += 1
      state.agreements.update(agreement)
      try state.settleUnsettled(of: agreement.id, &context)
      let wallet = try state.wallet(agreement.id)
      state.common.changed(
        "package.purchased", agreement.id, version: agreement.version,
        "\(request.quantity) x \(package.id): \(units(granted, plan))")
      state.common.emit(.agreement(agreement, balance: wallet.balance, held: wallet.held))
      return Reply(agreement: agreement, wallet: wallet, lot: state.lots[lot.id] ?? lot, transfer: posted)
    }
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

  private static func grant(
    _ request: Request, _ package: Package, _ lot: Lot, granted: Amount, _ agreement: Agreement, _ plan: Plan,
    _ state: inout LedgerState, _ context: inout Context
  ) throws(Refused) -> Transfer {
    let price = Money(minorUnits: request.paid, currency: plan.currency).map { " for \($0)" } ?? ""
    let validity = lot.expiresAt.map { ", valid to \(lastDayText($0, plan))" } ?? ""
    let reference = request.reference.isEmpty ? "" : " (\(request.reference))"
    return try state.post(
      Posting(
        kind: .grant, agreement: agreement.id, contra: .sold, planVersion: agreement.planVersion,
        text: "Package \(package.id) bought\(price)\(reference)",
        lines: [
          JournalLine(
            kind: .grant, clause: package.id, text: "\(units(granted, plan))\(validity)",
            units: -granted, arithmetic: "\(request.quantity) x \(package.grants) = \(granted)")
        ],
        draws: [Draw(lot: lot.id, units: granted)]), &context)
  }

  /// Gives what is left of earlier lots the new expiry. Lots whose last day is over are not among them, even where
  /// their expiry has not been posted yet; used-up ones are, so that a later reversal returns into a living lot.
  private static func carryOver(
    _ agreement: Agreement, into package: Package, expiresAt: Instant?, plan: Plan, _ state: inout LedgerState,
    _ context: inout Context
  ) throws(Refused) {
    var carried: [Lot] = []
    for var lot in state.lots.members(of: agreement.id) where lot.isLive(at: context.now) {
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
            kind: .carryOver, clause: package.id, text: "\(units(sum, plan)) carried over, now \(validity)", units: 0,
            arithmetic: carried.count == 1 ? "\(sum) left" : "\(parts) = \(sum) left")
        ],
        draws: carried.map { Draw(lot: $0.id, units: 0) }), &context)
  }
}

extension LedgerState {
  /// How long before a lot's last day the customer is told.
  static let noticeBefore = TimeSpan.days(30)

  /// Arms what falls due at a lot's expiry, in place of what was armed before.
  mutating func armExpiry(of lot: Lot, plan: Plan, now: Instant) {
    guard let expiresAt = lot.expiresAt else {
      common.timers.disarm(TimerKind.lotExpires, lot.id)
      common.timers.disarm(TimerKind.lotNotice, lot.id)
      return
    }
    common.timers.arm(TimerKind.lotExpires, lot.id, at: expiresAt)
    let notice = expiresAt - Self.noticeBefore
    if notice > now {
      common.timers.arm(TimerKind.lotNotice, lot.id, at: notice)
    } else {
      common.timers.disarm(TimerKind.lotNotice, lot.id)
    }
  }

  /// Makes a lot, empty, for units that come without a package: it lives as long as the longest-lived living lot.
  mutating func openLot(_ agreement: Agreement, granted: Amount, plan: Plan, _ context: inout Context) -> Lot {
    let living = lots.members(of: agreement.id).filter { $0.isLive(at: context.now) }
    let expiresAt = living.contains { $0.expiresAt == nil } ? nil : living.compactMap(\.expiresAt).max()
    let lot = Lot(
      id: context.id(), agreement: agreement.id, package: "", granted: granted, remaining: 0, grantedAt: context.now,
      expiresAt: expiresAt)
    lots.insert(lot)
    armExpiry(of: lot, plan: plan, now: context.now)
    return lot
  }
}
