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
    commandName: "appoint", abstract: "Appoints a person who speaks for a customer, or one who takes another's place.",
    discussion: "Details that the plan requires of contacts must be given (121). Refuses one more than the plan allows (504) or, without an agreement, the 101st (509), and a successor of someone whose appointment has ended (503). Callers: sales, admin, desk.")
  static let operation = "contact.appoint"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer that the person will speak for.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("name"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("fixed-phone"), help: ArgumentHelp("At least 3 digits and separators, at most 40 bytes; empty: none, if the plan lets it.", valueName: "text"))
  var fixedPhone: String?
  @Option(name: .customLong("mobile-phone"), help: ArgumentHelp("The same bounds as `fixed_phone`.", valueName: "text"))
  var mobilePhone: String?
  @Option(name: .customLong("email"), help: ArgumentHelp("At most 254 bytes; empty: none, if the plan lets it.", valueName: "text"))
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
    commandName: "list", abstract: "Lists the people who speak for a customer.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "contact.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Which customer.", valueName: "id"))
  var account: String?
  @Flag(name: .customLong("ended"), help: "Also those whose place another took.")
  var ended = false

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    request.set("ended", ended)
  }
}
