import Glibc

/// A serial executor that is one thread: an actor on it may block (in libpq) and stops nobody but itself.
///
///     actor Lane {
///       nonisolated let executor: any SerialExecutor
///       nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
///       private var connection: ReconnectingConnection
///     }
///
/// The actor keeps its executor alive. The thread lives until ``shutdown()``; jobs that arrive later still run, one
/// after the other, on a thread started for them, so that no task is ever left hanging. The queue of jobs is as long as
/// there are tasks that wait for the executor's actors: bounding those is the part of who starts them.
public final class ThreadExecutor: SerialExecutor, @unchecked Sendable {
  // Unchecked: every property below the lock is only touched under it.
  private let lock = ConditionLock()
  private let name: String
  private var jobs: [UnownedJob] = []
  private var phase = Phase.running
  private var thread: pthread_t?
  private var waiters: [CheckedContinuation<Void, Never>] = []

  private enum Phase {
    /// The thread waits for jobs.
    case running
    /// The thread ends when no job is left.
    case stopping
    /// There is no thread.
    case ended
  }

  /// Starts the thread. The system shows the first 15 bytes of `name`.
  public init(name: String) {
    self.name = name
    startThread()
  }

  /// Takes a job; called by Swift's runtime.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let startsThread = lock.withLock {
      jobs.append(job)
      guard phase == .ended else { return false }
      phase = .stopping
      return true
    }
    // Outside of the lock, which the thread that wakes wants at once.
    lock.wakeAll()
    if startsThread { startThread() }
  }

  /// True on the executor's own thread.
  public func isIsolatingCurrentContext() -> Bool? {
    lock.withLock { thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false }
  }

  /// Traps when the caller is not on the executor's own thread; called by Swift's runtime.
  public func checkIsolated() {
    precondition(isIsolatingCurrentContext() == true, "not on the thread of the executor '\(name)'")
  }

  /// Lets the thread end once no job is left, and returns at once.
  public func shutdown() {
    lock.withLock {
      if phase == .running { phase = .stopping }
      lock.wakeAll()
    }
  }

  /// Blocks the caller until the thread has ended; ``shutdown()`` comes first. Not for code on Swift's pool, which
  /// has ``ended()``. On the executor's own thread it returns at once.
  public func join() {
    if isIsolatingCurrentContext() == true { return }
    lock.withLock {
      while phase != .ended { lock.wait() }
    }
  }

  /// Returns when the thread has ended; ``shutdown()`` comes first. Not for an actor on this executor, whose waiting
  /// would not keep the thread.
  public func ended() async {
    await withCheckedContinuation { continuation in
      let alreadyEnded = lock.withLock {
        if phase != .ended { waiters.append(continuation) }
        return phase == .ended
      }
      if alreadyEnded { continuation.resume() }
    }
  }

  private func startThread() {
    // A process that gets no thread for its database cannot work, and a job that never runs hangs its caller silently.
    guard NativeThread.start(name: name, { self.run() }) else {
      preconditionFailure("the system gives no thread for the executor '\(name)'")
    }
  }

  private func run() {
    let executor = asUnownedSerialExecutor()
    lock.withLock { thread = pthread_self() }
    var batch: [UnownedJob] = []
    while takeJobs(&batch) {
      for job in batch { job.runSynchronously(on: executor) }
      batch.removeAll(keepingCapacity: true)
    }
  }

  /// Waits for jobs and swaps them into the empty `batch`, which keeps the lock short; false when the thread is to end.
  private func takeJobs(_ batch: inout [UnownedJob]) -> Bool {
    let waiters: [CheckedContinuation<Void, Never>]? = lock.withLock {
      while jobs.isEmpty, phase == .running { lock.wait() }
      guard jobs.isEmpty else {
        swap(&jobs, &batch)
        return nil
      }
      phase = .ended
      thread = nil
      lock.wakeAll()
      defer { self.waiters = [] }
      return self.waiters
    }
    guard let waiters else { return true }
    for waiter in waiters { waiter.resume() }
    return false
  }
}
