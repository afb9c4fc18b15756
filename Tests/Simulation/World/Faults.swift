/// What the network and the databases do to those who use them. Each count is "one in so many"; 0 for never.
struct Faults: Sendable {
  /// What is sent cuts its connection, and only some of it arrives.
  var cut = 0
  /// What is sent leaves its connection half open: nothing more arrives, one way or both, and nobody is told.
  var stall = 0
  /// A connection attempt is refused.
  var unreachable = 0
  /// A batch meets a database that is away.
  var databaseAway = 0
  /// A batch loses its connection before the commit.
  var databaseLost = 0
  /// A commit is answered by nobody.
  var commitUnknown = 0
  /// The longest way of a message or a batch; the shortest is a fiftieth.
  var delay = Duration.milliseconds(5)
  /// What is sent is dropped on its way and sent again, so that all behind it waits up to a second.
  var dropped = 0
  /// What is sent is held up for so long that its sender gives up, asks again elsewhere, and it arrives all the same.
  var heldUp = 0
  /// A connection attempt is answered by nobody.
  var unanswered = 0
  /// A reader takes its time: up to a second, and once in four times so long that it is cut off.
  var slowReader = 0
}

/// Faults that have happened, by kind.
struct FaultCounts: Sendable, Equatable {
  private(set) var counts: [String: Int] = [:]

  mutating func count(_ kind: String) { counts[kind, default: 0] += 1 }

  static func += (first: inout Self, second: Self) { first.counts.merge(second.counts, uniquingKeysWith: +) }
}

extension Faults {
  /// Adds the network's own troubles to a world of faults.
  mutating func troubleNetwork(_ chance: inout Chance) {
    dropped = 40 + chance.below(200)
    heldUp = 150 + chance.below(400)
    unanswered = 20 + chance.below(80)
    slowReader = 40 + chance.below(300)
  }
}
