/// Something doubtful about a plan.
public struct PlanFinding: Hashable, Sendable, CustomStringConvertible {
  /// Whether the plan cannot do what it says, or only may not.
  public var isError: Bool
  /// The clause it is about.
  public var clause: String
  /// What is doubtful, and what to do.
  public var text: String
  /// `warning: flexi-600: …`.
  public var description: String { (isError ? "error" : "warning") + ": \(clause): \(text)" }
}

extension Plan {
  /// What is doubtful about a plan that could be read. What cannot be true at all, the reader refuses already.
  public func lint() -> [PlanFinding] {
    var findings: [PlanFinding] = []
    func warn(_ clause: String, _ text: String) {
      findings.append(PlanFinding(isError: false, clause: clause, text: text))
    }
    for name in calendars.keys.sorted() {
      guard let calendar = calendars[name], !calendar.isAlways else { continue }
      guard let last = calendar.holidays.keys.max() else {
        warn("hours.\(name)", "no holidays are listed: every weekday counts as working")
        continue
      }
      warn("hours.\(name)", "holidays are listed up to \(last): publish the plan again before later ones")
    }
    for target in targets + classes.flatMap(\.targets) where target.ladder == nil {
      warn(target.id, "nobody is told when it is missed: name a ladder")
    }
    for package in packages where package.carryOver == .onRenewal && package.lasts == nil {
      warn(package.id, "its credits never expire, so there is nothing to carry over")
    }
    if !packages.isEmpty, overage == nil {
      warn("overage", "work stops when the credits are gone: say what overage costs")
    }
    if contacts == nil, !admission.contains(where: { $0.require.map(Plan.asksContact) ?? false }) {
      warn("contacts", "anyone may call: require authorised contacts")
    }
    for name in referrals.keys.sorted() where !admission.contains(where: { $0.refer == name }) {
      warn("referrals.\(name)", "no clause refers to it")
    }
    return findings + shadowedRates()
  }

  /// What contradicts itself: problems for the reader.
  func contradictions() -> [PlanFinding] {
    var findings: [PlanFinding] = []
    func fail(_ clause: String, _ text: String) {
      findings.append(PlanFinding(isError: true, clause: clause, text: text))
    }
    if !rates.contains(where: { Plan.costs($0.basis) }) {
      for package in packages { fail(package.id, "no rate draws these \(unit)s: give the plan rates that cost some") }
    }
    if !classes.isEmpty, defaultClass == nil {
      fail("default_class", "is missing: say which class a ticket has that names none")
    }
    for waiver in waivers where waiver.waives == .firstBlock {
      if !rates.contains(where: { Plan.hasFirstBlock($0.basis) }) {
        fail(waiver.id, "no rate has a first block to waive")
      }
    }
    for (clause, ladder, limit, what) in ladderLimits() {
      guard let first = ladder.steps.first(where: { $0.when.terms.isEmpty }) else {
        fail(ladder.id, "every step waits for something: give it one that always runs")
        continue
      }
      if first.at >= limit {
        fail(clause, "the ladder '\(ladder.id)' tells nobody before \(first.at), too late to meet \(what)")
      }
    }
    for target in targets + classes.flatMap(\.targets) {
      if case .before(let span) = target.starts, span >= target.by {
        fail(target.id, "its ladder would start \(span) before it is due, but it is due after \(target.by)")
      }
    }
    return findings
  }

  /// Each ladder that runs to meet a target, and how long it has.
  private func ladderLimits() -> [(clause: String, ladder: Ladder, limit: TimeSpan, what: String)] {
    var limits: [(clause: String, ladder: Ladder, limit: TimeSpan, what: String)] = []
    for target in targets + classes.flatMap(\.targets) {
      guard let ladder = target.ladder.flatMap({ ladder($0) }) else { continue }
      switch target.starts {
      case .opened: limits.append((target.id, ladder, target.by, "'\(target.id)' by \(target.by)"))
      case .before(let span): limits.append((target.id, ladder, span, "'\(target.id)', \(span) later"))
      case .missed: break
      }
    }
    for ticketClass in classes {
      guard let ladder = ticketClass.ladder.flatMap({ ladder($0) }),
        let tightest = ticketClass.targets.min(by: { $0.by < $1.by })
      else { continue }
      let clause = "class.\(ticketClass.id)"
      limits.append((clause, ladder, tightest.by, "'\(tightest.id)' by \(tightest.by)"))
    }
    return limits
  }

  /// Rates that never match, since an earlier one always does.
  private func shadowedRates() -> [PlanFinding] {
    var findings: [PlanFinding] = []
    for (index, rate) in rates.enumerated() {
      if let earlier = rates[..<index].first(where: { Plan.covers($0.when, rate.when) }) {
        findings.append(
          PlanFinding(
            isError: true, clause: rate.id,
            text: "never matches, since '\(earlier.id)' above it always does: put the narrower one first"))
      }
    }
    return findings
  }

  /// Whether `wide` holds wherever `narrow` does.
  private static func covers(_ wide: Condition, _ narrow: Condition) -> Bool {
    wide.terms.allSatisfy { term in
      guard case .fact(let name, let values) = term, name.shape != .list else { return narrow.terms.contains(term) }
      return narrow.terms.contains { other in
        guard case .fact(name, let others) = other else { return false }
        return Set(others).isSubset(of: values)
      }
    }
  }

  private static func costs(_ basis: Rate.Basis) -> Bool {
    switch basis {
    case .flat(let amount): amount > 0
    case .blocks(_, let first, let each): first > 0 || each > 0
    case .per(_, let each): each > 0
    }
  }

  private static func hasFirstBlock(_ basis: Rate.Basis) -> Bool {
    switch basis {
    case .flat, .blocks: true
    case .per: false
    }
  }

  private static func asksContact(_ condition: Condition) -> Bool {
    condition.terms.contains { term in
      if case .fact(.contact, _) = term { true } else { false }
    }
  }
}
