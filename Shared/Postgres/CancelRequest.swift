import CLibpq
import Synchronization

/// A request to the server to cancel what a session is doing.
///
/// libpq 15 sends it over a connection of its own and blocks without any limit of time, so it runs on a thread of its
/// own, and who asked waits only as long as it wants. ``PostgresLimits/cancelThreadsMaximum`` bounds those threads.
final class CancelRequest: Sendable {
  private static let underWay = Atomic<Int>(0)
  private let lock = ConditionLock()
  private let finished = Mutex(false)

  /// Starts cancelling; nil if it cannot be asked for.
  static func start(for connection: OpaquePointer) -> CancelRequest? {
    guard underWay.add(1, ordering: .relaxed).newValue <= PostgresLimits.cancelThreadsMaximum,
      let key = PQgetCancel(connection)
    else {
      underWay.subtract(1, ordering: .relaxed)
      return nil
    }
    let request = CancelRequest()
    let handle = CancelKey(key)
    let started = NativeThread.start(name: "pg-cancel") {
      var message = [CChar](repeating: 0, count: 256)
      _ = PQcancel(handle.pointer, &message, Int32(message.count))
      underWay.subtract(1, ordering: .relaxed)
      request.lock.withLock {
        request.finished.withLock { $0 = true }
        request.lock.wakeAll()
      }
    }
    if !started { underWay.subtract(1, ordering: .relaxed) }
    return started ? request : nil
  }

  /// Waits until the request has been delivered or has failed, so that it cannot hit a later statement; false if
  /// `deadline` comes first.
  func wait(until deadline: ContinuousClock.Instant) -> Bool {
    lock.withLock {
      while !finished.withLock({ $0 }) {
        let left = ContinuousClock.now.duration(to: deadline)
        if left <= .zero { return false }
        _ = lock.wait(atMost: left)
      }
      return true
    }
  }

  /// Owns libpq's key, which is a copy and safe to use on any thread.
  private final class CancelKey: @unchecked Sendable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
      self.pointer = pointer
    }

    deinit {
      PQfreeCancel(pointer)
    }
  }
}
