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
    commandName: "register", abstract: "Registers an asset.",
    discussion: "Callers: desk, sales, portal, admin.")
  static let operation = "asset.register"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Account id.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("name"), help: ArgumentHelp("Name.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("category"), help: ArgumentHelp("Category.", valueName: "text"))
  var category: String?
  @Option(name: .customLong("platform"), help: ArgumentHelp("Platform.", valueName: "text"))
  var platform: String?
  @Flag(name: .customLong("private-device"), help: "Private device.")
  var privateDevice = false
  @Option(name: .customLong("consent-document"), help: ArgumentHelp("Consent document.", valueName: "text"))
  var consentDocument: String?
  @Flag(name: .customLong("inventoried"), help: "Inventoried.")
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
    commandName: "update", abstract: "Changes an asset.",
    discussion: "Callers: desk, sales, portal, admin.")
  static let operation = "asset.update"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("asset"), help: ArgumentHelp("Asset id.", valueName: "id"))
  var asset: String?
  @Option(name: .customLong("consent-document"), help: ArgumentHelp("Consent document.", valueName: "text"))
  var consentDocument: String?
  @Option(name: .customLong("withdraw-consent"), help: ArgumentHelp("True: open work goes on, nothing new starts.", valueName: "true|false"))
  var withdrawConsent: Bool?
  @Option(name: .customLong("inventoried"), help: ArgumentHelp("Inventoried.", valueName: "true|false"))
  var inventoried: Bool?
  @Option(name: .customLong("retire"), help: ArgumentHelp("Retire.", valueName: "true|false"))
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
    commandName: "list", abstract: "Lists assets.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "asset.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Account id.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    request.set("page.size", limit)
    try request.set("page.after", after)
  }
}
