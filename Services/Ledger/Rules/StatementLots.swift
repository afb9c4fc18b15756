package import Policy

/// A lot as a statement leaves it. Made from the journal's transfers and the statement before, never from the lot
/// itself, which changes later.
package struct StatementLot: Hashable, Sendable {
  package let id: LotID
  /// The package's id in the plan; empty for units that were added by hand or returned.
  package let package: String
  /// The further unit of the plan that it counts; nil for the plan's own.
  package let furtherUnit: String?
  package let granted: Amount
  package let grantedAt: Instant
  /// The first instant at which it no longer pays; nil for never.
  package var expiresAt: Instant?
  package var remaining: Amount

  package init(
    id: LotID, package: String, furtherUnit: String?, granted: Amount, grantedAt: Instant, expiresAt: Instant?,
    remaining: Amount
  ) {
    self.id = id
    self.package = package
    self.furtherUnit = furtherUnit
    self.granted = granted
    self.grantedAt = grantedAt
    self.expiresAt = expiresAt
    self.remaining = remaining
  }
}

/// What became of a lot in a statement's period.
package struct LotCourse: Hashable, Sendable {
  /// As it is after the period's last transfer.
  package var lot: StatementLot
  /// What it had before the first.
  package let opening: Amount
  /// What charges and debits took, less what came back.
  package var used: Amount = 0
  /// What lapsed.
  package var lapsed: Amount = 0

  /// The courses of all lots that a period begins with or that its transfers touch, in the order in which they were
  /// granted.
  ///
  /// - Parameters:
  ///   - opening: the lots that the statement before left.
  ///   - transfers: the period's, by sequence.
  package static func follow(_ opening: [StatementLot], _ transfers: [Transfer]) -> [LotCourse] {
    var courses = opening.map { LotCourse(lot: $0, opening: $0.remaining) }
    var places = Dictionary(courses.enumerated().map { ($1.lot.id, $0) }, uniquingKeysWith: { first, _ in first })
    for transfer in transfers {
      for draw in transfer.draws {
        guard let place = places[draw.lot] else {
          // Units that are taken from a lot that no statement left and no transfer filled: from before the journal.
          guard draw.units >= 0 else { continue }
          places[draw.lot] = courses.count
          courses.append(LotCourse(lot: StatementLot(transfer, draw), opening: 0))
          continue
        }
        courses[place].take(draw, transfer.kind)
      }
    }
    return courses.sorted { ($0.lot.grantedAt, $0.lot.id) < ($1.lot.grantedAt, $1.lot.id) }
  }

  private mutating func take(_ draw: Draw, _ kind: Transfer.Kind) {
    lot.remaining += draw.units
    switch kind {
    case .expiry: lapsed -= draw.units
    case .grant, .carryOver: break
    case .charge, .reversal, .adjustment, .overage: used -= draw.units
    }
    // What takes from a lot says nothing of its expiry.
    if draw.units >= 0 { lot.expiresAt = draw.expiresAt }
  }
}

extension StatementLot {
  /// The most used-up lots that a statement leaves: units may come back into them.
  package static let usedUpCountMax = 100

  /// A lot that a transfer fills first.
  fileprivate init(_ transfer: Transfer, _ draw: Draw) {
    self.init(
      id: draw.lot, package: transfer.kind == .grant ? transfer.lines.first?.clause ?? "" : "",
      furtherUnit: transfer.furtherUnit, granted: draw.units, grantedAt: transfer.at, expiresAt: draw.expiresAt,
      remaining: draw.units)
  }

  /// What the next statement begins with: what has something left, and the latest of the used-up ones that still live.
  package static func left(by courses: [LotCourse], at end: Instant) -> [StatementLot] {
    let lots = courses.map(\.lot)
    let usedUp = lots.filter { $0.remaining == 0 && Lot.isLive(until: $0.expiresAt, at: end) }.suffix(usedUpCountMax)
    let kept = Set(usedUp.map(\.id))
    return lots.filter { $0.remaining != 0 || kept.contains($0.id) }
  }
}
