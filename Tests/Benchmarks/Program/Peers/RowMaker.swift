import Foundation

/// Makes many rows of a table that are like one that a service wrote, with what must differ put in its place.
struct RowMaker: Sendable {
  /// One column of the table, with the type under its domain.
  struct ColumnType: Sendable {
    let name: String
    let type: String
    let oid: UInt32
    /// The pattern's cell in the binary format; nil for NULL.
    let bytes: [UInt8]?
  }

  /// What differs from the pattern in one row: columns by their names, which may be missing from the table.
  typealias Cells = [(column: String, bytes: [UInt8])]

  let table: String
  let columns: [ColumnType]
  private let primaryKey: Set<String>

  /// Takes the first row that `condition` finds for the pattern; nil if there is none. Columns that the database fills in
  /// are left to it.
  init?(_ table: String, where condition: String, of connection: PeerConnection) throws {
    try self.init(rowsOf: table, where: condition, of: connection, at: 0)
  }

  /// Every row that `condition` finds.
  static func all(_ table: String, where condition: String, of connection: PeerConnection) throws -> [RowMaker] {
    var makers: [RowMaker] = []
    while let maker = try RowMaker(rowsOf: table, where: condition, of: connection, at: makers.count) {
      makers.append(maker)
    }
    return makers
  }

  private init?(
    rowsOf table: String, where condition: String, of connection: PeerConnection, at place: Int
  ) throws {
    let types = try connection.run(
      """
      select a.attname, format_type(b.oid, a.atttypmod), b.oid
      from pg_attribute a join pg_type t on t.oid = a.atttypid join pg_type b on b.oid in (t.typbasetype, t.oid)
        and b.typtype <> 'd'
      where a.attrelid = '\(table)'::regclass and a.attnum > 0 and not a.attisdropped and not a.atthasdef
      order by a.attnum
      """)
    let names = types.compactMap { $0[0] }
    let row = try connection.binaryRow(
      "select \(names.joined(separator: ", ")) from \(table) where \(condition) order by ctid offset \(place) limit 1")
    guard let row else { return nil }
    let key = try connection.run(
      """
      select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      where i.indrelid = '\(table)'::regclass and i.indisprimary
      """)
    primaryKey = Set(key.compactMap { $0[0] })
    self.table = table
    columns = zip(types, row).map { type, cell in
      ColumnType(name: cell.name, type: type[1] ?? "", oid: UInt32(type[2] ?? "") ?? 0, bytes: cell.bytes)
    }
  }

  /// The pattern's cell; nil if it is NULL or there is no such column.
  func bytes(_ column: String) -> [UInt8]? { columns.first { $0.name == column }?.bytes }

  /// Whether rows that are given by such cells differ in the table's key by more than their tenant.
  func isKeyed(by cells: Cells) -> Bool {
    cells.contains { $0.column != "tenant_id" && primaryKey.contains($0.column) }
  }

  /// An insert of `rows`. Where the table's key has nothing that differs from row to row but the tenant, a transaction
  /// writes one row for each tenant.
  func insert(_ rows: [Cells]) -> (sql: String, parameters: [[UInt8]]) {
    var rows = rows
    if let first = rows.first, !isKeyed(by: first) {
      var tenants: Set<[UInt8]> = []
      rows = rows.filter { row in
        row.first { $0.column == "tenant_id" }.map { tenants.insert($0.bytes).inserted } ?? true
      }
    }
    let arrays = columns.enumerated().map { "$\($0.offset + 1)::\($0.element.type)[]" }
    return (
      "INSERT INTO \(table) (\(columns.map(\.name).joined(separator: ", "))) SELECT * FROM unnest(\(arrays.joined(separator: ", ")))",
      parameters(columns, rows)
    )
  }

  /// An update of `rows`, each given by the cells of `key` and of what changes.
  func update(_ rows: [Cells], key: [String], set: [String]) -> (sql: String, parameters: [[UInt8]]) {
    let used = (key + set).compactMap { name in columns.first { $0.name == name } }
    let arrays = used.enumerated().map { "$\($0.offset + 1)::\($0.element.type)[]" }
    let matches = key.map { "t.\($0) = u.\($0)" }.joined(separator: " AND ")
    let changes = used.dropFirst(key.count).map { "\($0.name) = u.\($0.name)" }.joined(separator: ", ")
    return (
      "UPDATE \(table) t SET \(changes) FROM unnest(\(arrays.joined(separator: ", "))) AS u(\(used.map(\.name).joined(separator: ", "))) WHERE \(matches)",
      parameters(used, rows)
    )
  }

  private func parameters(_ columns: [ColumnType], _ rows: [Cells]) -> [[UInt8]] {
    columns.map { column in
      var array = BinaryArray(column.oid, count: rows.count)
      // Rows give their cells in the same order: the place in the first row is the place in all.
      let place = rows.first?.firstIndex { $0.column == column.name }
      for row in rows {
        if let place, place < row.count { array.append(row[place].bytes) } else { array.append(column.bytes) }
      }
      return array.bytes
    }
  }
}

/// A one-dimensional array in PostgreSQL's binary format.
private struct BinaryArray {
  private(set) var bytes: [UInt8]

  /// An array of `count` elements, which are to be appended.
  ///
  /// - Parameter elementType: The element type's oid.
  init(_ elementType: UInt32, count: Int) {
    // Dimensions, whether there may be NULLs, the elements' type, their number, and the first one's index.
    bytes =
      bigEndian(Int32(1)) + bigEndian(Int32(1)) + bigEndian(Int32(bitPattern: elementType)) + bigEndian(Int32(count))
      + bigEndian(Int32(1))
    bytes.reserveCapacity(bytes.count + 20 * count)
  }

  mutating func append(_ element: [UInt8]?) {
    withUnsafeBytes(of: Int32(element?.count ?? -1).bigEndian) { bytes.append(contentsOf: $0) }
    if let element { bytes.append(contentsOf: element) }
  }
}

/// The bytes of a number as PostgreSQL sends it.
func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

/// The bytes of an id whose time is now, as the services make them.
func newID() -> [UInt8] {
  let milliseconds = UInt64(Date().timeIntervalSince1970 * 1000)
  let high = milliseconds << 16 | 0x7000 | UInt64.random(in: 0...0xfff)
  let low = 0x8000_0000_0000_0000 | UInt64.random(in: 0...0x3fff_ffff_ffff_ffff)
  return bigEndian(high) + bigEndian(low)
}
