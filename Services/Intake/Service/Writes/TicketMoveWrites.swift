import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `ticket.merge`
enum TicketMerge: WriteOperation {
  static let method = Method.ticketMerge

  static func needs(
    _ request: Callout_V1_TicketMergeRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
    needs.ticket(try TicketID(field: "into_ticket_id", request.intoTicketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketMergeRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketMergeReply> {
    Decision { () throws(Refused) in
      let merge = MergeTickets.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID),
        intoTicketID: try TicketID(field: "into_ticket_id", request.intoTicketID), reason: request.reason)
      let reply = try MergeTickets.decide(merge, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(reply.ticket)
        $0.into = Callout_V1_Ticket(reply.into)
      }
    }
  }
}

/// `ticket.split`
enum TicketSplit: WriteOperation {
  static let method = Method.ticketSplit

  static func needs(
    _ request: Callout_V1_TicketSplitRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.number(IntakeState.ticketNumbers)
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_TicketSplitRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_TicketSplitReply> {
    Decision { () throws(Refused) in
      guard request.workIds.count <= RecordWork.countMax else {
        throw Refused(.invalid(field: "work_ids"), "work_ids names 1 to \(RecordWork.countMax) records.")
      }
      var ids: [WorkID] = []
      for id in request.workIds { ids.append(try WorkID(field: "work_ids", id)) }
      let split = SplitTicket.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID), workIDs: ids, subject: request.subject,
        category: request.category, incident: request.incident, reason: request.reason)
      let reply = try SplitTicket.decide(split, &state, &context).get()
      return .with {
        $0.ticket = Callout_V1_Ticket(reply.ticket)
        $0.split = Callout_V1_Ticket(reply.split)
      }
    }
  }
}
