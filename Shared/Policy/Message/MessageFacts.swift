/// What a business message says, by the names of its kind's fields; any language can be rendered from it.
public struct MessageFacts: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// A value, in no language.
  public enum Value: Hashable, Sendable {
    case text(String)
    case number(Int64)
    /// Of a wallet, with the unit's name in the singular.
    case units(Int64, unit: String)
    case money(Money)
    case date(CivilDate)
    /// Civil time, and the name of the zone whose it is.
    case time(CivilDateTime, zone: String)
    case flag(Bool)
    /// Several of the same, each with fields of its own.
    case rows([MessageFacts])
  }

  /// The most rows of a field.
  public static let rowCountMax = 500

  /// By name.
  public var values: [String: Value]

  public init(_ values: [String: Value] = [:]) { self.values = values }

  public init(dictionaryLiteral elements: (String, Value)...) {
    values = Dictionary(elements, uniquingKeysWith: { _, last in last })
  }

  public subscript(name: String) -> Value? {
    get { values[name] }
    set { values[name] = newValue }
  }

  /// In the order of the names, which is the same everywhere.
  public var sorted: [(name: String, value: Value)] {
    values.map { (name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
  }

  /// These, with `more` in place of what has the same name.
  public func with(_ more: MessageFacts) -> MessageFacts {
    MessageFacts(values.merging(more.values) { _, new in new })
  }
}

extension MessageFacts.Value {
  /// Civil time in a plan's zone.
  public static func time(_ instant: Instant, in zone: TimeZoneRules) -> MessageFacts.Value {
    .time(zone.civil(instant), zone: zone.name)
  }

  /// The day in a plan's zone.
  public static func day(_ instant: Instant, in zone: TimeZoneRules) -> MessageFacts.Value { .date(zone.date(instant)) }

  /// An amount of a wallet.
  public static func units(_ amount: Amount, _ unit: String) -> MessageFacts.Value { .units(amount.units, unit: unit) }

  /// Whether a section of it is shown: it is given, true, not empty and not 0.
  var isShown: Bool {
    switch self {
    case .text(let text): !text.isEmpty
    case .number(let number): number != 0
    case .units(let units, _): units != 0
    case .money(let money): money.minorUnits != 0
    case .flag(let flag): flag
    case .rows(let rows): !rows.isEmpty
    case .date, .time: true
    }
  }
}
