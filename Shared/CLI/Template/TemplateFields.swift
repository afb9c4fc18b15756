import ArgumentParser
import Policy

/// `callout template fields`
struct TemplateFieldsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fields", abstract: "Prints what templates of each kind can name.", discussion: "Needs no service.")

  func run() throws { Surface.current.out(MessageKind.page) }
}
