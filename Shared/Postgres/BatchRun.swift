import CLibpq

/// One batch on its way through the pipeline: what was sent, what is expected back, what came.
///
/// Sending and reading are interleaved by poll on a non-blocking socket, so that neither side's full buffers can stop
/// the other.
struct BatchRun {
  private let connection: Connection
  private let batch: [Statement]
  private var deadline: ContinuousClock.Instant
  /// What the server owes, in order; `head` is the first that is still open.
  private var expected: [Expected] = []
  private var head = 0
  private var headIsAnswered = false
  private var prepared: Set<String> = []
  private var results: [ResultRows] = []
  private var failure: ServerError?
  private var syncSent = false
  private var cancel: CancelRequest?
  /// True from when the server may commit, until it says that it did.
  private var commitSent = false
  private let committer: Committer

  private enum Expected {
    case preparation(Int)
    case statement(Int)
    case sync
  }

  /// What makes the batch's effect lasting.
  private enum Committer {
    case statement
    case sync
    case none
  }

  init(_ connection: Connection, _ batch: [Statement], deadline: ContinuousClock.Instant) {
    self.connection = connection
    self.batch = batch
    self.deadline = deadline
    results.reserveCapacity(batch.count)
    switch batch.first?.control {
    case .beginReading: committer = .none
    case .begin: committer = batch.last?.control == .commit ? .statement : .none
    case .none?, .commit, .rollback, nil:
      if batch.last?.control == .commit {
        committer = .statement
      } else {
        committer = connection.isInTransaction ? .none : .sync
      }
    }
  }

  /// Runs the batch. After an error the connection is closed, or idle in whatever state the transaction is.
  mutating func perform() throws(PostgresError) -> [ResultRows] {
    guard ContinuousClock.now < deadline else { throw .deadlineExceeded(outcome: .notApplied) }
    var unflushed = 0
    for index in batch.indices where failure == nil {
      unflushed += try send(index)
      if unflushed > PostgresLimits.unflushedBytesMaximum {
        try move(until: .flushed)
        unflushed = 0
      }
    }
    if committer == .sync { commitSent = true }
    guard PQpipelineSync(connection.handle) == 1 else { throw lost() }
    syncSent = true
    expected.append(.sync)
    try move(until: .synchronised)
    // A cancellation still on its way could hit the next batch.
    if let cancel, !cancel.wait(until: deadline) {
      connection.close()
      // A transaction that was to go on is lost with its session.
      if failure == nil, committer == .none { throw .deadlineExceeded(outcome: .notApplied) }
    }
    if let failure {
      if cancel != nil, failure.sqlState == .queryCanceled { throw .deadlineExceeded(outcome: .notApplied) }
      throw .server(failure)
    }
    guard results.count == batch.count else { throw lost("the server answered fewer statements than were sent") }
    return results
  }

  // MARK: Sending

  /// Hands a statement to libpq, after its preparation where that is due; returns about how many bytes that makes.
  private mutating func send(_ index: Int) throws(PostgresError) -> Int {
    let statement = batch[index]
    let handle = connection.handle
    let types = statement.parameters.map(\.type.rawValue)
    var bytes = 64 + statement.parameters.reduce(0) { $0 + 8 + ($1.bytes?.count ?? 0) }
    let isNamed = !statement.name.isEmpty
    if isNamed, connection.prepared[statement.name] == nil, prepared.insert(statement.name).inserted {
      guard PQsendPrepare(handle, statement.name, statement.sql, Int32(types.count), types) == 1 else { throw lost() }
      expected.append(.preparation(index))
      bytes += statement.sql.utf8.count
    }
    if committer == .statement, statement.control == .commit { commitSent = true }
    let formats = [Int32](repeating: 1, count: types.count)
    let sent = withPointers(to: statement.parameters) { values, lengths in
      isNamed
        ? PQsendQueryPrepared(handle, statement.name, Int32(types.count), values, lengths, formats, 1)
        : PQsendQueryParams(handle, statement.sql, Int32(types.count), types, values, lengths, formats, 1)
    }
    guard sent == 1 else { throw lost() }
    expected.append(.statement(index))
    return bytes
  }

  // MARK: Moving bytes

  private enum Goal {
    case flushed
    case synchronised
  }

  /// Writes and reads as the socket allows until the goal is reached.
  private mutating func move(until goal: Goal) throws(PostgresError) {
    while true {
      let unsent = PQflush(connection.handle)
      try takeResults()
      switch goal {
      case .flushed: if unsent == 0 { return }
      case .synchronised: if head == expected.count { return }
      }
      if unsent < 0 { throw lost() }
      let left = ContinuousClock.now.duration(to: deadline)
      if left <= .zero {
        try deadlinePassed()
        continue
      }
      if !connection.moveBytes(hasUnsent: unsent == 1, atMost: left) {
        // The server may have said why before it left.
        try takeResults()
        throw lost()
      }
    }
  }

  private mutating func deadlinePassed() throws(PostgresError) {
    // Without its end the batch can only be abandoned; with it, the server can still cancel and answer in order.
    if syncSent, cancel == nil, let request = connection.handle.flatMap(CancelRequest.start(for:)) {
      cancel = request
      deadline = .now + PostgresLimits.cancelGrace
      return
    }
    if !syncSent { _ = connection.handle.flatMap(CancelRequest.start(for:)) }
    let outcome = outcomeOfLoss
    connection.close()
    throw .deadlineExceeded(outcome: outcome)
  }

  // MARK: Reading

  /// Takes every result that has arrived, without waiting.
  private mutating func takeResults() throws(PostgresError) {
    var emptyAnswers = 0
    while head < expected.count, PQisBusy(connection.handle) == 0 {
      guard let pointer = PQgetResult(connection.handle) else {
        // libpq ends the answer to each command, but not that to a synchronisation, with NULL.
        emptyAnswers = headIsAnswered ? 0 : emptyAnswers + 1
        if emptyAnswers > 2 {
          if PQstatus(connection.handle) != CONNECTION_OK { throw lost() }
          return
        }
        if headIsAnswered { advance() }
        continue
      }
      emptyAnswers = 0
      try take(ResultHandle(pointer))
    }
  }

  private mutating func advance() {
    head += 1
    headIsAnswered = false
  }

  private mutating func take(_ result: ResultHandle) throws(PostgresError) {
    switch PQresultStatus(result.pointer) {
    case PGRES_PIPELINE_SYNC:
      advance()
    case PGRES_PIPELINE_ABORTED:
      headIsAnswered = true
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      headIsAnswered = true
      switch expected[head] {
      case .preparation(let index):
        let statement = batch[index]
        connection.prepared[statement.name] = Connection.PreparedStatement(statement)
      case .statement: results.append(ResultRows(result))
      case .sync: break
      }
    case PGRES_FATAL_ERROR:
      try takeError(result)
    default:
      let outcome = outcomeOfLoss
      connection.close()
      throw outcome == .notApplied
        ? .misuse("a statement that this module does not run, such as COPY")
        : .connectionLost("closed after a statement that this module does not run", outcome: outcome)
    }
  }

  private mutating func takeError(_ result: ResultHandle) throws(PostgresError) {
    guard var error = ServerError(result) else { throw lost(boundedText(PQresultErrorMessage(result.pointer))) }
    let isSync: Bool
    switch expected[head] {
    case .preparation(let index), .statement(let index):
      isSync = false
      error.statementIndex = index
      error.statementName = batch[index].name.isEmpty ? nil : batch[index].name
    case .sync: isSync = true
    }
    if isFatal(PQresultErrorField(result.pointer, severityField)) {
      // Answers come in order: a session ended while it owes a statement before the commit has not committed.
      let isCommit = isSync || error.statementIndex.map { batch[$0].control == .commit } ?? false
      throw lost("\(error.sqlState.code) \(error.message)", outcome: isCommit ? outcomeOfLoss : .notApplied)
    }
    if failure == nil { failure = error }
    // The answer to a synchronisation that failed to commit is still to come.
    if !isSync { headIsAnswered = true }
  }

  // MARK: Losing the connection

  private var outcomeOfLoss: BatchOutcome {
    commitSent && failure == nil ? .unknown : .notApplied
  }

  private func lost(_ message: String? = nil, outcome: BatchOutcome? = nil) -> PostgresError {
    let said = connection.closeWithMessage()
    return .connectionLost(message ?? said, outcome: outcome ?? outcomeOfLoss)
  }
}

/// Calls `body` with libpq's view of the values, which is valid only inside it.
private func withPointers<R>(
  to parameters: [Parameter], _ body: ([UnsafePointer<CChar>?], [Int32]) -> R
) -> R {
  var values: [UnsafePointer<CChar>?] = []
  var lengths: [Int32] = []
  values.reserveCapacity(parameters.count)
  lengths.reserveCapacity(parameters.count)
  // One level of nesting a parameter, since a pointer into an array is valid only in its closure.
  func lend(_ index: Int) -> R {
    guard index < parameters.count else { return body(values, lengths) }
    guard let bytes = parameters[index].bytes else {
      values.append(nil)
      lengths.append(0)
      return lend(index + 1)
    }
    return bytes.withUnsafeBytes { buffer in
      // libpq reads a null pointer as NULL, so no bytes need an address too.
      let start = buffer.baseAddress ?? UnsafeRawPointer(emptyValue.utf8Start)
      values.append(start.assumingMemoryBound(to: CChar.self))
      lengths.append(Int32(truncatingIfNeeded: buffer.count))
      return lend(index + 1)
    }
  }
  return lend(0)
}

private let emptyValue: StaticString = ""
