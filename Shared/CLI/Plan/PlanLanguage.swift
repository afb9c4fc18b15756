import ArgumentParser
import CalloutClient
import Policy

/// `callout plan language`
struct PlanLanguageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "language", abstract: "Prints the fields of the plan language, or the JSON Schema of plan files.",
    discussion: """
      Needs no service. An editor completes and checks plan files by the schema: \
      callout plan language --schema > plan.schema.json
      """)

  @Flag(help: "The JSON Schema instead of the tables.")
  var schema = false

  func run() throws { Surface.current.out(schema ? PlanLanguage.schema : PlanLanguage.page) }
}
