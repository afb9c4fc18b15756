import BenchmarkReport
import CalloutClient
import Foundation
import Policy
import Wire

/// Balances and tickets read, beside pgbench's reads.
enum ReadsBenchmark: Benchmark {
  static let name = "reads"
  static let title = "balances and tickets read, beside pgbench -S with as many in flight"

  static func run(_ bench: Bench) async throws -> Report {
    let population = try await bench.population()
    let inFlight = bench.settings.pick(quick: [16], whole: [1, 16, 64])
    let pgbench = try Pgbench.make(bench)
    let tickets = try await open(bench.settings.pick(quick: 50, whole: 10_000), population)
    try await TicketsBenchmark.settle(bench.installation)
    let contestants = inFlight.flatMap { count in
      [
        balances("balances, \(count) in flight", count, population),
        balances("balances, \(count) in flight, a connection for each tenant", count, population, by: .tenant),
        Contestant(name: "tickets, \(count) in flight") { time in
          try await Load.closed(inFlight: count, for: time) { line, turn in
            let (customer, ticket) = tickets[Load.scatter(line, turn, below: tickets.count)]
            var request = TicketGetRequest()
            request.ticketID = ticket
            _ = try await customer.desk.intake.ticketGet(request, options: customer.options)
            return 1
          }
        },
        pgbench.contestant("pgbench -S, \(count) clients", clients: count, ["-S"]),
      ]
    }
    let figures = try await bench.rounds(contestants)
    let targets = inFlight.enumerated().map { index, count in
      Target(
        "balances to pgbench -S, \(count) in flight", figures[4 * index].rate, of: figures[4 * index + 3].rate,
        .atLeast, 2)
    }
    return Report(benchmark: name, title: title, figures: figures, targets: targets)
  }

  /// Balances of all customers, read by the installation's desk on one connection, or by each tenant's own.
  private static func balances(
    _ name: String, _ inFlight: Int, _ population: Population, by caller: Population.Caller = .installation
  ) -> Contestant {
    Contestant(name: name) { time in
      try await Load.closed(inFlight: inFlight, for: time) { line, turn in
        try await balance(population, Load.scatter(line, turn, below: population.customers), by: caller)
      }
    }
  }

  /// Reads a customer's balance.
  static func balance(
    _ population: Population, _ place: Int, by caller: Population.Caller = .installation
  ) async throws -> Int {
    let customer = population.customer(place, by: caller)
    var request = BalanceGetRequest()
    request.agreementID = Data(Population.bytes(.agreement, customer.number))
    _ = try await customer.desk.ledger.balanceGet(request, options: customer.options)
    return 1
  }

  /// Tickets to be read, of customers far apart.
  private static func open(_ count: Int, _ population: Population) async throws -> [(Population.Customer, Data)] {
    try await withThrowingTaskGroup(of: [(Population.Customer, Data)].self) { group in
      let lines = min(count, 64)
      for line in 0..<lines {
        group.addTask {
          var tickets: [(Population.Customer, Data)] = []
          for turn in 0..<(count / lines) {
            let place = Load.scatter(line, turn, below: population.customers)
            tickets.append((population.customer(place), try await TicketsBenchmark.open(population, place)))
          }
          return tickets
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }
}
