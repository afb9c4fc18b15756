/// Whether a request is taken, and why: the record of the decision.
public struct Admission: Hashable, Sendable {
  /// Every clause that refuses, in the plan's order; empty when the request is taken.
  public var failed: [FailedClause]
  /// Every clause that only warns.
  public var warnings: [FailedClause]
  /// The version of the plan that decided.
  public var plan: PlanVersion
  /// What the request was for.
  public var subject: AdmissionSubject
  /// The instant that was looked at.
  public var at: Instant
  /// Everything that was known, the class that stands for none given included.
  public var facts: Facts
  /// The ids of all clauses that applied, failed or not, in the order in which they were looked at.
  public var considered: [String] = []
  /// What becomes of the request when it is taken: a ticket with clocks, or help as far as someone is free.
  public var handling: ChannelRule.Handling = .tracked
  /// The unit that the service asked for draws; nil when it draws none beside what work costs.
  public var draws: String?
  /// The facts that clauses looked at, each once.
  var names: [FactName] = []

  /// A record that nothing has refused yet.
  init(plan: PlanVersion, subject: AdmissionSubject, at: Instant, facts: Facts) {
    failed = []
    warnings = []
    self.plan = plan
    self.subject = subject
    self.at = at
    self.facts = facts
  }

  /// Whether the request is taken.
  public var isAllowed: Bool { failed.isEmpty }

  /// The facts that clauses looked at, as `name: value` in the vocabulary's order; `missing` where one was not given.
  public var looked: [String] {
    FactName.allCases.filter { names.contains($0) }.map { "\($0.rawValue): \(facts[$0]?.description ?? "missing")" }
  }

  mutating func consider(_ id: String, _ conditions: Condition?...) {
    considered.append(id)
    for condition in conditions {
      for case .fact(let name, _) in condition?.terms ?? [] { look(name) }
    }
  }

  mutating func look(_ name: FactName) {
    if !names.contains(name) { names.append(name) }
  }
}
