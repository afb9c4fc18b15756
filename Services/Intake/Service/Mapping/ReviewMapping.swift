import Foundation
import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

extension Callout_V1_Pause {
  /// A pause as the wire shows it.
  init(_ pause: Pause) {
    self.init()
    fromMs = pause.from.milliseconds
    toMs = pause.to.milliseconds
    clause = pause.clause
    reason = pause.reason
    text = pause.text
  }
}

extension Callout_V1_MisuseReview {
  /// A review as the wire shows it.
  init(_ review: MisuseReview) {
    self.init()
    misused = review.isMisuse
    clause = review.clause
    text = review.text
    rate = review.rate ?? ""
    reviewer = review.reviewer
    reason = review.reason
    atMs = review.at.milliseconds
    `class` = review.class
  }
}

extension Callout_V1_AdmissionRecord {
  /// A decision as the wire shows it.
  init(_ record: AdmissionRecord) {
    self.init()
    allowed = record.failed.isEmpty
    subject = record.subject.rawValue
    planVersion = .init(record.plan.bytes)
    atMs = record.at.milliseconds
    facts = record.facts.all.map { Callout_V1_Fact($0.name, $0.fact) }
    looked = record.looked
    considered = record.considered
    failed = record.failed.map { Callout_V1_ClauseFinding($0, failed: true) }
    warnings = record.warnings.map { Callout_V1_ClauseFinding($0, failed: false) }
    if record.subject == .ticket { handling = record.handling.rawValue }
    draws = record.draws ?? ""
  }
}
