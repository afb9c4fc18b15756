@testable import Postgres

/// A value of a cell.
enum Datum: Hashable, Sendable {
  case null
  case bool(Bool)
  /// Every integer type, and a transaction's number.
  case int(Int64)
  case text(String)
  case bytes([UInt8])
  case uuid(UInt64, UInt64)
  /// Microseconds since 2000-01-01T00:00:00Z; of an interval its microseconds.
  case time(Int64)
  /// As it was sent: it is not brought into PostgreSQL's own form.
  case json([UInt8])
  case array([Datum])
  case row([Datum])

  var isTrue: Bool { self == .bool(true) }
  var isNull: Bool { self == .null }

  /// Negative, zero or positive; nil where either is NULL.
  static func order(_ a: Datum, _ b: Datum) throws -> Int? {
    switch (a, b) {
    case (.null, _), (_, .null): return nil
    case (.bool(let a), .bool(let b)): return (a ? 1 : 0) - (b ? 1 : 0)
    case (.int(let a), .int(let b)), (.time(let a), .time(let b)): return a < b ? -1 : a == b ? 0 : 1
    case (.text(let a), .text(let b)): return order(a.utf8, b.utf8)
    case (.bytes(let a), .bytes(let b)): return order(a, b)
    case (.uuid(let a, let b), .uuid(let c, let d)): return (a, b) < (c, d) ? -1 : (a, b) == (c, d) ? 0 : 1
    case (.row(let a), .row(let b)):
      for (a, b) in zip(a, b) {
        guard let order = try order(a, b) else { return nil }
        if order != 0 { return order }
      }
      return 0
    default: throw NotUnderstood("a comparison of \(a) with \(b)")
    }
  }

  private static func order(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Int {
    if a.lexicographicallyPrecedes(b) { return -1 }
    return b.lexicographicallyPrecedes(a) ? 1 : 0
  }
}

/// SQL that this database does not know. It is never answered in some other way: whoever sends it has to teach it.
struct NotUnderstood: Error, CustomStringConvertible {
  let description: String

  init(_ what: String) { description = "not understood: \(what)" }
}

extension PostgresType {
  /// `interval`, which never leaves the database.
  static let interval = PostgresType(rawValue: 1186)
  /// `xid8`, the number of a transaction.
  static let xid8 = PostgresType(rawValue: 5069)

  private static let elements: [PostgresType: PostgresType] = [
    .boolArray: .bool, .byteaArray: .bytea, .int2Array: .int2, .int4Array: .int4, .int8Array: .int8, .textArray: .text,
    .timestamptzArray: .timestamptz, .uuidArray: .uuid, .jsonbArray: .jsonb,
    .jsonArray: .json,
  ]
  private static let named: [String: PostgresType] = [
    "boolean": .bool, "bytea": .bytea, "smallint": .int2, "integer": .int4, "bigint": .int8, "text": .text,
    "timestamptz": .timestamptz, "uuid": .uuid, "json": .json, "jsonb": .jsonb, "xid8": .xid8,
  ]

  /// The type of an array's elements; nil if it is no array.
  var element: PostgresType? { Self.elements[self] }

  /// The array of this type.
  var array: PostgresType? { Self.elements.first { $0.value == self }?.key }

  static func named(_ name: String, isArray: Bool) throws -> PostgresType {
    guard let type = named[name], let found = isArray ? type.array : type else {
      throw NotUnderstood("the type \(name)")
    }
    return found
  }

  /// Whether values of it are integers.
  var isInteger: Bool { self == .int2 || self == .int4 || self == .int8 || self == .xid8 }
}

// MARK: The binary format

extension Datum {
  /// Reads a value in the binary format of `type`.
  init(_ bytes: [UInt8]?, _ type: PostgresType) throws {
    guard let bytes else {
      self = .null
      return
    }
    switch type {
    case .bool: self = .bool(bytes.first == 1)
    case .int2: self = .int(Int64(Int16(truncatingIfNeeded: Self.integer(bytes))))
    case .int4: self = .int(Int64(Int32(truncatingIfNeeded: Self.integer(bytes))))
    case .int8, .xid8: self = .int(Int64(bitPattern: Self.integer(bytes)))
    case .text: self = .text(String(decoding: bytes, as: UTF8.self))
    case .bytea: self = .bytes(bytes)
    case .uuid: self = .uuid(Self.integer(bytes.prefix(8)), Self.integer(bytes.suffix(8)))
    case .timestamptz: self = .time(Int64(bitPattern: Self.integer(bytes)))
    case .json: self = .json(bytes)
    case .jsonb: self = .json(Array(bytes.dropFirst()))
    default:
      guard let element = type.element else { throw NotUnderstood("a value of \(type)") }
      self = .array(try Self.elements(bytes, element))
    }
  }

  private static func integer(_ bytes: some Collection<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func elements(_ bytes: [UInt8], _ type: PostgresType) throws -> [Datum] {
    guard integer(bytes.prefix(4)) > 0 else { return [] }
    var elements: [Datum] = []
    var place = 20
    while place < bytes.count {
      let length = Int(Int32(truncatingIfNeeded: integer(bytes[place..<place + 4])))
      place += 4
      if length < 0 {
        elements.append(.null)
      } else {
        elements.append(try Datum(Array(bytes[place..<place + length]), type))
        place += length
      }
    }
    return elements
  }

  /// The value in the binary format of `type`; nil for NULL.
  func encoded(_ type: PostgresType) throws -> [UInt8]? {
    switch self {
    case .null: return nil
    case .bool(let value): return [value ? 1 : 0]
    case .int(let value):
      switch type {
      case .int2: return Self.bytes(Int16(truncatingIfNeeded: value))
      case .int4: return Self.bytes(Int32(truncatingIfNeeded: value))
      default: return Self.bytes(value)
      }
    case .text(let value): return Array(value.utf8)
    case .bytes(let value): return value
    case .uuid(let high, let low): return Self.bytes(high) + Self.bytes(low)
    case .time(let value): return Self.bytes(value)
    case .json(let value): return type == .jsonb ? [1] + value : value
    case .array(let elements):
      guard let element = type.element else { throw NotUnderstood("an array as \(type)") }
      var bytes = Self.bytes(Int32(elements.isEmpty ? 0 : 1)) + Self.bytes(Int32(0)) + Self.bytes(element.rawValue)
      if !elements.isEmpty { bytes += Self.bytes(Int32(elements.count)) + Self.bytes(Int32(1)) }
      for value in elements {
        guard let cell = try value.encoded(element) else {
          bytes += Self.bytes(Int32(-1))
          continue
        }
        bytes += Self.bytes(Int32(cell.count)) + cell
      }
      return bytes
    case .row: throw NotUnderstood("a row as a cell")
    }
  }

  private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }
}
