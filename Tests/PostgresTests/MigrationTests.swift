import Postgres
import Testing

@Suite("Migrations")
struct MigrationTests {
  private let tables = Migration(
    number: 1, name: "tables", sql: "CREATE TABLE a (n int); CREATE TABLE b (n int); INSERT INTO a VALUES (1);")
  private let more = Migration(number: 2, name: "more", sql: "INSERT INTO a VALUES (2)")

  @Test("are applied in order, once, and recorded with the hash of their script")
  func once() async throws {
    try await TestServer.withDatabase("once") { configuration in
      let connection = try Connection(configuration)
      let migrator = try Migrator([more, tables])
      #expect(try migrator.pending(on: connection, deadline: TestServer.soon).map(\.number) == [1, 2])
      #expect(try migrator.apply(on: connection, deadline: TestServer.soon) == [tables, more])
      #expect(try migrator.apply(on: connection, deadline: TestServer.soon) == [])
      #expect(try migrator.pending(on: connection, deadline: TestServer.soon).isEmpty)
      #expect(try connection.run("SELECT count(*) FROM a").only().int64(0) == 2)
      let rows = try connection.run(
        "SELECT number, name, checksum = sha256(convert_to($1, 'UTF8')) FROM schema_migrations ORDER BY number",
        .text(tables.sql))
      #expect(try rows.map { try $0.int32(0) } == [1, 2])
      #expect(try rows.map { try $0.text(1) } == ["tables", "more"])
      #expect(try rows[0].bool(2))
    }
  }

  @Test("a later one is added to those that are there")
  func added() async throws {
    try await TestServer.withDatabase("added") { configuration in
      let connection = try Connection(configuration)
      _ = try Migrator([tables]).apply(on: connection, deadline: TestServer.soon)
      #expect(try Migrator([tables, more]).apply(on: connection, deadline: TestServer.soon) == [more])
    }
  }

  @Test("a changed script, a gap and a newer database are refused")
  func refused() async throws {
    try await TestServer.withDatabase("refused") { configuration in
      let connection = try Connection(configuration)
      _ = try Migrator([tables, more]).apply(on: connection, deadline: TestServer.soon)
      let changed = Migration(number: 2, name: "more", sql: more.sql + " ")
      #expect(throws: MigrationError.changed(number: 2, name: "more")) {
        try Migrator([tables, changed]).apply(on: connection, deadline: TestServer.soon)
      }
      #expect(throws: MigrationError.databaseIsNewer(applied: 2, known: 1)) {
        try Migrator([tables]).apply(on: connection, deadline: TestServer.soon)
      }
      try connection.run("DELETE FROM schema_migrations WHERE number = 1")
      #expect(throws: MigrationError.gap(missing: 1, applied: 2)) {
        try Migrator([tables, more]).apply(on: connection, deadline: TestServer.soon)
      }
      let held = try connection.run(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = "
          + "(SELECT oid FROM pg_database WHERE datname = current_database())")
      #expect(try held.only().int64(0) == 0)
    }
  }

  @Test("one that fails leaves nothing of itself, and what came before it stays")
  func failing() async throws {
    try await TestServer.withDatabase("failing") { configuration in
      let connection = try Connection(configuration)
      let broken = Migration(number: 2, name: "broken", sql: "CREATE TABLE c (n int); SELECT 1 / 0;")
      #expect {
        try Migrator([tables, broken]).apply(on: connection, deadline: TestServer.soon)
      } throws: { error in
        guard case .failed(2, "broken", let cause) = error as? MigrationError else { return false }
        return cause.serverError?.sqlState == SQLState("22012")
      }
      let committing = Migration(number: 2, name: "committing", sql: "CREATE TABLE c (n int); COMMIT;")
      #expect(throws: MigrationError.self) {
        try Migrator([tables, committing]).apply(on: connection, deadline: TestServer.soon)
      }
      #expect(try connection.run("SELECT count(*) FROM schema_migrations").only().int64(0) == 1)
    }
  }

  @Test("several processes at once apply each once")
  func concurrent() async throws {
    try await TestServer.withDatabase("concurrent") { configuration in
      let migrator = try Migrator([tables, more])
      let applied = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 0..<6 {
          group.addTask {
            let executor = ThreadExecutor(name: "migrate-\(number)")
            defer { executor.shutdown() }
            return try await Worker(executor).run {
              try migrator.apply(on: Connection(configuration), deadline: TestServer.soon).count
            }
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(applied == 2)
    }
  }

  @Test("a list that is not 1, 2, 3 is refused before any database is asked")
  func list() {
    for list in [[more], [tables, tables], [tables, Migration(number: 3, name: "x", sql: "SELECT 1")]] {
      #expect(throws: MigrationError.self) { try Migrator(list) }
    }
    #expect(throws: MigrationError.self) { try Migrator([Migration(number: 1, name: "x", sql: "")]) }
  }

  @Test("a file's name gives number and name")
  func fileNames() {
    #expect(
      Migration(fileName: "0012-more-tables.sql", sql: "x") == Migration(number: 12, name: "more-tables", sql: "x"))
    for name in ["tables.sql", "1-.sql", "1-a.txt", "-1-a.sql", "x1-a.sql"] {
      #expect(Migration(fileName: name, sql: "x") == nil)
    }
  }
}
