import Foundation
import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `call.list`
enum CallList: ReadOperation {
  static let method = Method.callList

  static func queries(_ request: Callout_V1_CallListRequest, _ context: ReadContext) throws(Refused) -> [Query] {
    let page = try PageRequest(request.page)
    let before = Argument(try page.afterID() ?? CallReportID.highest)
    let limit = Argument(page.fetch)
    guard let ticket = try TicketID.optional(field: "ticket_id", request.ticketID) else {
      return [
        Tables.calls.select(
          context.tenant, where: "r.call_report_id < $2 ORDER BY r.call_report_id DESC LIMIT $3", [before, limit])
      ]
    }
    return [
      Tables.calls.select(
        context.tenant, where: "r.call_report_id < $2 AND r.ticket_id = $4 ORDER BY r.call_report_id DESC LIMIT $3",
        [before, limit, Argument(ticket)])
    ]
  }

  static func reply(
    _ request: Callout_V1_CallListRequest, _ results: ReadResults, _ context: ReadContext
  ) throws(ReadFailure) -> Callout_V1_CallListReply {
    let page = try request.page.checked()
    let (calls, next) = page.cut(try results.rows(0, of: Tables.calls)) { $0.id.bytes }
    return .with {
      $0.calls = calls.map(Callout_V1_Call.init)
      $0.next = Data(next)
    }
  }
}

extension Callout_V1_Call {
  /// A report of a call as the wire shows it.
  init(_ call: Call) {
    self.init()
    id = call.id.data
    callID = call.key.callID
    report = UInt32(clamping: call.key.report)
    dialled = call.dialled
    caller = call.caller
    digits = call.digits
    answer = call.answer?.rawValue ?? ""
    by = call.by
    voicemailSeconds = UInt32(clamping: call.voicemail?.seconds ?? 0)
    voicemailReference = call.voicemail?.reference ?? ""
    accountID = call.accountID.data()
    contactID = call.contactID.data()
    ticketID = call.ticketID.data()
    outcome = call.outcome.rawValue
    reason = call.reason
    atMs = call.at.milliseconds
  }
}
