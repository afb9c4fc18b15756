import CalloutClient
import Wire

/// What the workload's work costs, counted a second time: from what the offer says in words, not from the plan's document
/// and not by the code that rates.
enum Prices {
  /// Units that a charge of this work takes; nil for work of which this page knows nothing.
  ///
  /// Servers from afar take an hour of their own unit for each one begun. On site a block is three hours, and each one begun is charged whole, as far as the customer consented to further ones.
  /// What the helpdesk resolves costs a flat amount; what it does not resolve, nothing.
  static func price(of task: JSONValue) -> Int64? {
    guard let facts = task["facts"], let mode = facts["mode"]?.plain, let minutes = task["minutes"]?.whole else {
      return nil
    }
    let category = facts["category"]?.plain
    if mode == "remote", category == "server" { return minutes > 0 ? (minutes + 59) / 60 : nil }
    guard mode == "onsite" else {
      guard let resolved = facts["resolved"] else { return nil }
      return resolved == .flag(true) ? 10 : 0
    }
    let begun = (minutes + 179) / 180
    let blocks = min(begun, 1 + (task["blocks_consented"]?.whole ?? 0))
    guard blocks > 0 else { return 0 }
    switch category {
    case "desktop": return 50 * blocks
    case "server": return 160 + 140 * (blocks - 1)
    default: return nil
    }
  }

  /// What was charged and quoted for work is what the work costs.
  static func check(_ calls: [CallRecord]) throws {
    for call in calls {
      for (reply, _) in call.replies {
        switch call.method {
        case .chargePost:
          try fit(call, call.request, reply.value(at: "transfer.entries[0].amount")?.whole.map { -$0 })
        case .quoteCreate: try fit(call, call.request, reply.value(at: "quote.total")?.whole)
        case .chargePostMany:
          for (charge, outcome) in zip(call.request.items("charges"), reply.items("outcomes"))
          where outcome["transfer_id"]?.plain.isEmpty == false {
            try fit(call, charge, outcome["amount"]?.whole)
          }
        default: continue
        }
      }
    }
  }

  private static func fit(_ call: CallRecord, _ asked: JSONValue, _ told: Int64?) throws {
    guard let told, let task = asked["task"], let price = price(of: task), told != price else { return }
    throw Violation(.history, "\(call.name) of work that costs \(price) took \(told): \(task.compact)")
  }
}
