// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout clock`
struct ClockCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clock", abstract: "The tenant's time.",
    subcommands: [ClockGetCommand.self, ClockAdvanceCommand.self, ClockWhyCommand.self])
}

/// `callout clock get`
struct ClockGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads the tenant's time and when something is due next.",
    discussion: "A live tenant's time is the service's own. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "clock.get"

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: ServiceChoice

  func fill(_ request: inout RequestFields) throws {
  }

  var service: ServiceChoice? { choice }
}
