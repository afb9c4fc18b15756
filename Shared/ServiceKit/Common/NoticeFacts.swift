public import Policy
import SwiftProtobuf
public import Wire

// Facts of notices on the wire: what ledger and intake tell, and what notifier keeps.
extension MessageFacts {
  /// The most facts of a notice, or of a row of it.
  public static let factCountMax = 64
  /// The longest name, in bytes.
  public static let nameByteCountMax = 64
  /// The longest text, in bytes.
  public static let textByteCountMax = 64 * 1024

  /// As the wire has them, in the order of their names: the same facts give the same bytes.
  public var wire: [Callout_V1_NoticeFact] {
    sorted.map { name, value in
      .with {
        $0.name = name
        $0.value = value.wire
      }
    }
  }

  /// Reads what the wire has; refuses ``Refused/Reason/invalid(field:)`` what is out of its bounds or no value.
  public init(_ facts: [Callout_V1_NoticeFact]) throws(Refused) {
    try self.init(facts, isRow: false)
  }

  private init(_ facts: [Callout_V1_NoticeFact], isRow: Bool) throws(Refused) {
    guard facts.count <= Self.factCountMax else { throw Self.problem("at most \(Self.factCountMax) facts") }
    self.init()
    for fact in facts {
      guard (1...Self.nameByteCountMax).contains(fact.name.utf8.count) else {
        throw Self.problem("names of 1 to \(Self.nameByteCountMax) bytes")
      }
      guard let value = try Value(fact, isRow: isRow) else { continue }
      self[fact.name] = value
    }
  }

  fileprivate static func problem(_ text: String) -> Refused {
    Refused(.invalid(field: "notice.facts"), "The facts of a notice have \(text).")
  }
}

extension MessageFacts.Value {
  fileprivate var wire: Callout_V1_NoticeFact.OneOf_Value {
    switch self {
    case .text(let text): .text(text)
    case .number(let number): .number(number)
    case .units(let units, let unit): .units(.with { ($0.units, $0.unit) = (units, unit) })
    case .money(let money): .money(.with { ($0.minor, $0.currency) = (money.minorUnits, money.currency.code) })
    case .date(let date): .date(date.description)
    case .time(let time, let zone): .time(.with { ($0.civil, $0.zone) = (time.description, zone) })
    case .flag(let flag): .flag(flag)
    case .rows(let rows): .rows(.with { $0.rows = rows.map { row in .with { $0.facts = row.wire } } })
    }
  }

  /// Nil for a kind of value that this version does not know.
  fileprivate init?(_ fact: Callout_V1_NoticeFact, isRow: Bool) throws(Refused) {
    switch fact.value {
    case .text(let text):
      guard text.utf8.count <= MessageFacts.textByteCountMax else {
        throw MessageFacts.problem("texts of at most \(MessageFacts.textByteCountMax) bytes")
      }
      self = .text(text)
    case .number(let number): self = .number(number)
    case .units(let units):
      guard Amount(units.units) != nil, units.unit.utf8.count <= MessageFacts.nameByteCountMax else {
        throw MessageFacts.problem("amounts within \(Amount.largest) and units with names")
      }
      self = .units(units.units, unit: units.unit)
    case .money(let money):
      guard let currency = Currency(money.currency), let value = Money(minorUnits: money.minor, currency: currency)
      else { throw MessageFacts.problem("money in a currency of ISO 4217") }
      self = .money(value)
    case .date(let text):
      guard let date = CivilDate(text) else { throw MessageFacts.problem("dates such as 2026-03-31") }
      self = .date(date)
    case .time(let time):
      let parts = time.civil.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let date = CivilDate(String(parts[0])), let clock = CivilTime(String(parts[1])),
        time.zone.utf8.count <= MessageFacts.nameByteCountMax
      else { throw MessageFacts.problem("times such as 2026-03-31 14:05") }
      self = .time(CivilDateTime(date: date, time: clock), zone: time.zone)
    case .flag(let flag): self = .flag(flag)
    case .rows(let rows):
      guard !isRow, rows.rows.count <= MessageFacts.rowCountMax else {
        throw MessageFacts.problem("at most \(MessageFacts.rowCountMax) rows of a field, and no rows in rows")
      }
      var read: [MessageFacts] = []
      for row in rows.rows { read.append(try MessageFacts(row.facts, isRow: true)) }
      self = .rows(read)
    case nil: return nil
    }
  }
}
