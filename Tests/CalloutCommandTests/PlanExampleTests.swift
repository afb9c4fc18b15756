import Foundation
import Testing

@testable import CalloutCommand

/// The commands of Shared/Plans/EXAMPLES.md and of the README's offers, as they stand there, with what they print.
@Suite("The worked examples of the offers")
struct PlanExampleTests {
  /// A command of the page.
  struct Example: Sendable, CustomStringConvertible {
    /// As a person types it.
    let command: String
    /// What it prints, both streams together.
    var printed = ""
    var description: String { command }
  }

  static let root = URL(fileURLWithPath: shippedPlan).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let examples = Result {
    let pages = try ["Shared/Plans/EXAMPLES.md", "README.md"].map {
      try String(contentsOf: root.appending(path: $0), encoding: .utf8)
    }
    var examples: [Example] = []
    var isInBlock = false
    for line in pages.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isInBlock = line == "```console"
      } else if isInBlock, line.hasPrefix("$ ") {
        examples.append(Example(command: String(line.dropFirst(2))))
      } else if isInBlock, !examples.isEmpty {
        examples[examples.count - 1].printed += line + "\n"
      }
    }
    return examples
  }

  @Test("Each command that needs no service prints what the page says", arguments: try examples.get())
  func prints(example: Example) async throws {
    let words = Self.words(example.command)
    guard !words.contains("play") else { return try await plays(example, words) }
    let (arguments, input) = words.first == "echo" ? (words.dropFirst(4), words[1]) : (words.dropFirst(1), "")
    let outcome = await callout(
      arguments.map { $0.hasPrefix("Shared/") ? Self.root.appending(path: $0).path : $0 }, input: input)
    #expect(outcome.out + outcome.err == example.printed)
  }

  /// The services play the scenarios in a test of their own; here the page must name one, and its steps.
  private func plays(_ example: Example, _ words: [String]) async throws {
    let path = Self.root.appending(path: try #require(words.last)).path
    let scenario = try Scenario(yaml: try String(contentsOfFile: path, encoding: .utf8), path: path)
    #expect(example.printed == "…\nall \(scenario.steps.count) steps hold\n")
  }

  @Test("Every shipped plan but the template has examples")
  func complete() throws {
    let commands = try Self.examples.get().map(\.command)
    let folder = Self.root.appending(path: "Shared/Plans")
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where file.hasSuffix(".yaml") && file != "template.yaml" {
      // Two at least on their page, and one in the README.
      #expect(commands.count { $0.contains("Shared/Plans/\(file)") } >= 3, "\(file)")
    }
  }

  /// The words of a command; quotation marks, single or double, keep blanks in one.
  private static func words(_ command: String) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in command {
      switch (character, quote) {
      case (_, let open?) where character == open: quote = nil
      case (_, _?): word?.append(character)
      case ("'", nil), ("\"", nil):
        quote = character
        word = word ?? ""
      case (" ", nil):
        if let whole = word { words.append(whole) }
        word = nil
      case (_, nil): word = (word ?? "") + String(character)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }
}
