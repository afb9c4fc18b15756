import Logging
import Policy
import Postgres
import Synchronization
import Testing
import Wire

@testable import ServiceKit

/// A session that answers nothing until it is let go, and notes how many batches it was asked.
final class HeldSession: Session {
  /// What a test sees of a session.
  final class Gate: Sendable {
    private struct Contents {
      var isOpen = false
      var batches: [[Statement]] = []
      var waiting: CheckedContinuation<Void, Never>?
    }

    private let contents = Mutex(Contents())

    var batches: [[Statement]] { contents.withLock { $0.batches } }

    func open() {
      let waiting = contents.withLock { contents in
        contents.isOpen = true
        return contents.waiting.take()
      }
      waiting?.resume()
    }

    fileprivate func pass(_ batch: [Statement]) async {
      await withCheckedContinuation { continuation in
        let isOpen = contents.withLock { contents in
          contents.batches.append(batch)
          if !contents.isOpen { contents.waiting = continuation }
          return contents.isOpen
        }
        if isOpen { continuation.resume() }
      }
    }
  }

  private let gate: Gate
  let isInTransaction = false

  init(_ gate: Gate) { self.gate = gate }

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    await gate.pass(batch)
    var results: [ResultRows] = []
    for _ in batch { results.append(try ResultRows(columns: [], rows: [], affectedRows: 0)) }
    return results
  }

  func close() {}
}

@Suite("The relay")
struct RelayTests {
  private static func row(_ number: UInt64, to destination: ServiceName) -> OutboxRow {
    OutboxRow(
      tenant: TestService.tenant, event: EventID(high: 0, low: number), destination: destination, subjectKind: "notice",
      subject: SubjectID(high: 0, low: number), version: 1, payload: [], createdAt: Instant(milliseconds: 0))
  }

  @Test(
    "events are sent while the deletion of earlier ones is under way; what ends meanwhile goes in one, of all peers")
  func deletion() async throws {
    let executor = ThreadExecutor(name: "relay-test")
    defer { executor.shutdown() }
    let gate = HeldSession.Gate()
    let clerk = Clerk(on: executor, timeout: .seconds(1)) { HeldSession(gate) }
    let (intake, notifier) = (TestPeer(), TestPeer())
    let relay = Relay(
      peers: [.intake: intake, .notifier: notifier], clerk: clerk, clock: StandingClock(Instant(milliseconds: 0)),
      settings: Relay.Settings(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, seed: 1)
    // The sweep at the start is held up, and so is whatever the clerk is asked after it.
    let running = Task { await relay.run() }
    try await TestService.eventually("the sweep") { gate.batches.count == 1 }
    relay.committed([Self.row(1, to: .intake)])
    try await TestService.eventually("the first delivery") { intake.rows.count == 1 }
    relay.committed([Self.row(2, to: .intake), Self.row(3, to: .notifier)])
    try await TestService.eventually("the others") { intake.rows.count == 2 && notifier.rows.count == 1 }
    #expect(relay.waiting == 3)
    #expect(gate.batches.count == 1)
    gate.open()
    try await TestService.eventually("the deletion") { relay.waiting == 0 }
    let deletions = gate.batches.filter { $0.contains { $0.sql.hasPrefix("DELETE FROM outbox") } }
    #expect(deletions.count <= 2)
    running.cancel()
    await running.value
  }
}
