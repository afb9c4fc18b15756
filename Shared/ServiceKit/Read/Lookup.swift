public import Policy
import Postgres

/// A statement that finds rows for many requests at once, for each by a key of its own. Whatever the reads of a batch look up
/// by it costs one statement together.
///
/// ```swift
/// static let wallet = Lookup<AgreementID>(
///   by: "agreement_id",
///   """
///   SELECT r.unit, w.balance
///   FROM agreements r JOIN wallets w ON w.tenant_id = r.tenant_id AND w.wallet_id = r.agreement_id
///   WHERE r.tenant_id = k.tenant_id AND r.agreement_id = k.agreement_id LIMIT 1
///   """)
/// ```
public final class Lookup<Key: Sendable>: Sendable {
  fileprivate let columns: [Column<Key>]
  fileprivate let statement: BulkStatement

  /// Describes a look-up.
  ///
  /// - Parameters:
  ///   - columns: what a key consists of, as `select` calls it.
  ///   - select: a `SELECT` that finds the rows of one key: `k.tenant_id` is the tenant, and `k` has the columns of the key. It
  ///     must filter by both, and end in a `LIMIT`, so that each key is one probe of an index.
  public init(by columns: [Column<Key>], _ select: String) {
    let key = [("tenant_id", SQLType.uuid), ("place", .bigint)] + columns.map { ($0.name, $0.type) }
    self.columns = columns
    self.statement = BulkStatement(key) { keys in "SELECT k.place, r.* FROM (\(keys)) k, LATERAL (\(select)) r" }
  }

  /// Describes a look-up by one value.
  public convenience init(by column: String, _ select: String) where Key: SQLValue {
    self.init(by: [Column(column) { $0 }], select)
  }

  /// Looks a key of a tenant up. The rows are what `select` selects.
  public func find(_ tenant: TenantID, _ key: Key) -> Query {
    Query(Part(lookup: self, tenant: tenant, key: key))
  }

  private struct Part: LookupPart {
    let lookup: Lookup
    let tenant: TenantID
    let key: Key

    var identity: ObjectIdentifier { ObjectIdentifier(lookup) }
    func begin() -> SharedStatement { SharedStatement(lookup.statement, lookup.columns.map(\.type)) }
    func append(to statement: inout SharedStatement) {
      statement.append(tenant) { index, array in lookup.columns[index].append([key], &array) }
    }
  }
}

extension Table {
  /// Looks a row up by its key, for reads; ``ReadResults/one(_:of:named:)`` takes it.
  public func find(_ tenant: TenantID, _ key: Row.Key) -> Query { finding.find(tenant, key) }
}

extension Group {
  /// Looks the rows of the group up that share a value, for reads; ``ReadResults/rows(_:of:)`` takes them.
  public func find(_ tenant: TenantID, _ value: Value) -> Query { finding.find(tenant, value) }
}

/// One key that is looked up, with its type put away.
protocol LookupPart: Sendable {
  /// Parts of one identity share a statement.
  var identity: ObjectIdentifier { get }
  /// The statement that the parts share, with none in it.
  func begin() -> SharedStatement
  /// Adds the key to the statement.
  func append(to statement: inout SharedStatement)
}

/// The statement of a look-up with the keys that are looked up.
struct SharedStatement {
  private let statement: BulkStatement
  private var tenants = ArrayParameter(.uuid)
  private var places = ArrayParameter(.bigint)
  private var keys: [ArrayParameter]
  private(set) var count = 0

  init(_ statement: BulkStatement, _ types: [SQLType]) {
    self.statement = statement
    self.keys = types.map { ArrayParameter($0) }
  }

  /// Adds a key, whose place is how many came before.
  mutating func append(_ tenant: TenantID, _ column: (Int, inout ArrayParameter) -> Void) {
    tenants.append(tenant)
    places.append(Int64(count))
    for index in keys.indices { column(index, &keys[index]) }
    count += 1
  }

  /// The statement to run.
  var finished: Statement {
    statement.with([tenants, places] + keys)
  }
}

/// What the queries of many reads ask of the database: those of one ``Lookup`` together in one statement.
struct QueryBatch {
  /// Where the rows of a query will be.
  struct Slot {
    fileprivate let statement: Int
    /// The place in a shared statement; nil: all rows are the query's.
    fileprivate let place: Int?
  }

  private enum Entry {
    case own(Statement)
    case shared(SharedStatement)
  }

  private var entries: [Entry] = []
  private var shared: [ObjectIdentifier: Int] = [:]

  var isEmpty: Bool { entries.isEmpty }

  /// The statements to run, in this order.
  var statements: [Statement] {
    entries.map { entry in
      switch entry {
      case .own(let statement): statement
      case .shared(let shared): shared.finished
      }
    }
  }

  mutating func add(_ query: Query) -> Slot {
    switch query.form {
    case .own(let statement):
      entries.append(.own(statement))
      return Slot(statement: entries.count - 1, place: nil)
    case .shared(let part):
      let index = shared[part.identity] ?? entries.count
      if index == entries.count {
        entries.append(.shared(part.begin()))
        shared[part.identity] = index
      }
      return Slot(statement: index, place: add(part, to: index))
    }
  }

  /// Adds a key to a statement, which is taken out meanwhile so that it has one owner and grows in place.
  private mutating func add(_ part: any LookupPart, to index: Int) -> Int {
    guard case .shared(var statement) = entries[index] else { return 0 }
    entries[index] = .own(.begin)
    part.append(to: &statement)
    entries[index] = .shared(statement)
    return statement.count - 1
  }

  /// The rows of queries, out of the results of ``statements``.
  func rows(of slots: [[Slot]], _ results: ArraySlice<ResultRows>) throws(RowError) -> [[QueryRows]] {
    var parts: [[QueryRows]] = []
    parts.reserveCapacity(entries.count)
    for (entry, result) in zip(entries, results) {
      switch entry {
      case .own: parts.append([QueryRows(result)])
      case .shared(let statement): parts.append(try QueryRows.parts(of: result, count: statement.count))
      }
    }
    return slots.map { $0.map { parts[$0.statement][$0.place ?? 0] } }
  }
}

/// The rows of one query.
struct QueryRows {
  let result: ResultRows
  /// Which rows of the result they are; nil: all.
  let indices: ArraySlice<Int32>?

  init(_ result: ResultRows, indices: ArraySlice<Int32>? = nil) {
    self.result = result
    self.indices = indices
  }

  var count: Int { indices?.count ?? result.count }
  /// The first column that a reader looks at: before it stands the place in a shared statement.
  var firstColumn: Int { indices == nil ? 0 : 1 }

  subscript(index: Int) -> Postgres.Row {
    guard let indices else { return result[index] }
    return result[Int(indices[indices.startIndex + index])]
  }

  /// Deals the rows of a shared statement out to its places; those of one place keep their order.
  fileprivate static func parts(of result: ResultRows, count: Int) throws(RowError) -> [QueryRows] {
    var places: [Int] = []
    places.reserveCapacity(result.count)
    var ends = [Int32](repeating: 0, count: count + 1)
    for row in result {
      let place = Int(try row.withBytes(0) { cell throws(RowError) in try Int64(cell: cell) })
      guard place >= 0, place < count else { throw .malformed(column: 0, type: "place") }
      places.append(place)
      ends[place + 1] += 1
    }
    for place in 0..<count { ends[place + 1] += ends[place] }
    var next = ends
    var indices = [Int32](repeating: 0, count: result.count)
    for (row, place) in places.enumerated() {
      indices[Int(next[place])] = Int32(row)
      next[place] += 1
    }
    return (0..<count).map { QueryRows(result, indices: indices[Int(ends[$0])..<Int(ends[$0 + 1])]) }
  }
}
