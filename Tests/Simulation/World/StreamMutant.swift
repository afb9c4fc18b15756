import Transport

/// A bug put in on purpose, in what watchers are sent.
enum StreamMutant: CaseIterable, Sendable {
  /// A change is left out.
  case lostChange
  /// A change is sent twice.
  case repeatedChange
  /// Two changes change places.
  case swappedChanges

  /// One burst in so many is mutated.
  private static let interval = 5

  /// Changes what a connection is sent.
  func mutate(_ frames: inout [OutgoingFrame], _ network: Network) {
    let pushes = frames.indices.filter { if case .push = frames[$0] { true } else { false } }
    guard let first = pushes.first, network.chance(Self.interval) else { return }
    switch self {
    case .lostChange: frames.remove(at: first)
    case .repeatedChange: frames.insert(frames[first], at: first)
    case .swappedChanges: if pushes.count > 1 { frames.swapAt(first, pushes[1]) }
    }
  }
}
