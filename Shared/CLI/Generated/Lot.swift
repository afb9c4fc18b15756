// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout lot`
struct LotCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lot", abstract: "Packages that were bought, in the order in which they pay.",
    subcommands: [LotListCommand.self])
}

/// `callout lot list`
struct LotListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists lots in the order in which they are drawn.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "lot.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("Which agreement's packages.", valueName: "id"))
  var agreement: String?
  @Flag(name: .customLong("all"), help: "Also those that are used up or expired.")
  var all = false

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    request.set("all", all)
  }
}
