// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout statement`
struct StatementCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statement", abstract: "Statements of a month, a quarter or a year.",
    subcommands: [StatementGetCommand.self, StatementListCommand.self])
}

/// `callout statement get`
struct StatementGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads the statement of the period that holds an instant: as closed, or a preview while the period runs.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "statement.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("Which agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("month"), help: ArgumentHelp("Any instant of the month; 0: the month that runs.", valueName: "time"))
  var month: String?
  @Option(name: .customLong("form"), help: ArgumentHelp("Text, html (a page that prints well) or csv (RFC 4180); empty: lines and text as fields.", valueName: "text"))
  var form: String?
  @Option(name: .customLong("language"), help: ArgumentHelp("Of html: BCP 47; empty: the customer's, or the tenant's. A page is in English or German, whichever is nearer. Text is in English, and the columns and words of csv are the same in every language.", valueName: "text"))
  var language: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    try request.set("month", month)
    try request.set("form", form)
    try request.set("language", language)
  }
}

/// `callout statement list`
struct StatementListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists closed statements, newest first, without lines and text.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "statement.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("Which agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
