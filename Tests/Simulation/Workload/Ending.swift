import Policy
import Wire

@testable import CalloutClient
@testable import ServiceKit

/// The end of a run: unknown outcomes are resolved, and everything is looked at.
extension Scenario {
  /// Waits until nothing is under way, asks once more under the keys whose outcome is unknown and some others, and looks at
  /// what is stored.
  func finish() async throws {
    try await world.simulator.sleep(for: .seconds(5))
    try await world.serveAgain()
    for call in calls where call.method.kind == .write {
      // A call that surely had no effect is left alone; of those that were answered some are asked again.
      if call.isOpen || (call.reply != nil && (call.key.first ?? 0) % 4 == 0) {
        await make(call, Asker(desk: call.desk, step: call.step), retries: true)
      }
    }
    for (_, desk) in desks.sorted(by: { $0.key < $1.key }) {
      try await desk.clients["admin"]?.settle(patience: .seconds(60))
    }
    try checkOutboxes()
    try checkNews()
    guard let notifier = world.databases[.notifier] else { return }
    let (taken, present) = (world.taken, times(in: .notifier))
    let latest = ServiceName.allCases.reduce(into: [:]) { $0.merge(times(in: $1), uniquingKeysWith: max) }
    try Clocks.check(
      notifier, now: { present[$0] ?? .max }, latest: { latest[$0] ?? .max },
      taken: { delivery in
        guard case .uuid(let high, let low) = delivery else { return 0 }
        return taken[DeliveryID(high: high, low: low)] ?? 0
      })
  }

  /// Every reply fits one history, and what is stored at the end.
  func checkReplies() throws {
    try Answers.check(calls)
    try Order.check(calls, world.arrivals.all)
    try Prices.check(calls)
    let beyond =
      try rows(.ledger, "holds").filter { $0["overage"]?.number != 0 } + rows(.ledger, "invoices")
    var ordered: [String: Int] = [:]
    for order in try rows(.ledger, "standing_orders") {
      ordered[Self.id(order["agreement_id"]), default: 0] += Int(order["times"]?.number ?? 0)
    }
    var credits = try Credits(
      transfers(), calls, overdrawn: Set(beyond.map { Self.id($0["agreement_id"]) }), ordered: ordered)
    try credits.check()
    for lot in try rows(.ledger, "lots") {
      let (id, left) = (Self.id(lot["lot_id"]), lot["remaining"]?.number ?? 0)
      if credits.lots[id] ?? 0 != left {
        throw Violation(.balance, "lot \(id) has \(left) left, its draws leave \(credits.lots[id] ?? 0)")
      }
    }
    var holds: [String: StoredHold] = [:]
    for row in try rows(.ledger, "holds") {
      holds[Self.id(row["hold_id"])] = StoredHold(
        state: Self.text(row["state"]), amount: row["amount"]?.number ?? 0, captured: row["captured"]?.number ?? 0)
    }
    try Holds.check(calls, holds)
    var tickets: [String: (version: Int64, state: String)] = [:]
    for row in try rows(.intake, "tickets") {
      tickets[Self.id(row["ticket_id"])] = (row["version"]?.number ?? 0, Self.text(row["state"]))
    }
    try Tickets(calls).check(tickets)
  }

  // MARK: News

  /// What was acknowledged of a ticket has reached both who are told of tickets (I7). (Intake counts a version too for what
  /// the ledger tells it, and tells nobody of that; so only what surely changed something is looked at.)
  private func checkNews() throws {
    var acknowledged: [String: Int64] = [:]
    for call in calls where Tickets.alwaysChanging.contains(call.name) {
      guard let ticket = call.reply?["ticket"], case .text(let id)? = ticket["id"],
        let version = ticket["version"]?.whole
      else { continue }
      acknowledged[id] = max(acknowledged[id] ?? 0, version)
    }
    for service in [ServiceName.ledger, .notifier] {
      var told: [String: Int64] = [:]
      for row in try rows(service, "event_versions") where row["subject_kind"] == .text("ticket") {
        told[Self.id(row["subject_id"])] = row["version"]?.number
      }
      for (id, version) in acknowledged.sorted(by: { $0.key < $1.key }) where (told[id] ?? 0) < version {
        throw Violation(
          .news, "\(service.rawValue) has version \(told[id] ?? 0) of ticket \(id), \(version) was acknowledged")
      }
    }
    // The notifier's tickets are as intake has them.
    var states: [Datum: Datum] = [:]
    for row in try rows(.intake, "tickets") { states[row["ticket_id"] ?? .null] = row["state"] }
    for row in try rows(.notifier, "tickets") where states[row["ticket_id"] ?? .null] != row["state"] {
      throw Violation(.news, "the notifier has \(Self.text(row["state"])) for ticket \(Self.id(row["ticket_id"]))")
    }
  }

  private func checkOutboxes() throws {
    for service in ServiceName.allCases {
      let waiting = try rows(service, "outbox").count
      if waiting > 0 { throw Violation(.news, "\(waiting) events are left in \(service.rawValue)") }
      if let first = try rows(service, "dead_events").first {
        throw Violation(
          .news, "\(service.rawValue) has dead news: \(Self.text(first["subject_kind"])), \(Self.text(first["reason"]))"
        )
      }
    }
  }

  // MARK: What is stored

  private func rows(_ service: ServiceName, _ table: String) throws -> [[String: Datum]] {
    try world.databases[service]?.committed(table) ?? []
  }

  /// Each tenant's time in microseconds since 2000, as a service has it.
  private func times(in service: ServiceName) -> [Datum: Int64] {
    var times: [Datum: Int64] = [:]
    for row in (try? rows(service, "tenants")) ?? [] {
      let id = row["tenant_id"] ?? .null
      times[id] = row["instant"]?.microseconds ?? world.databases[service]?.microseconds()
    }
    return times
  }

  private func transfers() throws -> [PostedTransfer] {
    try rows(.ledger, "transfers").map { row in
      PostedTransfer(
        id: Self.id(row["transfer_id"]), kind: Self.text(row["kind"]), agreement: Self.id(row["agreement_id"]),
        isOfTicket: row["ticket_id"]?.isNull == false, isOfHold: row["hold_id"]?.isNull == false,
        reverses: row["reverses"].flatMap { $0.isNull ? nil : Self.id($0) }, unit: Self.text(row["unit"]),
        sequence: row["sequence"]?.number ?? 0, amount: row["amount"]?.number ?? 0,
        balance: row["balance"]?.number ?? 0,
        draws: row["draws"]?.document.elements.map { ($0["lot"]?.plain ?? "", $0["units"]?.whole ?? 0) } ?? [])
    }
  }

  private static func text(_ datum: Datum?) -> String { if case .text(let text)? = datum { text } else { "" } }

  /// The usual text of an identifier.
  private static func id(_ datum: Datum?) -> String {
    if case .uuid(let high, let low)? = datum { TransferID(high: high, low: low).description } else { "" }
  }
}

extension JSONValue {
  /// The items of a list; none for what is none.
  var elements: [JSONValue] { if case .list(let items) = self { items } else { [] } }
}
