@testable import ServiceKit

/// Runs everything of a world on one thread, in an order that its seed decides, in a time of its own.
///
/// Whatever can go on is a job in `ready`; the next one is picked by chance, but jobs of one serial executor keep their
/// order. When no job is ready, time jumps to the next instant for which something is scheduled. So the same seed gives
/// the same run, whatever the machine. (Unchecked: everything happens on the thread that runs it.)
final class Simulator: @unchecked Sendable {
  /// Why a run ended too early.
  enum Failure: Error {
    /// Nothing is ready and nothing scheduled, yet the body has not returned.
    case stuck(at: Duration)
    /// More steps than a world may take.
    case endless
  }

  private struct Ready {
    let queue: SimulatedExecutor
    let run: () -> Void
  }

  private struct Scheduled {
    let due: Duration
    let number: UInt64
    let run: () -> Void
  }

  /// The most steps of a run.
  static let stepsMax = 5_000_000

  /// Chance.
  var random: Chance
  /// Time since the beginning.
  private(set) var now: Duration = .zero
  /// Steps so far.
  private(set) var stepCount = 0
  /// Stands for everything that has happened, in its order.
  private(set) var trace = TraceHash()
  private var ready: [Ready] = []
  private var scheduled: [Scheduled] = []
  private var nextNumber: UInt64 = 0
  private var sleepers: [UInt64: CheckedContinuation<Void, any Error>] = [:]

  init(seed: UInt64) { random = Chance(seed: seed) }

  /// Adds to the trace.
  func note(_ what: some StringProtocol) { trace.add(what) }

  /// Something can go on.
  func enqueue(on queue: SimulatedExecutor, _ run: @escaping () -> Void) {
    ready.append(Ready(queue: queue, run: run))
  }

  /// Does something later. What is scheduled for the same instant happens in the order in which it was scheduled.
  func after(_ delay: Duration, _ run: @escaping () -> Void) {
    let entry = Scheduled(due: now + max(delay, .zero), number: nextNumber, run: run)
    nextNumber += 1
    // The soonest stands last.
    var (low, high) = (0, scheduled.count)
    while low < high {
      let middle = (low + high) / 2
      if (scheduled[middle].due, scheduled[middle].number) > (entry.due, entry.number) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    scheduled.insert(entry, at: low)
  }

  /// Returns when the time has passed; throws at once when the task is cancelled.
  func sleep(for duration: Duration) async throws {
    let number = nextNumber
    nextNumber += 1
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        if Task.isCancelled {
          continuation.resume(throwing: CancellationError())
          return
        }
        sleepers[number] = continuation
        after(duration) { self.sleepers.removeValue(forKey: number)?.resume() }
      }
    } onCancel: {
      sleepers.removeValue(forKey: number)?.resume(throwing: CancellationError())
    }
  }

  /// Runs a body and all that it sets in motion, until it returns.
  func run(_ body: @escaping @Sendable () async throws -> Void) throws {
    let executor = SimulatedTaskExecutor(SimulatedExecutor(self, Lifetime(), "world"))
    let end = End()
    Task(executorPreference: executor) {
      do {
        try await body()
        end.result = .success(())
      } catch {
        end.result = .failure(error)
      }
    }
    while true {
      if let result = end.result { return try result.get() }
      stepCount += 1
      guard stepCount < Self.stepsMax else { throw Failure.endless }
      if ready.isEmpty {
        guard let next = scheduled.popLast() else { throw Failure.stuck(at: now) }
        now = next.due
        trace.add(now.components.attoseconds / 1_000_000_000 + now.components.seconds)
        next.run()
      } else {
        step()
      }
    }
  }

  private final class End: @unchecked Sendable {
    var result: Result<Void, any Error>?
  }

  private func step() {
    var index = random.below(ready.count)
    if ready[index].queue.isSerial {
      let queue = ready[index].queue
      index = ready.firstIndex { $0.queue === queue } ?? index
    }
    let job = ready.remove(at: index)
    // What has died does nothing any more.
    if job.queue.lifetime.isOver { return }
    trace.add(job.queue.name)
    job.run()
  }
}

/// Whether a process still lives.
final class Lifetime: @unchecked Sendable {
  var isOver = false
}

/// Where jobs of one part of a process go.
final class SimulatedExecutor: EndableExecutor, @unchecked Sendable {
  let name: String
  let lifetime: Lifetime
  /// Whether its jobs keep their order: those of an actor's own executor do, tasks do not.
  let isSerial: Bool
  fileprivate let simulator: Simulator

  init(_ simulator: Simulator, _ lifetime: Lifetime, _ name: String, isSerial: Bool = false) {
    self.simulator = simulator
    self.lifetime = lifetime
    self.name = name
    self.isSerial = isSerial
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    simulator.enqueue(on: self) { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  func isIsolatingCurrentContext() -> Bool? { true }
  func checkIsolated() {}
  func shutdown() {}
}

/// Where tasks of a process run, unless an actor has an executor of its own.
final class SimulatedTaskExecutor: TaskExecutor {
  private let executor: SimulatedExecutor

  init(_ executor: SimulatedExecutor) { self.executor = executor }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    executor.simulator.enqueue(on: executor) { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

/// Chance that a seed decides (SplitMix64, Steele, Lea and Flood 2014).
struct Chance: RandomNumberGenerator, Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// From 0 up to `bound`, which is at least 1.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// True once in so many times.
  mutating func once(in count: Int) -> Bool { below(count) == 0 }

  /// One of these.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// A time between two, in whole microseconds.
  mutating func time(_ low: Duration, _ high: Duration) -> Duration {
    let span = high - low
    let microseconds = span.components.seconds * 1_000_000 + span.components.attoseconds / 1_000_000_000_000
    return low + .microseconds(Int64(below(Int(max(1, microseconds)))))
  }
}

/// A hash of a sequence (FNV-1a, 64 bits), the same on every machine.
struct TraceHash: Hashable, Sendable {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ text: some StringProtocol) {
    for byte in text.utf8 { add(byte) }
    add(UInt8(0))
  }

  mutating func add(_ number: some BinaryInteger) {
    value = (value ^ UInt64(truncatingIfNeeded: number)) &* 0x0000_0100_0000_01b3
  }
}
