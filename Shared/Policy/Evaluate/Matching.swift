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
      let holds: Bool
      let looked: String
      switch term {
      case .fact(let name, let values):
        holds = Plan.holds(facts[name], values)
        looked = "\(name.rawValue): \(facts[name]?.description ?? "missing")"
      case .within(let name):
        holds = at.map { calendars[name]?.isOpen(at: $0) ?? false } ?? false
        looked = "at: " + (at.map { "\(zone.date($0).weekday.rawValue) \(zone.civil($0))" } ?? "missing")
      case .workingDaysAfterClosure(let count, let name):
        let end = facts.instant(.closed).flatMap { calendars[name]?.end(ofWorkingDay: count, after: $0) }
        let reported = facts.instant(.reported)
        holds = end.flatMap { end in reported.map { $0 < end && facts.instant(.closed) ?? .latest <= $0 } } ?? false
        let closed = facts.instant(.closed).map { zone.civil($0).description } ?? "missing"
        looked = "closed: \(closed), reported: \(reported.map { zone.civil($0).description } ?? "missing")"
      }
      match.looked.append(looked)
      if !holds {
        match.holds = false
        match.remedies.append(wanted(term))
      }
    }
    return match
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
