import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Wire

/// `call.report`
enum CallReport: WriteOperation {
  static let method = Method.callReport

  static func command(_ request: Callout_V1_CallReportRequest) throws(Refused) -> ReportCall.Request {
    var report = ReportCall.Request(
      key: Call.Key(callID: request.callID, report: Int64(max(1, request.report))), dialled: request.dialled)
    report.caller = request.caller
    report.digits = request.digits
    report.answer = request.answer.isEmpty ? nil : try Call.Answer(field: "answer", request.answer)
    report.by = request.by
    if request.voicemailSeconds > 0 || !request.voicemailReference.isEmpty {
      report.voicemail = Call.Voicemail(
        seconds: Int64(request.voicemailSeconds), reference: request.voicemailReference)
    }
    report.number = request.ticketNumber == 0 ? nil : Int64(clamping: request.ticketNumber)
    report.class = request.class
    return report
  }

  static func needs(
    _ request: ReportCall.Request, _ state: IntakeState, _ needs: inout Needs<IntakeState>
  ) throws(Refused) {
    needs.number(IntakeState.ticketNumbers)
    needs.rows(Tables.reportsOfCall, request.key.callID)
    let earlier = state.calls.members(of: request.key.callID)
    for call in earlier {
      if let ticket = call.ticketID { needs.thread(ticket, state) }
      if let contact = call.contactID { needs.row(Tables.contacts, contact) }
    }
    guard earlier.isEmpty, let hotline = request.hotline else { return }
    needs.row(Tables.hotlines, hotline)
    if let owner = state.hotlines[hotline]?.accountID { needs.caller(of: owner, state) }
    if let way = request.way {
      needs.contacts(by: way, state)
      for known in state.ways.members(of: way) { needs.caller(of: known.accountID, state) }
    }
    if let number = request.number {
      needs.row(Tables.ticketNumbers, number)
      if let named = state.ticketNumbers[number] { needs.thread(named.ticketID, state) }
    }
  }

  static func decide(
    _ request: ReportCall.Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Callout_V1_CallReportReply> {
    ReportCall.decide(request, &state, &context).map { reply in
      .with {
        $0.outcome = reply.isSeen ? "seen" : reply.call.outcome.rawValue
        $0.call = Callout_V1_Call(reply.call)
        if let ticket = reply.ticket { $0.ticket = Callout_V1_Ticket(ticket) }
        if let clause = reply.answer { $0.answer = Callout_V1_ClauseFinding(clause, failed: true) }
      }
    }
  }
}

extension Needs<IntakeState> {
  /// A ticket, or the one that it ended in.
  mutating func thread(_ id: TicketID, _ state: IntakeState) {
    ticket(id, state)
    if let end = state.tickets[id]?.mergedInto { ticket(end, state) }
  }

  /// A customer who calls, with the tickets that a call may be about.
  fileprivate mutating func caller(of id: AccountID, _ state: IntakeState) {
    account(id)
    plan(of: id, state)
    rows(Tables.openTicketsOfAccount, id)
    for open in state.openTickets.members(of: id) { ticket(open.ticketID, state) }
  }
}
