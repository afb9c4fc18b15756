public import Policy

/// What came of an attempt to deliver.
public enum DeliveryReport {
  public struct Request: Hashable, Sendable {
    public var deliveryID: DeliveryID
    /// The attempt's number, from 1: one more than what was recorded before.
    public var number: Int
    public var result: Result
    /// What the destination said.
    public var outcome: String

    public init(deliveryID: DeliveryID, number: Int, result: Result, outcome: String) {
      self.deliveryID = deliveryID
      self.number = number
      self.result = result
      self.outcome = outcome
    }
  }

  /// How an attempt ended.
  public enum Result: Hashable, Sendable {
    /// The destination has taken the message.
    case sent
    /// It has not, or nobody knows: it is tried again. `after` is how long the destination asks to wait.
    case again(after: TimeSpan?)
    /// It never will.
    case never
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
        deliveryID: delivery.id, number: request.number, at: context.now, succeeded: request.result == .sent,
        outcome: outcome))
    delivery.attempts = request.number
    delivery.version += 1
    delivery.isReady = false
    let to = "\(delivery.recipient) by \(delivery.method.rawValue)"
    switch request.result {
    case .sent:
      delivery.state = .sent
      state.common.changed("delivery.sent", delivery.id, version: delivery.version, "Told \(to): \(delivery.subject)")
    case .again(let after):
      if let due = Retry.due(after: delivery, asked: after, at: context.now) {
        state.common.timers.arm(retryTimer, delivery.id, at: due)
      } else {
        fail(&delivery, "Could not tell \(to) in \(delivery.attempts) attempts: \(outcome)", &state)
      }
    case .never: fail(&delivery, "Cannot tell \(to): \(outcome)", &state)
    }
    state.deliveries.update(delivery)
    return .accepted(delivery)
  }

  private static func fail(_ delivery: inout Delivery, _ why: String, _ state: inout NotifierState) {
    delivery.state = .failed
    state.common.changed("delivery.failed", delivery.id, version: delivery.version, why)
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
