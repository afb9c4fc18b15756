// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout adjustment`
struct AdjustmentCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adjustment", abstract: "Corrections by hand.",
    subcommands: [AdjustmentPostCommand.self])
}

/// `callout adjustment post`
struct AdjustmentPostCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "post", abstract: "Adds or takes units by hand, with a reason.",
    discussion: "Refuses an empty reason (515), and to take more than is available (507). Callers: admin.")
  static let operation = "adjustment.post"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("Which agreement's wallet.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("amount"), help: ArgumentHelp("Units; negative takes.", valueName: "number"))
  var amount: Int64?
  @Option(name: .customLong("reason"), help: ArgumentHelp("Why, 1 to 1,000 bytes; kept and shown on the statement.", valueName: "text"))
  var reason: String?
  @Option(name: .customLong("unit"), help: ArgumentHelp("Of which wallet.", valueName: "text"))
  var unit: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    request.set("amount", amount)
    try request.set("reason", reason)
    try request.set("unit", unit)
  }
}
