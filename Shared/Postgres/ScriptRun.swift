import CLibpq

/// A text of several statements on its way through the simple protocol, outside pipeline mode.
struct ScriptRun {
  private let connection: Connection
  private var deadline: ContinuousClock.Instant
  private let wasInTransaction: Bool
  private var cancel: CancelRequest?
  private var failure: ServerError?

  init(_ connection: Connection, deadline: ContinuousClock.Instant) {
    self.connection = connection
    self.deadline = deadline
    wasInTransaction = connection.isInTransaction
  }

  /// Runs the text. After an error the connection is closed, or back in pipeline mode.
  mutating func perform(_ sql: String) throws(PostgresError) {
    guard ContinuousClock.now < deadline else { throw .deadlineExceeded(outcome: .notApplied) }
    guard PQexitPipelineMode(connection.handle) == 1, PQsendQuery(connection.handle, sql) == 1 else {
      throw .connectionLost(connection.closeWithMessage(), outcome: .notApplied)
    }
    var isDone = false
    while !isDone { isDone = try step() }
    guard PQenterPipelineMode(connection.handle) == 1 else { throw lost() }
    if let cancel, !cancel.wait(until: deadline) {
      connection.close()
      if failure == nil, wasInTransaction { throw .deadlineExceeded(outcome: .notApplied) }
    }
    if let failure {
      if cancel != nil, failure.sqlState == .queryCanceled { throw .deadlineExceeded(outcome: .notApplied) }
      throw .server(failure)
    }
  }

  /// Takes what has arrived, then waits for more; true at the end of the answer.
  private mutating func step() throws(PostgresError) -> Bool {
    let unsent = PQflush(connection.handle)
    while PQisBusy(connection.handle) == 0 {
      guard let pointer = PQgetResult(connection.handle) else { return true }
      try take(ResultHandle(pointer))
    }
    if unsent < 0 { throw lost() }
    let left = ContinuousClock.now.duration(to: deadline)
    if left <= .zero {
      try deadlinePassed()
      return false
    }
    if !connection.moveBytes(hasUnsent: unsent == 1, atMost: left) { throw lost() }
    return false
  }

  private mutating func take(_ result: ResultHandle) throws(PostgresError) {
    switch PQresultStatus(result.pointer) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      return
    case PGRES_FATAL_ERROR:
      guard let error = ServerError(result), !isFatal(PQresultErrorField(result.pointer, severityField)) else {
        throw lost()
      }
      if failure == nil { failure = error }
    default:
      connection.close()
      throw .misuse("a script with COPY")
    }
  }

  private mutating func deadlinePassed() throws(PostgresError) {
    if cancel == nil, let request = connection.handle.flatMap(CancelRequest.start(for:)) {
      cancel = request
      deadline = .now + PostgresLimits.cancelGrace
      return
    }
    connection.close()
    throw .deadlineExceeded(outcome: outcomeOfLoss)
  }

  private var outcomeOfLoss: BatchOutcome {
    wasInTransaction || failure != nil ? .notApplied : .unknown
  }

  private func lost() -> PostgresError {
    .connectionLost(connection.closeWithMessage(), outcome: outcomeOfLoss)
  }
}
