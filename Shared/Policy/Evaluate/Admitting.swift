extension Plan {
  /// Whether a request is taken: every clause for `subject` whose `when` holds is checked, and all that fail are listed.
  /// `at` is the instant that `within` looks at. A fact that is not given fails what requires it; a ticket that names no
  /// class has the plan's default one (E1), and one that names no service uses tickets.
  public func admit(_ facts: Facts, at: Instant, subject: AdmissionSubject = .ticket) -> Admission {
    var facts = facts
    if subject == .ticket {
      if facts[.class] == nil, let defaultClass { facts[.class] = .text(defaultClass) }
      if facts[.service] == nil, grants(Plan.ticketService) { facts[.service] = .text(Plan.ticketService) }
    }
    var admission = Admission(plan: version, subject: subject, at: at, facts: facts)
    if subject == .ticket { admitChannel(&admission) }
    for clause in admissionClauses(for: subject) where holds(clause.when, facts, at: at) {
      admission.consider(clause.id, clause.when, clause.require, clause.exclude)
      guard let failed = failure(of: clause, facts, at: at) else { continue }
      switch clause.otherwise {
      case .refuse: admission.failed.append(failed)
      case .warn: admission.warnings.append(failed)
      }
    }
    switch subject {
    case .ticket:
      admitService(&admission)
      admitExclusions(&admission)
      admitProduct(&admission)
      admitObligations(&admission)
    case .signUp, .renewal: admitProduct(&admission)
    case .change, .work, .message: break
    }
    return admission
  }

  /// Whether something is agreed on under this version: what the plan's newest version refuses is refused, too. What a
  /// provider no longer agrees to, such as after a product's end of life, is not had by naming an older version (P16).
  public func admit(_ facts: Facts, at: Instant, subject: AdmissionSubject, newest: Plan?) -> Admission {
    var admission = admit(facts, at: at, subject: subject)
    guard let newest, newest.version != version else { return admission }
    admission.failed += newest.admit(facts, at: at, subject: subject).failed.filter { clause in
      !admission.failed.contains { $0.id == clause.id }
    }
    return admission
  }

  /// Whether these may be an account's authorised contacts (F30): their number and, for each, the fields that the plan
  /// requires. The clauses that fail; none when they may stand, or when the plan has no such rule.
  public func check(contacts details: [ContactDetails]) -> [FailedClause] {
    guard let rule = contacts else { return [] }
    var looked: [String] = ["contacts: \(details.count)"]
    var remedies: [String] = []
    if !rule.count.contains(details.count) {
      let wanted =
        rule.count.lowerBound == rule.count.upperBound
        ? "exactly \(rule.count.lowerBound)" : "\(rule.count.lowerBound) to \(rule.count.upperBound)"
      remedies.append("there must be \(wanted) authorised contacts")
    }
    for (index, contact) in details.enumerated() {
      let missing = rule.required.filter { contact.fields[$0, default: ""].allSatisfy(\.isWhitespace) }
      guard !missing.isEmpty else { continue }
      looked += missing.map { "contact \(index + 1) \($0.rawValue): missing" }
      remedies.append("contact \(index + 1) must have " + Plan.joined(missing.map(\.rawValue), "and"))
    }
    guard !remedies.isEmpty else { return [] }
    return [FailedClause(id: rule.id, text: rule.text, looked: looked, remedy: remedies.joined(separator: "; "))]
  }

  private func admissionClauses(for subject: AdmissionSubject) -> [AdmissionClause] {
    admission.filter { $0.subjects.contains(subject) }
  }

  /// Whom to turn to, in words.
  func turnTo(_ refer: String) -> String { "or turn to \(referrals[refer] ?? refer)" }

  private func failure(of clause: AdmissionClause, _ facts: Facts, at: Instant) -> FailedClause? {
    var looked = match(clause.when, facts, at: at).looked
    var remedies: [String] = []
    if let require = clause.require {
      let match = match(require, facts, at: at)
      looked += match.looked
      remedies += match.remedies
    }
    if let exclude = clause.exclude {
      let match = match(exclude, facts, at: at)
      looked += match.looked
      if match.holds {
        remedies.append(exclude.terms.map { "not: " + wanted($0) }.joined(separator: "; "))
      }
    }
    guard !remedies.isEmpty else { return nil }
    if let refer = clause.refer { remedies.append(turnTo(refer)) }
    return FailedClause(
      id: clause.id, text: clause.text, referral: clause.refer, looked: looked.map(\.description),
      remedy: remedies.joined(separator: "; "))
  }
}

/// What an authorised contact is known by.
public struct ContactDetails: Hashable, Sendable {
  /// The fields that are known; an empty text counts as missing.
  public var fields: [ContactField: String]

  /// A contact with the given fields.
  public init(fields: [ContactField: String]) { self.fields = fields }
}
