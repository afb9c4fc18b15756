@testable import Postgres

/// A table as the migrations describe it.
struct TableSchema: Sendable {
  struct Column: Sendable {
    let name: String
    let type: PostgresType
    var isNullable = true
    var standard: Expression?
    /// What the database itself computes from the row's other columns.
    var generated: Expression?
  }

  /// Columns whose values occur once, perhaps only among the rows that satisfy a condition.
  struct Unique: Sendable {
    let name: String
    let columns: [Int]
    var condition: Expression?
  }

  struct Check: Sendable {
    let name: String
    let condition: Expression
  }

  /// Columns that name a row of another table by its primary key.
  struct Reference: Sendable {
    let name: String
    let columns: [Int]
    let table: String
    /// The columns there that are referred to; nil: its primary key.
    var others: [String]?
  }

  let name: String
  var columns: [Column] = []
  var uniques: [Unique] = []
  var checks: [Check] = []
  var references: [Reference] = []
  /// Columns by which rows are found: those of every index and their first two.
  var paths: Set<[Int]> = []
  /// What the service's role may do: select, insert, update, delete.
  var grants: Set<String> = []

  func column(_ name: String) throws -> Int {
    guard let place = columns.firstIndex(where: { $0.name == name }) else {
      throw NotUnderstood("the column \(name) of \(self.name)")
    }
    return place
  }

  mutating func indexed(_ columns: [Int]) {
    for count in [1, 2, columns.count] where count <= columns.count { paths.insert(Array(columns.prefix(count))) }
  }
}

/// A type with a CHECK of its values.
private struct Domain {
  let type: PostgresType
  /// What stands in the CHECK, with its brackets.
  let check: ArraySlice<Token>
  let script: String

  /// What the CHECK says of a column.
  func condition(of column: String) throws -> Expression {
    var parser = Parser(check.map { $0 == .word("value") ? .word(column) : $0 }[...], of: script)
    return try parser.expression()
  }
}

/// Reads the tables out of migrations: CREATE DOMAIN, CREATE TABLE, CREATE INDEX and GRANT; policies are the database's own
/// affair.
enum SchemaReader {
  static func tables(_ scripts: [String]) throws -> [String: TableSchema] {
    var tables: [String: TableSchema] = [:]
    var domains: [String: Domain] = [:]
    for script in scripts {
      for tokens in try Token.all(in: script).split(separator: .symbol(";")) {
        var parser = Parser(tokens, of: script)
        if parser.takes(words: "create domain") {
          let name = try parser.name()
          try parser.must("as")
          let type = try PostgresType.named(try parser.name(), isArray: false)
          try parser.must("check")
          domains[name] = Domain(type: type, check: parser.rest, script: script)
        } else if parser.takes(words: "create table") {
          let table = try Self.table(&parser, domains)
          tables[table.name] = table
        } else if parser.takes(words: "create unique index") {
          try index(&parser, isUnique: true, &tables)
        } else if parser.takes(words: "create index") {
          try index(&parser, isUnique: false, &tables)
        } else if parser.takes("grant") {
          let actions = try parser.list { try $0.name() }
          try parser.must("on")
          for table in try parser.list({ try $0.name() }) { tables[table]?.grants.formUnion(actions) }
        } else if !["create policy", "create function", "create extension"].contains(where: { parser.takes(words: $0) })
        {
          throw NotUnderstood("a migration's statement: \(tokens.prefix(6))")
        }
      }
    }
    return tables
  }

  private static func table(_ parser: inout Parser, _ domains: [String: Domain]) throws -> TableSchema {
    var table = TableSchema(name: try parser.name())
    try parser.must(symbol: "(")
    _ = try parser.list { try element(&$0, &table, domains) }
    try parser.must(symbol: ")")
    return table
  }

  private static func element(
    _ parser: inout Parser, _ table: inout TableSchema, _ domains: [String: Domain]
  ) throws {
    var name: String?
    if parser.takes("constraint") { name = try parser.name() }
    if parser.takes(words: "primary key") {
      try key(try parser.names(), &table)
    } else if parser.takes("unique") {
      let columns = try parser.names().map { try table.column($0) }
      table.uniques.append(.init(name: name ?? "\(table.name)_key", columns: columns))
      table.indexed(columns)
    } else if parser.takes(words: "foreign key") {
      let columns = try parser.names().map { try table.column($0) }
      try parser.must("references")
      let other = try parser.name()
      let others = parser.isAt(symbol: "(") ? try parser.names() : nil
      table.references.append(.init(name: name ?? "\(table.name)_fkey", columns: columns, table: other, others: others))
    } else if parser.takes("check") {
      table.checks.append(.init(name: name ?? "\(table.name)_check", condition: try parser.expression()))
    } else {
      try column(&parser, &table, domains)
    }
  }

  private static func key(_ names: [String], _ table: inout TableSchema) throws {
    let columns = try names.map { try table.column($0) }
    for column in columns { table.columns[column].isNullable = false }
    table.uniques.insert(.init(name: "\(table.name)_pkey", columns: columns), at: 0)
    table.indexed(columns)
  }

  private static func column(
    _ parser: inout Parser, _ table: inout TableSchema, _ domains: [String: Domain]
  ) throws {
    let name = try parser.name()
    let type = try parser.name()
    let isArray = parser.takes(symbol: "[")
    if isArray { try parser.must(symbol: "]") }
    let domain = domains[type]
    table.columns.append(.init(name: name, type: try domain?.type ?? .named(type, isArray: isArray)))
    if let domain { table.checks.append(.init(name: type, condition: try domain.condition(of: name))) }
    let place = table.columns.count - 1
    while true {
      if parser.takes(words: "not null") {
        table.columns[place].isNullable = false
      } else if parser.takes(words: "primary key") {
        try key([name], &table)
      } else if parser.takes(words: "generated always as") {
        table.columns[place].generated = try parser.expression()
        try parser.must("stored")
      } else if parser.takes("default") {
        table.columns[place].standard = try parser.expression()
      } else if parser.takes("check") {
        table.checks.append(.init(name: "\(table.name)_\(name)_check", condition: try parser.expression()))
      } else if parser.takes("references") {
        table.references.append(.init(name: "\(table.name)_\(name)_fkey", columns: [place], table: try parser.name()))
      } else {
        return
      }
    }
  }

  private static func index(
    _ parser: inout Parser, isUnique: Bool, _ tables: inout [String: TableSchema]
  ) throws {
    let name = try parser.name()
    try parser.must("on")
    let table = try parser.name()
    guard var schema = tables[table] else { throw NotUnderstood("an index on \(table)") }
    // An index of words opens no path to rows: they are found one after the other.
    if parser.takes(words: "using gin") { return }
    let columns = try parser.names().map { try schema.column($0) }
    schema.indexed(columns)
    if isUnique {
      schema.uniques.append(
        .init(name: name, columns: columns, condition: parser.takes("where") ? try parser.expression() : nil))
    }
    tables[table] = schema
  }
}
