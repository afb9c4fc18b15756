// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout work`
struct WorkCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Work done on tickets.",
    subcommands: [WorkRecordCommand.self, WorkBeginCommand.self, WorkEndCommand.self])
}

/// `callout work record`
struct WorkRecordCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Records work.",
    discussion: "The first record also marks work as begun. Work of a past time is rated by the ticket's version of the plan and posted now; a closed statement stays as it is, and the next one tells of it. Work that was done before the ticket was reopened counts for that time. Refuses a closed ticket and a time before a reopening, unless the plan takes late work and this was done before that end (503), work that the plan takes no more (504), and the 1,001st record (509). Callers: desk, admin.")
  static let operation = "work.record"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
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

/// `callout work begin`
struct WorkBeginCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "begin", abstract: "Somebody begins to work, now.",
    discussion: "Work is marked as begun; from here to work.end the gates of the plan run as timers, as they do while somebody is on site. Refuses what the plan does not take as work (504), a ticket that is neither open nor dispatched, an engineer who is at work on it (503), and the 11th at once (509). Callers: desk, admin.")
  static let operation = "work.begin"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("mode"), help: ArgumentHelp("Helpdesk, telephone, remote or onsite.", valueName: "text"))
  var mode: String?
  @Option(name: .customLong("engineer"), help: ArgumentHelp("Who works, 1 to 200 bytes.", valueName: "text"))
  var engineer: String?
  @Option(name: .customLong("fact"), help: ArgumentHelp("Facts that the plan's conditions on work may name, at most 32, as in work.record.", valueName: "name=value"))
  var fact: [String] = []

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("mode", mode)
    try request.set("engineer", engineer)
    try request.set("facts", fact)
  }
}

/// `callout work end`
struct WorkEndCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Somebody ends work that was begun: it is recorded.",
    discussion: "Refuses work that is not under way (501) and an end that is not after the beginning, in the future, or more than 24 hours after it began (121). Callers: desk, admin.")
  static let operation = "work.end"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("On which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("work"), help: ArgumentHelp("Which work, as work.begin named it.", valueName: "id"))
  var work: String?
  @Option(name: .customLong("at"), help: ArgumentHelp("When it ended; 0: now.", valueName: "time"))
  var at: String?
  @Option(name: .customLong("note"), help: ArgumentHelp("What was done, at most 1,000 bytes.", valueName: "text"))
  var note: String?
  @Argument(help: ArgumentHelp("The same as --work.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("work_id", work ?? positionalID)
    try request.set("at", at)
    try request.set("note", note)
  }
}
