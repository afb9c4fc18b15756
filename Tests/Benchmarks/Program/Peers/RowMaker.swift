/// Makes many rows of a table that are like one that the service wrote, with what must differ put in its place.
struct RowMaker {
  /// One column of the table.
  struct ColumnType {
    let name: String
    let type: String
    let oid: UInt32
    let bytes: [UInt8]?
  }

  let table: String
  let columns: [ColumnType]

  /// Takes the row that `condition` finds for the pattern. Columns that the database fills in are left to it.
  init(_ table: String, where condition: String, of connection: PeerConnection) throws {
    let types = try connection.run(
      """
      select a.attname, format_type(a.atttypid, a.atttypmod), a.atttypid from pg_attribute a
      where a.attrelid = '\(table)'::regclass and a.attnum > 0 and not a.attisdropped and not a.atthasdef
      order by a.attnum
      """)
    let names = types.compactMap { $0[0] }
    let row = try connection.binaryRow(
      "select \(names.joined(separator: ", ")) from \(table) where \(condition) limit 1")
    self.table = table
    columns = zip(types, row).map { type, cell in
      ColumnType(name: cell.name, type: type[1] ?? "", oid: UInt32(type[2] ?? "") ?? 0, bytes: cell.bytes)
    }
  }

  /// An insert of `rows`, each given by the cells that differ from the pattern, by their columns' names.
  func insert(_ rows: [[String: [UInt8]]]) -> (sql: String, parameters: [[UInt8]]) {
    let arrays = columns.enumerated().map { "$\($0.offset + 1)::\($0.element.type)[]" }
    return (
      "INSERT INTO \(table) (\(columns.map(\.name).joined(separator: ", "))) SELECT * FROM unnest(\(arrays.joined(separator: ", ")))",
      parameters(columns, rows)
    )
  }

  /// An update of `rows`, each given by the cells of `key` and of what changes.
  func update(_ rows: [[String: [UInt8]]], key: [String], set: [String]) -> (sql: String, parameters: [[UInt8]]) {
    let used = (key + set).compactMap { name in columns.first { $0.name == name } }
    let arrays = used.enumerated().map { "$\($0.offset + 1)::\($0.element.type)[]" }
    let matches = key.map { "t.\($0) = u.\($0)" }.joined(separator: " AND ")
    return (
      "UPDATE \(table) t SET \(set.map { "\($0) = u.\($0)" }.joined(separator: ", ")) FROM unnest(\(arrays.joined(separator: ", "))) AS u(\(used.map(\.name).joined(separator: ", "))) WHERE \(matches)",
      parameters(used, rows)
    )
  }

  private func parameters(_ columns: [ColumnType], _ rows: [[String: [UInt8]]]) -> [[UInt8]] {
    columns.map { column in
      var array = BinaryArray(column.oid)
      for row in rows { array.append(row[column.name] ?? column.bytes) }
      return array.bytes
    }
  }
}
