public import Policy
public import Wire

/// Why a value cannot be made into a message, or bytes not into a value.
public struct MessageCodingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The field, as a path of keys; empty for the message itself.
  public let path: String
  /// What is wrong, and what would be right.
  public let reason: String

  /// An error at a field.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// `path: reason`.
  public var description: String { path.isEmpty ? reason : "\(path): \(reason)" }
}

/// Makes messages from JSON as people write it, and back.
///
/// Keys are those of ``FieldShape/key``: the schema's names, an instant without `_ms`. Ids are UUIDs in text, instants ISO
/// 8601 in UTC, other bytes hexadecimal, documents text. Facts are an object (`{"mode": "onsite", "resolved": true}`). What
/// is not given is `null`, so a reply always has all of its keys. On the way in, numbers and flags may be texts, an
/// interval may be `FROM/TO`, and a contact method `kind:address`.
public struct MessageCoding: Sendable {
  /// Reads an instant as people write it.
  public let instant: @Sendable (String) -> Instant?
  /// Writes one.
  public let instantText: @Sendable (Instant) -> String
  /// What ``instant`` reads, for people who wrote something else.
  public let instantForm: String

  /// A coding; the closures let a program read and show civil time.
  public init(
    instant: @escaping @Sendable (String) -> Instant? = { Instant($0) },
    instantText: @escaping @Sendable (Instant) -> String = { $0.description },
    instantForm: String = "an instant such as 2026-08-03T09:00:00+08:00"
  ) {
    self.instant = instant
    self.instantText = instantText
    self.instantForm = instantForm
  }

  /// The encoding of the message of `shape` that `value` describes.
  public func encode(_ value: JSONValue, as shape: MessageShape) throws(MessageCodingError) -> [UInt8] {
    var out = WireWriter()
    try write(value, as: shape, path: "", into: &out)
    return out.bytes
  }

  private func write(
    _ value: JSONValue, as shape: MessageShape, path: String, into out: inout WireWriter
  ) throws(MessageCodingError) {
    guard case .object(let members) = shorthand(value, of: shape.name) else {
      throw MessageCodingError(path: path, reason: "an object with the fields of \(shape.name) is expected")
    }
    for member in members where !shape.fields.contains(where: { $0.key == member.key }) {
      throw MessageCodingError(
        path: Self.join(path, member.key),
        reason: "\(shape.name) has no such field; it has " + shape.fields.map(\.key).joined(separator: ", "))
    }
    for field in shape.fields {
      guard let member = members.first(where: { $0.key == field.key }), member.value != .null else { continue }
      let path = Self.join(path, field.key)
      if field.isRepeated {
        let items = try items(of: member.value, in: field, path: path)
        for (index, item) in items.enumerated() {
          try write(item, field: field, path: "\(path)[\(index)]", into: &out)
        }
      } else {
        try write(member.value, field: field, path: path, into: &out)
      }
    }
  }

  private func items(
    of value: JSONValue, in field: FieldShape, path: String
  ) throws(MessageCodingError) -> [JSONValue] {
    switch value {
    case .list(let items): return items
    case .object(let members) where field.kind == .message("Fact"):
      var facts: [JSONValue] = []
      for member in members { facts.append(try fact(member, path: path)) }
      return facts
    case .null, .flag, .integer, .unsigned, .other, .text, .object: return [value]
    }
  }

  private func write(
    _ value: JSONValue, field: FieldShape, path: String, into out: inout WireWriter
  ) throws(MessageCodingError) {
    func fail(_ expected: String) -> MessageCodingError {
      MessageCodingError(path: path, reason: "\(expected) is expected, not \(value.compact)")
    }
    switch field.kind {
    case .text:
      switch value {
      case .text, .integer, .unsigned, .other, .flag: out.bytes(Array(value.plain.utf8), field: field.number)
      case .null, .list, .object: throw fail("a text")
      }
    case .flag:
      guard let flag = Bool(value.plain) else { throw fail("true or false") }
      out.varint(flag ? 1 : 0, field: field.number)
    case .int32:
      guard let number = Int32(value.plain) else { throw fail("a whole number") }
      out.varint(UInt64(bitPattern: Int64(number)), field: field.number)
    case .int64:
      guard let number = Int64(value.plain) else { throw fail("a whole number") }
      out.varint(UInt64(bitPattern: number), field: field.number)
    case .uint32:
      guard let number = UInt32(value.plain) else { throw fail("a whole number, 0 or more") }
      out.varint(UInt64(number), field: field.number)
    case .uint64:
      guard let number = UInt64(value.plain) else { throw fail("a whole number, 0 or more") }
      out.varint(number, field: field.number)
    case .instant:
      guard case .text(let text) = value, let instant = instant(text) else {
        throw fail(instantForm)
      }
      out.varint(UInt64(bitPattern: instant.milliseconds), field: field.number)
    case .uuid:
      guard case .text(let text) = value else { throw fail("an id (a UUID in lower case)") }
      if text.isEmpty { return }
      guard let id = TenantBytes(text: text) else { throw fail("an id (a UUID in lower case)") }
      out.bytes(id.bytes, field: field.number)
    case .hex:
      guard let bytes = Hexadecimal.bytes(value.plain) else { throw fail("an even number of hexadecimal digits") }
      out.bytes(bytes, field: field.number)
    case .document:
      guard case .text(let text) = value else { throw fail("a text") }
      out.bytes(Array(text.utf8), field: field.number)
    case .message(let name):
      guard let shape = MessageShape.all[name] else { throw fail("something that the schema has") }
      var inner = WireWriter()
      try write(value, as: shape, path: path, into: &inner)
      out.bytes(inner.bytes, field: field.number)
    }
  }

  /// What people may write short, written out.
  private func shorthand(_ value: JSONValue, of message: String) -> JSONValue {
    guard case .text(let text) = value else { return value }
    switch message {
    case "Interval":
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      return parts.count == 2 ? ["from": .text(parts[0]), "to": .text(parts[1])] : value
    case "ContactMethod":
      guard let colon = text.firstIndex(of: ":") else { return value }
      return ["kind": .text(String(text[..<colon])), "address": .text(String(text[text.index(after: colon)...]))]
    case _: return value
    }
  }

  /// The fact that a member of an object of facts states. The vocabulary says what shape a known fact has.
  private func fact(_ member: JSONValue.Member, path: String) throws(MessageCodingError) -> JSONValue {
    func fail(_ reason: String) -> MessageCodingError {
      MessageCodingError(path: Self.join(path, member.key), reason: reason)
    }
    let name = JSONValue.Member("name", .text(member.key))
    guard let known = FactName(rawValue: member.key) else {
      switch member.value {
      case .flag: return .object([name, .init("flag", member.value)])
      case .integer: return .object([name, .init("number", member.value)])
      case .list: return .object([name, .init("list", ["items": member.value])])
      case .null, .unsigned, .other, .text, .object: return .object([name, .init("text", member.value)])
      }
    }
    switch known.shape {
    case .text: return .object([name, .init("text", member.value)])
    case .flag: return .object([name, .init("flag", member.value)])
    case .instant: return .object([name, .init("instant", member.value)])
    case .list:
      let items: JSONValue = if case .list = member.value { member.value } else { .list([member.value]) }
      return .object([name, .init("list", ["items": items])])
    }
  }

  static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

/// Bytes in hexadecimal text.
enum Hexadecimal {
  static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  static func text(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

/// Writes fields of a Protocol Buffers message.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func varint(_ value: UInt64, field: UInt32) {
    append(UInt64(field) << 3)
    append(value)
  }

  mutating func bytes(_ value: [UInt8], field: UInt32) {
    append(UInt64(field) << 3 | 2)
    append(UInt64(value.count))
    bytes += value
  }

  private mutating func append(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
