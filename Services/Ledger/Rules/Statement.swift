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

  package init(
    id: StatementID, agreement: AgreementID, from: Instant, to: Instant, opening: Amount, closing: Amount,
    accountName: String, closedAt: Instant, text: String
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
  }

  package var key: Key { Key(agreement: agreement, from: from) }
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
    section: Section, at: Instant, kind: Transfer.Kind, amount: Amount, heading: String, text: String, clause: String,
    arithmetic: String, transfer: TransferID
  ) {
    self.section = section
    self.at = at
    self.kind = kind
    self.amount = amount
    self.heading = heading
    self.text = text
    self.clause = clause
    self.arithmetic = arithmetic
    self.transfer = transfer
  }
}

/// What a statement says, made from the journal's transfers of its period and nothing else that can change: making it
/// again gives the same bytes.
package struct StatementDocument: Sendable {
  package let agreement: AgreementID
  package let accountName: String
  package let plan: Plan
  package let from: Instant
  /// Exclusive.
  package let to: Instant
  package let opening: Amount
  package let lines: [StatementLine]
  /// False: a preview of a period that still runs.
  package let isClosed: Bool

  /// The statement of a period.
  ///
  /// - Parameters:
  ///   - accountName: the customer's name at the period's end.
  ///   - opening: the balance before the first of `transfers`.
  ///   - transfers: all of the period, in any order.
  package init(
    agreement: AgreementID, accountName: String, plan: Plan, from: Instant, to: Instant, opening: Amount,
    transfers: [Transfer], isClosed: Bool
  ) {
    self.agreement = agreement
    self.accountName = accountName
    self.plan = plan
    self.from = from
    self.to = to
    self.opening = opening
    self.isClosed = isClosed
    lines = transfers.sorted { $0.sequence < $1.sequence }.flatMap { Self.lines(of: $0, from: from, plan: plan) }
  }

  /// Opening and lines.
  package var closing: Amount { lines.reduce(opening) { $0 + $1.amount } }

  /// The lines of a section, as posted.
  package func lines(in section: StatementLine.Section) -> [StatementLine] { lines.filter { $0.section == section } }

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
        section: section, at: transfer.at, kind: isLate ? .adjustment : transfer.kind, amount: -line.units,
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

extension StatementDocument {
  /// Columns of the text.
  private enum Width {
    static let line = 88
    static let date = 13
    static let amount = 12
    static let text = line - date - amount
  }

  /// The statement as the customer gets it: plain text of at most 88 columns, lines ending in a newline.
  package var text: String {
    var out = ""
    let rule = String(repeating: "=", count: Width.line)
    out += row(plan.title, isClosed ? title : "\(title), so far")
    out += rule + "\n"
    if !accountName.isEmpty { out += field("Customer", accountName) }
    out += field("Agreement", agreement.description)
    out += field("Period", "\(dateText(from, plan)) to \(lastDayText(to, plan)), time of \(plan.zone.name)")
    out += "\n"
    out += row("", plan.unit + "s")
    out += row("Opening balance", grouped(opening.units))
    for section in StatementLine.Section.allCases {
      let lines = lines(in: section)
      guard !lines.isEmpty else { continue }
      out += "\n" + section.rawValue.uppercased() + "\n"
      out += body(lines)
      let sum = lines.reduce(Amount.zero) { $0 + $1.amount }
      out += row("", String(repeating: "-", count: Width.amount))
      out += row("Total", signed(sum))
    }
    if lines.isEmpty { out += "\nNothing was added or used.\n" }
    out += "\n" + rule + "\n"
    out += row("Closing balance", grouped(closing.units))
    out += field("Sum", arithmetic)
    out += "\n"
    return out
  }

  /// How opening and sections make the closing balance.
  private var arithmetic: String {
    var parts = grouped(opening.units)
    for section in StatementLine.Section.allCases {
      let lines = lines(in: section)
      guard !lines.isEmpty else { continue }
      let sum = lines.reduce(Amount.zero) { $0 + $1.amount }
      parts += sum < 0 ? " - \(grouped(-sum.units))" : " + \(grouped(sum.units))"
    }
    return "\(parts) = \(grouped(closing.units))"
  }

  /// The lines of a section: each transfer under its own heading, each reason under it with its rule.
  private func body(_ lines: [StatementLine]) -> String {
    var out = ""
    var previous: TransferID?
    for line in lines {
      if previous != line.transfer {
        previous = line.transfer
        let date = dateText(line.at, plan)
        for (index, part) in wrapped(line.heading, to: Width.text).enumerated() {
          out += padded(index == 0 ? date : "", to: Width.date) + part + "\n"
        }
      }
      let texts = wrapped(line.text.isEmpty ? line.clause : line.text, to: Width.text - 2)
      for (index, part) in texts.enumerated() {
        let left = String(repeating: " ", count: Width.date + 2) + part
        out += index == texts.count - 1 ? row(left, signed(line.amount)) : left + "\n"
      }
      let reason = line.clause.isEmpty ? line.arithmetic : "\(line.clause): \(line.arithmetic)"
      for part in wrapped(reason, to: Width.text - 4) {
        out += String(repeating: " ", count: Width.date + 4) + part + "\n"
      }
    }
    return out
  }

  private func field(_ name: String, _ value: String) -> String {
    wrapped(value, to: Width.line - Width.date).enumerated().map { index, part in
      padded(index == 0 ? name : "", to: Width.date) + part + "\n"
    }.joined()
  }

  /// Text at the left and text at the right edge.
  private func row(_ left: String, _ right: String) -> String {
    let gap = max(1, Width.line - left.count - right.count)
    return left + String(repeating: " ", count: gap) + right + "\n"
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private func signed(_ amount: Amount) -> String {
    amount > 0 ? "+" + grouped(amount.units) : grouped(amount.units)
  }

  /// Breaks text at spaces into parts of at most `width` characters; a longer word is cut.
  private func wrapped(_ text: String, to width: Int) -> [String] {
    var parts: [String] = []
    var part = ""
    let words = text.split(whereSeparator: { $0 == " " || $0.isNewline })
    for word in words {
      var word = Substring(word)
      if !part.isEmpty, part.count + 1 + word.count > width {
        parts.append(part)
        part = ""
      }
      while word.count > width {
        parts.append(String(word.prefix(width)))
        word = word.dropFirst(width)
      }
      if !word.isEmpty { part += (part.isEmpty ? "" : " ") + word }
    }
    if !part.isEmpty || parts.isEmpty { parts.append(part) }
    return parts
  }
}
