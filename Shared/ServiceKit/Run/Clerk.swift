import Policy
import Postgres

/// A thread with a session for what is neither a command nor a read: the outbox, timers, the feed, readiness.
actor Clerk {
  private nonisolated let executor: any SerialExecutor
  private let connection: ReconnectingConnection
  private let timeout: Duration

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(on executor: any SerialExecutor, configuration: ConnectionConfiguration, timeout: Duration, seed: UInt64) {
    self.executor = executor
    self.connection = ReconnectingConnection(configuration, backoff: Backoff(seed: seed))
    self.timeout = timeout
  }

  /// Runs statements in one transaction that reaches these tenants; returns their results.
  func run(_ statements: [Statement], serving tenants: [TenantID]) throws(PostgresError) -> [ResultRows] {
    let serving = Statement.serving(tenants: tenants.map { PostgresUUID(high: $0.high, low: $0.low) })
    return Array(
      try connection.execute([.begin, serving] + statements + [.commit], deadline: .now + timeout)[2...].dropLast())
  }

  /// All tenants that the service knows.
  func tenants() throws(PostgresError) -> [TenantID] {
    let rows = try connection.execute([Self.allTenants], deadline: .now + timeout)[0]
    var tenants: [TenantID] = []
    tenants.reserveCapacity(rows.count)
    for row in rows {
      let id = try row.uuid(0)
      tenants.append(TenantID(high: id.high, low: id.low))
    }
    return tenants
  }

  /// Lends the session, for migrations and what is asked of the catalogue.
  func withConnection<Value: Sendable>(
    _ body: sending (Connection) throws -> Value
  ) throws -> Value {
    try connection.withConnection(body).get()
  }

  /// Closes the session.
  func close() {
    connection.close()
  }

  private static let allTenants = Statement(sql: "SELECT tenant_id FROM tenants ORDER BY tenant_id")
}
