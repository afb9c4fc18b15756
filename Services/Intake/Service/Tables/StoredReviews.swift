import IntakeRules
import Policy
import ServiceKit

/// A pause as a ticket keeps it.
struct StoredPause: StoredValue {
  let fromMs: Int64
  let toMs: Int64?
  let clause: String
  let text: String
  let reason: String

  init(_ pause: Pause) {
    fromMs = pause.from.milliseconds
    toMs = pause.to?.milliseconds
    clause = pause.clause
    text = pause.text
    reason = pause.reason
  }

  var value: Pause? {
    Pause(
      from: Instant(milliseconds: fromMs), to: toMs.map(Instant.init(milliseconds:)), clause: clause, text: text,
      reason: reason)
  }
}

/// A review as a ticket keeps it.
struct StoredReview: StoredValue {
  let misuse: Bool
  let name: String
  let clause: String
  let text: String
  let rate: String?
  let reviewer: String
  let reason: String
  let atMs: Int64

  init(_ review: MisuseReview) {
    misuse = review.isMisuse
    name = review.class
    clause = review.clause
    text = review.text
    rate = review.rate
    reviewer = review.reviewer
    reason = review.reason
    atMs = review.at.milliseconds
  }

  var value: MisuseReview? {
    MisuseReview(
      isMisuse: misuse, class: name, clause: clause, text: text, rate: rate, reviewer: reviewer, reason: reason,
      at: Instant(milliseconds: atMs))
  }
}
