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
      let command = ChargePost.Request(
        agreement: try AgreementID(field: "agreement_id", request.agreementID), task: try WorkTask(request.task),
        completedAt: try Instant.optional(field: "task.completed_ms", milliseconds: request.task.completedMs),
        text: request.text)
      let reply = try ChargePost.decide(command, &state, &context).get()
      return .with {
        $0.transfer = reply.transfer.wire
        $0.balance = reply.balance.units
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
