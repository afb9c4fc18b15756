package import Policy

/// Units that were granted at once and expire together.
package struct Lot: Record, Hashable {
  package let id: LotID
  package let agreement: AgreementID
  /// The package's id in the plan; empty for units that were added by hand or returned.
  package let package: String
  /// The further unit of the plan that it counts; nil for the plan's own.
  package let furtherUnit: String?
  package let granted: Amount
  /// Not yet used; what holds keep aside included.
  package var remaining: Amount
  /// Kept aside by open holds.
  package var held: Amount
  /// A lower number is drawn first.
  package let priority: Int32
  package let grantedAt: Instant
  /// The first instant at which it no longer pays; nil for never. A renewal moves it.
  package var expiresAt: Instant?
  /// Whether its expiry has been posted. What a hold keeps aside then remains until the hold ends.
  package var isExpired: Bool
  /// The transfers by which it lapsed and that were not taken back, the oldest first: several where holds kept a part of it at
  /// its end, or units came back after it. At most ``lapseCountMax``, the first ones.
  package var lapsedBy: [TransferID]

  /// The most transfers by which a lot lapses that work recorded late can still take back.
  package static let lapseCountMax = 100

  package init(
    id: LotID, agreement: AgreementID, package: String, furtherUnit: String? = nil, granted: Amount,
    remaining: Amount, held: Amount = 0, priority: Int32 = 0, grantedAt: Instant, expiresAt: Instant?,
    isExpired: Bool = false, lapsedBy: [TransferID] = []
  ) {
    self.id = id
    self.agreement = agreement
    self.package = package
    self.furtherUnit = furtherUnit
    self.granted = granted
    self.remaining = remaining
    self.held = held
    self.priority = priority
    self.grantedAt = grantedAt
    self.expiresAt = expiresAt
    self.isExpired = isExpired
    self.lapsedBy = lapsedBy
  }

  package var key: LotID { id }
  package var group: AgreementID { agreement }

  /// Whether it may pay for something new at `now`.
  package func isLive(at now: Instant) -> Bool {
    !isExpired && Self.isLive(until: expiresAt, at: now)
  }

  /// Whether a lot whose expiry has not been posted may still pay at `now`.
  package static func isLive(until expiresAt: Instant?, at now: Instant) -> Bool {
    expiresAt.map { now < $0 } ?? true
  }

  /// What may be drawn at `now`.
  package func free(at now: Instant) -> Amount { isLive(at: now) ? remaining - held : 0 }

  /// The order in which lots are drawn: priority, expiry, age, identifier.
  package static func isDrawnBefore(_ a: Lot, _ b: Lot) -> Bool {
    if a.priority != b.priority { return a.priority < b.priority }
    let (first, second) = (a.expiresAt ?? .latest, b.expiresAt ?? .latest)
    if first != second { return first < second }
    if a.grantedAt != b.grantedAt { return a.grantedAt < b.grantedAt }
    return a.id < b.id
  }
}

/// A lot's part in a transfer or in a hold.
package struct Draw: Hashable, Sendable {
  package let lot: LotID
  /// In a transfer: negative takes from the lot. In a hold: what it keeps aside, positive.
  package let units: Amount
  /// In a transfer that does not take from the lot: its expiry from then on; nil for never. Otherwise nil.
  package let expiresAt: Instant?

  package init(lot: LotID, units: Amount, expiresAt: Instant? = nil) {
    self.lot = lot
    self.units = units
    self.expiresAt = expiresAt
  }
}

extension [Draw] {
  /// The sum of the parts.
  var total: Amount { reduce(0) { $0 + $1.units } }
}
