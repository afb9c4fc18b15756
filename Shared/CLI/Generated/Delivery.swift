// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout delivery`
struct DeliveryCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delivery", abstract: "Messages that were sent.",
    subcommands: [DeliveryListCommand.self, DeliveryReportCommand.self, DeliveryAnswerCommand.self])
}

/// `callout delivery list`
struct DeliveryListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists messages that were sent or wait, newest first.",
    discussion: "Refuses a state of another name (121). Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "delivery.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("escalation"), help: ArgumentHelp("Empty: every delivery.", valueName: "id"))
  var escalation: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?
  @Option(name: .customLong("state"), help: ArgumentHelp("Waiting, held, sent, failed, merged or withdrawn; empty: every state.", valueName: "text"))
  var state: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("escalation_id", escalation)
    request.set("page.size", limit)
    try request.set("page.after", after)
    try request.set("state", state)
    request.name("page.size", "limit")
  }
}

/// `callout delivery report`
struct DeliveryReportCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Tells what came of an attempt to deliver.",
    discussion: "A report of an attempt that is recorded changes nothing. Refuses a number that leaves attempts out (121). Callers: service.")
  static let operation = "delivery.report"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("delivery"), help: ArgumentHelp("The message that was tried.", valueName: "id"))
  var delivery: String?
  @Option(name: .customLong("number"), help: ArgumentHelp("Of the attempt, from 1.", valueName: "number"))
  var number: UInt32?
  @Flag(name: .customLong("succeeded"), help: "True: the destination took it.")
  var succeeded = false
  @Option(name: .customLong("outcome"), help: ArgumentHelp("What the destination said.", valueName: "text"))
  var outcome: String?
  @Flag(name: .customLong("permanent"), help: "True: it never will, and there is no further attempt.")
  var permanent = false
  @Option(name: .customLong("after-ms"), help: ArgumentHelp("How long the destination asks to wait; at most an hour counts; 0: it did not say.", valueName: "number"))
  var afterMs: UInt32?
  @Argument(help: ArgumentHelp("The same as --delivery.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("delivery_id", delivery ?? positionalID)
    request.set("number", number)
    request.set("succeeded", succeeded)
    try request.set("outcome", outcome)
    request.set("permanent", permanent)
    request.set("after_ms", afterMs)
  }
}

/// `callout delivery answer`
struct DeliveryAnswerCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer", abstract: "Tells what became of a message that was sent, as who rings phones knows it: a step's `when` asks for it.",
    discussion: "A person who answers takes the escalation, and its ladder stops. Where the messages of a step differ, a voicemail counts before no answer, and refused counts only when all of them were. An answer to a message that carries others is one to each of them. What is not told is no answer. Telling the same again changes nothing; another answer is refused, as is one to a message that was not sent (503). Callers: desk, admin.")
  static let operation = "delivery.answer"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("delivery"), help: ArgumentHelp("Which message.", valueName: "id"))
  var delivery: String?
  @Option(name: .customLong("answer"), help: ArgumentHelp("None, person, voicemail or refused.", valueName: "text"))
  var answer: String?
  @Argument(help: ArgumentHelp("The same as --delivery.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("delivery_id", delivery ?? positionalID)
    try request.set("answer", answer)
  }
}
