/// A PostgreSQL type by its object identifier, which for the built-in types is the same in every installation.
public struct PostgresType: RawRepresentable, Hashable, Sendable {
  /// The object identifier (`pg_type.oid`).
  public let rawValue: UInt32

  /// A type by its object identifier.
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// `boolean`, one byte.
  public static let bool = PostgresType(rawValue: 16)
  /// `bytea`.
  public static let bytea = PostgresType(rawValue: 17)
  /// `name`, an identifier of the catalogue.
  public static let name = PostgresType(rawValue: 19)
  /// `bigint`.
  public static let int8 = PostgresType(rawValue: 20)
  /// `smallint`.
  public static let int2 = PostgresType(rawValue: 21)
  /// `integer`.
  public static let int4 = PostgresType(rawValue: 23)
  /// `text`.
  public static let text = PostgresType(rawValue: 25)
  /// `json`.
  public static let json = PostgresType(rawValue: 114)
  /// `double precision`.
  public static let float8 = PostgresType(rawValue: 701)
  /// A literal whose type was never decided.
  public static let unknown = PostgresType(rawValue: 705)
  /// `character(n)`.
  public static let bpchar = PostgresType(rawValue: 1042)
  /// `character varying`.
  public static let varchar = PostgresType(rawValue: 1043)
  /// `date`, in days since 2000-01-01.
  public static let date = PostgresType(rawValue: 1082)
  /// `timestamp with time zone`, in microseconds since 2000-01-01T00:00:00Z.
  public static let timestamptz = PostgresType(rawValue: 1184)
  /// `numeric`, which this module does not decode: cast it in SQL.
  public static let numeric = PostgresType(rawValue: 1700)
  /// `void`, what a function without a result returns.
  public static let void = PostgresType(rawValue: 2278)
  /// `uuid`, 16 bytes.
  public static let uuid = PostgresType(rawValue: 2950)
  /// `jsonb`.
  public static let jsonb = PostgresType(rawValue: 3802)

  /// `json[]`.
  public static let jsonArray = PostgresType(rawValue: 199)
  /// `boolean[]`.
  public static let boolArray = PostgresType(rawValue: 1000)
  /// `bytea[]`.
  public static let byteaArray = PostgresType(rawValue: 1001)
  /// `smallint[]`.
  public static let int2Array = PostgresType(rawValue: 1005)
  /// `integer[]`.
  public static let int4Array = PostgresType(rawValue: 1007)
  /// `text[]`.
  public static let textArray = PostgresType(rawValue: 1009)
  /// `bigint[]`.
  public static let int8Array = PostgresType(rawValue: 1016)
  /// `date[]`.
  public static let dateArray = PostgresType(rawValue: 1182)
  /// `timestamp with time zone[]`.
  public static let timestamptzArray = PostgresType(rawValue: 1185)
  /// `uuid[]`.
  public static let uuidArray = PostgresType(rawValue: 2951)
  /// `jsonb[]`.
  public static let jsonbArray = PostgresType(rawValue: 3807)
}

extension PostgresType: CustomStringConvertible {
  /// The type's name in SQL, or `oid N` for a type that this module does not know.
  public var description: String {
    switch self {
    case .bool: "boolean"
    case .bytea: "bytea"
    case .name: "name"
    case .int8: "bigint"
    case .int2: "smallint"
    case .int4: "integer"
    case .text: "text"
    case .json: "json"
    case .float8: "double precision"
    case .unknown: "unknown"
    case .bpchar: "character"
    case .varchar: "character varying"
    case .date: "date"
    case .timestamptz: "timestamptz"
    case .numeric: "numeric"
    case .void: "void"
    case .uuid: "uuid"
    case .jsonb: "jsonb"
    case .boolArray: "boolean[]"
    case .byteaArray: "bytea[]"
    case .int2Array: "smallint[]"
    case .int4Array: "integer[]"
    case .textArray: "text[]"
    case .int8Array: "bigint[]"
    case .dateArray: "date[]"
    case .timestamptzArray: "timestamptz[]"
    case .uuidArray: "uuid[]"
    case .jsonbArray: "jsonb[]"
    default: "oid \(rawValue)"
    }
  }
}

/// A UUID as PostgreSQL holds it: 16 bytes in network order, as two big-endian halves.
///
/// The order is that of the bytes, which is also the server's.
public struct PostgresUUID: Hashable, Comparable, Sendable {
  /// Bytes 0 to 7, big-endian.
  public let high: UInt64
  /// Bytes 8 to 15, big-endian.
  public let low: UInt64

  /// A UUID from its halves.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// A UUID from its 16 bytes; nil for another length.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var halves: (UInt64, UInt64) = (0, 0)
    for (index, byte) in bytes.enumerated() {
      if index < 8 {
        halves.0 = halves.0 << 8 | UInt64(byte)
      } else {
        halves.1 = halves.1 << 8 | UInt64(byte)
      }
    }
    self.init(high: halves.0, low: halves.1)
  }

  /// Orders by bytes, as the server does.
  public static func < (a: PostgresUUID, b: PostgresUUID) -> Bool {
    (a.high, a.low) < (b.high, b.low)
  }

  /// The canonical text, 8-4-4-4-12 lower-case hexadecimal digits.
  public var text: String {
    // Digit by digit, since every batch names its tenants.
    String(unsafeUninitializedCapacity: 36) { text in
      var place = 0
      for digit in 0..<32 {
        if [8, 12, 16, 20].contains(digit) {
          text[place] = UInt8(ascii: "-")
          place += 1
        }
        let value = UInt8(truncatingIfNeeded: (digit < 16 ? high : low) >> (60 - 4 * (digit % 16))) & 0xf
        text[place] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
        place += 1
      }
      return place
    }
  }
}

extension PostgresUUID: CustomStringConvertible {
  /// The canonical text.
  public var description: String { text }
}
