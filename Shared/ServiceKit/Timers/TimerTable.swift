import Policy
import Postgres

/// The timers of all tenants. Rules only instruct, so saving is an upsert and a deletion, and loading is for those alone
/// that fire.
final class TimerTable<State: ServiceState>: Sendable {
  let name = "timers"
  let isKept = false
  private let key: [Column<Timer.Key>] = [Column("kind", \.kind), Column("subject_id", \.subject)]
  private let sql = TableSQL(
    name: "timers", key: [("kind", .text), ("subject_id", .uuid)], columns: [("due_at", .timestamptz, false)])
  private let upsert = BulkStatement([
    ("tenant_id", .uuid), ("kind", .text), ("subject_id", .uuid), ("due_at", .timestamptz),
  ]) { rows in
    "INSERT INTO timers AS t (tenant_id, kind, subject_id, due_at) \(rows) "
      + "ON CONFLICT (tenant_id, kind, subject_id) DO UPDATE SET due_at = EXCLUDED.due_at"
  }

  /// The statements that save the instructions of a batch, and the earliest instant that was armed, by tenant.
  func save(_ tenants: [KnownTenant<State>]) -> (statements: [Statement], armed: [(TenantID, Instant)]) {
    var armedTenants = ArrayParameter(.uuid), armedKinds = ArrayParameter(.text)
    var armedSubjects = ArrayParameter(.uuid), armedInstants = ArrayParameter(.timestamptz)
    var tenantIDs = ArrayParameter(.uuid), kinds = ArrayParameter(.text), subjects = ArrayParameter(.uuid)
    var armed: [(TenantID, Instant)] = []
    for tenant in tenants {
      var earliest: Instant?
      for (key, due) in tenant.withCommon({ $0.timers.instructions }).sorted(by: { $0.key < $1.key }) {
        if let due {
          armedTenants.append(tenant.id)
          armedKinds.append(key.kind)
          armedSubjects.append(key.subject)
          armedInstants.append(due)
          earliest = min(earliest ?? due, due)
        } else {
          tenantIDs.append(tenant.id)
          kinds.append(key.kind)
          subjects.append(key.subject)
        }
      }
      if let earliest { armed.append((tenant.id, earliest)) }
    }
    var statements: [Statement] = []
    if tenantIDs.count > 0 {
      statements.append(sql.delete.with([tenantIDs, kinds, subjects]))
    }
    if armedTenants.count > 0 {
      statements.append(upsert.with([armedTenants, armedKinds, armedSubjects, armedInstants]))
    }
    return (statements, armed)
  }
}

extension TimerTable: Loader {
  func statement(_ tenants: [KnownTenant<State>]) -> Statement? { statement(tenants, sql.loadByKey, key) }

  func absorb(_ source: ResultRows, _ tenants: [TenantID: KnownTenant<State>]) throws(RowError) {
    let read = { (row: inout RowReader) throws(RowError) -> Timer in
      let key = Timer.Key(kind: try row.next(), subject: try row.next())
      return Timer(key: key, due: try row.next())
    }
    try rows(source, tenants, read) { tenant, timers in
      for timer in timers { tenant.withCommon { $0.timers.load(timer) } }
    }
  }
}
