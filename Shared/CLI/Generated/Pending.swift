// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout pending`
struct PendingCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pending", abstract: "What has not happened yet although its time has come.",
    subcommands: [PendingGetCommand.self])
}

/// `callout pending get`
struct PendingGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "What has not happened yet although its time has come: zero in all three services means that the tenant is settled.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "pending.get"

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: ServiceChoice

  func fill(_ request: inout RequestFields) throws {
  }

  var service: ServiceChoice? { choice }
}
