// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout consent`
struct ConsentCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent", abstract: "Answers to the gates inside work.",
    subcommands: [ConsentRecordCommand.self])
}

/// `callout consent record`
struct ConsentRecordCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Records a contact's answer to a gate inside work (an assessment, another block).",
    discussion: "Work counts from the answer on: what was done past the gate before it stays uncharged. Refuses a ticket that is neither open nor dispatched, a contact whose appointment has ended (503), an answer before the ticket's stretch began or in the future (121), and the 101st (509). Callers: desk, portal, admin.")
  static let operation = "consent.record"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("gate"), help: ArgumentHelp("Assessment or block.", valueName: "text"))
  var gate: String?
  @Option(name: .customLong("block"), help: ArgumentHelp("Which block beyond the first it allows, from 1; 0 for an assessment.", valueName: "number"))
  var block: UInt32?
  @Option(name: .customLong("contact"), help: ArgumentHelp("Who decided.", valueName: "id"))
  var contact: String?
  @Flag(name: .customLong("granted"), help: "True: go on; false: declined.")
  var granted = false
  @Option(name: .customLong("note"), help: ArgumentHelp("The answer in words, at most 1,000 bytes.", valueName: "text"))
  var note: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    try request.set("decision.gate", gate)
    request.set("decision.block", block)
    try request.set("decision.contact_id", contact)
    request.set("decision.granted", granted)
    try request.set("decision.note", note)
  }
}
