@testable import Postgres

/// What a statement did.
struct Outcome {
  var columns: [(name: String, type: PostgresType)] = []
  var rows: [[Datum]] = []
  var affected = 0
}

/// What holds for every row of a table: NOT NULL, CHECK, UNIQUE, FOREIGN KEY and row-level security.
final class TableRules {
  private let table: StoredTable
  private let database: MemoryDatabase
  private let checks: [(name: String, condition: Compiled)]
  private let uniques: [(unique: TableSchema.Unique, condition: Compiled?)]
  let standards: [Compiled?]
  private let generated: [(place: Int, value: Compiled)]

  init(_ table: StoredTable, _ database: MemoryDatabase) throws {
    self.table = table
    self.database = database
    let compiler = Compiler(database, types: [])
    let columns = table.schema.columns.map { (name: $0.name, type: $0.type) }
    let scope = [ScopeEntry(alias: table.schema.name, columns: columns, slot: compiler.makeSlot())]
    checks = try table.schema.checks.map { ($0.name, try compiler.compile($0.condition, scope)) }
    uniques = try table.schema.uniques.map { ($0, try $0.condition.map { try compiler.compile($0, scope) }) }
    generated = try table.schema.columns.enumerated().compactMap { place, column in
      try column.generated.map { (place, try compiler.compile($0, scope)) }
    }
    standards = try table.schema.columns.map { column in
      try column.standard.map { try compiler.cast(try compiler.compile($0, []), to: column.type) }
    }
  }

  /// Writes values to a row, a new one if it is nil, once they keep every rule.
  func write(_ given: [Datum], to row: StoredRow?, _ transaction: Transaction) throws {
    let name = table.schema.name
    var values = given
    for (place, value) in generated { values[place] = try value.evaluate(frame(given, transaction)) }
    for (column, value) in zip(table.schema.columns, values) where value.isNull && !column.isNullable {
      throw SQLFailure(.notNullViolation, "\(name).\(column.name) is null", table: name, column: column.name)
    }
    guard transaction.tenants.contains(values[0]) else {
      throw SQLFailure(.insufficientPrivilege, "new row violates row-level security of \(name)", table: name)
    }
    let frame = frame(values, transaction)
    for check in checks where try check.condition.evaluate(frame) == .bool(false) {
      throw SQLFailure(
        .checkViolation, "new row of \(name) violates \(check.name)", constraint: check.name, table: name)
    }
    if let (_, unique) = try conflict(values, besides: row, transaction, among: nil) {
      throw SQLFailure(
        .uniqueViolation, "duplicate key violates \(unique.name)", constraint: unique.name, table: name)
    }
    for reference in table.schema.references { try check(reference, values, transaction) }
    transaction.write(values, to: row ?? table.makeRow(), of: table)
  }

  /// A row that stands in the way of these values, with the rule that it breaks.
  ///
  /// - Parameter columns: the columns of the rule to look at; nil for all rules.
  func conflict(
    _ values: [Datum], besides own: StoredRow?, _ transaction: Transaction, among columns: [Int]?
  ) throws -> (StoredRow, TableSchema.Unique)? {
    for (unique, condition) in uniques where columns == nil || columns == unique.columns {
      let key = unique.columns.map { values[$0] }
      if key.contains(.null) { continue }
      if let condition, try !condition.evaluate(frame(values, transaction)).isTrue { continue }
      for row in table.rows(unique.columns, key) where row !== own {
        let stands = try [row.committed, row.writer == nil ? nil : row.pending].compactMap(\.self).filter { other in
          guard unique.columns.map({ other[$0] }) == key else { return false }
          return try condition.map { try $0.evaluate(frame(other, transaction)).isTrue } ?? true
        }
        if stands.isEmpty { continue }
        if let writer = row.writer, writer !== transaction { throw Wait(transaction: writer) }
        if let seen = row.seen(by: transaction), stands.contains(seen) { return (row, unique) }
      }
    }
    return nil
  }

  private func check(_ reference: TableSchema.Reference, _ values: [Datum], _ transaction: Transaction) throws {
    let key = reference.columns.map { values[$0] }
    if key.contains(.null) { return }
    let other = try database.table(reference.table)
    let named = try reference.others.map { try $0.map { try other.schema.column($0) } }
    guard let wanted = named ?? other.schema.uniques.first?.columns else {
      throw NotUnderstood("\(reference.table) has no key")
    }
    for row in other.rows(wanted, key) {
      if let seen = row.seen(by: transaction), wanted.map({ seen[$0] }) == key { return }
      if let writer = row.writer, writer !== transaction, let pending = row.pending,
        wanted.map({ pending[$0] }) == key
      {
        throw Wait(transaction: writer)
      }
    }
    throw SQLFailure(
      .foreignKeyViolation, "\(table.schema.name) names a row that \(reference.table) does not have",
      constraint: reference.name, table: table.schema.name)
  }

  private func frame(_ values: [Datum], _ transaction: Transaction) -> Frame {
    let frame = Frame(transaction, database, [], slotCount: 1)
    frame.slots[0] = values
    return frame
  }
}

/// An insert, ready to run.
final class InsertPlan {
  private let table: StoredTable
  private let rules: TableRules
  private let places: [Int]
  private let select: SelectPlan
  private let conflict: Insert.Conflict
  private let conflictColumns: [Int]
  private let assignments: [(place: Int, value: Compiled)]
  private let returning: [(name: String, value: Compiled)]
  private let slot: Int
  private let excludedSlot: Int

  init(_ insert: Insert, _ compiler: Compiler) throws {
    let table = try compiler.database.table(insert.table)
    self.table = table
    rules = try compiler.database.rules(insert.table)
    places = try insert.columns.map { try table.schema.column($0) }
    select = try SelectPlan(insert.rows, [], compiler)
    conflict = insert.conflict
    let columns = table.schema.columns.map { (name: $0.name, type: $0.type) }
    slot = compiler.makeSlot()
    excludedSlot = compiler.makeSlot()
    let target = ScopeEntry(alias: insert.alias, columns: columns, slot: slot)
    let excluded = ScopeEntry(alias: "excluded", columns: columns, slot: excludedSlot)
    if case .update(let columns, let assignments) = insert.conflict {
      // The order of a conflict's columns is not that of the key.
      let wanted = Set(try columns.map { try table.schema.column($0) })
      guard let unique = table.schema.uniques.first(where: { Set($0.columns) == wanted }) else {
        throw NotUnderstood("ON CONFLICT (\(columns.joined(separator: ", "))) of \(insert.table)")
      }
      conflictColumns = unique.columns
      self.assignments = try assignments.map {
        (try table.schema.column($0.column), try compiler.compile($0.value, [target, excluded]))
      }
    } else {
      conflictColumns = []
      assignments = []
    }
    returning = try SelectPlan.items(insert.returning, [target], [target], compiler)
  }

  func run(_ frame: Frame) throws -> Outcome {
    guard table.schema.grants.contains("insert") else { throw SQLFailure.denied("insert into", table.schema.name) }
    var outcome = Outcome(columns: returning.map { ($0.name, $0.value.type) })
    for source in try select.run(frame) {
      var values = try rules.standards.map { try $0?.evaluate(frame) ?? .null }
      for (place, value) in zip(places, source) { values[place] = value }
      guard let written = try write(values, frame) else { continue }
      outcome.affected += 1
      frame.slots[slot] = written
      if !returning.isEmpty { outcome.rows.append(try returning.map { try $0.value.evaluate(frame) }) }
    }
    return outcome
  }

  /// Writes a row, or what the statement says about one that stands in its way; nil if nothing.
  private func write(_ values: [Datum], _ frame: Frame) throws -> [Datum]? {
    switch conflict {
    case .fail: break
    case .nothing:
      if try rules.conflict(values, besides: nil, frame.transaction, among: nil) != nil { return nil }
    case .update:
      guard let (row, _) = try rules.conflict(values, besides: nil, frame.transaction, among: conflictColumns),
        let present = row.seen(by: frame.transaction)
      else { break }
      if let holder = row.holder(besides: frame.transaction) { throw Wait(transaction: holder) }
      frame.slots[slot] = present
      frame.slots[excludedSlot] = values
      var changed = present
      for (place, value) in assignments { changed[place] = try value.evaluate(frame) }
      try rules.write(changed, to: row, frame.transaction)
      return changed
    }
    try rules.write(values, to: nil, frame.transaction)
    return values
  }
}

/// An update or a deletion, ready to run.
final class ChangePlan {
  private let table: StoredTable
  private let rules: TableRules
  private let join: JoinPlan
  private let assignments: [(place: Int, value: Compiled)]?
  private let returning: [(name: String, value: Compiled)]
  private let slot: Int

  init(_ change: Change, _ compiler: Compiler) throws {
    let table = try compiler.database.table(change.table)
    self.table = table
    rules = try compiler.database.rules(change.table)
    // The target comes last, so that the other sources open a path to its rows.
    let target = Source(rows: .table(change.table), alias: change.alias, columns: [])
    join = try JoinPlan(change.sources + [target], change.condition, [], compiler)
    let scope = join.entries
    slot = scope[scope.count - 1].slot
    assignments = try change.assignments.map { assignments in
      try assignments.map { (try table.schema.column($0.column), try compiler.compile($0.value, scope)) }
    }
    returning = try SelectPlan.items(change.returning, scope, scope, compiler)
  }

  func run(_ frame: Frame) throws -> Outcome {
    let action = assignments == nil ? "delete" : "update"
    guard table.schema.grants.contains(action) else { throw SQLFailure.denied(action, table.schema.name) }
    var changes: [(row: StoredRow, values: [Datum]?, slots: [[Datum]])] = []
    var seen: Set<ObjectIdentifier> = []
    try join.run(frame) {
      guard let row = frame.stored[slot], seen.insert(ObjectIdentifier(row)).inserted else { return true }
      if let holder = row.holder(besides: frame.transaction) { throw Wait(transaction: holder) }
      var values = frame.slots[slot]
      for (place, value) in assignments ?? [] { values[place] = try value.evaluate(frame) }
      changes.append((row, assignments == nil ? nil : values, frame.slots))
      return true
    }
    var outcome = Outcome(columns: returning.map { ($0.name, $0.value.type) })
    for (row, values, slots) in changes {
      if let values {
        try rules.write(values, to: row, frame.transaction)
      } else {
        frame.transaction.write(nil, to: row, of: table)
      }
      outcome.affected += 1
      frame.slots = slots
      if let values { frame.slots[slot] = values }
      if !returning.isEmpty { outcome.rows.append(try returning.map { try $0.value.evaluate(frame) }) }
    }
    return outcome
  }
}
