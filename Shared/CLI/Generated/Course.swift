// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout course`
struct CourseCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "course", abstract: "Courses that users of the product take.",
    subcommands: [CourseCreateCommand.self, CoursePublishCommand.self, CourseRetireCommand.self, CourseGetCommand.self, CourseListCommand.self, CourseEnrolCommand.self])
}

/// `callout course create`
struct CourseCreateCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Makes a course: a draft, without lessons.",
    discussion: "Callers: desk, admin.")
  static let operation = "course.create"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("title"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var title: String?
  @Option(name: .customLong("summary"), help: ArgumentHelp("What is learned, at most 1,000 bytes.", valueName: "text"))
  var summary: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("title", title)
    try request.set("summary", summary)
  }
}

/// `callout course publish`
struct CoursePublishCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Opens a course to learners, a retired one again.",
    discussion: "Doing so again changes nothing. Refuses a course without lessons (503). Callers: desk, admin.")
  static let operation = "course.publish"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("course"), help: ArgumentHelp("Which course.", valueName: "id"))
  var course: String?
  @Argument(help: ArgumentHelp("The same as --course.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("course_id", course ?? positionalID)
  }
}

/// `callout course retire`
struct CourseRetireCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Withdraws a course: nobody enrols any more, and portals do not find it.",
    discussion: "What was learned stays. Doing so again changes nothing. Callers: desk, admin.")
  static let operation = "course.retire"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("course"), help: ArgumentHelp("Which course.", valueName: "id"))
  var course: String?
  @Argument(help: ArgumentHelp("The same as --course.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("course_id", course ?? positionalID)
  }
}

/// `callout course get`
struct CourseGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads a course with its lessons.",
    discussion: "A portal is shown a published one only. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "course.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("course"), help: ArgumentHelp("Which course.", valueName: "id"))
  var course: String?
  @Argument(help: ArgumentHelp("The same as --course.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("course_id", course ?? positionalID)
  }
}

/// `callout course list`
struct CourseListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists courses, newest first.",
    discussion: "A portal is shown published ones only. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "course.list"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("limit"), help: ArgumentHelp("Rows wanted, 1 to 500; 0 means 50.", valueName: "number"))
  var limit: UInt32?
  @Option(name: .customLong("after"), help: ArgumentHelp("`next` of the page before, at most 64 bytes; empty for the first page.", valueName: "hex"))
  var after: String?

  func fill(_ request: inout RequestFields) throws {
    request.set("page.size", limit)
    try request.set("page.after", after)
    request.name("page.size", "limit")
  }
}

/// `callout course enrol`
struct CourseEnrolCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol", abstract: "Enrols a learner, who is a contact or a named user of a portal.",
    discussion: "Doing so again changes nothing. Refuses a course that is not published (503), and a request that names both or neither (121). Callers: portal, desk, admin.")
  static let operation = "course.enrol"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("course"), help: ArgumentHelp("A published course.", valueName: "id"))
  var course: String?
  @Option(name: .customLong("contact"), help: ArgumentHelp("The learner, where it is a contact; it may be one whose appointment has ended.", valueName: "id"))
  var contact: String?
  @Option(name: .customLong("learner"), help: ArgumentHelp("The learner's name, one line of 1 to 200 bytes, where it is a user of a portal.", valueName: "text"))
  var learner: String?
  @Argument(help: ArgumentHelp("The same as --course.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("course_id", course ?? positionalID)
    try request.set("contact_id", contact)
    try request.set("learner", learner)
  }
}
