// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout moderation`
struct ModerationCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "moderation", abstract: "What the desk hid, restored or closed in the forum.",
    subcommands: [ModerationListCommand.self])
}

/// `callout moderation list`
struct ModerationListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what was done to a topic and its replies, newest first.",
    discussion: "Callers: desk, sales, auditor, admin, operator.")
  static let operation = "moderation.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("topic"), help: ArgumentHelp("Which topic.", valueName: "id"))
  var topic: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("topic_id", topic)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
