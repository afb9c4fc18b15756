// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout topic`
struct TopicCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topic", abstract: "Topics of the forum.",
    subcommands: [TopicOpenCommand.self, TopicGetCommand.self, TopicListCommand.self, TopicModerateCommand.self])
}

/// `callout topic open`
struct TopicOpenCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Opens a topic in the forum.",
    discussion: "Callers: portal, desk, admin.")
  static let operation = "topic.open"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("title"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var title: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("1 byte to 16 KiB.", valueName: "text"))
  var text: String?
  @Option(name: .customLong("author"), help: ArgumentHelp("The name to show, one line of at most 200 bytes; empty: the caller's.", valueName: "text"))
  var author: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("title", title)
    try request.set("text", text)
    try request.set("author", author)
  }
}

/// `callout topic get`
struct TopicGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads a topic; reply.list has the replies.",
    discussion: "A portal is not shown a hidden one. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "topic.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("topic"), help: ArgumentHelp("Which topic.", valueName: "id"))
  var topic: String?
  @Argument(help: ArgumentHelp("The same as --topic.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("topic_id", topic ?? positionalID)
  }
}

/// `callout topic list`
struct TopicListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists topics, newest first.",
    discussion: "A portal is not shown hidden ones. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "topic.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout topic moderate`
struct TopicModerateCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "moderate", abstract: "Hides a topic and its replies from portals, restores it, closes it to replies, or reopens it.",
    discussion: "Refuses an empty reason (515), and what the topic is already (503). Callers: desk, admin.")
  static let operation = "topic.moderate"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("topic"), help: ArgumentHelp("Which topic.", valueName: "id"))
  var topic: String?
  @Option(name: .customLong("action"), help: ArgumentHelp("Hide, restore, close or reopen.", valueName: "text"))
  var action: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("1 to 1,000 bytes; kept.", valueName: "text"))
  var reason: String?
  @Argument(help: ArgumentHelp("The same as --topic.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("topic_id", topic ?? positionalID)
    try request.set("action", action)
    try request.set("reason", reason)
  }
}
