// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout reply`
struct ReplyCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reply", abstract: "Replies in the forum.",
    subcommands: [ReplyPostCommand.self, ReplyListCommand.self, ReplyModerateCommand.self])
}

/// `callout reply post`
struct ReplyPostCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "post", abstract: "Replies to a topic.",
    discussion: "Refuses a closed topic (503), for a portal a hidden one (501), and the 1,001st reply (509). Callers: portal, desk, admin.")
  static let operation = "reply.post"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("topic"), help: ArgumentHelp("Which topic.", valueName: "id"))
  var topic: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("1 byte to 16 KiB.", valueName: "text"))
  var text: String?
  @Option(name: .customLong("author"), help: ArgumentHelp("The name to show, one line of at most 200 bytes; empty: the caller's.", valueName: "text"))
  var author: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("topic_id", topic)
    try request.set("text", text)
    try request.set("author", author)
  }
}

/// `callout reply list`
struct ReplyListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the replies to a topic, oldest first.",
    discussion: "A portal is not shown hidden ones. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "reply.list"

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

/// `callout reply moderate`
struct ReplyModerateCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "moderate", abstract: "Hides a reply from portals, or restores it.",
    discussion: "Refuses an empty reason (515), and what the reply is already (503). Callers: desk, admin.")
  static let operation = "reply.moderate"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("reply"), help: ArgumentHelp("Which reply.", valueName: "id"))
  var reply: String?
  @Option(name: .customLong("action"), help: ArgumentHelp("Hide or restore.", valueName: "text"))
  var action: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("1 to 1,000 bytes; kept.", valueName: "text"))
  var reason: String?
  @Argument(help: ArgumentHelp("The same as --reply.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("reply_id", reply ?? positionalID)
    try request.set("action", action)
    try request.set("reason", reason)
  }
}
