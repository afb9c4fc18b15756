@testable import Postgres

/// A statement has to wait until another transaction is over, and then begins anew. (Unchecked: a database is for one thread.)
struct Wait: Error, @unchecked Sendable {
  let transaction: Transaction
}

/// The database refuses a statement.
struct SQLFailure: Error {
  let state: SQLState
  let message: String
  var constraint: String?
  var table: String?
  var column: String?

  init(
    _ state: SQLState, _ message: String, constraint: String? = nil, table: String? = nil, column: String? = nil
  ) {
    self.state = state
    self.message = message
    self.constraint = constraint
    self.table = table
    self.column = column
  }

  static func denied(_ action: String, _ table: String) -> SQLFailure {
    SQLFailure(.insufficientPrivilege, "permission denied to \(action) \(table)", table: table)
  }
}

/// Goes through the combinations of several sources' rows that satisfy a condition.
final class JoinPlan {
  private struct Level {
    let slot: Int
    let candidates: (Frame) throws -> [(values: [Datum], stored: StoredRow?)]
    var conditions: [Compiled] = []
  }

  let entries: [ScopeEntry]
  /// Slots of tables, whose rows can be locked.
  private(set) var tables: [(slot: Int, table: StoredTable)] = []
  private(set) var outerSlots: Set<Int> = []
  private var levels: [Level] = []
  private var conditionsBefore: [Compiled] = []

  init(_ sources: [Source], _ condition: Expression?, _ outer: [ScopeEntry], _ compiler: Compiler) throws {
    var scope = outer
    var made: [ScopeEntry] = []
    var tables: [Int: StoredTable] = [:]
    var candidates: [(Frame) throws -> [(values: [Datum], stored: StoredRow?)]] = []
    for source in sources {
      let slot = compiler.makeSlot()
      let columns: [(name: String, type: PostgresType)]
      switch source.rows {
      case .table(let name):
        let table = try compiler.database.table(name)
        columns = table.schema.columns.map { ($0.name, $0.type) }
        tables[slot] = table
        self.tables.append((slot, table))
        candidates.append { _ in [] }
      case .unnest(let expressions):
        let arrays = try expressions.map { try compiler.compile($0, scope) }
        for array in arrays { outerSlots.formUnion(array.slots) }
        columns = try Self.named(arrays.map { $0.type.element ?? .unknown }, source)
        candidates.append { try Self.unnested(arrays, $0) }
      case .subquery(let select):
        let plan = try SelectPlan(select, scope, compiler)
        outerSlots.formUnion(plan.outerSlots)
        columns = plan.columns
        candidates.append { try plan.run($0).map { ($0, nil) } }
      }
      let entry = ScopeEntry(alias: source.alias, columns: columns, slot: slot)
      scope.append(entry)
      made.append(entry)
    }
    entries = made
    let conjuncts = try Self.conjuncts(condition).map { ($0, try compiler.compile($0, scope)) }
    let own = made.map(\.slot)
    for (index, entry) in made.enumerated() {
      let known = Set(outer.map(\.slot)).union(own.prefix(index))
      var level = Level(
        slot: entry.slot,
        candidates: try tables[entry.slot].map { table in
          try Self.scan(table, entry, conjuncts.map(\.0), known: known, scope, compiler)
        } ?? candidates[index])
      level.conditions = conjuncts.map(\.1).filter { condition in
        condition.slots.contains(entry.slot) && condition.slots.isDisjoint(with: own.suffix(from: index + 1))
      }
      levels.append(level)
    }
    conditionsBefore = conjuncts.map(\.1).filter { $0.slots.isDisjoint(with: own) }
    for (_, condition) in conjuncts { outerSlots.formUnion(condition.slots) }
    outerSlots.subtract(own)
  }

  /// Calls `body` for each combination, with the frame's slots set; it returns whether to go on.
  func run(_ frame: Frame, _ body: () throws -> Bool) throws {
    for condition in conditionsBefore where try !condition.evaluate(frame).isTrue { return }
    _ = try run(frame, 0, body)
  }

  private func run(_ frame: Frame, _ index: Int, _ body: () throws -> Bool) throws -> Bool {
    guard index < levels.count else { return try body() }
    let level = levels[index]
    next: for (values, stored) in try level.candidates(frame) {
      frame.slots[level.slot] = values
      frame.stored[level.slot] = stored
      for condition in level.conditions where try !condition.evaluate(frame).isTrue { continue next }
      if try !run(frame, index + 1, body) { return false }
    }
    return true
  }

  private static func named(_ types: [PostgresType], _ source: Source) throws -> [(name: String, type: PostgresType)] {
    guard source.columns.isEmpty || source.columns.count == types.count else {
      throw NotUnderstood("\(source.alias): \(source.columns.count) names for \(types.count) columns")
    }
    return types.enumerated().map { (source.columns.isEmpty ? "unnest" : source.columns[$0.offset], $0.element) }
  }

  private static func unnested(_ arrays: [Compiled], _ frame: Frame) throws -> [(values: [Datum], stored: StoredRow?)] {
    let columns = try arrays.map { array -> [Datum] in
      if case .array(let elements) = try array.evaluate(frame) { elements } else { [] }
    }
    return (0..<(columns.map(\.count).max() ?? 0)).map { index in
      (columns.map { index < $0.count ? $0[index] : .null }, nil)
    }
  }

  private static func conjuncts(_ condition: Expression?) -> [Expression] {
    switch condition {
    case nil: []
    case .binary("and", let left, let right)?: conjuncts(left) + conjuncts(right)
    case let condition?: [condition]
    }
  }

  /// The rows of a table, by the best path that the conditions open.
  private static func scan(
    _ table: StoredTable, _ entry: ScopeEntry, _ conjuncts: [Expression], known: Set<Int>, _ scope: [ScopeEntry],
    _ compiler: Compiler
  ) throws -> (Frame) throws -> [(values: [Datum], stored: StoredRow?)] {
    var bound: [Int: Compiled] = [:]
    for case .binary("=", let left, let right) in conjuncts {
      for (column, value) in [(left, right), (right, left)] {
        guard case .column(_, let name) = column, try compiler.compile(column, scope).slots == [entry.slot] else {
          continue
        }
        let value = try compiler.compile(value, scope)
        if value.slots.isSubset(of: known) { bound[try table.schema.column(name)] = value }
      }
    }
    let path = table.path(of: Set(bound.keys))
    let isGuarded = table.schema.name != "tenants"
    return { frame in
      guard table.schema.grants.contains("select") else { throw SQLFailure.denied("read", table.schema.name) }
      let rows =
        try path.map { path in
          table.rows(path, try path.map { try bound[$0]?.evaluate(frame) ?? .null })
        } ?? table.rows
      return rows.compactMap { row in
        guard let values = row.seen(by: frame.transaction),
          !isGuarded || frame.transaction.tenants.contains(values[0])
        else { return nil }
        return (values, row)
      }
    }
  }
}

/// A select, ready to run.
final class SelectPlan {
  let columns: [(name: String, type: PostgresType)]
  private let join: JoinPlan
  private let items: [Compiled]
  private let order: [(value: Compiled, isDescending: Bool)]
  private let limit: Compiled?
  private let lock: Select.Lock
  private let aggregates: [(name: String, argument: Compiled?)]

  /// Slots of the selects around it that it looks at.
  let outerSlots: Set<Int>

  init(_ select: Select, _ outer: [ScopeEntry], _ compiler: Compiler) throws {
    let join = try JoinPlan(select.sources, select.condition, outer, compiler)
    let scope = outer + join.entries
    let (items, aggregates) = try compiler.collectingAggregates {
      try Self.items(select.items, join.entries, scope, compiler)
    }
    self.join = join
    self.items = items.map(\.value)
    self.aggregates = aggregates
    columns = items.map { ($0.name, $0.value.type) }
    order = try select.order.map { (try compiler.compile($0.expression, scope), $0.isDescending) }
    limit = try select.limit.map { try compiler.compile($0, scope) }
    lock = select.lock
    var slots = join.outerSlots
    for item in items { slots.formUnion(item.value.slots) }
    for aggregate in aggregates { slots.formUnion(aggregate.argument?.slots ?? []) }
    outerSlots = slots.subtracting(join.entries.map(\.slot))
  }

  /// Names and values of the items; `*` is what the sources have.
  static func items(
    _ items: [Select.Item], _ entries: [ScopeEntry], _ scope: [ScopeEntry], _ compiler: Compiler
  ) throws -> [(name: String, value: Compiled)] {
    try items.flatMap { item -> [(name: String, value: Compiled)] in
      guard case .all(let table) = item.expression else {
        var name = item.name ?? "value"
        if item.name == nil, case .column(_, let column) = item.expression { name = column }
        return [(name, try compiler.compile(item.expression, scope))]
      }
      return entries.filter { table == nil || $0.alias == table }.flatMap { entry in
        entry.columns.enumerated().map { place, column in
          (column.name, Compiled(type: column.type, slots: [entry.slot]) { $0.slots[entry.slot][place] })
        }
      }
    }
  }

  /// The rows, in their order.
  func run(_ frame: Frame) throws -> [[Datum]] {
    let limit =
      try limit.map { limit -> Int in
        if case .int(let count) = try limit.evaluate(frame) { Int(count) } else { .max }
      } ?? .max
    if !aggregates.isEmpty { return [try aggregated(frame)] }
    var found: [(keys: [Datum], values: [Datum], stored: [StoredRow])] = []
    try join.run(frame) {
      let stored = lock == .none ? [] : join.tables.compactMap { frame.stored[$0.slot] }
      if lock == .skip, stored.contains(where: { $0.holder(besides: frame.transaction) != nil }) { return true }
      found.append(
        (try order.map { try $0.value.evaluate(frame) }, try items.map { try $0.evaluate(frame) }, stored))
      return !order.isEmpty || found.count < limit
    }
    if !order.isEmpty { found = try sorted(found) }
    let rows = found.prefix(limit)
    for row in rows {
      for stored in row.stored {
        if let holder = stored.holder(besides: frame.transaction) { throw Wait(transaction: holder) }
        frame.transaction.lock(stored)
      }
    }
    return rows.map(\.values)
  }

  private func sorted(
    _ rows: [(keys: [Datum], values: [Datum], stored: [StoredRow])]
  ) throws -> [(keys: [Datum], values: [Datum], stored: [StoredRow])] {
    try rows.sorted { first, second in
      for (index, (a, b)) in zip(first.keys, second.keys).enumerated() {
        // NULL counts as the greatest.
        let order = try Datum.order(a, b) ?? (a.isNull ? 1 : 0) - (b.isNull ? 1 : 0)
        if order != 0 { return (order < 0) != self.order[index].isDescending }
      }
      return false
    }
  }

  private func aggregated(_ frame: Frame) throws -> [Datum] {
    var values: [[Datum]] = aggregates.map { _ in [] }
    try join.run(frame) {
      for (index, aggregate) in aggregates.enumerated() {
        let value = try aggregate.argument?.evaluate(frame) ?? .bool(true)
        if !value.isNull { values[index].append(value) }
      }
      return true
    }
    let outer = frame.aggregates
    defer { frame.aggregates = outer }
    frame.aggregates = try zip(aggregates, values).map { aggregate, values in
      switch aggregate.name {
      case "count": return .int(Int64(values.count))
      case "sum":
        return try values.reduce(Datum.null) { sum, value in
          guard case .int(let next) = value else { throw NotUnderstood("a sum of \(value)") }
          if case .int(let sum) = sum { return .int(sum + next) }
          return value
        }
      case "min": return try values.min { (try Datum.order($0, $1) ?? 0) < 0 } ?? .null
      default: return try values.max { (try Datum.order($0, $1) ?? 0) < 0 } ?? .null
      }
    }
    return try items.map { try $0.evaluate(frame) }
  }
}
