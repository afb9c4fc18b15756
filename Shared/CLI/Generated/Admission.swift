// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout admission`
struct AdmissionCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admission", abstract: "What a plan takes, and why.",
    subcommands: [AdmissionAskCommand.self, AdmissionGetCommand.self])
}

/// `callout admission ask`
struct AdmissionAskCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "Asks whether a plan takes something that is no ticket: a sign-up, a change of an agreement, or its renewal, by a version and by the plan's newest.",
    discussion: "A refusal names every clause that failed (504) and is kept as an attempt. Nothing else is changed: sales does what was asked for. Callers: portal, desk, sales, admin.")
  static let operation = "admission.ask"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("subject"), help: ArgumentHelp("Sign-up, change or renewal.", valueName: "text"))
  var subject: String?
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer; may be empty for a sign-up.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("plan-version"), help: ArgumentHelp("32 bytes, the plan that is asked for; empty: the one that the account has agreed to.", valueName: "hex"))
  var planVersion: String?
  @Option(name: .customLong("contact"), help: ArgumentHelp("Who asks, if it is one of the account's contacts.", valueName: "id"))
  var contact: String?
  @Option(name: .customLong("caller"), help: ArgumentHelp("Who asks otherwise, at most 200 bytes.", valueName: "text"))
  var caller: String?
  @Option(name: .customLong("channel"), help: ArgumentHelp("How it came in, one word of at most 64 bytes; may be empty.", valueName: "text"))
  var channel: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("What is wanted, one line of 1 to 200 bytes.", valueName: "text"))
  var text: String?
  @Option(name: .customLong("fact"), help: ArgumentHelp("Facts that the plan's conditions may name, at most 32, as in ticket.open.", valueName: "name=value"))
  var fact: [String] = []

  func fill(_ request: inout RequestFields) throws {
    try request.set("subject", subject)
    try request.set("account_id", account)
    try request.set("plan_version", planVersion)
    try request.set("contact_id", contact)
    try request.set("caller", caller)
    try request.set("channel", channel)
    try request.set("text", text)
    try request.set("facts", fact)
  }
}

/// `callout admission get`
struct AdmissionGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads the decision by which a ticket was admitted, made again from the plan's version and the facts of that time.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "admission.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("ticket"), help: ArgumentHelp("Which ticket.", valueName: "id|number"))
  var ticket: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("ticket_id", ticket)
  }
}
