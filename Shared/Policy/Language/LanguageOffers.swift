extension PlanLanguage {
  static let entitlement = LanguageClause(
    name: "entitlement", meaning: "What agreements of a tier may use.",
    fields: [
      id,
      LanguageField(
        "grants", .oneOrMore(.name),
        "Services that it opens; this or each_bought is needed. Tickets are the service "
          + "ticket.", "grants: [articles, forum]"),
      names("tiers", of: "tiers", needed: true, "Who has it.", "tiers: [pro, premium]"),
      LanguageField(
        "each_bought", .oneOrMore(.name), "Services that it opens only to who has bought them.",
        "each_bought: [fine-tuning]"),
      LanguageField(
        "opens", .keyed("a service of each_bought", .clause("opening")), "What a bought service does to the hours.",
        "opens: {24x7-incident: {in: always}}"),
      LanguageField("draws", .reference(to: "units"), "The unit that using it draws.", "draws: consulting-hour"),
      LanguageField(
        "lapsed", .choice(["allowed"]), else: "only active agreements", "Whether a lapsed agreement keeps it.",
        "lapsed: allowed"),
      text(else: "a general sentence"), refer,
    ])

  static let opening = LanguageClause(
    name: "opening", meaning: "The calendar in whose open time targets are counted instead.",
    fields: [
      LanguageField("in", .reference(to: "hours"), needed: true, "The calendar.", "in: always"),
      names("classes", of: "classes", else: "all", "Whose targets.", "classes: [incident]"),
    ])

  static let exclusion = LanguageClause(
    name: "exclusion", meaning: "Something that is not supported.",
    fields: [
      id, LanguageField("about", .oneOrMore(.name), needed: true, "Values of the fact about.", "about: printer"),
      LanguageField(
        "unless", .oneOrMore(.name), "Any of these circumstances lifts it.", "unless: own-defect"),
      text(else: "a general sentence"), refer,
    ])

  static let obligation = LanguageClause(
    name: "obligation",
    meaning: "Something that the customer keeps in order; the fact unkept names those that are not.",
    fields: [
      id,
      LanguageField(
        "else", words(Obligation.Consequence.self), else: "warn",
        "Requests carry a warning; the ticket's clocks pause; or new requests are refused.", "else: pause"),
      toldText,
    ])

  static let product = LanguageClause(
    name: "product", meaning: "Which releases of the product are supported, and until when.",
    fields: [
      id(else: "product"),
      LanguageField("title", .text(maximum: 200), else: "the id", "What people call it.", "title: OpMon"),
      LanguageField(
        "releases", .list(.clause("release")), needed: true, "At least one, in rising order.",
        "releases: [{version: \"9.4\", on: 2026-03-16}]"),
      LanguageField(
        "grace", .written(.calendarPeriod), else: "ends as the next comes out",
        "How long a release stays supported after the day of the next, that day plus so many, its last day included.",
        "grace: 30 days"),
      LanguageField("end_of_life", .clause("end-of-life"), "The end.", "end_of_life: {notice: 12 months}"),
      text(else: "a general sentence"),
    ])

  static let release = LanguageClause(
    name: "release", meaning: "A release and its day.",
    fields: [
      LanguageField("version", .written(.release), needed: true, "The release, quoted.", "version: \"9.4\""),
      LanguageField("on", .written(.day), needed: true, "The day on which it came out.", "on: 2026-03-16"),
    ])

  static let endOfLife = LanguageClause(
    name: "end-of-life", meaning: "The end of the product's life.",
    fields: [
      id(else: "end-of-life"),
      LanguageField("on", .written(.day), else: "none is foreseen", "The first day without support.", "on: 2028-07-01"),
      LanguageField(
        "notice", .written(.calendarPeriod), needed: true, "How long before it customers are told, at least.",
        "notice: 12 months"),
      LanguageField("upgrade", .text(maximum: 1000), "The way to stay supported.", "upgrade: move to release 2.0"),
      LanguageField(
        "alternative", .clause("alternative"), "What is suggested instead.", "alternative: {product: Successor}"),
      text(else: "a general sentence"),
    ])

  static let alternative = LanguageClause(
    name: "alternative", meaning: "A product that is suggested instead.",
    fields: [
      LanguageField("product", .text(maximum: 200), needed: true, "What people call it.", "product: Successor"),
      LanguageField(
        "migration", .reference(to: "rates"), else: "no help is offered", "The rate of helping to move; not free.",
        "migration: consulting"),
    ])

  static let package = LanguageClause(
    name: "package", meaning: "Units that are bought at once.",
    fields: [
      id,
      LanguageField("grants", .written(.grant), needed: true, "How many, of which unit.", "grants: 600 credits"),
      LanguageField("price", .written(.price), else: "agreed apart", "For how much.", "price: SGD 600.00"),
      LanguageField(
        "lasts", .written(.calendarPeriod), else: "for ever", "How long they live, the last day included.",
        "lasts: 1 year"),
      LanguageField(
        "carry_over", words(Package.CarryOver.self), else: "never", "What becomes of the rest.",
        "carry_over: on-renewal"),
      LanguageField(
        "standing_order", words(Cycle.self), else: "bought once", "Bought again by itself.",
        "standing_order: quarterly"),
    ])

  static let rounding = LanguageClause(
    name: "rounding", meaning: "How time in the plan's own unit is rounded.",
    fields: [
      LanguageField(
        "increment", .written(.minutes), needed: true, "What time is counted in; rates say per that.",
        "increment: 15m"),
      LanguageField("round", words(Rounding.Mode.self), else: "up", "Which way; or up_from.", "round: nearest"),
      LanguageField(
        "up_from", .written(.minutes), else: "as round says", "A remainder of so much or more rounds up.",
        "up_from: 7m"),
      LanguageField(
        "minimum", .whole(0...1000), else: "1", "The fewest increments of what is rounded, if any work is in it.",
        "minimum: 1"),
      LanguageField("of", words(Rounding.Scope.self), else: "task", "What is rounded.", "of: day"),
    ])

  private static let basis = [
    LanguageField(
      "flat", .written(.amount), else: "one of flat, blocks, per", "So much, whatever it takes.", "flat: 10"),
    LanguageField(
      "blocks", .clause("blocks"), else: "one of flat, blocks, per", "So much for each block begun.",
      "blocks: {of: 3h, each: 50}"),
    LanguageField(
      "per", .written(.minutes), else: "one of flat, blocks, per", "So much for each increment.", "per: 15m"),
    LanguageField("each", .written(.amount), else: "needed with per", "What one increment costs.", "each: 1"),
  ]

  static let rate = LanguageClause(
    name: "rate", meaning: "What work of one kind costs.",
    fields: [id, when] + basis + [
      LanguageField(
        "unit", .reference(to: "units"), else: "the plan's unit", "What it draws.", "unit: consulting-hour"),
      LanguageField(
        "in", .reference(to: "hours"), else: "all time counts", "In whose open time minutes count.", "in: office"),
      LanguageField(
        "gates", .list(.clause("gate")), "What must happen on the way.", "gates: [{at: 3h, needs: consent}]"),
      LanguageField("voided_by", words(Rate.Voiding.self), "What voids the charge.", "voided_by: dispatch"),
      text(else: "the id"),
    ])

  static let blocks = LanguageClause(
    name: "blocks", meaning: "Blocks of time: each one begun is charged whole.",
    fields: [
      LanguageField("of", .written(.minutes), needed: true, "How long.", "of: 3h"),
      LanguageField("first", .written(.amount), else: "as each", "What the first one costs.", "first: 160"),
      LanguageField("each", .written(.amount), needed: true, "What each further one costs.", "each: 140"),
    ])

  static let gate = LanguageClause(
    name: "gate",
    meaning:
      "Something that must happen before work goes on. While somebody is on site for a ticket or at work on it, from "
      + "work.begin to work.end, the customer is warned before it, and at it work stops. What was done past it without an "
      + "answer, as records that come afterwards show, is kept and not charged.",
    fields: [
      id(else: "the rate, then what is needed"),
      LanguageField(
        "at", .written(.minutes), needed: true, "After so much counted work; consent: where a block ends.", "at: 3h"),
      LanguageField("needs", words(Gate.Need.self), needed: true, "What.", "needs: consent"),
      LanguageField("warn", .written(.minutes), "So long before, shorter than at.", "warn: 30m"),
      LanguageField(
        "each_block", .flag, else: "true for consent, else false", "Whether every block needs it anew.",
        "each_block: true"),
    ])

  static let parts = LanguageClause(
    name: "parts", meaning: "How buying and fitting parts is charged, on lines of their own.",
    fields: [
      id(else: "parts"),
      LanguageField("needs", .choice(["quote"]), "A price that is agreed first; or a rate.", "needs: quote"),
    ] + basis + [text(else: "Parts")])

  static let waiver = LanguageClause(
    name: "waiver", meaning: "Work that is not charged.",
    fields: [
      id,
      LanguageField("when", .clause("condition"), needed: true, "When.", "when: {missed: respond}"),
      LanguageField("waive", words(Waiver.Extent.self), needed: true, "How much.", "waive: first-block"),
      text(else: "the id"),
    ])

  static let overage = LanguageClause(
    name: "overage", meaning: "How work goes on when the credits are gone.",
    fields: [
      id(else: "overage"),
      LanguageField(
        "needs", .choice(["acknowledgement"]), needed: true, "It is never silent.", "needs: acknowledgement"),
      LanguageField("price", .written(.unitPrice), needed: true, "For one unit.", "price: SGD 1.00 per credit"),
      LanguageField(
        "invoice", .written(.afterCompletion), needed: true, "When it is invoiced.",
        "invoice: 7 days after completion"),
      text(else: "a general sentence"),
    ])

  static let assessment = LanguageClause(
    name: "assessment", meaning: "What must be recorded before the first charge.",
    fields: [
      id(else: "first-assessment"),
      LanguageField("assessment", .oneOrMore(.name), needed: true, "The items.", "assessment: [site, machines]"),
      text(else: "a general sentence"),
    ])

  static let lateWork = LanguageClause(
    name: "late-work",
    meaning:
      "How late work may be recorded. It is rated by the ticket's version of the plan, paid by what was in force when "
      + "the work was done, and told as an adjustment on the next statement. Of a ticket that was reopened it counts for "
      + "the time in which it was done.",
    fields: [
      id(else: "late-work"),
      LanguageField(
        "within", .written(.period), needed: true, "From the end of the work; no working days.", "within: 2 months"),
      LanguageField(
        "after_closure", .flag, else: "false",
        "Whether a closed ticket, or what went before a reopening, takes work that was done before its end.",
        "after_closure: true"),
      text(else: "a general sentence"),
    ])
}
