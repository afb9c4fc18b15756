import CLibpq
import Glibc
@testable import Postgres
import Testing

@Suite("Connections that break")
struct ConnectionLossTests {
  private let dies = Statement(unnamed: "SELECT pg_terminate_backend(pg_backend_pid())")
  private let one = Statement("test.one", "SELECT 1")

  private func reconnecting() throws -> ReconnectingConnection {
    ReconnectingConnection(try TestServer.configuration(), backoff: Backoff(minimum: .milliseconds(1), seed: 1))
  }

  /// A table whose rows end the session when they are committed.
  private func makeDeadlyTable(_ connection: ReconnectingConnection) throws {
    try connection.withConnection { lent throws(PostgresError) in
      try lent.executeScript(
        """
        CREATE TEMP TABLE deadly (n int);
        CREATE FUNCTION pg_temp.die() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER die AFTER INSERT ON deadly DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION pg_temp.die();
        """, deadline: TestServer.soon)
    }.get()
  }

  @Test("a session ended before the commit is lost and not applied; the next batch connects anew")
  func before() throws {
    let connection = try reconnecting()
    #expect {
      try connection.execute([one, dies, one], deadline: TestServer.soon)
    } throws: { error in
      guard case .connectionLost(let message, .notApplied) = error as? PostgresError else { return false }
      return message.hasPrefix("57P01")
    }
    #expect(!connection.isConnected)
    #expect(connection.lastError?.isRetryable == true)
    try connection.connect(until: TestServer.soon)
    #expect(try connection.execute([one], deadline: TestServer.soon)[0].only().int32(0) == 1)
    #expect(connection.connectionsMade == 2)
    #expect(connection.lastError == nil)
  }

  @Test("a session ended while it commits leaves the outcome unknown", arguments: [false, true])
  func during(explicit: Bool) throws {
    let connection = try reconnecting()
    try makeDeadlyTable(connection)
    let insert = Statement(unnamed: "INSERT INTO deadly VALUES (1)")
    #expect {
      try connection.execute(explicit ? [.begin, insert, .commit] : [insert], deadline: TestServer.soon)
    } throws: { error in
      guard case .connectionLost(_, .unknown) = error as? PostgresError else { return false }
      return true
    }
    #expect(connection.lastError?.isRetryable == false)
  }

  @Test("a connection that is cut while a commit is under way leaves the outcome unknown, but for one that only reads")
  func cut() async throws {
    let configuration = try TestServer.configuration()
    let sleep = Statement(unnamed: "SELECT pg_sleep(600)")
    for (batch, outcome) in [
      ([sleep], BatchOutcome.unknown), ([.begin, sleep, .commit], .unknown), ([.begin, sleep], .notApplied),
      ([.beginReading, sleep, .commit], .notApplied),
    ] {
      let executor = ThreadExecutor(name: "cut")
      defer { executor.shutdown() }
      let owner = ConnectionOwner(executor)
      let (process, socket) = try await owner.connect(configuration)
      async let error = owner.failure(of: batch)
      let watcher = try TestServer.connect()
      let isSleeping = Statement(
        "test.sleeping", "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
        [.int32(process)])
      while try watcher.execute([isSleeping], deadline: TestServer.soon)[0].only().int64(0) == 0 { sched_yield() }
      shutdown(socket, Int32(SHUT_RDWR))
      guard case .connectionLost(_, outcome) = await error else {
        Issue.record("\(String(describing: await error)) where a lost connection, \(outcome), is expected")
        return
      }
      try watcher.run("SELECT pg_terminate_backend($1)", .int32(process))
    }
  }

  @Test("a transaction that was not told to commit is known not to be applied")
  func inTransaction() throws {
    let connection = try reconnecting()
    _ = try connection.execute([.begin, one], deadline: TestServer.soon)
    #expect {
      try connection.execute([one, dies], deadline: TestServer.soon)
    } throws: { error in
      (error as? PostgresError)?.outcome == .notApplied
    }
  }

  @Test("an idle connection that the server closed is replaced before anything is sent")
  func idle() throws {
    let connection = try reconnecting()
    let process = try connection.withConnection { $0.backendProcess }.get()
    _ = try connection.execute([one], deadline: TestServer.soon)
    try kill(process)
    #expect(try connection.execute([one], deadline: TestServer.soon)[0].only().int32(0) == 1)
    #expect(connection.connectionsMade == 2)
  }

  @Test("an idle transaction that the server ended is not silently begun elsewhere")
  func idleTransaction() throws {
    let connection = try reconnecting()
    _ = try connection.execute([.begin, one], deadline: TestServer.soon)
    try kill(try connection.withConnection { $0.backendProcess }.get())
    #expect {
      try connection.execute([one, .commit], deadline: TestServer.soon)
    } throws: { error in
      guard case .connectionLost(_, .notApplied) = error as? PostgresError else { return false }
      return true
    }
    #expect(!connection.isInTransaction)
    #expect(try connection.execute([one], deadline: TestServer.soon)[0].only().int32(0) == 1)
  }

  @Test("a server that is not there makes calls fail at once until the next attempt is due")
  func absent() throws {
    let nowhere = ConnectionConfiguration("host=/nonexistent")
    let connection = ReconnectingConnection(
      nowhere, backoff: Backoff(minimum: .seconds(600), maximum: .seconds(600), seed: 1))
    for prefix in ["connection to server", "waiting to reconnect"] {
      #expect {
        try connection.execute([one], deadline: TestServer.soon)
      } throws: { error in
        guard case .unavailable(let text) = error as? PostgresError else { return false }
        return text.hasPrefix(prefix)
      }
    }
    #expect(throws: PostgresError.self) { try connection.connect(until: .now + .seconds(1)) }
    #expect(connection.connectionsMade == 0)
  }

  @Test("a connection string with several hosts passes over a dead one")
  func severalHosts() throws {
    let row = try TestServer.connect().run(
      "SELECT split_part(current_setting('unix_socket_directories'), ',', 1), current_setting('port')"
    ).only()
    let (directory, port) = (try row.text(0), try row.text(1))
    let hosts = "host=/nonexistent,\(directory) port=\(port),\(port) target_session_attrs=read-write"
    let connection = try Connection(try TestServer.configuration(hosts))
    #expect(try connection.run("SELECT 1")[0].int32(0) == 1)
  }

  /// Ends a session and returns when it is gone.
  private func kill(_ process: Int32) throws {
    let gone = try TestServer.connect().run("SELECT pg_terminate_backend($1, 10000)", .int32(process))
    #expect(try gone.only().bool(0))
  }
}

/// An actor with a connection, so that a test can meddle while it blocks.
private actor ConnectionOwner {
  nonisolated let executor: ThreadExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
  private var connection: Connection?

  init(_ executor: ThreadExecutor) {
    self.executor = executor
  }

  /// Connects; returns the server's process and the socket.
  func connect(_ configuration: ConnectionConfiguration) throws -> (Int32, Int32) {
    let made = try Connection(configuration)
    connection = made
    return (made.backendProcess, PQsocket(made.handle))
  }

  func failure(of batch: [Statement]) -> PostgresError? {
    do {
      _ = try connection?.execute(batch, deadline: TestServer.soon)
      return nil
    } catch {
      return error
    }
  }
}
