public import Policy
import SwiftProtobuf
public import Wire

extension Callout_V1_Refusal {
  /// A refusal of the rules, as the wire carries it.
  public init(_ refused: Refused) {
    self.init(
      refused.reason.wireCode, text: refused.text, field: refused.reason.field,
      clauses: refused.clauses.map(Callout_V1_FailedClause.init))
  }
}

extension Refused.Reason {
  /// The number by which the wire knows the reason.
  var wireCode: RefusalCode {
    switch self {
    case .notFound: .notFound
    case .invalid: .invalidField
    case .notAllowed: .notAllowed
    case .alreadyExists: .alreadyExists
    case .conflict: .conflict
    case .admission: .admission
    case .insufficientCredits: .insufficientCredits
    case .planUnknown: .planUnknown
    case .planInvalid: .planInvalid
    case .liveTenant: .liveTenant
    case .clauseUnknown: .clauseUnknown
    case .needsConsent: .needsConsent
    case .needsAcknowledgement: .needsAcknowledgement
    case .needsAssessment: .needsAssessment
    case .needsQuote: .needsQuote
    case .needsReason: .needsReason
    case .closedStatement: .closedStatement
    case .expired: .expired
    case .limit: .limit
    }
  }

  fileprivate var field: String {
    if case .invalid(let field) = self { field } else { "" }
  }
}
