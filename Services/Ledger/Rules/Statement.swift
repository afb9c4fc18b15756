package import Policy

/// A statement period of an agreement, closed once and never changed.
package struct Statement: Record, Hashable {
  /// An agreement has one statement for each period.
  package struct Key: Hashable, Comparable, Sendable {
    package let agreement: AgreementID
    /// The period's first instant.
    package let from: Instant

    package init(agreement: AgreementID, from: Instant) {
      self.agreement = agreement
      self.from = from
    }

    package static func < (a: Key, b: Key) -> Bool { (a.agreement, a.from) < (b.agreement, b.from) }
  }

  package let id: StatementID
  package let agreement: AgreementID
  package let from: Instant
  /// Exclusive.
  package let to: Instant
  package let opening: Amount
  package let closing: Amount
  /// The customer's name when it was closed.
  package let accountName: String
  package let closedAt: Instant
  /// As the customer got it.
  package let text: String
  /// The lots with which the next period begins.
  package let lots: [StatementLot]

  package init(
    id: StatementID, agreement: AgreementID, from: Instant, to: Instant, opening: Amount, closing: Amount,
    accountName: String, closedAt: Instant, text: String, lots: [StatementLot]
  ) {
    self.id = id
    self.agreement = agreement
    self.from = from
    self.to = to
    self.opening = opening
    self.closing = closing
    self.accountName = accountName
    self.closedAt = closedAt
    self.text = text
    self.lots = lots
  }

  package var key: Key { Key(agreement: agreement, from: from) }

  /// The statement of the period that ends where another begins.
  package static func before(_ from: Instant, of agreement: AgreementID, _ plan: Plan) -> Key {
    Key(agreement: agreement, from: plan.period(containing: from - .milliseconds(1)).from)
  }

  /// The SHA-256 of the text: who kept the text can prove that it is this one.
  package var digest: [UInt8] { Digest.sha256(Array(text.utf8)) }
  package var group: AgreementID { agreement }
}

/// One line of a statement.
package struct StatementLine: Hashable, Sendable {
  /// Where a line stands; the raw value is its heading.
  package enum Section: String, CaseIterable, Hashable, Sendable {
    case added = "Credits added"
    case charges = "Charges"
    case adjustments = "Adjustments and late entries"
    case expired = "Expired"
    case invoiced = "Invoiced beyond the balance"
  }

  package let section: Section
  /// When it was posted; for a late entry, still that: the text names the day of the work.
  package let at: Instant
  package let kind: Transfer.Kind
  /// The further unit of the plan that the amount counts; nil for the plan's own.
  package let furtherUnit: String?
  /// What it added to the balance; negative where it took.
  package let amount: Amount
  /// What the transfer is.
  package let heading: String
  package let text: String
  /// The clause of the plan; empty where none applies.
  package let clause: String
  package let arithmetic: String
  package let transfer: TransferID

  package init(
    section: Section, at: Instant, kind: Transfer.Kind, furtherUnit: String? = nil, amount: Amount, heading: String,
    text: String, clause: String,
    arithmetic: String, transfer: TransferID
  ) {
    self.section = section
    self.at = at
    self.kind = kind
    self.furtherUnit = furtherUnit
    self.amount = amount
    self.heading = heading
    self.text = text
    self.clause = clause
    self.arithmetic = arithmetic
    self.transfer = transfer
  }
}

/// What a statement says, made from the journal's transfers of its period, the lots that the statement before left, and
/// nothing else that can change: making it again gives the same bytes.
package struct StatementDocument: Sendable {
  package let agreement: AgreementID
  package let accountName: String
  package let plan: Plan
  package let from: Instant
  /// Exclusive.
  package let to: Instant
  /// In the plan's own unit.
  package let opening: Amount
  /// In the further units that had a balance.
  package let openings: [UnitAmount]
  /// Of all units.
  package let lines: [StatementLine]
  /// The period's transfers, by sequence.
  package let transfers: [Transfer]
  /// What became of each lot.
  package let courses: [LotCourse]
  /// False: a preview of a period that still runs.
  package let isClosed: Bool

  /// The statement of a period.
  ///
  /// - Parameters:
  ///   - accountName: the customer's name at the period's end.
  ///   - opening: the balance in the plan's own unit before the first of `transfers`.
  ///   - openings: the balances in its further units.
  ///   - lots: those that the statement before left.
  ///   - transfers: all of the period, in any order.
  package init(
    agreement: AgreementID, accountName: String, plan: Plan, from: Instant, to: Instant, opening: Amount,
    openings: [UnitAmount] = [], lots: [StatementLot] = [], transfers: [Transfer], isClosed: Bool
  ) {
    self.agreement = agreement
    self.accountName = accountName
    self.plan = plan
    self.from = from
    self.to = to
    self.opening = opening
    self.openings = openings
    self.isClosed = isClosed
    self.transfers = transfers.sorted { $0.sequence < $1.sequence }
    lines = self.transfers.flatMap { Self.lines(of: $0, from: from, plan: plan) }
    courses = LotCourse.follow(lots, self.transfers)
  }

  /// The lots with which the next period begins.
  package var lotsLeft: [StatementLot] { StatementLot.left(by: courses, at: to) }

  /// Opening and lines, in the plan's own unit.
  package var closing: Amount { closing(in: nil) }

  /// The further units that have a balance or a line, in the plan's order, each with what it closes at.
  package var furtherClosings: [UnitAmount] {
    shownUnits.map { UnitAmount(unit: $0, units: closing(in: $0)) }
  }

  /// The further units that have a balance or a line, in the plan's order; units that the plan has no more come last.
  package var shownUnits: [String] {
    let present = Set(openings.filter { $0.units != 0 }.map(\.unit) + lines.compactMap(\.furtherUnit))
    return plan.furtherUnits.filter { present.contains($0) } + present.subtracting(plan.furtherUnits).sorted()
  }

  /// The balance in a unit before the first line.
  package func opening(in furtherUnit: String?) -> Amount {
    guard let furtherUnit else { return opening }
    return openings.first { $0.unit == furtherUnit }?.units ?? 0
  }

  /// The balance in a unit after the last line.
  func closing(in furtherUnit: String?) -> Amount {
    lines(in: furtherUnit).reduce(opening(in: furtherUnit)) { $0 + $1.amount }
  }

  /// The lines of a unit, as posted.
  func lines(in furtherUnit: String?) -> [StatementLine] { lines.filter { $0.furtherUnit == furtherUnit } }

  /// `Statement of March 2026`, or of the days from the first to the last.
  package var title: String { "Statement of \(periodText)" }

  /// The totals alone.
  package var summary: String {
    "Opening balance \(units(opening, plan)), closing balance \(units(closing, plan)), \(lines.count) lines. "
      + "The whole statement can be read at any time."
  }

  private static func lines(of transfer: Transfer, from: Instant, plan: Plan) -> [StatementLine] {
    let isLate = transfer.kind == .charge && transfer.effectiveAt < from
    let section: StatementLine.Section =
      switch transfer.kind {
      case .grant, .carryOver: .added
      case .charge: isLate ? .adjustments : .charges
      case .reversal, .adjustment: .adjustments
      case .expiry: .expired
      case .overage: .invoiced
      }
    let heading = isLate ? "\(transfer.text) (work of \(dateText(transfer.effectiveAt, plan)))" : transfer.text
    return transfer.lines.map { line in
      StatementLine(
        section: section, at: transfer.at, kind: isLate ? .adjustment : transfer.kind,
        furtherUnit: transfer.furtherUnit, amount: -line.units,
        heading: heading, text: line.text, clause: line.clause, arithmetic: line.arithmetic, transfer: transfer.id)
    }
  }

  private var periodText: String {
    let first = plan.zone.date(from)
    let last = plan.zone.date(to - .milliseconds(1))
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    if first.startOfMonth == last.startOfMonth { return "\(names[first.month - 1]) \(first.year)" }
    return "\(dateText(first)) to \(dateText(last))"
  }
}
