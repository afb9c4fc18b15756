// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout work`
struct WorkCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Work done on tickets.",
    subcommands: [WorkRecordCommand.self])
}

/// `callout work record`
struct WorkRecordCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Records work.",
    discussion: "The first record also marks work as begun. Work of a past time is rated by the ticket's version of the plan and posted now; a closed statement stays as it is, and the next one tells of it. Refuses a closed ticket, unless the plan takes late work and this was done before the ticket's end (503), work that the plan takes no more (504), and the 1,001st record (509). Callers: desk, admin.")
  static let operation = "work.record"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id"))
  var ticket: String?
  @Option(name: .customLong("mode"), help: ArgumentHelp("Helpdesk, telephone, remote or onsite.", valueName: "text"))
  var mode: String?
  @Option(name: .customLong("engineer"), help: ArgumentHelp("Who worked, 1 to 200 bytes.", valueName: "text"))
  var engineer: String?
  @Option(name: .customLong("from"), help: ArgumentHelp("Start.", valueName: "time"))
  var from: String?
  @Option(name: .customLong("to"), help: ArgumentHelp("End, after the start.", valueName: "time"))
  var to: String?
  @Option(name: .customLong("note"), help: ArgumentHelp("What was done, at most 1,000 bytes.", valueName: "text"))
  var note: String?
  @Option(name: .customLong("fact"), help: ArgumentHelp("Facts that the plan's conditions on work may name, at most 32: `help` and `access` for what kind of help it was.", valueName: "name=value"))
  var fact: [String] = []

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("mode", mode)
    try request.set("engineer", engineer)
    try request.set("time.from", from)
    try request.set("time.to", to)
    try request.set("note", note)
    try request.set("facts", fact)
  }
}
