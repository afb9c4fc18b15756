import Policy

/// Versions of tickets that intake counts when the ledger tells it what they cost: nobody is told of these. (A later call
/// that finds nothing to change answers with such a version.)
struct UntoldVersions {
  private var all: Set<String> = []

  init(_ intake: MemoryDatabase?) throws {
    for row in try intake?.committed("changes") ?? [] {
      guard row["kind"] == .text("ticket.charged"), let version = row["version"]?.number,
        case .uuid(let high, let low)? = row["subject_id"]
      else { continue }
      all.insert("\(TicketID(high: high, low: low)) \(version)")
    }
  }

  /// Whether this version of a ticket is one of them.
  func contains(_ ticket: String, _ version: Int64) -> Bool { all.contains("\(ticket) \(version)") }
}
