import Dispatch
import NIOCore

/// An event loop whose turns are jobs of the simulator and whose clock is the simulator's.
///
/// What is executed between two turns runs in one turn, in its order, as on a real event loop. It dies with its process.
final class SimulatedEventLoop: EventLoop, @unchecked Sendable {
  private let simulator: Simulator
  private let queue: SimulatedExecutor
  private var tasks: [() -> Void] = []
  private(set) var inEventLoop = false

  init(_ simulator: Simulator, _ lifetime: Lifetime, _ name: String) {
    self.simulator = simulator
    queue = SimulatedExecutor(simulator, lifetime, name, isSerial: true)
  }

  /// Whether its process still lives.
  var isAlive: Bool { !queue.lifetime.isOver }

  var now: NIODeadline { .uptimeNanoseconds(simulator.now.wholeNanoseconds) }

  func execute(_ task: @escaping @Sendable () -> Void) { run(task) }

  func submit<T>(_ task: @escaping @Sendable () throws -> T) -> EventLoopFuture<T> {
    let promise = makePromise(of: T.self)
    run { promise.assumeIsolated().completeWith(Result(catching: task)) }
    return promise.futureResult
  }

  func scheduleTask<T>(deadline: NIODeadline, _ task: @escaping @Sendable () throws -> T) -> Scheduled<T> {
    scheduleTask(in: deadline - now, task)
  }

  func scheduleTask<T>(in delay: TimeAmount, _ task: @escaping @Sendable () throws -> T) -> Scheduled<T> {
    let promise = makePromise(of: T.self)
    let entry = Entry { promise.assumeIsolated().completeWith(Result(catching: task)) }
    simulator.after(.nanoseconds(delay.nanoseconds)) {
      if entry.run != nil { self.run { entry.run?() } }
    }
    return Scheduled(promise: promise) { entry.run = nil }
  }

  func shutdownGracefully(queue: DispatchQueue, _ callback: @escaping @Sendable ((any Error)?) -> Void) {
    run { callback(nil) }
  }

  /// Something that is to be done later, unless it is cancelled.
  private final class Entry: @unchecked Sendable {
    var run: (() -> Void)?
    init(_ run: @escaping () -> Void) { self.run = run }
  }

  private func run(_ task: @escaping () -> Void) {
    tasks.append(task)
    if tasks.count == 1, !inEventLoop { simulator.enqueue(on: queue) { self.turn() } }
  }

  private func turn() {
    let due = tasks
    tasks = []
    inEventLoop = true
    for task in due { task() }
    inEventLoop = false
    // What its tasks set in motion is the next turn's.
    if !tasks.isEmpty { simulator.enqueue(on: queue) { self.turn() } }
  }
}

extension Duration {
  /// In whole nanoseconds; at least 0.
  fileprivate var wholeNanoseconds: UInt64 {
    UInt64(clamping: components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000)
  }
}
