import BenchmarkReport
import CalloutClient
import Foundation
import Wire

/// Charges beside themselves in databases of several sizes, between which the ledger is moved from round to round.
enum GrowthBenchmark: Benchmark {
  static let name = "growth"
  static let title = "charges, 256 in flight, with a journal of more entries, and with more tenants"
  private static let units = 10

  static func run(_ bench: Bench) async throws -> Report {
    // It brings about the pattern, and a database of the ledger with the pattern alone.
    let pattern = try await bench.population().pattern
    let settings = bench.settings
    let lengths = settings.pick(
      quick: [100, 2_000], whole: [10_000, 1_000_000] + (settings.isLong ? [20_000_000] : []))
    let wallets = settings.pick(quick: 100, whole: 10_000)
    let byLength = lengths.map { count in
      Size(
        name: "\(count) entries", database: "callout_bench_ledger_length_\(count)",
        tenants: settings.pick(quick: 4, whole: 100), wallets: wallets, entries: count)
    }
    let byTenants = settings.pick(quick: [1, 10], whole: [1, 100, 10_000]).map { count in
      Size(
        name: "\(count) tenants", database: "callout_bench_ledger_tenants_\(count)", tenants: count,
        wallets: settings.pick(quick: 100, whole: 20_000), entries: 0)
    }
    var contestants: [Contestant] = []
    for size in byLength + byTenants { contestants.append(try await size.contestant(bench, pattern)) }
    if let most = byTenants.last { contestants.append(try most.charging(bench, pattern, by: .tenant)) }
    let figures = try await bench.rounds(contestants)
    try bench.installation.restart([.ledger])
    let server = try PeerConnection(bench.installation.conninfo, database: "postgres")
    for size in byLength + byTenants { try server.run("drop database \(size.database) with (force)") }
    var targets: [Target] = []
    for group in [figures.prefix(byLength.count), figures.dropFirst(byLength.count).prefix(byTenants.count)] {
      for figure in group.dropFirst() {
        targets.append(
          Target("\(figure.name) to \(group.first?.name ?? "")", figure.rate, of: group.first?.rate, .atLeast, 0.8))
      }
    }
    return Report(benchmark: name, title: title, figures: figures, targets: targets)
  }

  /// A database of the ledger.
  private struct Size: Sendable {
    let name: String
    let database: String
    let tenants: Int
    let wallets: Int
    /// Entries of customers' wallets when the measuring begins; each wallet has at least one.
    let entries: Int

    /// Makes the database.
    func contestant(_ bench: Bench, _ pattern: Pattern) async throws -> Contestant {
      let installation = bench.installation
      bench.say("making a database with \(name)")
      try installation.stop([.ledger])
      try installation.copy(Pattern.ledger, as: database, of: .ledger)
      let customers = wallets / tenants
      try pattern.copy(
        .ledger, in: try PeerConnection(installation.conninfo, database: database), tenants: tenants,
        customers: customers)
      let population = try Population(pattern, installation, tenants: tenants, customersOfTenant: customers)
      try serve(installation)
      // The tenants' own wallets must be there, and a charge to take for the pattern.
      try await ChargesBenchmark.postOnceInEachTenant(population)
      try installation.stop([.ledger])
      try grow(try PeerConnection(installation.conninfo, database: database), population)
      return try charging(bench, pattern)
    }

    /// Charges in the database, which is there.
    func charging(
      _ bench: Bench, _ pattern: Pattern, by caller: Population.Caller = .installation
    ) throws -> Contestant {
      let installation = bench.installation
      let population = try Population(
        pattern, installation, tenants: tenants, customersOfTenant: wallets / tenants, ownDesks: caller == .tenant)
      let charges = ChargesBenchmark.charges(bench.settings.pick(quick: 16, whole: 256), population, by: caller)
      return Contestant(
        name: caller == .tenant ? "\(name), a connection for each" : name,
        prepare: {
          try serve(installation)
          // All connections are there before the time counts, and the ledger knows all wallets.
          try await ChargesBenchmark.postToEveryWallet(population, by: caller)
          _ = try await charges.run(bench.settings.warmUp)
        }, run: charges.run)
    }

    /// Lets the ledger serve this database. All connections are from this machine, ten thousand where tenants have one each.
    private func serve(_ installation: Installation) throws {
      let limits = ["CONNECTIONS_MAX", "CONNECTIONS_PER_ADDRESS_MAX"].map { ("CALLOUT_LISTEN_\($0)", "16384") }
      try installation.restart(
        [.ledger], environment: installation.using(database, for: .ledger).merging(limits) { $1 })
    }

    /// Adds charges to every wallet, as the ledger would have posted them.
    private func grow(_ database: PeerConnection, _ population: Population) throws {
      let present = try database.number("select count(*) from transfers")
      let each = max(0, entries - present) / population.customers
      guard each > 0 else { return }
      let customers = population.customersOfTenant
      try database.run("begin")
      let random = "substr(md5(random()::text), 1, 15)"
      for first in stride(from: 1, through: each, by: 100) {
        let numbers = "generate_series(\(first), \(min(each, first + 99))) k"
        try database.copyRows(
          of: "transfers",
          where: """
            (r.tenant_id, r.transfer_id) = (select tenant_id, transfer_id from transfers where kind = 'charge' limit 1) and w.kind = 'customer' and e.kind = 'earned' and w.tenant_id = e.tenant_id
            """, across: "\(numbers), wallets w, wallets e",
          [
            "tenant_id": "w.tenant_id", "agreement_id": "w.wallet_id", "sequence": "w.sequence + k",
            "balance": "w.balance - \(units) * k", "contra_sequence": "e.sequence + k",
            "transfer_id":
              "(lpad(to_hex(1730000000000 + k), 12, '0') || '7' || substr(md5(random()::text), 1, 3) || '8' || \(random))::uuid",
          ])
        try database.copyRows(
          of: "entries",
          where:
            "w.kind = 'earned' and (r.tenant_id, r.wallet_id, r.sequence) = (w.tenant_id, w.wallet_id, w.sequence)",
          across: "\(numbers), wallets w",
          [
            "sequence": "w.sequence + k", "amount": "\(units * customers)",
            "balance": "w.balance + k * \(units * customers)",
          ])
      }
      let (paid, earned) = (units * each, units * customers * each)
      for statement in [
        "update lots set remaining = remaining - \(paid) where tenant_id in (select tenant_id from wallets where kind = 'earned')",
        """
        update wallets set balance = balance - \(paid), sequence = sequence + \(each)
        where kind = 'customer' and tenant_id in (select tenant_id from wallets where kind = 'earned')
        """,
        "update wallets set balance = balance + \(earned), sequence = sequence + \(each) where kind = 'earned'",
        "commit", "vacuum analyze", "checkpoint",
      ] {
        try database.run(statement)
      }
    }
  }
}
