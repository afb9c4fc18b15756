import Glibc

/// A ``Connection`` that is made again when it was lost: what a lane or a reader owns. For one thread, like it.
///
/// Nothing is ever sent twice: a batch on a connection that breaks fails, and the next one connects anew. While the
/// server cannot be reached, attempts are spaced by a ``Backoff``, and what comes between them fails at once.
public final class ReconnectingConnection {
  /// How connections are made.
  public let configuration: ConnectionConfiguration
  /// Why the last attempt to connect failed, or the last connection was lost; nil once a batch has succeeded.
  public private(set) var lastError: PostgresError?
  /// How many connections have been made.
  public private(set) var connectionsMade = 0
  private var backoff: Backoff
  private var notBefore: ContinuousClock.Instant?
  private var connection: Connection?

  /// Connects when first used.
  public init(_ configuration: ConnectionConfiguration, backoff: Backoff) {
    self.configuration = configuration
    self.backoff = backoff
  }

  /// True if there is a connection that is not known to be broken.
  public var isConnected: Bool { connection?.isUsable ?? false }

  /// True between BEGIN and its end.
  public var isInTransaction: Bool { connection?.isInTransaction ?? false }

  /// As ``Connection/execute(_:deadline:)``, connecting first where that is due.
  ///
  /// A connection that broke while idle is replaced before anything is sent; if it had a transaction open, this throws
  /// ``PostgresError/connectionLost(_:outcome:)`` with `notApplied` instead, and the caller begins again. Connecting may
  /// block for the configuration's timeout beyond the deadline. Throws ``PostgresError/unavailable(_:)`` at once while
  /// the next attempt is not due.
  public func execute(
    _ batch: [Statement], deadline: ContinuousClock.Instant
  ) throws(PostgresError) -> [ResultRows] {
    let connection = try usableConnection()
    do throws(PostgresError) {
      let results = try connection.execute(batch, deadline: deadline)
      succeed()
      return results
    } catch {
      if connection.isUsable {
        // A refusal is an answer too: this server is there.
        if error.serverError != nil { succeed() }
      } else {
        lose(error)
      }
      throw error
    }
  }

  /// Lends the connection for what ``execute(_:deadline:)`` does not cover, such as migrations.
  public func withConnection<R, E: Error>(
    _ body: (Connection) throws(E) -> R
  ) throws(PostgresError) -> Result<R, E> {
    let connection = try usableConnection()
    do throws(E) {
      let value = try body(connection)
      succeed()
      return .success(value)
    } catch {
      if !connection.isUsable { lose(.connectionLost("lost while lent", outcome: .unknown)) }
      return .failure(error)
    }
  }

  /// Tries to connect until it succeeds or the deadline passes, blocking between attempts as the backoff says. Throws
  /// the last attempt's error.
  public func connect(until deadline: ContinuousClock.Instant) throws(PostgresError) {
    while true {
      do throws(PostgresError) {
        _ = try usableConnection()
        return
      } catch {
        let now = ContinuousClock.now
        let next = notBefore ?? now
        guard error.isConnectionFailure, next < deadline else { throw error }
        _ = poll(nil, 0, Int32(min(now.duration(to: next).wholeMilliseconds, 60_000)))
      }
    }
  }

  /// Closes the connection; the next use makes another.
  public func close() {
    connection?.close()
    connection = nil
  }

  private func usableConnection() throws(PostgresError) -> Connection {
    if let connection {
      let wasInTransaction = connection.isInTransaction
      if connection.checkIdle() { return connection }
      let error = PostgresError.connectionLost("the server closed the idle connection", outcome: .notApplied)
      lose(error)
      if wasInTransaction { throw error }
    }
    if let notBefore, ContinuousClock.now < notBefore {
      throw .unavailable(lastError.map { "waiting to reconnect after: \($0)" } ?? "waiting to reconnect")
    }
    do throws(PostgresError) {
      let made = try Connection(configuration)
      connection = made
      connectionsMade += 1
      // If this connection breaks before it was of any use, the next attempt waits: see `succeed()`.
      notBefore = .now + backoff.next()
      return made
    } catch {
      lastError = error
      notBefore = .now + backoff.next()
      throw error
    }
  }

  private func succeed() {
    if notBefore != nil { backoff.reset() }
    notBefore = nil
    lastError = nil
  }

  private func lose(_ error: PostgresError) {
    lastError = error
    connection = nil
  }
}
