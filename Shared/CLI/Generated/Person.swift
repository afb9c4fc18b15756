// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout person`
struct PersonCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "People who can be told.",
    subcommands: [PersonSetCommand.self, PersonListCommand.self])
}

/// `callout person set`
struct PersonSetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Creates a person, or replaces one whose id is given.",
    discussion: "Callers: admin, desk.")
  static let operation = "person.set"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("person"), help: ArgumentHelp("Empty: a new person.", valueName: "id"))
  var person: String?
  @Option(name: .customLong("name"), help: ArgumentHelp("1 to 200 bytes.", valueName: "text"))
  var name: String?
  @Option(name: .customLong("method"), help: ArgumentHelp("In the order of preference, at most 10; replaces all.", valueName: "kind:address"))
  var method: [String] = []
  @Option(name: .customLong("handle"), help: ArgumentHelp("What plans name the person by, as in person.anna: letters, digits, - and _, at most 64, nobody else's; may be empty.", valueName: "text"))
  var handle: String?
  @Argument(help: ArgumentHelp("The same as --person.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("person_id", person ?? positionalID)
    try request.set("name", name)
    try request.set("methods", method)
    try request.set("handle", handle)
  }
}

/// `callout person list`
struct PersonListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the people who can be told, in the order of their ids.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "person.list"

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
