@testable import Postgres

/// An expression as it was written.
indirect enum Expression: Sendable {
  case column(table: String?, name: String)
  /// `*` or `table.*`.
  case all(table: String?)
  case parameter(Int)
  case literal(Datum, PostgresType)
  case not(Expression)
  case binary(String, Expression, Expression)
  case isNull(Expression)
  case among(Expression, [Expression])
  case amongRows(Expression, Select)
  /// `a = ANY (array)`.
  case any(Expression, Expression)
  case between(Expression, Expression, Expression)
  /// `CASE a WHEN b THEN c … ELSE d END`.
  case choice(Expression, [Option], Expression?)
  case cast(Expression, PostgresType)
  case call(String, [Expression])
  case subquery(Select)
  case row([Expression])

  /// `WHEN a THEN b`.
  struct Option {
    let when: Expression
    let then: Expression
  }
}

/// `SELECT …`.
struct Select: Sendable {
  enum Lock: Sendable { case none, wait, skip }

  struct Item: Sendable {
    let expression: Expression
    let name: String?
  }

  struct Order: Sendable {
    let expression: Expression
    let isDescending: Bool
  }

  var items: [Item] = []
  var sources: [Source] = []
  var condition: Expression?
  var order: [Order] = []
  var limit: Expression?
  var lock = Lock.none

  /// `SELECT unnest(a) AS x, unnest(b), c` is `SELECT x, y, c FROM unnest(a, b) AS u(x, y)`.
  mutating func takeArraysForSource() {
    guard sources.isEmpty else { return }
    var (arrays, columns) = ([Expression](), [String]())
    items = items.map { item in
      guard case .call("unnest", let arguments) = item.expression, let array = arguments.first else { return item }
      let column = "unnest \(arrays.count)"
      arrays.append(array)
      columns.append(column)
      return Item(expression: .column(table: nil, name: column), name: item.name ?? "unnest")
    }
    if !arrays.isEmpty { sources = [Source(rows: .unnest(arrays), alias: "unnest", columns: columns)] }
  }
}

/// One of what stands behind `FROM`.
struct Source: Sendable {
  enum Rows: Sendable {
    case table(String)
    case unnest([Expression])
    case subquery(Select)
  }

  let rows: Rows
  let alias: String
  /// Names of the columns, where they are given.
  let columns: [String]
}

/// `column = expression`.
struct Assignment: Sendable {
  let column: String
  let value: Expression
}

/// `INSERT …`.
struct Insert: Sendable {
  enum Conflict: Sendable {
    case fail
    case nothing
    case update(columns: [String], [Assignment])
  }

  let table: String
  let alias: String
  let columns: [String]
  let rows: Select
  let conflict: Conflict
  let returning: [Select.Item]
}

/// `UPDATE …` or, without assignments, `DELETE …`.
struct Change: Sendable {
  let table: String
  let alias: String
  /// Nil: the rows are deleted.
  let assignments: [Assignment]?
  let sources: [Source]
  let condition: Expression?
  let returning: [Select.Item]
}

/// A statement as it was written.
enum Syntax: Sendable {
  case begin, commit, rollback, discardPlans
  case select(Select)
  case insert(Insert)
  case change(Change)
}

/// A piece of SQL.
enum Token: Hashable {
  /// A name or a keyword, in lower case.
  case word(String)
  case text(String)
  case number(Int64)
  case parameter(Int)
  case symbol(String)

  private static let symbols = ["::", "<>", "<=", ">=", "=>", "||"]

  /// The pieces of a text; comments go.
  static func all(in sql: String) throws -> [Token] {
    var tokens: [Token] = []
    var rest = Substring(sql)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if rest.hasPrefix("--") {
        rest = rest.drop { $0 != "\n" }
      } else if first.isLetter || first == "_" {
        let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        tokens.append(.word(word.lowercased()))
        rest = rest.dropFirst(word.count)
      } else if first == "\"" {
        let name = rest.dropFirst().prefix { $0 != "\"" }
        tokens.append(.word(String(name)))
        rest = rest.dropFirst(name.count + 2)
      } else if first == "'" {
        let (text, left) = quoted(rest.dropFirst())
        tokens.append(.text(text))
        rest = left
      } else if first.isNumber || first == "$" {
        let digits = rest.dropFirst(first == "$" ? 1 : 0).prefix { $0.isNumber }
        guard let number = Int64(digits) else { throw NotUnderstood("\(rest.prefix(20))") }
        tokens.append(first == "$" ? .parameter(Int(number)) : .number(number))
        rest = rest.dropFirst(digits.count + (first == "$" ? 1 : 0))
      } else {
        let symbol = symbols.first { rest.hasPrefix($0) } ?? String(first)
        tokens.append(.symbol(symbol))
        rest = rest.dropFirst(symbol.count)
      }
    }
    return tokens
  }

  /// The text up to its closing quote, and what follows; two quotes stand for one.
  private static func quoted(_ rest: Substring) -> (String, Substring) {
    var (text, rest) = ("", rest)
    while let first = rest.popFirst() {
      if first == "'" {
        guard rest.first == "'" else { break }
        rest.removeFirst()
      }
      text.append(first)
    }
    return (text, rest)
  }
}
