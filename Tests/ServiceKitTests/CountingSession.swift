import Postgres
import Synchronization

/// What lanes have asked of the database.
final class AskedOfDatabase: Sendable {
  private let counts = Mutex<[[String]]>([])

  /// The statements of each round trip, by their SQL.
  var roundTrips: [[String]] { counts.withLock { $0 } }

  func note(_ batch: [Statement]) {
    counts.withLock { $0.append(batch.map(\.sql)) }
  }

  func forget() {
    counts.withLock { $0.removeAll() }
  }
}

/// A session that notes what it is asked.
final class CountingSession: Session {
  private let inner: any Session
  private let asked: AskedOfDatabase

  init(_ inner: sending any Session, _ asked: AskedOfDatabase) {
    self.inner = inner
    self.asked = asked
  }

  var isInTransaction: Bool { inner.isInTransaction }

  func close() { inner.close() }

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    asked.note(batch)
    return try await inner.execute(batch, timeout: timeout)
  }
}
