import Foundation
import LedgerRules
import Policy
import ServiceKit

/// A list in a column of type `jsonb`. It is written without Foundation, for a charge writes two of them.
struct StoredList<Element: StoredElement>: SQLValue {
  var elements: [Element]

  static var sqlType: SQLType { .jsonb }

  init(_ elements: [Element]) {
    self.elements = elements
  }

  func encode(into bytes: inout [UInt8]) -> Bool {
    var json = JSONText()
    json.raw("[")
    for (index, element) in elements.enumerated() {
      if index > 0 { json.raw(",") }
      element.write(to: &json)
    }
    json.raw("]")
    return JSONDocument(json.text).encode(into: &bytes)
  }

  init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    let document = try JSONDocument(cell: cell)
    guard let stored = try? JSONDecoder().decode([Element.Stored].self, from: Data(document.text.utf8)) else {
      throw .malformed(column: -1, type: "a list of \(Element.self)")
    }
    elements = []
    elements.reserveCapacity(stored.count)
    for item in stored {
      guard let element = Element(stored: item) else {
        throw .malformed(column: -1, type: "a list of \(Element.self)")
      }
      elements.append(element)
    }
  }
}

/// What a stored list holds.
protocol StoredElement: Sendable {
  associatedtype Stored: Decodable
  init?(stored: Stored)
  func write(to json: inout JSONText)
}

/// JSON as it is written.
struct JSONText {
  private(set) var text = ""

  mutating func raw(_ literal: StaticString) { text += literal.description }

  mutating func number(_ value: Int64) { text += String(value) }

  /// A string with what JSON asks to be escaped (RFC 8259, section 7). PostgreSQL's `jsonb` cannot hold U+0000.
  mutating func string(_ value: String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{0}": continue
      case "\u{1}"..."\u{1f}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      case _: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

extension JournalLine: StoredElement {
  struct Stored: Decodable {
    var kind: String
    var clause: String
    var text: String
    var units: Int64
    var arithmetic: String
  }

  init?(stored: Stored) {
    guard let kind = Kind(rawValue: stored.kind), let units = Amount(stored.units) else { return nil }
    self.init(
      kind: kind, clause: stored.clause, text: stored.text, units: units, arithmetic: stored.arithmetic)
  }

  func write(to json: inout JSONText) {
    json.raw("{\"kind\":")
    json.string(kind.rawValue)
    json.raw(",\"clause\":")
    json.string(clause)
    json.raw(",\"text\":")
    json.string(text)
    json.raw(",\"units\":")
    json.number(units.units)
    json.raw(",\"arithmetic\":")
    json.string(arithmetic)
    json.raw("}")
  }
}

extension Draw: StoredElement {
  struct Stored: Decodable {
    var lot: String
    var units: Int64
  }

  init?(stored: Stored) {
    guard let lot = LotID(stored.lot), let units = Amount(stored.units) else { return nil }
    self.init(lot: lot, units: units)
  }

  func write(to json: inout JSONText) {
    json.raw("{\"lot\":")
    json.string(lot.description)
    json.raw(",\"units\":")
    json.number(units.units)
    json.raw("}")
  }
}

extension String: StoredElement {
  typealias Stored = String

  init?(stored: String) { self = stored }

  func write(to json: inout JSONText) { json.string(self) }
}

extension Instant: StoredElement {
  typealias Stored = Int64

  /// Milliseconds since the epoch.
  init?(stored: Int64) { self.init(validating: stored) }

  func write(to json: inout JSONText) { json.number(milliseconds) }
}

extension ID: StoredElement {
  typealias Stored = String

  init?(stored: String) { self.init(stored) }

  func write(to json: inout JSONText) { json.string(description) }
}
