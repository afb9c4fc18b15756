import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

enum PlaceHold: WriteOperation {
  static let method = Method.holdPlace

  static func needs(
    _ request: Callout_V1_HoldPlaceRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.account(try AgreementID(field: "agreement_id", request.agreementID), state)
  }

  static func decide(
    _ request: Callout_V1_HoldPlaceRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_HoldPlaceReply> {
    Decision { () throws(Refused) in
      let command = HoldPlace.Request(
        agreement: try AgreementID(field: "agreement_id", request.agreementID),
        amount: try Amount(field: "amount", request.amount), reason: request.reason,
        ticket: try TicketID.optional(field: "ticket_id", request.ticketID),
        expiresAt: try Instant.optional(field: "expires_ms", milliseconds: request.expiresMs), unit: request.unit)
      let hold = try HoldPlace.decide(command, &state, &context).get()
      return .with { $0.hold = hold.wire }
    }
  }
}

enum CaptureHold: WriteOperation {
  static let method = Method.holdCapture

  static func needs(
    _ request: Callout_V1_HoldCaptureRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.hold(try HoldID(field: "hold_id", request.holdID), state)
  }

  static func decide(
    _ request: Callout_V1_HoldCaptureRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_HoldCaptureReply> {
    Decision { () throws(Refused) in
      let command = HoldCapture.Request(
        hold: try HoldID(field: "hold_id", request.holdID), amount: try Amount(field: "amount", request.amount),
        text: request.text)
      let reply = try HoldCapture.decide(command, &state, &context).get()
      return .with {
        $0.hold = reply.hold.wire
        if let transfer = reply.transfer { $0.transfer = transfer.wire }
      }
    }
  }
}

enum VoidHold: WriteOperation {
  static let method = Method.holdVoid

  static func needs(
    _ request: Callout_V1_HoldVoidRequest, _ state: LedgerState, _ needs: inout Needs<LedgerState>
  ) throws(Refused) {
    needs.hold(try HoldID(field: "hold_id", request.holdID), state)
  }

  static func decide(
    _ request: Callout_V1_HoldVoidRequest, _ state: inout LedgerState, _ context: inout Context
  ) -> Decision<Callout_V1_HoldVoidReply> {
    Decision { () throws(Refused) in
      let command = HoldVoid.Request(hold: try HoldID(field: "hold_id", request.holdID), reason: request.reason)
      let hold = try HoldVoid.decide(command, &state, &context).get()
      return .with { $0.hold = hold.wire }
    }
  }
}
