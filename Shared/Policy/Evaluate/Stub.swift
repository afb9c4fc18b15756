extension Plan {
  /// Reads a plan document (YAML, at most 256 KiB). Every problem is reported, not the first alone.
  /// `zones` gives the bytes of a zone's TZif file.
  public static func read(_ yaml: String, zones: ZoneLoader) -> Result<Plan, PlanErrors> {
    .failure(PlanErrors(problems: []))
  }
  /// Whether a request is taken: every clause for `subject` is checked; `at` is what `within` looks at.
  public func admit(_ facts: Facts, at: Instant, subject: AdmissionSubject = .ticket) -> Admission {
    Admission(failed: [], warnings: [])
  }
  /// Whether these are the account's authorised contacts (F30): the clauses that fail, none when they may stand.
  public func check(contacts: [ContactDetails]) -> [FailedClause] { [] }
  /// The targets of a ticket of `class` (the plan's default without one) and when they fall due.
  public func targets(class: String? = nil, openedAt: Instant, appointment: Instant? = nil) -> [DueTarget] { [] }
  /// What a task costs.
  public func rate(_ task: WorkTask) -> Rating {
    Rating(lines: [], total: 0, rate: nil, minutes: 0, minutesBeyondConsent: 0, needs: [], cap: nil, refusals: [])
  }
  /// When a lot of `package` bought at `bought` expires: the first instant after its last day; nil when it never does.
  public func expiry(of package: Package, bought: Instant) -> Instant? { nil }
  /// When the invoice for overage of work completed at `completed` is due to be issued; nil without overage.
  public func invoiceInstant(completed: Instant) -> Instant? { nil }
  /// The period of the statement that `instant` falls in: from its first instant up to the next period's; nil when
  /// the plan makes no statements.
  public func statementPeriod(containing instant: Instant) -> (from: Instant, to: Instant)? { nil }
  /// `instant` and a period later, in the plan's civil time; working days end with their day in `calendar`.
  public func instant(_ period: Period, after instant: Instant, calendar: String? = nil) -> Instant? { nil }
  /// What is doubtful about a plan that can be read.
  public func lint() -> [PlanFinding] { [] }
}

extension Ladder {
  /// The `n`-th run of the ladder, from 0, repetitions included; nil when the ladder has ended by then.
  public func step(_ n: Int) -> LadderRun? { nil }
}

/// One run of a ladder's step.
public struct LadderRun: Hashable, Sendable {
  /// After the ladder's start.
  public var at: TimeSpan
  /// The step that runs.
  public var step: LadderStep
  /// 0 for the first run of the step, then counting.
  public var repetition: Int
}

/// What an authorised contact is known by.
public struct ContactDetails: Hashable, Sendable {
  /// The fields that are known; an empty text counts as missing.
  public var fields: [ContactField: String]

  /// A contact with the given fields.
  public init(fields: [ContactField: String]) { self.fields = fields }
}

/// Something doubtful about a plan.
public struct PlanFinding: Hashable, Sendable, CustomStringConvertible {
  /// Whether the plan cannot do what it says, or only may not.
  public var isError: Bool
  /// The clause it is about.
  public var clause: String
  /// What is doubtful, and what to do.
  public var text: String
  /// `warning: rates: …`.
  public var description: String { (isError ? "error" : "warning") + ": \(clause): \(text)" }
}
