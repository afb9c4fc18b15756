import Foundation

/// PostgreSQL's own limit: the rows that the ledger writes for charges, written by multi-row statements straight through
/// libpq, a thousand charges a transaction on two connections. Nothing is read, decided or answered.
///
/// Works on a copy of the ledger's database, after the ledger has posted some charges there: those are the pattern.
struct DirectCharges: Sendable {
  static let database = "callout_bench_ledger_peer"
  static let chargesOfBatch = 1000
  private static let units: Int64 = 10
  let installation: Installation
  let population: Population
  let wallets: Int

  /// Writes on two connections, each with tenants of its own, for about `time`.
  func run(for time: Duration) async throws -> Run {
    let start = ContinuousClock.now
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for connection in 0..<2 {
        group.addTask {
          try await withCheckedThrowingContinuation { continuation in
            // Blocking calls stay off the tasks' threads.
            Thread.detachNewThread {
              continuation.resume(with: Result { try write(on: connection, until: start + time) })
            }
          }
        }
      }
      var counts = 0
      for try await count in group { counts += count }
      return counts
    }
    return Run(operations: counts, seconds: Double((ContinuousClock.now - start).milliseconds) / 1000)
  }

  private func write(on index: Int, until end: ContinuousClock.Instant) throws -> Int {
    let connection = try PeerConnection(installation.conninfo, database: Self.database)
    for setting in ["enable_seqscan", "enable_hashjoin", "enable_mergejoin", "jit"] {
      try connection.run("set \(setting) = off")
    }
    var journal = try JournalWriter(connection, contraOf: population)
    let mine = (0..<population.tenants).filter { $0 % 2 == index }
    var (count, turn) = (0, Int.random(in: 0..<1_000_000_000))
    while ContinuousClock.now < end {
      var places: [(tenant: Int, number: Int)] = []
      for _ in 0..<Self.chargesOfBatch {
        turn += 1
        let tenant = mine[Load.scatter(index, turn, below: mine.count)]
        let customer = Load.scatter(index + 2, turn, below: population.customersOfTenant)
        places.append((tenant, population.number(tenant: tenant, customer: customer)))
      }
      try connection.transaction(try journal.post(places, units: Self.units))
      count += places.count
    }
    return count
  }
}

/// Makes a batch's rows from the pattern, and knows what they follow on.
private struct JournalWriter {
  private struct Account {
    var sequence: Int64
    var balance: Int64
    var lot: [UInt8] = []
  }

  private let transfers, entries, wallets, lots, replies, changes: RowMaker
  private let contraID, changeItem: [UInt8]
  private var customers: [Int: Account] = [:]
  private var contras: [Int: Account] = [:]

  init(_ connection: PeerConnection, contraOf population: Population) throws {
    transfers = try RowMaker("transfers", where: "kind = 'charge'", of: connection)
    let earned = "wallet_id = (select wallet_id from wallets where kind = 'earned' limit 1)"
    entries = try RowMaker("entries", where: earned, of: connection)
    wallets = try RowMaker("wallets", where: "kind = 'earned'", of: connection)
    lots = try RowMaker("lots", where: "true", of: connection)
    replies = try RowMaker(
      "replies", where: "key = (select key from replies order by created_at desc limit 1)", of: connection)
    changes = try RowMaker(
      "changes", where: "last = 0 and position('charge.posted'::bytea in items) > 0", of: connection)
    changeItem = changes.columns.first { $0.name == "items" }?.bytes ?? []
    contraID = wallets.columns.first { $0.name == "wallet_id" }?.bytes ?? []
    for tenant in 0..<population.tenants {
      let id = Population.sql(.tenant, "\(tenant + 1)")
      let row = try connection.run(
        "select sequence, balance from wallets where tenant_id = \(id) and kind = 'earned'"
      ).first
      contras[tenant] = Account(sequence: Int64(row?[0] ?? "") ?? 0, balance: Int64(row?[1] ?? "") ?? 0)
      let rows = try connection.run(
        """
        select w.sequence, w.balance from wallets w where w.tenant_id = \(id) and w.kind = 'customer' order by w.wallet_id
        """)
      for (customer, row) in rows.enumerated() {
        let number = population.number(tenant: tenant, customer: customer)
        customers[number] = Account(
          sequence: Int64(row[0] ?? "") ?? 0, balance: Int64(row[1] ?? "") ?? 0,
          lot: Population.bytes(.lot, number))
      }
    }
  }

  mutating func post(_ places: [(tenant: Int, number: Int)], units: Int64) throws
    -> [(sql: String, parameters: [[UInt8]])]
  {
    typealias Cells = [String: [UInt8]]
    var (transferRows, replyRows, changeRows) = ([Cells](), [Cells](), [Cells]())
    var (touched, moved, counts) = (Set<Int>(), [Int: Int64](), [Int: Int32]())
    for (tenant, number) in places {
      guard var account = customers[number], let contra = contras[tenant] else { continue }
      account.sequence += 1
      account.balance -= units
      customers[number] = account
      touched.insert(number)
      moved[tenant, default: 0] += units
      let tenantID = Population.bytes(.tenant, tenant + 1)
      let transferID = Self.newID()
      transferRows.append([
        "tenant_id": tenantID, "transfer_id": transferID, "agreement_id": Population.bytes(.agreement, number),
        "sequence": bigEndian(account.sequence), "balance": bigEndian(account.balance),
        "contra_sequence": bigEndian(contra.sequence + 1),
      ])
      replyRows.append(["tenant_id": tenantID, "key": Self.newID()])
      counts[tenant, default: 0] += 1
    }
    // A row for a tenant, of as many changes as it has charges.
    for (tenant, count) in counts.sorted(by: { $0.key < $1.key }) {
      changeRows.append([
        "tenant_id": Population.bytes(.tenant, tenant + 1), "last": bigEndian(count - 1),
        "items": [[UInt8]](repeating: changeItem, count: Int(count)).flatMap(\.self),
      ])
    }
    let tenantOf = Dictionary(places.map { ($0.number, $0.tenant) }) { first, _ in first }
    let numbers = touched.sorted()
    var walletRows: [Cells] = []
    var lotRows: [Cells] = []
    for number in numbers {
      guard let account = customers[number], let tenant = tenantOf[number] else { continue }
      let tenantID = Population.bytes(.tenant, tenant + 1)
      walletRows.append([
        "tenant_id": tenantID, "wallet_id": Population.bytes(.agreement, number),
        "balance": bigEndian(account.balance), "sequence": bigEndian(account.sequence),
      ])
      lotRows.append(["tenant_id": tenantID, "lot_id": account.lot, "remaining": bigEndian(account.balance)])
    }
    var entryRows: [Cells] = []
    for (tenant, units) in moved.sorted(by: { $0.key < $1.key }) {
      guard var contra = contras[tenant] else { continue }
      contra.sequence += 1
      contra.balance += units
      contras[tenant] = contra
      let cells: Cells = [
        "tenant_id": Population.bytes(.tenant, tenant + 1), "wallet_id": contraID, "balance": bigEndian(contra.balance),
        "sequence": bigEndian(contra.sequence),
      ]
      walletRows.append(cells)
      entryRows.append(cells.merging(["amount": bigEndian(units)]) { $1 })
    }
    return [
      wallets.update(walletRows, key: ["tenant_id", "wallet_id"], set: ["balance", "sequence", "posted_at"]),
      lots.update(lotRows, key: ["tenant_id", "lot_id"], set: ["remaining"]),
      transfers.insert(transferRows), entries.insert(entryRows), changes.insert(changeRows),
      replies.insert(replyRows),
    ]
  }

  /// An id whose time is now, as the services make them.
  private static func newID() -> [UInt8] {
    let milliseconds = UInt64(Date().timeIntervalSince1970 * 1000)
    var bytes = Array(bigEndian(milliseconds)[2...])
    bytes += bigEndian(UInt64.random(in: .min ... .max))
    bytes += bigEndian(UInt16.random(in: .min ... .max))
    bytes[6] = 0x70 | (bytes[6] & 0x0f)
    bytes[8] = 0x80 | (bytes[8] & 0x3f)
    return bytes
  }
}
