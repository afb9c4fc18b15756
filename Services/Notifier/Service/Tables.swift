import NotifierRules
import Policy
import ServiceKit

/// How the database holds notifier's rows; `Migrations` says what they mean.
enum Tables {
  static let tickets = Table(
    "tickets", \NotifierState.tickets,
    key: [Column("ticket_id") { $0 }],
    columns: [
      Column("number", fixed: true, \.number), Column("account_id", fixed: true, \.accountID),
      Column("subject", \.subject), Column("account_name", \.accountName), Column("contact_name", \.contactName),
      Column("class", \.ticketClass), Column("state", \.state), Column("plan_version", fixed: true, \.planVersion),
      Column("opened_at", fixed: true, \.openedAt), Column("acknowledged_at", \.acknowledgedAt),
      Column("contacted_at", \.contactedAt),
    ]
  ) { row throws(RowError) in
    TicketView(
      id: try row.next(), number: try row.next(), accountID: try row.next(), subject: try row.next(),
      accountName: try row.next(), contactName: try row.next(), ticketClass: try row.next(), state: try row.next(),
      planVersion: try row.next(), openedAt: try row.next(), acknowledgedAt: try row.next(),
      contactedAt: try row.next())
  }

  static let accounts = Table(
    "accounts", \NotifierState.accounts,
    key: [Column("account_id") { $0 }],
    columns: [Column("name", \.name), Column("contacts") { JSONList($0.contacts.map(StoredContact.init)) }]
  ) { row throws(RowError) in
    AccountView(
      id: try row.next(), name: try row.next(),
      contacts: try row.next(JSONList<StoredContact>.self).elements.compactMap(\.contact))
  }

  static let people = Table(
    "people", \NotifierState.people,
    key: [Column("person_id") { $0 }],
    columns: [
      Column("name", \.name), Column("methods") { JSONList($0.methods.map(StoredMethod.init)) },
      Column("version", \.version),
    ]
  ) { row throws(RowError) in
    Person(
      id: try row.next(), name: try row.next(),
      methods: try row.next(JSONList<StoredMethod>.self).elements.compactMap(\.method), version: try row.next())
  }

  static let rotas = Table(
    "rotas", \NotifierState.rotas,
    key: [Column("rota_id") { $0 }],
    columns: [
      Column("name", fixed: true, \.name), Column("zone", \.zone), Column("handover") { $0.handover.description },
      Column("turn_days", \.turnDays), Column("starts_at", \.starts),
      Column("people") { JSONList($0.people.map(\.description)) }, Column("version", \.version),
    ]
  ) { row throws(RowError) in
    Rota(
      id: try row.next(), name: try row.next(), zone: try row.next(),
      handover: CivilTime(try row.next(String.self)) ?? .midnight, turnDays: try row.next(), starts: try row.next(),
      people: try row.next(JSONList<String>.self).elements.compactMap { PersonID($0) }, version: try row.next())
  }

  static let rotasByName = rotas.group(by: "name", of: String.self, limit: 1)

  static let overrides = Table(
    "rota_overrides", \NotifierState.overrides,
    key: [Column("override_id") { $0 }],
    columns: [
      Column("rota_id", fixed: true, \.rotaID), Column("rota_name", fixed: true, \.rotaName),
      Column("person_id", fixed: true, \.personID), Column("from_at", fixed: true, \.from),
      Column("to_at", fixed: true, \.to), Column("reason", fixed: true, \.reason),
    ]
  ) { row throws(RowError) in
    RotaOverride(
      id: try row.next(), rotaID: try row.next(), rotaName: try row.next(), personID: try row.next(),
      from: try row.next(), to: try row.next(), reason: try row.next())
  }

  static let overridesByRota = overrides.group(by: "rota_name", of: String.self, limit: Rota.mostOverrides)

  static let clocks = Table(
    "sla_clocks", \NotifierState.clocks,
    key: [Column("clock_id") { $0 }],
    columns: [
      Column("ticket_id", fixed: true, \.ticketID), Column("ticket_number", fixed: true, \.ticketNumber),
      Column("target", fixed: true, \.target), Column("round", \.round), Column("state", \.state),
      Column("due_at", \.due), Column("ladder_at", \.ladderAt), Column("started_at", fixed: true, \.startedAt),
      Column("ended_at", \.endedAt), Column("version", \.version),
    ]
  ) { row throws(RowError) in
    SlaClock(
      id: try row.next(), ticketID: try row.next(), ticketNumber: try row.next(), target: try row.next(),
      round: try row.next(), state: try row.next(), due: try row.next(), ladderAt: try row.next(),
      startedAt: try row.next(), endedAt: try row.next(), version: try row.next())
  }

  static let clocksByTicket = clocks.group(by: "ticket_id", of: TicketID.self)

  static let escalations = Table(
    "escalations", \NotifierState.escalations,
    key: [Column("escalation_id") { $0 }],
    columns: [
      Column("ticket_id", fixed: true, \.ticketID), Column("ticket_number", fixed: true, \.ticketNumber),
      Column("target", fixed: true, \.target), Column("round", fixed: true, \.round),
      Column("ladder", fixed: true, \.ladder), Column("plan_version", fixed: true, \.planVersion),
      Column("state", \.state), Column("taken", \.taken), Column("told", \.told),
      Column("started_at", fixed: true, \.startedAt), Column("next_step_at", \.nextStepAt),
      Column("acknowledged_at", \.acknowledgedAt), Column("acknowledged_by", \.acknowledgedBy),
      Column("ending", \.ending), Column("version", \.version),
    ]
  ) { row throws(RowError) in
    Escalation(
      id: try row.next(), ticketID: try row.next(), ticketNumber: try row.next(), target: try row.next(),
      round: try row.next(), ladder: try row.next(), planVersion: try row.next(), state: try row.next(),
      taken: try row.next(), told: try row.next(), startedAt: try row.next(), nextStepAt: try row.next(),
      acknowledgedAt: try row.next(), acknowledgedBy: try row.next(), ending: try row.next(),
      version: try row.next())
  }

  static let escalationsByTicket = escalations.group(by: "ticket_id", of: TicketID.self)

  static let steps = Journal(
    "escalation_steps", \NotifierState.steps,
    columns: [
      Column("escalation_id", \.escalationID), Column("number", \.number), Column("place", \.place), Column("at", \.at),
      Column("deliveries", \.deliveries), Column("note", \.note),
    ])

  static let notices = Table(
    "notices", \NotifierState.notices,
    key: [Column("notice_id") { $0 }],
    columns: [
      Column("account_id", fixed: true, \.accountID), Column("kind", fixed: true, \.kind),
      Column("subject", fixed: true, \.subject), Column("text", fixed: true, \.text), Column("at", fixed: true, \.at),
      Column("deliveries", \.deliveries),
    ]
  ) { row throws(RowError) in
    Notice(
      id: try row.next(), accountID: try row.next(), kind: try row.next(), subject: try row.next(),
      text: try row.next(), at: try row.next(), deliveries: try row.next())
  }

  /// The notices of an account that wait for a contact.
  static let waitingNotices = notices.group(by: "account_id", of: AccountID.self, where: "r.deliveries = 0")

  static let deliveries = Table(
    "deliveries", \NotifierState.deliveries,
    key: [Column("delivery_id") { $0 }],
    columns: [
      Column("cause_kind", fixed: true) { CauseKind($0.cause) }, Column("cause_id", fixed: true) { $0.cause.subject },
      Column("step", fixed: true, \.step), Column("person_id", fixed: true, \.personID),
      Column("recipient", fixed: true, \.recipient), Column("method", fixed: true, \.method),
      Column("address", fixed: true, \.address), Column("subject", fixed: true, \.subject),
      Column("text", fixed: true, \.text), Column("state", \.state), Column("is_ready", \.isReady),
      Column("attempts", \.attempts), Column("created_at", fixed: true, \.createdAt), Column("version", \.version),
    ]
  ) { row throws(RowError) in
    let id: DeliveryID = try row.next()
    let kind: CauseKind = try row.next()
    return Delivery(
      id: id, cause: kind.cause(try row.next()), step: try row.next(), personID: try row.next(),
      recipient: try row.next(), method: try row.next(), address: try row.next(), subject: try row.next(),
      text: try row.next(), state: try row.next(), isReady: try row.next(), attempts: try row.next(),
      createdAt: try row.next(), version: try row.next())
  }

  static let attempts = Journal(
    "delivery_attempts", \NotifierState.attempts,
    columns: [
      Column("delivery_id", \.deliveryID), Column("number", \.number), Column("at", \.at),
      Column("succeeded", \.succeeded), Column("outcome", \.outcome),
    ])

  /// All of them, each after those that it refers to.
  static let all: [AnyTable<NotifierState>] = [
    AnyTable(tickets), AnyTable(accounts), AnyTable(people), AnyTable(rotas), AnyTable(overrides), AnyTable(clocks),
    AnyTable(escalations), AnyTable(steps), AnyTable(notices), AnyTable(deliveries), AnyTable(attempts),
  ]
}

/// What a delivery is sent for, as the column says it.
enum CauseKind: String {
  case escalation
  case notice

  init(_ cause: Delivery.Cause) {
    switch cause {
    case .escalation: self = .escalation
    case .notice: self = .notice
    }
  }

  func cause(_ id: SubjectID) -> Delivery.Cause {
    switch self {
    case .escalation: .escalation(id.as())
    case .notice: .notice(id.as())
    }
  }
}
