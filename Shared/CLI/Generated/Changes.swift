// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout changes`
struct ChangesCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "changes", abstract: "What changes, as it happens.",
    subcommands: [WatchCommand.self])
}
