// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout lesson`
struct LessonCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lesson", abstract: "Lessons of courses.",
    subcommands: [LessonAddCommand.self, LessonUpdateCommand.self, LessonRemoveCommand.self, LessonGetCommand.self, LessonCompleteCommand.self])
}

/// `callout lesson add`
struct LessonAddCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Adds a lesson to a course.",
    discussion: "Refuses the 101st (509). Callers: desk, admin.")
  static let operation = "lesson.add"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("course"), help: ArgumentHelp("Which course.", valueName: "id"))
  var course: String?
  @Option(name: .customLong("title"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var title: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("1 byte to 64 KiB.", valueName: "text"))
  var text: String?
  @Option(name: .customLong("place"), help: ArgumentHelp("Where it stands, from 1; those behind move on; 0 or beyond the end: last.", valueName: "number"))
  var place: UInt32?

  func fill(_ request: inout RequestFields) throws {
    try request.set("course_id", course)
    try request.set("title", title)
    try request.set("text", text)
    request.set("place", place)
  }
}

/// `callout lesson update`
struct LessonUpdateCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes a lesson or moves it.",
    discussion: "Absent fields stay. Refuses a lesson that was removed (503). Callers: desk, admin.")
  static let operation = "lesson.update"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("lesson"), help: ArgumentHelp("Which lesson.", valueName: "id"))
  var lesson: String?
  @Option(name: .customLong("title"), help: ArgumentHelp("1 to 200 bytes, one line.", valueName: "text"))
  var title: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("1 byte to 64 KiB.", valueName: "text"))
  var text: String?
  @Option(name: .customLong("place"), help: ArgumentHelp("Where it stands from now on, from 1; 0 or beyond the end: last.", valueName: "number"))
  var place: UInt32?
  @Argument(help: ArgumentHelp("The same as --lesson.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("lesson_id", lesson ?? positionalID)
    try request.set("title", title)
    try request.set("text", text)
    request.set("place", place)
  }
}

/// `callout lesson remove`
struct LessonRemoveCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Takes a lesson out of its course.",
    discussion: "It counts no more for anybody's progress. Doing so again changes nothing. Refuses the last lesson of a published course (503). Callers: desk, admin.")
  static let operation = "lesson.remove"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("lesson"), help: ArgumentHelp("Which lesson.", valueName: "id"))
  var lesson: String?
  @Argument(help: ArgumentHelp("The same as --lesson.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("lesson_id", lesson ?? positionalID)
  }
}

/// `callout lesson get`
struct LessonGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads a lesson.",
    discussion: "A portal reads those of published courses only. Callers: portal, desk, sales, auditor, admin, operator.")
  static let operation = "lesson.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("lesson"), help: ArgumentHelp("Which lesson.", valueName: "id"))
  var lesson: String?
  @Argument(help: ArgumentHelp("The same as --lesson.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("lesson_id", lesson ?? positionalID)
  }
}

/// `callout lesson complete`
struct LessonCompleteCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Records that a learner has done a lesson, and enrols the learner where that was not done.",
    discussion: "Doing so again changes nothing. Refuses a lesson of a course that is not published or that was removed (503), and a request that names both a contact and a name or neither (121). Callers: portal, desk, admin.")
  static let operation = "lesson.complete"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("lesson"), help: ArgumentHelp("Which lesson.", valueName: "id"))
  var lesson: String?
  @Option(name: .customLong("contact"), help: ArgumentHelp("The learner, where it is a contact.", valueName: "id"))
  var contact: String?
  @Option(name: .customLong("learner"), help: ArgumentHelp("The learner's name, one line of 1 to 200 bytes, where it is a user of a portal.", valueName: "text"))
  var learner: String?
  @Argument(help: ArgumentHelp("The same as --lesson.", valueName: "id"))
  var positionalID: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("lesson_id", lesson ?? positionalID)
    try request.set("contact_id", contact)
    try request.set("learner", learner)
  }
}
