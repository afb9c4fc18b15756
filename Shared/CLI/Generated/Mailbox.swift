// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout mailbox`
struct MailboxCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mailbox", abstract: "Addresses at which a tenant takes mail.",
    subcommands: [MailboxSetCommand.self, MailboxRemoveCommand.self, MailboxListCommand.self])
}

/// `callout mailbox set`
struct MailboxSetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Gives an address to the tenant, or changes its plan.",
    discussion: "An address is one tenant's of the installation: refuses one that another tenant has (502), a plan that is not published here (505) and the 101st mailbox of a plan (509). Callers: operator.")
  static let operation = "mailbox.set"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("address"), help: ArgumentHelp("At most 254 bytes; large letters become small ones.", valueName: "text"))
  var address: String?
  @Option(name: .customLong("plan-version"), help: ArgumentHelp("32 bytes.", valueName: "hex"))
  var planVersion: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("address", address)
    try request.set("plan_version", planVersion)
  }
}

/// `callout mailbox remove`
struct MailboxRemoveCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Takes an address away from the tenant.",
    discussion: "Refuses one that it does not have (501). Callers: operator.")
  static let operation = "mailbox.remove"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("address"), help: ArgumentHelp("As it was set.", valueName: "text"))
  var address: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("address", address)
  }
}

/// `callout mailbox list`
struct MailboxListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the addresses of the tenant in their order, the first 1,000.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "mailbox.list"

  @OptionGroup var common: CommonOptions

  func fill(_ request: inout RequestFields) throws {
  }
}
