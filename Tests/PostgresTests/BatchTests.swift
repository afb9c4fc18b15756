import Postgres
import Testing

@Suite("Batches in one pipeline")
struct BatchTests {
  private let insert = Statement(
    "test.insert", "INSERT INTO t (id, n) SELECT * FROM unnest($1::bigint[], $2::bigint[])")
  private let count = Statement("test.count", "SELECT count(*) FROM t")

  private func connectionWithTable() throws -> Connection {
    let connection = try TestServer.connect()
    try connection.executeScript(
      "CREATE TEMP TABLE t (id bigint CONSTRAINT t_id PRIMARY KEY, n bigint CONSTRAINT n_positive CHECK (n >= 0))",
      deadline: TestServer.soon)
    return connection
  }

  @Test("results come in order, and a name is prepared once")
  func order() throws {
    let connection = try connectionWithTable()
    let first = try connection.execute(
      [insert.with(.int64s([1]), .int64s([1])), count, insert.with(.int64s([2, 3]), .int64s([2, 3])), count],
      deadline: TestServer.soon)
    #expect(first.map(\.affectedRows) == [1, 1, 2, 1])
    #expect(try first[1].only().int64(0) == 1)
    #expect(try first[3].only().int64(0) == 3)
    _ = try connection.execute([count], deadline: TestServer.soon)
    let names = try connection.run("SELECT name FROM pg_prepared_statements ORDER BY name")
    #expect(try names.map { try $0.text(0) } == ["test.count", "test.insert"])
  }

  @Test("an empty batch is nothing")
  func empty() throws {
    #expect(try TestServer.connect().execute([], deadline: TestServer.soon).isEmpty)
  }

  @Test("a refusal names the statement and the constraint, and rolls back the whole batch")
  func refusal() throws {
    let connection = try connectionWithTable()
    var caught: PostgresError?
    do {
      _ = try connection.execute(
        [
          insert.with(.int64s([1]), .int64s([1])), count, insert.with(.int64s([2, 1]), .int64s([1, 1])), count,
        ], deadline: TestServer.soon)
    } catch {
      caught = error
    }
    let server = try #require(caught?.serverError)
    #expect(server.statementIndex == 2)
    #expect(server.statementName == "test.insert")
    #expect(server.sqlState == .uniqueViolation)
    #expect(server.constraint == "t_id")
    #expect(server.table == "t")
    #expect(server.detail?.contains("(1)") == true)
    #expect(caught?.isUniqueViolation == true)
    #expect(caught?.isRetryable == false)
    #expect(caught?.outcome == .notApplied)
    #expect(connection.isUsable)
    #expect(try connection.execute([count], deadline: TestServer.soon)[0].only().int64(0) == 0)
  }

  @Test("a CHECK is named too, and a syntax error has its index")
  func otherRefusals() throws {
    let connection = try connectionWithTable()
    #expect {
      try connection.execute([count, insert.with(.int64s([1]), .int64s([-1]))], deadline: TestServer.soon)
    } throws: { error in
      let server = (error as? PostgresError)?.serverError
      return server?.sqlState == .checkViolation && server?.constraint == "n_positive" && server?.statementIndex == 1
    }
    #expect {
      try connection.execute([count, Statement("test.bad", "SELEC 1")], deadline: TestServer.soon)
    } throws: { error in
      let server = (error as? PostgresError)?.serverError
      return server?.sqlState == SQLState("42601") && server?.statementIndex == 1
    }
    #expect(try connection.execute([count], deadline: TestServer.soon)[0].only().int64(0) == 0)
  }

  @Test("a constraint that is checked at the commit fails the batch without an index")
  func deferredConstraint() throws {
    let connection = try connectionWithTable()
    try connection.executeScript(
      "CREATE TEMP TABLE child (t bigint REFERENCES t DEFERRABLE INITIALLY DEFERRED)", deadline: TestServer.soon)
    let orphan = Statement(unnamed: "INSERT INTO child VALUES (7)")
    #expect {
      try connection.execute([insert.with(.int64s([1]), .int64s([1])), orphan], deadline: TestServer.soon)
    } throws: { error in
      let server = (error as? PostgresError)?.serverError
      return server?.sqlState == .foreignKeyViolation && server?.statementIndex == nil
    }
    #expect {
      try connection.execute(
        [.begin, insert.with(.int64s([1]), .int64s([1])), orphan, .commit], deadline: TestServer.soon)
    } throws: { error in
      let server = (error as? PostgresError)?.serverError
      return server?.sqlState == .foreignKeyViolation && server?.statementIndex == 3
    }
    #expect(!connection.isInTransaction)
    #expect(try connection.execute([count], deadline: TestServer.soon)[0].only().int64(0) == 0)
  }

  @Test("a transaction may span batches, and an error in a later one undoes the earlier")
  func transactions() throws {
    let connection = try connectionWithTable()
    _ = try connection.execute([.begin, insert.with(.int64s([1]), .int64s([1]))], deadline: TestServer.soon)
    #expect(connection.isInTransaction)
    _ = try connection.execute([insert.with(.int64s([2]), .int64s([1])), .commit], deadline: TestServer.soon)
    #expect(!connection.isInTransaction)
    _ = try connection.execute([.begin, insert.with(.int64s([3]), .int64s([1]))], deadline: TestServer.soon)
    #expect(throws: PostgresError.self) {
      try connection.execute([insert.with(.int64s([1]), .int64s([1])), .commit], deadline: TestServer.soon)
    }
    #expect(!connection.isInTransaction)
    _ = try connection.execute([.begin, insert.with(.int64s([4]), .int64s([1]))], deadline: TestServer.soon)
    _ = try connection.execute([.rollback], deadline: TestServer.soon)
    #expect(try connection.execute([count], deadline: TestServer.soon)[0].only().int64(0) == 2)
  }

  @Test("a transaction that reads cannot write")
  func reading() throws {
    let connection = try connectionWithTable()
    let results = try connection.execute([.beginReading, count, .commit], deadline: TestServer.soon)
    #expect(try results[1].only().int64(0) == 0)
    #expect {
      try connection.execute(
        [.beginReading, Statement(unnamed: "CREATE TABLE public.never (n int)"), .commit], deadline: TestServer.soon)
    } throws: { error in
      (error as? PostgresError)?.serverError?.sqlState == .readOnlyTransaction
    }
  }

  @Test("misuse is refused before anything is sent")
  func misuse() throws {
    let connection = try connectionWithTable()
    _ = try connection.execute([count], deadline: TestServer.soon)
    let many = PostgresLimits.statementsPerBatchMaximum
    let batches: [[Statement]] = [
      [count, .begin], [.commit, count], [.commit], [.rollback], [Statement("test.count", "SELECT 1")],
      [insert.with(.int64s([1]), .int64s([1])), insert.with(.int64s([1]), .int64(1))],
      [Statement(String(repeating: "n", count: 64), "SELECT 1")], Array(repeating: count, count: many + 1),
    ]
    for batch in batches {
      #expect {
        try connection.execute(batch, deadline: TestServer.soon)
      } throws: { error in
        if case .misuse = error as? PostgresError { true } else { false }
      }
      #expect(connection.isUsable)
    }
    let most = try connection.execute(Array(repeating: count, count: many), deadline: TestServer.soon)
    #expect(most.count == many)
  }

  @Test("a batch larger than all buffers in both directions does not stand still")
  func largerThanBuffers() throws {
    let connection = try TestServer.connect()
    let echo = Statement("test.echo", "SELECT $1::bytea")
    let large = [UInt8](repeating: 7, count: 20 << 20)
    #expect(try connection.execute([echo.with(.bytea(large))], deadline: TestServer.soon)[0].only().bytea(0) == large)
    let piece = [UInt8](repeating: 9, count: 100_000)
    let results = try connection.execute(
      Array(repeating: echo.with(.bytea(piece)), count: 200), deadline: TestServer.soon)
    #expect(results.count == 200)
    for result in results { #expect(try result.only().withBytes(0) { $0?.count } == piece.count) }
  }

  @Test("the deadline cancels what runs, and the connection stays")
  func deadline() throws {
    let connection = try connectionWithTable()
    let process = connection.backendProcess
    #expect(throws: PostgresError.deadlineExceeded(outcome: .notApplied)) {
      try connection.execute(
        [insert.with(.int64s([1]), .int64s([1])), Statement(unnamed: "SELECT pg_sleep(600)")],
        deadline: .now + .milliseconds(50))
    }
    #expect(connection.isUsable)
    #expect(connection.backendProcess == process)
    #expect(try connection.execute([count], deadline: TestServer.soon)[0].only().int64(0) == 0)
    _ = try connection.execute([.begin, insert.with(.int64s([1]), .int64s([1]))], deadline: TestServer.soon)
    #expect(throws: PostgresError.deadlineExceeded(outcome: .notApplied)) {
      try connection.execute([count], deadline: .now - .seconds(1))
    }
    #expect(!connection.isInTransaction)
    #expect(throws: PostgresError.deadlineExceeded(outcome: .notApplied)) {
      try connection.executeScript("SELECT pg_sleep(600)", deadline: .now + .milliseconds(50))
    }
    #expect(try connection.execute([count], deadline: TestServer.soon)[0].only().int64(0) == 0)
  }

  @Test("a transaction sees the tenants that it names, and the next one sees none")
  func tenants() throws {
    let connection = try TestServer.connect()
    let tenant = PostgresUUID(high: 5, low: 6)
    let read = Statement("test.tenants", "SELECT unnest(current_setting('callout.tenants')::uuid[])")
    #expect(try connection.execute([read], deadline: TestServer.soon)[0].isEmpty)
    let served = try connection.execute([.serving(tenants: [tenant]), read], deadline: TestServer.soon)
    #expect(try served[1].only().uuid(0) == tenant)
    #expect(try connection.execute([read], deadline: TestServer.soon)[0].isEmpty)
  }

  @Test("a table that changed under a prepared statement costs the connection, not the caller's sense")
  func changedTable() throws {
    let connection = try connectionWithTable()
    let all = Statement("test.all", "SELECT * FROM t")
    _ = try connection.execute([all], deadline: TestServer.soon)
    try connection.executeScript("ALTER TABLE t ADD COLUMN more text", deadline: TestServer.soon)
    #expect {
      try connection.execute([all], deadline: TestServer.soon)
    } throws: { error in
      (error as? PostgresError)?.serverError?.sqlState == .featureNotSupported
    }
    #expect(!connection.isUsable)
  }
}
