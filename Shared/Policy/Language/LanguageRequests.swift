extension PlanLanguage {
  static let channel = LanguageClause(
    name: "channel", meaning: "What becomes of a request by the way it comes in.",
    fields: [
      id,
      LanguageField(
        "channel", .oneOrMore(.choice(FactName.channel.knownValues ?? [])), needed: true, "The channels.",
        "channel: [voicemail, fax]"),
      when,
      LanguageField(
        "handling", words(ChannelRule.Handling.self), else: "tracked",
        "A ticket with clocks; help if somebody is free, or in a call that is agreed on; or a polite answer and no ticket.",
        "handling: best-effort"),
      LanguageField(
        "in", .reference(to: "hours"), else: "always", "When the channel is answered; outside it refuses.",
        "in: office"),
      text(else: "the id; needed unless tracked at all times"), refer,
    ])

  static let mail = LanguageClause(
    name: "mail", meaning: "What a mail to the desk comes to.",
    fields: [
      id(else: "mail"),
      LanguageField(
        "addresses", .keyed("the part up to the @, with it", .oneOrMore(.reference(to: "classes"))), needed: true,
        "The classes that mail there may open; the first is the default.", "addresses: {support@: [I, II]}"),
      LanguageField(
        "ignore", .list(.clause("ignored-mail")), "Mail that is not answered as it asks.",
        "ignore: [{id: call-me, content: call-me-only, text: Please say what is wrong.}]"),
      text(else: "a general sentence", "What is told to who writes elsewhere."),
    ])

  static let ignoredMail = LanguageClause(
    name: "ignored-mail", meaning: "Mail that is logged and answered with what is needed.",
    fields: [
      id,
      LanguageField(
        "content", .choice(FactName.content.knownValues ?? []), needed: true, "What kind of mail.",
        "content: call-me-only"),
      LanguageField(
        "says", .oneOrMore(.text(maximum: 100)), else: "only who hands a mail over tells what it is",
        "Phrases, one of which such a mail has. Letters, large or small, make words; signs and numbers do not count.",
        "says: [call me, ring me]"),
      LanguageField(
        "besides", .oneOrMore(.text(maximum: 100)),
        "What else it may say. A mail that says anything more, its writer's name apart, or has an attachment, is another.",
        "besides: [please, thanks]"),
      names("pages", of: "classes", "The classes whose ladders it starts nevertheless.", "pages: III"), toldText,
    ])

  static let admission = LanguageClause(
    name: "admission", meaning: "Something that must hold, or must not, for a request to be taken.",
    fields: [
      id,
      LanguageField(
        "on", .oneOrMore(words(AdmissionSubject.self)), else: "ticket", "What kinds of request it is about.",
        "on: [ticket, change]"),
      when,
      LanguageField(
        "require", .clause("condition"), "What must hold; this or exclude is needed.", "require: {region: SG}"),
      LanguageField("exclude", .clause("condition"), "What must not hold.", "exclude: {platform: unix}"),
      LanguageField(
        "else", words(AdmissionClause.Consequence.self), else: "refuse", "What failing it does.", "else: warn"),
      toldText, refer,
    ])

  static let target = LanguageClause(
    name: "target", meaning: "Something happens by a time. On the due instant it is met, one millisecond later missed.",
    fields: [
      id,
      LanguageField("by", .written(.span), needed: true, "How long after opening.", "by: 4h"),
      LanguageField("in", .reference(to: "hours"), needed: true, "The calendar that counts.", "in: office"),
      LanguageField("met_by", words(Milestone.self), needed: true, "What meets it.", "met_by: contacted"),
      LanguageField(
        "dispatched_met_by", words(Milestone.self), else: "met_by", "What meets it once someone is sent.",
        "dispatched_met_by: attended"),
      LanguageField("ladder", .reference(to: "ladders"), "Whom to tell.", "ladder: duty"),
      LanguageField(
        "starts", .written(.ladderStart), else: "missed", "When the ladder starts.", "starts: 30m before"),
    ])

  static let ticketClass = LanguageClause(
    name: "class", meaning: "A class of tickets, beside what the plan says of all.",
    fields: [
      LanguageField("title", .text(maximum: 200), else: "the class's key", "What people call it.", "title: A question"),
      LanguageField(
        "targets", .list(.clause("target")), "Its own targets.",
        "targets: [{id: contact, by: 15m, in: always, met_by: contacted}]"),
      LanguageField("ladder", .reference(to: "ladders"), "The ladder that starts with the ticket.", "ladder: urgent"),
      LanguageField("misuse", .clause("misuse"), "What a false claim comes to.", "misuse: {reviewed_by: desk}"),
    ])

  static let misuse = LanguageClause(
    name: "misuse", meaning: "A class that was claimed without need.",
    fields: [
      id(else: "the class, then -misuse"),
      LanguageField("reviewed_by", words(Role.self), needed: true, "Who decides.", "reviewed_by: desk"),
      LanguageField(
        "bills", .name, else: "no charge", "The rate that then holds; a name without a rate is no charge.",
        "bills: panic-mode"),
      text(else: "a general sentence"),
    ])

  static let updates = LanguageClause(
    name: "updates", meaning: "How often the customer hears how things stand while a ticket is open.",
    fields: [
      id(else: "updates"),
      LanguageField("every", .written(.span), needed: true, "From one word to the next.", "every: 8h"),
      LanguageField("in", .reference(to: "hours"), needed: true, "The calendar that counts.", "in: office"),
      text(else: "a general sentence"),
    ])

  static let survey = LanguageClause(
    name: "survey", meaning: "The question how it went, once for each closure.",
    fields: [
      id(else: "survey"),
      LanguageField("after", .written(.period), needed: true, "From the closure to the question.", "after: 1 day"),
      toldText,
    ])

  static let notices = LanguageClause(
    name: "notices", meaning: "When customers are told of their credits ahead.",
    fields: [
      id(else: "notices"),
      LanguageField(
        "low_balance", .whole(0...99), else: "20",
        "Below how many percent of the last grant the balance is low; 0 is never.", "low_balance: 20"),
      LanguageField(
        "expiry", .written(.calendarPeriod), else: "30 days", "How long before units lapse.", "expiry: 30 days"),
    ])

  static let step = LanguageClause(
    name: "step", meaning: "One step of a ladder.",
    fields: [
      id(else: "the ladder and the step's number"),
      LanguageField(
        "at", .written(.delay), else: "that of the step above", "After the ladder's start.", "at: 10m"),
      LanguageField(
        "when", .clause("condition"), else: "always", "What became of the step before.", "when: {answer: none}"),
      LanguageField(
        "tell", .oneOrMore(.written(.recipient)), needed: true, "Whom to tell.", "tell: [duty.primary, group.hotline]"),
      LanguageField("by", .oneOrMore(words(DeliveryMethod.self)), needed: true, "How.", "by: [email, pager]"),
      LanguageField(
        "or_when", .clause("condition"), "What brings the step forward, once.", "or_when: {dialled: \"3,9\"}"),
    ])

  static let repetition = LanguageClause(
    name: "repetition", meaning: "The end of a ladder: its last step again and again.",
    fields: [
      LanguageField("repeat", .choice(["last"]), needed: true, "Only the last step repeats.", "repeat: last"),
      LanguageField("every", .written(.span), needed: true, "From one run to the next.", "every: 2m"),
      LanguageField("times", .whole(1...1000), else: "until it is answered", "At most.", "times: 8"),
    ])

  static let acknowledgement = LanguageClause(
    name: "acknowledgement",
    meaning: """
      What a ladder asks of who acknowledges. An acknowledgement after which nobody reaches the customer in time expires, \
      and the ladder goes on with its next step. It stands among the steps, once.
      """,
    fields: [
      LanguageField(
        "contact_within", .written(.span), needed: true, "From the acknowledgement to the contact.",
        "contact_within: 15m")
    ])

  static let quietHours = LanguageClause(
    name: "quiet-hours",
    meaning: """
      Messages of ladders wait until the calendar opens; what waits is listed as held. Who is told then has the time up to \
      the next step from then on.
      """,
    fields: [
      id(else: "quiet-hours"),
      LanguageField(
        "outside", .reference(to: "hours"), needed: true, "It is quiet while this calendar is closed.",
        "outside: office"),
      names("classes", of: "classes", else: "every ticket", "The classes whose messages wait.", "classes: [I, II]"),
      LanguageField(
        "spare", .oneOrMore(words(DeliveryMethod.self)), "The methods that do not wait.", "spare: [pager, voice]"),
    ])

  static let merging = LanguageClause(
    name: "merging",
    meaning: """
      The first message to an address goes at once. Those to the same person and address that follow within the time become \
      one, which lists all of them. So do notices to a customer, each kind for itself.
      """,
    fields: [
      id(else: "merging"),
      LanguageField("within", .written(.span), needed: true, "How long a message waits at most.", "within: 5m"),
      LanguageField("at_most", .whole(MergingRule.limits), needed: true, "How many become one at most.", "at_most: 20"),
      LanguageField("by", .oneOrMore(words(DeliveryMethod.self)), else: "email", "The methods.", "by: [email, sms]"),
      names("classes", of: "classes", else: "every ticket", "The classes whose messages may wait.", "classes: I"),
    ])
}
