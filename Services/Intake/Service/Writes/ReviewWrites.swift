import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `obligation.record`
enum ObligationRecord: WriteOperation {
  static let method = Method.obligationRecord

  static func needs(
    _ request: Callout_V1_ObligationRecordRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    switch try RecordObligation.Request.Place(request) {
    case .account(let id):
      needs.account(id)
      needs.plan(of: id, state)
    case .ticket(let id): needs.ticket(id, state)
    }
  }

  static func decide(
    _ request: Callout_V1_ObligationRecordRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_ObligationRecordReply> {
    Decision { () throws(Refused) in
      let record = RecordObligation.Request(
        place: try RecordObligation.Request.Place(request), obligation: request.obligation, isKept: request.kept,
        reason: request.reason)
      let reply = try RecordObligation.decide(record, &state, &context).get()
      return .with {
        switch reply {
        case .account(let view): $0.account = Callout_V1_Account(view)
        case .ticket(let ticket): $0.ticket = Callout_V1_Ticket(ticket)
        }
      }
    }
  }
}

extension RecordObligation.Request.Place {
  /// The one thing that a request names.
  init(_ request: Callout_V1_ObligationRecordRequest) throws(Refused) {
    let account = try AccountID.optional(field: "account_id", request.accountID)
    let ticket = try TicketID.optional(field: "ticket_id", request.ticketID)
    switch (account, ticket) {
    case (let id?, nil): self = .account(id)
    case (nil, let id?): self = .ticket(id)
    case (_?, _?), (nil, nil):
      throw Refused(.invalid(field: "ticket_id"), "Name an account or a ticket, one of both.")
    }
  }
}

/// `misuse.review`
enum MisuseReviewing: WriteOperation {
  static let method = Method.misuseReview

  static func needs(
    _ request: Callout_V1_MisuseReviewRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_MisuseReviewRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_MisuseReviewReply> {
    Decision { () throws(Refused) in
      let review = ReviewMisuse.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID), isMisuse: request.misused, reason: request.reason)
      let ticket = try ReviewMisuse.decide(review, &state, &context).get()
      return .with { $0.ticket = Callout_V1_Ticket(ticket) }
    }
  }
}
