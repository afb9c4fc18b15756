// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout misuse`
struct MisuseCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "misuse", abstract: "Classes that were claimed without need.",
    subcommands: [MisuseReviewCommand.self])
}

/// `callout misuse review`
struct MisuseReviewCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Decides whether a ticket's class was claimed without need.",
    discussion: "If it was, the customer is told in a message, and the ledger bills the work by the rate that the plan has for it; without one there is no charge. Refuses a class for which the plan has no such rule (510), a caller whom the plan does not let decide (203), an empty reason (515), a closed ticket and one that was reviewed (503). Callers: desk, admin.")
  static let operation = "misuse.review"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?
  @Flag(name: .customLong("misused"), help: "True: the class was claimed without need.")
  var misused = false
  @Option(name: .customLong("reason"), help: ArgumentHelp("Why, 1 to 1,000 bytes; the customer reads it when the class was misused.", valueName: "text"))
  var reason: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
    request.set("misused", misused)
    try request.set("reason", reason)
  }
}
