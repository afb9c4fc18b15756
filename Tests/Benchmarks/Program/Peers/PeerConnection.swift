import CLibpqPeer
import Foundation

/// A connection to PostgreSQL without anything of the product between.
/// Not to be used by two threads at once.
final class PeerConnection {
  private let connection: OpaquePointer

  init(_ conninfo: String, database: String) throws {
    guard let connection = PQconnectdb("\(conninfo) dbname=\(database) options='-c client_min_messages=warning'") else {
      throw BenchError.postgres("memory")
    }
    self.connection = connection
    guard PQstatus(connection) == CONNECTION_OK else { throw failure() }
  }

  deinit { PQfinish(connection) }

  private func failure() -> BenchError { .postgres(String(cString: PQerrorMessage(connection))) }

  /// Runs SQL without parameters; returns the rows of the last statement as text.
  @discardableResult
  func run(_ sql: String) throws -> [[String?]] {
    let result = PQexec(connection, sql)
    defer { PQclear(result) }
    guard [PGRES_TUPLES_OK, PGRES_COMMAND_OK].contains(PQresultStatus(result)) else { throw failure() }
    return (0..<PQntuples(result)).map { row in
      (0..<PQnfields(result)).map { column in
        PQgetisnull(result, row, column) == 1 ? nil : String(cString: PQgetvalue(result, row, column))
      }
    }
  }

  /// The first cell of a query's first row as a number; 0 if there is none.
  func number(_ sql: String) throws -> Int { Int(try run(sql).first?.first.flatMap { $0 } ?? "") ?? 0 }

  /// The first row of a query, nil if there is none: each cell's name and its bytes in the binary format.
  func binaryRow(_ sql: String) throws -> [(name: String, bytes: [UInt8]?)]? {
    let result = PQexecParams(connection, sql, 0, nil, nil, nil, nil, 1)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_TUPLES_OK else { throw failure() }
    guard PQntuples(result) > 0 else { return nil }
    return (0..<PQnfields(result)).map { column in
      let name = String(cString: PQfname(result, column))
      if PQgetisnull(result, 0, column) == 1 { return (name, nil) }
      let value = UnsafeRawBufferPointer(
        start: PQgetvalue(result, 0, column), count: Int(PQgetlength(result, 0, column)))
      return (name, Array(value))
    }
  }

  /// Inserts copies of a table's rows, one for each row of `sources`, with what must differ put in its place.
  ///
  /// - Parameters:
  ///   - condition: Which rows are copied; the table's name there is `r`.
  ///   - sources: Items of a FROM list.
  ///   - cells: Expressions by column; columns that the table lacks are left out.
  func copyRows(
    of table: String, where condition: String, across sources: String, _ cells: [String: String]
  ) throws {
    let names = try run(
      """
      select attname from pg_attribute where attrelid = '\(table)'::regclass and attnum > 0 and not attisdropped
        and attgenerated = '' order by attnum
      """
    ).compactMap { $0[0] }
    try run(
      """
      insert into \(table) (\(names.joined(separator: ", ")))
      select \(names.map { cells[$0] ?? "r.\($0)" }.joined(separator: ", ")) from \(table) r, \(sources) where \(condition)
      """)
  }

  /// Runs statements as one transaction in one pipelined round trip. Parameters are arrays in the binary format.
  func transaction(_ statements: [(sql: String, parameters: [[UInt8]])]) throws {
    PQenterPipelineMode(connection)
    send("BEGIN", [])
    for statement in statements { send(statement.sql, statement.parameters) }
    send("COMMIT", [])
    PQpipelineSync(connection)
    var complaint: String?
    while true {
      guard let result = PQgetResult(connection) else { continue }
      defer { PQclear(result) }
      let status = PQresultStatus(result)
      if status == PGRES_PIPELINE_SYNC { break }
      if status == PGRES_FATAL_ERROR { complaint = String(cString: PQresultErrorMessage(result)) }
      if PQstatus(connection) == CONNECTION_BAD { throw failure() }
    }
    PQexitPipelineMode(connection)
    if let complaint { throw BenchError.postgres(complaint) }
  }

  private func send(_ sql: String, _ parameters: [[UInt8]]) {
    let bytes = parameters.flatMap { $0 }
    bytes.withUnsafeBytes { buffer in
      var offset = 0
      let values: [UnsafePointer<CChar>?] = parameters.map { parameter in
        defer { offset += parameter.count }
        return buffer.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
      }
      let lengths = parameters.map { Int32($0.count) }
      let formats = parameters.map { _ in Int32(1) }
      PQsendQueryParams(connection, sql, Int32(parameters.count), nil, values, lengths, formats, 1)
    }
  }
}
