import Logging
import Policy
import Postgres
import Synchronization
import Testing

@testable import ServiceKit

/// A session that lets others go first in the middle of every batch, and counts how many batches were under way at once.
final class SuspendingSession: Session {
  static let most = Mutex(0)
  private var underWay = 0
  let isInTransaction = false

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    underWay += 1
    let now = underWay
    Self.most.withLock { $0 = max($0, now) }
    for _ in 0..<5 { await Task.yield() }
    underWay -= 1
    var results: [ResultRows] = []
    for _ in batch { results.append(try ResultRows(columns: [], rows: [], affectedRows: 0)) }
    return results
  }

  func close() {}
}

@Suite("A session that suspends")
struct TurnsTests {
  @Test("the clerk's batches go one at a time")
  func clerk() async throws {
    SuspendingSession.most.withLock { $0 = 0 }
    let executor = ThreadExecutor(name: "clerk-test")
    defer { executor.shutdown() }
    let clerk = Clerk(on: executor, timeout: .seconds(1)) { SuspendingSession() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 { group.addTask { _ = try await clerk.run([], serving: []) } }
      try await group.waitForAll()
    }
    #expect(SuspendingSession.most.withLock { $0 } == 1)
  }
}
