extension Plan {
  /// Rates that never match, rates that both claim the same work, and work that none rates.
  func rateFindings() -> [PlanFinding] {
    var findings: [PlanFinding] = []
    // What misuse is billed by is named, and may stand where no work comes to it.
    let named = classes.compactMap(\.misuse?.bills)
    for (index, rate) in rates.enumerated() where !named.contains(rate.id) {
      for earlier in rates[..<index] {
        if Plan.covers(earlier.when, rate.when) {
          findings.append(
            finding(
              true, rate.id, "never matches, since '\(earlier.id)' above it always does: put the narrower one first"))
          break
        }
        if let both = overlap(earlier.when, rate.when), !Plan.covers(rate.when, earlier.when) {
          findings.append(
            finding(
              true, rate.id,
              "overlaps '\(earlier.id)' above it, for work with \(both): make one of them the narrower, or exclude it"))
        }
      }
    }
    if let gap = gap() {
      let first = rates.first.map { places[$0.id]?.line ?? 1 } ?? 1
      findings.append(
        PlanFinding(
          isError: true, clause: "rates", path: "rates", line: first,
          text: "no rate is for work with \(gap): add one, at 0 if it is free, or say in values that it does not occur")
      )
    }
    return findings
  }

  /// Whether `wide` holds wherever `narrow` does.
  static func covers(_ wide: Condition, _ narrow: Condition) -> Bool {
    wide.terms.allSatisfy { term in
      guard case .fact(let name, let values) = term else { return narrow.terms.contains(term) }
      return narrow.terms.contains { other in
        guard case .fact(name, let others) = other else { return false }
        return name.shape == .list ? Set(values).isSubset(of: others) : Set(others).isSubset(of: values)
      }
    }
  }

  /// What work that both conditions match has in common, in words; nil when there can be none.
  private func overlap(_ a: Condition, _ b: Condition) -> String? {
    var words: [String] = []
    for case .fact(let name, let values) in a.terms + b.terms where name.shape != .list {
      let all = (a.terms + b.terms).compactMap { term -> [String]? in
        if case .fact(name, let others) = term { others } else { nil }
      }
      let common = values.filter { value in all.allSatisfy { $0.contains(value) } }
      guard let first = common.first else { return nil }
      let word = "\(name.rawValue): \(first)"
      if !words.contains(word) { words.append(word) }
    }
    return words.isEmpty ? "any facts" : words.joined(separator: ", ")
  }

  /// The most combinations of values that are tried for a gap.
  static let maximumCombinations = 100_000

  /// Work that no rate is for, in words; nil when every combination of the values that rates ask about has one. Facts
  /// whose values nobody lists, and lists of words, are taken as not given.
  private func gap() -> String? {
    guard !rates.isEmpty else { return nil }
    var choices: [(name: FactName, values: [Fact])] = []
    for case .fact(let name, _) in rates.flatMap(\.when.terms) where !choices.contains(where: { $0.name == name }) {
      if let values = possible(name) { choices.append((name, values)) }
    }
    let count = choices.reduce(1) { min($0 * $1.values.count, Plan.maximumCombinations + 1) }
    guard count <= Plan.maximumCombinations else { return nil }
    for number in 0..<count {
      var (facts, rest): (Facts, Int) = ([:], number)
      for choice in choices {
        facts[choice.name] = choice.values[rest % choice.values.count]
        rest /= choice.values.count
      }
      if !rates.contains(where: { holds($0.when, facts, at: nil) }) {
        return choices.map { "\($0.name.rawValue): \(facts[$0.name]?.description ?? "")" }.joined(separator: ", ")
      }
    }
    return nil
  }

  /// Every value that a fact can have in this plan; nil where nobody lists them.
  private func possible(_ name: FactName) -> [Fact]? {
    switch name.shape {
    case .flag: [.flag(true), .flag(false)]
    case .list, .instant: nil
    case .text: words(of: name)?.map { .text($0) }
    }
  }

  /// Every word that a fact can be in this plan; nil where nobody lists them, and for a fact that is no text.
  public func words(of name: FactName) -> [String]? {
    guard name.shape == .text else { return nil }
    let defined: [FactName: [String]] = [.tier: tiers, .class: classes.map(\.id), .service: services]
    let words = defined[name] ?? values[name] ?? name.knownValues
    return words.flatMap { $0.isEmpty ? nil : $0 }
  }
}
