public import Policy
public import Postgres

/// The type of a column, with the name to cast by and the type of its array.
public struct SQLType: Sendable, Hashable {
  /// The name to cast with, such as `uuid`.
  public let name: String
  /// The type.
  public let type: PostgresType
  /// The type of its array.
  public let arrayType: PostgresType

  /// 16 bytes.
  public static let uuid = SQLType(name: "uuid", type: .uuid, arrayType: .uuidArray)
  /// A 64-bit integer.
  public static let bigint = SQLType(name: "bigint", type: .int8, arrayType: .int8Array)
  /// A 32-bit integer.
  public static let integer = SQLType(name: "integer", type: .int4, arrayType: .int4Array)
  /// A truth value.
  public static let boolean = SQLType(name: "boolean", type: .bool, arrayType: .boolArray)
  /// Text, UTF-8.
  public static let text = SQLType(name: "text", type: .text, arrayType: .textArray)
  /// Bytes.
  public static let bytea = SQLType(name: "bytea", type: .bytea, arrayType: .byteaArray)
  /// An instant, to the microsecond.
  public static let timestamptz = SQLType(name: "timestamptz", type: .timestamptz, arrayType: .timestamptzArray)
  /// A JSON document, kept as text.
  public static let json = SQLType(name: "json", type: .json, arrayType: .jsonArray)
  /// A JSON document, kept parsed.
  public static let jsonb = SQLType(name: "jsonb", type: .jsonb, arrayType: .jsonbArray)
}

/// A Swift value that a PostgreSQL column holds, in the binary format.
public protocol SQLValue: Sendable {
  /// The column's type.
  static var sqlType: SQLType { get }
  /// The value in PostgreSQL's binary format, appended to `bytes`; returns false for NULL, and then appends nothing.
  func encode(into bytes: inout [UInt8]) -> Bool
  /// The value of a cell, `nil` being NULL. Throws if the cell cannot be such a value.
  init(cell: UnsafeRawBufferPointer?) throws(RowError)
}

/// What a row of the database holds does not fit the type that reads it: the schema and the code disagree.
public enum RowError: Error, Hashable {
  /// A cell that must not be NULL is.
  case null(column: Int)
  /// A cell has a length or content that its type cannot have.
  case malformed(column: Int, type: String)
  /// The row has fewer cells than are read.
  case missing(column: Int)
}

/// A JSON document as text, for a column of type `jsonb`.
public struct JSONDocument: Sendable, Hashable {
  /// The document, UTF-8.
  public let text: String

  /// A document as given; PostgreSQL checks it.
  public init(_ text: String) {
    self.text = text
  }
}

extension SQLValue {
  @usableFromInline
  static func required(_ cell: UnsafeRawBufferPointer?, count: Int? = nil) throws(RowError) -> UnsafeRawBufferPointer {
    guard let cell else { throw .null(column: -1) }
    if let count, cell.count != count { throw .malformed(column: -1, type: sqlType.name) }
    return cell
  }
}

extension Int64: SQLValue {
  /// bigint
  public static var sqlType: SQLType { .bigint }
  /// Eight bytes, big endian.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    bytes.appendBigEndian(self)
    return true
  }
  /// Eight bytes, big endian.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    self = Int64(bigEndian: try Self.required(cell, count: 8).loadUnaligned(as: Int64.self))
  }
}

extension Int32: SQLValue {
  /// integer
  public static var sqlType: SQLType { .integer }
  /// Four bytes, big endian.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    bytes.appendBigEndian(self)
    return true
  }
  /// Four bytes, big endian.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    self = Int32(bigEndian: try Self.required(cell, count: 4).loadUnaligned(as: Int32.self))
  }
}

extension Int: SQLValue {
  /// bigint
  public static var sqlType: SQLType { .bigint }
  /// Eight bytes, big endian.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    Int64(self).encode(into: &bytes)
  }
  /// Eight bytes, big endian.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    self = Int(try Int64(cell: cell))
  }
}

extension Bool: SQLValue {
  /// boolean
  public static var sqlType: SQLType { .boolean }
  /// One byte.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    bytes.append(self ? 1 : 0)
    return true
  }
  /// One byte.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    self = try Self.required(cell, count: 1)[0] != 0
  }
}

extension String: SQLValue {
  /// text
  public static var sqlType: SQLType { .text }
  /// UTF-8.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    bytes.append(contentsOf: utf8)
    return true
  }
  /// UTF-8.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    guard let text = String(validating: try Self.required(cell), as: UTF8.self) else {
      throw .malformed(column: -1, type: "text")
    }
    self = text
  }
}

extension [UInt8]: SQLValue {
  /// bytea
  public static var sqlType: SQLType { .bytea }
  /// As they are.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    bytes.append(contentsOf: self)
    return true
  }
  /// As they are.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    self.init(try Self.required(cell))
  }
}

extension JSONDocument: SQLValue {
  /// jsonb
  public static var sqlType: SQLType { .jsonb }
  /// The format's version, then the text.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    bytes.append(1)
    bytes.append(contentsOf: text.utf8)
    return true
  }
  /// The format's version, then the text.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    let cell = try Self.required(cell)
    guard cell.first == 1, let text = String(validating: cell.dropFirst(), as: UTF8.self) else {
      throw .malformed(column: -1, type: "jsonb")
    }
    self.text = text
  }
}

extension Optional: SQLValue where Wrapped: SQLValue {
  /// The type of the value, which may be NULL.
  public static var sqlType: SQLType { Wrapped.sqlType }
  /// Nothing for `nil`.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    guard let self else { return false }
    return self.encode(into: &bytes)
  }
  /// `nil` for NULL.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    self = cell == nil ? nil : try Wrapped(cell: cell)
  }
}

/// Milliseconds between the Unix epoch and PostgreSQL's, 2000-01-01T00:00:00Z.
private let postgresEpochMilliseconds: Int64 = 946_684_800_000

extension Instant: SQLValue {
  /// timestamptz
  public static var sqlType: SQLType { .timestamptz }
  /// Microseconds since 2000, eight bytes.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    // An instant lies in the years 1 to 9999: nothing here can overflow.
    bytes.appendBigEndian((milliseconds - postgresEpochMilliseconds) * 1000)
    return true
  }
  /// Microseconds since 2000, eight bytes; less than a millisecond is dropped.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    let (quotient, remainder) = try Int64(cell: cell).quotientAndRemainder(dividingBy: 1000)
    self.init(milliseconds: quotient - (remainder < 0 ? 1 : 0) + postgresEpochMilliseconds)
  }
}

extension [UInt8] {
  /// Appends an integer, most significant byte first.
  mutating func appendBigEndian(_ value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
  }
}

extension RowError {
  /// The same error, at a column.
  func at(column: Int) -> RowError {
    switch self {
    case .null: .null(column: column)
    case .malformed(_, let type): .malformed(column: column, type: type)
    case .missing: .missing(column: column)
    }
  }
}

extension ID: SQLValue {
  /// uuid
  public static var sqlType: SQLType { .uuid }
  /// Sixteen bytes.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    bytes.appendBigEndian(high)
    bytes.appendBigEndian(low)
    return true
  }
  /// Sixteen bytes.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    let cell = try Self.required(cell, count: 16)
    self.init(
      high: UInt64(bigEndian: cell.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: cell.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }
}

extension Amount: SQLValue {
  /// bigint
  public static var sqlType: SQLType { .bigint }
  /// Eight bytes, big endian.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    units.encode(into: &bytes)
  }
  /// Eight bytes, big endian.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    guard let amount = Amount(try Int64(cell: cell)) else { throw .malformed(column: -1, type: "amount") }
    self = amount
  }
}

extension PlanVersion: SQLValue {
  /// bytea
  public static var sqlType: SQLType { .bytea }
  /// 32 bytes.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    bytes.append(contentsOf: self.bytes)
    return true
  }
  /// 32 bytes.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    guard let version = PlanVersion(bytes: try Self.required(cell)) else {
      throw .malformed(column: -1, type: "plan version")
    }
    self = version
  }
}

extension Int16: SQLValue {
  /// smallint
  public static var sqlType: SQLType { SQLType(name: "smallint", type: .int2, arrayType: .int2Array) }
  /// Two bytes, big endian.
  public func encode(into bytes: inout [UInt8]) -> Bool {
    bytes.appendBigEndian(self)
    return true
  }
  /// Two bytes, big endian.
  public init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    self = Int16(bigEndian: try Self.required(cell, count: 2).loadUnaligned(as: Int16.self))
  }
}
