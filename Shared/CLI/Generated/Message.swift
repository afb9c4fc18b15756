// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout message`
struct MessageCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "message", abstract: "Messages on tickets.",
    subcommands: [MessagePostCommand.self, MessageListCommand.self])
}

/// `callout message post`
struct MessagePostCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "post", abstract: "Adds a message to a ticket in any state.",
    discussion: "Refuses a portal whose message is not from the customer (203), and what the plan does not admit as a message between customer and provider (504); an internal one is neither's. Callers: desk, portal, admin.")
  static let operation = "message.post"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("direction"), help: ArgumentHelp("From-customer, to-customer, third-party or internal; a portal posts from-customer only.", valueName: "text"))
  var direction: String?
  @Option(name: .customLong("channel"), help: ArgumentHelp("How it came or goes, one word of at most 64 bytes: telephone, email, portal …", valueName: "text"))
  var channel: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("1 byte to 64 KiB.", valueName: "text"))
  var text: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("direction", direction)
    try request.set("channel", channel)
    try request.set("text", text)
  }
}

/// `callout message list`
struct MessageListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the messages of a ticket, oldest first.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "message.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
