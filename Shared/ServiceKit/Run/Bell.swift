import Synchronization

/// Wakes one task that waits; rings while nobody waits are remembered as one.
///
/// (An `AsyncStream` will not do: it ends for good when a task that waits for it is cancelled.)
final class Bell: Sendable {
  private struct Contents {
    var isRung = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let contents = Mutex(Contents())

  /// Wakes the task that waits.
  func ring() {
    let waiter = contents.withLock { contents -> CheckedContinuation<Void, Never>? in
      guard let waiter = contents.waiter.take() else {
        contents.isRung = true
        return nil
      }
      return waiter
    }
    waiter?.resume()
  }

  /// Returns when the bell rings, the time has passed, or the task is cancelled.
  func wait(atMost duration: Duration, by clock: any EdgeClock) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.wait() }
      group.addTask { try? await clock.sleep(for: duration) }
      await group.next()
      group.cancelAll()
    }
  }

  /// Returns when the bell rings or the task is cancelled, on the executor on which it was called. One task may wait at a time.
  nonisolated(nonsending) func wait() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = contents.withLock { contents in
          if contents.isRung || Task.isCancelled {
            contents.isRung = false
            return true
          }
          contents.waiter = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      contents.withLock { $0.waiter.take() }?.resume()
    }
  }
}
