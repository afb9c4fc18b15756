internal import Policy

extension StatementDocument {
  /// The statement as comma-separated values (RFC 4180): one record a line, each balance a record of its own. Days are those
  /// of the plan's zone, amounts whole units.
  package var csv: String {
    let columns = [
      "agreement", "customer", "record", "day", "unit", "units", "heading", "text", "clause", "arithmetic", "transfer",
    ]
    var out = CSV.record(columns.map { .text($0) })
    for unit in [nil] + shownUnits {
      out += balance("opening balance", from, unit, opening(in: unit))
      for line in lines(in: unit) {
        out += CSV.record(
          head(line.section.word, line.at, unit) + [
            .number(line.amount.units), .text(line.heading), .text(line.text), .text(line.clause),
            .text(line.arithmetic), .text(line.transfer.description),
          ])
      }
      out += balance("closing balance", to - .milliseconds(1), unit, closing(in: unit))
    }
    return out
  }

  private func balance(_ record: String, _ at: Instant, _ furtherUnit: String?, _ units: Amount) -> String {
    CSV.record(head(record, at, furtherUnit) + [.number(units.units)] + Array(repeating: .text(""), count: 5))
  }

  private func head(_ record: String, _ at: Instant, _ furtherUnit: String?) -> [CSV.Cell] {
    [
      .text(agreement.description), .text(accountName), .text(record), .text(plan.zone.date(at).description),
      .text(furtherUnit ?? plan.unit),
    ]
  }
}
