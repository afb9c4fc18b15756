import NotifierRules
import Policy

/// A way by which messages leave: the embedded Maildir, or what takes its place.
///
/// Delivering the same message again must not show it twice where that can be helped, and it always bears the same
/// Message-ID: a process may die after a message left and before that was recorded, and the message then leaves again.
protocol DeliveryChannel: Sendable {
  /// Delivers a message and returns what the destination said, which is recorded. It returns only when the destination
  /// has taken the message for good.
  func deliver(_ message: OutgoingMessage) async throws(DeliveryFailure) -> String
}

/// A message as a channel gets it.
struct OutgoingMessage: Sendable, Equatable {
  let tenant: TenantID
  let delivery: Delivery
}

/// Why an attempt to deliver failed; it is recorded, and the next attempt comes later.
struct DeliveryFailure: Error, Equatable {
  /// What went wrong, and where.
  let text: String
}
