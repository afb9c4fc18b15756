extension PlanLanguage {
  /// Which fields a document uses, as `clause.field`, and the places that hold something the language does not have.
  ///
  /// - Returns: nil for a document that is no YAML.
  public static func uses(_ yaml: String) -> (fields: Set<String>, unknown: [PlanPlace])? {
    guard case .success(let root) = DocumentNode.read(yaml) else { return nil }
    var use = LanguageUse()
    use.visit(root, .clause("plan"), path: "")
    return (use.fields, use.unknown)
  }
}

private struct LanguageUse {
  var fields: Set<String> = []
  var unknown: [PlanPlace] = []

  mutating func visit(_ node: DocumentNode, _ shape: LanguageShape, path: String) {
    switch (shape, node.value) {
    case (.oneOrMore(let one), .list(let nodes)), (.list(let one), .list(let nodes)):
      for (index, node) in nodes.enumerated() { visit(node, one, path: "\(path)[\(index)]") }
    case (.oneOrMore(let one), _): visit(node, one, path: path)
    case (.keyed(_, let value), .map(let entries)):
      for entry in entries { visit(entry.node, value, path: "\(path).\(entry.key)") }
    case (.either(let a, let b), _): visit(node, fits(node, a) ? a : b, path: path)
    case (.clause(let name), .map(let entries)): visit(entries, of: name, path: path)
    case (.choice(let words), .scalar(let word, _)):
      if !words.contains(word) { unknown.append(PlanPlace(path: path, line: node.line)) }
    case (.list, _), (.keyed, _), (.clause, _), (_, .list), (_, .map):
      unknown.append(PlanPlace(path: path, line: node.line))
    case (.text, .scalar), (.name, .scalar), (.reference, .scalar), (.whole, .scalar), (.flag, .scalar),
      (.written, .scalar):
      break
    }
  }

  private mutating func visit(_ entries: [DocumentNode.Entry], of name: String, path: String) {
    guard let clause = PlanLanguage.clause(name) else { return }
    for entry in entries {
      let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
      let days = name == PlanLanguage.hours.name ? weekdays(entry.key) : nil
      let used = clause.fields.filter { (days ?? [entry.key]).contains($0.name) }
      guard let field = used.first else {
        unknown.append(PlanPlace(path: path, line: entry.line))
        continue
      }
      fields.formUnion(used.map { "\(name).\($0.name)" })
      visit(entry.node, field.shape, path: path)
    }
  }

  /// The days of a range such as `mon-fri`; nil for anything else.
  private func weekdays(_ key: String) -> [String]? {
    let ends = key.split(separator: "-").compactMap { Weekday(rawValue: String($0)) }
    guard ends.count == 2, key.contains("-") else { return nil }
    return (0...(ends[1].index - ends[0].index + 7) % 7).map { Weekday.allCases[(ends[0].index + $0) % 7].rawValue }
  }

  /// Whether a node is the one of two shapes: by its first needed field, or by being a word.
  private func fits(_ node: DocumentNode, _ shape: LanguageShape) -> Bool {
    switch (shape, node.value) {
    case (.clause(let name), .map(let entries)):
      let needed = PlanLanguage.clause(name)?.fields.first { $0.isNeeded }?.name
      return entries.contains { $0.key == needed }
    case (.choice, .scalar): return true
    case (_, _): return false
    }
  }
}
