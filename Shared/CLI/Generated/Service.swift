// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout service`
struct ServiceCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "service", abstract: "The services themselves.",
    subcommands: [ServiceStatusCommand.self])
}

/// `callout service status`
struct ServiceStatusCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says how one service is: what runs, since when, and whether it takes requests.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "service.status"

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: ServiceChoice

  func fill(_ request: inout RequestFields) throws {
  }

  var service: ServiceChoice? { choice }
}
