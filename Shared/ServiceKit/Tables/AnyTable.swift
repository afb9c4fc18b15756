public import Policy
import Postgres

/// A table of a service with its row's type put away: what a service lists.
///
/// What it does with rows is in closures. They are inlinable, so that they are compiled for the service's own rows: every
/// command marks every table, and every row of a batch goes through them.
public final class AnyTable<State: ServiceState>: Sendable {
  private let sql: TableSQL
  /// A point to put the table's rows back to.
  let mark: @Sendable (inout State) -> Int
  let rollback: @Sendable (inout State, Int) -> Void
  /// Takes what was saved for what the database holds, and says how many rows are kept. What was inserted is known.
  let settle: @Sendable (inout State, inout Needs<State>) -> Int
  /// Whether a tenant's commands may have changed anything.
  private let isTouched: @Sendable (inout State) -> Bool
  /// Adds what a tenant's commands changed to what is written.
  private let gather: @Sendable (TenantID, inout State, inout Writes) -> Void

  @usableFromInline
  init(
    sql: TableSQL, mark: @escaping @Sendable (inout State) -> Int,
    rollback: @escaping @Sendable (inout State, Int) -> Void,
    settle: @escaping @Sendable (inout State, inout Needs<State>) -> Int,
    isTouched: @escaping @Sendable (inout State) -> Bool,
    gather: @escaping @Sendable (TenantID, inout State, inout Writes) -> Void
  ) {
    self.sql = sql
    self.mark = mark
    self.rollback = rollback
    self.settle = settle
    self.isTouched = isTouched
    self.gather = gather
  }

  /// A table whose rows are loaded and changed.
  ///
  /// - Parameter belongings: groups of other tables that have no rows before a row of this one is inserted.
  @inlinable
  public convenience init<Row>(_ table: Table<State, Row>, owning belongings: [Belongings<State, Row.Key>] = []) {
    let (rows, isKept) = (table.rows, table.isKept)
    let (key, columns, mutableColumns) = (table.key, table.columns, table.mutableColumns)
    self.init(
      sql: table.sql,
      mark: { state in
        var mark = 0
        rows(&state) { mark = $0.mark() }
        return mark
      },
      rollback: { state, mark in rows(&state) { $0.rollback(to: mark) } },
      settle: { state, needs in
        var count = 0
        rows(&state) { records in
          // Most batches have nothing to do with most tables.
          if records.isFresh { return }
          if isKept {
            if records.isTouched { table.learn(records.insertedKeys, belongings, &needs) }
            records.settle()
          } else {
            records = Records()
          }
          count = records.count
        }
        return count
      },
      isTouched: { state in
        var isTouched = false
        rows(&state) { isTouched = $0.isTouched }
        return isTouched
      },
      gather: { tenant, state, writes in
        rows(&state) { records in
          let changes = records.changes
          writes.deletions.append(tenant, changes.removed.map { $0.key }, key)
          writes.updates.append(tenant, changes.updated, changes.updated.map { $0.key }, key, mutableColumns)
          writes.insertions.append(tenant, changes.inserted, changes.inserted.map { $0.key }, key, columns)
        }
      })
  }

  /// A table that only grows.
  @inlinable
  public convenience init<Row>(_ journal: Journal<State, Row>) {
    let (rows, columns) = (journal.rows, journal.columns)
    self.init(
      sql: journal.sql,
      mark: { state in
        var mark = 0
        rows(&state) { mark = $0.mark() }
        return mark
      },
      rollback: { state, mark in rows(&state) { $0.rollback(to: mark) } },
      settle: { state, _ in
        rows(&state) { if !$0.isEmpty { $0 = Appends() } }
        return 0
      },
      isTouched: { state in
        var isTouched = false
        rows(&state) { isTouched = !$0.isEmpty }
        return isTouched
      },
      gather: { tenant, state, writes in
        rows(&state) { writes.insertions.append(tenant, $0.elements, columns) }
      })
  }

  /// The table's name.
  public var name: String { sql.name }

  /// The statements that save what the tenants' commands changed, with the number of rows that each must touch.
  func save(_ tenants: [KnownTenant<State>]) -> [SaveStatement] {
    // Most tables are not touched by most batches.
    var writes: Writes?
    for tenant in tenants where isTouched(&tenant.state) {
      var sofar = writes.take() ?? Writes(sql)
      gather(tenant.id, &tenant.state, &sofar)
      writes = sofar
    }
    guard let writes else { return [] }
    // Deletions first, so that a new row may take the place of an old one under a unique index.
    return [
      writes.deletions.statement(sql.delete), sql.update.flatMap { writes.updates.statement($0) },
      writes.insertions.statement(sql.insert),
    ].compactMap { $0 }
  }
}

/// A statement that saves rows, and how many it must touch: fewer mean that the database holds something else than what
/// the rules decided on.
struct SaveStatement: Sendable {
  let statement: Statement
  let rows: Int
}

/// What is to be written to a table.
@usableFromInline
struct Writes {
  @usableFromInline var deletions: RowArrays
  @usableFromInline var updates: RowArrays
  @usableFromInline var insertions: RowArrays

  /// Nothing yet, for a table.
  init(_ sql: TableSQL) {
    deletions = RowArrays(sql.keyTypes, [])
    updates = RowArrays(sql.keyTypes, sql.mutableTypes)
    insertions = RowArrays(sql.keyTypes, sql.types)
  }
}

/// Rows as arrays, one for `tenant_id` and one for each column. They are made for the first row: most batches have none for
/// most tables.
@usableFromInline
struct RowArrays {
  private let keyTypes, types: [SQLType]
  private var tenantIDs: ArrayParameter?
  private var arrays: [ArrayParameter] = []

  /// No rows, of columns of these types: first those of the key, then the others.
  init(_ keyTypes: [SQLType], _ types: [SQLType]) {
    self.keyTypes = keyTypes
    self.types = types
  }

  private mutating func append(_ tenant: TenantID, times count: Int) {
    if tenantIDs == nil {
      tenantIDs = ArrayParameter(.uuid, reserving: count)
      arrays.reserveCapacity(keyTypes.count + types.count)
      for type in keyTypes { arrays.append(ArrayParameter(type)) }
      for type in types { arrays.append(ArrayParameter(type)) }
    }
    for _ in 0..<count { tenantIDs?.append(tenant) }
  }

  /// Adds rows of a tenant, or keys.
  @usableFromInline
  mutating func append<Row>(_ tenant: TenantID, _ rows: [Row], _ columns: [Column<Row>]) {
    if rows.isEmpty { return }
    append(tenant, times: rows.count)
    for index in columns.indices { columns[index].append(rows, &arrays[index]) }
  }

  /// Adds rows of a tenant with the columns of their keys before the others.
  @usableFromInline
  mutating func append<Row, Key>(
    _ tenant: TenantID, _ rows: [Row], _ keys: [Key], _ key: [Column<Key>], _ columns: [Column<Row>]
  ) {
    if rows.isEmpty { return }
    append(tenant, keys, key)
    for index in columns.indices { columns[index].append(rows, &arrays[key.count + index]) }
  }

  /// The statement that writes the rows; nil if there are none.
  func statement(_ sql: BulkStatement) -> SaveStatement? {
    guard let tenantIDs else { return nil }
    return SaveStatement(statement: sql.with([tenantIDs] + arrays), rows: Int(tenantIDs.count))
  }
}
