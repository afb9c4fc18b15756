internal import Policy

extension StatementDocument {
  /// Columns of the text.
  private enum Width {
    static let line = 88
    static let date = 13
    static let amount = 12
    static let text = line - date - amount
  }

  private static let rule = String(repeating: "=", count: Width.line)

  /// The statement as the customer gets it: plain text of at most 88 columns, lines ending in a newline.
  package var text: String {
    var out = ""
    out += row(plan.title, isClosed ? title : "\(title), so far")
    out += Self.rule + "\n"
    if !accountName.isEmpty { out += field("Customer", accountName) }
    out += field("Agreement", agreement.description)
    out += field("Period", "\(dateText(from, plan)) to \(lastDayText(to, plan)), time of \(plan.zone.name)")
    out += block(in: nil)
    for unit in shownUnits { out += block(in: unit) }
    out += "\n"
    return out
  }

  /// What happened in one unit: its opening balance, its lines by section, its closing balance.
  private func block(in furtherUnit: String?) -> String {
    let all = lines(in: furtherUnit)
    let (opening, closing) = (opening(in: furtherUnit), closing(in: furtherUnit))
    var out = "\n"
    out += row("", (furtherUnit ?? plan.unit) + "s")
    out += row("Opening balance", grouped(opening.units))
    for section in StatementLine.Section.allCases {
      let lines = all.filter { $0.section == section }
      guard !lines.isEmpty else { continue }
      out += "\n" + section.rawValue.uppercased() + "\n"
      out += body(lines)
      let sum = lines.reduce(Amount.zero) { $0 + $1.amount }
      out += row("", String(repeating: "-", count: Width.amount))
      out += row("Total", signed(sum))
    }
    if all.isEmpty { out += "\nNothing was added or used.\n" }
    out += "\n" + Self.rule + "\n"
    out += row("Closing balance", grouped(closing.units))
    out += field("Sum", arithmetic(all, opening: opening, closing: closing))
    return out
  }

  /// How opening and sections make the closing balance.
  private func arithmetic(_ all: [StatementLine], opening: Amount, closing: Amount) -> String {
    var parts = grouped(opening.units)
    for section in StatementLine.Section.allCases {
      let lines = all.filter { $0.section == section }
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
