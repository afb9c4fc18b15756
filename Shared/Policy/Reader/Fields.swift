/// Collects what is wrong with a document.
final class ProblemLog {
  /// The most problems that are reported at once.
  static let maximum = 100
  private(set) var problems: [PlanProblem] = []

  func add(path: String, line: Int, _ text: String) {
    guard problems.count < ProblemLog.maximum else { return }
    problems.append(PlanProblem(path: path, line: line, text: text))
  }
}

/// A value of the document with its path; reading it as something that it is not reports a problem and gives nil.
struct Field {
  let node: DocumentNode
  let path: String
  let line: Int
  let log: ProblemLog

  func fail(_ text: String) { log.add(path: path, line: line, text) }

  /// The words of a scalar; empty ones are refused.
  func text(maximum: Int = 1000) -> String? {
    guard case .scalar(let text, _) = node.value else {
      fail("a single value is wanted here, not a list or map")
      return nil
    }
    guard !text.isEmpty, text != "~" else {
      fail("the value is missing")
      return nil
    }
    guard text.utf8.count <= maximum else {
      fail("longer than \(maximum) bytes")
      return nil
    }
    return text
  }

  /// A name: letters, digits, `-` and `_`.
  func name() -> String? {
    guard let text = text(maximum: 200) else { return nil }
    guard isName(text) else {
      fail("'\(text)' is no name: use letters, digits, '-' and '_', at most 64")
      return nil
    }
    return text
  }

  func flag() -> Bool? {
    switch text() {
    case "true": return true
    case "false": return false
    case nil: return nil
    case .some(let text):
      fail("'\(text)' is neither true nor false")
      return nil
    }
  }

  func whole(_ range: ClosedRange<Int64>) -> Int64? {
    guard let text = text() else { return nil }
    guard let value = Int64(text), range.contains(value) else {
      fail("'\(text)' is no whole number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  func choice<T: RawRepresentable & CaseIterable>(_: T.Type = T.self) -> T? where T.RawValue == String {
    guard let text = text() else { return nil }
    if let value = T(rawValue: text) { return value }
    fail(unknown("value", text, among: T.allCases.map(\.rawValue)))
    return nil
  }

  /// A length of time such as `2h30m`.
  func span(positive: Bool = true) -> TimeSpan? {
    guard let text = text() else { return nil }
    guard let span = TimeSpan(text), span.milliseconds % 1000 == 0 else {
      fail("'\(text)' is no length of time: write it as 3h, 90m or 2h30m")
      return nil
    }
    guard !positive || span > .zero else {
      fail("must be longer than nothing")
      return nil
    }
    return span
  }

  /// A length of time in whole minutes.
  func minutes() -> TimeSpan? {
    guard let span = span() else { return nil }
    guard span.milliseconds % 60_000 == 0 else {
      fail("must be whole minutes")
      return nil
    }
    return span
  }

  /// `7 days`, `3 working days`, `12 months`, `1 year`, or a span.
  func period(_ text: String) -> Period? {
    if let span = TimeSpan(text), span > .zero, span.milliseconds % 1000 == 0 { return .span(span) }
    let words = text.split(separator: " ").map(String.init)
    if let first = words.first, let count = Int(first), (1...10_000).contains(count) {
      switch words.dropFirst().joined(separator: " ") {
      case "day", "days": return .days(count)
      case "working day", "working days": return .workingDays(count)
      case "month", "months": return .months(count)
      case "year", "years": return .years(count)
      default: break
      }
    }
    fail("'\(text)' is no period: write it as 7 days, 3 working days, 12 months, 1 year or 4h")
    return nil
  }

  func period() -> Period? { text().flatMap { period($0) } }

  func money(_ currency: Currency?) -> Money? { text().flatMap { money($0, currency) } }

  func money(_ text: String, _ currency: Currency?) -> Money? {
    guard let money = Money(text) else {
      let shape = currency.map { Money(minorUnits: 60000, currency: $0)?.description ?? $0.code } ?? "SGD 600.00"
      fail("'\(text)' is no price: write it as \(shape)")
      return nil
    }
    guard currency == nil || money.currency == currency else {
      fail("the plan's currency is \(currency?.code ?? ""), not \(money.currency)")
      return nil
    }
    return money
  }

  /// A whole number of units, alone or with the unit's name: `10`, `600 credits`.
  func amount(unit: String?, positive: Bool = false) -> Amount? {
    guard let text = text() else { return nil }
    let words = text.split(separator: " ").map(String.init)
    guard let first = words.first, words.count <= 2, let units = Int64(first), units >= (positive ? 1 : 0),
      units <= 1_000_000_000
    else {
      fail("'\(text)' is no whole amount from \(positive ? 1 : 0) to 1000000000\(unit.map { " " + $0 + "s" } ?? "")")
      return nil
    }
    if words.count == 2, let unit, words[1] != unit, words[1] != unit + "s" {
      fail("the plan's unit is \(unit), not '\(words[1])'")
      return nil
    }
    return Amount(units)
  }

  /// The elements of a list.
  func list() -> [Field]? {
    guard case .list(let nodes) = node.value else {
      fail("a list is wanted here")
      return nil
    }
    return nodes.enumerated().map { index, node in
      Field(node: node, path: "\(path)[\(index)]", line: node.line, log: log)
    }
  }

  /// The elements of a list, or the value alone.
  func oneOrMore() -> [Field] {
    if case .list = node.value {
      let all = list() ?? []
      if all.isEmpty { fail("the list is empty") }
      return all
    }
    return [self]
  }

  /// The entries of a map.
  func map() -> FieldMap? {
    guard case .map(let entries) = node.value else {
      fail("fields are wanted here, as name: value")
      return nil
    }
    return FieldMap(entries: entries, path: path, line: line, log: log)
  }

  /// The entries of a map whose keys the plan chooses.
  func entries() -> [(key: String, field: Field)] {
    guard case .map(let entries) = node.value else {
      fail("a map is wanted here, as name: value")
      return []
    }
    return entries.map { entry in
      (
        entry.key,
        Field(node: entry.node, path: path.isEmpty ? entry.key : "\(path).\(entry.key)", line: entry.line, log: log)
      )
    }
  }
}

/// The fields of one clause. What is neither taken nor expected is reported when the clause is finished.
final class FieldMap {
  let path: String
  let line: Int
  let log: ProblemLog
  private let entries: [DocumentNode.Entry]
  private var known: [String] = []

  init(entries: [DocumentNode.Entry], path: String, line: Int, log: ProblemLog) {
    self.entries = entries
    self.path = path
    self.line = line
    self.log = log
  }

  func fail(_ text: String) { log.add(path: path, line: line, text) }

  /// The field of that name; nil when the document has none.
  func take(_ name: String) -> Field? {
    if !known.contains(name) { known.append(name) }
    guard let entry = entries.first(where: { $0.key == name }) else { return nil }
    return Field(node: entry.node, path: path.isEmpty ? name : "\(path).\(name)", line: entry.line, log: log)
  }

  /// Whether the document has the field. Asking does not make the field one that is expected.
  func has(_ name: String) -> Bool { entries.contains { $0.key == name } }

  /// The field of that name; a problem when the document has none.
  func need(_ name: String) -> Field? {
    let field = take(name)
    if field == nil { fail("the field '\(name)' is missing") }
    return field
  }

  /// Reports every field that nothing asked for.
  func finish() {
    for entry in entries where !known.contains(entry.key) {
      let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      log.add(path: path, line: entry.line, unknown("field", entry.key, among: known))
    }
  }
}

/// `unknown field 'ech'; did you mean 'each'?`, or the list of what there is.
func unknown(_ what: String, _ text: String, among known: [String]) -> String {
  let shown = String(text.prefix(64))
  let near = known.map { ($0, editDistance(shown, $0)) }.min { $0.1 < $1.1 }
  if let near, near.1 <= max(1, min(3, near.0.count / 2)) {
    return "unknown \(what) '\(shown)'; did you mean '\(near.0)'?"
  }
  if known.isEmpty { return "unknown \(what) '\(shown)': there are none" }
  return "unknown \(what) '\(shown)': there are " + known.prefix(60).joined(separator: ", ")
}

/// How many letters must be added, dropped or changed to make `b` of `a`.
private func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8), Array(b.utf8))
  var row = Array(0...b.count)
  for (i, letter) in a.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in b.enumerated() {
      let replaced = diagonal + (letter == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
