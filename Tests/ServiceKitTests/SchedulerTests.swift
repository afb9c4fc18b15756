import Logging
import NIOCore
import Policy
import Postgres
import Synchronization
import Testing
import Wire

@testable import ServiceKit

@Suite("The scheduler over a session that is not a database", .timeLimit(.minutes(1)))
struct SchedulerTests {
  @Test(
    "everything that is due is fired, with no more under way than is allowed, and who has waited longest comes first")
  func bound() async throws {
    let desk = SchedulerDesk(tenants: 5, timersEach: 4) {
      $0.underWayMax = 3
      $0.shareMin = 1
    }
    defer { desk.close() }
    var underWay: [Firing] = []
    var tenants: [UInt64] = []
    var firings = desk.firings.makeAsyncIterator()
    while tenants.count < desk.session.count {
      // One ends at a time, and only when there is no room for another, so that there is one order in which they can come.
      if underWay.count == 3 { desk.end(underWay.removeFirst()) }
      guard let firing = await firings.next() else { break }
      underWay.append(firing)
      tenants.append(firing.due.tenant.low)
    }
    for firing in underWay { desk.end(firing) }
    // Each is looked at once before it is known who has waited longest.
    #expect(tenants == [1, 2, 3, 4, 5, 5, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1])
    #expect(desk.session.left == 0)
    #expect(desk.session.underWayMax == 3)
  }

  @Test("a tenant gets more when half of its timers have ended, and none of them twice")
  func again() async throws {
    let desk = SchedulerDesk(tenants: 1, timersEach: 7) { $0.tenantMax = 4 }
    defer { desk.close() }
    var firings = desk.firings.makeAsyncIterator()
    var first: [Firing] = []
    while first.count < 4, let firing = await firings.next() { first.append(firing) }
    // While the next look reads the rows of the third and the fourth, these end.
    let later = first[2...]
    desk.session.whileReading { for firing in later { desk.end(firing) } }
    for firing in first[..<2] { desk.end(firing) }
    var numbers = first.map(\.number)
    while numbers.count < 7, let firing = await firings.next() {
      numbers.append(firing.number)
      desk.end(firing)
    }
    #expect(numbers == [1, 2, 3, 4, 5, 6, 7])
    #expect(desk.session.left == 0)
    #expect(desk.session.underWayMax == 4)
  }

  @Test("a timer that was refused and is still there is fired again")
  func refused() async throws {
    let desk = SchedulerDesk(tenants: 1, timersEach: 1) { _ in }
    defer { desk.close() }
    var firings = desk.firings.makeAsyncIterator()
    let first = try #require(await firings.next())
    first.done(.refusal(.init(.unavailable)))
    let second = try #require(await firings.next())
    #expect(second.due == first.due)
    desk.end(second)
    #expect(desk.session.left == 0)
  }

  @Test("what a commit arms is fired when it is due, though no survey has found it")
  func armed() async throws {
    let desk = SchedulerDesk(tenants: 1, timersEach: 1) { $0.surveyInterval = .seconds(3_600) }
    defer { desk.close() }
    var firings = desk.firings.makeAsyncIterator()
    desk.end(try #require(await firings.next()))
    desk.session.arm(tenant: 1, number: 9, due: 2_000_000)
    desk.scheduler.committed(armed: [(TenantID(high: 0, low: 1), Instant(milliseconds: 2_000_000))], moved: [])
    desk.clock.now = Instant(milliseconds: 2_000_000)
    #expect(try #require(await firings.next()).number == 9)
  }
}

/// A scheduler that runs, and the timers that it fires.
private struct SchedulerDesk {
  let clock = StandingClock(Instant(milliseconds: 1_000_000))
  let session: TimerSession
  let scheduler: Scheduler
  let firings: AsyncStream<Firing>
  private let running: Task<Void, Never>
  private let executor: any EndableExecutor

  init(tenants: UInt64, timersEach: UInt64, _ change: (inout Scheduler.Settings) -> Void) {
    let session = TimerSession(tenants: tenants, timersEach: timersEach)
    let edges = ServiceEdges.standing(clock)
    let executor = edges.makeExecutor("timers")
    let (firings, continuation) = AsyncStream.makeStream(of: Firing.self)
    var settings = Scheduler.Settings()
    change(&settings)
    let scheduler = Scheduler(
      clerk: Clerk(on: executor, timeout: .seconds(5)) { session }, edges: edges, settings: settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { timers, done in
      for due in timers {
        session.begin()
        continuation.yield(Firing(due: due) { done(due, $0) })
      }
    }
    self.session = session
    self.scheduler = scheduler
    self.firings = firings
    self.executor = executor
    running = Task { await scheduler.run() }
  }

  /// Ends a timer as a lane does: its row is gone when the answer is given.
  func end(_ firing: Firing) {
    session.end(firing.due)
    firing.done(.reply(ByteBuffer()))
  }

  func close() {
    running.cancel()
    executor.shutdown()
  }
}

private struct Firing: Sendable {
  let due: DueTimer
  let done: @Sendable (Answer) -> Void

  var number: UInt64 { due.timer.key.subject.low }
}

/// Tenants numbered from 1 with timers that are all due; the higher the number, the longer.
private final class TimerSession: Session, Sendable {
  private struct Row: Sendable {
    let tenant: UInt64
    let number: UInt64
    let due: Int64
  }

  private struct Contents {
    var rows: [Row]
    var underWay = 0
    var underWayMax = 0
    var whileReading: (@Sendable () -> Void)?
  }

  let count: Int
  private let contents: Mutex<Contents>
  private let tenants: ClosedRange<UInt64>

  init(tenants: UInt64, timersEach: UInt64) {
    count = Int(tenants * timersEach)
    self.tenants = 1...tenants
    contents = Mutex(
      Contents(
        rows: (1...tenants).flatMap { tenant in
          (1...timersEach).map { Row(tenant: tenant, number: $0, due: Int64(1_000 - tenant * 100 + $0)) }
        }))
  }

  var left: Int { contents.withLock { $0.rows.count } }
  /// The most timers that were under way at once.
  var underWayMax: Int { contents.withLock { $0.underWayMax } }
  var isInTransaction: Bool { false }

  func close() {}

  func arm(tenant: UInt64, number: UInt64, due: Int64) {
    contents.withLock { $0.rows.append(Row(tenant: tenant, number: number, due: due)) }
  }

  func begin() {
    contents.withLock {
      $0.underWay += 1
      $0.underWayMax = max($0.underWayMax, $0.underWay)
    }
  }

  func end(_ due: DueTimer) {
    contents.withLock {
      $0.underWay -= 1
      $0.rows.removeAll { $0.tenant == due.tenant.low && $0.number == due.timer.key.subject.low }
    }
  }

  /// Does something once, after the rows of the next look have been read and before they are told.
  func whileReading(_ body: @escaping @Sendable () -> Void) {
    contents.withLock { $0.whileReading = body }
  }

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    let rows = contents.withLock { $0.rows }
    var results: [ResultRows] = []
    for statement in batch { results.append(try answer(statement, rows)) }
    if batch.contains(where: { $0.sql.contains("t.kind") }) {
      contents.withLock { $0.whileReading.take() }?()
    }
    return results
  }

  private func answer(_ statement: Statement, _ rows: [Row]) throws(PostgresError) -> ResultRows {
    if statement.sql.contains("FROM tenants ORDER BY") {
      return try ResultRows(
        columns: [("tenant_id", .uuid), ("writes", .int8)],
        rows: tenants.map { [Self.id($0), [UInt8](repeating: 0, count: 8)] }, affectedRows: 0)
    }
    guard let served = statement.parameters.first?.bytes, statement.parameters.count > 1,
      let now = statement.parameters[1].bytes.map(Self.milliseconds)
    else { return try ResultRows(columns: [], rows: [], affectedRows: 0) }
    // A binary array: a header of 20 bytes, then each element after its length of four.
    let asked = stride(from: 20, to: served.count, by: 20).map { UInt64(served[$0 + 19]) }
    if statement.sql.contains("min(t.due_at)") {
      return try ResultRows(
        columns: [("tenant_id", .uuid), ("test", .bool), ("next", .timestamptz)],
        rows: asked.map { tenant in
          let next = rows.filter { $0.tenant == tenant && $0.due > now }.map(\.due).min()
          return [Self.id(tenant), [0], next.map(Self.timestamp)]
        }, affectedRows: 0)
    }
    let limit = (statement.parameters.last?.bytes ?? []).reduce(0) { $0 << 8 | Int($1) }
    return try ResultRows(
      columns: [("tenant_id", .uuid), ("kind", .text), ("subject_id", .uuid), ("due_at", .timestamptz)],
      rows: asked.flatMap { tenant in
        rows.filter { $0.tenant == tenant && $0.due <= now }.prefix(limit).map {
          [Self.id(tenant), Array("k".utf8), Self.id($0.number), Self.timestamp($0.due)]
        }
      }, affectedRows: 0)
  }

  private static func id(_ low: UInt64) -> [UInt8] { [UInt8](repeating: 0, count: 15) + [UInt8(low)] }

  /// Microseconds since the year 2000, as PostgreSQL counts.
  private static func timestamp(_ milliseconds: Int64) -> [UInt8] {
    withUnsafeBytes(of: ((milliseconds - 946_684_800_000) * 1_000).bigEndian) { Array($0) }
  }

  private static func milliseconds(_ timestamp: [UInt8]) -> Int64 {
    timestamp.reduce(0) { $0 << 8 | Int64($1) } / 1_000 + 946_684_800_000
  }
}
