import Postgres

/// A thread with a connection for what concerns the schema: migrations, and what readiness asks of the catalogue.
actor SchemaSession {
  private nonisolated let executor: any SerialExecutor
  private let connection: ReconnectingConnection

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init(on executor: any SerialExecutor, configuration: ConnectionConfiguration, seed: UInt64) {
    self.executor = executor
    self.connection = ReconnectingConnection(configuration, backoff: Backoff(seed: seed))
  }

  /// Lends the connection.
  func withConnection<Value: Sendable>(
    _ body: sending (Connection) throws -> Value
  ) throws -> Value {
    try connection.withConnection(body).get()
  }

  /// Closes the connection.
  func close() {
    connection.close()
  }
}
