import Policy
import Postgres

/// A session for what is neither a command nor a read: the outbox, timers, the feed.
actor Clerk {
  private nonisolated let executor: any SerialExecutor
  private let session: any Session
  private let timeout: Duration
  private let turns = Turns()
  private var renewal = PlanRenewal()

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(on executor: any SerialExecutor, timeout: Duration, makeSession: sending () -> sending any Session) {
    self.executor = executor
    self.session = makeSession()
    self.timeout = timeout
  }

  /// Runs statements in one transaction that reaches these tenants; returns their results.
  func run(_ statements: [Statement], serving tenants: [TenantID]) async throws(PostgresError) -> [ResultRows] {
    let serving = Statement.serving(tenants: tenants.map { PostgresUUID(high: $0.high, low: $0.low) })
    let end: [Statement] = renewal.isDue() ? [.discardPlans] : []
    // What is sent together without BEGIN is a transaction of its own, and needs no COMMIT.
    return Array(try await execute([serving] + statements + end)[1...].dropLast(end.count))
  }

  /// All tenants that the service knows.
  func tenants() async throws(PostgresError) -> [TenantID] {
    let rows = try await execute([Self.allTenants])[0]
    var tenants: [TenantID] = []
    tenants.reserveCapacity(rows.count)
    for row in rows {
      let id = try row.uuid(0)
      tenants.append(TenantID(high: id.high, low: id.low))
    }
    return tenants
  }

  /// Closes the session.
  func close() {
    session.close()
  }

  /// One batch at a time, in the order in which they were asked for: each is a transaction of its own.
  private func execute(_ statements: [Statement]) async throws(PostgresError) -> [ResultRows] {
    await turns.begin()
    defer { turns.end() }
    return try await session.execute(statements, timeout: timeout)
  }

  private static let allTenants = Statement(sql: "SELECT tenant_id FROM tenants ORDER BY tenant_id")
}
