import Foundation
import NotifierRules
import Policy
import ServiceKit

/// A list of values in a column of type `jsonb`.
struct JSONList<Element: Codable & Sendable>: SQLValue {
  var elements: [Element]

  static var sqlType: SQLType { .jsonb }

  init(_ elements: [Element]) {
    self.elements = elements
  }

  func encode(into bytes: inout [UInt8]) -> Bool {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // A list of texts always encodes.
    let text = (try? encoder.encode(elements)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    return JSONDocument(text).encode(into: &bytes)
  }

  init(cell: UnsafeRawBufferPointer?) throws(RowError) {
    let document = try JSONDocument(cell: cell)
    do {
      elements = try JSONDecoder().decode([Element].self, from: Data(document.text.utf8))
    } catch {
      throw .malformed(column: -1, type: "a list of \(Element.self)")
    }
  }
}

/// A contact method as the column holds it.
struct StoredMethod: Codable, Sendable {
  var kind: String
  var address: String

  init(_ method: ContactMethod) {
    kind = method.kind.rawValue
    address = method.address
  }

  /// Nil for a kind that this version does not know.
  var method: ContactMethod? { DeliveryMethod(rawValue: kind).map { ContactMethod(stored: $0, address: address) } }
}

/// A question after a closure as the column holds it.
struct StoredSurvey: Codable, Sendable {
  var closedMs: Int64
  var askMs: Int64
  var asked: Bool

  init(_ survey: TicketView.Survey) {
    closedMs = survey.closedAt.milliseconds
    askMs = survey.askAt.milliseconds
    asked = survey.isAsked
  }

  var survey: TicketView.Survey {
    TicketView.Survey(
      closedAt: Instant(milliseconds: closedMs), askAt: Instant(milliseconds: askMs), isAsked: asked)
  }
}

/// A customer's contact as the column holds it.
struct StoredContact: Codable, Sendable {
  var id: String
  var name: String
  var email: String

  init(_ contact: AccountView.Contact) {
    id = contact.id.description
    name = contact.name
    email = contact.email
  }

  var contact: AccountView.Contact? { ContactID(id).map { AccountView.Contact(id: $0, name: name, email: email) } }
}

/// A layer of a rota as the column holds it.
struct StoredLayer: Codable, Sendable {
  var name: String
  var zone: String
  var handover: String
  var turnDays: Int
  var startsMs: Int64
  var endsMs: Int64?
  var people: [String]
  var hours: [String]

  init(_ layer: RotaLayer) {
    name = layer.name
    zone = layer.zone
    handover = layer.handover.description
    turnDays = layer.turnDays
    startsMs = layer.starts.milliseconds
    endsMs = layer.ends?.milliseconds
    people = layer.people.map(\.description)
    hours = layer.hours.map(\.description)
  }

  var layer: RotaLayer {
    RotaLayer(
      name: name, zone: zone, handover: CivilTime(handover) ?? .midnight, turnDays: turnDays,
      starts: Instant(milliseconds: startsMs), ends: endsMs.map { Instant(milliseconds: $0) },
      people: people.compactMap { PersonID($0) }, hours: hours.compactMap { DutyHours($0) })
  }
}

/// An uncovered time that the desk was warned of as the column holds it; without `toMs`: as far as one can see.
struct StoredWarning: Codable, Sendable {
  var fromMs: Int64
  var toMs: Int64?
  var repeated: Bool
  /// True: nobody could be told by mail yet.
  var unsent: Bool?

  init(_ warning: RotaWarning) {
    fromMs = warning.from.milliseconds
    toMs = warning.to < .latest ? warning.to.milliseconds : nil
    repeated = warning.isRepeated
    unsent = warning.isUnsent ? true : nil
  }

  var warning: RotaWarning {
    RotaWarning(
      from: Instant(milliseconds: fromMs), to: toMs.map { Instant(milliseconds: $0) } ?? .latest, isRepeated: repeated,
      isUnsent: unsent ?? false)
  }
}
