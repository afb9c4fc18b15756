/// Something doubtful about a plan.
public struct PlanFinding: Hashable, Sendable, CustomStringConvertible {
  /// Whether the plan cannot do what it says, or only may not.
  public var isError: Bool
  /// The clause it is about.
  public var clause: String
  /// Where the clause stands, such as `rates[2]`; the clause again where the document has none.
  public var path: String
  /// The line of the clause, from 1.
  public var line: Int
  /// What is doubtful, and what to do.
  public var text: String
  /// `warning: flexi-600: …`.
  public var description: String { (isError ? "error" : "warning") + ": \(clause): \(text)" }
  /// `line 12: packages[0] (flexi-600): …`.
  public var located: String { "line \(line): \(path)" + (path == clause ? "" : " (\(clause))") + ": \(text)" }
}

extension Plan {
  /// What is doubtful about a plan that could be read. What cannot be true at all, the reader refuses already.
  public func lint() -> [PlanFinding] {
    var findings: [PlanFinding] = []
    func warn(_ clause: String, _ text: String) { findings.append(finding(false, clause, text)) }
    for name in calendars.keys.sorted() {
      guard let calendar = calendars[name], !calendar.isAlways else { continue }
      guard let last = calendar.holidays.keys.max() else {
        warn("hours.\(name)", "no holidays are listed: every weekday counts as working")
        continue
      }
      warn("hours.\(name)", "holidays are listed up to \(last): publish the plan again before later ones")
    }
    for (clause, target) in allTargets where target.ladder == nil && classLadder(of: clause) == nil {
      warn(clause, "nobody is told when it is missed: name a ladder")
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
    let referred = admission.map(\.refer) + channels.map(\.refer) + exclusions.map(\.refer) + entitlements.map(\.refer)
    for name in referrals.keys.sorted() where !referred.contains(name) {
      warn("referrals.\(name)", "no clause refers to it")
    }
    return findings + doubtfulOffers() + rateFindings()
  }

  /// The ladder of the class that a target's clause belongs to.
  private func classLadder(of clause: String) -> String? {
    classes.first { clause.hasPrefix("class.\($0.id).") }?.ladder
  }

  /// What is offered and cannot be had.
  private func doubtfulOffers() -> [PlanFinding] {
    var findings: [PlanFinding] = []
    for entitlement in entitlements {
      guard let unit = entitlement.draws else { continue }
      if !rates.contains(where: { $0.unit == unit && Plan.costs($0.basis) }) {
        findings.append(finding(true, entitlement.id, "draws \(unit)s, but no rate says how many: give it a rate"))
      }
      if !packages.contains(where: { $0.unit == unit }) {
        findings.append(finding(true, entitlement.id, "draws \(unit)s, which no package grants: sell some"))
      }
    }
    for one in classes where one.id != defaultClass {
      if let mail, !mail.addresses.values.contains(where: { $0.contains(one.id) }) {
        findings.append(finding(false, "class.\(one.id)", "no mail address opens it"))
      }
      if let misuse = one.misuse, misuse.bills.map({ rate($0) == nil }) ?? false {
        findings.append(finding(false, misuse.id, "'\(misuse.bills ?? "")' is no rate: misuse is not charged"))
      }
    }
    if let rate = product?.endOfLife?.alternative?.migration.flatMap({ rate($0) }), !Plan.costs(rate.basis) {
      findings.append(finding(true, rate.id, "help with a migration is paid: give the rate a price"))
    }
    return findings
  }

  /// A finding about a clause, with its place in the document.
  func finding(_ isError: Bool, _ clause: String, _ text: String) -> PlanFinding {
    let place = places[clause] ?? PlanPlace(path: clause, line: 1)
    return PlanFinding(isError: isError, clause: clause, path: place.path, line: place.line, text: text)
  }

  /// What contradicts itself: problems for the reader.
  func contradictions() -> [PlanFinding] {
    var findings: [PlanFinding] = []
    func fail(_ clause: String, _ text: String) { findings.append(finding(true, clause, text)) }
    for package in packages where !rates.contains(where: { $0.unit == package.unit && Plan.costs($0.basis) }) {
      fail(package.id, "no rate draws these \(package.unit)s: give the plan rates that cost some")
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
    for (clause, target) in allTargets {
      if case .before(let span) = target.starts, span >= target.by {
        fail(clause, "its ladder would start \(span) before it is due, but it is due after \(target.by)")
      }
    }
    return findings
  }

  /// Every target with its clause: its own id, or with its class before it.
  private var allTargets: [(clause: String, target: Target)] {
    targets.map { ($0.id, $0) } + classes.flatMap { one in one.targets.map { ("class.\(one.id).\($0.id)", $0) } }
  }

  /// Each ladder that runs to meet a target, and how long it has.
  private func ladderLimits() -> [(clause: String, ladder: Ladder, limit: TimeSpan, what: String)] {
    var limits: [(clause: String, ladder: Ladder, limit: TimeSpan, what: String)] = []
    for (clause, target) in allTargets {
      guard let ladder = target.ladder.flatMap({ ladder($0) }) else { continue }
      switch target.starts {
      case .opened: limits.append((clause, ladder, target.by, "'\(target.id)' by \(target.by)"))
      case .before(let span): limits.append((clause, ladder, span, "'\(target.id)', \(span) later"))
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

  static func costs(_ basis: Rate.Basis) -> Bool {
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
