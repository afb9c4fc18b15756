// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout slaclock`
struct SlaclockCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "slaclock", abstract: "Clocks that run for targets.",
    subcommands: [SlaclockListCommand.self])
}

/// `callout slaclock list`
struct SlaclockListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the clocks that measure tickets' targets, with what each went through.",
    discussion: "Refuses a state of another name (121). Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "slaclock.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Empty: every ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("state"), help: ArgumentHelp("Empty: every state.", valueName: "text"))
  var state: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("state", state)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
