import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum PostCharge: TransferOperation {
  static let method = Method.chargePost

  static func command(_ request: Callout_V1_ChargePostRequest) throws(Refused) -> ChargePost.Request {
    try ChargePost.Request(request)
  }

  static func needs(
    _ charge: ChargePost.Request, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.account(charge.agreement, state, contra: .earned)
    needs.customer(of: charge.agreement, for: charge.task, state)
  }

  static func decide(
    _ charge: ChargePost.Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_ChargePostReply> {
    ChargePost.decide(charge, &state, &context).map { reply in
      .with {
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

enum PostManyCharges: WriteOperation {
  static let method = Method.chargePostMany

  /// A charge that cannot be understood is refused alone.
  static func command(
    _ request: Callout_V1_ChargePostManyRequest
  ) throws(Refused) -> [Result<ChargePost.Request, Refused>] {
    try ChargePostMany.check(count: request.charges.count)
    return request.charges.map { charge in
      Result { () throws(Refused) in try ChargePost.Request(charge) }
    }
  }

  static func weight(_ charges: [Result<ChargePost.Request, Refused>]) -> Int { charges.count }

  static func needs(
    _ charges: [Result<ChargePost.Request, Refused>], _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    for case .success(let charge) in charges { try PostCharge.needs(charge, state, &needs) }
  }

  static func decide(
    _ charges: [Result<ChargePost.Request, Refused>], _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_ChargePostManyReply> {
    ChargePostMany.decide(charges, &state, &context).map { decisions in
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

enum ReverseCharge: TransferOperation {
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
