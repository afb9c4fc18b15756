import Foundation
import Wire

/// Charges beside themselves, with a journal that has grown.
enum GrowthBenchmark: Benchmark {
  static let name = "growth"
  static let title = "charges over all wallets while the journal grows"
  private static let units = 10

  static func run(_ bench: Bench) async throws -> Report {
    let population = bench.population
    let steps = bench.settings.isQuick ? [2_000] : bench.settings.isLong ? [1_000_000, 20_000_000] : [1_000_000]
    // The tenants' own wallets must be there, and a charge to take for the pattern.
    for place in stride(from: 0, to: population.customers, by: population.customersOfTenant) {
      _ = try await ChargesBenchmark.post(population, place)
    }
    func measure(_ name: String) async throws -> [Figure] {
      try await bench.rounds([
        ChargesBenchmark.charges(name, inFlight: bench.settings.isQuick ? 16 : 256, population)
      ])
    }
    var figures = try await measure("as it was")
    for step in steps {
      try grow(bench, to: step)
      figures += try await measure("\(step) entries")
    }
    let targets = figures.dropFirst().map { figure in
      Target(name: "\(figure.name), of as it was", ratio: figure.rate / figures[0].rate, bound: .atLeast, goal: 0.8)
    }
    return Report(benchmark: name, title: title, figures: figures, targets: targets)
  }

  /// Adds charges to every wallet, as the ledger would have posted them, until the journal has about `count` of them.
  private static func grow(_ bench: Bench, to count: Int) throws {
    let installation = bench.installation
    let database = try PeerConnection(installation.conninfo, database: installation.database(.ledger))
    let present = Int(try database.run("select count(*) from transfers").first?[0] ?? "") ?? 0
    let each = max(1, (count - present) / bench.population.customers)
    let names = try database.run(
      "select attname from pg_attribute where attrelid = 'transfers'::regclass and attnum > 0 order by attnum"
    ).compactMap { $0[0] }
    let random = "substr(md5(random()::text), 1, 15)"
    let cells = [
      "tenant_id": "w.tenant_id", "agreement_id": "w.wallet_id", "sequence": "w.sequence + k",
      "balance": "w.balance - \(units) * k", "contra_sequence": "e.sequence + k",
      "transfer_id":
        "(lpad(to_hex(1730000000000 + k), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || \(random))::uuid",
    ]
    let customers = bench.population.customersOfTenant
    for statement in [
      "begin",
      """
      insert into transfers (\(names.joined(separator: ", ")))
      select \(names.map { cells[$0] ?? "r.\($0)" }.joined(separator: ", "))
      from generate_series(1, \(each)) k, wallets w join wallets e using (tenant_id),
        (select * from transfers where kind = 'charge' limit 1) r
      where w.kind = 'customer' and e.kind = 'earned'
      """,
      """
      insert into entries (tenant_id, wallet_id, sequence, amount, balance, at)
      select tenant_id, wallet_id, sequence + k, \(units * customers), balance + k * \(units * customers), posted_at
      from generate_series(1, \(each)) k, wallets where kind = 'earned'
      """,
      """
      update lots l set remaining = remaining - \(units * each) from wallets e
      where e.tenant_id = l.tenant_id and e.kind = 'earned'
      """,
      """
      update wallets w set balance = w.balance - \(units * each), sequence = w.sequence + \(each) from wallets e
      where w.kind = 'customer' and e.tenant_id = w.tenant_id and e.kind = 'earned'
      """,
      """
      update wallets set balance = balance + \(units * customers * each), sequence = sequence + \(each)
      where kind = 'earned'
      """,
      "commit", "vacuum analyze", "checkpoint",
    ] {
      try database.run(statement)
    }
    // The ledger may remember rows as it wrote them.
    try installation.restartServices()
  }
}
