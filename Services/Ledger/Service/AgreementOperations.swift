import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum SignAgreement: WriteOperation {
  static let method = Method.agreementSign

  static func needs(
    _ request: Callout_V1_AgreementSignRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    let request = try AgreementSign.Request(request)
    needs.rows(Tables.activeAgreement, request.account)
    needs.planWithNewest(request.planVersion, state)
  }

  static func decide(
    _ request: Callout_V1_AgreementSignRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_AgreementSignReply> {
    Decision { () throws(Refused) in
      let reply = try AgreementSign.decide(AgreementSign.Request(request), &state, &context).get()
      return .with {
        $0.agreement = reply.agreement.wire(reply.wallet)
        $0.warnings = reply.warnings.map { Callout_V1_ClauseFinding($0, failed: false) }
      }
    }
  }
}

extension AgreementSign.Request {
  init(_ request: Callout_V1_AgreementSignRequest) throws(Refused) {
    self.init(
      account: try AccountID(field: "account_id", request.accountID),
      planVersion: try PlanVersion(field: "plan_version", request.planVersion), tier: request.tier,
      endsAt: try Instant.optional(field: "ends_ms", milliseconds: request.endsMs),
      facts: try Facts(field: "facts", request.facts, countMax: TaskLimits.factsMax))
  }
}

enum RenewAgreement: WriteOperation {
  static let method = Method.agreementRenew

  static func needs(
    _ request: Callout_V1_AgreementRenewRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.account(try AgreementID(field: "agreement_id", request.agreementID), state)
    needs.planWithNewest(try PlanVersion(field: "plan_version", request.planVersion), state)
  }

  static func decide(
    _ request: Callout_V1_AgreementRenewRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_AgreementRenewReply> {
    Decision { () throws(Refused) in
      let command = AgreementRenew.Request(
        agreement: try AgreementID(field: "agreement_id", request.agreementID),
        planVersion: try PlanVersion(field: "plan_version", request.planVersion),
        endsAt: try Instant.optional(field: "ends_ms", milliseconds: request.endsMs))
      let reply = try AgreementRenew.decide(command, &state, &context).get()
      return .with {
        $0.agreement = reply.agreement.wire(reply.wallet)
        $0.warnings = reply.warnings.map { Callout_V1_ClauseFinding($0, failed: false) }
      }
    }
  }
}

enum EndAgreement: WriteOperation {
  static let method = Method.agreementEnd

  static func needs(
    _ request: Callout_V1_AgreementEndRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.ending(try AgreementID(field: "agreement_id", request.agreementID), state)
  }

  static func decide(
    _ request: Callout_V1_AgreementEndRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_AgreementEndReply> {
    Decision { () throws(Refused) in
      let command = AgreementEnd.Request(
        agreement: try AgreementID(field: "agreement_id", request.agreementID), reason: request.reason)
      let reply = try AgreementEnd.decide(command, &state, &context).get()
      return .with { $0.agreement = reply.agreement.wire(reply.wallet) }
    }
  }
}

enum PurchasePackage: WriteOperation {
  static let method = Method.packagePurchase

  static func needs(
    _ request: Callout_V1_PackagePurchaseRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.purchase(try AgreementID(field: "agreement_id", request.agreementID), state)
  }

  static func decide(
    _ request: Callout_V1_PackagePurchaseRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_PackagePurchaseReply> {
    Decision { () throws(Refused) in
      let command = PackagePurchase.Request(
        agreement: try AgreementID(field: "agreement_id", request.agreementID), package: request.package,
        quantity: Int64(request.quantity), paid: request.paid, reference: request.reference)
      let reply = try PackagePurchase.decide(command, &state, &context).get()
      return .with {
        $0.agreement = reply.agreement.wire(reply.wallet)
        if let lot = reply.lot { $0.lot = lot.wire }
        $0.transferID = reply.transfer.id.data
      }
    }
  }
}

enum PostAdjustment: TransferOperation {
  static let method = Method.adjustmentPost

  static func needs(
    _ request: Callout_V1_AdjustmentPostRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.account(try AgreementID(field: "agreement_id", request.agreementID), state, contra: .adjusted)
  }

  static func decide(
    _ request: Callout_V1_AdjustmentPostRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<TransferReply> {
    Decision { () throws(Refused) in
      let command = AdjustmentPost.Request(
        agreement: try AgreementID(field: "agreement_id", request.agreementID),
        amount: try Amount(field: "amount", request.amount), reason: request.reason, unit: request.unit)
      let reply = try AdjustmentPost.decide(command, &state, &context).get()
      return TransferReply(transfer: reply.transfer, balance: reply.balance)
    }
  }
}
