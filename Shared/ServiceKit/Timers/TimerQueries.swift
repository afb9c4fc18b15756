import Policy
import Postgres

/// Statements that look for timers.
enum TimerSQL {
  /// What time it is for the tenant `n`. As CASE, and not as coalesce(), of which row-level security believes that it could tell
  /// rows of others: what is compared with it would be looked at row by row, and no index be asked.
  private static let present = "CASE n.clock WHEN 'test' THEN n.instant ELSE $2 END"
  private static let survey = Statement(sql: "SELECT tenant_id, writes FROM tenants ORDER BY tenant_id")
  private static let next = Statement(
    sql: "SELECT k.tenant_id, n.clock = 'test', "
      + "(SELECT min(t.due_at) FROM timers t WHERE t.tenant_id = k.tenant_id AND t.due_at > \(present)) "
      + "FROM unnest($1::uuid[]) AS k(tenant_id) JOIN tenants n ON n.tenant_id = k.tenant_id")
  private static let due = Statement(
    sql: "SELECT t.tenant_id, t.kind, t.subject_id, t.due_at FROM unnest($1::uuid[]) AS k(tenant_id) "
      + "JOIN tenants n ON n.tenant_id = k.tenant_id, LATERAL ("
      + "SELECT t.tenant_id, t.kind, t.subject_id, t.due_at FROM timers t WHERE t.tenant_id = k.tenant_id "
      + "AND t.due_at <= \(present) ORDER BY t.due_at, t.subject_id, t.kind LIMIT $3) t")

  /// All tenants, each with the count of transactions that wrote for it: as long as it stands still, no timer was armed.
  static let allTenants = survey

  static func readTenant(_ row: inout RowReader) throws(RowError) -> (id: TenantID, writes: Int64) {
    (try row.next(), try row.next())
  }

  /// The next timer of each tenant that is not yet due, by the tenant's own clock.
  static func next(_ tenants: [TenantID], after now: Instant) -> Statement {
    next.with(Parameter(array: tenants), Parameter(now))
  }

  static func readNext(_ row: inout RowReader) throws(RowError) -> (id: TenantID, isTest: Bool, next: Instant?) {
    (try row.next(), try row.next(), try row.next())
  }

  /// The timers of each tenant that are due, those that have been so longest first.
  static func due(_ tenants: [TenantID], at now: Instant, limit: Int) -> Statement {
    due.with(Parameter(array: tenants), Parameter(now), Parameter(limit))
  }

  static func readDue(_ row: inout RowReader) throws(RowError) -> DueTimer {
    let tenant = try row.next(TenantID.self)
    let key = Policy.Timer.Key(kind: try row.next(), subject: try row.next())
    return DueTimer(tenant: tenant, timer: Policy.Timer(key: key, due: try row.next()))
  }
}
