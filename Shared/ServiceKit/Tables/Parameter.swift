public import Postgres

extension Parameter {
  /// One value.
  public init<Value: SQLValue>(_ value: Value) {
    var bytes: [UInt8] = []
    let present = value.encode(into: &bytes)
    self.init(type: Value.sqlType.type, bytes: present ? bytes : nil)
  }

  /// Several values, as an array.
  public init<Value: SQLValue>(array values: some Sequence<Value>) {
    self = ArrayParameter(values).parameter
  }
}

/// Builds a one-dimensional array in PostgreSQL's binary format, element by element.
struct ArrayParameter: Sendable {
  private static let headerByteCount = 20
  private let type: SQLType
  private var bytes: [UInt8]
  private(set) var count: Int32 = 0
  private var hasNull: Int32 = 0

  init(_ type: SQLType, reserving elements: Int = 0) {
    self.type = type
    self.bytes = []
    // A length of four bytes before each, and mostly an id or less. Many arrays stay empty, and need no memory then.
    if elements > 0 { bytes.reserveCapacity(Self.headerByteCount + elements * 20) }
  }

  /// An array of these values.
  init<Value: SQLValue>(_ values: some Sequence<Value>) {
    self.init(Value.sqlType, reserving: values.underestimatedCount)
    for value in values { append(value) }
  }

  mutating func append(_ value: some SQLValue) {
    if count == 0 { beginWithHeader() }
    let start = bytes.count
    bytes.appendBigEndian(Int32(0))
    if value.encode(into: &bytes) {
      write(Int32(bytes.count - start - 4), at: start)
    } else {
      write(-1, at: start)
      hasNull = 1
    }
    count += 1
  }

  /// The finished array.
  var parameter: Parameter {
    var finished = self
    if count == 0 { finished.beginWithHeader() }
    finished.write(count == 0 ? 0 : 1, at: 0)
    finished.write(hasNull, at: 4)
    finished.write(Int32(bitPattern: type.type.rawValue), at: 8)
    finished.write(count, at: 12)
    finished.write(1, at: 16)
    if count == 0 { finished.bytes.removeLast(8) }
    return Parameter(type: type.arrayType, bytes: finished.bytes)
  }

  /// The element of an array of one, by itself.
  var onlyElement: Parameter {
    Parameter(type: type.type, bytes: hasNull == 1 ? nil : Array(bytes[(Self.headerByteCount + 4)...]))
  }

  private mutating func beginWithHeader() {
    bytes.append(contentsOf: repeatElement(0, count: Self.headerByteCount))
  }

  private mutating func write(_ value: Int32, at offset: Int) {
    bytes.withUnsafeMutableBytes { $0.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Int32.self) }
  }
}

extension Statement {
  /// A statement that connections keep prepared under a name made of its own text. The text must not vary with the data.
  public init(sql: String, _ parameters: [Parameter] = []) {
    self.init(PreparedName.of(sql), sql, parameters)
  }
}

/// Names of prepared statements: the same text has the same name in every process.
enum PreparedName {
  /// FNV-1a of the text, 64 bits and its length: what is prepared is our own, so that nobody can choose a collision.
  static func of(_ sql: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var count = 0
    for byte in sql.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
      count += 1
    }
    return "s\(String(hash, radix: 16))_\(count)"
  }
}
