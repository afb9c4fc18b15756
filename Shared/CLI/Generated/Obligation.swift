// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout obligation`
struct ObligationCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "obligation", abstract: "What customers keep in order.",
    subcommands: [ObligationRecordCommand.self])
}

/// `callout obligation record`
struct ObligationRecordCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Records that a customer does not keep an obligation of the plan, or keeps it again.",
    discussion: "On a ticket, one that the plan pauses for stops the clocks, with the clause as the reason, until it is kept or the ticket resolved: what is promised then falls due later by the open time in between. On an account, it counts for the tickets that are opened from then on. Refuses an obligation that the plan does not have (510), an empty reason (515), what is recorded already, a ticket that is neither open nor dispatched, an account without an agreement (503), and the 101st pause of a ticket (509). Callers: desk, admin.")
  static let operation = "obligation.record"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("Whose; empty: it is recorded on a ticket.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("ticket"), help: ArgumentHelp("On which ticket; empty: it is recorded on an account.", valueName: "id|number"))
  var ticket: String?
  @Option(name: .customLong("obligation"), help: ArgumentHelp("The obligation's id in the plan.", valueName: "text"))
  var obligation: String?
  @Flag(name: .customLong("kept"), help: "True: it is kept again.")
  var kept = false
  @Option(name: .customLong("reason"), help: ArgumentHelp("What happened, 1 to 1,000 bytes; kept as an internal message on a ticket.", valueName: "text"))
  var reason: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("ticket_id", ticket)
    try request.set("obligation", obligation)
    request.set("kept", kept)
    try request.set("reason", reason)
  }
}
