import CLibpq

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

  init(_ result: ResultHandle) {
    self.result = result
    count = Int(PQntuples(result.pointer))
    columnCount = Int(PQnfields(result.pointer))
  }

  /// The rows that an INSERT, UPDATE, DELETE, MERGE or SELECT touched; 0 for any other command.
  public var affectedRows: Int {
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
