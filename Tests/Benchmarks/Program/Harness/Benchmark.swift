import BenchmarkReport
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
actor Bench {
  nonisolated let installation: Installation
  nonisolated let settings: Settings
  private var made: Population?

  /// How long and how often is measured.
  struct Settings: Sendable {
    /// Whether only is tried that everything runs: short, with little data, and nothing is judged.
    let isQuick: Bool
    /// Whether what takes very long to prepare is measured too.
    let isLong: Bool
    var rounds: Int { isQuick ? 1 : 3 }
    /// Of one contestant in one round.
    var time: Duration { isQuick ? .milliseconds(500) : .seconds(5) }
    /// Before the first round, of each contestant.
    var warmUp: Duration { isQuick ? .milliseconds(100) : .seconds(1) }

    /// One of two, by whether the run is a quick one.
    func pick<Value>(quick: Value, whole: Value) -> Value { isQuick ? quick : whole }
  }

  init(installation: Installation, settings: Settings) {
    self.installation = installation
    self.settings = settings
  }

  /// The tenants, customers and wallets that are there before anything is measured; made when first asked for.
  func population() async throws -> Population {
    if let made { return made }
    let population = try await Population.make(
      installation, tenants: settings.pick(quick: 4, whole: 100),
      customersOfTenant: settings.pick(quick: 50, whole: 1000))
    made = population
    return population
  }

  /// Runs the contestants in turn, round after round, so that what else the machine does meets them all alike.
  ///
  /// - Returns: The median round of each, by rate, in the order given.
  nonisolated func rounds(_ contestants: [Contestant]) async throws -> [Figure] {
    for contestant in contestants {
      try await contestant.prepare()
      _ = try await contestant.run(settings.warmUp)
    }
    var figures = contestants.map { _ in [Figure]() }
    for _ in 0..<settings.rounds {
      for (index, contestant) in contestants.enumerated() {
        if contestants.count > 1 { try await contestant.prepare() }
        let before = ProcessorTime.now(of: installation, services: contestant.processes())
        let run = try await contestant.run(settings.time)
        let used = ProcessorTime.now(of: installation, services: contestant.processes()) - before
        let figure = Figure(name: contestant.name, run: run, used: used)
        figures[index].append(figure)
        say("\(contestant.name): \(Int(figure.rate)) a second")
      }
    }
    return figures.map { Figure(medianOf: $0) }
  }

  /// Tells what is going on, beside the tables.
  nonisolated func say(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
}

/// Something that is measured: the product in some setting, or a peer.
struct Contestant: Sendable {
  let name: String
  /// Brings about what the contestant needs, each time that its turn comes; its time does not count.
  var prepare: @Sendable () async throws -> Void = {}
  /// The processes that serve, whose processor time is told; nil: the three services.
  var processes: @Sendable () -> [Int]? = { nil }
  /// Works for about the time given.
  let run: @Sendable (Duration) async throws -> Run
}
