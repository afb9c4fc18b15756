import Policy
import Wire

/// Looks at every commit before it is one, and keeps what it finds wrong.
final class CommitWatch {
  private(set) var violations: [String] = []
  /// Commits that it has seen.
  private(set) var count = 0
  private let service: ServiceName
  private let database: MemoryDatabase

  init(_ service: ServiceName, _ database: MemoryDatabase) {
    self.service = service
    self.database = database
  }

  private static let insertOnly: Set<String> = [
    "transfers", "entries", "reversals", "statements", "ticket_messages", "work_records", "attempts", "plans",
  ]

  /// A transaction that is about to be committed.
  func willCommit(_ transaction: Transaction) {
    count += 1
    do {
      var wallets: Set<[Datum]> = []
      for (table, row) in transaction.changes {
        if let before = row.committed {
          if Self.insertOnly.contains(table.schema.name) {
            violations.append("I5: a row of \(table.schema.name) was changed: \(before)")
          }
          if table.schema.name == "replies", row.pending != nil { violations.append("I6: an answer was changed") }
          if table.schema.name == "holds" { try checkHold(table, before, row.pending) }
        }
        if table.schema.name == "wallets", let values = row.pending { wallets.insert(Array(values.prefix(2))) }
        if table.schema.name == "transfers", let values = row.pending {
          wallets.insert([values[0], values[try table.schema.column("agreement_id")]])
        }
      }
      for wallet in wallets { try checkWallet(wallet, transaction) }
    } catch {
      violations.append("\(error)")
    }
  }

  /// A hold ends once (I4).
  private func checkHold(_ table: StoredTable, _ before: [Datum], _ after: [Datum]?) throws {
    let state = try table.schema.column("state")
    guard let after else {
      violations.append("I4: a hold was deleted")
      return
    }
    if before[state] != .text("open"), before != after { violations.append("I4: a hold ended twice: \(before[1])") }
  }

  /// A customer's balance is the sum of its transfers, each of which carries the balance after it and follows the last
  /// one without a gap (I2, I5); nothing lies below what was agreed (I3), and no more is held than is there (I4).
  private func checkWallet(_ key: [Datum], _ transaction: Transaction) throws {
    let wallets = try database.table("wallets")
    guard
      let wallet = wallets.rows([0, 1], key).lazy.compactMap({ $0.seen(by: transaction) }).first(where: {
        Array($0.prefix(2)) == key
      }), wallet[try wallets.schema.column("kind")] == .text("customer")
    else { return }
    let transfers = try database.table("transfers")
    let column = { (name: String) in try transfers.schema.column(name) }
    let (agreement, sequence, amount, balance) = (
      try column("agreement_id"), try column("sequence"), try column("amount"), try column("balance")
    )
    let path = transfers.schema.paths.contains([0, agreement]) ? [0, agreement] : [0]
    var rows = transfers.rows(path, Array(path.count == 2 ? key : [key[0]])).compactMap { $0.seen(by: transaction) }
      .filter { $0[agreement] == key[1] }
    try rows.sort { try (Datum.order($0[sequence], $1[sequence]) ?? 0) < 0 }
    var running: Int64 = 0
    for (index, row) in rows.enumerated() {
      running += row[amount].number
      if row[sequence].number != Int64(index + 1) {
        violations.append("I5: a gap before transfer \(row[sequence]) of \(key[1])")
      }
      if row[balance].number != running {
        violations.append("I2: transfer \(row[sequence]) of \(key[1]) carries a wrong balance")
      }
    }
    let held = wallet[try wallets.schema.column("held")].number
    let limit = wallet[try wallets.schema.column("overage_limit")].number
    let stated = wallet[try wallets.schema.column("balance")].number
    if stated != running { violations.append("I2: wallet \(key[1]) says \(stated), its transfers \(running)") }
    if stated < -limit { violations.append("I3: wallet \(key[1]) is at \(stated), \(limit) agreed") }
    if held > stated + limit { violations.append("I4: \(held) held of \(stated) in \(key[1])") }
    try checkHolds(key, held, transaction)
  }

  private func checkHolds(_ key: [Datum], _ held: Int64, _ transaction: Transaction) throws {
    let holds = try database.table("holds")
    let (agreement, state, amount) = (
      try holds.schema.column("agreement_id"), try holds.schema.column("state"), try holds.schema.column("amount")
    )
    let open = holds.rows([0, agreement], key).compactMap { $0.seen(by: transaction) }
      .filter { $0[agreement] == key[1] && $0[state] == .text("open") }
    let sum = open.reduce(0) { $0 + $1[amount].number }
    if sum != held { violations.append("I4: \(held) held in \(key[1]), its open holds are \(sum)") }
  }
}

extension Datum {
  /// The number; 0 for what is none.
  var number: Int64 { if case .int(let number) = self { number } else { 0 } }
}
