/// Lines of text in columns, for drawings: each as wide as its widest cell, the last one as wide as it comes.
enum Columns {
  /// Without trailing spaces. A line with fewer cells ends early.
  static func lines(_ rows: [[String]], indent: String = "") -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<max(0, count - 1)).map { column in
      rows.map { $0.indices.contains(column + 1) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = indent
      for (column, cell) in row.enumerated() {
        line += cell
        if column + 1 < row.count {
          line += String(repeating: " ", count: max(0, widths[column] - cell.count) + 2)
        }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
