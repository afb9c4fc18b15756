import Logging
import Policy
import Postgres
import Synchronization
import Testing
import Transport
import Wire

@testable import ServiceKit

@Suite("The feed of changes over a session that is not a database")
struct ChangeFeedTests {
  @Test(
    "a change that an older transaction holds back is looked for again soon, and pushed when it is settled",
    .timeLimit(.minutes(1)))
  func heldBack() async throws {
    let session = FeedSession(unsettledReads: 3)
    let clock = PatientClock()
    let edges = ServiceEdges(
      clock: clock, taskExecutor: nil, makeExecutor: { ThreadExecutor(name: $0) }, makeSession: { _, _, _ in session },
      seed: { 1 })
    let executor = edges.makeExecutor("feed")
    defer { executor.shutdown() }
    let clerk = Clerk(on: executor, timeout: .seconds(5)) { session }
    let settings = ChangeFeed.Settings()
    let feed = ChangeFeed(
      clerk: clerk, clock: clock, settings: settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let running = Task { await feed.run() }
    defer { running.cancel() }
    let watcher = TestConnection(TestService.desk)
    feed.watch(Callout_V1_ChangesWatchRequest(), tenant: TestService.tenant, stream: 1, credit: 10, on: watcher)
    let frames = await watcher.frames { $0.count == 2 }
    #expect(frames.count == 2)
    let pause = settings.heldBackPause
    #expect(clock.pauses.filter { $0 < settings.interval } == [pause, pause * 2, pause * 4])
  }
}

/// A feed of one change, which is not settled when it is read first.
private final class FeedSession: Session, Sendable {
  private let unsettledReads: Mutex<Int>

  init(unsettledReads: Int) { self.unsettledReads = Mutex(unsettledReads) }

  var isInTransaction: Bool { false }

  func close() {}

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    var results: [ResultRows] = []
    for statement in batch { results.append(try rows(statement)) }
    return results
  }

  private func rows(_ statement: Statement) throws(PostgresError) -> ResultRows {
    if statement.sql == ChangeSQL.horizon.sql {
      return try ResultRows(columns: [("horizon", .int8)], rows: [[[0, 0, 0, 0, 0, 0, 0, 7]]], affectedRows: 1)
    }
    guard statement.sql.contains("FROM changes") else { return try ResultRows(columns: [], rows: [], affectedRows: 0) }
    let isSettled = unsettledReads.withLock { count in
      count -= 1
      return count < 0
    }
    let zero = [UInt8](repeating: 0, count: 8)
    let change = Change(kind: "a.b", subject: ID(high: 1, low: 1), version: 1, text: "")
    let row = ChangeRow.rows([change], of: TestService.tenant, at: .epoch)[0]
    return try ResultRows(
      columns: [
        ("settled", .bool), ("transaction_id", .int8), ("last", .int4), ("at", .timestamptz), ("items", .bytea),
      ],
      rows: [[[isSettled ? 1 : 0], [0, 0, 0, 0, 0, 0, 0, 9], [0, 0, 0, 0], zero, row.items]],
      affectedRows: 1)
  }
}

/// A clock on which short waits are over at once, and a quarter of a second and more never are.
private final class PatientClock: EdgeClock {
  private let taken = Mutex<[Duration]>([])

  var pauses: [Duration] { taken.withLock { $0 } }
  var now: Instant { .earliest }
  var uptime: Duration { .zero }

  func sleep(for duration: Duration) async throws {
    taken.withLock { $0.append(duration) }
    guard duration >= .milliseconds(250) else { return }
    try await Task.sleep(for: .seconds(3_600))
  }
}
