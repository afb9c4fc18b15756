public import Policy
import Postgres

/// A table of a service with its row's type put away: what a service lists.
public struct AnyTable<State: ServiceState>: Sendable {
  /// The table's name.
  public let name: String
  /// A point to put the table's rows back to.
  let mark: @Sendable (inout State) -> Int
  let rollback: @Sendable (inout State, Int) -> Void
  /// Takes what was saved for what the database holds, and says how many rows are kept.
  let settle: @Sendable (inout State) -> Int
  /// The statements that save what the tenants' commands changed, with the number of rows that each must touch.
  let save: @Sendable ([KnownTenant<State>]) -> [SaveStatement]

  /// A table whose rows are loaded and changed.
  public init<Row>(_ table: Table<State, Row>) {
    let rows = table.rows
    self.name = table.name
    self.mark = { state in
      var mark = 0
      rows(&state) { mark = $0.mark() }
      return mark
    }
    self.rollback = { state, mark in rows(&state) { $0.rollback(to: mark) } }
    let isKept = table.isKept
    self.settle = { state in
      var count = 0
      rows(&state) { records in
        if isKept { records.settle() } else { records = Records() }
        count = records.count
      }
      return count
    }
    self.save = { table.save($0) }
  }

  /// A table that only grows.
  public init<Row>(_ journal: Journal<State, Row>) {
    let rows = journal.rows
    self.name = journal.name
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
    self.save = { journal.save($0) }
  }
}

/// A statement that saves rows, and how many it must touch: fewer mean that the database holds something else than what
/// the rules decided on.
struct SaveStatement: Sendable {
  let statement: Statement
  let rows: Int
}

extension Table {
  fileprivate func save(_ tenants: [KnownTenant<State>]) -> [SaveStatement] {
    var changed: [(tenant: TenantID, changes: [Records<Row>.Change])] = []
    for tenant in tenants {
      rows(&tenant.state) { records in
        if records.isTouched { changed.append((tenant.id, records.changes)) }
      }
    }
    // Most tables are not touched by most batches.
    if changed.isEmpty { return [] }
    var insertions = RowArrays(key: key, columns: columns)
    var updates = RowArrays(key: key, columns: columns.filter { !$0.isFixed })
    var deletions = RowArrays<Row>(key: key, columns: [])
    for (tenant, changes) in changed {
      for change in changes {
        switch change {
        case .remove(let row): deletions.append(tenant, row)
        case .update(let row): updates.append(tenant, row)
        case .insert(let row): insertions.append(tenant, row)
        }
      }
    }
    var statements: [SaveStatement] = []
    // Deletions first, so that a new row may take the place of an old one under a unique index.
    if deletions.count > 0 { statements.append(deletions.statement(sql.delete)) }
    if updates.count > 0, let update = sql.update { statements.append(updates.statement(update)) }
    if insertions.count > 0 { statements.append(insertions.statement(sql.insert)) }
    return statements
  }
}

extension Journal {
  fileprivate func save(_ tenants: [KnownTenant<State>]) -> [SaveStatement] {
    var isEmpty = true
    for tenant in tenants { rows(&tenant.state) { isEmpty = isEmpty && $0.isEmpty } }
    if isEmpty { return [] }
    var tenantIDs = ArrayParameter(.uuid)
    var arrays = columns.map { ArrayParameter($0.type) }
    for tenant in tenants {
      rows(&tenant.state) { journal in
        for row in journal.elements {
          tenantIDs.append(tenant.id)
          for index in columns.indices { columns[index].append(row, &arrays[index]) }
        }
      }
    }
    let statement = sql.insert.with([tenantIDs.parameter] + arrays.map(\.parameter))
    return [SaveStatement(statement: statement, rows: Int(tenantIDs.count))]
  }
}

/// Rows as arrays, one for `tenant_id` and one for each column.
private struct RowArrays<Row: Record> {
  private let key: [Column<Row.Key>]
  private let columns: [Column<Row>]
  private var tenantIDs = ArrayParameter(.uuid)
  private var keyArrays: [ArrayParameter]
  private var arrays: [ArrayParameter]

  init(key: [Column<Row.Key>], columns: [Column<Row>]) {
    self.key = key
    self.columns = columns
    self.keyArrays = key.map { ArrayParameter($0.type) }
    self.arrays = columns.map { ArrayParameter($0.type) }
  }

  var count: Int32 { tenantIDs.count }

  mutating func append(_ tenant: TenantID, _ row: Row) {
    tenantIDs.append(tenant)
    let rowKey = row.key
    for index in key.indices { key[index].append(rowKey, &keyArrays[index]) }
    for index in columns.indices { columns[index].append(row, &arrays[index]) }
  }

  func statement(_ sql: Statement) -> SaveStatement {
    SaveStatement(
      statement: sql.with([tenantIDs.parameter] + keyArrays.map(\.parameter) + arrays.map(\.parameter)),
      rows: Int(count))
  }
}
