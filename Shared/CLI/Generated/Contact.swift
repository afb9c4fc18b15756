// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout contact`
struct ContactCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact", abstract: "People whom a customer appointed.",
    subcommands: [ContactAppointCommand.self, ContactListCommand.self])
}

/// `callout contact appoint`
struct ContactAppointCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "appoint", abstract: "Appoints a contact.",
    discussion: "Callers: sales, admin, desk.")
  static let operation = "contact.appoint"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Account id.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("name"), help: ArgumentHelp("Name.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("fixed-phone"), help: ArgumentHelp("Fixed phone.", valueName: "text"))
  var fixedPhone: String?
  @Option(name: .customLong("mobile-phone"), help: ArgumentHelp("Mobile phone.", valueName: "text"))
  var mobilePhone: String?
  @Option(name: .customLong("email"), help: ArgumentHelp("Email.", valueName: "text"))
  var email: String?
  @Option(name: .customLong("replaces"), help: ArgumentHelp("A contact whose place this one takes; empty: a further contact.", valueName: "id"))
  var replaces: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("name", name)
    try request.set("fixed_phone", fixedPhone)
    try request.set("mobile_phone", mobilePhone)
    try request.set("email", email)
    try request.set("replaces", replaces)
  }
}

/// `callout contact list`
struct ContactListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists contacts.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "contact.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Account id.", valueName: "id"))
  var account: String?
  @Flag(name: .customLong("ended"), help: "Also those whose place another took.")
  var ended = false

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    request.set("ended", ended)
  }
}
