import CLibpq
import Glibc

/// One session with a PostgreSQL server: synchronous, blocking, and for one thread (a ``ThreadExecutor``).
///
/// After any error the session is either outside a transaction and ready for the next batch, or no longer
/// ``isUsable``; then it is closed, and a new one has to be made (see ``ReconnectingConnection``).
public final class Connection {
  /// libpq's handle, nil once closed.
  private(set) var handle: OpaquePointer?
  /// What is prepared in this session, by name.
  var prepared: [String: PreparedStatement] = [:]
  /// True between BEGIN and its end.
  public internal(set) var isInTransaction = false
  private let notices = NoticeReceiver()

  /// A statement as it was prepared.
  struct PreparedStatement {
    let sql: String
    let types: [UInt32]

    init(_ statement: Statement) {
      sql = statement.sql
      types = statement.parameters.map(\.type.rawValue)
    }
  }

  /// Connects, trying the hosts of the connection string as libpq does; blocks for at most the configured timeout for
  /// each of their addresses. Throws ``PostgresError/misuse(_:)`` for a malformed configuration and
  /// ``PostgresError/unavailable(_:)`` where no server was reached or it refused the session.
  public init(_ configuration: ConnectionConfiguration) throws(PostgresError) {
    let parameters = try configuration.parameters()
    guard let handle = Self.connect(parameters) else { throw .unavailable("libpq is out of memory") }
    guard PQstatus(handle) == CONNECTION_OK else {
      let message = boundedText(PQerrorMessage(handle))
      PQfinish(handle)
      throw .unavailable(message)
    }
    self.handle = handle
    notices.attach(to: handle)
    guard PQsetnonblocking(handle, 1) == 0, PQenterPipelineMode(handle) == 1 else {
      close()
      throw .unavailable("libpq refused pipeline mode")
    }
  }

  deinit {
    close()
  }

  /// False once the session has been closed or found broken.
  public var isUsable: Bool { handle != nil }

  /// The server's process for this session, 0 once closed.
  public var backendProcess: Int32 { handle.map { PQbackendPID($0) } ?? 0 }

  /// The server's version such as 150018, 0 once closed.
  public var serverVersion: Int32 { handle.map { PQserverVersion($0) } ?? 0 }

  /// True if the session goes over TLS.
  public var isEncrypted: Bool { handle.map { PQsslInUse($0) == 1 } ?? false }

  /// Closes the session. The server rolls back what was open.
  public func close() {
    guard let handle else { return }
    self.handle = nil
    isInTransaction = false
    prepared = [:]
    PQfinish(handle)
  }

  /// Looks, without waiting, whether the server has closed the session while it was idle; if so it is closed here too.
  /// Asking before a batch spares that batch an unknown outcome.
  public func checkIdle() -> Bool {
    guard let handle else { return false }
    if readiness(events: Int16(POLLIN), atMost: .zero) != 0 {
      let received = PQconsumeInput(handle) == 1
      // Parses what came: an idle session gets parameter changes, notices, and the reason of its end.
      let busy = PQisBusy(handle) != 0
      while let notification = PQnotifies(handle) { PQfreemem(notification) }
      if !received || busy || notices.sawFatal || PQstatus(handle) != CONNECTION_OK {
        close()
        return false
      }
    }
    return true
  }

  /// Sends all statements in one pipeline with one synchronisation, and returns their results in order.
  ///
  /// Outside a transaction the batch is one implicit transaction, committed at its end. ``Statement/begin`` may stand
  /// first and ``Statement/commit`` or ``Statement/rollback`` last; a transaction may span batches (load, then save).
  /// The first refused statement fails the batch and rolls the whole transaction back.
  ///
  /// At the deadline the server is asked to cancel and has ``PostgresLimits/cancelGrace`` to end the batch; if it does
  /// not, the session is closed. A batch that nevertheless succeeds returns its results.
  ///
  /// Throws any ``PostgresError`` but `decoding` and `unavailable`. Bounds: ``PostgresLimits``.
  public func execute(
    _ batch: [Statement], deadline: ContinuousClock.Instant
  ) throws(PostgresError) -> [ResultRows] {
    do throws(PostgresError) {
      try validate(batch)
      if batch.isEmpty { return [] }
      var run = BatchRun(self, batch, deadline: deadline)
      let results = try run.perform()
      isInTransaction = isUsable ? try transactionIsOpen() : false
      return results
    } catch {
      rollBack(after: error)
      throw error
    }
  }

  /// Runs a text of several statements by the simple protocol, as migrations need; results are dropped.
  ///
  /// Without BEGIN, in it or before it, the text is one implicit transaction. Errors and deadline as for
  /// ``execute(_:deadline:)``; a refusal has no index.
  public func executeScript(_ sql: String, deadline: ContinuousClock.Instant) throws(PostgresError) {
    guard isUsable else { throw .connectionLost("the connection is closed", outcome: .notApplied) }
    guard sql.utf8.count <= PostgresLimits.migrationBytesMaximum, !sql.utf8.contains(0) else {
      throw .misuse("a script has at most \(PostgresLimits.migrationBytesMaximum) bytes and no NUL")
    }
    var run = ScriptRun(self, deadline: deadline)
    do throws(PostgresError) {
      try run.perform(sql)
      isInTransaction = isUsable ? try transactionIsOpen() : false
    } catch {
      rollBack(after: error)
      throw error
    }
  }
}

extension Connection {
  /// Keeps the promise that no transaction is open after an error.
  private func rollBack(after error: PostgresError) {
    guard let handle else { return }
    if let state = error.serverError?.sqlState, state == .invalidStatementName || state == .featureNotSupported {
      // The session's prepared statements are not what this side believes: a pooler between, or a changed table.
      return close()
    }
    switch PQtransactionStatus(handle) {
    case PQTRANS_IDLE:
      isInTransaction = false
    case PQTRANS_INTRANS, PQTRANS_INERROR:
      var run = BatchRun(self, [.rollback], deadline: .now + PostgresLimits.rollbackGrace)
      if (try? run.perform()) == nil { close() }
      isInTransaction = false
    default:
      close()
    }
  }

  private func transactionIsOpen() throws(PostgresError) -> Bool {
    switch PQtransactionStatus(handle) {
    case PQTRANS_IDLE: return false
    case PQTRANS_INTRANS: return true
    default: throw .misuse("a statement left the transaction in an unforeseen state")
    }
  }

  private func validate(_ batch: [Statement]) throws(PostgresError) {
    guard isUsable else { throw .connectionLost("the connection is closed", outcome: .notApplied) }
    guard batch.count <= PostgresLimits.statementsPerBatchMaximum else {
      throw .misuse("\(batch.count) statements; at most \(PostgresLimits.statementsPerBatchMaximum) make a batch")
    }
    var fresh: [String: PreparedStatement] = [:]
    for (index, statement) in batch.enumerated() {
      if let flaw = statement.flaw(isFirst: index == 0, isLast: index == batch.count - 1) {
        throw .misuse("statement \(index) '\(statement.name)': \(flaw)")
      }
      if statement.name.isEmpty { continue }
      guard let known = prepared[statement.name] ?? fresh[statement.name] else {
        fresh[statement.name] = PreparedStatement(statement)
        continue
      }
      guard statement.sql == known.sql, statement.hasTypes(known.types) else {
        throw .misuse("statement \(index): the name '\(statement.name)' stands for another text or other types")
      }
    }
    guard prepared.count + fresh.count <= PostgresLimits.preparedStatementsMaximum else {
      throw .misuse("more than \(PostgresLimits.preparedStatementsMaximum) prepared statements")
    }
    guard let first = batch.first, let last = batch.last else { return }
    let begins = first.control == .begin || first.control == .beginReading
    if begins, isInTransaction { throw .misuse("BEGIN inside a transaction") }
    let ends = last.control == .commit || last.control == .rollback
    if ends, !isInTransaction, !begins { throw .misuse("the end of a transaction without its BEGIN") }
  }

  private static func connect(_ parameters: [(String, String)]) -> OpaquePointer? {
    let texts = parameters.flatMap { [strdup($0.0), strdup($0.1)] }
    defer { for text in texts { free(text) } }
    var keywords: [UnsafePointer<CChar>?] = []
    var values: [UnsafePointer<CChar>?] = []
    for index in stride(from: 0, to: texts.count, by: 2) {
      keywords.append(UnsafePointer(texts[index]))
      values.append(UnsafePointer(texts[index + 1]))
    }
    return PQconnectdbParams(keywords + [nil], values + [nil], 1)
  }

  /// Waits until bytes can be moved, and reads what is there; false if the connection is broken.
  func moveBytes(hasUnsent: Bool, atMost duration: Duration) -> Bool {
    // OpenSSL may hold bytes that poll cannot see, since libpq can leave a part of a long record there: an encrypted
    // session therefore looks again from time to time.
    let isEncrypted = isEncrypted
    let patience = isEncrypted ? min(duration, .milliseconds(20)) : duration
    let events = readiness(events: Int16(hasUnsent ? POLLIN | POLLOUT : POLLIN), atMost: patience)
    return !isEncrypted && events & ~Int16(POLLOUT) == 0 || PQconsumeInput(handle) == 1
  }

  /// Waits for the socket; returns poll's events, 0 when the time has passed.
  private func readiness(events: Int16, atMost duration: Duration) -> Int16 {
    var descriptor = pollfd(fd: PQsocket(handle), events: events, revents: 0)
    let milliseconds = Int32(min(duration.wholeMilliseconds, 60_000))
    let count = poll(&descriptor, 1, milliseconds)
    // A socket that poll will not take is reported as readable: reading then says what is wrong.
    if count < 0 { return errno == EINTR ? 0 : Int16(POLLERR) }
    return count == 0 ? 0 : descriptor.revents
  }

  /// What libpq last said, and the end of this session.
  func closeWithMessage() -> String {
    let message = handle.map { boundedText(PQerrorMessage($0)) } ?? "the connection is closed"
    close()
    return message
  }
}

extension Statement {
  /// What is wrong with the statement whatever the session, if anything is.
  func flaw(isFirst: Bool, isLast: Bool) -> String? {
    if name.utf8.count > PostgresLimits.statementNameBytesMaximum { return "the name is too long" }
    if parameters.count > PostgresLimits.parametersPerStatementMaximum { return "\(parameters.count) parameters" }
    switch control {
    case .none: break
    case .begin, .beginReading: if !isFirst { return "BEGIN is not the first of its batch" }
    case .commit, .rollback: if !isLast { return "the end of a transaction is not the last of its batch" }
    }
    for (index, parameter) in parameters.enumerated() {
      if let flaw = parameter.flaw { return "$\(index + 1): \(flaw)" }
    }
    return nil
  }

  func hasTypes(_ types: [UInt32]) -> Bool {
    types.count == parameters.count && zip(types, parameters).allSatisfy { $0 == $1.type.rawValue }
  }
}

/// Listens to what the server says unasked: notices are dropped, the reason why it ends an idle session is noted.
private final class NoticeReceiver {
  private(set) var sawFatal = false

  /// The connection owns the receiver and closes the handle before it lets go of it.
  func attach(to handle: OpaquePointer) {
    PQsetNoticeReceiver(
      handle,
      { argument, result in
        guard let argument, let result, let severity = PQresultErrorField(result, severityField) else { return }
        if isFatal(severity) { Unmanaged<NoticeReceiver>.fromOpaque(argument).takeUnretainedValue().sawFatal = true }
      }, Unmanaged.passUnretained(self).toOpaque())
  }
}
