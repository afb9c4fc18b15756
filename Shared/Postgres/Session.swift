/// A session with a database, as those who own one see it: batches of statements go in, their rows come back.
///
/// ``ReconnectingConnection`` is the one that services run on; it blocks its thread and never suspends. Another may
/// suspend, so that an actor that owns a session has to keep one batch apart from the next itself.
public protocol Session: AnyObject {
  /// Runs a batch in one round trip; see ``Connection/execute(_:deadline:)``.
  ///
  /// - Parameter timeout: how long the batch may take from now on.
  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows]

  /// True between BEGIN and its end.
  var isInTransaction: Bool { get }

  /// Closes the session; the next use opens another.
  func close()
}

extension ReconnectingConnection: Session {
  /// Runs a batch, connecting first where that is due; see ``execute(_:deadline:)``.
  public nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    try execute(batch, deadline: .now + timeout)
  }
}
