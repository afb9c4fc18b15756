import Logging
import Policy
import Postgres
import Synchronization
import Testing
import Transport
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

/// A peer that answers a delivery when it is told to.
private final class HeldPeer: EventPeer {
  private struct Contents {
    var deliveries: [[UInt64]] = []
    var waiting: [CheckedContinuation<Delivery, Never>] = []
  }

  private let contents = Mutex(Contents())

  /// The numbers of the events of each delivery so far.
  var deliveries: [[UInt64]] { contents.withLock { $0.deliveries } }

  /// Answers the oldest delivery that waits, all its events alike.
  func answerFirst(_ delivery: Delivery) {
    contents.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }?.resume(returning: delivery)
  }

  func deliver(_ rows: [OutboxRow]) async -> [Delivery] {
    let delivery = await withCheckedContinuation { continuation in
      contents.withLock { contents in
        contents.deliveries.append(rows.map(\.event.low))
        contents.waiting.append(continuation)
      }
    }
    return rows.map { _ in delivery }
  }
}

@Suite("The relay")
struct RelayTests {
  private static func row(_ number: UInt64, to destination: ServiceName) -> OutboxRow {
    OutboxRow(
      tenant: TestService.tenant, event: EventID(high: 0, low: number), destination: destination, subjectKind: "notice",
      subject: SubjectID(high: 0, low: number), version: 1, payload: [], createdAt: Instant(milliseconds: 0))
  }

  @Test("deliveries that begin at once make one connection, the second after the first")
  func connecting() async throws {
    let connecting = Mutex((now: 0, most: 0))
    let peer = WirePeer(.intake, addresses: [PeerAddress(host: "nowhere", port: 1)]) {
      _ throws(TransportError) in
      connecting.withLock { connecting in
        connecting.now += 1
        connecting.most = max(connecting.most, connecting.now)
      }
      try? await Task.sleep(for: .milliseconds(20))
      connecting.withLock { $0.now -= 1 }
      throw TransportError(.unreachable("for the test"))
    }
    async let first = peer.deliver([Self.row(1, to: .intake)])
    async let second = peer.deliver([Self.row(2, to: .intake)])
    #expect(await [first.count, second.count] == [1, 1])
    #expect(connecting.withLock { $0.most } == 1)
  }

  @Test("what is committed while a delivery is under way waits for no answer, but for one of two deliveries to end")
  func deliveries() async throws {
    let executor = ThreadExecutor(name: "relay-test")
    defer { executor.shutdown() }
    let gate = HeldSession.Gate()
    gate.open()
    let peer = HeldPeer()
    let relay = Relay(
      peers: [.intake: peer], clerk: Clerk(on: executor, timeout: .seconds(1)) { HeldSession(gate) },
      clock: StandingClock(Instant(milliseconds: 0)), settings: Relay.Settings(),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, seed: 1)
    let running = Task { await relay.run() }
    for number in 1...2 {
      relay.committed([Self.row(UInt64(number), to: .intake)])
      try await TestService.eventually("delivery \(number)") { peer.deliveries.count == number }
    }
    for number in 3...5 { relay.committed([Self.row(UInt64(number), to: .intake)]) }
    peer.answerFirst(.failed("not now"))
    try await TestService.eventually("the others together, with what failed") { peer.deliveries.count == 3 }
    #expect(peer.deliveries == [[1], [2], [3, 4, 5, 1]])
    for _ in 1...2 { peer.answerFirst(.acknowledged) }
    try await TestService.eventually("the deletions") { relay.waiting == 0 }
    #expect(peer.deliveries.count == 3)
    running.cancel()
    await running.value
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
