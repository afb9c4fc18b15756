// One-dimensional arrays as parameters: with `unnest($1, $2, …)` one statement writes many rows, which is how batches
// are written. Every encoder sizes its buffer first and fills it once.
extension Parameter {
  /// `boolean[]`.
  public static func bools(_ values: [Bool]) -> Parameter { bools(values.lazy.map(Optional.some), values.count) }
  /// `boolean[]` with NULLs.
  public static func bools(_ values: [Bool?]) -> Parameter { bools(values, values.count) }

  /// `smallint[]`.
  public static func int16s(_ values: [Int16]) -> Parameter { integers(values, .int2Array, .int2) }
  /// `smallint[]` with NULLs.
  public static func int16s(_ values: [Int16?]) -> Parameter { integers(values, .int2Array, .int2) }

  /// `integer[]`.
  public static func int32s(_ values: [Int32]) -> Parameter { integers(values, .int4Array, .int4) }
  /// `integer[]` with NULLs.
  public static func int32s(_ values: [Int32?]) -> Parameter { integers(values, .int4Array, .int4) }

  /// `bigint[]`.
  public static func int64s(_ values: [Int64]) -> Parameter { integers(values, .int8Array, .int8) }
  /// `bigint[]` with NULLs.
  public static func int64s(_ values: [Int64?]) -> Parameter { integers(values, .int8Array, .int8) }

  /// `uuid[]`.
  public static func uuids(_ values: [PostgresUUID]) -> Parameter {
    uuids(values.lazy.map(Optional.some), values.count)
  }
  /// `uuid[]` with NULLs.
  public static func uuids(_ values: [PostgresUUID?]) -> Parameter { uuids(values, values.count) }

  /// `timestamptz[]`, in milliseconds since 1970-01-01T00:00:00Z.
  public static func timestamps(milliseconds values: [Int64]) -> Parameter {
    timestamps(values.lazy.map(Optional.some), values.count)
  }
  /// `timestamptz[]` with NULLs, in milliseconds since 1970-01-01T00:00:00Z.
  public static func timestamps(milliseconds values: [Int64?]) -> Parameter { timestamps(values, values.count) }

  /// `date[]`, in days since 1970-01-01.
  public static func dates(days values: [Int32]) -> Parameter { dates(values.lazy.map(Optional.some), values.count) }
  /// `date[]` with NULLs, in days since 1970-01-01.
  public static func dates(days values: [Int32?]) -> Parameter { dates(values, values.count) }

  /// `text[]`.
  public static func texts(_ values: [String]) -> Parameter { texts(values.lazy.map(Optional.some), values.count, nil) }
  /// `text[]` with NULLs.
  public static func texts(_ values: [String?]) -> Parameter { texts(values, values.count, nil) }

  /// `jsonb[]`, of JSON texts.
  public static func jsonbs(_ values: [String]) -> Parameter {
    texts(values.lazy.map(Optional.some), values.count, jsonbVersion)
  }
  /// `jsonb[]` with SQL NULLs, of JSON texts.
  public static func jsonbs(_ values: [String?]) -> Parameter { texts(values, values.count, jsonbVersion) }

  /// `bytea[]`.
  public static func byteas(_ values: [[UInt8]]) -> Parameter { byteas(values.lazy.map(Optional.some), values.count) }
  /// `bytea[]` with NULLs.
  public static func byteas(_ values: [[UInt8]?]) -> Parameter { byteas(values, values.count) }

  /// An array of elements that the caller has encoded in the binary format of `element`, nil for NULL.
  public static func array(_ type: PostgresType, of element: PostgresType, _ values: [[UInt8]?]) -> Parameter {
    let payload = values.reduce(0) { $0 + ($1?.count ?? 0) }
    return ArrayEncoder.encode(type, element, count: values.count, payloadBytes: payload) { encoder in
      for value in values { encoder.append(value) }
    }
  }
}

extension Parameter {
  private static func bools(_ values: some Sequence<Bool?>, _ count: Int) -> Parameter {
    ArrayEncoder.encode(.boolArray, .bool, count: count, payloadBytes: count) { encoder in
      for value in values { encoder.append(value.map { UInt8($0 ? 1 : 0) }) }
    }
  }

  private static func integers<I: FixedWidthInteger>(
    _ values: [I], _ type: PostgresType, _ element: PostgresType
  ) -> Parameter {
    ArrayEncoder.encode(type, element, count: values.count, payloadBytes: values.count * I.bitWidth / 8) { encoder in
      for value in values { encoder.append(value) }
    }
  }

  private static func integers<I: FixedWidthInteger>(
    _ values: [I?], _ type: PostgresType, _ element: PostgresType
  ) -> Parameter {
    ArrayEncoder.encode(type, element, count: values.count, payloadBytes: values.count * I.bitWidth / 8) { encoder in
      for value in values { encoder.append(value) }
    }
  }

  private static func uuids(_ values: some Sequence<PostgresUUID?>, _ count: Int) -> Parameter {
    ArrayEncoder.encode(.uuidArray, .uuid, count: count, payloadBytes: count * 16) { encoder in
      for value in values {
        guard let value else {
          encoder.appendNull()
          continue
        }
        encoder.store(Int32(16))
        encoder.store(value.high)
        encoder.store(value.low)
      }
    }
  }

  private static func timestamps(_ values: some Sequence<Int64?>, _ count: Int) -> Parameter {
    ArrayEncoder.encode(.timestamptzArray, .timestamptz, count: count, payloadBytes: count * 8) { encoder in
      for value in values {
        let microseconds = value.flatMap(PostgresTime.microseconds(unixMilliseconds:))
        if value != nil, microseconds == nil { encoder.flaw = PostgresTime.timestampFlaw }
        encoder.append(microseconds)
      }
    }
  }

  private static func dates(_ values: some Sequence<Int32?>, _ count: Int) -> Parameter {
    ArrayEncoder.encode(.dateArray, .date, count: count, payloadBytes: count * 4) { encoder in
      for value in values {
        let days = value.flatMap(PostgresTime.days(unixDays:))
        if value != nil, days == nil { encoder.flaw = PostgresTime.dateFlaw }
        encoder.append(days)
      }
    }
  }

  /// Texts, each after the byte `prefix` where there is one.
  private static func texts(_ values: some Sequence<String?>, _ count: Int, _ prefix: UInt8?) -> Parameter {
    let prefixBytes = prefix == nil ? 0 : 1
    let payload = values.reduce(0) { $0 + ($1.map { $0.utf8.count + prefixBytes } ?? 0) }
    let (type, element): (PostgresType, PostgresType) = prefix == nil ? (.textArray, .text) : (.jsonbArray, .jsonb)
    return ArrayEncoder.encode(type, element, count: count, payloadBytes: payload) { encoder in
      for value in values {
        guard var value else {
          encoder.appendNull()
          continue
        }
        value.withUTF8 { encoder.append(UnsafeRawBufferPointer($0), prefix: prefix) }
      }
    }
  }

  private static func byteas(_ values: some Sequence<[UInt8]?>, _ count: Int) -> Parameter {
    let payload = values.reduce(0) { $0 + ($1?.count ?? 0) }
    return ArrayEncoder.encode(.byteaArray, .bytea, count: count, payloadBytes: payload) { encoder in
      for value in values { encoder.append(value) }
    }
  }
}

/// Fills a buffer with the binary format of a one-dimensional array: dimensions, null flag, element type, length,
/// lower bound, then each element after its length in bytes (-1 for NULL); all 32 bits, big-endian.
private struct ArrayEncoder {
  private let buffer: UnsafeMutableRawBufferPointer
  private var used = 0
  private var hasNull = false
  var flaw: String?

  private init(_ buffer: UnsafeMutableRawBufferPointer) {
    self.buffer = buffer
  }

  /// `payloadBytes` is at least what the elements take without their lengths; `fill` appends exactly `count` elements.
  static func encode(
    _ type: PostgresType, _ element: PostgresType, count: Int, payloadBytes: Int, fill: (inout ArrayEncoder) -> Void
  ) -> Parameter {
    guard count <= PostgresLimits.arrayElementsMaximum, payloadBytes <= PostgresLimits.parameterBytesMaximum else {
      return Parameter(type: type, bytes: nil, flaw: "an array of \(count) elements, \(payloadBytes) bytes: too large")
    }
    let headerBytes = count == 0 ? 12 : 20
    var flaw: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: headerBytes + count * 4 + payloadBytes) { buffer, initialized in
      var encoder = ArrayEncoder(UnsafeMutableRawBufferPointer(buffer))
      encoder.store(Int32(count == 0 ? 0 : 1))
      encoder.store(Int32(0))
      encoder.store(element.rawValue)
      if count > 0 {
        encoder.store(Int32(count))
        encoder.store(Int32(1))
        fill(&encoder)
      }
      if encoder.hasNull {
        encoder.buffer.storeBytes(of: Int32(1).bigEndian, toByteOffset: 4, as: Int32.self)
      }
      initialized = encoder.used
      flaw = encoder.flaw
    }
    return Parameter(type: type, bytes: flaw == nil ? bytes : nil, flaw: flaw)
  }

  mutating func store(_ value: some FixedWidthInteger) {
    buffer.storeBytes(of: value.bigEndian, toByteOffset: used, as: type(of: value))
    used += value.bitWidth / 8
  }

  mutating func appendNull() {
    hasNull = true
    store(Int32(-1))
  }

  mutating func append(_ value: some FixedWidthInteger) {
    store(Int32(truncatingIfNeeded: value.bitWidth / 8))
    store(value)
  }

  mutating func append<I: FixedWidthInteger>(_ value: I?) {
    if let value { append(value) } else { appendNull() }
  }

  mutating func append(_ value: [UInt8]?) {
    guard let value else { return appendNull() }
    value.withUnsafeBytes { append($0, prefix: nil) }
  }

  /// `value` after the byte `prefix`, if any. The caller has bounded the sum of all lengths far below 2 GiB.
  mutating func append(_ value: UnsafeRawBufferPointer, prefix: UInt8?) {
    store(Int32(truncatingIfNeeded: value.count + (prefix == nil ? 0 : 1)))
    if let prefix { store(prefix) }
    UnsafeMutableRawBufferPointer(rebasing: buffer[used...]).copyMemory(from: value)
    used += value.count
  }
}
