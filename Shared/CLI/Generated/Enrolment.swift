// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout enrolment`
struct EnrolmentCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrolment", abstract: "Learners in courses.",
    subcommands: [EnrolmentListCommand.self])
}

/// `callout enrolment list`
struct EnrolmentListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Tells how far the learners of a course have come, in the order of their enrolment, or how far one of them has.",
    discussion: "Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "enrolment.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("course"), help: ArgumentHelp("Which course.", valueName: "id"))
  var course: String?
  @Option(name: .customLong("contact"), help: ArgumentHelp("Only this learner, a contact.", valueName: "id"))
  var contact: String?
  @Option(name: .customLong("learner"), help: ArgumentHelp("Only this learner, a named user of a portal.", valueName: "text"))
  var learner: String?
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("course_id", course)
    try request.set("contact_id", contact)
    try request.set("learner", learner)
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}
