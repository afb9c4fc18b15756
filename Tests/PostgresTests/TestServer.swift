import Glibc
import Postgres

/// The private server that these tests need; they fail without one.
enum TestServer {
  struct Missing: Error, CustomStringConvertible {
    let description =
      "CALLOUT_TEST_DATABASE must hold the connection string of a superuser on a private PostgreSQL server"
  }

  /// Far enough away that only a test that hangs reaches it.
  static var soon: ContinuousClock.Instant { .now + .seconds(60) }

  static func configuration(_ more: String = "") throws -> ConnectionConfiguration {
    guard let value = getenv("CALLOUT_TEST_DATABASE") else { throw Missing() }
    return ConnectionConfiguration(String(cString: value) + " " + more, applicationName: "callout-tests")
  }

  /// The password in the server's connection string; nil where it has none.
  static func password() throws -> String? {
    guard let value = getenv("CALLOUT_TEST_DATABASE") else { throw Missing() }
    let word = String(cString: value).split(separator: " ").first { $0.hasPrefix("password=") }
    return word.map { String($0.dropFirst("password=".count)) }
  }

  static func connect() throws -> Connection {
    try Connection(configuration())
  }

  /// Runs `body` with a database of its own, which is dropped afterwards.
  static func withDatabase<R>(_ name: String, _ body: (ConnectionConfiguration) async throws -> R) async throws -> R {
    let database = "callout_test_\(name)_\(getpid())"
    let administrator = try connect()
    try administrator.executeScript("DROP DATABASE IF EXISTS \(database) WITH (FORCE)", deadline: soon)
    try administrator.executeScript("CREATE DATABASE \(database)", deadline: soon)
    defer { try? administrator.executeScript("DROP DATABASE \(database) WITH (FORCE)", deadline: soon) }
    return try await body(configuration("dbname=\(database)"))
  }
}

extension Connection {
  /// One statement, prepared for this use only.
  @discardableResult
  func run(_ sql: String, _ parameters: Parameter...) throws(PostgresError) -> ResultRows {
    try execute([Statement(unnamed: sql, parameters)], deadline: TestServer.soon)[0]
  }
}

/// An actor whose thread may block in libpq.
actor Worker {
  nonisolated let executor: ThreadExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(_ executor: ThreadExecutor) {
    self.executor = executor
  }

  func run<R: Sendable>(_ body: @Sendable () throws -> R) rethrows -> R {
    try body()
  }
}
