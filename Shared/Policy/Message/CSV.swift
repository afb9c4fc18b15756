/// Comma-separated values (RFC 4180), made so that a spreadsheet takes no text for a formula.
public enum CSV {
  /// A value of a record.
  public enum Cell: Hashable, Sendable {
    case text(String)
    case number(Int64)
  }

  /// A record with its line end.
  public static func record(_ cells: [Cell]) -> String { cells.map(written).joined(separator: ",") + "\r\n" }

  private static func written(_ cell: Cell) -> String {
    switch cell {
    case .number(let number): String(number)
    case .text(let text): quoted(harmless(text))
    }
  }

  /// A text that begins as formulas do gets an apostrophe before it, which spreadsheets take as the sign of a text.
  static func harmless(_ text: String) -> String {
    let first = text.unicodeScalars.first { $0 != " " }
    guard let first, beginsFormula(first) else { return text }
    return "'" + text
  }

  /// `=`, `+`, `-` and `@`, also in full width, and what spreadsheets pass over before them.
  private static func beginsFormula(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}": true
    default: false
    }
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x22, 0x2c, 0x0a, 0x0d].contains($0) }) || text.hasPrefix(" ") else {
      return text
    }
    return "\"" + text.flatMap { $0 == "\"" ? ["\"", $0] : [$0] } + "\""
  }
}
