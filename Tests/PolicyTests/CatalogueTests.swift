import Foundation
import Testing

/// The catalogue of the rules that the offers demand, and which of them the services do not show over the wire yet.
enum Catalogue {
  /// Every rule: prepaid credits, classes, tiers, retained time.
  static let rules: [String] =
    (1...30).flatMap { $0 == 17 ? ["F17a", "F17b", "F17c"] : ["F\($0)"] } + (1...11).map { "E\($0)" }
    + (1...18).map { "P\($0)" } + (1...8).map { "R\($0)" }

  /// Rules without a test through the wire against running services. A rule leaves this list with its test: it must only
  /// become shorter.
  static let owedOverTheWire: Set<String> = []

  /// Rules that are shown purely, and those that are shown over the wire. (The tests' sources are read once.)
  static let pure = Result {
    try titled(in: ["PolicyTests", "IntakeRulesTests", "LedgerRulesTests", "NotifierRulesTests"])
  }
  static let wire = Result { try titled(in: ["IntegrationTests", "EndToEndTests", "Python"]) }

  /// The rules that titles of tests in a folder of `Tests` carry: `"F5 F23: what is shown"`.
  private static func titled(in folder: String) throws -> Set<String> {
    let folder = Samples.root.appending(path: "Tests/\(folder)")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var rules: Set<String> = []
    for case let file as URL in files where ["swift", "py"].contains(file.pathExtension) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: #/"((?:[FEPR][0-9]+[a-z]? )*[FEPR][0-9]+[a-z]?): /#) {
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

  @Test("Every rule has a test over the wire, but for those that are owed; what has one is owed no longer")
  func wire() throws {
    let shown = try Catalogue.wire.get()
    for rule in Catalogue.rules {
      let isOwed = Catalogue.owedOverTheWire.contains(rule)
      #expect(shown.contains(rule) != isOwed, "\(rule): \(isOwed ? "take it off the list" : "has no test")")
    }
    #expect(Catalogue.owedOverTheWire.isSubset(of: Catalogue.rules))
  }

  @Test("No title names a rule that the catalogue does not have")
  func unknown() throws {
    // F17 alone stands for its three parts.
    let titled = try Catalogue.pure.get().union(Catalogue.wire.get())
    #expect(titled.subtracting(Catalogue.rules).subtracting(["F17"]) == [])
  }

  @Test("There are 69 rules")
  func count() {
    #expect(Set(Catalogue.rules).count == 69)
  }
}
