import NotifierRules
import Policy
import ServiceKit

/// How the database holds notifier's rows; `Migrations` says what they mean.
enum Tables {
  static let tickets: Table<NotifierState, TicketView> = Table(
    "tickets", { $1(&$0.tickets) },
    key: [Column("ticket_id") { $0 }],
    columns: [
      Column("number", fixed: true, \.number), Column("account_id", fixed: true, \.accountID),
      Column("subject", \.subject), Column("account_name", \.accountName), Column("contact_name", \.contactName),
      Column("class", \.ticketClass), Column("state", \.state), Column("plan_version", fixed: true, \.planVersion),
      Column("opened_at", fixed: true, \.openedAt), Column("acknowledged_at", \.acknowledgedAt),
      Column("contacted_at", \.contactedAt), Column("heard_at", \.heardAt),
      Column("summoned_at", \.summonedAt),
      Column("surveys") { JSONList($0.surveys.map(StoredSurvey.init)) }, Column("calls_taken", \.callsTaken),
    ]
  ) { row throws(RowError) in
    TicketView(
      id: try row.next(TicketID.self), number: try row.next(Int64.self), accountID: try row.next(AccountID.self),
      subject: try row.next(String.self),
      accountName: try row.next(String.self), contactName: try row.next(String.self),
      ticketClass: try row.next(String.self), state: try row.next(TicketView.State.self),
      planVersion: try row.next(PlanVersion.self), openedAt: try row.next(Instant.self),
      acknowledgedAt: try row.next(Instant?.self),
      contactedAt: try row.next(Instant?.self), heardAt: try row.next(Instant?.self),
      summonedAt: try row.next(Instant?.self),
      surveys: try row.next(JSONList<StoredSurvey>.self).elements.map(\.survey),
      callsTaken: try row.next(Int64.self))
  }

  static let accounts: Table<NotifierState, AccountView> = Table(
    "accounts", { $1(&$0.accounts) },
    key: [Column("account_id") { $0 }],
    columns: [
      Column("name", \.name), Column("contacts") { JSONList($0.contacts.map(StoredContact.init)) },
      Column("plan", \.plan), Column("plan_version", \.planVersion),
      Column("end_told") { $0.endTold?.description ?? "" },
      Column("language") { $0.language?.tag ?? "" },
    ]
  ) { row throws(RowError) in
    AccountView(
      id: try row.next(AccountID.self), name: try row.next(String.self),
      contacts: try row.next(JSONList<StoredContact>.self).elements.compactMap(\.contact),
      plan: try row.next(String.self), planVersion: try row.next(PlanVersion?.self),
      endTold: CivilDate(try row.next(String.self)),
      language: MessageLanguage(try row.next(String.self)))
  }

  /// Some of the accounts on a plan that were told the same end of its product, or none.
  static let accountsByEnd = accounts.group(
    by: [Column<PlanEnd>("plan", \.plan), Column("end_told", \.told)], limit: ProductEndDue.accountCountMax)

  /// A plan, and the day that accounts on it were told of; empty: none.
  struct PlanEnd: Hashable, Comparable, Sendable {
    let plan: String
    let told: String

    static func < (a: PlanEnd, b: PlanEnd) -> Bool { (a.plan, a.told) < (b.plan, b.told) }
  }

  static let productEnds: Table<NotifierState, ProductEnd> = Table(
    "product_ends", { $1(&$0.productEnds) },
    key: [Column("end_id") { $0 }],
    columns: [
      Column("plan", fixed: true, \.plan), Column("plan_version", fixed: true, \.planVersion),
      Column("on_day", fixed: true) { $0.on?.description ?? "" },
    ]
  ) { row throws(RowError) in
    ProductEnd(
      id: try row.next(ProductEndID.self), plan: try row.next(String.self), planVersion: try row.next(PlanVersion.self),
      on: CivilDate(try row.next(String.self)))
  }

  static let productEndsByPlan = productEnds.group(by: "plan", of: String.self)

  static let people: Table<NotifierState, Person> = Table(
    "people", { $1(&$0.people) },
    key: [Column("person_id") { $0 }],
    columns: [
      Column("handle", \.handle), Column("name", \.name),
      Column("methods") { JSONList($0.methods.map(StoredMethod.init)) }, Column("version", \.version),
    ]
  ) { row throws(RowError) in
    Person(
      id: try row.next(PersonID.self), handle: try row.next(String.self), name: try row.next(String.self),
      methods: try row.next(JSONList<StoredMethod>.self).elements.compactMap(\.method),
      version: try row.next(Int64.self))
  }

  /// Whoever has a handle.
  static let peopleByHandle = people.group(by: "handle", of: String.self, limit: 1)

  static let rotas: Table<NotifierState, Rota> = Table(
    "rotas", { $1(&$0.rotas) },
    key: [Column("rota_id") { $0 }],
    columns: [
      Column("name", fixed: true, \.name), Column("layers") { JSONList($0.layers.map(StoredLayer.init)) },
      Column("since_at", \.since), Column("warned") { JSONList($0.warned.map(StoredWarning.init)) },
      Column("version", \.version),
    ]
  ) { row throws(RowError) in
    Rota(
      id: try row.next(RotaID.self), name: try row.next(String.self),
      layers: try row.next(JSONList<StoredLayer>.self).elements.map(\.layer), since: try row.next(Instant.self),
      warned: try row.next(JSONList<StoredWarning>.self).elements.map(\.warning), version: try row.next(Int64.self))
  }

  static let rotasByName = rotas.group(by: "name", of: String.self, limit: 1)

  static let rotaPasts: Journal<NotifierState, RotaPast> = Journal(
    "rota_pasts", { $1(&$0.rotaPasts) },
    columns: [
      Column("rota_id", \.rotaID), Column("version", \.version), Column("rota_name", \.rotaName),
      Column("from_at", \.from), Column("to_at", \.to),
      Column("layers") { JSONList($0.layers.map(StoredLayer.init)) },
    ])

  static let overrides: Table<NotifierState, RotaOverride> = Table(
    "rota_overrides", { $1(&$0.overrides) },
    key: [Column("override_id") { $0 }],
    columns: [
      Column("rota_id", fixed: true, \.rotaID), Column("rota_name", fixed: true, \.rotaName),
      Column("person_id", fixed: true, \.personID), Column("from_at", fixed: true, \.from),
      Column("to_at", \.to), Column("reason", fixed: true, \.reason),
    ]
  ) { row throws(RowError) in
    RotaOverride(
      id: try row.next(OverrideID.self), rotaID: try row.next(RotaID.self), rotaName: try row.next(String.self),
      personID: try row.next(PersonID.self),
      from: try row.next(Instant.self), to: try row.next(Instant.self), reason: try row.next(String.self))
  }

  static let overridesByRota = overrides.group(by: "rota_name", of: String.self, limit: Rota.mostOverrides)

  static let clocks: Table<NotifierState, SlaClock> = Table(
    "sla_clocks", { $1(&$0.clocks) },
    key: [Column("clock_id") { $0 }],
    columns: [
      Column("ticket_id", fixed: true, \.ticketID), Column("ticket_number", fixed: true, \.ticketNumber),
      Column("target", fixed: true, \.target), Column("ladder", \.ladder), Column("round", \.round),
      Column("state", \.state), Column("paused_reason", \.pausedReason), Column("due_at", \.due),
      Column("counted_from", \.countedFrom), Column("ladder_at", \.ladderAt),
      Column("started_at", fixed: true, \.startedAt), Column("ended_at", \.endedAt), Column("version", \.version),
    ]
  ) { row throws(RowError) in
    SlaClock(
      id: try row.next(ClockID.self), ticketID: try row.next(TicketID.self), ticketNumber: try row.next(Int64.self),
      target: try row.next(String.self), ladder: try row.next(String.self),
      round: try row.next(Int.self), state: try row.next(SlaClock.State.self),
      pausedReason: try row.next(String.self), due: try row.next(Instant.self),
      countedFrom: try row.next(Instant?.self), ladderAt: try row.next(Instant?.self),
      startedAt: try row.next(Instant.self), endedAt: try row.next(Instant?.self), version: try row.next(Int64.self))
  }

  static let clocksByTicket = clocks.group(by: "ticket_id", of: TicketID.self)

  static let clockEvents: Journal<NotifierState, ClockEvent> = Journal(
    "sla_clock_events", { $1(&$0.clockEvents) },
    columns: [
      Column("clock_id", \.clockID), Column("number", \.number), Column("at", \.at), Column("state", \.state),
      Column("due_at", \.due), Column("why", \.why),
    ])

  static let escalations: Table<NotifierState, Escalation> = Table(
    "escalations", { $1(&$0.escalations) },
    key: [Column("escalation_id") { $0 }],
    columns: [
      Column("ticket_id", fixed: true, \.ticketID), Column("ticket_number", fixed: true, \.ticketNumber),
      Column("target", fixed: true, \.target), Column("round", fixed: true, \.round),
      Column("ladder", fixed: true, \.ladder), Column("plan_version", fixed: true, \.planVersion),
      Column("state", \.state), Column("taken", \.taken), Column("told", \.told),
      Column("heard_step", \.heard.step), Column("heard_messages", \.heard.messages),
      Column("heard_refused", \.heard.refused), Column("heard_voicemails", \.heard.voicemails),
      Column("started_at", fixed: true, \.startedAt), Column("next_step_at", \.nextStepAt),
      Column("acknowledged_at", \.acknowledgedAt), Column("acknowledged_by", \.acknowledgedBy),
      Column("expires_at", \.expiresAt), Column("expired_at", \.expiredAt), Column("events", \.events),
      Column("ending", \.ending), Column("version", \.version),
    ]
  ) { row throws(RowError) in
    Escalation(
      id: try row.next(EscalationID.self), ticketID: try row.next(TicketID.self),
      ticketNumber: try row.next(Int64.self), target: try row.next(String.self),
      round: try row.next(Int.self), ladder: try row.next(String.self), planVersion: try row.next(PlanVersion.self),
      state: try row.next(Escalation.State.self),
      taken: try row.next(Int.self), told: try row.next(Int.self),
      heard: Escalation.Hearing(
        step: try row.next(Int.self), messages: try row.next(Int.self), refused: try row.next(Int.self),
        voicemails: try row.next(Int.self)),
      startedAt: try row.next(Instant.self),
      nextStepAt: try row.next(Instant?.self),
      acknowledgedAt: try row.next(Instant?.self), acknowledgedBy: try row.next(String.self),
      expiresAt: try row.next(Instant?.self), expiredAt: try row.next(Instant?.self), events: try row.next(Int.self),
      ending: try row.next(String.self),
      version: try row.next(Int64.self))
  }

  static let escalationsByTicket = escalations.group(by: "ticket_id", of: TicketID.self)

  static let steps: Journal<NotifierState, EscalationStep> = Journal(
    "escalation_steps", { $1(&$0.steps) },
    columns: [
      Column("escalation_id", \.escalationID), Column("number", \.number), Column("place", \.place), Column("at", \.at),
      Column("deliveries", \.deliveries), Column("note", \.note),
    ])

  static let escalationEvents: Journal<NotifierState, EscalationEvent> = Journal(
    "escalation_events", { $1(&$0.escalationEvents) },
    columns: [
      Column("escalation_id", \.escalationID), Column("number", \.number), Column("at", \.at),
      Column("kind", \.kind), Column("text", \.text),
    ])

  static let notices: Table<NotifierState, Notice> = Table(
    "notices", { $1(&$0.notices) },
    key: [Column("notice_id") { $0 }],
    columns: [
      Column("account_id", fixed: true, \.accountID), Column("ticket_id", fixed: true, \.ticketID),
      Column("kind", fixed: true, \.kind),
      Column("subject", fixed: true, \.subject), Column("text", fixed: true, \.text),
      Column("facts", fixed: true) { $0.facts.bytes }, Column("at", fixed: true, \.at),
      Column("late", fixed: true, \.isLate), Column("deliveries", \.deliveries),
    ]
  ) { row throws(RowError) in
    Notice(
      id: try row.next(NoticeID.self), accountID: try row.next(AccountID?.self),
      ticketID: try row.next(TicketID?.self), kind: try row.next(String.self), subject: try row.next(String.self),
      text: try row.next(String.self), facts: try MessageFacts(stored: try row.next([UInt8].self)),
      at: try row.next(Instant.self), isLate: try row.next(Bool.self), deliveries: try row.next(Int.self))
  }

  /// The notices of an account that wait for a contact.
  static let waitingNotices = notices.group(by: "account_id", of: AccountID.self, where: "r.deliveries = 0")

  /// All of them, each after those that it refers to.
  static let all: [AnyTable<NotifierState>] = [
    AnyTable(tickets), AnyTable(accounts), AnyTable(productEnds), AnyTable(people), AnyTable(rotas),
    AnyTable(rotaPasts), AnyTable(overrides), AnyTable(clocks), AnyTable(clockEvents), AnyTable(escalations),
    AnyTable(steps), AnyTable(escalationEvents), AnyTable(notices), AnyTable(bundles), AnyTable(endpoints),
    AnyTable(deliveries), AnyTable(attempts), AnyTable(TemplateTables.templates), AnyTable(TemplateTables.editions),
  ]
}
