import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum PostCharge: WriteOperation {
  static let method = Method.chargePost

  static func needs(
    _ request: Callout_V1_ChargePostRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    let agreement = try AgreementID(field: "agreement_id", request.agreementID)
    needs.account(agreement, state, contra: .earned)
    needs.customer(of: agreement, for: try WorkTask(request.task), state)
  }

  static func decide(
    _ request: Callout_V1_ChargePostRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_ChargePostReply> {
    Decision { () throws(Refused) in
      let reply = try ChargePost.decide(ChargePost.Request(request), &state, &context).get()
      return .with {
        $0.transfer = reply.transfer.wire
        $0.balance = reply.balance.units
      }
    }
  }
}

extension ChargePost.Request {
  init(_ request: Callout_V1_ChargePostRequest) throws(Refused) {
    self.init(
      agreement: try AgreementID(field: "agreement_id", request.agreementID), task: try WorkTask(request.task),
      completedAt: try Instant.optional(field: "task.completed_ms", milliseconds: request.task.completedMs),
      text: request.text)
  }
}

enum PostCharges: WriteOperation {
  static let method = Method.chargePostMany

  static func weight(_ request: Callout_V1_ChargePostManyRequest) -> Int { request.charges.count }

  static func needs(
    _ request: Callout_V1_ChargePostManyRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    try ChargePostMany.check(count: request.charges.count)
    for charge in request.charges {
      // One that cannot be understood needs nothing: it is refused alone.
      guard let charge = try? ChargePost.Request(charge) else { continue }
      needs.account(charge.agreement, state, contra: .earned)
      needs.customer(of: charge.agreement, for: charge.task, state)
    }
  }

  static func decide(
    _ request: Callout_V1_ChargePostManyRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_ChargePostManyReply> {
    let charges = request.charges.map { charge in
      Result { () throws(Refused) in try ChargePost.Request(charge) }
    }
    return ChargePostMany.decide(charges, &state, &context).map { decisions in
      .with { $0.outcomes = decisions.map(\.outcome) }
    }
  }
}

extension Decision<ChargePost.Reply> {
  fileprivate var outcome: Callout_V1_ChargeOutcome {
    switch self {
    case .accepted(let reply):
      .with {
        $0.transferID = reply.transfer.id.data
        $0.amount = -reply.transfer.amount.units
        $0.balance = reply.balance.units
      }
    case .refused(let refused):
      .with {
        let refusal = Callout_V1_Refusal(refused)
        $0.refusal = refusal.number
        $0.text = refusal.text
        $0.clauses = refusal.clauses
      }
    }
  }
}

enum ReverseCharge: WriteOperation {
  static let method = Method.chargeReverse

  static func needs(
    _ request: Callout_V1_ChargeReverseRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    let id = try TransferID(field: "transfer_id", request.transferID)
    needs.transfer(id, state)
    guard let transfer = state.transfers[id] else { return }
    needs.account(transfer.agreement, state, contra: transfer.contra, .expired)
    needs.plan(transfer.planVersion)
    needs.rows(Tables.invoicesOfAgreement, transfer.agreement)
    if let ticket = transfer.ticket { needs.charges(of: ticket, state) }
  }

  static func decide(
    _ request: Callout_V1_ChargeReverseRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_ChargeReverseReply> {
    Decision { () throws(Refused) in
      let command = ChargeReverse.Request(
        transfer: try TransferID(field: "transfer_id", request.transferID), reason: request.reason)
      let reply = try ChargeReverse.decide(command, &state, &context).get()
      return .with {
        $0.transfer = reply.transfer.wire
        $0.balance = reply.balance.units
      }
    }
  }
}

extension Decision {
  /// The reply, or the refusal thrown.
  func get() throws(Refused) -> Reply {
    switch self {
    case .accepted(let reply): return reply
    case .refused(let refused): throw refused
    }
  }
}
