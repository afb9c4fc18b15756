public import Policy
public import Postgres

/// A table whose rows rules load, insert, change and remove: how the database holds one of the bags of a tenant's state.
///
/// From its description the kit makes every statement of the write path, once. `tenant_id` is not described: it is the
/// first column of every table and of its primary key.
///
/// ```swift
/// static let wallets = Table(
///   "wallets", { $1(&$0.wallets) },
///   key: [Column("wallet_id") { $0 }],
///   columns: [Column("account_id", fixed: true, \.account), Column("balance", \.balance)]
/// ) { row throws(RowError) in
///   Wallet(id: try row.next(), account: try row.next(), balance: try row.next())
/// }
/// ```
public final class Table<State: ServiceState, Row: Record>: Sendable {
  /// Reads a row: the key's cells, then the columns', in the order of the description.
  public typealias Read = @Sendable (inout RowReader) throws(RowError) -> Row

  /// Gives the bag that the table's rows fill to `use`. (A closure, because a key path copies the state that it reads.)
  public typealias Bag = @Sendable (_ state: inout State, _ use: (inout Records<Row>) -> Void) -> Void

  /// The table's name.
  public let name: String
  @usableFromInline let rows: Bag
  @usableFromInline let key: [Column<Row.Key>]
  @usableFromInline let columns: [Column<Row>]
  /// The columns that updates set.
  @usableFromInline let mutableColumns: [Column<Row>]
  @usableFromInline let isKept: Bool
  let read: Read
  @usableFromInline let sql: TableSQL
  /// How reads find a row by its key.
  let finding: Lookup<Row.Key>

  /// Describes a table.
  ///
  /// - Parameters:
  ///   - name: its name in SQL.
  ///   - rows: the bag that its rows fill.
  ///   - key: the columns of the primary key after `tenant_id`.
  ///   - columns: the other columns.
  ///   - isKept: whether a lane keeps rows in memory after the commit, for the batches that follow. False for journals,
  ///     whose rows are seldom looked at again.
  ///   - read: makes a row from its cells.
  public init(
    _ name: String, _ rows: @escaping Bag, key: [Column<Row.Key>],
    columns: [Column<Row>], isKept: Bool = true, read: @escaping Read
  ) {
    self.name = name
    self.rows = rows
    self.key = key
    self.columns = columns
    self.mutableColumns = columns.filter { !$0.isFixed }
    self.isKept = isKept
    self.read = read
    self.sql = TableSQL(
      name: name, key: key.map { ($0.name, $0.type) }, columns: columns.map { ($0.name, $0.type, $0.isFixed) })
    self.finding = Lookup(by: key, sql.select(by: key.map(\.name), where: nil, order: nil, limit: 1))
  }

  /// A query for this table's rows, for reads: `SELECT … WHERE r.tenant_id = $1 AND (condition)`.
  ///
  /// - Parameters:
  ///   - tenant: the tenant, which is `$1`.
  ///   - omitted: columns of texts that are not read, because they are large and not told: rows have NULL for them.
  ///   - condition: SQL on the columns of alias `r`, with `$2` and on; it may end in `ORDER BY` and `LIMIT`.
  ///   - parameters: `$2` and on.
  public func select(
    _ tenant: TenantID, without omitted: Set<String> = [], where condition: String, _ parameters: [Parameter] = []
  ) -> Query {
    Query(
      sql: "SELECT \(sql.selection(without: omitted)) FROM \(name) r WHERE r.tenant_id = $1 AND \(condition)",
      [Parameter(tenant)] + parameters)
  }

  /// A way to load all rows that share one column's value, such as the lots of a wallet.
  ///
  /// - Parameters:
  ///   - column: the column.
  ///   - type: what it holds.
  ///   - condition: SQL that a row must also satisfy, on the columns of alias `r`, such as `r.remaining > 0`.
  ///   - order: SQL that says which rows come first, on the columns of alias `r`; nil for the key's order.
  ///   - limit: the most rows that are loaded for one value: the first.
  public func group<Value: SQLValue & Hashable & Comparable>(
    by column: String, of type: Value.Type = Value.self, where condition: String? = nil, order: String? = nil,
    limit: Int = 10_000
  ) -> Group<State, Row, Value> {
    Group(of: self, by: [Column(column) { $0 }], where: condition, order: order, limit: limit)
  }

  /// A way to load all rows that share several columns' values.
  public func group<Value: Hashable & Comparable & Sendable>(
    by columns: [Column<Value>], where condition: String? = nil, limit: Int = 10_000
  ) -> Group<State, Row, Value> {
    Group(of: self, by: columns, where: condition, order: nil, limit: limit)
  }
}

/// Rows that do not exist, or are known, when the row of another table is inserted to which they belong, such as the visits of
/// a ticket. Whoever inserted that row knows all of them.
public struct Belongings<State: ServiceState, Owner: Hashable & Comparable & Sendable>: Sendable {
  fileprivate let learn: @Sendable (_ owners: [Owner], _ needs: inout Needs<State>) -> Void

  /// The rows of `group` belong to the row with its value as the key. Lanes keep them.
  public init<Row>(_ group: Group<State, Row, Owner>) {
    precondition(group.isKept, "what is not kept has to be loaded")
    self.learn = { owners, needs in needs.learn(group, owners) }
  }

  /// A row of `table` belongs to the row whose key makes its own. Lanes keep it.
  public init<Row>(_ table: Table<State, Row>, key: @escaping @Sendable (Owner) -> Row.Key) {
    precondition(table.isKept, "what is not kept has to be loaded")
    self.learn = { owners, needs in needs.learn(table, owners.map(key)) }
  }
}

extension Table {
  /// Rows with these keys were inserted: they are known, and so is what belongs to them.
  @usableFromInline
  func learn(_ keys: [Row.Key], _ belongings: [Belongings<State, Row.Key>], _ needs: inout Needs<State>) {
    needs.learn(self, keys)
    for owned in belongings { owned.learn(keys, &needs) }
  }
}

/// A way to load the rows of a table that share something other than their key. Made by ``Table/group(by:of:where:limit:)``.
public final class Group<State: ServiceState, Row: Record, Value: Hashable & Comparable & Sendable>: Sendable {
  let table: Table<State, Row>
  let columns: [Column<Value>]
  let name: String
  let sql: BulkStatement
  /// How reads find the rows.
  let finding: Lookup<Value>

  init(of table: Table<State, Row>, by columns: [Column<Value>], where condition: String?, order: String?, limit: Int) {
    self.table = table
    self.columns = columns
    self.name = "\(table.name) by \(columns.map(\.name).joined(separator: ", "))"
    self.sql = table.sql.load(
      by: columns.map { ($0.name, $0.type) }, where: condition, order: order, limit: limit)
    self.finding = Lookup(
      by: columns, table.sql.select(by: columns.map(\.name), where: condition, order: order, limit: limit))
  }
}

/// A table to which rules only ever add: journal entries, messages, attempts. The service has no right to change it.
public final class Journal<State: ServiceState, Row: Sendable>: Sendable {
  /// Gives the bag that new rows lie in to `use`.
  public typealias Bag = @Sendable (_ state: inout State, _ use: (inout Appends<Row>) -> Void) -> Void

  /// The table's name.
  public let name: String
  @usableFromInline let rows: Bag
  @usableFromInline let columns: [Column<Row>]
  @usableFromInline let sql: TableSQL

  /// Describes a table that only grows.
  ///
  /// - Parameters:
  ///   - name: its name in SQL.
  ///   - rows: the bag that its new rows lie in.
  ///   - columns: all columns after `tenant_id`.
  public init(
    _ name: String, _ rows: @escaping Bag, columns: [Column<Row>]
  ) {
    self.name = name
    self.rows = rows
    self.columns = columns
    self.sql = TableSQL(
      name: name, key: [], columns: columns.map { ($0.name, $0.type, $0.isFixed) })
  }
}

/// The statements of one table, made once from its description.
@usableFromInline
struct TableSQL: Sendable {
  /// The table's name.
  let name: String
  /// The types of the key's columns after `tenant_id`, of the others, and of those others that an update sets.
  let keyTypes, types, mutableTypes: [SQLType]
  /// The columns of alias `r`, in the order in which a row is read.
  let selection: String
  private let names: [String]
  private let keyOrder: String
  /// Loads rows by their keys.
  let loadByKey: BulkStatement
  /// Inserts rows.
  let insert: BulkStatement
  /// Updates rows by their keys; nil if no column may change.
  let update: BulkStatement?
  /// Deletes rows by their keys.
  let delete: BulkStatement

  init(
    name: String, key: [(name: String, type: SQLType)], columns: [(name: String, type: SQLType, fixed: Bool)]
  ) {
    let all = [("tenant_id", SQLType.uuid)] + key + columns.map { ($0.name, $0.type) }
    let keys = [("tenant_id", SQLType.uuid)] + key
    let mutable = columns.filter { !$0.fixed }
    self.name = name
    self.keyTypes = key.map(\.type)
    self.types = columns.map(\.type)
    self.mutableTypes = mutable.map(\.type)
    self.names = all.map(\.0)
    self.selection = Self.selection(names, without: [])
    self.keyOrder = key.map { "r.\($0.name)" }.joined(separator: ", ")
    self.loadByKey = Self.load(name, selection: selection, by: key, where: nil, order: "", limit: 1)
    self.insert = BulkStatement(all) { rows in
      "INSERT INTO \(name) (\(all.map(\.0).joined(separator: ", "))) \(rows)"
    }
    let matches = keys.map { "t.\($0.0) = u.\($0.0)" }.joined(separator: " AND ")
    let changing = keys + mutable.map { ($0.name, $0.type) }
    self.update =
      mutable.isEmpty
      ? nil
      : BulkStatement(changing) { rows in
        "UPDATE \(name) t SET \(mutable.map { "\($0.name) = u.\($0.name)" }.joined(separator: ", ")) "
          + "FROM (\(rows)) u WHERE \(matches)"
      }
    self.delete = BulkStatement(keys) { rows in "DELETE FROM \(name) t USING (\(rows)) u WHERE \(matches)" }
  }

  /// The columns of alias `r`, with NULL in place of those that are not read.
  func selection(without omitted: Set<String>) -> String {
    omitted.isEmpty ? selection : Self.selection(names, without: omitted)
  }

  private static func selection(_ names: [String], without omitted: Set<String>) -> String {
    names.map { omitted.contains($0) ? "NULL" : "r.\($0)" }.joined(separator: ", ")
  }

  /// Loads rows by other columns; `order` is the key's if it is nil.
  func load(
    by columns: [(name: String, type: SQLType)], where condition: String?, order: String?, limit: Int
  ) -> BulkStatement {
    Self.load(name, selection: selection, by: columns, where: condition, order: order ?? keyOrder, limit: limit)
  }

  /// Selects the rows of one key, whose columns and tenant are those of alias `k`; `order` is the key's if it is nil.
  func select(by columns: [String], where condition: String?, order: String?, limit: Int) -> String {
    Self.select(
      name, selection, by: columns, where: condition, order: order ?? (limit > 1 ? keyOrder : ""), limit: limit)
  }

  /// LATERAL with a limit: each key is one probe of the index, whatever the statistics say. Nothing is locked, for the
  /// tenant is.
  private static func load(
    _ name: String, selection: String, by columns: [(name: String, type: SQLType)], where condition: String?,
    order: String, limit: Int
  ) -> BulkStatement {
    let found = select(name, selection, by: columns.map(\.name), where: condition, order: order, limit: limit)
    return BulkStatement([("tenant_id", .uuid)] + columns) { keys in "SELECT r.* FROM (\(keys)) k, LATERAL (\(found)) r"
    }
  }

  private static func select(
    _ name: String, _ selection: String, by columns: [String], where condition: String?, order: String, limit: Int
  ) -> String {
    let matches = (["tenant_id"] + columns).map { "r.\($0) = k.\($0)" } + (condition.map { ["(\($0))"] } ?? [])
    return "SELECT \(selection) FROM \(name) r WHERE \(matches.joined(separator: " AND ")) "
      + (order.isEmpty ? "" : "ORDER BY \(order) ") + "LIMIT \(limit)"
  }
}
