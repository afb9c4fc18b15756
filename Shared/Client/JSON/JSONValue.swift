/// A JSON value whose members keep their order.
///
/// Whole numbers are exact; a number with a fraction or an exponent keeps its spelling, since no field of the schema has
/// one.
public indirect enum JSONValue: Sendable, Hashable {
  /// `null`.
  case null
  /// `true` or `false`.
  case flag(Bool)
  /// A whole number.
  case integer(Int64)
  /// A whole number over `Int64.max`.
  case unsigned(UInt64)
  /// A number that is not whole, as it was written.
  case other(String)
  /// A text.
  case text(String)
  /// A list.
  case list([JSONValue])
  /// Members in order, with distinct keys.
  case object([Member])

  /// A named value of an object.
  public struct Member: Sendable, Hashable {
    /// Its name.
    public let key: String
    /// Its value.
    public var value: JSONValue

    /// A member.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The member of an object with this key; nil where there is none, or for what is no object.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The value at a path such as `ticket.targets[0].missed`; nil where nothing is there.
  ///
  /// Brackets hold a position in a list, negative from its end, or `key=text`: the first item whose member `key` reads so.
  public func value(at path: String) -> JSONValue? {
    var value = self
    var rest = path[...]
    while let first = rest.first {
      let next: JSONValue?
      if first == "[" {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        next = value.item(rest[rest.index(after: rest.startIndex)..<end])
        rest = rest[rest.index(after: end)...]
      } else {
        let key = rest.prefix { $0 != "." && $0 != "[" }
        next = value[String(key)]
        rest = rest.dropFirst(key.count)
      }
      guard let next else { return nil }
      value = next
      if rest.first == "." { rest = rest.dropFirst() }
    }
    return value
  }

  private func item(_ place: Substring) -> JSONValue? {
    guard case .list(let items) = self else { return nil }
    if let equals = place.firstIndex(of: "=") {
      let (key, text) = (String(place[..<equals]), String(place[place.index(after: equals)...]))
      return items.first { $0[key]?.plain == text }
    }
    guard let index = Int(place) else { return nil }
    let position = index < 0 ? items.count + index : index
    guard items.indices.contains(position) else { return nil }
    return items[position]
  }

  /// Puts `value` at a path of object keys such as `time.from`, making objects on the way.
  public mutating func set(_ value: JSONValue, at path: String) {
    let (key, rest) = Self.cut(path)
    var members: [Member] = if case .object(let members) = self { members } else { [] }
    let index = members.firstIndex { $0.key == key }
    var inner = index.map { members[$0].value } ?? .object([])
    if let rest { inner.set(value, at: rest) } else { inner = value }
    if let index { members[index].value = inner } else { members.append(Member(key, inner)) }
    self = .object(members)
  }

  private static func cut(_ path: String) -> (key: String, rest: String?) {
    guard let dot = path.firstIndex(of: ".") else { return (path, nil) }
    return (String(path[..<dot]), String(path[path.index(after: dot)...]))
  }

  /// A scalar as people read it (`550`, `true`, the text itself, nothing for null); compact JSON for the rest.
  public var plain: String {
    switch self {
    case .null: ""
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .unsigned(let number): String(number)
    case .other(let number): number
    case .text(let text): text
    case .list, .object: compact
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A flag.
  public init(booleanLiteral value: Bool) { self = .flag(value) }
  /// A list.
  public init(arrayLiteral elements: JSONValue...) { self = .list(elements) }
  /// An object, in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
  /// Null.
  public init(nilLiteral: ()) { self = .null }
}

extension JSONValue {
  /// On one line, without blanks.
  public var compact: String {
    var text = ""
    write(into: &text, indent: nil, level: 0)
    return text
  }

  /// Over several lines, two blanks a level.
  public var pretty: String {
    var text = ""
    write(into: &text, indent: 2, level: 0)
    return text
  }

  private func write(into text: inout String, indent: Int?, level: Int) {
    switch self {
    case .null: text += "null"
    case .flag(let flag): text += flag ? "true" : "false"
    case .integer(let number): text += String(number)
    case .unsigned(let number): text += String(number)
    case .other(let number): text += number
    case .text(let string): Self.write(string, into: &text)
    case .list(let items):
      Self.write(items, open: "[", close: "]", into: &text, indent: indent, level: level) { item, text in
        item.write(into: &text, indent: indent, level: level + 1)
      }
    case .object(let members):
      Self.write(members, open: "{", close: "}", into: &text, indent: indent, level: level) { member, text in
        Self.write(member.key, into: &text)
        text += indent == nil ? ":" : ": "
        member.value.write(into: &text, indent: indent, level: level + 1)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], open: String, close: String, into text: inout String, indent: Int?, level: Int,
    item: (Item, inout String) -> Void
  ) {
    text += open
    guard !items.isEmpty else {
      text += close
      return
    }
    for (index, one) in items.enumerated() {
      if index > 0 { text += "," }
      if let indent { text += "\n" + String(repeating: " ", count: indent * (level + 1)) }
      item(one, &text)
    }
    if let indent { text += "\n" + String(repeating: " ", count: indent * level) }
    text += close
  }

  private static func write(_ string: String, into text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7f:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      case _: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
