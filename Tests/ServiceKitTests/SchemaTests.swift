import Foundation
import Policy
import Postgres
import Testing

@testable import ServiceKit

@Suite("The schema on PostgreSQL")
struct SchemaTests {
  private func withConnection<Value: Sendable>(
    _ conninfo: String, _ body: sending (Connection) throws -> Value
  ) async throws -> Value {
    let executor = ThreadExecutor(name: "test-schema")
    defer { executor.shutdown() }
    let schema = SchemaSession(on: executor, configuration: ConnectionConfiguration(conninfo), seed: 1)
    let value = try await schema.withConnection(body)
    await schema.close()
    return value
  }

  @Test("every table keeps the rules: tenant first, row-level security forced, nothing owned by the service")
  func rules() async throws {
    let database = try await TestDatabase()
    try await database.migrate(CounterService.self)
    let violations = try await withConnection(database.owner) {
      try SchemaRules.violations(on: $0, serviceRole: TestDatabase.serviceRole, deadline: .now + .seconds(30))
    }
    #expect(violations.isEmpty)
    await database.drop()
  }

  @Test("a table that breaks the rules is named")
  func broken() async throws {
    let database = try await TestDatabase()
    try await database.migrate(CounterService.self)
    let violations = try await withConnection(database.owner) { connection in
      try connection.executeScript(
        "CREATE TABLE loose (id bigint PRIMARY KEY CHECK (id > 0), tenant_id uuid, CHECK (tenant_id IS NULL OR id > 1)); "
          + "CREATE UNIQUE INDEX one_of_installation ON accounts (account_id); "
          + "CREATE INDEX some_of_installation ON accounts (account_id); CREATE UNIQUE INDEX one_ofXinstallation ON accounts (account_id)",
        deadline: .now + .seconds(30))
      return try SchemaRules.violations(
        on: connection, serviceRole: TestDatabase.serviceRole, deadline: .now + .seconds(30))
    }
    #expect(violations.contains { $0.hasPrefix("loose: the first column") })
    #expect(violations.contains { $0.hasPrefix("loose: row-level security") })
    #expect(violations.filter { $0.contains("_check") }.map { $0.prefix(21) } == ["loose: loose_id_check"])
    #expect(
      violations.filter { $0.hasPrefix("accounts: ") } == [
        "accounts: tenant_id is not first in one_ofxinstallation",
        "accounts: tenant_id is not first in some_of_installation",
      ])
    await database.drop()
  }

  @Test("a transaction reaches only the tenants that it names, whatever its statements say")
  func secondWall() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), 5, key: "first-tenant")
      let counts = try await withConnection(service.database.service) { connection in
        let count = Statement(unnamed: "SELECT count(*) FROM accounts")
        let other = Statement.serving(tenants: [PostgresUUID(high: 9, low: 9)])
        let own = Statement.serving(tenants: [PostgresUUID(high: TestService.tenant.high, low: TestService.tenant.low)])
        var counts: [Int64] = []
        for serving in [[], [other], [own]] {
          let results = try connection.execute([.begin] + serving + [count, .commit], deadline: .now + .seconds(30))
          counts.append(try results[1 + serving.count].only().int64(0))
        }
        return counts
      }
      #expect(counts == [0, 0, 1])
    }
  }

  @Test("the service may neither change nor delete what is only ever added")
  func insertOnly() async throws {
    let database = try await TestDatabase()
    try await database.migrate(CounterService.self)
    let state = try await withConnection(database.service) { connection in
      do throws(PostgresError) {
        _ = try connection.execute([Statement(unnamed: "DELETE FROM additions")], deadline: .now + .seconds(30))
        return nil as SQLState?
      } catch {
        return error.serverError?.sqlState
      }
    }
    #expect(state == .insufficientPrivilege)
    await database.drop()
  }
}
