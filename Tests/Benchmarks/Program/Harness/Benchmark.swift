import Foundation

/// One benchmark: what it runs, beside what, and where it must arrive.
protocol Benchmark: Sendable {
  /// What `scripts/bench` calls it by.
  static var name: String { get }
  /// What is measured, in one line.
  static var title: String { get }
  /// Runs all rounds.
  static func run(_ bench: Bench) async throws -> Report
}

/// What every benchmark is given.
struct Bench: Sendable {
  let installation: Installation
  let population: Population
  let settings: Settings

  /// How long and how often is measured.
  struct Settings: Sendable {
    /// Whether only is tried that everything runs: short, with little data, and nothing is judged.
    let isQuick: Bool
    /// Whether what takes very long to prepare is measured too.
    let isLong: Bool
    var rounds: Int { isQuick ? 1 : 3 }
    /// Of one contestant in one round.
    var time: Duration { isQuick ? .seconds(1) : .seconds(5) }
    /// Before the first round, of each contestant.
    var warmUp: Duration { isQuick ? .milliseconds(200) : .seconds(1) }
  }

  /// Runs the contestants in turn, round after round, so that what else the machine does meets them all alike.
  ///
  /// - Returns: The median round of each, by rate, in the order given.
  func rounds(_ contestants: [Contestant]) async throws -> [Figure] {
    for contestant in contestants { _ = try await contestant.run(settings.warmUp) }
    var figures = contestants.map { _ in [Figure]() }
    for _ in 0..<settings.rounds {
      for (index, contestant) in contestants.enumerated() {
        let before = ProcessorTime.now(of: installation)
        let run = try await contestant.run(settings.time)
        let used = ProcessorTime.now(of: installation) - before
        let figure = Figure(name: contestant.name, run: run, used: used)
        figures[index].append(figure)
        FileHandle.standardError.write(Data("\(contestant.name): \(Int(figure.rate)) a second\n".utf8))
      }
    }
    return figures.map { rounds in rounds.sorted { $0.rate < $1.rate }[rounds.count / 2] }
  }
}

/// Something that is measured: the product in some setting, or a peer.
struct Contestant: Sendable {
  let name: String
  /// Works for about the time given.
  let run: @Sendable (Duration) async throws -> Run
}

/// What one round did.
struct Run: Sendable {
  /// Charges, tickets, reads: whatever the benchmark counts.
  var operations: Int
  /// How long it took.
  var seconds: Double
  /// Of each request, ascending; empty where the peer does not tell.
  var milliseconds: [Float] = []
}

/// The figures of a contestant's median round.
struct Figure: Codable {
  let name: String
  /// Operations a second.
  let rate: Double
  /// Milliseconds; nil where the peer does not tell.
  let p50, p99: Double?
  /// Microseconds of processor time for each operation.
  let client, services, postgres: Double

  init(name: String, run: Run, used: ProcessorTime) {
    let count = Double(max(run.operations, 1))
    self.name = name
    rate = Double(run.operations) / run.seconds
    p50 = run.percentile(0.5)
    p99 = run.percentile(0.99)
    client = used.client * 1e6 / count
    services = used.services * 1e6 / count
    postgres = used.postgres * 1e6 / count
  }
}

extension Run {
  fileprivate func percentile(_ share: Double) -> Double? {
    guard !milliseconds.isEmpty else { return nil }
    return Double(milliseconds[min(milliseconds.count - 1, Int(Double(milliseconds.count) * share))])
  }
}

/// A ratio between two figures of one run, and where it must arrive.
struct Target: Codable {
  enum Bound: String, Codable { case atLeast = "at least", atMost = "at most" }
  let name: String
  let ratio: Double
  let bound: Bound
  let goal: Double

  var isMet: Bool { bound == .atLeast ? ratio >= goal : ratio <= goal }
}

/// All that a benchmark found.
struct Report: Codable {
  let benchmark: String
  let title: String
  var figures: [Figure]
  var targets: [Target]
}
