/// A row: what is committed, and what one transaction is about to make of it.
final class StoredRow {
  /// Its place in the order of all rows of its table.
  let number: Int
  var committed: [Datum]?
  /// What ``writer`` made of it; nil: it deleted the row.
  var pending: [Datum]?
  var writer: Transaction?
  var locker: Transaction?

  init(number: Int) { self.number = number }

  /// The row as a transaction sees it; nil if it is not there for it.
  func seen(by transaction: Transaction) -> [Datum]? { writer === transaction ? pending : committed }

  /// Another transaction that has to end before this one may change or lock the row.
  func holder(besides transaction: Transaction) -> Transaction? {
    if let writer, writer !== transaction { return writer }
    if let locker, locker !== transaction { return locker }
    return nil
  }
}

/// The rows of a table, and ways to find them.
///
/// A row stands in a path under every value that it ever had since the path was last made anew; whoever looks compares.
final class StoredTable {
  let schema: TableSchema
  private(set) var rows: [StoredRow] = []
  private var paths: [[Int]: [[Datum]: [StoredRow]]] = [:]
  private var nextNumber = 0
  private var deadCount = 0

  init(_ schema: TableSchema) {
    self.schema = schema
    for path in schema.paths { paths[path] = [:] }
  }

  /// Makes an empty row.
  func makeRow() -> StoredRow {
    let row = StoredRow(number: nextNumber)
    nextNumber += 1
    rows.append(row)
    return row
  }

  /// Makes the row be found by these values.
  func file(_ row: StoredRow, under values: [Datum]) {
    for path in paths.keys {
      let key = path.map { values[$0] }
      if paths[path]?[key]?.contains(where: { $0 === row }) != true { paths[path]?[key, default: []].append(row) }
    }
  }

  /// The longest path of which every column is in `columns`; nil if there is none.
  func path(of columns: Set<Int>) -> [Int]? {
    schema.paths.filter { columns.isSuperset(of: $0) }
      .max {
        ($0.count, $1.lexicographicallyPrecedes($0) ? 0 : 1) < ($1.count, $0.lexicographicallyPrecedes($1) ? 0 : 1)
      }
  }

  /// Rows that had or have these values, in the order in which they were made.
  func rows(_ path: [Int], _ key: [Datum]) -> [StoredRow] {
    let found = paths[path]?[key] ?? []
    return found.count < 2 ? found : found.sorted { $0.number < $1.number }
  }

  /// A row is gone for good. From time to time such rows are thrown out.
  func buried() {
    deadCount += 1
    guard deadCount > 100, deadCount > rows.count / 2 else { return }
    deadCount = 0
    rows.removeAll { $0.committed == nil && $0.writer == nil }
    for path in schema.paths { paths[path] = [:] }
    for row in rows {
      if let committed = row.committed { file(row, under: committed) }
      if let pending = row.pending, row.writer != nil { file(row, under: pending) }
    }
  }
}

/// A transaction: what it wrote, whom it serves, and who waits for it.
final class Transaction {
  /// Its number, given when it first writes.
  private(set) var number: Int64?
  /// The tenants that it names, for row-level security.
  var tenants: Set<Datum> = []
  private(set) var isOver = false
  private unowned let database: MemoryDatabase
  private var written: [(table: StoredTable, row: StoredRow, before: [Datum]?, wasMine: Bool)] = []
  private var locked: [StoredRow] = []
  private var waiting: [CheckedContinuation<Void, Never>] = []
  /// Whom it waits for.
  var awaited: Transaction?

  init(_ database: MemoryDatabase) { self.database = database }

  /// The transaction's number, from now on that of one that runs.
  func numbered() -> Int64 {
    if let number { return number }
    let made = database.begin(self)
    number = made
    return made
  }

  /// How much it has written: a place to go back to.
  var mark: Int { written.count }

  /// Locks a row, which nobody else holds. That numbers a transaction, as in PostgreSQL.
  func lock(_ row: StoredRow) {
    guard row.locker !== self else { return }
    _ = numbered()
    row.locker = self
    locked.append(row)
  }

  /// Changes a row, which nobody else holds; nil deletes it.
  func write(_ values: [Datum]?, to row: StoredRow, of table: StoredTable) {
    _ = numbered()
    written.append((table, row, row.pending, row.writer === self))
    row.writer = self
    row.pending = values
    if let values { table.file(row, under: values) }
  }

  /// Undoes what was written since a mark.
  func undo(to mark: Int) {
    while written.count > mark {
      let (table, row, before, wasMine) = written.removeLast()
      row.pending = before
      guard !wasMine else { continue }
      row.writer = nil
      row.pending = nil
      if row.committed == nil { table.buried() }
    }
  }

  /// The tables that it has written to, with the rows as they were and as they are; before ``commit()``.
  var changes: [(table: StoredTable, row: StoredRow)] {
    var seen: Set<ObjectIdentifier> = []
    return written.compactMap { seen.insert(ObjectIdentifier($0.row)).inserted ? ($0.table, $0.row) : nil }
  }

  func commit() {
    for (table, row) in changes {
      row.committed = row.pending
      row.pending = nil
      row.writer = nil
      if row.committed == nil { table.buried() }
    }
    end()
  }

  func rollback() {
    undo(to: 0)
    end()
  }

  private func end() {
    isOver = true
    for row in locked where row.locker === self { row.locker = nil }
    if let number { database.ended(number) }
    let waiting = waiting
    self.waiting = []
    for waiter in waiting { waiter.resume() }
  }

  /// Returns when the transaction is over.
  nonisolated(nonsending) func ended() async {
    if isOver { return }
    await withCheckedContinuation { waiting.append($0) }
  }
}
