// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout balance`
struct BalanceCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "balance", abstract: "What a wallet holds.",
    subcommands: [BalanceGetCommand.self])
}

/// `callout balance get`
struct BalanceGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads what an agreement's wallet holds, now or as it was.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "balance.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("Which agreement's wallet.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("at"), help: ArgumentHelp("0: now; an instant: the balance after everything posted up to and including it.", valueName: "time"))
  var at: String?
  @Option(name: .customLong("unit"), help: ArgumentHelp("Which wallet; one of the plan's units by name, or empty.", valueName: "text"))
  var unit: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    try request.set("at", at)
    try request.set("unit", unit)
  }
}
