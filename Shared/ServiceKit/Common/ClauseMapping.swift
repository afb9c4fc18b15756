public import Policy
import SwiftProtobuf
public import Wire

// A clause that did not hold, as the wire shows it: in a decision that was kept or only warns, and in a refusal.

extension Callout_V1_ClauseFinding {
  /// `failed` if the clause refuses; otherwise it warns.
  public init(_ clause: FailedClause, failed: Bool) {
    self.init()
    id = clause.id
    self.failed = failed
    text = clause.text
    refer = clause.referral ?? ""
    acceptIf = clause.remedy
    looked = clause.looked
  }
}

extension Callout_V1_FailedClause {
  /// A clause that refused.
  init(_ clause: FailedClause) {
    self.init()
    id = clause.id
    text = clause.text
    referral = clause.referral ?? ""
    acceptIf = clause.remedy
    looked = clause.looked
  }
}
