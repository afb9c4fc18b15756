import Synchronization

/// A place for a running service. There are only a few: each service looks after its timers and its outbox many times a
/// second, and a hundred of them would leave a small machine no time for what is tested.
final class Place: Sendable {
  /// More than there are tests that run a second service beside their first, so that these never wait for each other.
  private static let count = 8

  private struct Contents {
    var free = Place.count
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private static let contents = Mutex(Contents())
  private let isTaken = Atomic<Bool>(true)

  /// Waits until a place is free, and takes it.
  init() async {
    await withCheckedContinuation { continuation in
      let isFree = Self.contents.withLock { contents in
        if contents.free > 0 {
          contents.free -= 1
          return true
        }
        contents.waiting.append(continuation)
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  deinit { leave() }

  /// Gives the place to the next who waits; once.
  func leave() {
    guard isTaken.exchange(false, ordering: .relaxed) else { return }
    let next = Self.contents.withLock { contents -> CheckedContinuation<Void, Never>? in
      if contents.waiting.isEmpty {
        contents.free += 1
        return nil
      }
      return contents.waiting.removeFirst()
    }
    next?.resume()
  }
}
