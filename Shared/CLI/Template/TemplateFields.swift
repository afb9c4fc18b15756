import ArgumentParser
import Policy

/// `callout template fields`
struct TemplateFieldsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fields", abstract: "Prints what templates of each kind can name.", discussion: "Needs no service.")

  @Option(help: "Taken as by every command, and not needed: what templates can name is the same everywhere.")
  var context: String?

  func run() throws { Surface.current.out(MessageKind.page) }
}
