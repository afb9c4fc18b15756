import Policy

/// The tables that every service has, made by the kit's first migration; one instance a service.
final class CommonTables<State: ServiceState>: Sendable {
  /// The tenants that this service knows. Their own id is the whole key.
  let tenants = Table<State, Tenant>(
    "tenants", { $1(&$0.common.tenants) },
    key: [],
    columns: [
      Column("name", \.name), Column("clock", fixed: true, \.clock), Column("instant", \.instant),
      Column("created_at", fixed: true, \.createdAt), Column("language", \.language.tag),
      Column("version", \.version),
    ]
  ) { row throws(RowError) in
    Tenant(
      id: row.tenant, name: try row.next(), clock: try row.next(), instant: try row.next(), createdAt: try row.next(),
      language: MessageLanguage(try row.next(String.self)) ?? .english, version: try row.next())
  }

  /// The plans that were published to this service. They never change.
  let plans = Table<State, PublishedPlan>(
    "plans", { $1(&$0.common.publishedPlans) },
    key: [Column("version") { $0 }],
    columns: [
      Column("plan", \.plan), Column("title", \.title), Column("document", \.document),
      Column("published_at", \.publishedAt),
    ],
    isKept: false
  ) { row throws(RowError) in
    PublishedPlan(
      version: try row.next(), plan: try row.next(), title: try row.next(), document: try row.next(),
      publishedAt: try row.next())
  }

  /// The version of each plan that was published last.
  let newestPlans: Group<State, PublishedPlan, String>

  /// The newest version of each subject that peers have told of.
  let eventVersions = Table<State, EventVersion>(
    "event_versions", { $1(&$0.common.eventVersions) },
    key: [Column("source", \.source), Column("subject_kind", \.kind), Column("subject_id", \.subject)],
    columns: [Column("version", \.version)]
  ) { row throws(RowError) in
    let key = EventVersion.Key(source: try row.next(), kind: try row.next(), subject: try row.next())
    return EventVersion(key: key, version: try row.next())
  }

  /// What is armed.
  let timers = TimerTable<State>()

  init() {
    newestPlans = plans.group(by: "plan", order: "r.published_at DESC, r.version", limit: 1)
  }

  /// Those whose rows can be marked and saved like any service's.
  var all: [AnyTable<State>] { [AnyTable(tenants), AnyTable(plans), AnyTable(eventVersions)] }
}
