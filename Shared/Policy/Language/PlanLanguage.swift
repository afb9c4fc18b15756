/// The plan language: every kind of clause, with every field. The reference page (`Shared/Plans/LANGUAGE.md`) and the
/// JSON Schema (`Shared/Plans/plan.schema.json`) are made from it, and a test holds it against the reader.
public enum PlanLanguage {
  /// Every kind of clause, the document itself first.
  public static let clauses: [LanguageClause] = [
    document, hours, contacts, channel, mail, ignoredMail, admission, condition, target, ticketClass, misuse, updates,
    survey, notices, entitlement, opening, exclusion, obligation, product, release, endOfLife, alternative, package,
    rounding,
    rate, blocks, gate, parts, waiver, overage, assessment, lateWork, step, repetition,
    acknowledgement, quietHours, merging,
  ]

  /// The clause of this name.
  public static func clause(_ name: String) -> LanguageClause? { clauses.first { $0.name == name } }

  static let id = LanguageField(
    "id", .name, needed: true, "What refusals, charges and pages cite; unlike every other in the plan.", "id: respond")
  static func id(else fallback: String) -> LanguageField {
    LanguageField("id", .name, else: fallback, "What refusals, charges and pages cite.", "id: \(fallback)")
  }
  static func text(else fallback: String, _ meaning: String = "What the customer is told.") -> LanguageField {
    LanguageField("text", .text(maximum: 1000), else: fallback, meaning, "text: We came late")
  }
  static let toldText = LanguageField(
    "text", .text(maximum: 1000), needed: true, "What the customer is told.", "text: Please write a mail.")
  static let refer = LanguageField(
    "refer", .reference(to: "referrals"), "Whom to turn to instead.", "refer: sales")
  static let when = LanguageField(
    "when", .clause("condition"), else: "always", "For what it is; all of it must hold.", "when: {mode: onsite}")
  static func names(
    _ name: String, of what: String, needed: Bool = false, else fallback: String = "nothing",
    _ meaning: String, _ example: String
  ) -> LanguageField {
    LanguageField(name, .oneOrMore(.reference(to: what)), needed: needed, else: fallback, meaning, example)
  }

  static func words<T: CaseIterable & RawRepresentable>(_: T.Type) -> LanguageShape where T.RawValue == String {
    .choice(T.allCases.map(\.rawValue))
  }

  static let document = LanguageClause(
    name: "plan", meaning: "The document: what is offered, as data. Its version is the hash of its bytes.",
    fields: [
      LanguageField("plan", .name, needed: true, "The id that requests name.", "plan: flexi-it"),
      LanguageField("title", .text(maximum: 200), needed: true, "What people call it.", "title: Flexi-IT Services"),
      LanguageField("zone", .written(.zone), needed: true, "The provider's civil time.", "zone: Asia/Singapore"),
      LanguageField("currency", .written(.currency), needed: true, "What prices are in.", "currency: SGD"),
      LanguageField("unit", .name, needed: true, "What a wallet counts, in the singular.", "unit: credit"),
      LanguageField(
        "units", .oneOrMore(.name), "Further units, each with a wallet of its own.", "units: [consulting-hour]"),
      LanguageField(
        "hotline", .oneOrMore(.text(maximum: 40)), "The numbers to dial, as people write them.",
        "hotline: \"+65 3105 0142\""),
      LanguageField(
        "referrals", .keyed("a name", .text(maximum: 1000)), "Whom to turn to instead.",
        "referrals: {sales: sales@desk.example}"),
      LanguageField(
        "values", .keyed("a fact", .oneOrMore(.name)),
        "The values that a fact can have here; of a fact with known values, those that occur.",
        "values: {category: [desktop, server]}"),
      LanguageField(
        "hours", .keyed("a calendar", .either(.choice(["24x7"]), .clause("hours"))), needed: true,
        "Calendars, at least one.", "hours: {always: 24x7}"),
      LanguageField("contacts", .clause("contacts"), "Who may be named to ask for help.", "contacts: {exactly: 2}"),
      LanguageField(
        "channels", .list(.clause("channel")), else: "every channel makes a ticket",
        "What becomes of a request by its channel; the first that matches.",
        "channels: [{id: mail, channel: email}]"),
      LanguageField("mail", .clause("mail"), "What mail addresses mean.", "mail: {addresses: {support@: [I]}}"),
      LanguageField(
        "admission", .list(.clause("admission")), else: "everything is taken",
        "What must hold for a request; a refusal names every clause that fails.",
        "admission: [{id: a, require: {region: SG}, text: Only here.}]"),
      LanguageField(
        "targets", .list(.clause("target")), "What is committed to on every ticket.",
        "targets: [{id: respond, by: 4h, in: office, met_by: contacted}]"),
      LanguageField(
        "classes", .keyed("a class", .clause("class")), "Classes of tickets, from the least urgent on.",
        "classes: {normal: {}, urgent: {}}"),
      LanguageField(
        "default_class", .reference(to: "classes"), else: "needed with classes",
        "The class of a ticket that names none.", "default_class: normal"),
      LanguageField(
        "preliminary_reply", .oneOrMore(words(Milestone.self)), else: "acknowledged",
        "What a reply that promises more counts as.", "preliminary_reply: [acknowledged, contacted]"),
      LanguageField("updates", .clause("updates"), "How often the customer hears.", "updates: {every: 8h, in: office}"),
      LanguageField(
        "survey", .clause("survey"), "The question after each closure.", "survey: {after: 1 day, text: How was it?}"),
      LanguageField(
        "notices", .clause("notices"), else: "below 20 percent, and 30 days before", "When customers are told ahead.",
        "notices: {low_balance: 20, expiry: 30 days}"),
      LanguageField(
        "tiers", .oneOrMore(.name), "Tiers or levels of agreement, the lowest first.", "tiers: [free, pro]"),
      LanguageField(
        "entitlements", .list(.clause("entitlement")), else: "everything may be used",
        "What agreements of a tier may use.", "entitlements: [{id: portal, grants: ticket, tiers: pro}]"),
      LanguageField(
        "exclusions", .list(.clause("exclusion")), "What is not supported.",
        "exclusions: [{id: printers, about: printer}]"),
      LanguageField(
        "obligations", .list(.clause("obligation")), "What the customer keeps in order.",
        "obligations: [{id: backups, text: You keep backups.}]"),
      LanguageField(
        "product", .clause("product"), "Which releases are supported, and until when.",
        "product: {releases: [{version: \"1.0\", on: 2026-01-01}]}"),
      LanguageField(
        "packages", .list(.clause("package")), "What can be bought ahead.",
        "packages: [{id: p, grants: 600 credits}]"),
      LanguageField(
        "rounding", .clause("rounding"), else: "every increment begun counts", "How time is rounded.",
        "rounding: {increment: 15m}"),
      LanguageField(
        "rates", .list(.clause("rate")), "What work costs; the first that matches.", "rates: [{id: r, flat: 10}]"),
      LanguageField(
        "parts", .clause("parts"), else: "a price is agreed first", "How parts are charged.", "parts: {needs: quote}"),
      LanguageField(
        "waivers", .list(.clause("waiver")), "What is not charged.",
        "waivers: [{id: w, when: {missed: respond}, waive: all}]"),
      LanguageField(
        "overage", .clause("overage"), else: "work stops with the credits", "How work goes on without credits.",
        "overage: {needs: acknowledgement, price: SGD 1.00 per credit, invoice: 7 days after completion}"),
      LanguageField(
        "before_first_charge", .clause("assessment"), "What comes before the first charge.",
        "before_first_charge: {assessment: [site]}"),
      LanguageField(
        "late_work", .clause("late-work"), else: "at any time until the ticket is closed",
        "How late work may be recorded.", "late_work: {within: 2 months, after_closure: true}"),
      LanguageField("statement", words(Cycle.self), else: "none is made", "How often.", "statement: monthly"),
      LanguageField(
        "ladders",
        .keyed("a ladder", .list(.either(.clause("step"), .either(.clause("repetition"), .clause("acknowledgement"))))),
        "Whom to tell, when, until someone answers.",
        "ladders: {duty: [{at: 0m, tell: duty.primary, by: email}]}"),
      LanguageField(
        "quiet_hours", .clause("quiet-hours"), else: "messages go at once", "When messages of ladders wait.",
        "quiet_hours: {outside: office}"),
      LanguageField(
        "merging", .clause("merging"), else: "each message goes alone", "When like messages become one.",
        "merging: {within: 5m, at_most: 20}"),
    ])

  static let hours = LanguageClause(
    name: "hours", meaning: "A calendar: open hours by weekday. It must be open some minute from 2000 to 2099.",
    fields: Weekday.allCases.map { day in
      LanguageField(
        day.rawValue, .oneOrMore(.written(.hours)), else: "closed",
        "Open hours of that day; a range of days is written mon-fri.", "\(day.rawValue): 09:00-18:00")
    } + [
      LanguageField(
        "holidays", .keyed("a day", .text(maximum: 100)), "Days that are closed, with their names.",
        "holidays: {2026-12-25: Christmas}")
    ])

  static let contacts = LanguageClause(
    name: "contacts", meaning: "How many people an account names, and what is known of each.",
    fields: [
      id(else: "contacts"),
      LanguageField("exactly", .whole(1...100), "So many; without the next two.", "exactly: 2"),
      LanguageField("at_least", .whole(0...100), else: "0", "The fewest.", "at_least: 1"),
      LanguageField("at_most", .whole(1...100), else: "100", "The most.", "at_most: 5"),
      LanguageField("require", .oneOrMore(words(ContactField.self)), "What each has.", "require: [name, email]"),
      text(else: "a general sentence"),
    ])

  static let condition = LanguageClause(
    name: "condition",
    meaning: """
      All terms must hold. A fact with one value holds when it is one of those named; a list holds when it has all of \
      them. A fact that was not given never holds.
      """,
    fields: [
      LanguageField(
        "within", .reference(to: "hours"), "The instant lies in the calendar's open time.", "within: office"),
      LanguageField(
        "closed_within", .written(.workingDays),
        "The earlier ticket was closed at most so many working days before this one was reported; that day is day 0.",
        "closed_within: 3 working days in office"),
    ]
      + FactName.allCases.filter { $0.shape != .instant }.map { fact in
        LanguageField(fact.rawValue, shape(of: fact), fact.meaning, "\(fact.rawValue): \(fact.exampleValue)")
      })

  private static func shape(of fact: FactName) -> LanguageShape {
    switch (fact.shape, fact.knownValues) {
    case (.flag, _): .flag
    case (_, let known?): .oneOrMore(.choice(known))
    case (_, nil): .oneOrMore(.text(maximum: 100))
    }
  }
}
