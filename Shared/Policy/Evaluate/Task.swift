/// A piece of work as it is rated: all the work of one ticket in one mode.
public struct WorkTask: Hashable, Sendable {
  /// Mode, category, visit, resolved, dispatched, missed, same, closed, reported and whatever else rates ask about.
  public var facts: Facts
  /// How long it took.
  public var work: Work
  /// Work past a gate that nobody had opened: kept, and not charged.
  public var beyond: [WorkInterval]
  /// Further blocks that the customer has consented to, in all.
  public var consentedBlocks: Int
  /// Whether the customer has been told where things stand (the gate `needs: assessment`).
  public var situationAssessed: Bool
  /// The customer's first assessment.
  public var assessment: AssessmentState
  /// What was bought or fitted.
  public var parts: [PartsLine]
  /// Taken off by a person, beside the plan's waivers.
  public var waivers: [ManualWaiver]
  /// The class that was claimed without need, as a reviewer decided; nil where none was.
  public var misusedClass: String?

  /// A task; everything but facts and work may be left out.
  public init(
    facts: Facts, work: Work, beyond: [WorkInterval] = [], consentedBlocks: Int = 0, situationAssessed: Bool = false,
    assessment: AssessmentState = .done([]), parts: [PartsLine] = [], waivers: [ManualWaiver] = [],
    misusedClass: String? = nil
  ) {
    self.facts = facts
    self.work = work
    self.beyond = beyond
    self.consentedBlocks = consentedBlocks
    self.situationAssessed = situationAssessed
    self.assessment = assessment
    self.parts = parts
    self.waivers = waivers
    self.misusedClass = misusedClass
  }

  /// How long a task took.
  public enum Work: Hashable, Sendable {
    /// Whole minutes, already counted.
    case minutes(Int64)
    /// From when to when; only the open time of the rate's calendar counts, overlaps count once, and seconds of the
    /// total are dropped.
    case intervals([WorkInterval])
  }

  /// How far the customer's first assessment has come.
  public enum AssessmentState: Hashable, Sendable {
    /// The items that are done.
    case done(Set<String>)
    /// Charged before it is complete; the reason is kept.
    case overridden(reason: String)
    /// Not the concern of whoever rates (an estimate on a plan file alone).
    case notAsked
  }

  /// A part, or the time to buy and fit it.
  public struct PartsLine: Hashable, Sendable {
    /// What the line is for.
    public var text: String
    /// How long buying and fitting took.
    public var minutes: Int64
    /// The price that the customer agreed to; needed where the plan has no rate for parts.
    public var agreed: Amount?

    /// A line for parts.
    public init(text: String, minutes: Int64, agreed: Amount?) {
      self.text = text
      self.minutes = minutes
      self.agreed = agreed
    }
  }

  /// Something taken off by a person.
  public struct ManualWaiver: Hashable, Sendable {
    /// How much; nil for all work.
    public var units: Amount?
    /// Who, and why: never empty.
    public var reason: String

    /// A waiver by hand.
    public init(units: Amount?, reason: String) {
      self.units = units
      self.reason = reason
    }
  }
}

/// From one instant up to another, half-open.
public struct WorkInterval: Hashable, Sendable {
  /// When it began.
  public var from: Instant
  /// When it ended; not before `from`.
  public var to: Instant

  /// Work from `from` up to `to`.
  public init(from: Instant, to: Instant) {
    self.from = from
    self.to = to
  }
}
