import CalloutClient

/// Clocks, ladders and messages at the end, when all is calm.
enum Clocks {
  typealias Row = [String: Datum]

  /// - Parameters:
  ///   - now: each tenant's time in the notifier, in microseconds since 2000.
  ///   - latest: the latest that the tenant's time is in any service: a move of its clock may have broken off in between.
  ///   - taken: how often a channel took the message of a delivery.
  static func check(_ notifier: MemoryDatabase, now: (Datum) -> Int64, latest: (Datum) -> Int64, taken: (Datum) -> Int)
    throws
  {
    let escalations = try notifier.committed("escalations")
    try checkClocks(notifier, escalations, now, latest)
    try checkSurveys(notifier, now)
    let steps = Dictionary(grouping: try notifier.committed("escalation_steps")) { $0["escalation_id"] ?? .null }
    let deliveries = try notifier.committed("deliveries")
    let sent = Dictionary(grouping: deliveries) { $0["cause_id"] ?? .null }
    for run in escalations {
      let id = run["escalation_id"] ?? .null
      let of = steps[id] ?? []
      let numbers = of.compactMap { $0["number"]?.number }.sorted()
      if numbers != (0..<numbers.count).map({ Int64($0 + 1) }) || Int64(numbers.count) != run["taken"]?.number {
        throw Violation(.clock, "a run took \(run["taken"] ?? .null) steps, and \(numbers) are recorded")
      }
      for step in of {
        let made = (sent[id] ?? []).filter { $0["step"]?.number == step["number"]?.number }
        if Int64(made.count) != step["deliveries"]?.number {
          throw Violation(
            .clock, "a step says \(step["deliveries"] ?? .null) deliveries, and \(made.count) are recorded")
        }
      }
    }
    try checkHeld(notifier, deliveries, now)
    for delivery in deliveries where delivery["state"] == .text("sent") && taken(delivery["delivery_id"] ?? .null) == 0
    {
      throw Violation(.clock, "a delivery says that it was sent, and nobody has it")
    }
  }

  /// What waits is in a bundle that is armed, and what was merged is in a message.
  private static func checkHeld(_ notifier: MemoryDatabase, _ deliveries: [Row], _ now: (Datum) -> Int64) throws {
    let bundles = Set(try notifier.committed("bundles").map { $0["bundle_id"] ?? .null })
    let all = Set(deliveries.map { $0["delivery_id"] ?? .null })
    for delivery in deliveries {
      if delivery["state"] == .text("held") {
        if !bundles.contains(delivery["bundle_id"] ?? .null) { throw Violation(.clock, "a message waits for nothing") }
        // A second for what was due on the very last instant.
        let until = delivery["held_until"]?.microseconds ?? .min
        if until + 1_000_000 < now(delivery["tenant_id"] ?? .null) { throw Violation(.clock, "a message waits on") }
      }
      if delivery["state"] == .text("merged"), !all.contains(delivery["carrier_id"] ?? .null) {
        throw Violation(.clock, "a message was merged into none")
      }
    }
  }

  /// Every closure whose question is due has been asked about once.
  private static func checkSurveys(_ notifier: MemoryDatabase, _ now: (Datum) -> Int64) throws {
    let surveys = try notifier.committed("notices").filter { $0["kind"] == .text("survey") }
    let told = Dictionary(grouping: surveys) { $0["ticket_id"] ?? .null }
    for ticket in try notifier.committed("tickets") {
      let known = ticket["surveys"]?.document.elements ?? []
      let asked = known.filter { $0["asked"] == .flag(true) }.count
      if told[ticket["ticket_id"] ?? .null]?.count ?? 0 != asked {
        throw Violation(.clock, "\(asked) closures are said to be asked about, and the notices differ")
      }
      // A second for what was due on the very last instant; stored instants count from 2000 and in microseconds.
      let present = now(ticket["tenant_id"] ?? .null) / 1_000 + 946_684_800_000
      for survey in known where survey["asked"] != .flag(true) && (survey["askMs"]?.whole ?? 0) + 1_000 < present {
        throw Violation(.clock, "a closure is not asked about")
      }
    }
  }

  private static func checkClocks(
    _ notifier: MemoryDatabase, _ escalations: [Row], _ now: (Datum) -> Int64, _ latest: (Datum) -> Int64
  ) throws {
    for run in escalations where run["state"] == .text("acknowledged") {
      if let expiry = run["expires_at"]?.microseconds, expiry + 1_000_000 < now(run["tenant_id"] ?? .null) {
        throw Violation(.clock, "an acknowledgement that expired holds on")
      }
    }
    let key = { (row: Row) in [row["tenant_id"] ?? .null, row["ticket_id"] ?? .null] }
    var armed: [[Datum]: Int64] = [:]
    for timer in try notifier.committed("timers") where timer["kind"] == .text("ticket.due") {
      armed[[timer["tenant_id"] ?? .null, timer["subject_id"] ?? .null]] = timer["due_at"]?.microseconds
    }
    let runs = Dictionary(grouping: escalations) { key($0) + [$0["target"] ?? .null, $0["round"] ?? .null] }
    for (run, all) in runs where all.count > 1 { throw Violation(.clock, "\(all.count) runs of one ladder: \(run)") }
    for clock in try notifier.committed("sla_clocks") {
      let ticket = key(clock)
      let due = clock["due_at"]?.microseconds ?? .max
      switch clock["state"] {
      case .text("running"):
        guard let at = armed[ticket], at <= due + 1_000 else {
          throw Violation(.clock, "a clock runs and is not armed")
        }
        // A second for what was due on the very last instant.
        if due + 1_000_000 < now(ticket[0]) { throw Violation(.clock, "a clock runs on after it was due") }
      case .text("missed"):
        if due > latest(ticket[0]) { throw Violation(.clock, "a clock is missed before it was due") }
      default: break
      }
    }
  }
}
