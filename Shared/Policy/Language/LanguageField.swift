/// One field of the plan language, as the reference page and the JSON Schema tell it.
public struct LanguageField: Hashable, Sendable {
  /// The key.
  public var name: String
  /// What its value looks like.
  public var shape: LanguageShape
  /// Whether every clause has it.
  public var isNeeded: Bool
  /// What holds without it.
  public var fallback: String
  /// What it says.
  public var meaning: String
  /// As a plan writes it.
  public var example: String

  init(
    _ name: String, _ shape: LanguageShape, needed: Bool = false, else fallback: String = "nothing",
    _ meaning: String, _ example: String
  ) {
    self.name = name
    self.shape = shape
    isNeeded = needed
    self.fallback = fallback
    self.meaning = meaning
    self.example = example
  }
}

/// A kind of clause: a map with these fields.
public struct LanguageClause: Hashable, Sendable {
  /// Its name in the JSON Schema and on the reference page.
  public var name: String
  /// What it says.
  public var meaning: String
  /// Its fields, in the order of the page.
  public var fields: [LanguageField]
}

/// What a value looks like.
public indirect enum LanguageShape: Hashable, Sendable {
  /// Words, at most so many bytes.
  case text(maximum: Int)
  /// Letters, digits, `-` and `_`, at most 64, starting with a letter or digit.
  case name
  /// A name that is defined somewhere in the plan.
  case reference(to: String)
  /// One of these words.
  case choice([String])
  /// A whole number.
  case whole(ClosedRange<Int64>)
  /// `true` or `false`.
  case flag
  /// Something written in a way of its own.
  case written(Writing)
  /// A value, or a list of at least one.
  case oneOrMore(LanguageShape)
  /// A list.
  case list(LanguageShape)
  /// A clause of this kind.
  case clause(String)
  /// A map whose keys the plan chooses.
  case keyed(String, LanguageShape)
  /// One of two shapes.
  case either(LanguageShape, LanguageShape)
}

/// Values that are written in a way of their own.
public enum Writing: String, CaseIterable, Hashable, Sendable {
  /// `3h`, `2h30m`.
  case span
  /// `3h`, in whole minutes.
  case minutes
  /// `0m` or a span.
  case delay
  /// `7 days`, `12 months`, `1 year`.
  case calendarPeriod = "calendar period"
  /// The same, or a span.
  case period
  /// `7 days after completion`.
  case afterCompletion = "period after completion"
  /// `missed`, `opened` or `30m before`.
  case ladderStart = "ladder start"
  /// `3 working days in office`.
  case workingDays = "working days"
  /// `10`, `600 credits`.
  case amount
  /// `1`, `28 quarter-hours`.
  case grant
  /// `SGD 600.00`.
  case price
  /// `SGD 1.00 per credit`.
  case unitPrice = "price of a unit"
  /// `2026-12-25`.
  case day
  /// `"9.4"`.
  case release
  /// `SGD`.
  case currency
  /// `Asia/Singapore`.
  case zone
  /// `09:00-18:00`.
  case hours
  /// `duty.primary`, `everyone.primary`, `group.hotline`, `person.anna`, `webhook.chat`, `customer`.
  case recipient

  /// In what it is measured; empty where it is in nothing.
  public var unit: String {
    switch self {
    case .span: "h, m, s, d"
    case .minutes, .delay: "h, m"
    case .calendarPeriod: "days, months, years"
    case .period, .afterCompletion: "days, months, years, h, m"
    case .ladderStart: "h, m"
    case .workingDays: "working days"
    case .amount, .grant: "units"
    case .price, .unitPrice: "the plan's currency"
    case .day, .release, .currency, .zone, .recipient: ""
    case .hours: "civil time"
    }
  }

  /// What it may be.
  public var bound: String {
    switch self {
    case .span: "1s to 10000d, parts in falling order"
    case .minutes: "1m to 10000d, whole minutes"
    case .delay: "0m to 10000d, not before the step above"
    case .calendarPeriod: "1 to 10000"
    case .period, .afterCompletion: "1 to 10000, or a span"
    case .ladderStart: "missed, opened, or a span shorter than the target's, then before"
    case .workingDays: "0 to 366"
    case .amount: "whole, 0 to 1000000000"
    case .grant: "whole, 1 to 1000000000, with or without the unit's name"
    case .price, .unitPrice: "0 or more, with the currency's decimals or none"
    case .day: "2000-01-01 to 2099-12-31"
    case .release: "major.minor, each at most 100000; further parts do not count"
    case .currency: "three capitals of ISO 4217"
    case .zone: "a name of the system's zone files"
    case .hours: "from 00:00 up to 24:00, half-open"
    case .recipient: "duty.POSITION, everyone.POSITION, group.NAME, person.HANDLE, webhook.NAME or customer"
    }
  }

  /// A regular expression (ECMA 262) that every such text matches.
  public var pattern: String {
    let span = "([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?"
    let calendar = "[1-9][0-9]{0,4} (day|month|year)s?"
    switch self {
    case .span, .minutes, .delay: return "^(?=[0-9])\(span)$"
    case .calendarPeriod: return "^\(calendar)$"
    case .period: return "^(\(calendar)|(?=[0-9])\(span))$"
    case .afterCompletion: return "^(\(calendar)|(?=[0-9])\(span)) after completion$"
    case .ladderStart: return "^(missed|opened|(?=[0-9])\(span) before)$"
    case .workingDays: return "^[0-9]{1,3} working days? in [A-Za-z0-9][A-Za-z0-9_-]*$"
    case .amount, .grant: return "^[0-9]{1,10}( [A-Za-z0-9][A-Za-z0-9_-]*)?$"
    case .price: return "^[A-Z]{3} [0-9]+(\\.[0-9]+)?$"
    case .unitPrice: return "^[A-Z]{3} [0-9]+(\\.[0-9]+)? per [A-Za-z0-9][A-Za-z0-9_-]*$"
    case .day: return "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$"
    case .release: return "^[0-9]{1,6}(\\.[0-9]{1,6}){1,3}$"
    case .currency: return "^[A-Z]{3}$"
    case .zone: return "^[A-Za-z0-9_+][A-Za-z0-9_+-]*(/[A-Za-z0-9_+][A-Za-z0-9_+-]*){0,3}$"
    case .hours: return "^[0-9]{2}:[0-9]{2}(:[0-9]{2})?-[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"
    case .recipient: return "^(customer|(duty|everyone|group|person|webhook)\\.[A-Za-z0-9][A-Za-z0-9_-]*)$"
    }
  }
}
