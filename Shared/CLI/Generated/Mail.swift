// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout mail`
struct MailCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mail", abstract: "Mail to the desk.",
    subcommands: [MailTakeCommand.self, MailDeliverCommand.self, MailGetCommand.self, MailListCommand.self, MailStageCommand.self])
}

/// `callout mail take`
struct MailTakeCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "take", abstract: "Takes a mail to the desk.",
    discussion: "It opens a ticket of the class that it claims, or of its address; a mail that asks for nothing that the desk does is logged as an attempt and answered with what is needed, and opens a ticket only where the plan pages for it. The same Message-ID again changes nothing. Without an account the writer's address finds it, which must be that of one account's appointed contact. Refuses a mail to no address of the desk, a class that its address does not open, a writer whom nobody appointed (504), and whatever ticket.open refuses. Callers: desk, portal, admin.")
  static let operation = "mail.take"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer; empty: found by `sender`.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("contact"), help: ArgumentHelp("Who wrote, if it is one of the account's contacts.", valueName: "id"))
  var contact: String?
  @Option(name: .customLong("caller"), help: ArgumentHelp("Who wrote otherwise, at most 200 bytes.", valueName: "text"))
  var caller: String?
  @Option(name: .customLong("recipient"), help: ArgumentHelp("Every address that it went to, 1 to 50, each at most 254 bytes without spaces.", valueName: "text"))
  var recipient: [String] = []
  @Option(name: .customLong("message-id"), help: ArgumentHelp("Its Message-ID, 1 to 998 bytes, with or without brackets.", valueName: "text"))
  var messageId: String?
  @Option(name: .customLong("class"), help: ArgumentHelp("The class that it claims; empty: its address decides.", valueName: "text"))
  var `class`: String?
  @Option(name: .customLong("content"), help: ArgumentHelp("Problem, call-me-only or automatic; empty: problem.", valueName: "text"))
  var content: String?
  @Option(name: .customLong("subject"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var subject: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("At most 64 KiB.", valueName: "text"))
  var text: String?
  @Option(name: .customLong("asset"), help: ArgumentHelp("What it is about; empty: nothing registered.", valueName: "id"))
  var asset: String?
  @Option(name: .customLong("category"), help: ArgumentHelp("Empty: the asset's.", valueName: "text"))
  var category: String?
  @Option(name: .customLong("incident"), help: ArgumentHelp("What went wrong, one word of at most 64 bytes; empty: not known.", valueName: "text"))
  var incident: String?
  @Option(name: .customLong("fact"), help: ArgumentHelp("At most 32, as in ticket.open.", valueName: "name=value"))
  var fact: [String] = []
  @Option(name: .customLong("sender"), help: ArgumentHelp("The writer's address, at most 254 bytes; may be empty when `account_id` is not.", valueName: "text"))
  var sender: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("contact_id", contact)
    try request.set("caller", caller)
    try request.set("recipients", recipient)
    try request.set("message_id", messageId)
    try request.set("class", `class`)
    try request.set("content", content)
    try request.set("subject", subject)
    try request.set("text", text)
    try request.set("asset_id", asset)
    try request.set("category", category)
    try request.set("incident", incident)
    try request.set("facts", fact)
    try request.set("sender", sender)
  }
}

/// `callout mail get`
struct MailGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads a mail that was taken, and a piece of its original.",
    discussion: "All pieces one after the other are the original. Callers: desk, auditor, admin, operator.")
  static let operation = "mail.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("mail"), help: ArgumentHelp("Which mail.", valueName: "id"))
  var mail: String?
  @Option(name: .customLong("piece"), help: ArgumentHelp("From 1; 0: none.", valueName: "number"))
  var piece: UInt32?
  @Argument(help: ArgumentHelp("The same as --mail.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("mail_id", mail ?? positionalID)
    request.set("piece", piece)
  }
}

/// `callout mail list`
struct MailListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists mails that were taken, newest first.",
    discussion: "Callers: desk, auditor, admin, operator.")
  static let operation = "mail.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Empty: of every ticket, and of none.", valueName: "id|number"))
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

/// `callout mail stage`
struct MailStageCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "stage", abstract: "Takes a part of a mail that is longer than one request, for mail.deliver to put together.",
    discussion: "The same part again changes nothing; other bytes in its place are refused (502). Parts that are not delivered within an hour after the latest of them are forgotten: mail.deliver refuses what misses one (517). Callers: desk, admin, operator.")
  static let operation = "mail.stage"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("upload"), help: ArgumentHelp("16 bytes, made by the caller, for one mail.", valueName: "id"))
  var upload: String?
  @Option(name: .customLong("place"), help: ArgumentHelp("Which part it is, 1 to 14.", valueName: "number"))
  var place: UInt32?
  @Option(name: .customLong("original"), help: ArgumentHelp("This part of the message, 1 to 786,432 bytes.", valueName: "hex"))
  var original: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("upload_id", upload)
    request.set("place", place)
    try request.set("original", original)
  }
}
