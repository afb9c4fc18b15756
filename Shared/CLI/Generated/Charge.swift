// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout charge`
struct ChargeCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "charge", abstract: "Charges for work.",
    subcommands: [ChargePostCommand.self, ChargeReverseCommand.self, ChargePostManyCommand.self])
}

/// `callout charge post`
struct ChargePostCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "post", abstract: "Rates a task by the agreement's plan and charges it at once.",
    discussion: "For work that has no ticket. What was done before units lapsed is paid by them: their expiry is reversed, and the rest lapses again. Refuses what is not available (507), a charge before the first assessment (513), a part without an agreed price (514), and an agreement that has ended (503). Callers: desk, portal, admin.")
  static let operation = "charge.post"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("agreement"), help: ArgumentHelp("An active agreement.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("task"), help: ArgumentHelp("The work that was done.", valueName: "json|@file"))
  var task: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("What is charged, 1 to 1,000 bytes.", valueName: "text"))
  var text: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("agreement_id", agreement)
    try request.set("task", task)
    try request.set("text", text)
  }
}

/// `callout charge reverse`
struct ChargeReverseCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "reverse", abstract: "Reverses a transfer: the units return to the lots that paid.",
    discussion: "Not a refund of money. Refuses an empty reason (515), a transfer that is reversed already, and one that is neither a charge nor a debit by hand (503). Callers: desk, admin.")
  static let operation = "charge.reverse"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("transfer"), help: ArgumentHelp("A charge or a debit by hand, not reversed before.", valueName: "id"))
  var transfer: String?
  @Option(name: .customLong("reason"), help: ArgumentHelp("1 to 1,000 bytes.", valueName: "text"))
  var reason: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("transfer_id", transfer)
    try request.set("reason", reason)
  }
}

/// `callout charge post-many`
struct ChargePostManyCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "post-many", abstract: "Posts up to 1,000 charges in one request.",
    discussion: "Each is decided on its own, in their order, as charge.post would: one that is refused leaves the others as they are. All have the request's key, so that repeating it gets the same outcomes. Callers: desk, portal, admin.")
  static let operation = "charge.post-many"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("charge"), help: ArgumentHelp("1 to 1,000.", valueName: "json|@file"))
  var charge: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("charges", charge)
  }
}
