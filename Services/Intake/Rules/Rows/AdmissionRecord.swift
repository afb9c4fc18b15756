public import Policy

/// A decision by a plan, and everything that it rests on.
public struct AdmissionRecord: Hashable, Sendable {
  /// What the request was for.
  public var subject: AdmissionSubject
  /// The version of the plan that decided.
  public var plan: PlanVersion
  /// The instant that was looked at.
  public var at: Instant
  /// Everything that was known.
  public var facts: Facts
  /// The facts that clauses looked at, as `name: value`.
  public var looked: [String]
  /// The ids of all clauses that applied, failed or not.
  public var considered: [String]
  /// Every clause that refuses; empty when the request was taken.
  public var failed: [FailedClause]
  /// Every clause that only warns.
  public var warnings: [FailedClause]
  /// What became of a request that was taken.
  public var handling: ChannelRule.Handling
  /// The unit that the service asked for draws; nil: none.
  public var draws: String?

  /// A record as given.
  public init(
    subject: AdmissionSubject, plan: PlanVersion, at: Instant, facts: Facts, looked: [String], considered: [String],
    failed: [FailedClause], warnings: [FailedClause], handling: ChannelRule.Handling, draws: String?
  ) {
    self.subject = subject
    self.plan = plan
    self.at = at
    self.facts = facts
    self.looked = looked
    self.considered = considered
    self.failed = failed
    self.warnings = warnings
    self.handling = handling
    self.draws = draws
  }

  /// The record of a decision.
  public init(_ admission: Admission) {
    self.init(
      subject: admission.subject, plan: admission.plan, at: admission.at, facts: admission.facts,
      looked: admission.looked, considered: admission.considered, failed: admission.failed,
      warnings: admission.warnings, handling: admission.handling, draws: admission.draws)
  }

  /// The decision by which a ticket was admitted: the same plan, facts and instant say the same again.
  public init(of ticket: Ticket, _ plan: Plan) {
    self.init(plan.admit(ticket.facts, at: ticket.openedAt))
    let gates = Set(plan.rates.flatMap { $0.gates.map(\.id) })
    warnings = ticket.warnings.filter { !gates.contains($0.id) }
  }
}
