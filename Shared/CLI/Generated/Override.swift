// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout override`
struct OverrideCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "override", abstract: "Exceptions from a rota.",
    subcommands: [OverrideAddCommand.self, OverrideRemoveCommand.self, OverrideListCommand.self])
}

/// `callout override add`
struct OverrideAddCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Gives a rota's duty to someone for a while, whoever's turn it is; where two overlap, the one added last holds.",
    discussion: "Refuses a rota or a person not known (501) and the 1,001st of a rota (509). Callers: admin, desk.")
  static let operation = "override.add"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("rota"), help: ArgumentHelp("The rota's name.", valueName: "text"))
  var rota: String?
  @Option(name: .customLong("person"), help: ArgumentHelp("Who takes the duty.", valueName: "id"))
  var person: String?
  @Option(name: .customLong("from"), help: ArgumentHelp("Start.", valueName: "time"))
  var from: String?
  @Option(name: .customLong("to"), help: ArgumentHelp("End, after the start.", valueName: "time"))
  var to: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("Why, at most 1,000 bytes; may be empty.", valueName: "text"))
  var reason: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("rota", rota)
    try request.set("person_id", person)
    try request.set("time.from", from)
    try request.set("time.to", to)
    try request.set("reason", reason)
  }
}

/// `callout override remove`
struct OverrideRemoveCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Removes an override: the turns of the rota hold again.",
    discussion: "One that has begun ends now. Refuses one that is not there (501), and one that is over for less than 366 days (503): it tells who was on duty. Callers: admin, desk.")
  static let operation = "override.remove"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("override"), help: ArgumentHelp("Which override.", valueName: "id"))
  var override: String?
  @Argument(help: ArgumentHelp("The same as --override.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("override_id", override ?? positionalID)
  }
}

/// `callout override list`
struct OverrideListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists overrides, those that are over included.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "override.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("rota"), help: ArgumentHelp("The rota's name; empty: every rota.", valueName: "text"))
  var rota: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("rota", rota)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
