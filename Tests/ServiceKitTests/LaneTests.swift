import Logging
import NIOCore
import Policy
import Postgres
import Synchronization
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import ServiceKit

@Suite("A lane over a store that fails")
struct LaneTests {
  /// Adds on a lane whose store fails as told, one failure a commit; returns the answers and how often a batch was saved.
  private func add(
    _ amounts: [Int64], failing failures: [StoreFailure]
  ) async throws -> (codes: [RefusalCode?], saves: Int) {
    let executor = ThreadExecutor(name: "lane-test")
    defer { executor.shutdown() }
    let log = StoreLog(failures)
    let lane = Self.lane(on: executor, log)
    let connection = TestConnection(TestService.desk)
    let commands = try amounts.enumerated().map { index, amount in
      try Self.addition(
        to: account(UInt64(index)), amount, key: "the-key-\(index)", .latest, UInt32(index + 1), connection)
    }
    lane.submit(commands)
    let frames = await connection.frames { $0.count == amounts.count }.sorted { $0.stream < $1.stream }
    return (frames.map(TestService.code), log.saves)
  }

  /// Adds to one account again and again, waiting for each answer.
  private func addInTurn(
    _ turns: Int, failing failures: [StoreFailure?], deadlines: (Int) -> Instant = { _ in .latest }
  ) async throws -> (codes: [RefusalCode?], log: StoreLog) {
    let executor = ThreadExecutor(name: "lane-test")
    defer { executor.shutdown() }
    let log = StoreLog(failures)
    let lane = Self.lane(on: executor, log)
    let connection = TestConnection(TestService.desk)
    var codes: [RefusalCode?] = []
    for turn in 0..<turns {
      let stream = UInt32(turn + 1)
      lane.submit([
        try Self.addition(to: account(0), 1, key: "the-key-\(turn)", deadlines(turn), stream, connection)
      ])
      codes.append(TestService.code(await connection.answer(stream)))
    }
    return (codes, log)
  }

  private static func lane(on executor: ThreadExecutor, _ log: StoreLog) -> Lane<CounterState> {
    Lane<CounterState>(
      on: executor, common: CommonTables(), tables: CounterService.tables, settings: LaneSettings(),
      edges: .standing(StandingClock(Instant(milliseconds: 1_000))), observer: NoObserver(), measures: LaneMeasures(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, seed: 1
    ) { FailingStore(log) }
  }

  private static func addition(
    to account: AgreementID, _ amount: Int64, key: String, _ deadline: Instant, _ stream: UInt32,
    _ connection: TestConnection
  ) throws -> Command<CounterState> {
    let body = Payload.encode(TestService.addition(account, amount))
    return Command<CounterState>(
      tenant: TestService.tenant, method: .adjustmentPost, caller: Policy.Caller(role: .desk, name: "anna"),
      key: Array(key.utf8), requestHash: Command<CounterState>.hash(method: .adjustmentPost, body: body),
      deadline: deadline, work: try WriteEntry(Add.self).decode(body), origin: .stream(stream, of: connection))
  }

  @Test("a batch that needs nothing but what the lane knows is saved without asking first")
  func presumes() async throws {
    let (codes, log) = try await addInTurn(4, failing: [])
    #expect(codes == [nil, nil, nil, nil])
    #expect(log.steps == [.begin, .save, .presume, .presume, .presume])
  }

  @Test(
    "what was presumed in vain is loaded and decided again; then as many batches do not presume, twice as many each time"
  )
  func stale() async throws {
    var failures: [StoreFailure?] = Array(repeating: nil, count: 40)
    for save in [1, 4] { failures[save] = .stale("another process") }
    let (codes, log) = try await addInTurn(8, failing: failures)
    #expect(codes == Array(repeating: nil, count: 8))
    let long: [StoreLog.Step] = [.begin, .save]
    #expect(log.steps == long + [.presume] + long + long + [.presume] + long + long + long + [.presume, .presume])
  }

  @Test("a command whose caller does not wait any more is not presumed about: its key may have an answer")
  func expired() async throws {
    let (codes, log) = try await addInTurn(2, failing: []) { turn in
      turn == 1 ? Instant(milliseconds: 1_000) : .latest
    }
    #expect(codes == [nil, .deadlineExceeded])
    #expect(log.steps == [.begin, .save, .begin])
  }

  @Test("W44: an unknown outcome of what was presumed is told as unknown, and the tenant's rows are read again")
  func presumedUnknown() async throws {
    let (codes, log) = try await addInTurn(3, failing: [nil, .unknown("cut")])
    #expect(codes == [nil, .outcomeUnknown, nil])
    #expect(log.steps == [.begin, .save, .presume, .begin, .save])
  }

  @Test("W44: an unknown outcome is told as unknown, and is not tried again behind the caller's back")
  func unknown() async throws {
    let (codes, saves) = try await add([1, 2], failing: [.unknown("cut")])
    #expect(codes == [.outcomeUnknown, .outcomeUnknown])
    #expect(saves == 1)
  }

  @Test("a conflict runs the batch again, and is told as unavailable when it does not end", arguments: [5, 6])
  func conflicts(count: Int) async throws {
    let (codes, saves) = try await add([1, 2], failing: Array(repeating: .conflict("deadlock"), count: count))
    #expect(codes == Array(repeating: count > LaneSettings().conflictRetriesMax ? .unavailable : nil, count: 2))
    #expect(saves == 6)
  }

  @Test("a rejected batch runs one by one, and only what is rejected alone fails")
  func rejected() async throws {
    let (codes, saves) = try await add([1, 2, 3], failing: [.rejected("check"), .rejected("check")])
    #expect(codes == [.internalError, nil, nil])
    #expect(saves == 4)
  }

  @Test("what another tenant has is refused to the command that wants it, and to no other")
  func taken() async throws {
    let failure = StoreFailure.taken("duplicate key", object: "mailbox")
    let (codes, saves) = try await add([1, 2, 3], failing: [failure, failure])
    #expect(codes == [.alreadyExists, nil, nil])
    // The batch, each command of it alone, and the refusal under its key.
    #expect(saves == 5)
  }

  @Test("a store that cannot be reached is told as unavailable")
  func unavailable() async throws {
    let (codes, _) = try await add([1], failing: [.unavailable("down")])
    #expect(codes == [.unavailable])
  }
}

/// What a store is to do, and what was asked of it.
private final class StoreLog: Sendable {
  enum Step { case begin, save, presume }

  private let contents: Mutex<(failures: [StoreFailure?], steps: [Step])>

  /// - Parameter failures: what becomes of each save in turn; nil, and whatever follows the last, succeeds.
  init(_ failures: [StoreFailure?]) { contents = Mutex((failures, [])) }

  var steps: [Step] { contents.withLock { $0.steps } }
  var saves: Int { steps.count { $0 != .begin } }

  func begin() {
    contents.withLock { $0.steps.append(.begin) }
  }

  func save(_ step: Step) throws(StoreFailure) {
    let failure = contents.withLock { contents in
      contents.steps.append(step)
      return contents.failures.isEmpty ? nil : contents.failures.removeFirst()
    }
    if let failure { throw failure }
  }
}

/// Knows the tenant and nothing else, and fails as its log says.
private final class FailingStore: LaneStore {
  private let log: StoreLog

  init(_ log: StoreLog) { self.log = log }

  nonisolated(nonsending) func begin(_ batch: Batch<CounterState>) async throws(StoreFailure) {
    log.begin()
    for tenant in batch.tenants {
      tenant.locked(writes: 1)
      tenant.state.common.tenants.load([
        Tenant(id: tenant.id, name: "Provider", clock: .live, instant: nil, createdAt: Instant(milliseconds: 0))
      ])
      _ = batch.takeLoaders()
    }
  }

  nonisolated(nonsending) func loadMore(_ batch: Batch<CounterState>) async throws(StoreFailure) {}

  nonisolated(nonsending) func save(
    _ batch: Batch<CounterState>, at now: Instant
  ) async throws(StoreFailure) -> Committed {
    try log.save(.save)
    return Committed()
  }

  func hasAll(for batch: Batch<CounterState>) -> Bool { true }

  nonisolated(nonsending) func savePresumed(
    _ batch: Batch<CounterState>, at now: Instant
  ) async throws(StoreFailure) -> Committed {
    try log.save(.presume)
    return Committed()
  }

  nonisolated(nonsending) func abandon() async {}
}

private struct NoObserver: LaneObserver {
  func committed(_ news: Committed) {}
}
