extension PlanLanguage {
  /// The part of the reference page that tells of each field, in Markdown: a table for each kind of clause, and one of
  /// the facts.
  public static var page: String {
    var text = ""
    for clause in clauses {
      text += "### \(clause.name)\n\(clause.meaning)\n\n"
      text += "| field | type | unit | bound | default | what it says | example |\n|---|---|---|---|---|---|---|\n"
      for field in clause.fields where clause.name != condition.name || FactName(rawValue: field.name) == nil {
        text += row(field)
      }
      if clause.name == condition.name { text += "| any fact | see below | | | | | |\n" }
      text += "\n"
    }
    text +=
      "### Facts\nWhat programs tell and clauses ask. Of those marked *plan*, `values` may name what can occur.\n\n"
    text += "| fact | type | values | what it tells |\n|---|---|---|---|\n"
    for fact in FactName.allCases {
      let values =
        fact.knownValues.map { $0.joined(separator: ", ") } ?? (FactName.withValues.contains(fact) ? "*plan*" : "")
      text += "| `\(fact.rawValue)` | \(type(fact)) | \(values) | \(fact.meaning) |\n"
    }
    return text
  }

  private static func row(_ field: LanguageField) -> String {
    let (type, unit, bound) = words(field.shape)
    let fallback = field.isNeeded ? "needed" : field.fallback
    let example = field.example.replacing("|", with: "\\|")
    return "| `\(field.name)` | \(type) | \(unit) | \(bound) | \(fallback) | \(field.meaning) | `\(example)` |\n"
  }

  private static func type(_ fact: FactName) -> String {
    switch fact.shape {
    case .text: "word"
    case .flag: "flag"
    case .list: "words"
    case .instant: "instant"
    }
  }

  private static func words(_ shape: LanguageShape) -> (type: String, unit: String, bound: String) {
    switch shape {
    case .text(let maximum): return ("text", "", "1 to \(maximum) bytes")
    case .name: return ("name", "", "letters, digits, - and _, 1 to 64")
    case .reference(let what): return ("name", "", "one of \(what)")
    case .choice(let choices): return ("word", "", choices.joined(separator: ", "))
    case .whole(let range): return ("whole number", "", "\(range.lowerBound) to \(range.upperBound)")
    case .flag: return ("flag", "", "true, false")
    case .written(let writing): return (writing.rawValue, writing.unit, writing.bound)
    case .oneOrMore(let one):
      let inner = words(one)
      return (inner.type + ", or a list", inner.unit, inner.bound)
    case .list(let item):
      let inner = words(item)
      return ("list of " + inner.type, inner.unit, inner.bound)
    case .clause(let name): return (name, "", "")
    case .keyed(let key, let value):
      let inner = words(value)
      return ("\(key): \(inner.type)", inner.unit, inner.bound)
    case .either(let a, let b):
      let (one, other) = (words(a), words(b))
      return (
        "\(one.type) or \(other.type)", one.unit,
        [one.bound, other.bound].filter { !$0.isEmpty }.joined(separator: "; ")
      )
    }
  }
}
