/// What the services promise: the design's invariants, and what whoever asks may rely on.
enum Promise: String, CaseIterable, Sendable {
  /// The entries of a transfer sum to zero, and its lines explain it.
  case zeroSum = "I1"
  /// A balance is the sum of its entries, and of its lots.
  case balance = "I2"
  /// Nothing goes below what was agreed.
  case overdraft = "I3"
  /// Holds never exceed what is available, and end once.
  case hold = "I4"
  /// What is insert-only never changes, and is numbered without gaps.
  case journal = "I5"
  /// A key has one effect.
  case key = "I6"
  /// News is taken once in effect, and arrives.
  case news = "I7"
  /// A running clock is armed, a missed target has one run of its ladder, and each of its steps is recorded.
  case clock = "I8"
  /// A reply leaves after its commit, and what it says is there.
  case acknowledged = "acknowledged"
  /// What one connection asks for one tenant is decided in the order in which it came.
  case order = "order"
  /// Every reply fits one history, in which each change follows the one before.
  case history = "history"
  /// Who watches a tenant sees each change once, in the feed's order.
  case feed = "feed"
  /// A connection that is half open is given up by both ends.
  case connection = "connection"
  /// A process that is told to end does, however its database and its peers fare.
  case ending = "ending"
}

/// A promise that was not kept.
struct Violation: Error, Hashable, CustomStringConvertible {
  let promise: Promise
  let text: String

  init(_ promise: Promise, _ text: String) {
    self.promise = promise
    self.text = text
  }

  var description: String { "\(promise.rawValue): \(text)" }
}

/// All promises that one moment showed to be broken.
struct Violations: Error, CustomStringConvertible {
  let all: [Violation]

  var promises: Set<Promise> { Set(all.map(\.promise)) }
  var description: String { all.prefix(4).map(\.description).joined(separator: "; ") }
}
