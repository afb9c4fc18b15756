/// News that a commit has to bring along (I7).
extension CommitWatch {
  /// Whom intake tells of its tickets and accounts.
  private static let told: Set<Datum> = [.text("ledger"), .text("notifier")]

  /// What changes a ticket or an account tells the others so in the same commit, under the version that it has then. (What
  /// the ledger told of a ticket's charges is the one thing that is not passed on.)
  func checkTold(_ transaction: Transaction) throws {
    var changed: [(kind: String, id: Datum, version: Datum)] = []
    var charged: Set<Datum> = []
    var outgoing: [[Datum]: Set<Datum>] = [:]
    for (table, row) in transaction.changes {
      guard let values = row.pending else { continue }
      let view = RowView(table.schema, values)
      switch table.schema.name {
      case "tickets", "accounts":
        let kind = table.schema.name == "tickets" ? "ticket" : "account"
        // Others keep what they were told, without a version of their own.
        guard table.schema.columns.contains(where: { $0.name == "version" }) else { continue }
        let before = try row.committed.map { try RowView(table.schema, $0)["version"] }
        let version = try view["version"]
        if before != version { changed.append((kind, try view["\(kind)_id"], version)) }
      case "event_versions":
        if try view["subject_kind"] == .text("charges") { charged.insert(try view["subject_id"]) }
      case "outbox":
        outgoing[[try view["subject_id"], try view["version"]], default: []].insert(try view["destination"])
      default: break
      }
    }
    for (kind, id, version) in changed where !charged.contains(id) {
      if outgoing[[id, version]] != Self.told {
        report(.news, "version \(version) of \(kind) \(id) is committed without news of it")
      }
    }
  }
}
