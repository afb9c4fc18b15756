// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout escalation`
struct EscalationCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "escalation", abstract: "Runs of ladders.",
    subcommands: [EscalationListCommand.self, EscalationAcknowledgeCommand.self, EscalationCallCommand.self, EscalationGetCommand.self, EscalationPreviewCommand.self, EscalationShowCommand.self])
}

/// `callout escalation list`
struct EscalationListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists runs of ladders, newest first.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "escalation.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Empty: every ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("state"), help: ArgumentHelp("Empty: every state.", valueName: "text"))
  var state: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("state", state)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout escalation acknowledge`
struct EscalationAcknowledgeCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Someone takes it: the ladder stops.",
    discussion: "Where the plan wants the customer reached in time (contact_within), it goes on if nobody does. Intake is told. Refuses a run whose ladder has stopped (503). Callers: desk, admin.")
  static let operation = "escalation.acknowledge"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("escalation"), help: ArgumentHelp("A run, also one that is exhausted.", valueName: "id"))
  var escalation: String?
  @Option(name: .customLong("by"), help: ArgumentHelp("Who takes it, 1 to 200 bytes.", valueName: "text"))
  var by: String?
  @Argument(help: ArgumentHelp("The same as --escalation.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("escalation_id", escalation ?? positionalID)
    try request.set("by", by)
  }
}

/// `callout escalation call`
struct EscalationCallCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "call", abstract: "Takes a customer's own call about a ticket, as the telephone system heard it.",
    discussion: "The keys bring forward the first later step whose `or_when` names them: what lies between is recorded as passed over, the step is taken at once, and those after it keep their distance. A second call with the same keys changes nothing. A voicemail counts as the answer of the step that is then the latest; a person who answers takes the ticket's escalations, and nobody else is rung. Refuses a ticket that is not known here (501). Callers: desk, admin.")
  static let operation = "escalation.call"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("The ticket that the call is about.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("dialled"), help: ArgumentHelp("Keys or number as the plan names them, such as \"3,9\", at most 40 bytes; may be empty.", valueName: "text"))
  var dialled: String?
  @Option(name: .customLong("answer"), help: ArgumentHelp("None, person, voicemail or refused; empty: it still rings, or nobody knows.", valueName: "text"))
  var answer: String?
  @Option(name: .customLong("by"), help: ArgumentHelp("Who answered, at most 200 bytes; empty: \"someone\".", valueName: "text"))
  var by: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("dialled", dialled)
    try request.set("answer", answer)
    try request.set("by", by)
  }
}

/// `callout escalation get`
struct EscalationGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads a run with its steps, what else happened, and its messages with every attempt.",
    discussion: "Refuses one that is not there (501). Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "escalation.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("escalation"), help: ArgumentHelp("Which run.", valueName: "id"))
  var escalation: String?
  @Argument(help: ArgumentHelp("The same as --escalation.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("escalation_id", escalation ?? positionalID)
  }
}
