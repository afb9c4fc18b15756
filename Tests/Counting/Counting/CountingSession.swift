import CAllocations
public import Postgres
import Synchronization

/// How often the calling thread has asked for memory so far.
public func allocationsOfThread() -> UInt64 { callout_allocations_of_thread() }

/// What some sessions have asked of their database.
public final class AskedOfDatabase: Sendable {
  /// One batch of statements.
  public struct RoundTrip: Sendable {
    /// The statements' SQL.
    public let statements: [String]
    /// How often the session's thread asked for memory since its last round trip was over.
    public let allocationsBefore: UInt64
  }

  private struct Contents {
    var roundTrips: [RoundTrip] = []
    /// The thread's count when its last round trip was over.
    var allocations: UInt64?
  }

  private let contents = Mutex(Contents())

  /// Nothing yet.
  public init() {}

  /// Every batch, in the order in which they were asked.
  public var roundTrips: [RoundTrip] { contents.withLock { $0.roundTrips } }

  /// Forgets all of them.
  public func forget() {
    contents.withLock { $0.roundTrips.removeAll() }
  }

  fileprivate func begins(_ batch: [Statement]) {
    let now = allocationsOfThread()
    contents.withLock { contents in
      let before = now - min(now, contents.allocations ?? now)
      contents.roundTrips.append(RoundTrip(statements: batch.map(\.sql), allocationsBefore: before))
    }
  }

  fileprivate func ended() {
    contents.withLock { $0.allocations = allocationsOfThread() }
  }
}

/// A session that notes what it is asked. Its thread must be the same all the time for allocations to mean something.
public final class CountingSession: Session {
  private let inner: any Session
  private let asked: AskedOfDatabase

  /// A session before `inner`.
  public init(_ inner: sending any Session, _ asked: AskedOfDatabase) {
    self.inner = inner
    self.asked = asked
  }

  public var isInTransaction: Bool { inner.isInTransaction }

  public func close() { inner.close() }

  public nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    asked.begins(batch)
    defer { asked.ended() }
    return try await inner.execute(batch, timeout: timeout)
  }
}
