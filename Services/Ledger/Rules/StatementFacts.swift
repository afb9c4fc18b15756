package import Policy

extension StatementDocument {
  /// The most lines that a message has.
  package static let toldLineCountMax = 200
  /// The most bytes of text that the lines of a message have together.
  package static let toldByteCountMax = 48 * 1024

  /// What a message says of the statement, by its fields; lines as far as they fit into a message.
  package var facts: MessageFacts {
    let told = toldLines
    return [
      "plan": .text(plan.title), "agreement": .text(agreement.description), "from": .day(from, in: plan.zone),
      "to": .day(to - .milliseconds(1), in: plan.zone), "opening": .units(opening, plan.unit),
      "closing": .units(closing, plan.unit), "left_out": .number(Int64(lines.count - told.count)),
      "lines": .rows(told.map(row)), "lots": .rows(lotRows),
    ]
  }

  private var toldLines: ArraySlice<StatementLine> {
    var byteCount = 0
    var count = 0
    for line in lines.prefix(Self.toldLineCountMax) {
      byteCount += line.heading.utf8.count + line.text.utf8.count + line.clause.utf8.count + line.arithmetic.utf8.count
      if byteCount > Self.toldByteCountMax { break }
      count += 1
    }
    return lines.prefix(count)
  }

  private func row(_ line: StatementLine) -> MessageFacts {
    [
      "day": .day(line.at, in: plan.zone), "heading": .text(line.heading), "text": .text(line.text),
      "reason": .text(line.clause.isEmpty ? line.arithmetic : "\(line.clause): \(line.arithmetic)"),
      "units": .units(line.amount, line.furtherUnit ?? plan.unit), "section": .text(line.section.word),
    ]
  }

  /// Lots of all units that have something left, the first to end first.
  private var lotRows: [MessageFacts] {
    let left = courses.map(\.lot).filter { $0.remaining > 0 }
      .sorted { ($0.expiresAt ?? .latest, $0.id) < ($1.expiresAt ?? .latest, $1.id) }
    return left.prefix(Self.shownLotCountMax).map { lot in
      var row: MessageFacts = [
        "package": .text(lot.package), "left": .units(lot.remaining, lot.furtherUnit ?? plan.unit),
      ]
      if let end = lot.expiresAt { row["last"] = .day(end - .milliseconds(1), in: plan.zone) }
      return row
    }
  }
}

extension StatementLine.Section {
  /// One word for it, in records and messages.
  var word: String {
    switch self {
    case .added: "added"
    case .charges: "charges"
    case .adjustments: "adjustments"
    case .expired: "expired"
    case .invoiced: "invoiced"
    }
  }
}
