// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout plan`
struct PlanCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Plans: try one locally, publish it, read what is published.",
    subcommands: [PlanPublishCommand.self, PlanGetCommand.self, PlanListCommand.self, PlanCheckCommand.self, PlanDiffCommand.self, PlanRateCommand.self, PlanDueCommand.self, PlanWhyCommand.self, PlanShowCommand.self, PlanAdmitCommand.self, PlanReplayCommand.self, PlanLanguageCommand.self])
}

/// `callout plan get`
struct PlanGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads one published version, or the newest of a plan, with its document.",
    discussion: "Refuses a version that was never published here (501). Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "plan.get"

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: ServiceChoice
  @Option(name: .customLong("plan-version"), help: ArgumentHelp("32 bytes; empty: the newest version of `plan`.", valueName: "hex"))
  var planVersion: String?
  @Option(name: .customLong("plan"), help: ArgumentHelp("Used when `version` is empty.", valueName: "text"))
  var plan: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("version", planVersion)
    try request.set("plan", plan)
    request.name("version", "plan-version")
  }

  var service: ServiceChoice? { choice }
}

/// `callout plan list`
struct PlanListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists versions of plans, newest first.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "plan.list"

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: ServiceChoice
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }

  var service: ServiceChoice? { choice }
}
