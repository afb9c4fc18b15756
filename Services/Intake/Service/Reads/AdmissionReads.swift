import SwiftProtobuf
import IntakeRules
import Policy
import ServiceKit
import Wire

/// `admission.get`
enum AdmissionGet: ReadOperation {
  static let method = Method.admissionGet

  static func queries(_ request: Callout_V1_AdmissionGetRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    [Tables.tickets.find(context.tenant, try TicketID(field: "ticket_id", request.ticketID))]
  }

  static func followUp(
    _ request: Callout_V1_AdmissionGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> [Query] {
    let ticket = try results.one(0, of: Tables.tickets, named: "ticket")
    return [PlanQuery.select(context.tenant, ticket.planVersion)]
  }

  static func reply(
    _ request: Callout_V1_AdmissionGetRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_AdmissionGetReply {
    let ticket = try results.one(0, of: Tables.tickets, named: "ticket")
    guard let plan = try results.plan(1) else {
      throw .refused(.planUnknown, "This service does not have the plan of the ticket: publish it here.")
    }
    return .with { $0.record = Callout_V1_AdmissionRecord(AdmissionRecord(of: ticket, plan)) }
  }
}
