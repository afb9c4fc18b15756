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
    if let done = charge.completedAt {
      needs.account(charge.agreement, state, contra: .expired)
      needs.lapsed(charge.agreement, since: done, state)
    }
    needs.customer(of: charge.agreement, for: charge.task, state)
  }

  static func decide(
    _ charge: ChargePost.Request, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<TransferReply> {
    ChargePost.decide(charge, &state, &context).map { TransferReply(transfer: $0.transfer, balance: $0.balance) }
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
  ) -> Decision<[Decision<ChargePost.Reply>]> {
    ChargePostMany.decide(charges, &state, &context)
  }

  static func encode(_ decisions: [Decision<ChargePost.Reply>]) -> EncodedMessage {
    var writer = MessageWriter(reserving: decisions.count * 32)
    for decision in decisions {
      switch decision {
      case .accepted(let reply): writer.message(1) { $0.outcome(reply) }
      case .refused(let refused): writer.message(1, encoded: EncodedMessage(outcome(refused)))
      }
    }
    return writer.message
  }

  private static func outcome(_ refused: Refused) -> Callout_V1_ChargeOutcome {
    .with {
      let refusal = Callout_V1_Refusal(refused)
      $0.refusal = refusal.number
      $0.text = refusal.text
      $0.clauses = refusal.clauses
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
    needs.account(transfer.agreement, state, contra: .expired)
    needs.row(Tables.wallets, transfer.contra)
    needs.plan(transfer.planVersion)
    needs.rows(Tables.invoicesOfAgreement, transfer.agreement)
    if let ticket = transfer.ticket { needs.charges(of: ticket, state) }
  }

  static func decide(
    _ request: Callout_V1_ChargeReverseRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<TransferReply> {
    Decision { () throws(Refused) in
      let command = ChargeReverse.Request(
        transfer: try TransferID(field: "transfer_id", request.transferID), reason: request.reason)
      let reply = try ChargeReverse.decide(command, &state, &context).get()
      return TransferReply(transfer: reply.transfer, balance: reply.balance)
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
