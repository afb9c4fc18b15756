import Foundation
import IntakeRules
import Policy
import ServiceKit

/// How a value inside a ticket is written in a `jsonb` column. The names are part of the schema of the database.
protocol StoredValue: Codable {
  associatedtype Value
  init(_ value: Value)
  /// Nil if what is stored cannot be such a value.
  var value: Value? { get }
}

extension JSONDocument {
  private static let none = JSONDocument("[]")

  /// A list of values, each as `Stored` writes it.
  init<Stored: StoredValue>(_ values: [Stored.Value], as: Stored.Type) {
    self = values.isEmpty ? .none : JSONDocument(encoding: values.map(Stored.init))
  }

  /// The values of a list.
  func values<Stored: StoredValue>(as: Stored.Type) throws(RowError) -> [Stored.Value] {
    if self == .none { return [] }
    var values: [Stored.Value] = []
    for stored in try decoded(as: [Stored].self) {
      guard let value = stored.value else { throw .malformed(column: -1, type: "\(Stored.self)") }
      values.append(value)
    }
    return values
  }

  /// A list of words.
  init(words: [String]) {
    self = words.isEmpty ? .none : JSONDocument(encoding: words)
  }

  /// The words of a list.
  func words() throws(RowError) -> [String] { self == .none ? [] : try decoded(as: [String].self) }

  /// A value as JSON. The stored types hold texts, whole numbers and truth values only, which JSON can always hold.
  init(encoding value: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    self.init((try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null")
  }

  /// The value that this is the JSON of.
  func decoded<Value: Decodable>(as: Value.Type = Value.self) throws(RowError) -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch {
      throw .malformed(column: -1, type: "\(Value.self)")
    }
  }
}

struct StoredTarget: StoredValue {
  let id: String
  let metBy: String
  let dispatchedMetBy: String?
  let dueMs: Int64
  let metMs: Int64?
  let missed: Bool

  init(_ target: TargetStatus) {
    id = target.id
    metBy = target.metBy.rawValue
    dispatchedMetBy = target.dispatchedMetBy?.rawValue
    dueMs = target.due.milliseconds
    metMs = target.metAt?.milliseconds
    missed = target.isMissed
  }

  var value: TargetStatus? {
    guard let metBy = Milestone(rawValue: metBy) else { return nil }
    return TargetStatus(
      id: id, metBy: metBy, dispatchedMetBy: dispatchedMetBy.flatMap(Milestone.init(rawValue:)),
      due: Instant(milliseconds: dueMs), metAt: metMs.map(Instant.init(milliseconds:)), isMissed: missed)
  }
}

struct StoredConsent: StoredValue {
  let gate: String
  let block: Int64
  let contactID: String
  let granted: Bool
  let note: String
  let atMs: Int64
  let stretch: Int64

  init(_ decision: ConsentDecision) {
    gate = decision.gate.rawValue
    block = decision.block
    contactID = decision.contactID.description
    granted = decision.isGranted
    note = decision.note
    atMs = decision.at.milliseconds
    stretch = decision.stretch
  }

  var value: ConsentDecision? {
    guard let gate = ConsentDecision.Gate(rawValue: gate), let contact = ContactID(contactID) else { return nil }
    return ConsentDecision(
      gate: gate, block: block, contactID: contact, isGranted: granted, note: note, at: Instant(milliseconds: atMs),
      stretch: stretch)
  }
}

struct StoredInterval: StoredValue {
  let fromMs: Int64
  let toMs: Int64

  init(_ interval: WorkInterval) {
    fromMs = interval.from.milliseconds
    toMs = interval.to.milliseconds
  }

  var value: WorkInterval? {
    WorkInterval(from: Instant(milliseconds: fromMs), to: Instant(milliseconds: toMs))
  }
}

struct StoredRelation: StoredValue {
  let kind: String
  let ticketID: String
  let number: Int64
  let stretch: Int64
  let version: Int64

  init(_ relation: TicketRelation) {
    kind = relation.kind.rawValue
    ticketID = relation.ticketID.description
    number = relation.number
    stretch = relation.stretch
    version = relation.version
  }

  var value: TicketRelation? {
    guard let kind = TicketRelation.Kind(rawValue: kind), let ticketID = TicketID(ticketID) else { return nil }
    return TicketRelation(kind: kind, ticketID: ticketID, number: number, stretch: stretch, version: version)
  }
}

struct StoredWorkID: StoredValue {
  let id: String

  init(_ id: WorkID) {
    self.id = id.description
  }

  var value: WorkID? { WorkID(id) }
}

struct StoredPart: StoredValue {
  let name: String
  let price: Int64
  let minutes: Int64
  let stretch: Int64

  init(_ part: Part) {
    name = part.name
    price = part.price
    minutes = part.minutes
    stretch = part.stretch
  }

  var value: Part? { Part(name: name, price: price, minutes: minutes, stretch: stretch) }
}

struct StoredClause: StoredValue {
  let id: String
  let text: String
  let referral: String?
  let looked: [String]
  let remedy: String

  init(_ clause: FailedClause) {
    id = clause.id
    text = clause.text
    referral = clause.referral
    looked = clause.looked
    remedy = clause.remedy
  }

  var value: FailedClause? {
    FailedClause(id: id, text: text, referral: referral, looked: looked, remedy: remedy)
  }
}

struct StoredInstant: StoredValue {
  let atMs: Int64

  init(_ instant: Instant) { atMs = instant.milliseconds }

  var value: Instant? { Instant(milliseconds: atMs) }
}

struct StoredCharges: StoredValue {
  struct Line: Codable {
    let clause: String
    let kind: String
    let amount: Int64
    let text: String
    let arithmetic: String
    let inputs: [String]
  }

  let held: Int64
  let charged: Int64
  let unsettled: Int64
  let lines: [Line]

  init(_ charges: TicketCharges) {
    held = charges.held
    charged = charges.charged
    unsettled = charges.unsettled
    lines = charges.lines.map {
      Line(
        clause: $0.clause, kind: $0.kind, amount: $0.amount, text: $0.text, arithmetic: $0.arithmetic,
        inputs: $0.inputs)
    }
  }

  var value: TicketCharges? {
    TicketCharges(
      held: held, charged: charged, unsettled: unsettled,
      lines: lines.map {
        TicketCharges.Line(
          clause: $0.clause, kind: $0.kind, amount: $0.amount, text: $0.text, arithmetic: $0.arithmetic,
          inputs: $0.inputs)
      })
  }
}
