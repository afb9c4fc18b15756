public import Policy

/// A time in which the clocks of a ticket stand still, because the customer does not keep what the plan asks for (P15).
public struct Pause: Hashable, Sendable {
  /// The most of one ticket.
  public static let countMax = 100

  /// When they were stopped.
  public let from: Instant
  /// When they went on; nil: they stand still.
  public var to: Instant?
  /// The obligation that is not kept.
  public let clause: String
  /// What the plan says about it.
  public let text: String
  /// What happened.
  public let reason: String

  /// A pause as given.
  public init(from: Instant, to: Instant? = nil, clause: String, text: String, reason: String) {
    self.from = from
    self.to = to
    self.clause = clause
    self.text = text
    self.reason = reason
  }
}

/// What a reviewer decided about a class that was claimed (E11).
public struct MisuseReview: Hashable, Sendable {
  /// Whether it was claimed without need.
  public let isMisuse: Bool
  /// The class.
  public let `class`: String
  /// The plan's clause about it.
  public let clause: String
  /// What the customer is told.
  public let text: String
  /// The rate by which the work is billed then; nil: there is no charge for it.
  public let rate: String?
  /// Who decided.
  public let reviewer: String
  /// Why.
  public let reason: String
  /// When.
  public let at: Instant

  /// A review as given.
  public init(
    isMisuse: Bool, class: String, clause: String, text: String, rate: String?, reviewer: String, reason: String,
    at: Instant
  ) {
    self.isMisuse = isMisuse
    self.class = `class`
    self.clause = clause
    self.text = text
    self.rate = rate
    self.reviewer = reviewer
    self.reason = reason
    self.at = at
  }
}
