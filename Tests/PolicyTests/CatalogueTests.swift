import Foundation
import Testing

/// The catalogue of the rules that the offers demand.
enum Catalogue {
  /// Every rule: prepaid credits, classes, tiers, retained time.
  static let rules: [String] =
    (1...30).flatMap { $0 == 17 ? ["F17a", "F17b", "F17c"] : ["F\($0)"] } + (1...11).map { "E\($0)" }
    + (1...18).map { "P\($0)" } + (1...8).map { "R\($0)" }

  /// Rules that are shown purely, and those that are shown over the wire. (The tests' sources are read once.)
  static let pure = Result {
    try titled(in: ["PolicyTests", "IntakeRulesTests", "LedgerRulesTests", "NotifierRulesTests"])
  }
  static let wire = Result { try titled(in: ["IntegrationTests", "EndToEndTests"]) }

  /// Rules that are played in a scenario, to the second where they have an edge in time.
  static let played = Result {
    let folder = Samples.root.appending(path: "scenarios")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    var rules: Set<String> = []
    for file in files where file.pathExtension == "yaml" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/note: ((?:[FEPR][0-9]+[a-z]?, )*[FEPR][0-9]+[a-z]?)\. /#) {
        rules.formUnion(match.output.1.split(separator: ", ").map(String.init))
      }
    }
    return rules
  }

  /// The rules that titles of tests in a folder of `Tests` carry: `@Test("F5 F23: what is shown")`.
  private static func titled(in folder: String) throws -> Set<String> {
    let folder = Samples.root.appending(path: "Tests/\(folder)")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var rules: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/@Test\(\s*"((?:[FEPR][0-9]+[a-z]? )*[FEPR][0-9]+[a-z]?): /#) {
        rules.formUnion(match.output.1.split(separator: " ").map(String.init))
      }
    }
    return rules
  }

  private static func titled(in folders: [String]) throws -> Set<String> {
    try folders.reduce(into: []) { $0.formUnion(try titled(in: $1)) }
  }
}

@Suite("The catalogue of rules")
struct CatalogueTests {
  @Test("Every rule has a test of the pure rule", arguments: Catalogue.rules)
  func pure(rule: String) throws {
    #expect(try Catalogue.pure.get().contains(rule))
  }

  @Test("Every rule has a test over the wire", arguments: Catalogue.rules)
  func wire(rule: String) throws {
    #expect(try Catalogue.wire.get().contains(rule))
  }

  @Test("Every rule is played in a scenario, whose note names it", arguments: Catalogue.rules)
  func played(rule: String) throws {
    #expect(try Catalogue.played.get().contains(rule))
  }

  @Test("No title or note names a rule that the catalogue does not have")
  func unknown() throws {
    // F17 alone stands for its three parts.
    let titled = try Catalogue.pure.get().union(Catalogue.wire.get()).union(Catalogue.played.get())
    #expect(titled.subtracting(Catalogue.rules).subtracting(["F17"]) == [])
  }

  @Test("There are 69 rules")
  func count() {
    #expect(Set(Catalogue.rules).count == 69)
  }
}
