// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout tenant`
struct TenantCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tenant", abstract: "Providers on the installation.",
    subcommands: [TenantCreateCommand.self, TenantGetCommand.self, TenantListCommand.self, TenantUpdateCommand.self])
}

/// `callout tenant get`
struct TenantGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads the tenant that the envelope names, as this service knows it.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "tenant.get"

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: ServiceChoice

  func fill(_ request: inout RequestFields) throws {
  }

  var service: ServiceChoice? { choice }
}

/// `callout tenant list`
struct TenantListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists tenants in the order of their ids.",
    discussion: "The envelope names no tenant. Callers: operator.")
  static let operation = "tenant.list"

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: ServiceChoice
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }

  var service: ServiceChoice? { choice }
}
