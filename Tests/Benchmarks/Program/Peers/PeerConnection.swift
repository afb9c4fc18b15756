import CLibpqPeer
import Foundation

/// A connection to PostgreSQL without anything of the product between.
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

  /// The first row of a query: each cell's name and its bytes in the binary format.
  func binaryRow(_ sql: String) throws -> [(name: String, bytes: [UInt8]?)] {
    let result = PQexecParams(connection, sql, 0, nil, nil, nil, nil, 1)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_TUPLES_OK else { throw failure() }
    guard PQntuples(result) > 0 else { throw BenchError.postgres("no row: \(sql)") }
    return (0..<PQnfields(result)).map { column in
      let name = String(cString: PQfname(result, column))
      if PQgetisnull(result, 0, column) == 1 { return (name, nil) }
      let value = UnsafeRawBufferPointer(
        start: PQgetvalue(result, 0, column), count: Int(PQgetlength(result, 0, column)))
      return (name, Array(value))
    }
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

/// A one-dimensional array in PostgreSQL's binary format.
struct BinaryArray {
  private var body: [UInt8] = []
  private var count = 0
  private let elementType: UInt32

  /// - Parameter elementType: The element type's oid.
  init(_ elementType: UInt32) { self.elementType = elementType }

  mutating func append(_ element: [UInt8]?) {
    count += 1
    body += bigEndian(Int32(element?.count ?? -1))
    if let element { body += element }
  }

  var bytes: [UInt8] {
    bigEndian(Int32(1)) + bigEndian(Int32(1)) + bigEndian(Int32(bitPattern: elementType)) + bigEndian(Int32(count))
      + bigEndian(Int32(1)) + body
  }
}

/// The bytes of a number as PostgreSQL sends it.
func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }
