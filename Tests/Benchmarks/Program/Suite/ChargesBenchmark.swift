import BenchmarkReport
import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Synchronization
import Wire

/// Durable charges, request to reply over TLS, spread over all wallets.
enum ChargesBenchmark: Benchmark {
  static let name = "charges"
  static let title = "durable charges, request to reply over TLS, over wallets of many tenants"
  private static let chargesOfRequest = 1000

  static func run(_ bench: Bench) async throws -> Report {
    let (installation, settings) = (bench.installation, bench.settings)
    let population = try await bench.population()
    let counts = try await prepare(bench, population)
    let pgbench = try Pgbench.make(bench)
    let script = "\(installation.folder)/charge.sql"
    try ChargeScript.write(installation, population, counts, to: script)
    let ledger = Pgbench(installation: installation, database: DirectCharges.database)
    let direct = DirectCharges(installation: installation, population: population, counts: counts)
    let singles = settings.pick(quick: [1, 64], whole: [1, 16, 256, 4096]).map { charges($0, population) }
    let apart = charges(settings.pick(quick: 64, whole: 256), population, by: .tenant)
    let many = Contestant(name: "1,000 a request, 4 in flight") { time in
      try await Load.closed(inFlight: 4, for: time) { line, turn in try await postMany(population, line, turn) }
    }
    let peers = [
      Contestant(name: "same rows by libpq") { try await direct.run(for: $0) },
      ledger.contestant("one a transaction, pgbench, 8", clients: 8, ["-f", script]),
      pgbench.contestant("pgbench -N, 8 clients", clients: 8, ["-N"]),
      pgbench.contestant("pgbench -N, 1 client", clients: 1, ["-N"]),
    ]
    var figures = try await bench.rounds(singles + [many, apart] + peers)
    let (place, best) = figures.prefix(singles.count).map(\.rate).enumerated().max { $0.element < $1.element } ?? (0, 0)
    figures += try await bench.rounds(halves(of: singles[place], best, population))
    let report = Report(
      benchmark: name, title: title, figures: figures,
      values: [
        Value("rows of changes for a charge", counts.changes, ""),
        Value("rows of replies for a charge", counts.replies, ""),
      ])
    return judged(report, best: best, many: figures[singles.count])
  }

  /// The best contestant again, and half of what it has just reached: the machine's pace differs from minute to minute.
  private static func halves(of best: Contestant, _ rate: Double, _ population: Population) -> [Contestant] {
    let latest = Mutex(rate)
    let again = Contestant(name: "the best again, \(best.name)") { time in
      let run = try await best.run(time)
      latest.withLock { $0 = Double(run.operations) / run.seconds }
      return run
    }
    let half = Contestant(name: "half of that rate") { time in
      try await Load.open(rate: latest.withLock { $0 } / 2, for: time) { line, turn in
        try await postAnywhere(population, line, turn)
      }
    }
    return [again, half]
  }

  private static func judged(_ report: Report, best: Double, many: Figure) -> Report {
    var report = report
    let (limit, one) = (report.figure("same rows by libpq"), report.figure("pgbench -N, 1 client"))
    report.targets = [
      Target("one a request, best, to the same rows by libpq", best, of: limit?.rate, .atLeast, 0.5),
      Target(
        "one a request, best, to pgbench -N with 8", best, of: report.figure("pgbench -N, 8 clients")?.rate, .atLeast, 3
      ),
      Target("1,000 a request to the same rows by libpq", many.rate, of: limit?.rate, .atLeast, 0.75),
      Target("one at a time, p50, to pgbench -N with 1", report.figures.first?.p50, of: one?.p50, .atMost, 1.5),
      Target(
        "half of the best rate, p99, to the p50 of pgbench -N with 1", report.figures.last?.p99, of: one?.p50, .atMost,
        10),
    ]
    return report
  }

  /// Posts the first charges, which make the tenants' own wallets and the rows that peers take for their pattern, and copies
  /// the ledger's database for them.
  private static func prepare(_ bench: Bench, _ population: Population) async throws -> RowsOfCharge {
    try await postOnceInEachTenant(population)
    let installation = bench.installation
    let counts = try await RowsOfCharge.counting(in: installation) {
      _ = try await charges(bench.settings.pick(quick: 64, whole: 4096), population).run(bench.settings.warmUp)
    }
    try installation.stop([.ledger])
    try installation.copy(.ledger, as: DirectCharges.database)
    try installation.start([.ledger])
    try await postToEveryWallet(population)
    return counts
  }

  /// A charge to each wallet, so that the ledger knows all of them, as one does that has run for a while.
  static func postToEveryWallet(
    _ population: Population, by caller: Population.Caller = .installation
  ) async throws {
    let customers = population.customersOfTenant
    try await withThrowingTaskGroup { group in
      for line in 0..<min(16, population.tenants) {
        group.addTask {
          for tenant in stride(from: line, to: population.tenants, by: 16) {
            for first in stride(from: 0, to: customers, by: chargesOfRequest) {
              let chosen = Array(first..<min(customers, first + chargesOfRequest))
              _ = try await post(population, to: chosen, ofTenant: tenant, by: caller)
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// A charge in each tenant.
  static func postOnceInEachTenant(_ population: Population) async throws {
    try await withThrowingTaskGroup { group in
      for line in 0..<min(16, population.tenants) {
        group.addTask {
          for tenant in stride(from: line, to: population.tenants, by: 16) {
            _ = try await post(population, tenant * population.customersOfTenant)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// A contestant that posts one charge a request.
  static func charges(
    _ inFlight: Int, _ population: Population, by caller: Population.Caller = .installation
  ) -> Contestant {
    let connections = caller == .tenant ? ", a connection for each tenant" : ""
    let caller = caller == .installation ? Population.Caller(inFlight: inFlight) : caller
    return Contestant(name: "\(inFlight) in flight\(connections)") { time in
      try await Load.closed(inFlight: inFlight, for: time) { line, turn in
        try await postAnywhere(population, line, turn, by: caller)
      }
    }
  }

  private static func postAnywhere(
    _ population: Population, _ line: Int, _ turn: Int, by caller: Population.Caller = .installation
  ) async throws -> Int {
    try await post(population, Load.scatter(line, turn, below: population.customers), by: caller)
  }

  /// Posts a charge to a customer's wallet.
  static func post(
    _ population: Population, _ place: Int, by caller: Population.Caller = .installation
  ) async throws -> Int {
    let customer = population.customer(place, by: caller)
    _ = try await customer.desk.ledger.chargePost(charge(customer.number), options: customer.options)
    return 1
  }

  private static func postMany(_ population: Population, _ line: Int, _ turn: Int) async throws -> Int {
    let customers = (0..<chargesOfRequest).map { Load.scatter(turn, $0, below: population.customersOfTenant) }
    let tenant = Load.scatter(line, turn, below: population.tenants)
    return try await post(population, to: customers, ofTenant: tenant)
  }

  /// Posts a charge to each of a tenant's customers that are named, all in one request; returns how many were accepted.
  private static func post(
    _ population: Population, to customers: [Int], ofTenant tenant: Int, by caller: Population.Caller = .installation
  ) async throws -> Int {
    let desk = population.customer(tenant * population.customersOfTenant, by: caller)
    var request = ChargePostManyRequest()
    request.charges = customers.map { charge(population.number(tenant: tenant, customer: $0)) }
    let reply = try await desk.desk.ledger.chargePostMany(request, options: desk.options)
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
