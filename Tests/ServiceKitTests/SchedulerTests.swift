import Logging
import NIOCore
import Policy
import Postgres
import Synchronization
import Testing

@testable import ServiceKit

@Suite("The scheduler over a session that is not a database")
struct SchedulerTests {
  @Test(
    "everything that is due is fired, with no more under way than is allowed, and who has waited longest comes first",
    .timeLimit(.minutes(1)))
  func bound() async throws {
    let session = TimerSession(tenants: 5, timersEach: 4)
    let edges = ServiceEdges.standing(StandingClock(Instant(milliseconds: 1_000_000)))
    let executor = edges.makeExecutor("timers")
    defer { executor.shutdown() }
    let clerk = Clerk(on: executor, timeout: .seconds(5)) { session }
    var settings = Scheduler.Settings()
    settings.underWayMax = 3
    let (fired, continuation) = AsyncStream.makeStream(of: Firing.self)
    let scheduler = Scheduler(
      clerk: clerk, edges: edges, settings: settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { tenant, timer, done in
      session.begin()
      continuation.yield(Firing(tenant: tenant, timer: timer, done: done))
    }
    let running = Task { await scheduler.run() }
    defer { running.cancel() }

    var underWay: [Firing] = []
    var tenants: [UInt64] = []
    var firings = fired.makeAsyncIterator()
    while tenants.count < session.count {
      // A lane ends one at a time, and only when no more can come: when there is no room, or when all tenants that have more
      // wait for what they have under way.
      guard underWay.count < 3, session.hasMore(beside: underWay.map(\.tenant), after: tenants) else {
        let first = underWay.removeFirst()
        session.end(first.tenant, first.timer)
        first.done(.reply(ByteBuffer()))
        continue
      }
      guard let firing = await firings.next() else { break }
      underWay.append(firing)
      tenants.append(firing.tenant.low)
    }
    for firing in underWay { session.end(firing.tenant, firing.timer) }
    // At first nobody knows who has waited how long.
    #expect(tenants.prefix(6) == [1, 2, 3, 5, 4, 3])
    #expect(session.left == 0)
    #expect(session.underWayMax == 3)
  }
}

private struct Firing: Sendable {
  let tenant: TenantID
  let timer: Policy.Timer
  let done: @Sendable (Answer) -> Void
}

/// Tenants numbered from 1 with timers that are all due; the higher the number, the longer.
private final class TimerSession: Session, Sendable {
  private struct Row: Sendable {
    let tenant: UInt64
    let number: UInt64
    let due: Int64
  }

  let count: Int
  private let rows: Mutex<[Row]>
  private let underWay = Mutex((now: 0, max: 0))
  private let tenants: ClosedRange<UInt64>

  init(tenants: UInt64, timersEach: UInt64) {
    count = Int(tenants * timersEach)
    self.tenants = 1...tenants
    rows = Mutex(
      (1...tenants).flatMap { tenant in
        (1...timersEach).map { Row(tenant: tenant, number: $0, due: Int64(1_000 - tenant * 100 + $0)) }
      })
  }

  var left: Int { rows.withLock { $0.count } }

  /// Whether a tenant that has nothing under way has more than what was fired so far.
  func hasMore(beside underWay: [TenantID], after fired: [UInt64]) -> Bool {
    let each = count / tenants.count
    return tenants.contains { tenant in
      !underWay.contains { $0.low == tenant } && fired.count { $0 == tenant } < each
    }
  }

  var isInTransaction: Bool { false }

  func close() {}

  /// The most timers that were under way at once.
  var underWayMax: Int { underWay.withLock { $0.max } }

  func begin() {
    underWay.withLock { $0 = ($0.now + 1, max($0.max, $0.now + 1)) }
  }

  func end(_ tenant: TenantID, _ timer: Policy.Timer) {
    underWay.withLock { $0.now -= 1 }
    rows.withLock { $0.removeAll { $0.tenant == tenant.low && $0.number == timer.key.subject.low } }
  }

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    var results: [ResultRows] = []
    for statement in batch { results.append(try answer(statement)) }
    return results
  }

  private func answer(_ statement: Statement) throws(PostgresError) -> ResultRows {
    let rows = rows.withLock { $0 }
    func earliest(_ tenant: UInt64) -> [UInt8]? {
      rows.filter { $0.tenant == tenant }.map(\.due).min().map(Self.timestamp)
    }
    if statement.sql.contains("FROM tenants ORDER BY") {
      return try ResultRows(
        columns: [("tenant_id", .uuid)], rows: tenants.map { [Self.id($0)] }, affectedRows: 0)
    }
    if statement.sql.contains("min(t.due_at)") {
      return try ResultRows(
        columns: [("tenant_id", .uuid), ("test", .bool), ("next", .timestamptz)],
        rows: tenants.map { [Self.id($0), [0], earliest($0)] }, affectedRows: 0)
    }
    guard statement.sql.contains("t.kind"), let served = statement.parameters.first?.bytes,
      let limit = statement.parameters.last?.bytes?.last
    else { return try ResultRows(columns: [], rows: [], affectedRows: 0) }
    // A binary array: a header of 20 bytes, then each element after its length of four.
    let asked = stride(from: 20, to: served.count, by: 20).map { UInt64(served[$0 + 19]) }
    return try ResultRows(
      columns: [("tenant_id", .uuid), ("kind", .text), ("subject_id", .uuid), ("due_at", .timestamptz)],
      rows: asked.flatMap { tenant in
        rows.filter { $0.tenant == tenant }.prefix(Int(limit)).map {
          [Self.id(tenant), Array("k".utf8), Self.id($0.number), Self.timestamp($0.due)]
        }
      }, affectedRows: 0)
  }

  private static func id(_ low: UInt64) -> [UInt8] { [UInt8](repeating: 0, count: 15) + [UInt8(low)] }

  /// Microseconds since the year 2000, as PostgreSQL counts.
  private static func timestamp(_ milliseconds: Int64) -> [UInt8] {
    withUnsafeBytes(of: ((milliseconds - 946_684_800_000) * 1_000).bigEndian) { Array($0) }
  }
}
