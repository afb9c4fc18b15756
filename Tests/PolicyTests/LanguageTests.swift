import Foundation
import Policy
import Testing

@Suite("The description of the plan language")
struct LanguageTests {
  static let fields = PlanLanguage.clauses.flatMap { clause in clause.fields.map { "\(clause.name).\($0.name)" } }

  @Test("The plans of the repository use every field, and nothing else")
  func everyFeature() throws {
    var used: Set<String> = []
    for name in Samples.shipped {
      let uses = try #require(PlanLanguage.uses(try Samples.text(name)))
      #expect(uses.unknown == [], "\(name)")
      used.formUnion(uses.fields)
    }
    // A plan charges parts in one way; the others are those of rates.
    let elsewhere: Set<String> = ["parts.flat", "parts.blocks"]
    #expect(Set(Self.fields).subtracting(used).subtracting(elsewhere) == [])
    #expect(used.isSuperset(of: ["rate.flat", "rate.blocks"]))
  }

  @Test("The JSON Schema is what the description makes: callout plan language --schema")
  func schema() throws {
    let file = Samples.root.appending(path: "Shared/Plans/plan.schema.json")
    #expect(try String(contentsOf: file, encoding: .utf8) == PlanLanguage.schema)
    let object = try JSONSerialization.jsonObject(with: Data(PlanLanguage.schema.utf8)) as? [String: Any]
    let definitions = try #require(object?["$defs"] as? [String: Any])
    #expect(definitions.count == PlanLanguage.clauses.count - 1)
    #expect(object?["additionalProperties"] as? Bool == false)
  }

  @Test("The reference page has the tables that the description makes: callout plan language")
  func page() throws {
    let page = try String(contentsOf: Samples.root.appending(path: "Shared/Plans/LANGUAGE.md"), encoding: .utf8)
    let parts = page.split(separator: #/<!-- \/?fields -->\n/#, omittingEmptySubsequences: false)
    #expect(parts.count == 3)
    #expect(parts[1] == PlanLanguage.page)
  }

  /// For each kind of clause, documents with one of it at `$`, and what stands there.
  static let places: [(clause: String, document: String, inside: String)] = [
    ("hours", "hours: {office: $}", "mon: 09:00-18:00"), ("contacts", "contacts: $", "exactly: 2"),
    ("channel", "channels: [$]", "id: c, channel: email"), ("mail", "mail: $", "addresses: {}"),
    ("ignored-mail", "mail: {addresses: {}, ignore: [$]}", "id: i, content: call-me-only, text: Say more."),
    ("admission", "admission: [$]", "id: a, require: {region: SG}, text: Here."),
    ("condition", "admission: [{id: a, require: $, text: Here.}]", "region: SG"),
    ("target", "targets: [$]", "id: t, by: 4h, in: always, met_by: contacted"),
    ("class", "default_class: I\nclasses: {I: $}", "title: One"),
    ("misuse", "default_class: I\nclasses: {I: {misuse: $}}", "reviewed_by: desk"),
    ("updates", "updates: $", "every: 1h, in: always"), ("notices", "notices: $", "low_balance: 10"),
    ("survey", "survey: $", "after: 1 day, text: How?"),
    ("entitlement", "tiers: a\nentitlements: [$]", "id: e, grants: ticket, tiers: a"),
    ("opening", "tiers: a\nentitlements: [{id: e, each_bought: x, tiers: a, opens: {x: $}}]", "in: always"),
    ("exclusion", "exclusions: [$]", "id: e, about: x"), ("obligation", "obligations: [$]", "id: o, text: You do."),
    ("product", "product: $", "releases: [{version: \"1.0\", on: 2026-01-01}]"),
    ("release", "product: {releases: [$]}", "version: \"1.0\", on: 2026-01-01"),
    ("end-of-life", "product: {releases: [{version: \"1.0\", on: 2026-01-01}], end_of_life: $}", "notice: 1 year"),
    (
      "alternative",
      "product: {releases: [{version: \"1.0\", on: 2026-01-01}], end_of_life: {notice: 1 year, alternative: $}}",
      "product: B"
    ),
    ("package", "rates: [{id: r, flat: 1}]\npackages: [$]", "id: p, grants: 1"),
    ("rounding", "rounding: $", "increment: 15m"),
    ("rate", "rates: [$]", "id: r, flat: 1"), ("blocks", "rates: [{id: r, blocks: $}]", "of: 1h, each: 1"),
    ("gate", "rates: [{id: r, blocks: {of: 1h, each: 1}, gates: [$]}]", "at: 1h, needs: consent"),
    ("parts", "parts: $", "needs: quote"), ("parts", "parts: $", "flat: 1"),
    ("waiver", "waivers: [$]", "id: w, when: {region: SG}, waive: all"),
    (
      "overage", "overage: $", "needs: acknowledgement, price: SGD 1.00 per credit, invoice: 7 days after completion"
    ),
    ("assessment", "before_first_charge: $", "assessment: site"), ("late-work", "late_work: $", "within: 2 months"),
    ("step", "ladders: {l: [$]}", "tell: customer, by: email"),
    ("repetition", "ladders: {l: [{tell: customer, by: email}, $]}", "repeat: last, every: 1m"),
    ("acknowledgement", "ladders: {l: [{tell: customer, by: email}, $]}", "contact_within: 15m"),
    ("quiet-hours", "hours: {always: 24x7, office: {mon: 09:00-18:00}}\nquiet_hours: $", "outside: office"),
    ("merging", "merging: $", "within: 5m, at_most: 20"),
  ]

  /// What the reader says it knows at a place, by being shown a field that nothing resembles.
  private static func known(_ document: String, _ inside: String) -> Set<String>? {
    let text = document.replacing("$", with: "{qqqqqqqqqqqqqqqq: 1\(inside.isEmpty ? "" : ", ")\(inside)}")
    let whole = Samples.document(text, hours: text.hasPrefix("hours:") ? "" : "hours: {always: 24x7}")
    let problem = Samples.problems(whole).first { $0.contains("'qqqqqqqqqqqqqqqq': there are ") }
    guard let list = problem?.components(separatedBy: "': there are ").last else { return nil }
    return Set(list.components(separatedBy: "; ")[0].components(separatedBy: ", "))
  }

  @Test("The reader knows the fields that the description has, in every kind of clause")
  func reader() throws {
    var known: [String: Set<String>] = [:]
    for place in Self.places {
      let plain = Samples.document(
        place.document.replacing("$", with: "{\(place.inside)}"),
        hours: place.document.hasPrefix("hours:") ? "" : "hours: {always: 24x7}")
      #expect(Samples.problems(plain) == [], "\(place.clause)")
      known[place.clause, default: []].formUnion(
        try #require(Self.known(place.document, place.inside), "\(place.clause)"))
    }
    // What makes a step a repetition is looked for in every step.
    known["step"]?.remove("repeat")
    let top = Samples.problems(Samples.document("qqqqqqqqqqqqqqqq: 1")).first ?? ""
    known["plan"] = Set((top.components(separatedBy: "there are ").last ?? "").components(separatedBy: ", "))
    for clause in PlanLanguage.clauses {
      #expect(known[clause.name] == Set(clause.fields.map(\.name)), "\(clause.name)")
    }
  }

  @Test("Every word that a field may have is taken by the reader, and no other")
  func words() {
    for place in Self.places {
      for field in PlanLanguage.clause(place.clause)?.fields ?? [] {
        for word in Self.choices(field.shape) + ["qqqqqqqq"] {
          let inside = place.inside.split(separator: ", ").filter { !$0.hasPrefix("\(field.name): ") }.joined(
            separator: ", ")
          let value = "\(field.name): \(word)" + (inside.isEmpty ? "" : ", \(inside)")
          let problems = Samples.problems(
            Samples.document(
              place.document.replacing("$", with: "{\(value)}"),
              hours: place.document.hasPrefix("hours:") ? "" : "hours: {always: 24x7}"))
          let isRefused = problems.contains { $0.contains("'\(word)'") || $0.contains("write ") && word == "qqqqqqqq" }
          if !Self.choices(field.shape).isEmpty {
            #expect(isRefused == (word == "qqqqqqqq"), "\(place.clause).\(field.name): \(word): \(problems)")
          }
        }
      }
    }
  }

  private static func choices(_ shape: LanguageShape) -> [String] {
    switch shape {
    case .choice(let words): words
    case .oneOrMore(let one): choices(one)
    case .text, .name, .reference, .whole, .flag, .written, .list, .clause, .keyed, .either: []
    }
  }

  @Test("Every example is what its field may be")
  func examples() {
    for place in Self.places {
      for field in PlanLanguage.clause(place.clause)?.fields ?? [] {
        #expect(field.example.hasPrefix("\(field.name): "), "\(place.clause).\(field.name)")
        #expect(!field.meaning.isEmpty && !field.fallback.isEmpty)
        guard case .written(let writing) = Self.inner(field.shape) else { continue }
        let value = String(field.example.dropFirst(field.name.count + 2)).replacing("\"", with: "")
        let first = value.hasPrefix("[") ? String(value.dropFirst().prefix { $0 != "," && $0 != "]" }) : value
        #expect(first.range(of: writing.pattern, options: .regularExpression) != nil, "\(field.example)")
      }
    }
  }

  private static func inner(_ shape: LanguageShape) -> LanguageShape {
    if case .oneOrMore(let one) = shape { one } else { shape }
  }
}
