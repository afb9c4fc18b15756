/// Why a text is no JSON.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// What is wrong.
  public let reason: String

  /// `line 3: …`.
  public var description: String { "line \(line): \(reason)" }
}

extension JSONValue {
  /// The deepest nesting that is read.
  public static let depthMax = 64

  /// Reads one JSON value (RFC 8259), the whole text. A key that stands twice in an object is an error.
  public init(parsing text: String) throws(JSONError) {
    var reader = JSONReader(Array(text.utf8))
    self = try reader.document()
  }
}

private struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try value(depth: 0)
    skipBlanks()
    guard position == bytes.count else { throw error("something follows the value") }
    return value
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func error(_ reason: String) -> JSONError {
    JSONError(line: 1 + bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") }, reason: reason)
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < JSONValue.depthMax else { throw error("nested deeper than \(JSONValue.depthMax) levels") }
    skipBlanks()
    guard let byte = next else { throw error("a value is missing") }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case _: return try word()
    }
  }

  private mutating func word() throws(JSONError) -> JSONValue {
    for (word, value) in [("true", JSONValue.flag(true)), ("false", .flag(false)), ("null", .null)]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw error("this is no JSON value")
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw error("a key in quotation marks is missing") }
      let key = try string()
      guard keys.insert(key).inserted else { throw error("the key \(key) stands here twice") }
      guard take(":") else { throw error("a colon is missing after the key \(key)") }
      members.append(JSONValue.Member(key, try value(depth: depth + 1)))
    } while take(",")
    guard take("}") else { throw error("a comma or } is missing") }
    return .object(members)
  }

  private mutating func list(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var items: [JSONValue] = []
    if take("]") { return .list([]) }
    repeat { items.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw error("a comma or ] is missing") }
    return .list(items)
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let digits = position
    skipDigits()
    guard position > digits else { throw error("a digit is missing") }
    guard position - digits == 1 || bytes[digits] != UInt8(ascii: "0") else {
      throw error("a number starts with no zero")
    }
    var whole = true
    if next == UInt8(ascii: ".") {
      whole = false
      position += 1
      let fraction = position
      skipDigits()
      guard position > fraction else { throw error("a digit is missing") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      whole = false
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      let exponent = position
      skipDigits()
      guard position > exponent else { throw error("a digit is missing") }
    }
    let spelling = String(decoding: bytes[start..<position], as: UTF8.self)
    if whole, let number = Int64(spelling) { return .integer(number) }
    if whole, let number = UInt64(spelling) { return .unsigned(number) }
    return .other(spelling)
  }

  private mutating func skipDigits() {
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
  }

  private mutating func string() throws(JSONError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else { throw error("a text is no UTF-8") }
        return string
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw error("a control character stands in a text; write \\n and the like")
      case _: text.append(byte)
      }
    }
    throw error("the closing quotation mark is missing")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard let byte = next else { throw error("an escape is cut off") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "u"):
      var unit = try hexUnit()
      if (0xd800..<0xdc00).contains(unit) {
        guard next == UInt8(ascii: "\\") else { throw error("half a surrogate pair") }
        position += 1
        guard next == UInt8(ascii: "u") else { throw error("half a surrogate pair") }
        position += 1
        let low = try hexUnit()
        guard (0xdc00..<0xe000).contains(low) else { throw error("half a surrogate pair") }
        unit = 0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00)
      }
      guard let scalar = Unicode.Scalar(unit) else { throw error("half a surrogate pair") }
      text.append(contentsOf: String(Character(scalar)).utf8)
    case _: throw error("there is no such escape")
    }
  }

  private mutating func hexUnit() throws(JSONError) -> UInt32 {
    guard position + 4 <= bytes.count,
      let unit = UInt32(String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
    else { throw error("four hexadecimal digits are missing") }
    position += 4
    return unit
  }
}
