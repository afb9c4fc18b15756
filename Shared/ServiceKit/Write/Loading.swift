import Policy
import Postgres

/// Loads rows by some kind of key, for all tenants of a batch in one statement.
protocol Loader<State>: AnyObject, Sendable {
  associatedtype State: ServiceState
  /// Names the loader among those of its service.
  var name: String { get }
  /// Whether what was loaded stays true after the commit, for the batches that follow.
  var isKept: Bool { get }
  /// The statement that loads what has become wanted since the last round; nil if nothing has. `tenants` are in order.
  func statement(_ tenants: [KnownTenant<State>]) -> Statement?
  /// Takes the statement's rows into the tenants' states.
  func absorb(_ rows: ResultRows, _ tenants: [TenantID: KnownTenant<State>]) throws(RowError)
}

/// ``WantedKeys`` of whatever key.
protocol AnyWantedKeys: AnyObject {
  /// What is still to be looked up turned out as it was presumed.
  func settle()
}

/// The keys that one tenant's commands want from one loader.
final class WantedKeys<Key: Hashable & Comparable>: AnyWantedKeys {
  private var all: Set<Key> = []
  private(set) var fresh: [Key] = []

  /// Returns whether the key is new.
  func insert(_ key: Key) -> Bool {
    guard all.insert(key).inserted else { return false }
    fresh.append(key)
    return true
  }

  /// Takes a key that need not be looked up: all that there is of it is known.
  func learn(_ key: Key) { all.insert(key) }

  func settle() { fresh.removeAll(keepingCapacity: true) }

  /// Whether the key was ever wanted.
  func contains(_ key: Key) -> Bool { all.contains(key) }

  /// The keys wanted since the last call, in order.
  func takeFresh() -> [Key] {
    defer { fresh.removeAll(keepingCapacity: true) }
    return fresh.sorted()
  }
}

extension Loader {
  /// The statement for the fresh keys of all tenants: an array for `tenant_id` and one for each column of the key.
  func statement<Key>(_ tenants: [KnownTenant<State>], _ sql: BulkStatement, _ columns: [Column<Key>]) -> Statement?
  where Key: Hashable & Comparable {
    var arrays = RowArrays(columns.map { $0.type }, [])
    for tenant in tenants {
      if let wanted = tenant.needs.keys(of: self, as: Key.self) {
        arrays.append(tenant.id, wanted.takeFresh(), columns)
      }
    }
    return arrays.statement(sql)?.statement
  }

  /// Reads rows whose first cell is the tenant's id, and gives them to `take` tenant by tenant.
  func rows<Row>(
    _ source: ResultRows, _ tenants: [TenantID: KnownTenant<State>],
    _ read: (inout RowReader) throws(RowError) -> Row, _ take: (KnownTenant<State>, [Row]) -> Void
  ) throws(RowError) {
    var run: [Row] = []
    var current: KnownTenant<State>?
    for row in source {
      let id = try row.withBytes(0) { cell throws(RowError) in try TenantID(cell: cell) }
      if current?.id != id {
        if let current { take(current, run) }
        run.removeAll(keepingCapacity: true)
        current = tenants[id]
      }
      var reader = RowReader(tenant: id, row: row, firstColumn: 1)
      run.append(try read(&reader))
    }
    if let current { take(current, run) }
  }
}

extension Table: Loader {
  func statement(_ tenants: [KnownTenant<State>]) -> Statement? { statement(tenants, sql.loadByKey, key) }

  func absorb(_ source: ResultRows, _ tenants: [TenantID: KnownTenant<State>]) throws(RowError) {
    try rows(source, tenants, read) { tenant, run in rows(&tenant.state) { $0.load(run) } }
  }
}

extension Group: Loader {
  var isKept: Bool { table.isKept }

  func statement(_ tenants: [KnownTenant<State>]) -> Statement? { statement(tenants, sql, columns) }

  func absorb(_ source: ResultRows, _ tenants: [TenantID: KnownTenant<State>]) throws(RowError) {
    try rows(source, tenants, table.read) { tenant, run in table.rows(&tenant.state) { $0.load(run) } }
  }
}
