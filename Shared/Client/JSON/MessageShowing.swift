internal import Policy
public import Wire

extension MessageCoding {
  /// The message of `shape` that `bytes` encode, as people read it. Fields that the shape lacks are left out.
  public func decode(_ bytes: [UInt8], as shape: MessageShape) throws(MessageCodingError) -> JSONValue {
    try decode(bytes[...], as: shape, path: "", depth: 0)
  }

  private func decode(
    _ bytes: ArraySlice<UInt8>, as shape: MessageShape, path: String, depth: Int
  ) throws(MessageCodingError) -> JSONValue {
    guard depth < JSONValue.depthMax else { throw MessageCodingError(path: path, reason: "nested too deep") }
    var values: [UInt32: [JSONValue]] = [:]
    var reader = WireReader(bytes)
    while !reader.isAtEnd {
      guard let (number, raw) = reader.next() else {
        throw MessageCodingError(path: path, reason: "these bytes are no \(shape.name)")
      }
      guard let field = shape.fields.first(where: { $0.number == number }) else { continue }
      let path = Self.join(path, field.key)
      values[number, default: []] += try show(raw, field: field, path: path, depth: depth)
    }
    var members: [JSONValue.Member] = []
    for field in shape.fields {
      let found = values[field.number] ?? []
      members.append(JSONValue.Member(field.key, Self.collected(found, of: field)))
    }
    return .object(members)
  }

  /// A field's values as one: a list, the facts of an object, the last one given, or what stands for nothing.
  private static func collected(_ found: [JSONValue], of field: FieldShape) -> JSONValue {
    if field.isRepeated {
      guard field.kind == .message("Fact") else { return .list(found) }
      return .object(
        found.map { fact in
          let value = ["text", "number", "flag", "instant"].compactMap { fact[$0] }.first { $0 != .null }
          return JSONValue.Member(fact["name"]?.plain ?? "", value ?? fact.value(at: "list.items") ?? .null)
        })
    }
    if let last = found.last { return last }
    guard field.presence == .implicit else { return .null }
    switch field.kind {
    case .text, .document: return .text("")
    case .flag: return .flag(false)
    case .int32, .int64, .uint32, .uint64: return .integer(0)
    case .instant, .uuid, .hex, .message: return .null
    }
  }

  private func show(
    _ raw: WireReader.Value, field: FieldShape, path: String, depth: Int
  ) throws(MessageCodingError) -> [JSONValue] {
    let fail = MessageCodingError(path: path, reason: "the field has another type than the schema says")
    switch (field.kind, raw) {
    case (.flag, .varint(let value)): return [.flag(value != 0)]
    case (.int32, .varint(let value)), (.int64, .varint(let value)): return [.integer(Int64(bitPattern: value))]
    case (.uint32, .varint(let value)), (.uint64, .varint(let value)):
      return [Int64(exactly: value).map { .integer($0) } ?? .unsigned(value)]
    case (.instant, .varint(let value)): return [showInstant(Int64(bitPattern: value))]
    case (.text, .bytes(let bytes)), (.document, .bytes(let bytes)):
      return [.text(String(decoding: bytes, as: UTF8.self))]
    case (.uuid, .bytes(let bytes)):
      if bytes.isEmpty { return [.null] }
      return [.text(TenantBytes(bytes).map(\.text) ?? Hexadecimal.text(bytes))]
    case (.hex, .bytes(let bytes)): return [bytes.isEmpty ? .null : .text(Hexadecimal.text(bytes))]
    case (.message(let name), .bytes(let bytes)):
      guard let shape = MessageShape.all[name] else { throw fail }
      return [try decode(bytes, as: shape, path: path, depth: depth + 1)]
    case (_, .bytes(let bytes)) where field.isRepeated:
      // Repeated numbers stand packed in one run of bytes.
      var reader = WireReader(bytes)
      var values: [JSONValue] = []
      while !reader.isAtEnd {
        guard let value = reader.varint() else { throw fail }
        values += try show(.varint(value), field: field, path: path, depth: depth)
      }
      return values
    case (_, _): throw fail
    }
  }

  private func showInstant(_ milliseconds: Int64) -> JSONValue {
    guard milliseconds != 0 else { return .null }
    guard let instant = Instant(validating: milliseconds) else { return .integer(milliseconds) }
    return .text(instantText(instant))
  }
}

/// Reads fields of a Protocol Buffers message.
struct WireReader {
  enum Value {
    case varint(UInt64)
    case bytes(ArraySlice<UInt8>)
    /// A fixed-width number, which the schema does not use.
    case skipped
  }

  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The next field's number and value; nil where the bytes are malformed.
  mutating func next() -> (UInt32, Value)? {
    guard let tag = varint(), let number = UInt32(exactly: tag >> 3), number > 0 else { return nil }
    switch tag & 7 {
    case 0: return varint().map { (number, .varint($0)) }
    case 1: return take(8).map { _ in (number, .skipped) }
    case 2: return varint().flatMap { Int(exactly: $0) }.flatMap { take($0) }.map { (number, .bytes($0)) }
    case 5: return take(4).map { _ in (number, .skipped) }
    case _: return nil
    }
  }

  mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = rest.popFirst() else { return nil }
      if shift == 63, byte > 1 { return nil }
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }

  private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= rest.count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
