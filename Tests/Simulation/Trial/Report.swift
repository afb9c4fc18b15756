import Policy

/// What a run tells.
struct Report: Sendable {
  var seed: UInt64
  var trace: UInt64 = 0
  var calls = 0
  var replies: [String: Int] = [:]
  var refusals: [String: Int] = [:]
  var unknown = 0
  var commits = 0
  var simulated: Duration = .zero
  var faults = FaultCounts()
}

/// What many runs tell together.
struct Tally: Sendable {
  private(set) var seeds = 0
  private(set) var calls = 0
  private(set) var commits = 0
  private(set) var unknown = 0
  private(set) var simulated: Duration = .zero
  private(set) var replies: [String: Int] = [:]
  private(set) var refusals: [String: Int] = [:]
  private(set) var faults = FaultCounts()

  mutating func add(_ report: Report) {
    seeds += 1
    calls += report.calls
    commits += report.commits
    unknown += report.unknown
    simulated += report.simulated
    replies.merge(report.replies, uniquingKeysWith: +)
    refusals.merge(report.refusals, uniquingKeysWith: +)
    faults += report.faults
  }

  static func += (first: inout Self, second: Self) {
    first.seeds += second.seeds
    first.calls += second.calls
    first.commits += second.commits
    first.unknown += second.unknown
    first.simulated += second.simulated
    first.replies.merge(second.replies, uniquingKeysWith: +)
    first.refusals.merge(second.refusals, uniquingKeysWith: +)
    first.faults += second.faults
  }

  /// Figures with their names, one a line and a blank in between, for scripts that sum them up.
  var figures: String {
    var lines = [
      "\(seeds) seeds", "\(simulated.components.seconds) simulated seconds", "\(calls) calls", "\(commits) commits",
      "\(unknown) calls of unknown outcome",
    ]
    lines += replies.sorted { $0.key < $1.key }.map { "\($0.value) replies to \($0.key)" }
    lines += faults.counts.sorted { $0.key < $1.key }.map { "\($0.value) times \($0.key)" }
    return lines.map { $0 + "\n" }.joined()
  }

  var line: String {
    let kinds = faults.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    return "simulated \(seeds) seeds: \(simulated.components.seconds) s of \(calls) calls and \(commits) commits, "
      + "\(unknown) unknown; faults: \(kinds)"
  }
}
