// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout assessment`
struct AssessmentCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assessment", abstract: "The first assessment of a customer's site.",
    subcommands: [AssessmentRecordCommand.self])
}

/// `callout assessment record`
struct AssessmentRecordCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Adds items of the first assessment that are done, or overrides what is missing.",
    discussion: "Refuses an item that the plan's assessment does not have (510). Callers: desk, admin.")
  static let operation = "assessment.record"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer whose site was assessed.", valueName: "id"))
  var account: String?
  @Option(name: .customLong("item"), help: ArgumentHelp("Items as the plan names them, at most 50.", valueName: "text"))
  var item: [String] = []
  @Option(name: .customLong("override-reason"), help: ArgumentHelp("Given: charges may come before the assessment is complete.", valueName: "text"))
  var overrideReason: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("account_id", account)
    try request.set("items", item)
    try request.set("override_reason", overrideReason)
  }
}
