import Foundation
import Testing

/// What is promised by number has a test whose title carries the number.
@Suite("Promises and their tests")
struct CoverageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

  /// The titles of all Swift tests.
  private static func titles() throws -> [String] {
    let files = FileManager.default.enumerator(at: root.appending(path: "Tests"), includingPropertiesForKeys: nil)
    var titles: [String] = []
    for case let file as URL in try #require(files) where file.pathExtension == "swift" {
      let source = try String(contentsOf: file, encoding: .utf8)
      titles += source.matches(of: /@Test\(\s*"((?:[^"\\]|\\.)*)"/).map { String($0.1) }
    }
    return titles
  }

  private static func untested(_ numbers: some Sequence<String>) throws -> [String] {
    let words = Set(try titles().flatMap { $0.split { !$0.isLetter && !$0.isNumber }.map(String.init) })
    return numbers.filter { !words.contains($0) }
  }

  @Test("Every numbered MUST of PROTOCOL.md has a test")
  func protocolNumbers() throws {
    let page = try String(contentsOf: Self.root.appending(path: "Shared/Wire/PROTOCOL.md"), encoding: .utf8)
    let numbers = page.split(separator: "\n").compactMap { $0.firstMatch(of: /^\| (W[0-9]+) \|/).map { String($0.1) } }
    #expect(numbers.count > 50)
    #expect(try Self.untested(numbers).isEmpty)
  }

  @Test("Every rule that the month of Flexi-IT touches has a test")
  func scenarioRules() throws {
    let scenario = Self.root.appending(path: "scenarios/flexi-it-month.yaml")
    let text = try String(contentsOf: scenario, encoding: .utf8)
    let rules = Set(text.matches(of: /\bF[0-9]+[a-c]?\b/).map { String($0.output) })
    #expect(rules.count > 15)
    #expect(try Self.untested(rules).isEmpty)
  }
}
