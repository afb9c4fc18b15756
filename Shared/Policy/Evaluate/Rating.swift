/// What a task costs, line by line, and what is needed before more is done.
public struct Rating: Hashable, Sendable {
  /// In order: the rate, its waivers, parts.
  public var lines: [ChargeLine]
  /// The sum of the lines; never negative.
  public var total: Amount
  /// The rate that matched; nil when none does (then nothing is charged).
  public var rate: String?
  /// Counted minutes, consented or not.
  public var minutes: Int64
  /// Counted minutes that are beyond what was consented, and not charged.
  public var minutesBeyondConsent: Int64
  /// What is needed to go on, or was needed to come here.
  public var needs: [Requirement]
  /// The most that this task can come to with the consents given so far; nil when the plan sets no such bound.
  public var cap: Amount?
  /// Why it must not be charged; empty when it may be.
  public var refusals: [FailedClause]
}

/// One line of a charge.
public struct ChargeLine: Hashable, Sendable {
  /// What kind of line it is.
  public var kind: Kind
  /// The clause of the plan that made it.
  public var clause: String
  /// What the plan says about it.
  public var text: String
  /// Signed: a waiver takes off.
  public var units: Amount
  /// What was looked at.
  public var inputs: [Looked]
  /// How the units came about: `181 min = 2 blocks of 180 min: 160 + 140`.
  public var arithmetic: String

  /// A line of a charge; used to rebuild one that was stored.
  public init(kind: Kind, clause: String, text: String, units: Amount, inputs: [Looked], arithmetic: String) {
    self.kind = kind
    self.clause = clause
    self.text = text
    self.units = units
    self.inputs = inputs
    self.arithmetic = arithmetic
  }

  /// Where a line comes from; the raw value is stable.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A rate of the plan.
    case rate
    /// A charge that something voided: 0 units.
    case voided
    /// A waiver of the plan.
    case waiver
    /// A person took it off.
    case manualWaiver = "manual-waiver"
    /// Parts, and the time for them.
    case part
  }
}

/// Something that must happen before work goes on past a point.
public struct Requirement: Hashable, Sendable {
  /// The gate's clause.
  public var clause: String
  /// What is needed.
  public var need: Gate.Need
  /// The counted minute up to which work may go without it.
  public var atMinute: Int64
  /// The counted minute from which to warn; nil for no warning.
  public var warnAtMinute: Int64?
  /// What going on costs: the next block's price; zero for an assessment.
  public var units: Amount
  /// Whether the work has already come to that point.
  public var reached: Bool
}

/// When a target falls due, and what meets it.
public struct DueTarget: Hashable, Sendable {
  /// The target.
  public var target: Target
  /// A fact at or before this instant meets it; one millisecond later is late.
  public var due: Instant
  /// When its ladder starts; nil when it has none.
  public var ladderStarts: Instant?
  /// Whether an appointment, not the time of opening, set it.
  public var byAppointment: Bool

  /// What meets it, given whether someone was dispatched.
  public func metBy(dispatched: Bool) -> Milestone {
    dispatched ? target.dispatchedMetBy ?? target.metBy : target.metBy
  }
}
