@testable import Postgres

/// Reads the SQL that services send. What is not of it is ``NotUnderstood``.
struct Parser {
  private let sql: String
  private var tokens: ArraySlice<Token>

  init(_ sql: String) throws {
    self.sql = sql
    self.tokens = try Token.all(in: sql)[...]
  }

  /// Reads pieces that were cut out of a longer text.
  init(_ tokens: ArraySlice<Token>, of sql: String) {
    self.sql = sql
    self.tokens = tokens
  }

  /// The statement of a text.
  static func statement(_ sql: String) throws -> Syntax {
    var parser = try Parser(sql)
    let syntax = try parser.statement()
    guard parser.tokens.isEmpty else { throw parser.problem }
    return syntax
  }

  private var problem: NotUnderstood {
    NotUnderstood("\(sql), at \(tokens.prefix(6).map { "\($0)" }.joined(separator: " "))")
  }

  var isAtEnd: Bool { tokens.isEmpty }

  /// The pieces that have not been read.
  var rest: ArraySlice<Token> { tokens }

  // MARK: Pieces

  mutating func takes(_ word: String) -> Bool {
    guard tokens.first == .word(word) else { return false }
    tokens.removeFirst()
    return true
  }

  func isAt(symbol: String) -> Bool { tokens.first == .symbol(symbol) }

  mutating func takes(symbol: String) -> Bool {
    guard tokens.first == .symbol(symbol) else { return false }
    tokens.removeFirst()
    return true
  }

  /// Takes the words if all of them follow.
  mutating func takes(words: String) -> Bool {
    let words = words.split(separator: " ").map { Token.word(String($0)) }
    guard tokens.starts(with: words) else { return false }
    tokens.removeFirst(words.count)
    return true
  }

  mutating func must(_ words: String) throws {
    guard takes(words: words) else { throw problem }
  }

  mutating func must(symbol: String) throws {
    guard takes(symbol: symbol) else { throw problem }
  }

  mutating func name() throws -> String {
    guard case .word(let name)? = tokens.first else { throw problem }
    tokens.removeFirst()
    return name
  }

  /// What `read` reads, once or more, with commas in between.
  mutating func list<Element>(_ read: (inout Parser) throws -> Element) throws -> [Element] {
    var elements = [try read(&self)]
    while takes(symbol: ",") { elements.append(try read(&self)) }
    return elements
  }

  mutating func names() throws -> [String] {
    try must(symbol: "(")
    let names = try list { try $0.name() }
    try must(symbol: ")")
    return names
  }

  // MARK: Statements

  private mutating func statement() throws -> Syntax {
    switch tokens.first {
    case .word("begin"):
      tokens = []
      return .begin
    case .word("commit"):
      tokens = []
      return .commit
    case .word("rollback"):
      tokens = []
      return .rollback
    case .word("discard"):
      tokens = []
      return .discardPlans
    case .word("select"): return .select(try select())
    case .word("insert"): return .insert(try insert())
    case .word("update"), .word("delete"): return .change(try change())
    default: throw problem
    }
  }

  mutating func select() throws -> Select {
    try must("select")
    var select = Select()
    select.items = try items()
    if takes("from") { select.sources = try sources(&select.condition) }
    if takes("where") { select.condition = Self.and(select.condition, try expression()) }
    if takes(words: "order by") {
      select.order = try list { parser in
        let expression = try parser.expression()
        return Select.Order(expression: expression, isDescending: parser.takes("desc"))
      }
    }
    if takes("limit") { select.limit = try expression() }
    select.takeArraysForSource()
    if takes(words: "for update") { select.lock = takes(words: "skip locked") ? .skip : .wait }
    return select
  }

  private mutating func items() throws -> [Select.Item] {
    try list { parser in
      let expression = try parser.expression()
      return Select.Item(expression: expression, name: parser.takes("as") ? try parser.name() : nil)
    }
  }

  private static func and(_ first: Expression?, _ second: Expression) -> Expression {
    first.map { .binary("and", $0, second) } ?? second
  }

  private mutating func sources(_ condition: inout Expression?) throws -> [Source] {
    var sources = [try source()]
    while true {
      if takes(symbol: ",") {
        sources.append(try source())
      } else if takes("join") {
        sources.append(try source())
        try must("on")
        condition = Self.and(condition, try expression())
      } else {
        return sources
      }
    }
  }

  private mutating func source() throws -> Source {
    _ = takes("lateral")
    let rows: Source.Rows
    var name = ""
    if takes(symbol: "(") {
      rows = .subquery(try select())
      try must(symbol: ")")
    } else if takes("unnest") {
      try must(symbol: "(")
      rows = .unnest(try list { try $0.expression() })
      try must(symbol: ")")
      name = "unnest"
    } else {
      name = try self.name()
      rows = .table(name)
    }
    let alias = try alias() ?? name
    return Source(rows: rows, alias: alias, columns: tokens.first == .symbol("(") ? try names() : [])
  }

  private static let afterName: Set<String> = [
    "where", "join", "on", "order", "limit", "for", "set", "using", "from", "returning", "lateral", "select",
  ]

  private mutating func alias() throws -> String? {
    if takes("as") { return try name() }
    guard case .word(let word)? = tokens.first, !Self.afterName.contains(word) else { return nil }
    return try name()
  }

  private mutating func insert() throws -> Insert {
    try must("insert into")
    let table = try name()
    let alias = takes("as") ? try name() : table
    let columns = try names()
    let rows = try select()
    var conflict = Insert.Conflict.fail
    if takes(words: "on conflict") {
      if takes(words: "do nothing") {
        conflict = .nothing
      } else {
        let columns = try names()
        try must("do update set")
        conflict = .update(columns: columns, try assignments())
      }
    }
    return Insert(
      table: table, alias: alias, columns: columns, rows: rows, conflict: conflict, returning: try returning())
  }

  private mutating func change() throws -> Change {
    let deletes = takes(words: "delete from")
    if !deletes { try must("update") }
    let table = try name()
    let alias = try alias() ?? table
    var assignments: [Assignment]?
    if !deletes {
      try must("set")
      assignments = try self.assignments()
    }
    var condition: Expression?
    let sources = takes(deletes ? "using" : "from") ? try sources(&condition) : []
    if takes("where") { condition = Self.and(condition, try expression()) }
    return Change(
      table: table, alias: alias, assignments: assignments, sources: sources, condition: condition,
      returning: try returning())
  }

  private mutating func assignments() throws -> [Assignment] {
    try list { parser in
      let column = try parser.name()
      try parser.must(symbol: "=")
      return Assignment(column: column, value: try parser.expression())
    }
  }

  private mutating func returning() throws -> [Select.Item] {
    takes("returning") ? try items() : []
  }

  // MARK: Expressions

  mutating func expression() throws -> Expression {
    var left = try conjunction()
    while takes("or") { left = .binary("or", left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws -> Expression {
    var left = try negation()
    while takes("and") { left = .binary("and", left, try negation()) }
    return left
  }

  private mutating func negation() throws -> Expression {
    takes("not") ? .not(try negation()) : try comparison()
  }

  private mutating func comparison() throws -> Expression {
    let left = try sum()
    if takes("is") {
      let isNegated = takes("not")
      try must("null")
      return isNegated ? .not(.isNull(left)) : .isNull(left)
    }
    if takes("between") {
      let low = try sum()
      try must("and")
      return .between(left, low, try sum())
    }
    if takes("in") { return try membership(of: left) }
    for symbol in ["=", "<>", "<=", ">=", "<", ">", "~"] where takes(symbol: symbol) {
      guard symbol == "=", takes("any") else { return .binary(symbol, left, try sum()) }
      try must(symbol: "(")
      let array = try expression()
      try must(symbol: ")")
      return .any(left, array)
    }
    return left
  }

  private mutating func membership(of left: Expression) throws -> Expression {
    try must(symbol: "(")
    defer { _ = takes(symbol: ")") }
    if tokens.first == .word("select") { return .amongRows(left, try select()) }
    return .among(left, try list { try $0.expression() })
  }

  private mutating func sum() throws -> Expression {
    var left = try primary()
    while true {
      if takes(symbol: "+") {
        left = .binary("+", left, try primary())
      } else if takes(symbol: "-") {
        left = .binary("-", left, try primary())
      } else {
        return left
      }
    }
  }

  private mutating func primary() throws -> Expression {
    var expression = try atom()
    while takes(symbol: "::") {
      let type = try name()
      let isArray = takes(symbol: "[")
      if isArray { try must(symbol: "]") }
      expression = .cast(expression, try .named(type, isArray: isArray))
    }
    return expression
  }

  private mutating func atom() throws -> Expression {
    guard let first = tokens.first else { throw problem }
    switch first {
    case .parameter(let number):
      tokens.removeFirst()
      return .parameter(number)
    case .text(let text):
      tokens.removeFirst()
      return .literal(.text(text), .text)
    case .number(let number):
      tokens.removeFirst()
      return .literal(.int(number), .int4)
    case .symbol("*"):
      tokens.removeFirst()
      return .all(table: nil)
    case .symbol("-"):
      tokens.removeFirst()
      return .binary("-", .literal(.int(0), .int4), try primary())
    case .symbol("("): return try parenthesis()
    case .word: return try named()
    default: throw problem
    }
  }

  /// `CASE value WHEN … THEN … ELSE … END`, after its first word.
  private mutating func choice() throws -> Expression {
    let value = try expression()
    var options: [Expression.Option] = []
    while takes("when") {
      let when = try expression()
      try must("then")
      options.append(Expression.Option(when: when, then: try expression()))
    }
    guard !options.isEmpty else { throw problem }
    let otherwise = takes("else") ? try expression() : nil
    try must("end")
    return .choice(value, options, otherwise)
  }

  private mutating func parenthesis() throws -> Expression {
    try must(symbol: "(")
    if tokens.first == .word("select") {
      let select = try select()
      try must(symbol: ")")
      return .subquery(select)
    }
    let expressions = try list { try $0.expression() }
    try must(symbol: ")")
    return expressions.count == 1 ? expressions[0] : .row(expressions)
  }

  private mutating func named() throws -> Expression {
    let name = try name()
    switch name {
    case "case": return try choice()
    case "true": return .literal(.bool(true), .bool)
    case "false": return .literal(.bool(false), .bool)
    case "null": return .literal(.null, .unknown)
    default: break
    }
    if takes(symbol: "(") {
      if takes(symbol: ")") { return .call(name, []) }
      let arguments = try list { parser in
        let argument = try parser.expression()
        // `name => value`: there is but one function with a named argument.
        return parser.takes(symbol: "=>") ? try parser.expression() : argument
      }
      try must(symbol: ")")
      return .call(name, arguments)
    }
    if takes(symbol: ".") {
      return takes(symbol: "*") ? .all(table: name) : .column(table: name, name: try self.name())
    }
    return .column(table: nil, name: name)
  }
}
