import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `admission.ask`
enum AdmissionAsk: WriteOperation {
  static let method = Method.admissionAsk

  static func needs(
    _ request: Callout_V1_AdmissionAskRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    let ask = try AskAdmission.Request(request)
    if let contact = ask.contactID { needs.row(Tables.contacts, contact) }
    if let account = ask.accountID { needs.row(Tables.accounts, account) }
    let agreed = ask.accountID.flatMap { state.accounts[$0]?.agreement?.planVersion }
    if let version = ask.planVersion ?? agreed { needs.planWithNewest(version, state) }
  }

  static func decide(
    _ request: Callout_V1_AdmissionAskRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_AdmissionAskReply> {
    Decision { () throws(Refused) in
      let record = try AskAdmission.decide(try AskAdmission.Request(request), &state, &context).get()
      return .with { $0.record = Callout_V1_AdmissionRecord(record) }
    }
  }

  static func refused(
    _ request: Callout_V1_AdmissionAskRequest, _ refusal: Refused, _ state: inout IntakeState,
    _ context: inout Context
  ) {
    // What cannot be understood is nobody's attempt.
    guard let ask = try? AskAdmission.Request(request) else { return }
    AskAdmission.record(ask, refusal, &state, &context)
  }
}

extension AskAdmission.Request {
  /// What a request asks for.
  init(_ request: Callout_V1_AdmissionAskRequest) throws(Refused) {
    self.init(
      subject: try AdmissionSubject(field: "subject", request.subject),
      accountID: try AccountID.optional(field: "account_id", request.accountID),
      planVersion: request.planVersion.isEmpty ? nil : try PlanVersion(field: "plan_version", request.planVersion),
      contactID: try ContactID.optional(field: "contact_id", request.contactID), caller: request.caller,
      channel: request.channel, text: request.text, facts: try Facts(field: "facts", request.facts))
  }
}
