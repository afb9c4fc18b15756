// Arrays in results. They are small lists that belong to a row (the lines of a charge, the members of a rota); rows
// themselves come as rows.
extension Row {
  /// `bigint[]` of one dimension; a NULL element throws.
  public func int64s(_ column: Int) throws(PostgresError) -> [Int64] {
    try elements(column, .int8Array, .int8, length: 8) { $0.bigEndian(Int64.self, at: 0) }
  }

  /// `integer[]` of one dimension; a NULL element throws.
  public func int32s(_ column: Int) throws(PostgresError) -> [Int32] {
    try elements(column, .int4Array, .int4, length: 4) { $0.bigEndian(Int32.self, at: 0) }
  }

  /// `uuid[]` of one dimension; a NULL element throws.
  public func uuids(_ column: Int) throws(PostgresError) -> [PostgresUUID] {
    try elements(column, .uuidArray, .uuid, length: 16) {
      PostgresUUID(high: $0.bigEndian(UInt64.self, at: 0), low: $0.bigEndian(UInt64.self, at: 8))
    }
  }

  /// `text[]` of one dimension; a NULL element throws.
  public func texts(_ column: Int) throws(PostgresError) -> [String] {
    try elements(column, .textArray, .text, length: nil) { String(validating: $0, as: UTF8.self) }
  }

  /// `bytea[]` of one dimension; a NULL element throws.
  public func byteas(_ column: Int) throws(PostgresError) -> [[UInt8]] {
    try elements(column, .byteaArray, .bytea, length: nil) { Array($0) }
  }

  /// The elements of an array in the binary format of arrays (see `ArrayEncoder`), each step checked against what is left.
  private func elements<Element>(
    _ column: Int, _ type: PostgresType, _ element: PostgresType, length: Int?,
    decode: (UnsafeRawBufferPointer) -> Element?
  ) throws(PostgresError) -> [Element] {
    let bytes = try required(column, cell(column, type))
    let malformed = failure(column, "a malformed \(type)")
    guard bytes.count >= 12 else { throw malformed }
    let dimensions = bytes.bigEndian(Int32.self, at: 0)
    guard bytes.bigEndian(UInt32.self, at: 8) == element.rawValue else { throw malformed }
    if dimensions == 0 { return [] }
    guard dimensions == 1 else { throw failure(column, "\(dimensions) dimensions where one is expected") }
    guard bytes.count >= 20 else { throw malformed }
    let count = Int(bytes.bigEndian(Int32.self, at: 12))
    // Each element takes at least the four bytes of its length: this bounds the allocation below.
    guard count >= 0, count <= (bytes.count - 20) / 4 else { throw malformed }
    var elements: [Element] = []
    elements.reserveCapacity(count)
    var offset = 20
    for _ in 0..<count {
      guard bytes.count - offset >= 4 else { throw malformed }
      let size = Int(bytes.bigEndian(Int32.self, at: offset))
      offset += 4
      if size == -1 { throw failure(column, "a NULL element where a value is expected") }
      guard size >= 0, size <= bytes.count - offset, length == nil || length == size else { throw malformed }
      guard let value = decode(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + size])) else { throw malformed }
      elements.append(value)
      offset += size
    }
    guard offset == bytes.count else { throw malformed }
    return elements
  }
}
