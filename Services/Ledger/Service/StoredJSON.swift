import Foundation
import LedgerRules
import Policy
import ServiceKit

/// A list in a column of type `json`, which keeps the text as it is. It is written without Foundation, for a charge writes
/// two of them.
struct StoredList<Element: StoredElement>: SQLValue {
  var elements: [Element]

  static var sqlType: SQLType { .json }

  init(_ elements: [Element]) {
    self.elements = elements
  }

  func encode(into bytes: inout [UInt8]) -> Bool {
    var json = JSONText(bytes)
    bytes = []
    json.raw("[")
    for (index, element) in elements.enumerated() {
      if index > 0 { json.raw(",") }
      element.write(to: &json)
    }
    json.raw("]")
    bytes = json.bytes
    return true
  }

  init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    guard let cell else { throw .null(column: -1) }
    guard let stored = try? JSONDecoder().decode([Element.Stored].self, from: Data(cell)) else {
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

/// JSON as it is written, UTF-8.
struct JSONText {
  private(set) var bytes: [UInt8]

  /// Goes on after `bytes`.
  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func raw(_ literal: StaticString) {
    bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  mutating func number(_ value: Int64) { bytes.append(contentsOf: String(value).utf8) }

  /// A string with what JSON asks to be escaped (RFC 8259, section 7).
  mutating func string(_ value: String) {
    var value = value
    bytes.append(UInt8(ascii: "\""))
    value.withUTF8 { utf8 in
      // Most strings are what they are.
      if utf8.allSatisfy(Self.isPlain) { bytes.append(contentsOf: utf8) } else { escape(utf8) }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func escape(_ utf8: UnsafeBufferPointer<UInt8>) {
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0...0x1f:
        raw("\\u00")
        let hex = String(byte, radix: 16)
        if hex.utf8.count == 1 { raw("0") }
        bytes.append(contentsOf: hex.utf8)
      case _: bytes.append(byte)
      }
    }
  }
}

extension JournalLine: StoredElement {
  struct Stored: Decodable {
    var kind: String
    var clause: String
    var text: String
    var units: Int64
    var arithmetic: String
    var inputs: [String]?
  }

  init?(stored: Stored) {
    guard let kind = Kind(rawValue: stored.kind), let units = Amount(stored.units) else { return nil }
    self.init(
      kind: kind, clause: stored.clause, text: stored.text, units: units, arithmetic: stored.arithmetic,
      inputs: stored.inputs ?? [])
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
    if !inputs.isEmpty {
      json.raw(",\"inputs\":[")
      for (index, input) in inputs.enumerated() {
        if index > 0 { json.raw(",") }
        json.string(input)
      }
      json.raw("]")
    }
    json.raw("}")
  }
}

extension Draw: StoredElement {
  struct Stored: Decodable {
    var lot: String
    var units: Int64
    var expiresMs: Int64?
  }

  init?(stored: Stored) {
    guard let lot = LotID(stored.lot), let units = Amount(stored.units) else { return nil }
    self.init(lot: lot, units: units, expiresAt: stored.expiresMs.flatMap { Instant(validating: $0) })
  }

  func write(to json: inout JSONText) {
    json.raw("{\"lot\":")
    json.string(lot.description)
    json.raw(",\"units\":")
    json.number(units.units)
    if let expiresAt {
      json.raw(",\"expiresMs\":")
      json.number(expiresAt.milliseconds)
    }
    json.raw("}")
  }
}

extension StatementLot: StoredElement {
  struct Stored: Decodable {
    var lot: String
    var package: String
    var unit: String?
    var granted: Int64
    var grantedMs: Int64
    var expiresMs: Int64?
    var remaining: Int64
  }

  init?(stored: Stored) {
    guard let lot = LotID(stored.lot), let granted = Amount(stored.granted), let remaining = Amount(stored.remaining),
      let grantedAt = Instant(validating: stored.grantedMs)
    else { return nil }
    self.init(
      id: lot, package: stored.package, furtherUnit: stored.unit, granted: granted, grantedAt: grantedAt,
      expiresAt: stored.expiresMs.flatMap { Instant(validating: $0) }, remaining: remaining)
  }

  func write(to json: inout JSONText) {
    json.raw("{\"lot\":")
    json.string(id.description)
    json.raw(",\"package\":")
    json.string(package)
    if let furtherUnit {
      json.raw(",\"unit\":")
      json.string(furtherUnit)
    }
    json.raw(",\"granted\":")
    json.number(granted.units)
    json.raw(",\"grantedMs\":")
    json.number(grantedAt.milliseconds)
    if let expiresAt {
      json.raw(",\"expiresMs\":")
      json.number(expiresAt.milliseconds)
    }
    json.raw(",\"remaining\":")
    json.number(remaining.units)
    json.raw("}")
  }
}

extension UnitAmount: StoredElement {
  struct Stored: Decodable {
    var unit: String
    var units: Int64
  }

  init?(stored: Stored) {
    guard let units = Amount(stored.units) else { return nil }
    self.init(unit: stored.unit, units: units)
  }

  func write(to json: inout JSONText) {
    json.raw("{\"unit\":")
    json.string(unit)
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
