import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Wire

/// Durable charges, request to reply over TLS, spread over all wallets.
enum ChargesBenchmark: Benchmark {
  static let name = "charges"
  static let title = "durable charges, request to reply over TLS, over wallets of many tenants"
  private static let chargesOfRequest = 1000

  static func run(_ bench: Bench) async throws -> Report {
    let population = bench.population
    // The first charges make the tenants' own wallets, and the rows that the peer takes for its pattern.
    for place in stride(from: 0, to: population.customers, by: population.customersOfTenant) {
      _ = try await post(population, place)
    }
    try bench.installation.copy(.ledger, as: DirectCharges.database)
    let pgbench = try Pgbench.make(bench)
    let direct = DirectCharges(installation: bench.installation, population: population, wallets: population.customers)
    let inFlight = bench.settings.isQuick ? [1, 64] : [1, 16, 256, 4096]
    let singles = inFlight.map { count in charges("\(count) in flight", inFlight: count, population) }
    let many = Contestant(name: "1,000 a request") { time in
      try await Load.closed(inFlight: 4, for: time) { line, turn in try await postMany(population, line, turn) }
    }
    let peers = [
      Contestant(name: "same rows by libpq") { try await direct.run(for: $0) },
      pgbench.contestant("pgbench -N, 8 clients", clients: 8, ["-N"]),
      pgbench.contestant("pgbench -N, 1 client", clients: 1, ["-N"]),
    ]
    var figures = try await bench.rounds(singles + [many] + peers)
    let best = figures.prefix(inFlight.count).map(\.rate).max() ?? 0
    let half = Contestant(name: "half of the best rate") { time in
      try await Load.open(rate: best / 2, for: time) { line, turn in try await postAnywhere(population, line, turn) }
    }
    let calm = try await bench.rounds([half])
    let (limit, eight, one) = (
      figures[inFlight.count + 1], figures[inFlight.count + 2], figures[inFlight.count + 3]
    )
    let targets = [
      Target(name: "one a request, of the same rows by libpq", ratio: best / limit.rate, bound: .atLeast, goal: 0.5),
      Target(name: "one a request, of pgbench -N with 8", ratio: best / eight.rate, bound: .atLeast, goal: 3),
      Target(
        name: "1,000 a request, of the same rows by libpq", ratio: figures[inFlight.count].rate / limit.rate,
        bound: .atLeast, goal: 0.75),
      Target(
        name: "one at a time, p50, of pgbench -N with 1", ratio: (figures[0].p50 ?? 0) / (one.p50 ?? 1), bound: .atMost,
        goal: 1.5),
      Target(
        name: "half of the best rate, p99, of the same", ratio: (calm[0].p99 ?? 0) / (one.p50 ?? 1), bound: .atMost,
        goal: 10),
    ]
    figures += calm
    return Report(benchmark: name, title: title, figures: figures, targets: targets)
  }

  /// A contestant that posts one charge a request.
  static func charges(_ name: String, inFlight: Int, _ population: Population) -> Contestant {
    Contestant(name: name) { time in
      try await Load.closed(inFlight: inFlight, for: time) { line, turn in
        try await postAnywhere(population, line, turn)
      }
    }
  }

  private static func postAnywhere(_ population: Population, _ line: Int, _ turn: Int) async throws -> Int {
    try await post(population, Load.scatter(line, turn, below: population.customers))
  }

  /// Posts a charge to a customer's wallet.
  static func post(_ population: Population, _ place: Int) async throws -> Int {
    let (desk, number) = population.customer(place)
    _ = try await desk.ledger.chargePost(charge(number), options: CallOptions(deadline: .seconds(60)))
    return 1
  }

  private static func postMany(_ population: Population, _ line: Int, _ turn: Int) async throws -> Int {
    let tenant = Load.scatter(line, turn, below: population.tenants)
    var request = ChargePostManyRequest()
    request.charges = (0..<chargesOfRequest).map { index in
      let customer = Load.scatter(turn, index, below: population.customersOfTenant)
      return charge(population.number(tenant: tenant, customer: customer))
    }
    let reply = try await population.desks[tenant].ledger.chargePostMany(
      request, options: CallOptions(deadline: .seconds(60)))
    return reply.outcomes.count { $0.refusal == 0 }
  }

  private static let task = Callout_V1_Task.with {
    $0.minutes = 10
    $0.overrideReason = "no ticket"
    $0.facts = [
      .with { fact in
        fact.name = "mode"
        fact.text = "helpdesk"
      },
      .with { fact in
        fact.name = "resolved"
        fact.flag = true
      },
    ]
  }

  private static func charge(_ number: Int) -> ChargePostRequest {
    .with {
      $0.agreementID = Data(Population.bytes(.agreement, number))
      $0.text = "Password reset"
      $0.task = task
    }
  }
}

/// The same on one wallet.
enum HotBenchmark: Benchmark {
  static let name = "hot"
  static let title = "durable charges on one wallet, beside the same over all wallets"

  static func run(_ bench: Bench) async throws -> Report {
    let population = bench.population
    let inFlight = bench.settings.isQuick ? 64 : 256
    let hot = Contestant(name: "one wallet, \(inFlight) in flight") { time in
      try await Load.closed(inFlight: inFlight, for: time) { _, _ in try await ChargesBenchmark.post(population, 0) }
    }
    let spread = ChargesBenchmark.charges("all wallets, \(inFlight) in flight", inFlight: inFlight, population)
    let figures = try await bench.rounds([hot, spread])
    let target = Target(
      name: "one wallet, of all", ratio: figures[0].rate / figures[1].rate, bound: .atLeast, goal: 0.9)
    return Report(benchmark: name, title: title, figures: figures, targets: [target])
  }
}
