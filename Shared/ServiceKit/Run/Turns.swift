import DequeModule
import Synchronization

/// Keeps apart what an actor does with its session, which may suspend: one at a time, in the order in which they came.
final class Turns: Sendable {
  private struct Contents {
    var isTaken = false
    var waiting: Deque<CheckedContinuation<Void, Never>> = []
  }

  /// (Behind a lock, although one actor alone uses it: a task that begins to wait may be off its actor already, and the turn
  /// could end in between.)
  private let contents = Mutex(Contents())

  /// Returns when everybody who came before has ended their turn.
  nonisolated(nonsending) func begin() async {
    let isFree = contents.withLock { contents in
      defer { contents.isTaken = true }
      return !contents.isTaken
    }
    if isFree { return }
    await withCheckedContinuation { continuation in
      let isFree = contents.withLock { contents in
        if contents.isTaken { contents.waiting.append(continuation) }
        defer { contents.isTaken = true }
        return !contents.isTaken
      }
      if isFree { continuation.resume() }
    }
  }

  /// Gives the turn to the next.
  func end() {
    let next = contents.withLock { contents in
      let next = contents.waiting.popFirst()
      contents.isTaken = next != nil
      return next
    }
    next?.resume()
  }
}
