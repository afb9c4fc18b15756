import CalloutClient
import Foundation
import Policy
import Wire

/// Balances read, beside pgbench's reads.
enum ReadsBenchmark: Benchmark {
  static let name = "reads"
  static let title = "balances read, beside pgbench -S with as many in flight"

  static func run(_ bench: Bench) async throws -> Report {
    let population = bench.population
    let inFlight = bench.settings.isQuick ? [16] : [1, 16, 64]
    let pgbench = try Pgbench.make(bench)
    let contestants = inFlight.flatMap { count in
      [
        Contestant(name: "balances, \(count) in flight") { time in
          try await Load.closed(inFlight: count, for: time) { line, turn in
            let (desk, number) = population.customer(Load.scatter(line, turn, below: population.customers))
            var request = BalanceGetRequest()
            request.agreementID = Data(Population.bytes(.agreement, number))
            _ = try await desk.ledger.balanceGet(request)
            return 1
          }
        },
        pgbench.contestant("pgbench -S, \(count) clients", clients: count, ["-S"]),
      ]
    }
    let figures = try await bench.rounds(contestants)
    let targets = inFlight.enumerated().map { index, count in
      Target(
        name: "balances, of pgbench -S, \(count) in flight",
        ratio: figures[2 * index].rate / figures[2 * index + 1].rate,
        bound: .atLeast, goal: 2)
    }
    return Report(benchmark: name, title: title, figures: figures, targets: targets)
  }
}
