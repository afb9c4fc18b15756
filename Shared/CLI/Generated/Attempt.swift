// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout attempt`
struct AttemptCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attempt", abstract: "Requests for help that the plan refused.",
    subcommands: [AttemptListCommand.self])
}

/// `callout attempt list`
struct AttemptListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists requests for help that the plan refused, newest first.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "attempt.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Empty: every account.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
