import Policy
import Postgres
import Testing

@testable import ServiceKit

@Suite("Plans of prepared statements, on PostgreSQL")
struct PlanTests {
  @Test("plans are made anew after 16 transactions, and whenever there have been twice as many")
  func renewal() {
    var renewal = PlanRenewal()
    #expect((1...200).filter { _ in renewal.isDue() } == [16, 32, 64, 128])
  }

  @Test("to the planner, all rows of a table may be one tenant's")
  func statistics() async throws {
    try await TestService.with { service async throws in
      let others = try await service.database.texts(
        """
        SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'tenant_id'
          AND NOT coalesce('n_distinct=1' = ANY (a.attoptions), false)
        """)
      #expect(others == [])
    }
  }

  @Test("an update finds its row by the key, though its plan was made when the table had one row")
  func growth() async throws {
    let updates = 100
    try await TestService.with { service async throws in
      let other = try await TestService(database: service.database)
      func update(_ turns: Range<Int>) async {
        for turn in turns { _ = await other.add(account(1), 1, key: "addition-\(turn)") }
      }
      await update(0..<1)
      _ = try await service.database.texts("ANALYZE accounts")
      await update(1..<20)
      _ = try await service.database.texts(
        """
        INSERT INTO accounts SELECT '\(TestService.tenant)', gen_random_uuid(), 1, NULL, 1 FROM generate_series(1, 5000)
        """)
      await update(20..<20 + updates)
      await other.stop()
      #expect(try await service.total(account(1)).0 == Int64(20 + updates))
      // Sessions tell what they have read when they end, which may be after the service.
      let read = "SELECT coalesce(idx_tup_fetch, 0)::text FROM pg_stat_user_tables WHERE relname = 'accounts'"
      try await TestService.eventually("the count of what was read") {
        try await service.database.texts(read).compactMap(Int.init).allSatisfy { $0 >= updates }
      }
      let rows = try await service.database.texts(read).compactMap(Int.init)
      // Reading all rows at each update would be half a million. The plan is made anew after 32 transactions.
      #expect(rows.allSatisfy { $0 < 5_000 * updates / 4 })
    }
  }

  @Test("a look for timers asks the index for those that are due, however many are armed", arguments: ["live", "test"])
  func timers(clock: String) async throws {
    try await TestService.with { service async throws in
      let tenant = TestService.tenant
      _ = try await service.database.texts(
        """
        WITH standing AS (
          UPDATE tenants SET clock = '\(clock)', instant = CASE '\(clock)' WHEN 'test' THEN now() END
          WHERE tenant_id = '\(tenant)')
        INSERT INTO timers SELECT '\(tenant)', 'later', gen_random_uuid(), now() + n * interval '1 hour'
        FROM generate_series(1, 5000) n
        """)
      _ = try await service.database.texts("ANALYZE timers")
      let connection = try Connection(ConnectionConfiguration(service.database.service, applicationName: "test"))
      defer { connection.close() }
      let now = Instant(milliseconds: service.clock.now.milliseconds)
      for statement in [TimerSQL.due([tenant], at: now, limit: 10), TimerSQL.next([tenant], after: now)] {
        let plan = try connection.execute(
          [
            .begin, .serving(tenants: [PostgresUUID(high: tenant.high, low: tenant.low)]),
            Statement(unnamed: "EXPLAIN \(statement.sql)", statement.parameters), .rollback,
          ], deadline: .now + .seconds(60))[2]
        let lines = try plan.map { try $0.text(0) }.joined(separator: "\n")
        #expect(lines.contains(#/timers_due.*\n.*Index Cond: .*due_at [<>]/#), "\(lines)")
      }
    }
  }
}
