// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout subsidiary`
struct SubsidiaryCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "subsidiary", abstract: "Companies that use an account's credits.",
    subcommands: [SubsidiaryAddCommand.self])
}

/// `callout subsidiary add`
struct SubsidiaryAddCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Adds a company that may use an account's credits, from the account's next purchase on.",
    discussion: "Refuses the 1,001st (509). Callers: sales, admin.")
  static let operation = "subsidiary.add"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer under whose credits it comes.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("name"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("region"), help: ArgumentHelp("One word, 1 to 64 bytes, as the plan's regions name it.", valueName: "text"))
  var region: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("name", name)
    try request.set("region", region)
  }
}
