public import Policy

/// What came of an attempt to deliver.
public enum DeliveryReport {
  public struct Request: Hashable, Sendable {
    public var deliveryID: DeliveryID
    /// The attempt's number, from 1: one more than what was recorded before.
    public var number: Int
    public var succeeded: Bool
    /// What the destination said.
    public var outcome: String

    public init(deliveryID: DeliveryID, number: Int, succeeded: Bool, outcome: String) {
      self.deliveryID = deliveryID
      self.number = number
      self.succeeded = succeeded
      self.outcome = outcome
    }
  }

  /// The timer that makes a delivery ready for its next attempt.
  public static let retryTimer = "delivery.retry"

  /// Looks at the delivery. An attempt that is recorded already, and one of a delivery that has ended, changes nothing.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Delivery> {
    guard var delivery = state.deliveries[request.deliveryID] else {
      return .refused(Refused(.notFound("delivery"), "There is no such delivery."))
    }
    guard delivery.state == .waiting, request.number > delivery.attempts else { return .accepted(delivery) }
    guard request.number == delivery.attempts + 1 else {
      return .refused(
        Refused(.invalid(field: "number"), "The next attempt of this delivery is number \(delivery.attempts + 1)."))
    }
    let outcome = request.outcome.onOneLine(limit: TextBound.reason)
    state.attempts.append(
      DeliveryAttempt(
        deliveryID: delivery.id, number: request.number, at: context.now, succeeded: request.succeeded,
        outcome: outcome))
    delivery.attempts = request.number
    delivery.version += 1
    delivery.isReady = false
    let to = "\(delivery.recipient) by \(delivery.method.rawValue)"
    if request.succeeded {
      delivery.state = .sent
      state.common.changed("delivery.sent", delivery.id, version: delivery.version, "Told \(to): \(delivery.subject)")
    } else if delivery.attempts >= Retry.mostAttempts {
      delivery.state = .failed
      state.common.changed(
        "delivery.failed", delivery.id, version: delivery.version,
        "Could not tell \(to) in \(delivery.attempts) attempts: \(outcome)")
    } else {
      state.common.timers.arm(
        retryTimer, delivery.id, at: context.now + Retry.delay(after: delivery.attempts, of: delivery.id))
    }
    state.deliveries.update(delivery)
    return .accepted(delivery)
  }

  /// The time of the next attempt has come.
  public static func retryDue(
    _ id: DeliveryID, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    state.deliveries.update(id) { delivery in
      if delivery.state == .waiting { delivery.isReady = true }
    }
    return .accepted(())
  }
}
