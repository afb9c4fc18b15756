/// A bug put in on purpose, between a service and its edges: a promise that the service makes is not kept. The simulator
/// has to notice each of them, and by the promise that it breaks.
enum Mutant: String, CaseIterable, Sendable {
  /// The outbox loses a row: news is sent if all goes well, and forgotten if it does not.
  case lostEvent
  /// What was answered under a key is not looked up, and a second answer is not refused.
  case skippedLookup
  /// A hold that was voided or captured is taken for open, so that it can end again.
  case holdVoidedTwice
  /// Which version of a subject was taken is forgotten, so that stale news is applied.
  case staleEvent
  /// A clock is armed once, and not again.
  case clockNotArmedAgain
  /// The reply leaves before the commit.
  case earlyReply
  /// A lane forgets the order in which requests came.
  case laneWithoutOrder
  /// The tenant's side of a transfer is rounded once more.
  case roundedTwice
  /// What a transfer does to the wallet is not kept.
  case unkeptBalance

  /// The promises of which one must be seen to be broken; nothing else counts as having noticed.
  var broken: Set<Promise> {
    switch self {
    case .lostEvent, .staleEvent: [.news]
    case .skippedLookup: [.key]
    case .holdVoidedTwice: [.hold]
    case .clockNotArmedAgain: [.clock]
    case .earlyReply: [.acknowledged]
    case .laneWithoutOrder: [.order]
    case .roundedTwice: [.zeroSum]
    case .unkeptBalance: [.balance]
    }
  }
}
