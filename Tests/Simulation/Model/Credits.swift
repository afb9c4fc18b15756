import CalloutClient
import Policy
import Wire

/// A transfer as the journal holds it at the end.
struct PostedTransfer {
  let id: String
  let kind: String
  let agreement: String
  let isOfTicket: Bool
  let isOfHold: Bool
  let reverses: String?
  /// The further unit of the plan that it moves; empty for the plan's own.
  let unit: String
  let sequence: Int64
  let amount: Int64
  let balance: Int64
  let draws: [(lot: String, units: Int64)]
}

/// Credits as one who posts transfer after transfer would count them, held against every reply.
///
/// The journal's order is the wallet's own: in it the model posts one transfer after the other, and each that was
/// acknowledged must stand in its place, with the amount and the balance that were told; each that stands there must have
/// been asked for, once, or follow from a ticket or a due time.
struct Credits {
  private let transfers: [String: PostedTransfer]
  private let calls: [CallRecord]
  /// Wallets for which more than the balance was ever agreed.
  private let overdrawn: Set<String>
  /// How often standing orders have bought, by agreement.
  private let ordered: [String: Int]
  private var owners: [String: CallRecord] = [:]
  private var sightings: [String: [Sighting]] = [:]
  /// What each agreement has in each unit after each entry of its journal.
  private var balances: [String: [[String: Int64]]] = [:]
  /// What is left of each lot.
  private(set) var lots: [String: Int64] = [:]

  init(_ transfers: [PostedTransfer], _ calls: [CallRecord], overdrawn: Set<String>, ordered: [String: Int]) throws {
    self.overdrawn = overdrawn
    self.ordered = ordered
    self.transfers = Dictionary(transfers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.calls = calls
    try post(transfers)
  }

  // MARK: The journal

  private mutating func post(_ transfers: [PostedTransfer]) throws {
    var reversed: Set<String> = []
    for transfer in transfers.sorted(by: { ($0.agreement, $0.sequence) < ($1.agreement, $1.sequence) }) {
      let before = balances[transfer.agreement, default: [[:]]]
      guard transfer.sequence == Int64(before.count) else {
        throw Violation(.journal, "entry \(transfer.sequence) of \(transfer.agreement) follows \(before.count - 1)")
      }
      var present = before[before.count - 1]
      let balance = present[transfer.unit, default: 0] + transfer.amount
      present[transfer.unit] = balance
      guard balance == transfer.balance else {
        throw Violation(.balance, "entry \(transfer.sequence) of \(transfer.agreement) says \(transfer.balance)")
      }
      balances[transfer.agreement] = before + [present]
      for draw in transfer.draws { lots[draw.lot, default: 0] += draw.units }
      if let target = transfer.reverses {
        guard reversed.insert(target).inserted else { throw Violation(.key, "\(target) was reversed twice") }
        guard let original = self.transfers[target], original.amount == -transfer.amount,
          original.unit == transfer.unit
        else {
          throw Violation(.zeroSum, "\(transfer.id) of \(transfer.amount) does not reverse \(target)")
        }
      }
      let isRightWay = ["charge", "expiry"].contains(transfer.kind) ? transfer.amount <= 0 : true
      guard isRightWay, transfer.kind != "grant" || transfer.amount > 0 else {
        throw Violation(.history, "a \(transfer.kind) of \(transfer.amount)")
      }
    }
  }

  // MARK: Replies

  /// Every reply fits, and everything that was posted was asked for.
  mutating func check() throws {
    for call in calls {
      for (reply, attempt) in call.replies {
        for told in Self.posted(reply, by: call.method) { try own(try fit(told, call), call, attempt) }
        for told in Self.seen(reply, by: call.method) { _ = try fit(told, call) }
        try fitAmount(reply, call)
        try fitBalance(reply, call, attempt)
      }
    }
    for (wallet, sightings) in sightings.sorted(by: { $0.key < $1.key }) {
      try sightings.checkOrder("wallet \(wallet)")
    }
    try checkAsked()
  }

  /// The transfer that was told of, which is there and as it was told.
  private func fit(_ told: JSONValue, _ call: CallRecord) throws -> PostedTransfer? {
    guard let id = told["id"]?.plain, !id.isEmpty else { return nil }
    guard let present = transfers[id] else {
      throw Violation(.acknowledged, "\(call.name) was told transfer \(id), which is not there")
    }
    // Some replies name the transfer alone.
    if let entry = told.value(at: "entries[0]") {
      guard entry["amount"]?.whole == present.amount, entry["balance"]?.whole == present.balance,
        entry["seq"]?.whole == present.sequence,
        present.unit.isEmpty == (entry["wallet_id"]?.plain == present.agreement),
        // One of many charges tells its unit beside its amount.
        (told["unit"]?.plain ?? "") == present.unit
      else { throw Violation(.history, "\(call.name) was told \(told), which is \(present)") }
    }
    if let amount = told["amount"]?.whole, amount != present.amount {
      throw Violation(.history, "\(call.name) was told \(amount), which is \(present.amount)")
    }
    if let balance = told["balance"]?.whole, balance != present.balance {
      throw Violation(.history, "\(call.name) was told a balance of \(balance), which was \(present.balance)")
    }
    return present
  }

  /// A transfer answers one key, and was posted while it was asked for.
  private mutating func own(_ transfer: PostedTransfer?, _ call: CallRecord, _ attempt: CallRecord.Attempt) throws {
    guard let transfer else { return }
    if let other = owners[transfer.id], other !== call {
      throw Violation(.key, "transfer \(transfer.id) answers two keys, of \(other.name) and \(call.name)")
    }
    owners[transfer.id] = call
    sightings[transfer.agreement, default: []]
      .append(.init(number: transfer.sequence, call: call, attempt: attempt, isOwn: true))
  }

  /// What was asked for is what was posted.
  private func fitAmount(_ reply: JSONValue, _ call: CallRecord) throws {
    guard let posted = reply.value(at: "transfer.entries[0].amount")?.whole else { return }
    let asked: Int64?
    switch call.method {
    case .adjustmentPost: asked = call.request["amount"]?.whole
    case .holdCapture: asked = call.request["amount"]?.whole.map { -$0 }
    case .chargeReverse: asked = call.request["transfer_id"].flatMap { transfers[$0.plain] }.map { -$0.amount }
    default: asked = nil
    }
    if let asked, asked != posted { throw Violation(.history, "\(call.name) of \(asked) posted \(posted)") }
    if let after = reply["balance"]?.whole, after != reply.value(at: "transfer.entries[0].balance")?.whole {
      throw Violation(.balance, "\(call.name) tells two balances: \(reply)")
    }
  }

  /// A balance that was read is that of some entry, which is not older than what was known before.
  private mutating func fitBalance(_ reply: JSONValue, _ call: CallRecord, _ attempt: CallRecord.Attempt) throws {
    guard call.method == .balanceGet, let wallet = call.request["agreement_id"]?.plain,
      let balance = reply["balance"]?.whole, let sequence = reply["seq"]?.whole
    else { return }
    let known = balances[wallet] ?? [[:]]
    let unit = call.request["unit"]?.plain ?? ""
    guard sequence < known.count, known[Int(sequence)][unit] ?? 0 == balance else {
      throw Violation(.history, "balance \(balance) was read after entry \(sequence) of \(wallet)")
    }
    guard (call.request["at_ms"] ?? call.request["at"]) == nil else { return }
    // What was agreed beyond the balance can be held, and is never available.
    if let held = reply["held"]?.whole, let available = reply["available"]?.whole,
      available < max(0, balance - held)
        || (available != balance - held && !(unit.isEmpty && overdrawn.contains(wallet)))
    {
      throw Violation(.hold, "\(available) of \(balance) were available, and \(held) held")
    }
    sightings[wallet, default: []].append(.init(number: sequence, call: call, attempt: attempt, isOwn: false))
  }

  /// What nobody asked for, and no ticket or due time explains, must not be there.
  private func checkAsked() throws {
    let open = Dictionary(grouping: calls.filter(\.isOpen), by: \.method).mapValues(\.count)
    let askers: [(what: String, methods: [Wire.Method], isMeant: (PostedTransfer) -> Bool)] = [
      ("adjustment", [.adjustmentPost], { $0.kind == "adjustment" }),
      ("captured hold", [.holdCapture], { $0.kind == "charge" && $0.isOfHold && !$0.isOfTicket }),
      (
        "charge", [.chargePost, .chargePostMany],
        { $0.kind == "charge" && !$0.isOfHold && !$0.isOfTicket }
      ),
    ]
    if open[.packagePurchase] == nil { try checkGrants() }
    for asker in askers {
      // A request for many charges that nobody knows of may have posted any number.
      if asker.methods.contains(where: { open[$0] != nil }) { continue }
      for transfer in transfers.values.filter(asker.isMeant).sorted(by: { $0.id < $1.id })
      where owners[transfer.id] == nil {
        throw Violation(.key, "\(asker.what) \(transfer.id) of \(transfer.amount) was posted, and nobody asked for it")
      }
    }
  }

  /// A standing order buys as often as it says, and nothing else is bought that nobody asked for.
  private func checkGrants() throws {
    let grants = transfers.values.filter { $0.kind == "grant" && owners[$0.id] == nil }
    let unasked = Dictionary(grouping: grants, by: \.agreement).mapValues(\.count)
    for agreement in Set(unasked.keys).union(ordered.keys).sorted()
    where unasked[agreement] ?? 0 != ordered[agreement] ?? 0 {
      throw Violation(
        .key,
        "\(unasked[agreement] ?? 0) grants of \(agreement) were not asked for, its orders bought \(ordered[agreement] ?? 0)"
      )
    }
  }

  /// The transfers that an operation posted, as its reply tells of them.
  private static func posted(_ reply: JSONValue, by method: Wire.Method) -> [JSONValue] {
    switch method {
    case .chargePost, .chargeReverse, .adjustmentPost, .holdCapture: reply["transfer"].map { [$0] } ?? []
    case .packagePurchase: reply["transfer_id"].map { [["id": $0]] } ?? []
    case .chargePostMany:
      reply.items("outcomes").filter { $0["transfer_id"]?.plain.isEmpty == false }.map { outcome in
        var told: JSONValue = ["id": outcome["transfer_id"] ?? .null]
        // Units charged are taken from the wallet.
        if let amount = outcome["amount"]?.whole { told.set(.integer(-amount), at: "amount") }
        if let balance = outcome["balance"] { told.set(balance, at: "balance") }
        return told
      }
    default: []
    }
  }

  /// Transfers that were read.
  private static func seen(_ reply: JSONValue, by method: Wire.Method) -> [JSONValue] {
    switch method {
    case .transferGet: reply["transfer"].map { [$0] } ?? []
    case .journalList: reply.items("transfers")
    default: []
    }
  }
}

extension JSONValue {
  /// The items of a list under a key; none where there is no list.
  func items(_ key: String) -> [JSONValue] {
    if case .list(let items)? = self[key] { items } else { [] }
  }
}
