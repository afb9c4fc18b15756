import CalloutClient

/// Values as text for people.
enum Table {
  /// The widest column, in characters; longer texts end in an ellipsis.
  static let columnWidthMax = 60

  /// Rows under headings, in columns as wide as their widest cell. Without rows only the headings stand there. A column may
  /// be a path into the row, such as `article.title`.
  static func rows(_ rows: [JSONValue], columns: [String]) -> String {
    let cells = rows.map { row in columns.map { cell(row.value(at: $0) ?? .null) } }
    let headings = columns.map { ($0.split(separator: ".").last ?? "").uppercased() }
    let widths = columns.indices.map { index in
      max(headings[index].count, cells.map { $0[index].count }.max() ?? 0)
    }
    let alignsRight = columns.map { column in
      !rows.isEmpty
        && rows.allSatisfy { row in
          switch row.value(at: column) ?? .null {
          case .integer, .unsigned, .other: true
          case .null, .flag, .text, .list, .object: false
          }
        }
    }
    func line(_ texts: [String]) -> String {
      var line = ""
      for (index, text) in texts.enumerated() {
        let padding = String(repeating: " ", count: widths[index] - text.count)
        line += (index == 0 ? "" : "  ") + (alignsRight[index] ? padding + text : text + padding)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    return ([headings] + cells).map { line($0) + "\n" }.joined()
  }

  /// What stands in one cell: one line, not too long.
  static func cell(_ value: JSONValue) -> String {
    let text: String
    switch value {
    case .list(let items): text = items.map(brief).joined(separator: ", ")
    case .object: text = brief(value)
    case .null, .flag, .integer, .unsigned, .other, .text: text = value.plain
    }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count <= columnWidthMax ? line : line.prefix(columnWidthMax - 1) + "…"
  }

  /// An object in a few words.
  private static func brief(_ value: JSONValue) -> String {
    guard case .object(let members) = value else { return value.plain }
    if let kind = value["kind"], let address = value["address"] { return "\(kind.plain):\(address.plain)" }
    if let balance = value["balance"], let amount = value["amount"] { return "\(amount.plain) (\(balance.plain))" }
    if let id = value["id"] { return id.plain }
    return members.map { "\($0.key)=\($0.value.plain)" }.joined(separator: " ")
  }

  /// An object as keys and values, one a line; what is not given is left out, and lists of objects are indented blocks.
  static func block(_ value: JSONValue, indent: String = "") -> [String] {
    guard case .object(let members) = value else { return [indent + value.plain] }
    let shown = members.filter { isShown($0.value) }
    let width = shown.filter { !isBlock($0.value) }.map(\.key.count).max() ?? 0
    var lines: [String] = []
    for member in shown {
      switch member.value {
      case .object:
        lines.append("\(indent)\(member.key):")
        lines += block(member.value, indent: indent + "  ")
      case .list(let items) where isBlock(member.value):
        lines.append("\(indent)\(member.key):")
        for item in items {
          let inner = block(item, indent: indent + "    ")
          guard let first = inner.first else { continue }
          lines.append("\(indent)  - " + first.dropFirst(indent.count + 4))
          lines += inner.dropFirst()
        }
      case .list, .null, .flag, .integer, .unsigned, .other, .text:
        let padding = String(repeating: " ", count: max(0, width - member.key.count))
        let text: String
        if case .list(let items) = member.value {
          text = items.map(\.plain).joined(separator: ", ")
        } else {
          text = member.value.plain
        }
        let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
        lines.append("\(indent)\(member.key)\(padding)  \(parts.first ?? "")")
        lines += parts.dropFirst().map { indent + String(repeating: " ", count: width + 2) + $0 }
      }
    }
    return lines
  }

  private static func isShown(_ value: JSONValue) -> Bool {
    switch value {
    case .null, .text(""), .list([]), .object([]): false
    case .flag, .integer, .unsigned, .other, .text, .list, .object: true
    }
  }

  private static func isBlock(_ value: JSONValue) -> Bool {
    switch value {
    case .object: true
    case .list(let items): items.contains { if case .object = $0 { true } else { false } }
    case .null, .flag, .integer, .unsigned, .other, .text: false
    }
  }
}
