import ArgumentParser
import CalloutClient
import Policy

/// `callout plan diff`
struct PlanDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Says in words what a new version of a plan changes, and for whom.",
    discussion: """
      Needs no service. Open tickets keep the version under which they were opened; what is changed holds for new ones.
      """)

  @Argument(help: ArgumentHelp("The version that is in force, YAML.", valueName: "old"))
  var old: String
  @Argument(help: ArgumentHelp("The version to come, YAML.", valueName: "new"))
  var new: String
  @Option(name: .customLong("zoneinfo"), help: ArgumentHelp("Where the time zone files are.", valueName: "folder"))
  var zoneinfo: String = ZoneFiles.directory
  @Option(name: [.customShort("o"), .customLong("output")], help: "table or json.")
  var output: OutputFormat = .table

  func run() throws {
    let (before, after) = (try plan(old), try plan(new))
    let changes = before.changes(to: after)
    switch output {
    case .json:
      let list = changes.map { change -> JSONValue in
        [
          "section": .text(change.section), "clause": .text(change.clause), "kind": .text(change.kind.rawValue),
          "whom": .text(change.whom), "phrases": .list(change.phrases.map { .text($0) }),
        ]
      }
      let whole: JSONValue = [
        "old": .text(before.version.description), "new": .text(after.version.description), "changes": .list(list),
      ]
      Surface.current.out(whole.pretty + "\n")
    case .table:
      for change in changes { Surface.current.out(Self.text(change)) }
      Surface.current.out(Self.sum(changes.count, isSame: before.version == after.version))
    }
  }

  private func plan(_ file: String) throws -> Plan {
    var source = PlanFile()
    source.file = file
    source.zoneinfo = zoneinfo
    source.output = output
    return try source.plan()
  }

  private static func text(_ change: PlanChange) -> String {
    "\(change.section) \(change.clause): \(change.kind.rawValue) for \(change.whom)\n"
      + change.phrases.map { "  \($0)\n" }.joined()
  }

  private static func sum(_ count: Int, isSame: Bool) -> String {
    switch (count, isSame) {
    case (0, true): "The documents are the same.\n"
    case (0, false): "Nothing changes but how the document is written.\n"
    case (let count, _): "\(count) change(s); open tickets keep the old version.\n"
    }
  }
}
