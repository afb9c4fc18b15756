// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout account`
struct AccountCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Customers.",
    subcommands: [AccountCreateCommand.self, AccountUpdateCommand.self, AccountGetCommand.self, AccountListCommand.self])
}

/// `callout account create`
struct AccountCreateCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Creates a customer.",
    discussion: "It may ask for help once the ledger has signed an agreement. Refuses a hotline that some account has already (502). Callers: sales, admin.")
  static let operation = "account.create"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("name"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("region"), help: ArgumentHelp("One word, 1 to 64 bytes, as the plan's regions name it.", valueName: "text"))
  var region: String?
  @Flag(name: .customLong("maintenance-plan"), help: "True: the customer has one.")
  var maintenancePlan = false
  @Option(name: .customLong("hotline"), help: ArgumentHelp("At most 10.", valueName: "text"))
  var hotline: [String] = []
  @Option(name: .customLong("language"), help: ArgumentHelp("What the customer is written to in, such as \"de-AT\" (BCP 47); empty: the tenant's.", valueName: "text"))
  var language: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("name", name)
    try request.set("region", region)
    request.set("maintenance_plan", maintenancePlan)
    try request.set("hotlines", hotline)
    try request.set("language", language)
  }
}

/// `callout account update`
struct AccountUpdateCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes a customer: sets what is given; absent fields stay.",
    discussion: "Callers: sales, desk, admin.")
  static let operation = "account.update"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Which customer.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("name"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("region"), help: ArgumentHelp("One word, 1 to 64 bytes; counts for tickets opened from now on.", valueName: "text"))
  var region: String?
  @Option(name: .customLong("maintenance-plan"), help: ArgumentHelp("Whether the customer has one.", valueName: "true|false"))
  var maintenancePlan: Bool?
  @Option(name: .customLong("language"), help: ArgumentHelp("What the customer is written to in (BCP 47); empty: the tenant's.", valueName: "text"))
  var language: String?
  @Argument(help: ArgumentHelp("The same as --account.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account ?? positionalID)
    try request.set("name", name)
    try request.set("region", region)
    request.set("maintenance_plan", maintenancePlan)
    try request.set("language", language)
  }
}

/// `callout account get`
struct AccountGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads a customer and the people who speak for it.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "account.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Which customer.", valueName: "id"))
  var account: String?
  @Argument(help: ArgumentHelp("The same as --account.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account ?? positionalID)
  }
}

/// `callout account list`
struct AccountListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists customers in the order of their ids.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "account.list"

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
