/// A kind of business message; the raw value is the word of notices.
public enum MessageKind: String, CaseIterable, Hashable, Sendable {
  case statement
  case lowBalance = "low-balance"
  case expiry
  case invoice
  case estimate
  case gate = "consent"
  case endOfLife = "end-of-life"
  case survey
  case update
  case coverage
}

/// A field of a kind of message: what a template can name.
public struct MessageField: Hashable, Sendable {
  /// What its value is.
  public indirect enum Shape: Hashable, Sendable {
    case text
    case number
    case units
    case money
    case date
    case time
    case flag
    case rows([MessageField])

    /// What can be named of it beside its whole: `left.number`.
    public var parts: [String] {
      switch self {
      case .units: ["number", "unit"]
      case .money: ["number", "currency"]
      case .date: ["iso"]
      case .time: ["date", "clock", "iso", "zone"]
      case .text, .number, .flag, .rows: []
      }
    }

    /// In words.
    public var word: String {
      switch self {
      case .text: "text"
      case .number: "number"
      case .units: "units"
      case .money: "money"
      case .date: "date"
      case .time: "time"
      case .flag: "flag"
      case .rows: "rows"
      }
    }
  }

  public let name: String
  public let shape: Shape
  public let meaning: String
  /// What previews show.
  public let sample: MessageFacts.Value

  init(_ name: String, _ meaning: String, _ sample: MessageFacts.Value, rows: [MessageField] = []) {
    self.name = name
    self.meaning = meaning
    self.sample = sample
    shape =
      switch sample {
      case .text: .text
      case .number: .number
      case .units: .units
      case .money: .money
      case .date: .date
      case .time: .time
      case .flag: .flag
      case .rows: .rows(rows)
      }
  }
}

extension MessageKind {
  /// What it tells.
  public var meaning: String {
    switch self {
    case .statement: "A month was closed."
    case .lowBalance: "Less is left of the last grant than the plan's `notices` name."
    case .expiry: "Units lapse soon."
    case .invoice: "Units beyond the balance are billed."
    case .estimate: "Work costs more than is left or was agreed to: it waits for an answer."
    case .gate: "Work comes to a gate of the plan, or stands still before it."
    case .endOfLife: "The life of the supported product ends."
    case .survey: "A ticket was closed: how did it go?"
    case .update: "How things stand with an open ticket."
    case .coverage:
      "Nobody is on duty for some time, or nobody made a rota that a plan names. It goes to the desk itself, its `customer`; `plan` is "
        + "there for a rota that is missing."
    }
  }

  /// What a template of this kind can name.
  public var fields: [MessageField] { Self.common + own }

  /// What previews show.
  public var sample: MessageFacts {
    MessageFacts(Dictionary(fields.map { ($0.name, $0.sample) }, uniquingKeysWith: { first, _ in first }))
  }

  /// Fields of every kind.
  static let common: [MessageField] = [
    MessageField("customer", "the customer's name", .text("Kopi Trading Pte Ltd")),
    MessageField("contact", "whom the message goes to", .text("Mei Tan")),
    MessageField("plan", "the offer's title", .text("Flexi-IT Services")),
    MessageField("words", "the same in English, as plain text", .text("The same in English.")),
  ]

  private static let zone = "Asia/Singapore"

  private static func date(_ text: String) -> MessageFacts.Value { .date(CivilDate(text) ?? .init(daysSinceEpoch: 0)) }

  private static func time(_ day: String, _ clock: String) -> MessageFacts.Value {
    .time(
      CivilDateTime(date: CivilDate(day) ?? .init(daysSinceEpoch: 0), time: CivilTime(clock) ?? .midnight), zone: zone)
  }

  private static func money(_ text: String) -> MessageFacts.Value { Money(text).map { .money($0) } ?? .text(text) }

  private static let ticketFields: [MessageField] = [
    MessageField("ticket", "the ticket's number", .text("42")),
    MessageField("subject", "what the ticket is about", .text("Mail does not open")),
  ]

  var own: [MessageField] {
    switch self {
    case .statement: Self.statementFields
    case .lowBalance:
      [
        MessageField("left", "what can still be drawn", .units(90, unit: "credit")),
        MessageField("grant", "what was granted last", .units(600, unit: "credit")),
        MessageField("percent", "below how much of the grant this is told", .number(20)),
      ]
    case .expiry:
      [
        MessageField("left", "what lapses", .units(90, unit: "credit")),
        MessageField("last", "the last day on which it can be used", Self.date("2027-03-02")),
        MessageField(
          "lots", "what lapses, purchase by purchase",
          .rows([["units": .units(90, unit: "credit"), "granted": Self.date("2026-03-02"), "carries": .flag(true)]]),
          rows: [
            MessageField("units", "what is left of it", .units(90, unit: "credit")),
            MessageField("granted", "the day on which it was granted", Self.date("2026-03-02")),
            MessageField("carries", "whether a new package carries it over", .flag(true)),
          ]),
      ]
    case .invoice:
      [
        MessageField("used", "what was used beyond the balance", .units(110, unit: "credit")),
        MessageField("price", "for one unit", Self.money("SGD 1.00")),
        MessageField("total", "what is to be paid", Self.money("SGD 110.00")),
      ]
    case .estimate:
      [
        MessageField("work", "what the work is; may be empty", .text("Ticket 42: mail does not open")),
        MessageField("total", "what the work costs", .units(160, unit: "credit")),
        MessageField("missing", "what is not covered; 0 where it was only not agreed to", .units(110, unit: "credit")),
        MessageField("agreed", "what was agreed to before; 0 where nothing was", .units(0, unit: "credit")),
        MessageField("price", "what is missing would cost; absent where it is not sold", Self.money("SGD 110.00")),
      ]
    case .gate:
      Self.ticketFields + [
        MessageField("stopped", "whether work stands still until somebody answers", .flag(true)),
        MessageField(
          "gates", "each gate that is near or was reached",
          .rows([
            [
              "text": .text("At minute 180 work stops until the customer consents to another block."),
              "remedy": .text("Consent to another block (140), or stop at minute 180."),
            ]
          ]),
          rows: [
            MessageField("text", "the plan's words", .text("")),
            MessageField("remedy", "what lets work go on", .text("")),
          ]),
      ]
    case .endOfLife:
      [
        MessageField("product", "the product", .text("OpMon")),
        MessageField("ends", "the first day without support", Self.date("2027-03-01")),
        MessageField("way", "the way to stay supported", .text("upgrade to the next release")),
        MessageField("late", "whether this comes later than is promised", .flag(false)),
        MessageField("promised", "how long before the day it is promised", .text("12 months")),
      ]
    case .survey:
      Self.ticketFields + [
        MessageField("question", "the plan's question", .text("How did we do?")),
        MessageField("opened", "when the ticket was opened", Self.time("2026-03-03", "09:30")),
        MessageField("closed", "when it was closed", Self.time("2026-03-04", "16:10")),
      ]
    case .update: Self.updateFields
    case .coverage:
      [
        MessageField("rota", "the rota's name; of rotas that are missing, all names", .text("duty.primary")),
        MessageField("missing", "whether it is missing: nobody made it", .flag(false)),
        MessageField("again", "whether all of it was told before", .flag(false)),
        MessageField(
          "gaps", "each time without anybody",
          .rows([["from": Self.time("2026-03-20", "07:00"), "to": Self.time("2026-03-21", "07:00")]]),
          rows: [
            MessageField("from", "when it begins", Self.time("2026-03-20", "07:00")),
            MessageField("to", "when it ends; absent: it goes on", Self.time("2026-03-21", "07:00")),
          ]),
        MessageField("more", "how many times are not among `gaps`, because there are too many", .number(0)),
      ]
    }
  }

  private static let updateFields: [MessageField] =
    ticketFields + [
      MessageField("state", "open, dispatched, resolved or closed", .text("open")),
      MessageField("opened", "when the ticket was opened", time("2026-03-03", "09:30")),
      MessageField("seen", "when somebody saw it; absent: nobody has", time("2026-03-03", "09:42")),
      MessageField("reached", "when the customer was reached; absent: not yet", time("2026-03-03", "10:05")),
      MessageField("next", "when the next word is due; absent: none is promised", time("2026-03-04", "09:30")),
      MessageField(
        "promise", "the plan's words for when it tells how things stand", .text("We tell how things stand.")),
      MessageField(
        "targets", "each target that is neither met nor paused",
        .rows([["target": .text("respond"), "due": time("2026-03-03", "13:30"), "missed": .flag(false)]]),
        rows: [
          MessageField("target", "its id in the plan", .text("")),
          MessageField("due", "until when it is promised", time("2026-03-03", "13:30")),
          MessageField("missed", "whether that is over", .flag(false)),
        ]),
    ]

  private static let statementFields: [MessageField] = [
    MessageField("agreement", "the agreement's id", .text("019d1f00-0000-7000-8000-000000000001")),
    MessageField("from", "the period's first day", date("2026-03-01")),
    MessageField("to", "its last day", date("2026-03-31")),
    MessageField("opening", "the balance before the period", .units(0, unit: "credit")),
    MessageField("closing", "the balance after it", .units(490, unit: "credit")),
    MessageField("left_out", "how many lines are not among `lines`, because there are too many", .number(0)),
    MessageField(
      "lines", "each line, by time",
      .rows([
        [
          "day": date("2026-03-02"), "heading": .text("Package flexi-600 bought for SGD 600.00"),
          "text": .text("600 credits, valid to 2 Mar 2027"), "reason": .text("flexi-600: 1 x 600 = 600"),
          "units": .units(600, unit: "credit"), "section": .text("added"),
        ],
        [
          "day": date("2026-03-03"), "heading": .text("Ticket 1: mail does not open"),
          "text": .text("Incident resolved on site"), "reason": .text("rate-onsite: 181 min = 2 blocks: 60 + 50 = 110"),
          "units": .units(-110, unit: "credit"), "section": .text("charges"),
        ],
      ]),
      rows: [
        MessageField("day", "when it was posted", date("2026-03-02")),
        MessageField("heading", "what it belongs to", .text("")),
        MessageField("text", "what it is", .text("")),
        MessageField("reason", "the rule and how the amount came about", .text("")),
        MessageField("units", "what it added; negative where it took", .units(0, unit: "credit")),
        MessageField("section", "added, charges, adjustments, expired or invoiced", .text("")),
      ]),
    MessageField(
      "lots", "each package that has something left, by its end",
      .rows([
        [
          "package": .text("flexi-600"), "left": .units(490, unit: "credit"), "last": date("2027-03-02"),
        ]
      ]),
      rows: [
        MessageField("package", "its id in the plan; empty: added by hand", .text("")),
        MessageField("left", "what is left of it", .units(0, unit: "credit")),
        MessageField("last", "its last day; absent: it has no end", date("2027-03-02")),
      ]),
  ]
}
