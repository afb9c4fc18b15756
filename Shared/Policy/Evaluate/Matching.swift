/// What a condition's terms came to: the one matcher behind `when`, `require` and `exclude`.
struct Match {
  /// Whether every term holds.
  var holds: Bool
  /// Each fact that was looked at, as `name: value`.
  var looked: [String]
  /// For each term that does not hold, what would make it hold.
  var remedies: [String]
}

extension Plan {
  /// Matches `condition` against what is known; `at` is the instant that `within` looks at.
  func match(_ condition: Condition, _ facts: Facts, at: Instant?) -> Match {
    var match = Match(holds: true, looked: [], remedies: [])
    for term in condition.terms {
      match.looked.append(looked(at: term, facts, at: at))
      if !holds(term, facts, at: at) {
        match.holds = false
        match.remedies.append(wanted(term))
      }
    }
    return match
  }

  /// Whether every term of `condition` holds: ``match(_:_:at:)`` without the words.
  func holds(_ condition: Condition, _ facts: Facts, at: Instant?) -> Bool {
    condition.terms.allSatisfy { holds($0, facts, at: at) }
  }

  private func holds(_ term: Condition.Term, _ facts: Facts, at: Instant?) -> Bool {
    switch term {
    case .fact(let name, let values): return Plan.holds(facts[name], values)
    case .within(let name): return at.map { calendars[name]?.isOpen(at: $0) ?? false } ?? false
    case .workingDaysAfterClosure(let count, let name):
      guard let closed = facts.instant(.closed), let reported = facts.instant(.reported),
        let end = calendars[name]?.end(ofWorkingDay: count, after: closed)
      else { return false }
      return closed <= reported && reported < end
    }
  }

  /// What a term looked at, as `name: value`.
  private func looked(at term: Condition.Term, _ facts: Facts, at: Instant?) -> String {
    switch term {
    case .fact(let name, _): return "\(name.rawValue): \(facts[name]?.description ?? "missing")"
    case .within: return "at: " + (at.map { "\(zone.date($0).weekday.rawValue) \(zone.civil($0))" } ?? "missing")
    case .workingDaysAfterClosure:
      let closed = facts.instant(.closed).map { zone.civil($0).description } ?? "missing"
      let reported = facts.instant(.reported).map { zone.civil($0).description } ?? "missing"
      return "closed: \(closed), reported: \(reported)"
    }
  }

  /// What a term wants, in words.
  func wanted(_ term: Condition.Term) -> String {
    switch term {
    case .fact(let name, let values):
      let isAll = name.shape == .list
      return "\(name.rawValue) must be " + Plan.joined(values, isAll ? "and" : "or")
    case .within(let name):
      return "the time must be within \(name)\(calendars[name].map { " (\(Plan.hours(of: $0)))" } ?? "")"
    case .workingDaysAfterClosure(let count, let name):
      return "it must be reported within \(count) working days in \(name) of the earlier closure"
    }
  }

  private static func holds(_ fact: Fact?, _ values: [String]) -> Bool {
    switch fact {
    case .text(let text): values.contains(text)
    case .flag(let flag): values.contains(flag ? "true" : "false")
    case .number(let number): values.contains(String(number))
    case .list(let list): values.allSatisfy { list.contains($0) }
    case .instant, nil: false
    }
  }

  private static func hours(of calendar: WorkCalendar) -> String {
    if calendar.isAlways { return "24x7" }
    return Weekday.allCases.compactMap { day in
      calendar.hours[day].map { "\(day.rawValue) " + $0.map(\.description).joined(separator: " ") }
    }.joined(separator: ", ")
  }

  static func joined(_ words: [String], _ conjunction: String) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
  }
}
