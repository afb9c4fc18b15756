import BenchmarkReport
import Foundation
import Wire

/// PostgreSQL's own limit: the rows that the ledger writes for charges, written by multi-row statements straight through
/// libpq, a thousand charges a transaction on two connections. Nothing is read, decided or answered.
///
/// Works on a copy of the ledger's database, after the ledger has posted some charges there: those are the pattern.
struct DirectCharges: Sendable {
  static let database = "callout_bench_ledger_charges"
  static let chargesOfBatch = 1000
  private static let units: Int64 = 10
  let installation: Installation
  let population: Population
  let counts: RowsOfCharge

  /// Writes on two connections, each with tenants of its own, for about `time`.
  func run(for time: Duration) async throws -> Run {
    try await DirectWriters.run(2, for: time) { index in
      let connection = try PeerConnection(installation.conninfo, database: Self.database)
      try connection.planByIndexes()
      var journal = try JournalWriter(connection, contraOf: population, counts)
      let mine = (0..<population.tenants).filter { $0 % 2 == index }
      var turn = Int.random(in: 0..<1_000_000_000)
      return {
        let places = (0..<Self.chargesOfBatch).map { _ in
          turn += 1
          let tenant = mine[Load.scatter(index, turn, below: mine.count)]
          let customer = Load.scatter(index + 2, turn, below: population.customersOfTenant)
          return (tenant, population.number(tenant: tenant, customer: customer))
        }
        try connection.transaction(try journal.post(places, units: Self.units))
        return places.count
      }
    }
  }
}

/// How many rows of saved replies and of changes the ledger writes for a charge when many are under way.
struct RowsOfCharge: Sendable {
  let replies, changes: Double

  /// What `body`'s charges add to the ledger's database.
  static func counting(in installation: Installation, while body: () async throws -> Void) async throws -> RowsOfCharge
  {
    func counts() throws -> [Int] {
      let connection = try PeerConnection(installation.conninfo, database: installation.database(.ledger))
      return try ["transfers", "replies", "changes"].map { try connection.number("select count(*) from \($0)") }
    }
    let before = try counts()
    try await body()
    let added = zip(try counts(), before).map { Double($0 - $1) }
    return RowsOfCharge(replies: added[1] / max(added[0], 1), changes: added[2] / max(added[0], 1))
  }
}

/// Threads that write straight to PostgreSQL.
enum DirectWriters {
  /// Runs `count` threads. Each makes itself a writer by `make`, then writes batch after batch until `time` is over.
  ///
  /// - Parameter make: Returns what writes a batch and says how many operations it was.
  static func run(
    _ count: Int, for time: Duration, _ make: @escaping @Sendable (_ index: Int) throws -> () throws -> Int
  ) async throws -> Run {
    try await withThrowingTaskGroup { group in
      for index in 0..<count {
        group.addTask {
          // Blocking calls stay off the tasks' threads.
          try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
              continuation.resume(
                with: Result {
                  let write = try make(index)
                  let start = ContinuousClock.now
                  var operations = 0
                  while ContinuousClock.now < start + time { operations += try write() }
                  return (operations, Double((ContinuousClock.now - start).milliseconds) / 1000)
                })
            }
          }
        }
      }
      var (operations, seconds) = (0, 0.0)
      for try await (count, time) in group {
        operations += count
        seconds = max(seconds, time)
      }
      return Run(operations: operations, seconds: seconds)
    }
  }
}

/// Makes a batch's rows from the pattern, and knows what they follow on.
private struct JournalWriter {
  private struct Account {
    var sequence: Int64
    var balance: Int64
  }

  private typealias Cells = RowMaker.Cells
  private let transfers, entries, wallets, lots: RowMaker
  private let replies, changes: RowMaker?
  private let contraID: [UInt8]
  private var customers: [Int: Account] = [:]
  private var contras: [Int: Account] = [:]

  init(_ connection: PeerConnection, contraOf population: Population, _ counts: RowsOfCharge) throws {
    func pattern(_ table: String, where condition: String) throws -> RowMaker {
      guard let maker = try RowMaker(table, where: condition, of: connection) else {
        throw BenchError.postgres("there is no row of \(table) to take for the pattern")
      }
      return maker
    }
    let earned = "wallet_id = (select wallet_id from wallets where kind = 'earned' limit 1)"
    transfers = try pattern("transfers", where: "kind = 'charge'")
    entries = try pattern("entries", where: earned)
    wallets = try pattern("wallets", where: "kind = 'earned'")
    lots = try pattern("lots", where: "true")
    // Of rows that sum up what was committed together the largest is nearest to what a thousand charges take.
    func largest(_ table: String) -> String {
      "pg_column_size(\(table).*) = (select max(pg_column_size(m.*)) from \(table) m)"
    }
    let newest = "created_at = (select max(created_at) from replies)"
    replies = counts.replies > 0 ? try pattern("replies", where: newest) : nil
    changes = counts.changes > 0 ? try pattern("changes", where: largest("changes")) : nil
    contraID = wallets.bytes("wallet_id") ?? []
    for tenant in 0..<population.tenants {
      let id = Population.sql(.tenant, "\(tenant + 1)")
      func accounts(_ kind: String) throws -> [Account] {
        try connection.run(
          "select sequence, balance from wallets where tenant_id = \(id) and kind = '\(kind)' order by wallet_id"
        ).map { Account(sequence: Int64($0[0] ?? "") ?? 0, balance: Int64($0[1] ?? "") ?? 0) }
      }
      contras[tenant] = try accounts("earned").first
      for (customer, account) in try accounts("customer").enumerated() {
        customers[population.number(tenant: tenant, customer: customer)] = account
      }
    }
  }

  mutating func post(_ places: [(tenant: Int, number: Int)], units: Int64) throws
    -> [(sql: String, parameters: [[UInt8]])]
  {
    var transferRows: [Cells] = []
    var (touched, moved) = ([Int: Int](), [Int: Int64]())
    for (tenant, number) in places {
      guard var account = customers[number], let contra = contras[tenant] else {
        throw BenchError.postgres("customer \(number) has no wallet, or its tenant none of its own")
      }
      account.sequence += 1
      account.balance -= units
      customers[number] = account
      touched[number] = tenant
      moved[tenant, default: 0] += units
      transferRows.append([
        ("tenant_id", Population.bytes(.tenant, tenant + 1)), ("transfer_id", newID()),
        ("agreement_id", Population.bytes(.agreement, number)), ("sequence", bigEndian(account.sequence)),
        ("balance", bigEndian(account.balance)), ("contra_sequence", bigEndian(contra.sequence + 1)),
      ])
    }
    var (walletRows, lotRows, entryRows) = ([Cells](), [Cells](), [Cells]())
    for (number, tenant) in touched.sorted(by: { $0.key < $1.key }) {
      guard let account = customers[number] else { continue }
      let tenantID = Population.bytes(.tenant, tenant + 1)
      walletRows.append([
        ("tenant_id", tenantID), ("wallet_id", Population.bytes(.agreement, number)),
        ("balance", bigEndian(account.balance)), ("sequence", bigEndian(account.sequence)),
      ])
      lotRows.append([
        ("tenant_id", tenantID), ("lot_id", Population.bytes(.lot, number)), ("remaining", bigEndian(account.balance)),
      ])
    }
    for (tenant, units) in moved.sorted(by: { $0.key < $1.key }) {
      guard var contra = contras[tenant] else { continue }
      contra.sequence += 1
      contra.balance += units
      contras[tenant] = contra
      let cells: Cells = [
        ("tenant_id", Population.bytes(.tenant, tenant + 1)), ("wallet_id", contraID),
        ("balance", bigEndian(contra.balance)), ("sequence", bigEndian(contra.sequence)),
      ]
      walletRows.append(cells)
      entryRows.append(cells + [("amount", bigEndian(units))])
    }
    var statements = [
      wallets.update(walletRows, key: ["tenant_id", "wallet_id"], set: ["balance", "sequence", "posted_at"]),
      lots.update(lotRows, key: ["tenant_id", "lot_id"], set: ["remaining"]),
      transfers.insert(transferRows), entries.insert(entryRows),
    ]
    for case (let maker?, let id) in [(changes, "change_id"), (replies, "key")] {
      statements.append(
        maker.insert(places.map { [("tenant_id", Population.bytes(.tenant, $0.tenant + 1)), (id, newID())] }))
    }
    return statements
  }
}

extension PeerConnection {
  /// Statements over arrays are planned for a thousand rows that are found by an index, whatever the statistics say.
  func planByIndexes() throws {
    for setting in ["enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit"] { try run("set \(setting) = off") }
  }
}
