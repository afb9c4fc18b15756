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
      and to the new one, with each time that it was reopened; so is every request that was refused in it, and every charge \
      that was posted in it without a ticket: which due times, missed targets, pages, charges and refusals differ. Both get \
      the same facts, those that were kept; of a charge without a ticket, what its lines looked at. Charges of which these do \
      not explain what they came to are counted and left out. Ends with 0, whether anything differs or not. Callers: \
      portal, desk, sales, auditor, admin, operator.
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
