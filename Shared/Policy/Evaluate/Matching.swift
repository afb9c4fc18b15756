/// What a condition's terms came to: the one matcher behind `when`, `require` and `exclude`.
struct Match {
  /// Whether every term holds.
  var holds: Bool
  /// Each fact that was looked at.
  var looked: [Looked]
  /// For each term that does not hold, what would make it hold.
  var remedies: [String]
}

/// Something that was looked at. What it is in words is made when it is shown.
public enum Looked: Hashable, Sendable, CustomStringConvertible {
  /// A fact; nil where it was not given.
  case fact(FactName, Fact?)
  /// Counted minutes.
  case minutes(Int64)
  /// Further blocks that were consented to.
  case consents(Int)
  /// Anything else, in words.
  case words(String)

  /// As `name: value`.
  public var description: String {
    switch self {
    case .fact(let name, let fact): "\(name.rawValue): \(fact?.description ?? "missing")"
    case .minutes(let minutes): "minutes: \(minutes)"
    case .consents(let blocks): "blocks consented: \(blocks)"
    case .words(let words): words
    }
  }
}

extension Looked {
  /// What ``description`` says, read back; words that say nothing else stay words.
  public init(_ description: String) {
    self = Self.read(description) ?? .words(description)
  }

  private static func read(_ text: String) -> Looked? {
    guard let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix(": ") else { return nil }
    let (name, value) = (text[..<colon], String(text[colon...].dropFirst(2)))
    switch name {
    case "minutes": return Int64(value).map { .minutes($0) }
    case "blocks consented": return Int(value).map { .consents($0) }
    case _:
      guard let name = FactName(rawValue: String(name)) else { return nil }
      return value == "missing" ? .fact(name, nil) : Fact(value, name.shape).map { .fact(name, $0) }
    }
  }
}

extension Fact {
  /// The fact of this shape whose ``description`` is `text`; nil if there is none.
  fileprivate init?(_ text: String, _ shape: FactName.Shape) {
    switch shape {
    case .text: self = .text(text)
    case .flag:
      guard text == "true" || text == "false" else { return nil }
      self = .flag(text == "true")
    case .list:
      guard text.hasPrefix("["), text.hasSuffix("]") else { return nil }
      let words = text.dropFirst().dropLast().split(separator: ",").map { String($0.drop { $0 == " " }) }
      self = .list(words)
    case .instant:
      guard let instant = Instant(text) else { return nil }
      self = .instant(instant)
    }
  }
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
    for term in condition.terms where !holds(term, facts, at: at) { return false }
    return true
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

  /// What a term looked at.
  private func looked(at term: Condition.Term, _ facts: Facts, at: Instant?) -> Looked {
    switch term {
    case .fact(let name, _): return .fact(name, facts[name])
    case .within:
      return .words("at: " + (at.map { "\(zone.date($0).weekday.rawValue) \(zone.civil($0))" } ?? "missing"))
    case .workingDaysAfterClosure:
      let closed = facts.instant(.closed).map { zone.civil($0).description } ?? "missing"
      let reported = facts.instant(.reported).map { zone.civil($0).description } ?? "missing"
      return .words("closed: \(closed), reported: \(reported)")
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
