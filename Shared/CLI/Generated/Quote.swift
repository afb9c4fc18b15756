// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout quote`
struct QuoteCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quote", abstract: "What work would cost.",
    subcommands: [QuoteCreateCommand.self, QuoteAcknowledgeCommand.self, QuoteDeclineCommand.self, QuoteGetCommand.self])
}

/// `callout quote create`
struct QuoteCreateCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Rates work that is planned and holds what it would cost.",
    discussion: "Beyond what is available it needs an acknowledgement. Refuses an overage that the plan does not allow (507; there is none in its further units), and an agreement that has ended (503). Callers: desk, sales, portal, admin.")
  static let operation = "quote.create"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("An active agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("ticket"), help: ArgumentHelp("The ticket whose open hold the quote replaces; empty: none.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("task"), help: ArgumentHelp("The work as it is planned; the first assessment is not asked for yet.", valueName: "json|@file"))
  var task: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    try request.set("ticket_id", ticket)
    try request.set("task", task)
  }
}

/// `callout quote acknowledge`
struct QuoteAcknowledgeCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Records that a contact of the customer agreed to a quote; holds its total, overage included.",
    discussion: "Refuses a quote that awaits nothing, or for which less can be drawn by now (503), or that has expired (517). Callers: desk, portal, admin.")
  static let operation = "quote.acknowledge"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("quote"), help: ArgumentHelp("One that is in state needs-acknowledgement.", valueName: "id"))
  var quote: String?
  @Option(name: .customLong("by"), help: ArgumentHelp("Who agreed, 1 to 200 bytes.", valueName: "text"))
  var by: String?
  @Argument(help: ArgumentHelp("The same as --quote.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("quote_id", quote ?? positionalID)
    try request.set("by", by)
  }
}

/// `callout quote decline`
struct QuoteDeclineCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "decline", abstract: "Declines a quote and frees what it held.",
    discussion: "Refuses one that is settled, declined or expired (503). Callers: desk, portal, admin.")
  static let operation = "quote.decline"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("quote"), help: ArgumentHelp("One that is held, needs-acknowledgement or acknowledged.", valueName: "id"))
  var quote: String?
  @Argument(help: ArgumentHelp("The same as --quote.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("quote_id", quote ?? positionalID)
  }
}

/// `callout quote get`
struct QuoteGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads a quote as it stands.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "quote.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("quote"), help: ArgumentHelp("Which estimate.", valueName: "id"))
  var quote: String?
  @Argument(help: ArgumentHelp("The same as --quote.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("quote_id", quote ?? positionalID)
  }
}
