import CLibpq
import Glibc

/// The answer to one statement: its rows, in the binary format, and how many rows it touched.
///
/// It keeps libpq's buffer and copies nothing until a getter is asked; the buffer lives as long as any copy of this
/// value or any ``Row`` of it.
public struct ResultRows: Sendable {
  let result: ResultHandle
  /// The number of rows.
  public let count: Int
  /// The number of columns, 0 for a command that returns none.
  public let columnCount: Int
  /// The rows touched, where they are not the server's to tell.
  private let affectedCount: Int?

  init(_ result: ResultHandle, affectedCount: Int? = nil) {
    self.result = result
    self.affectedCount = affectedCount
    count = Int(PQntuples(result.pointer))
    columnCount = Int(PQnfields(result.pointer))
  }

  /// Rows that come from elsewhere than a server, in libpq's own form, so that they are read like any others.
  ///
  /// - Parameters:
  ///   - columns: names and types of the columns.
  ///   - rows: a cell for each column, in the binary format of its type; nil for NULL.
  ///   - affectedRows: how many rows the statement touched.
  /// - Throws: ``PostgresError/misuse(_:)`` for a row with another number of cells, or when there is no memory.
  public init(
    columns: [(name: String, type: PostgresType)], rows: [[[UInt8]?]], affectedRows: Int
  ) throws(PostgresError) {
    guard let made = PQmakeEmptyPGresult(nil, PGRES_TUPLES_OK) else { throw .misuse("no memory for a result") }
    let handle = ResultHandle(made)
    guard columns.withAttributes({ PQsetResultAttrs(made, Int32($0.count), $0.baseAddress) }) != 0 else {
      throw .misuse("no memory for a result's columns")
    }
    for (number, row) in rows.enumerated() {
      guard row.count == columns.count else { throw .misuse("a row of \(row.count) cells in \(columns.count) columns") }
      for (column, cell) in row.enumerated() {
        let isSet =
          cell.map { bytes in
            bytes.withUnsafeBytes { buffer in
              let start = UnsafeMutablePointer(mutating: buffer.assumingMemoryBound(to: CChar.self).baseAddress)
              // An empty value has no address of its own; NULL is a length of -1.
              return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1) { none in
                PQsetvalue(made, Int32(number), Int32(column), start ?? none.baseAddress, Int32(buffer.count))
              }
            }
          } ?? PQsetvalue(made, Int32(number), Int32(column), nil, -1)
        guard isSet != 0 else { throw .misuse("no memory for a result's row") }
      }
    }
    self.init(handle, affectedCount: affectedRows)
  }

  /// The rows that an INSERT, UPDATE, DELETE, MERGE or SELECT touched; 0 for any other command.
  public var affectedRows: Int {
    if let affectedCount { return affectedCount }
    guard let text = PQcmdTuples(result.pointer) else { return 0 }
    return Int(String(cString: text)) ?? 0
  }

  /// The name of a column, from 0; nil beyond the last.
  public func columnName(_ column: Int) -> String? {
    guard column >= 0, column < columnCount else { return nil }
    return PQfname(result.pointer, Int32(column)).map { String(cString: $0) }
  }

  /// The place of a column, from 0, by its exact name; nil if there is none.
  public func column(named name: String) -> Int? {
    (0..<columnCount).first { columnName($0) == name }
  }

  /// The first row, nil if there is none.
  public var first: Row? {
    count > 0 ? Row(result: result, index: 0, columnCount: columnCount) : nil
  }

  /// The only row. Throws ``PostgresError/decoding(_:)`` if there is none or more than one.
  public func only() throws(PostgresError) -> Row {
    guard count == 1, let first else {
      throw .decoding(DecodingFailure(row: 0, column: 0, columnName: "", reason: "\(count) rows where one is expected"))
    }
    return first
  }
}

extension ResultRows: RandomAccessCollection {
  /// 0.
  public var startIndex: Int { 0 }
  /// The number of rows.
  public var endIndex: Int { count }
  /// The row at `index`, which has to be one of the collection's.
  public subscript(index: Int) -> Row {
    precondition(index >= 0 && index < count, "row \(index) of \(count)")
    return Row(result: result, index: index, columnCount: columnCount)
  }
}

/// Owns a libpq result. Reading a finished result is safe from any thread (libpq, "Behavior in Threaded Programs"),
/// and nothing changes it after it was received; hence unchecked.
final class ResultHandle: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    self.pointer = pointer
  }

  deinit {
    PQclear(pointer)
  }
}

extension [(name: String, type: PostgresType)] {
  /// The columns as libpq describes them: names that last as long as `body`, the binary format throughout.
  fileprivate func withAttributes<R>(_ body: (UnsafeMutableBufferPointer<PGresAttDesc>) -> R) -> R {
    let names = map { strdup($0.name) }
    defer { for name in names { free(name) } }
    var attributes = indices.map { index in
      PGresAttDesc(
        name: names[index], tableid: 0, columnid: 0, format: 1, typid: self[index].type.rawValue, typlen: -1,
        atttypmod: -1)
    }
    return attributes.withUnsafeMutableBufferPointer { body($0) }
  }
}
