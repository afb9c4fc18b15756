import ArgumentParser
import CalloutClient
import Policy

/// `callout plan replay`
struct PlanReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Runs a new version of a plan over a past period, and shows what would have been different.",
    discussion: """
      Reads only. Every ticket of the plan that was opened in the period is given to the version under which it was opened \
      and to the new one: which due times, missed targets, pages, charges and refusals differ. Both get the same facts, \
      those that were kept: what a request told beyond them is unknown to both, and a clause that asks for it refuses in \
      both or is shown with what would have to be told. Work before a ticket was last reopened is not replayed, nor are \
      charges without a ticket. Requests that were refused are shown where a clause that refused them is another one now. \
      Ends with 0, whether anything differs or not. Callers: portal, desk, sales, auditor, admin, operator.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("The version to come, YAML.", valueName: "file"))
  var file: String
  @Option(name: .customLong("from"), help: ArgumentHelp("The period's first instant.", valueName: "time"))
  var from: String
  @Option(
    name: .customLong("to"), help: ArgumentHelp("The first instant after it; now, without it.", valueName: "time"))
  var to: String?
  @Option(name: .customLong("account-id"), help: ArgumentHelp("One customer; all, without it.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("zoneinfo"), help: ArgumentHelp("Where the time zone files are.", valueName: "folder"))
  var zoneinfo: String = ZoneFiles.directory

  func validate() throws {
    if let account, AccountID(account) == nil { throw ValidationError("--account-id is a UUID in lower case.") }
  }

  func run() async throws {
    var source = PlanFile()
    (source.file, source.zoneinfo, source.output) = (file, zoneinfo, common.output)
    let plan = try source.plan()
    let start = try source.instant(from, option: "from", in: plan)
    let end = try to.map { try source.instant($0, option: "to", in: plan) }
    let (account, options, zones) = (
      account.flatMap { AccountID($0) }, common.callOptions(), ZoneFiles.loader(zoneinfo)
    )
    let outcome = try await common.withClient { client throws(CalloutError) in
      var past = ReplayPast(client: client, options: options, zones: zones)
      return try await past.replay(plan, from: start, to: end, account: account)
    }
    let report = ReplayReport(plan: plan, from: start, outcome: outcome)
    switch common.output {
    case .json: Surface.current.out(report.json.pretty + "\n")
    case .table: Surface.current.out(report.text)
    }
  }
}

/// What a replay comes to.
struct ReplayOutcome: Sendable {
  /// Something that is different, with the ticket's number; nil: a request that was refused, then.
  struct Row: Sendable {
    var ticket: Int64?
    var at: Instant
    var difference: ReplayDifference
  }

  /// The first instant after the period.
  var to: Instant
  var rows: [Row] = []
  /// Tickets that were replayed, and those of other plans, which were not.
  var tickets = 0
  var otherPlans = 0
  /// Requests that were refused in the period.
  var attempts = 0
  /// Units that the replayed tickets cost whose work has ended, by the old versions and by the new one.
  var oldUnits = Amount.zero
  var newUnits = Amount.zero
}

/// A replay's outcome, for people and for programs.
struct ReplayReport {
  let plan: Plan
  let from: Instant
  let outcome: ReplayOutcome

  private var times: CivilReading { CivilReading(zone: plan.zone) }

  var text: String {
    let rows = outcome.rows.map { row -> JSONValue in
      [
        "ticket": row.ticket.map { .integer($0) } ?? .text("refused"), "at": .text(times.civil(row.at)),
        "what": .text(row.difference.matter.rawValue), "clause": .text(row.difference.clause),
        "was": .text(row.difference.old), "would_be": .text(row.difference.new),
      ]
    }
    let table = rows.isEmpty ? "" : Table.rows(rows, columns: ["ticket", "at", "what", "clause", "was", "would_be"])
    let differing = Set(outcome.rows.compactMap(\.ticket)).count
    let period = "\(times.civil(from)) to \(times.civil(outcome.to)) (\(plan.zone.name))"
    var lines = ["\(plan.id), \(period): \(differing) of \(outcome.tickets) ticket(s) would have been different."]
    if outcome.attempts > 0 { lines.append("\(outcome.attempts) request(s) had been refused.") }
    if outcome.otherPlans > 0 { lines.append("\(outcome.otherPlans) ticket(s) of other plans are left out.") }
    lines.append(
      "Work that has ended: \(outcome.oldUnits) \(plan.unit)(s), and \(outcome.newUnits) by the new version.")
    return table + lines.joined(separator: "\n") + "\n"
  }

  var json: JSONValue {
    [
      "plan": .text(plan.id), "version": .text(plan.version.description), "from": .text(times.text(from)),
      "to": .text(times.text(outcome.to)), "tickets": .integer(Int64(outcome.tickets)),
      "other_plans": .integer(Int64(outcome.otherPlans)), "attempts": .integer(Int64(outcome.attempts)),
      "old_units": .integer(outcome.oldUnits.units), "new_units": .integer(outcome.newUnits.units),
      "unit": .text(plan.unit),
      "differences": .list(
        outcome.rows.map { row in
          [
            "ticket": row.ticket.map { .integer($0) } ?? .null, "at": .text(times.text(row.at)),
            "what": .text(row.difference.matter.rawValue), "clause": .text(row.difference.clause),
            "was": .text(row.difference.old), "would_be": .text(row.difference.new),
          ]
        }),
    ]
  }
}
