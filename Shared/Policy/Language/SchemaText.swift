extension PlanLanguage {
  /// The JSON Schema (2020-12) of a plan document, by which editors complete and check plan files.
  public static var schema: String {
    let root = clauses[0]
    var definitions: [(String, SchemaValue)] = []
    for clause in clauses.dropFirst() { definitions.append((clause.name, .object(object(clause)))) }
    let members: [(String, SchemaValue)] =
      [
        ("$schema", .text("https://json-schema.org/draft/2020-12/schema")), ("title", .text("Callout plan")),
      ] + object(root) + [("$defs", .object(definitions))]
    return SchemaValue.object(members).text(indent: 0) + "\n"
  }

  private static func object(_ clause: LanguageClause) -> [(String, SchemaValue)] {
    var properties: [(String, SchemaValue)] = []
    var patterns: [(String, SchemaValue)] = []
    for field in clause.fields {
      let described: [(String, SchemaValue)] = [("description", .text(description(field)))] + shape(field.shape)
      properties.append((field.name, .object(described)))
    }
    if clause.name == hours.name {
      let days = Weekday.allCases.map(\.rawValue).joined(separator: "|")
      patterns.append(("^(\(days))-(\(days))$", .object(shape(.oneOrMore(.written(.hours))))))
    }
    var members: [(String, SchemaValue)] = [
      ("description", .text(clause.meaning)), ("type", .text("object")), ("additionalProperties", .flag(false)),
    ]
    let needed = clause.fields.filter(\.isNeeded).map { SchemaValue.text($0.name) }
    if !needed.isEmpty { members.append(("required", .list(needed))) }
    members.append(("properties", .object(properties)))
    if !patterns.isEmpty { members.append(("patternProperties", .object(patterns))) }
    return members
  }

  private static func description(_ field: LanguageField) -> String {
    field.isNeeded ? field.meaning : "\(field.meaning) Without it: \(field.fallback)."
  }

  /// A scalar that YAML may read as a number is allowed as one.
  private static func shape(_ shape: LanguageShape) -> [(String, SchemaValue)] {
    let scalar = SchemaValue.list([.text("string"), .text("number")])
    switch shape {
    case .text(let maximum):
      return [("type", scalar), ("minLength", .number(1)), ("maxLength", .number(Int64(maximum)))]
    case .name, .reference: return [("type", scalar), ("pattern", .text("^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"))]
    case .choice(let words): return [("enum", .list(words.map { .text($0) }))]
    case .whole(let range):
      return [
        ("type", .text("integer")), ("minimum", .number(range.lowerBound)), ("maximum", .number(range.upperBound)),
      ]
    case .flag: return [("type", .text("boolean"))]
    case .written(let writing): return [("type", scalar), ("pattern", .text(writing.pattern))]
    case .oneOrMore(let one):
      let item = SchemaValue.object(self.shape(one))
      let list = SchemaValue.object([("type", .text("array")), ("minItems", .number(1)), ("items", item)])
      return [("anyOf", .list([item, list]))]
    case .list(let item): return [("type", .text("array")), ("items", .object(self.shape(item)))]
    case .clause(let name): return [("$ref", .text("#/$defs/\(name)"))]
    case .keyed(_, let value):
      return [("type", .text("object")), ("additionalProperties", .object(self.shape(value)))]
    case .either(let a, let b): return [("anyOf", .list([.object(self.shape(a)), .object(self.shape(b))]))]
    }
  }
}

/// A JSON value whose members keep their order.
private indirect enum SchemaValue {
  case text(String)
  case number(Int64)
  case flag(Bool)
  case list([SchemaValue])
  case object([(String, SchemaValue)])

  func text(indent: Int) -> String {
    let inner = String(repeating: " ", count: indent + 2)
    let outer = String(repeating: " ", count: indent)
    switch self {
    case .text(let text): return SchemaValue.quoted(text)
    case .number(let number): return String(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let items): return "[" + items.map { $0.text(indent: indent) }.joined(separator: ", ") + "]"
    case .object(let members) where members.count == 1:
      return "{\(SchemaValue.quoted(members[0].0)): \(members[0].1.text(indent: indent))}"
    case .object(let members):
      let lines = members.map { "\(inner)\(SchemaValue.quoted($0.0)): \($0.1.text(indent: indent + 2))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    }
  }

  /// The texts of the language hold no control characters.
  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
