// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout ticketcharge`
struct TicketchargeCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ticketcharge", abstract: "What a ticket costs.",
    subcommands: [TicketchargeGetCommand.self])
}

/// `callout ticketcharge get`
struct TicketchargeGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "What a ticket has cost so far and what is held for it.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "ticketcharge.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
  }
}
