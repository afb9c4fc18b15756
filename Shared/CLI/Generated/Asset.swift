// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout asset`
struct AssetCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "asset", abstract: "Things that are supported.",
    subcommands: [AssetRegisterCommand.self, AssetUpdateCommand.self, AssetListCommand.self])
}

/// `callout asset register`
struct AssetRegisterCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "Registers a thing that is supported.",
    discussion: "Whether it needs a consent or an inventory is the plan's to say when a ticket is opened. Callers: desk, sales, portal, admin.")
  static let operation = "asset.register"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer whose it is.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("name"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("category"), help: ArgumentHelp("One word, 1 to 64 bytes, as the plan's rates name it: desktop, server, network …", valueName: "text"))
  var category: String?
  @Option(name: .customLong("platform"), help: ArgumentHelp("One word, at most 64 bytes: windows, linux …; empty: not known.", valueName: "text"))
  var platform: String?
  @Flag(name: .customLong("private-device"), help: "True: it belongs to a person, whose consent plans may ask for.")
  var privateDevice = false
  @Option(name: .customLong("consent-document"), help: ArgumentHelp("Where the written consent is kept, one line of at most 1,000 bytes; empty: none.", valueName: "text"))
  var consentDocument: String?
  @Flag(name: .customLong("inventoried"), help: "True: it is on the inventory that the customer handed over.")
  var inventoried = false

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("name", name)
    try request.set("category", category)
    try request.set("platform", platform)
    request.set("private_device", privateDevice)
    try request.set("consent_document", consentDocument)
    request.set("inventoried", inventoried)
  }
}

/// `callout asset update`
struct AssetUpdateCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes a thing that is supported.",
    discussion: "Absent fields stay. Refuses a retired one, and a withdrawal where no consent was given (503). Callers: desk, sales, portal, admin.")
  static let operation = "asset.update"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("asset"), help: ArgumentHelp("Which thing.", valueName: "id"))
  var asset: String?
  @Option(name: .customLong("consent-document"), help: ArgumentHelp("One line of at most 1,000 bytes; undoes an earlier withdrawal.", valueName: "text"))
  var consentDocument: String?
  @Option(name: .customLong("withdraw-consent"), help: ArgumentHelp("True: open work goes on, nothing new starts.", valueName: "true|false"))
  var withdrawConsent: Bool?
  @Option(name: .customLong("inventoried"), help: ArgumentHelp("Whether it is on the customer's inventory.", valueName: "true|false"))
  var inventoried: Bool?
  @Option(name: .customLong("retire"), help: ArgumentHelp("True: out of use for good; false changes nothing.", valueName: "true|false"))
  var retire: Bool?
  @Argument(help: ArgumentHelp("The same as --asset.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("asset_id", asset ?? positionalID)
    try request.set("consent_document", consentDocument)
    request.set("withdraw_consent", withdrawConsent)
    request.set("inventoried", inventoried)
    request.set("retire", retire)
  }
}

/// `callout asset list`
struct AssetListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the things of a customer that are supported, in the order of their ids.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "asset.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Which customer.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
