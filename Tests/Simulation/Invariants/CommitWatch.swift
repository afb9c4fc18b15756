/// Looks at every commit before it is one, and reports what is wrong with it: I1 to I8 as far as one commit shows them.
final class CommitWatch {
  /// Commits that it has seen.
  private(set) var count = 0
  private let database: MemoryDatabase
  private let reporting: ([Violation]) -> Void
  private var found: [Violation] = []

  /// - Parameter report: called with all that a commit breaks.
  init(_ database: MemoryDatabase, report: @escaping ([Violation]) -> Void) {
    self.database = database
    reporting = report
  }

  private static let insertOnly: Set<String> = [
    "transfers", "entries", "reversals", "charge_moves", "statements", "ticket_messages", "work_records", "attempts",
    "mails", "plans",
    "escalation_steps", "delivery_attempts",
  ]

  /// A transaction that is about to be committed.
  func willCommit(_ transaction: Transaction) {
    count += 1
    found = []
    do {
      var wallets: [[Datum]: Bool] = [:]
      var tickets: [[Datum]: Bool] = [:]
      var (transfers, entries): ([RowView], [RowView]) = ([], [])
      for (table, row) in transaction.changes {
        let name = table.schema.name
        if let before = row.committed { try checkChange(table, before, row.pending) }
        guard let values = row.pending ?? row.committed else { continue }
        let view = RowView(table.schema, values)
        switch name {
        case "wallets":
          // A wallet in a further unit says whose it is; it is looked at with its agreement's others.
          let owner = try view["agreement_id"]
          wallets[[values[0], owner.isNull ? values[1] : owner]] = true
        case "lots", "holds": wallets[[values[0], try view["agreement_id"]]] = true
        case "transfers":
          wallets[[values[0], try view["agreement_id"]]] = true
          transfers.append(view)
        case "entries": entries.append(view)
        case "sla_clocks", "escalations": tickets[[values[0], try view["ticket_id"]]] = true
        case "timers":
          if try view["kind"] == .text("ticket.due") { tickets[[values[0], try view["subject_id"]]] = true }
        default: break
        }
      }
      try checkTold(transaction)
      try checkSums(transfers, entries, transaction)
      for wallet in wallets.keys.sorted(by: Self.rises) { try checkWallet(wallet, transaction) }
      for ticket in tickets.keys.sorted(by: Self.rises) { try checkArmed(ticket, transaction) }
    } catch {
      report(.history, "\(error)")
    }
    if !found.isEmpty { reporting(found) }
  }

  /// Adds to what is wrong with the present commit.
  func report(_ promise: Promise, _ text: String) { found.append(Violation(promise, text)) }

  private static func rises(_ a: [Datum], _ b: [Datum]) -> Bool {
    for (a, b) in zip(a, b) {
      let order = (try? Datum.order(a, b)) ?? 0
      if order != 0 { return order < 0 }
    }
    return false
  }

  private func rows(_ name: String, _ columns: [String], _ key: [Datum], _ transaction: Transaction) throws -> [RowView]
  {
    let table = try database.table(name)
    let places = try columns.map { try table.schema.column($0) }
    // The longest path that is there; whoever looks compares.
    let count = (1...places.count).last { table.schema.paths.contains(Array(places.prefix($0))) } ?? 0
    let stored =
      count == 0 ? table.rows : table.rows(Array(places.prefix(count)), Array(key.prefix(count)))
    return stored.compactMap { row in
      guard let values = row.seen(by: transaction), places.map({ values[$0] }) == key else { return nil }
      return RowView(table.schema, values)
    }
  }

  // MARK: Rows that were there before

  private func checkChange(_ table: StoredTable, _ before: [Datum], _ after: [Datum]?) throws {
    let name = table.schema.name
    if Self.insertOnly.contains(name) {
      report(.journal, "a row of \(name) was changed: \(before.prefix(3))")
    }
    if name == "replies", after != nil { report(.key, "an answer was changed") }
    if name == "holds" {
      let state = try table.schema.column("state")
      if after == nil { report(.hold, "a hold was deleted") }
      if let after, before[state] != .text("open"), before != after {
        report(.hold, "a hold ended twice: \(before[1])")
      }
    }
    if name == "event_versions", let after {
      let version = try table.schema.column("version")
      if after[version].number <= before[version].number {
        report(.news, "version \(after[version]) of \(before[2]) was taken after \(before[version])")
      }
    }
    if name == "sla_clocks", let after {
      let (was, became) = (RowView(table.schema, before), RowView(table.schema, after))
      // News that a target was met in time may come after its due instant: nothing else undoes that it was missed.
      if try was["state"] == .text("missed"), try became["state"] != .text("missed"),
        try was["round"] == became["round"],
        try became["state"] != .text("met")
          || became["ended_at"].microseconds ?? .max > became["due_at"].microseconds ?? 0
      {
        report(.clock, "a clock that was missed became \(try became["state"])")
      }
    }
  }

  // MARK: The ledger

  /// What transfers move out of customers' wallets, entries that were made with them bring into the tenant's, and the lines
  /// of each say so (I1).
  private func checkSums(_ transfers: [RowView], _ entries: [RowView], _ transaction: Transaction) throws {
    guard !transfers.isEmpty || !entries.isEmpty else { return }
    var moved: [[Datum]: Int64] = [:]
    for transfer in transfers {
      try checkUnit(transfer, transaction)
      moved[[try transfer["tenant_id"], try transfer["contra"], try transfer["contra_sequence"]], default: 0] +=
        try transfer["amount"].number
      let lines = try transfer["lines"].units
      if lines != -(try transfer["amount"].number) {
        report(.zeroSum, "transfer \(try transfer["transfer_id"]) of lines that sum to \(lines)")
      }
    }
    for entry in entries {
      let wallet = [try entry["tenant_id"], try entry["wallet_id"]]
      let sum = moved.removeValue(forKey: wallet + [try entry["sequence"]]) ?? 0
      if sum != -(try entry["amount"].number) {
        report(.zeroSum, "\(try entry["amount"]) booked in \(wallet[1]) for transfers of \(sum)")
      }
    }
    if !moved.isEmpty { report(.zeroSum, "transfers without their other side") }
  }

  /// The other side of a transfer is in a wallet of the tenant's own that counts the same unit (I1).
  private func checkUnit(_ transfer: RowView, _ transaction: Transaction) throws {
    let (tenant, id) = (try transfer["tenant_id"], try transfer["transfer_id"])
    let agreement = [tenant, try transfer["agreement_id"]]
    let own = try rows("agreements", ["tenant_id", "agreement_id"], agreement, transaction).first?["unit"] ?? .null
    let unit = try transfer["unit"].isNull ? own : transfer["unit"]
    let wallet = try rows("wallets", ["tenant_id", "wallet_id"], [tenant, transfer["contra"]], transaction).first
    guard let wallet, try wallet["kind"] != .text("customer"), try !unit.isNull && wallet["unit"] == unit else {
      return report(.zeroSum, "transfer \(id) of \(unit) has its other side in no wallet of that unit")
    }
  }

  /// A customer's balance in each unit is the sum of its transfers in it, each of which carries the balance after it; all of
  /// an agreement follow each other without a gap (I2, I5). Nothing lies below what was agreed (I3), and no more is held than
  /// is there (I4).
  private func checkWallet(_ key: [Datum], _ transaction: Transaction) throws {
    guard let wallet = try rows("wallets", ["tenant_id", "wallet_id"], key, transaction).first else { return }
    let isCustomer = try wallet["kind"] == .text("customer")
    let sides =
      try isCustomer
      ? rows("transfers", ["tenant_id", "agreement_id"], key, transaction)
      : rows("entries", ["tenant_id", "wallet_id"], key, transaction)
    let entries = try sides.map { side in
      (
        try side["sequence"].number, try side["amount"].number, try side["balance"].number,
        isCustomer ? try side["unit"] : .null
      )
    }
    var running: [Datum: Int64] = [:]
    for (index, entry) in entries.sorted(by: { $0.0 < $1.0 }).enumerated() {
      running[entry.3, default: 0] += entry.1
      if entry.0 != Int64(index + 1) { report(.journal, "a gap before entry \(entry.0) of \(key[1])") }
      if entry.2 != running[entry.3] { report(.balance, "entry \(entry.0) of \(key[1]) carries \(entry.2)") }
    }
    var purses = [(unit: Datum.null, wallet: wallet)]
    if isCustomer {
      purses += try rows("wallets", ["tenant_id", "agreement_id"], key, transaction).map { (try $0["unit"], $0) }
    }
    for purse in purses {
      let stated = try purse.wallet["balance"].number
      let sum = running.removeValue(forKey: purse.unit) ?? 0
      if stated != sum { report(.balance, "wallet \(key[1]) says \(stated), its entries \(sum)") }
      if isCustomer { try checkCustomer(purse.wallet, key, unit: purse.unit, transaction) }
    }
    if !running.isEmpty { report(.balance, "entries of \(key[1]) are in no wallet") }
  }

  private func checkCustomer(
    _ wallet: RowView, _ key: [Datum], unit: Datum, _ transaction: Transaction
  ) throws {
    let (stated, held, limit) = (
      try wallet["balance"].number, try wallet["held"].number, try wallet["overage_limit"].number
    )
    if stated < -limit { report(.overdraft, "wallet \(key[1]) is at \(stated), \(limit) agreed") }
    if held > stated + limit { report(.hold, "\(held) held of \(stated) in \(key[1])") }
    try checkLotsAndHolds(key, unit: unit, balance: stated, held: held, transaction)
  }

  private func checkLotsAndHolds(
    _ key: [Datum], unit: Datum, balance: Int64, held: Int64, _ transaction: Transaction
  ) throws {
    let of = ["tenant_id", "agreement_id"]
    let open = try rows("holds", of, key, transaction)
      .filter { try $0["state"] == .text("open") && $0["unit"] == unit }
    let sum = try open.reduce(0) { $0 + (try $1["amount"].number) }
    if sum != held { report(.hold, "\(held) held in \(key[1]), its open holds are \(sum)") }
    let left = try rows("lots", of, key, transaction).filter { try $0["unit"] == unit }
      .reduce(0) { $0 + (try $1["remaining"].number) }
    // Overage is in the plan's own unit.
    let bills = unit.isNull ? try rows("invoices", of, key, transaction) : []
    let owed = try bills.filter { try $0["issued_at"].isNull }.reduce(0) { $0 + (try $1["units"].number) }
    if left - owed != balance {
      report(.balance, "wallet \(key[1]) says \(balance), its lots \(left), owed are \(owed)")
    }
  }

  // MARK: The notifier

  /// The ticket's timer is armed no later than the first of what is to come (I8).
  private func checkArmed(_ key: [Datum], _ transaction: Transaction) throws {
    let of = ["tenant_id", "ticket_id"]
    var next: [Int64] = []
    for clock in try rows("sla_clocks", of, key, transaction) where try clock["state"] == .text("running") {
      // A target that is met on its very instant is met: it is missed a millisecond later.
      if let due = try clock["due_at"].microseconds { next.append(due + 1_000) }
      if let ladder = try clock["ladder_at"].microseconds { next.append(ladder) }
    }
    for run in try rows("escalations", of, key, transaction) where try run["state"] == .text("running") {
      if let step = try run["next_step_at"].microseconds { next.append(step) }
    }
    for run in try rows("escalations", of, key, transaction) where try run["state"] == .text("acknowledged") {
      if let expiry = try run["expires_at"].microseconds { next.append(expiry) }
    }
    guard let first = next.min() else { return }
    let timers = try rows("timers", ["tenant_id", "subject_id"], key, transaction)
      .filter { try $0["kind"] == .text("ticket.due") }
    let due = try timers.first?["due_at"].microseconds
    if due.map({ $0 > first }) ?? true {
      report(.clock, "a clock of ticket \(key[1]) runs and is not armed")
    }
  }
}

/// A row with the names of its columns.
struct RowView {
  private let schema: TableSchema
  private let values: [Datum]

  init(_ schema: TableSchema, _ values: [Datum]) {
    self.schema = schema
    self.values = values
  }

  subscript(name: String) -> Datum {
    get throws { values[try schema.column(name)] }
  }
}

extension Datum {
  /// The number; 0 for what is none.
  var number: Int64 { if case .int(let number) = self { number } else { 0 } }

  /// The instant, in microseconds since 2000; nil for what is none.
  var microseconds: Int64? { if case .time(let time) = self { time } else { nil } }
}
