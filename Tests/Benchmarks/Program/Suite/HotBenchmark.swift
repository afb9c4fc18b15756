import BenchmarkReport

/// Charges on one wallet, beside the same over all wallets.
enum HotBenchmark: Benchmark {
  static let name = "hot"
  static let title = "durable charges on one wallet, beside the same over all wallets"

  static func run(_ bench: Bench) async throws -> Report {
    let population = try await bench.population()
    try await ChargesBenchmark.postToEveryWallet(population)
    let inFlight = bench.settings.pick(quick: [64], whole: [16, 256, 4096])
    let contestants = inFlight.flatMap { count in
      let charges = ChargesBenchmark.charges(count, population)
      let spread = Contestant(name: "all wallets, \(charges.name)", run: charges.run)
      let hot = Contestant(name: "one wallet, \(count) in flight") { time in
        try await Load.closed(inFlight: count, for: time) { _, _ in
          try await ChargesBenchmark.post(population, 0, by: Population.Caller(inFlight: count))
        }
      }
      return [hot, spread]
    }
    let figures = try await bench.rounds(contestants)
    let targets = inFlight.enumerated().map { index, count in
      Target(
        "one wallet to all, \(count) in flight", figures[2 * index].rate, of: figures[2 * index + 1].rate, .atLeast, 0.9
      )
    }
    return Report(benchmark: name, title: title, figures: figures, targets: targets)
  }
}
