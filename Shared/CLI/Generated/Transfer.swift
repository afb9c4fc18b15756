// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout transfer`
struct TransferCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfer", abstract: "One transfer of the journal.",
    subcommands: [TransferGetCommand.self])
}

/// `callout transfer get`
struct TransferGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads one transfer of the journal.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "transfer.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("transfer"), help: ArgumentHelp("Which transfer.", valueName: "id"))
  var transfer: String?
  @Argument(help: ArgumentHelp("The same as --transfer.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("transfer_id", transfer ?? positionalID)
  }
}
