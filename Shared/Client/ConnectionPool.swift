internal import Foundation
internal import Policy
internal import Transport
internal import Wire

/// Where time and chance come from; tests bring their own.
struct Surroundings: Sendable {
  /// Time since some fixed point, never going back.
  var now: @Sendable () -> Duration
  var sleep: @Sendable (Duration) async throws -> Void
  /// From 0 up to 1.
  var random: @Sendable () -> Double
  /// The date, which keys carry.
  var wallClock: @Sendable () -> Instant = {
    Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }
  /// What keys are made from.
  var seed: UInt64 = .random(in: .min ... .max)
  /// Where tasks run that nobody waits for; nil: on Swift's own pool.
  var taskExecutor: (any TaskExecutor)?

  static let real: Surroundings = {
    let start = ContinuousClock.now
    return Surroundings(
      now: { start.duration(to: .now) }, sleep: { try await Task.sleep(for: $0) }, random: { Double.random(in: 0..<1) })
  }()
}

/// The connections to the processes of one service.
///
/// Calls go round robin over the connections that work. An address that fails is left alone for a while that doubles
/// with each failure; if all are, the one whose turn comes first is waited for.
actor ConnectionPool {
  /// The longest time that an address is left alone.
  static let longestPause: Duration = .seconds(1)
  /// The time after a first failure.
  static let firstPause: Duration = .milliseconds(20)

  private struct Slot {
    let address: ServiceAddress
    var connection: (any ServiceConnection)?
    var opening: Task<Result<any ServiceConnection, TransportError>, Never>?
    var failureCount = 0
    var retryAt: Duration = .zero
  }

  private let connector: any ServiceConnector
  private let surroundings: Surroundings
  private var slots: [Slot]
  private var turn = 0
  private var isClosed = false

  init(
    addresses: [ServiceAddress], perAddress: Int, connector: any ServiceConnector, surroundings: Surroundings = .real
  ) {
    self.connector = connector
    self.surroundings = surroundings
    // Neighbours are different addresses, so that round robin spreads over processes first.
    slots = (0..<max(1, min(perAddress, 64))).flatMap { _ in addresses.map { Slot(address: $0) } }
  }

  /// A connection that works, in turn. Connects where none does.
  func connection() async throws(TransportError) -> any ServiceConnection {
    guard !isClosed else { throw TransportError(.closed) }
    guard !slots.isEmpty else { throw TransportError(.unreachable("no address is configured")) }
    var failure: TransportError?
    for offset in slots.indices {
      let index = (turn + offset) % slots.count
      guard isUsable(index) || slots[index].retryAt <= surroundings.now() else { continue }
      do {
        let connection = try await open(index)
        turn = (index + 1) % slots.count
        return connection
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    // Every address failed a moment ago: wait for the first whose pause ends.
    let index = slots.indices.min { slots[$0].retryAt < slots[$1].retryAt } ?? 0
    let pause = slots[index].retryAt - surroundings.now()
    if pause > .zero {
      do { try await surroundings.sleep(pause) } catch { throw TransportError(.cancelled) }
    }
    turn = (index + 1) % slots.count
    return try await open(index)
  }

  /// Closes all connections; later calls fail.
  func close() async {
    isClosed = true
    let open = slots.compactMap(\.connection)
    for index in slots.indices { slots[index].connection = nil }
    for connection in open { await connection.close() }
  }

  private func isUsable(_ index: Int) -> Bool { slots[index].connection?.isUsable ?? false }

  private func open(_ index: Int) async throws(TransportError) -> any ServiceConnection {
    if let connection = slots[index].connection {
      if connection.isUsable { return connection }
      slots[index].connection = nil
    }
    // Tasks that need the same connection wait for one attempt.
    let task: Task<Result<any ServiceConnection, TransportError>, Never>
    if let opening = slots[index].opening {
      task = opening
    } else {
      let (connector, address) = (connector, slots[index].address)
      task = Task(executorPreference: surroundings.taskExecutor) {
        do throws(TransportError) {
          return .success(try await connector.connect(to: address))
        } catch {
          return .failure(error)
        }
      }
      slots[index].opening = task
    }
    let outcome = await task.value
    if slots[index].opening == task {
      slots[index].opening = nil
      settle(index, outcome)
      if isClosed, case .success(let connection) = outcome {
        await connection.close()
        throw TransportError(.closed)
      }
    }
    return try outcome.get()
  }

  private func settle(_ index: Int, _ outcome: Result<any ServiceConnection, TransportError>) {
    switch outcome {
    case .success(let connection):
      if !isClosed { slots[index].connection = connection }
      slots[index].failureCount = 0
      slots[index].retryAt = .zero
    case .failure:
      let longest = min(Self.longestPause, Self.firstPause * (1 << min(slots[index].failureCount, 10)))
      slots[index].failureCount += 1
      slots[index].retryAt = surroundings.now() + longest / 2 + longest / 2 * surroundings.random()
    }
  }
}
