public import Policy
import Postgres

/// A table of a service with its row's type put away: what a service lists.
///
/// What it does with rows is in closures that are compiled for the row's type.
public final class AnyTable<State: ServiceState>: Sendable {
  /// The table's name.
  public let name: String
  private let sql: TableSQL
  /// The columns of the key, those that an update sets, and all others.
  private let types: (key: [SQLType], updated: [SQLType], all: [SQLType])
  /// A point to put the table's rows back to.
  let mark: @Sendable (inout State) -> Int
  let rollback: @Sendable (inout State, Int) -> Void
  /// Takes what was saved for what the database holds, and says how many rows are kept.
  let settle: @Sendable (inout State) -> Int
  /// Adds what a tenant's commands changed to what is written.
  private let gather: @Sendable (TenantID, inout State, inout Writes) -> Void

  /// A table whose rows are loaded and changed.
  public init<Row>(_ table: Table<State, Row>) {
    let (rows, isKept) = (table.rows, table.isKept)
    let (key, columns) = (table.key, table.columns)
    let updated = columns.filter { !$0.isFixed }
    self.name = table.name
    self.sql = table.sql
    self.types = (key.map(\.type), updated.map(\.type), columns.map(\.type))
    self.mark = { state in
      var mark = 0
      rows(&state) { mark = $0.mark() }
      return mark
    }
    self.rollback = { state, mark in rows(&state) { $0.rollback(to: mark) } }
    self.settle = { state in
      var count = 0
      rows(&state) { records in
        if isKept { records.settle() } else { records = Records() }
        count = records.count
      }
      return count
    }
    self.gather = { tenant, state, writes in
      rows(&state) { records in
        // Most tables are not touched by most batches.
        guard records.isTouched else { return }
        let changes = records.changes
        writes.deletions.append(tenant, changes.removed.map(\.key), key)
        writes.updates.append(tenant, changes.updated, changes.updated.map(\.key), key, updated)
        writes.insertions.append(tenant, changes.inserted, changes.inserted.map(\.key), key, columns)
      }
    }
  }

  /// A table that only grows.
  public init<Row>(_ journal: Journal<State, Row>) {
    let (rows, columns) = (journal.rows, journal.columns)
    self.name = journal.name
    self.sql = journal.sql
    self.types = ([], [], columns.map(\.type))
    self.mark = { state in
      var mark = 0
      rows(&state) { mark = $0.mark() }
      return mark
    }
    self.rollback = { state, mark in rows(&state) { $0.rollback(to: mark) } }
    self.settle = { state in
      rows(&state) { $0 = Appends() }
      return 0
    }
    self.gather = { tenant, state, writes in
      rows(&state) { writes.insertions.append(tenant, $0.elements, columns) }
    }
  }

  /// The statements that save what the tenants' commands changed, with the number of rows that each must touch.
  func save(_ tenants: [KnownTenant<State>]) -> [SaveStatement] {
    var writes = Writes(
      deletions: RowArrays(types.key), updates: RowArrays(types.key + types.updated),
      insertions: RowArrays(types.key + types.all))
    for tenant in tenants { gather(tenant.id, &tenant.state, &writes) }
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
struct Writes {
  var deletions: RowArrays
  var updates: RowArrays
  var insertions: RowArrays
}

/// Rows as arrays, one for `tenant_id` and one for each column.
struct RowArrays {
  private var tenantIDs = ArrayParameter(.uuid)
  private var arrays: [ArrayParameter]

  /// No rows, of columns of these types.
  init(_ types: [SQLType]) {
    arrays = types.map { ArrayParameter($0) }
  }

  /// Adds rows of a tenant, or keys.
  mutating func append<Row>(_ tenant: TenantID, _ rows: [Row], _ columns: [Column<Row>]) {
    if rows.isEmpty { return }
    for _ in rows { tenantIDs.append(tenant) }
    for index in columns.indices { columns[index].append(rows, &arrays[index]) }
  }

  /// Adds rows of a tenant with the columns of their keys before the others.
  mutating func append<Row, Key>(
    _ tenant: TenantID, _ rows: [Row], _ keys: [Key], _ key: [Column<Key>], _ columns: [Column<Row>]
  ) {
    if rows.isEmpty { return }
    append(tenant, keys, key)
    for index in columns.indices { columns[index].append(rows, &arrays[key.count + index]) }
  }

  /// The statement that writes the rows; nil if there are none.
  func statement(_ sql: Statement) -> SaveStatement? {
    guard tenantIDs.count > 0 else { return nil }
    return SaveStatement(
      statement: sql.with([tenantIDs.parameter] + arrays.map(\.parameter)), rows: Int(tenantIDs.count))
  }
}
