// Made by scripts/generate from the schema. Do not edit.
//
// swift-format-ignore-file

import ArgumentParser

/// `callout template`
struct TemplateCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "A tenant's own words for business messages.",
    subcommands: [TemplateSetCommand.self, TemplatePublishCommand.self, TemplatePreviewCommand.self, TemplateGetCommand.self, TemplateListCommand.self, TemplateFieldsCommand.self])
}

/// `callout template set`
struct TemplateSetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Keeps a draft of a tenant's own words for a kind of message in a language, in place of the draft before.",
    discussion: "Nothing is written with it until it is published. Refuses what does not parse, names a field that the kind does not have, or is HTML that could do harm (121, with the line and what exists), and the 33rd language of a kind (509). Callers: admin.")
  static let operation = "template.set"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("kind"), help: ArgumentHelp("Statement, low-balance, expiry, invoice, estimate, consent, end-of-life, survey, update or coverage.", valueName: "text"))
  var kind: String?
  @Option(name: .customLong("language"), help: ArgumentHelp("BCP 47, such as \"de-AT\", at most 35 bytes.", valueName: "text"))
  var language: String?
  @Option(name: .customLong("subject"), help: ArgumentHelp("One line with fields, 1 to 500 bytes.", valueName: "text"))
  var subject: String?
  @Option(name: .customLong("text"), help: ArgumentHelp("Plain text with fields, 1 to 16,384 bytes.", valueName: "text"))
  var text: String?
  @Option(name: .customLong("html"), help: ArgumentHelp("The same as a part of an HTML page, at most 65,536 bytes; empty: messages have text alone.", valueName: "text"))
  var html: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("kind", kind)
    try request.set("language", language)
    try request.set("subject", subject)
    try request.set("text", text)
    try request.set("html", html)
  }
}

/// `callout template publish`
struct TemplatePublishCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Makes the draft, or an earlier edition again, the words of every message from now on, as a new edition.",
    discussion: "Editions are kept for ever. Refuses a template that is not there (501), an edition that is not there (501), and the 10,001st edition (509). Callers: admin.")
  static let operation = "template.publish"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("kind"), help: ArgumentHelp("Of the template.", valueName: "text"))
  var kind: String?
  @Option(name: .customLong("language"), help: ArgumentHelp("Of the template.", valueName: "text"))
  var language: String?
  @Option(name: .customLong("edition"), help: ArgumentHelp("An earlier edition to publish again; 0: the draft.", valueName: "number"))
  var edition: UInt32?

  func fill(_ request: inout RequestFields) throws {
    try request.set("kind", kind)
    try request.set("language", language)
    request.set("edition", edition)
  }
}

/// `callout template preview`
struct TemplatePreviewCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Shows what a template makes of sample facts, or of those of a real notice of its kind.",
    discussion: "Nothing is sent. Callers: admin, desk.")
  static let operation = "template.preview"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("kind"), help: ArgumentHelp("Of the template.", valueName: "text"))
  var kind: String?
  @Option(name: .customLong("language"), help: ArgumentHelp("Of the template, or of the built-in words where it has none; empty: the built-in English ones.", valueName: "text"))
  var language: String?
  @Option(name: .customLong("edition"), help: ArgumentHelp("Which edition; 0: the draft.", valueName: "number"))
  var edition: UInt32?
  @Option(name: .customLong("notice"), help: ArgumentHelp("A notice of the kind; empty: sample facts.", valueName: "id"))
  var notice: String?

  func fill(_ request: inout RequestFields) throws {
    try request.set("kind", kind)
    try request.set("language", language)
    request.set("edition", edition)
    try request.set("notice_id", notice)
  }
}

/// `callout template get`
struct TemplateGetCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Reads a template with its words.",
    discussion: "Callers: admin, desk.")
  static let operation = "template.get"

  @OptionGroup var common: CommonOptions
  @Option(name: .customLong("kind"), help: ArgumentHelp("Of the template.", valueName: "text"))
  var kind: String?
  @Option(name: .customLong("language"), help: ArgumentHelp("Of the template, or of the built-in words where it has none; empty: the built-in English ones.", valueName: "text"))
  var language: String?
  @Option(name: .customLong("edition"), help: ArgumentHelp("Which edition; 0: the draft.", valueName: "number"))
  var edition: UInt32?

  func fill(_ request: inout RequestFields) throws {
    try request.set("kind", kind)
    try request.set("language", language)
    request.set("edition", edition)
  }
}

/// `callout template list`
struct TemplateListCommand: OperationCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists a tenant's templates in the order in which they were made, without their words.",
    discussion: "Callers: admin, desk.")
  static let operation = "template.list"

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
