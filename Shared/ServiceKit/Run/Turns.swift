import DequeModule

/// Keeps apart what an actor does with its session, which may suspend: one at a time, in the order in which they came.
/// Used by one actor only.
final class Turns {
  private var isTaken = false
  private var waiting: Deque<CheckedContinuation<Void, Never>> = []

  /// Returns when everybody who came before has ended their turn.
  nonisolated(nonsending) func begin() async {
    guard isTaken else {
      isTaken = true
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  /// Gives the turn to the next.
  func end() {
    guard let next = waiting.popFirst() else {
      isTaken = false
      return
    }
    next.resume()
  }
}
