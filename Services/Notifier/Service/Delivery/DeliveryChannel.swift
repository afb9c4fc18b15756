import NotifierRules
import Policy

/// A way by which messages leave: the embedded Maildir, or what takes its place.
///
/// Delivering the same message again must not show it twice where that can be helped, and it always bears the same
/// Message-ID or webhook id: a process may die after a message left and before that was recorded, and the message then
/// leaves again.
protocol DeliveryChannel: Sendable {
  /// Delivers a message and returns what the destination said, which is recorded. It returns only when the destination
  /// has taken the message for good; it returns or throws within a bound of its own, and soon after its task is cancelled.
  func deliver(_ message: OutgoingMessage) async throws(DeliveryFailure) -> String
}

/// A message as a channel gets it.
struct OutgoingMessage: Sendable, Equatable {
  let tenant: TenantID
  let delivery: Delivery
}

/// Why an attempt to deliver failed; it is recorded.
struct DeliveryFailure: Error, Equatable {
  /// What went wrong, and where.
  let text: String
  /// Whether the destination will never take the message.
  let isFinal: Bool
  /// How long the destination asks to wait before the next attempt.
  let after: TimeSpan?

  /// - Parameter isFinal: the next attempt comes later, unless there can be none.
  init(text: String, isFinal: Bool = false, after: TimeSpan? = nil) {
    self.text = text
    self.isFinal = isFinal
    self.after = after
  }
}
