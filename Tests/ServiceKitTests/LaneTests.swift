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
    let lane = Lane<CounterState>(
      on: executor, common: CommonTables(), tables: CounterService.tables, settings: LaneSettings(),
      edges: .standing(StandingClock(Instant(milliseconds: 1_000))), observer: NoObserver(), measures: LaneMeasures(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, seed: 1
    ) { FailingStore(log) }
    let connection = TestConnection(TestService.desk)
    let commands = try amounts.enumerated().map { index, amount in
      let body = Payload.encode(TestService.addition(account(UInt64(index)), amount))
      return Command<CounterState>(
        tenant: TestService.tenant, method: .adjustmentPost, caller: Policy.Caller(role: .desk, name: "anna"),
        key: Array("the-key-\(index)".utf8),
        requestHash: Command<CounterState>.hash(method: .adjustmentPost, body: body),
        deadline: .latest, work: try WriteEntry(Add.self).decode(body),
        origin: .stream(UInt32(index + 1), of: connection))
    }
    lane.submit(commands)
    let frames = await connection.frames { $0.count == amounts.count }.sorted { $0.stream < $1.stream }
    return (frames.map(TestService.code), log.saves)
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

  @Test("a store that cannot be reached is told as unavailable")
  func unavailable() async throws {
    let (codes, _) = try await add([1], failing: [.unavailable("down")])
    #expect(codes == [.unavailable])
  }
}

/// What a store is to do, and what was asked of it.
private final class StoreLog: Sendable {
  private let contents: Mutex<(failures: [StoreFailure], saves: Int)>

  init(_ failures: [StoreFailure]) { contents = Mutex((failures, 0)) }

  var saves: Int { contents.withLock { $0.saves } }

  func save() throws(StoreFailure) {
    let failure = contents.withLock { contents in
      contents.saves += 1
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
    for tenant in batch.tenants {
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
    try log.save()
    return Committed()
  }

  nonisolated(nonsending) func abandon() async {}
}

private struct NoObserver: LaneObserver {
  func committed(_ news: Committed) {}
}
