import CLibpq

/// One row of a result. Each getter checks the column's type and length, and throws ``PostgresError/decoding(_:)`` for
/// a column that does not exist, has another type, is NULL where that is not asked for, or is malformed.
public struct Row: Sendable {
  let result: ResultHandle
  /// The place of the row in its result, from 0.
  public let index: Int
  /// The number of columns.
  public let columnCount: Int

  /// True if the value is NULL.
  public func isNull(_ column: Int) throws(PostgresError) -> Bool {
    try cell(column) == nil
  }

  /// The declared type of a column.
  public func type(_ column: Int) throws(PostgresError) -> PostgresType {
    guard column >= 0, column < columnCount else { throw failure(column, "there are \(columnCount) columns") }
    return PostgresType(rawValue: PQftype(result.pointer, Int32(column)))
  }

  /// Lends the bytes of a value of any type in the binary format without a copy; nil for NULL, and where there is no
  /// such column. They must not be kept beyond `body`.
  public func withBytes<R, E: Error>(
    _ column: Int, _ body: (UnsafeRawBufferPointer?) throws(E) -> R
  ) throws(E) -> R {
    defer { withExtendedLifetime(result) {} }
    return try body(column >= 0 && column < columnCount ? unchecked(column) : nil)
  }

  /// A copy of the bytes of a value of any type in the binary format, nil for NULL.
  public func rawBytes(_ column: Int) throws(PostgresError) -> [UInt8]? {
    try cell(column).map { Array($0) }
  }

  // MARK: Values that are there

  /// `boolean`.
  public func bool(_ column: Int) throws(PostgresError) -> Bool { try required(column, boolOrNil(column)) }
  /// `smallint`.
  public func int16(_ column: Int) throws(PostgresError) -> Int16 { try required(column, int16OrNil(column)) }
  /// `integer` or `smallint`.
  public func int32(_ column: Int) throws(PostgresError) -> Int32 { try required(column, int32OrNil(column)) }
  /// `bigint`, `integer` or `smallint`. `sum(bigint)` is `numeric`: cast it.
  public func int64(_ column: Int) throws(PostgresError) -> Int64 { try required(column, int64OrNil(column)) }
  /// `text` and its kin, and `json`.
  public func text(_ column: Int) throws(PostgresError) -> String { try required(column, textOrNil(column)) }
  /// `bytea`.
  public func bytea(_ column: Int) throws(PostgresError) -> [UInt8] { try required(column, byteaOrNil(column)) }
  /// `uuid`.
  public func uuid(_ column: Int) throws(PostgresError) -> PostgresUUID { try required(column, uuidOrNil(column)) }
  /// `timestamptz` in milliseconds since 1970-01-01T00:00:00Z; what is finer is dropped towards the past.
  public func timestamp(_ column: Int) throws(PostgresError) -> Int64 { try required(column, timestampOrNil(column)) }
  /// `date` in days since 1970-01-01.
  public func date(_ column: Int) throws(PostgresError) -> Int32 { try required(column, dateOrNil(column)) }
  /// `jsonb` as JSON text, in the server's normal form.
  public func jsonb(_ column: Int) throws(PostgresError) -> String { try required(column, jsonbOrNil(column)) }

  // MARK: Values that may be NULL

  /// `boolean`, nil for NULL.
  public func boolOrNil(_ column: Int) throws(PostgresError) -> Bool? {
    guard let bytes = try cell(column, .bool, length: 1) else { return nil }
    return bytes[0] != 0
  }

  /// `smallint`, nil for NULL.
  public func int16OrNil(_ column: Int) throws(PostgresError) -> Int16? {
    guard let bytes = try cell(column, .int2, length: 2) else { return nil }
    return bytes.bigEndian(Int16.self, at: 0)
  }

  /// `integer` or `smallint`, nil for NULL.
  public func int32OrNil(_ column: Int) throws(PostgresError) -> Int32? {
    if try type(column) == .int2 { return try int16OrNil(column).map(Int32.init) }
    guard let bytes = try cell(column, .int4, length: 4) else { return nil }
    return bytes.bigEndian(Int32.self, at: 0)
  }

  /// `bigint`, `integer` or `smallint`, nil for NULL.
  public func int64OrNil(_ column: Int) throws(PostgresError) -> Int64? {
    let type = try type(column)
    if type == .int4 || type == .int2 { return try int32OrNil(column).map(Int64.init) }
    guard let bytes = try cell(column, .int8, length: 8) else { return nil }
    return bytes.bigEndian(Int64.self, at: 0)
  }

  /// `text` and its kin, and `json`; nil for NULL.
  public func textOrNil(_ column: Int) throws(PostgresError) -> String? {
    let type = try type(column)
    switch type {
    case .text, .varchar, .name, .bpchar, .unknown, .json: break
    default: throw failure(column, "\(type) where text is expected")
    }
    guard let bytes = unchecked(column) else { return nil }
    return try utf8(column, bytes)
  }

  /// `bytea`, nil for NULL.
  public func byteaOrNil(_ column: Int) throws(PostgresError) -> [UInt8]? {
    try cell(column, .bytea).map { Array($0) }
  }

  /// `uuid`, nil for NULL.
  public func uuidOrNil(_ column: Int) throws(PostgresError) -> PostgresUUID? {
    guard let bytes = try cell(column, .uuid, length: 16) else { return nil }
    return PostgresUUID(high: bytes.bigEndian(UInt64.self, at: 0), low: bytes.bigEndian(UInt64.self, at: 8))
  }

  /// `timestamptz` in milliseconds since 1970-01-01T00:00:00Z, nil for NULL. An infinity throws.
  public func timestampOrNil(_ column: Int) throws(PostgresError) -> Int64? {
    guard let bytes = try cell(column, .timestamptz, length: 8) else { return nil }
    guard let value = PostgresTime.unixMilliseconds(microseconds: bytes.bigEndian(Int64.self, at: 0)) else {
      throw failure(column, "an infinite instant")
    }
    return value
  }

  /// `date` in days since 1970-01-01, nil for NULL. An infinity throws.
  public func dateOrNil(_ column: Int) throws(PostgresError) -> Int32? {
    guard let bytes = try cell(column, .date, length: 4) else { return nil }
    guard let value = PostgresTime.unixDays(days: bytes.bigEndian(Int32.self, at: 0)) else {
      throw failure(column, "an infinite day")
    }
    return value
  }

  /// `jsonb` as JSON text, nil for NULL.
  public func jsonbOrNil(_ column: Int) throws(PostgresError) -> String? {
    guard let bytes = try cell(column, .jsonb) else { return nil }
    guard bytes.first == jsonbVersion else { throw failure(column, "jsonb of an unknown version") }
    return try utf8(column, UnsafeRawBufferPointer(rebasing: bytes.dropFirst()))
  }
}

// MARK: Cells

extension Row {
  /// The bytes of a value, valid as long as `result` lives; nil for NULL.
  func cell(_ column: Int) throws(PostgresError) -> UnsafeRawBufferPointer? {
    guard column >= 0, column < columnCount else { throw failure(column, "there are \(columnCount) columns") }
    return unchecked(column)
  }

  func cell(
    _ column: Int, _ expected: PostgresType, length: Int? = nil
  ) throws(PostgresError) -> UnsafeRawBufferPointer? {
    let type = try type(column)
    guard type == expected else { throw failure(column, "\(type) where \(expected) is expected") }
    guard let bytes = unchecked(column) else { return nil }
    if let length, bytes.count != length { throw failure(column, "\(bytes.count) bytes of \(type)") }
    return bytes
  }

  func failure(_ column: Int, _ reason: String) -> PostgresError {
    let name = column >= 0 && column < columnCount ? PQfname(result.pointer, Int32(column)) : nil
    return .decoding(
      DecodingFailure(row: index, column: column, columnName: name.map { String(cString: $0) } ?? "", reason: reason))
  }

  func required<Value>(_ column: Int, _ value: Value?) throws(PostgresError) -> Value {
    guard let value else { throw failure(column, "NULL where a value is expected") }
    return value
  }

  func utf8(_ column: Int, _ bytes: UnsafeRawBufferPointer) throws(PostgresError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw failure(column, "text that is not UTF-8") }
    return text
  }

  private func unchecked(_ column: Int) -> UnsafeRawBufferPointer? {
    let (row, column) = (Int32(truncatingIfNeeded: index), Int32(truncatingIfNeeded: column))
    guard PQgetisnull(result.pointer, row, column) == 0, let value = PQgetvalue(result.pointer, row, column) else {
      return nil
    }
    return UnsafeRawBufferPointer(start: value, count: Int(PQgetlength(result.pointer, row, column)))
  }
}

extension UnsafeRawBufferPointer {
  /// An integer of network order; the caller has checked that it lies inside.
  func bigEndian<I: FixedWidthInteger & BitwiseCopyable>(_ type: I.Type, at offset: Int) -> I {
    I(bigEndian: loadUnaligned(fromByteOffset: offset, as: type))
  }
}
