public import Policy

/// When a delivery is tried again.
///
/// A page is tried often and given up early: two hours on, who was to be woken by it is told by later steps, or not at all,
/// and the ladder never waits for it. Other messages have a day, for a mail is worth reading the next morning.
public enum Retry {
  /// The most attempts that a delivery has. Delays and deadlines end it earlier.
  public static let mostAttempts = 64
  /// How long to wait, at most, after the first attempt.
  static let shortest = TimeSpan.seconds(5)
  /// The longest that a destination may ask to wait.
  public static let mostAsked = TimeSpan.hours(1)

  /// How long to wait, at most, after any attempt.
  static func longest(_ cause: Delivery.Cause) -> TimeSpan {
    switch cause {
    case .escalation, .bundle: .minutes(5)
    case .notice, .answer: .hours(1)
    }
  }

  /// How long a message is worth trying.
  public static func life(_ cause: Delivery.Cause) -> TimeSpan {
    switch cause {
    case .escalation, .bundle: .hours(2)
    case .notice, .answer: .hours(24)
    }
  }

  /// How long to wait after attempt `number`, from 1: between half and all of 5 s doubled with every attempt, at most 5 min for a
  /// page and 1 h for others. Where in between is drawn from the delivery's id, so that deliveries that failed together
  /// part.
  public static func delay(after number: Int, of delivery: DeliveryID, _ cause: Delivery.Cause) -> TimeSpan {
    let doublings = Int64(1) << Int64(min(max(0, number - 1), 20))
    let full = min(shortest.milliseconds * doublings, longest(cause).milliseconds)
    var draw = IdentifierSource(seed: delivery.low ^ UInt64(truncatingIfNeeded: number))
    return .milliseconds(full - Int64(draw.nextBits() % UInt64(full / 2 + 1)))
  }

  /// When the attempt after the last one of `delivery` is due: as its delay says, or later if the destination `asked` for that,
  /// but at the deadline at the latest. Nil: there is none, for the deadline is past, or there were as many as there may be.
  static func due(after delivery: Delivery, asked: TimeSpan?, at now: Instant) -> Instant? {
    guard delivery.attempts < mostAttempts, now < delivery.deadline else { return nil }
    let delay = delay(after: delivery.attempts, of: delivery.id, delivery.cause)
    return min(now + max(delay, min(asked ?? .zero, mostAsked)), delivery.deadline)
  }
}
