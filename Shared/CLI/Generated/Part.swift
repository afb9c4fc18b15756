// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout part`
struct PartCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "part", abstract: "Parts bought for a customer.",
    subcommands: [PartAddCommand.self])
}

/// `callout part add`
struct PartAddCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Adds a part at a price that the customer agreed to.",
    discussion: "Refuses a part without a quote where the plan has no rate for parts (514), the 101st part (509), and a ticket that is neither open nor dispatched (503). Callers: desk, admin.")
  static let operation = "part.add"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("name"), help: ArgumentHelp("What it is.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("price"), help: ArgumentHelp("Units agreed, 0 or more.", valueName: "number"))
  var price: Int64?
  @Option(name: .customLong("minutes"), help: ArgumentHelp("Time to buy and fit it, outside the task's blocks.", valueName: "number"))
  var minutes: UInt32?
  @Option(name: .customLong("quote"), help: ArgumentHelp("The quote in which the price was agreed; may be empty where the plan has a rate for parts.", valueName: "id"))
  var quote: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("part.name", name)
    request.set("part.price", price)
    request.set("part.minutes", minutes)
    try request.set("quote_id", quote)
  }
}
