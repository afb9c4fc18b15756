import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `call.schedule`
enum CallSchedule: WriteOperation {
  static let method = Method.callSchedule

  static func needs(
    _ request: Callout_V1_CallScheduleRequest, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.ticket(try TicketID(field: "ticket_id", request.ticketID), state)
  }

  static func decide(
    _ request: Callout_V1_CallScheduleRequest, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_CallScheduleReply> {
    Decision { () throws(Refused) in
      let call = ScheduleCall.Request(
        ticketID: try TicketID(field: "ticket_id", request.ticketID),
        at: try Instant(field: "at_ms", milliseconds: request.atMs), note: request.note)
      let ticket = try ScheduleCall.decide(call, &state, &context).get()
      return .with { $0.ticket = Callout_V1_Ticket(ticket) }
    }
  }
}
