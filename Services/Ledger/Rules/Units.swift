package import Policy

/// Units of one of a plan's further units.
package struct UnitAmount: Hashable, Sendable {
  /// The unit's name in the plan.
  package let unit: String
  package let units: Amount

  package init(unit: String, units: Amount) {
    self.unit = unit
    self.units = units
  }
}

extension WalletID {
  /// The wallet of an agreement in one unit of its plan, known without looking it up: in the plan's own unit it has the
  /// agreement's identifier, in a further one it is made of the agreement and the unit's name (RFC 9562 version 8).
  package init(of agreement: AgreementID, in furtherUnit: String?) {
    guard let furtherUnit else {
      self = agreement.as()
      return
    }
    let digest = Digest.sha256(agreement.bytes + Array(furtherUnit.utf8))
    let (high, low) = (Self.word(digest[0..<8]), Self.word(digest[8..<16]))
    self.init(high: high & ~0xf000 | 0x8000, low: low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000)
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}

extension LedgerState {
  /// The wallet of an agreement in one unit of its plan, or a refusal. In a further unit it is there from its first use on.
  func wallet(_ id: AgreementID, in furtherUnit: String?) throws(Refused) -> Wallet {
    guard let furtherUnit else { return try wallet(id) }
    return purse(of: id, in: furtherUnit)
  }

  /// The wallet of an agreement in a further unit: empty, and not kept yet, before its first use.
  func purse(of id: AgreementID, in furtherUnit: String) -> Wallet {
    let wallet = WalletID(of: id, in: furtherUnit)
    return wallets[wallet] ?? Wallet(id: wallet, kind: .customer, agreement: id, unit: furtherUnit)
  }

  /// Takes over a customer's wallet as it is now.
  mutating func keep(_ wallet: Wallet) {
    if !wallets.update(wallet) { wallets.insert(wallet) }
  }

  /// What a task is for, with what the agreement itself tells: its tier, and what was bought under it.
  func known(_ facts: Facts, of agreement: Agreement, _ plan: Plan) -> Facts {
    guard !plan.tiers.isEmpty || agreement.bought.contains(where: plan.sells) else { return facts }
    var facts = facts
    if facts[.tier] == nil, !agreement.tier.isEmpty { facts[.tier] = .text(agreement.tier) }
    let told = facts.list(.has) ?? []
    let bought = agreement.bought.filter { plan.sells($0) && !told.contains($0) }
    if !bought.isEmpty { facts[.has] = .list(told + bought) }
    return facts
  }
}

extension Plan {
  /// A unit that a request names as one of the further ones; nil for the plan's own, which the empty name stands for.
  package func furtherUnit(named name: String) throws(Refused) -> String? {
    if name.isEmpty || name == unit { return nil }
    guard furtherUnits.contains(name) else {
      throw Refused(
        .invalid(field: "unit"),
        "The plan counts \(([unit] + furtherUnits).joined(separator: ", ")), and no \(name.prefix(64)).")
    }
    return name
  }

  /// Refuses a service that an agreement may not use (P11, P12): its tier lacks it, or it was not bought. Work that names
  /// no service is not looked at.
  func requireEntitled(_ facts: Facts) throws(Refused) {
    guard !entitlements.isEmpty, let service = facts.text(.service) else { return }
    var facts = facts
    if facts[.agreement] == nil { facts[.agreement] = "active" }
    guard case .refused(let failed) = use(service, facts) else { return }
    throw Refused(
      .admission, failed.map { "\($0.text) \($0.remedy)" }.joined(separator: " "), clauses: failed)
  }
}
