import IntakeRules
import Policy
import ServiceKit

extension Tables {
  /// What gateways reported of calls.
  static let calls = Table<IntakeState, Call>(
    "calls", { $1(&$0.calls) }, key: [Column<Call.Key>("call_id", \.callID), Column("report", \.report)],
    columns: callsColumns, isKept: false, read: readCall)

  private static let callsColumns: [Column<Call>] = [
    Column("call_report_id", fixed: true, \.id), Column("dialled", fixed: true, \.dialled),
    Column("caller", fixed: true, \.caller), Column("digits", fixed: true, \.digits),
    Column("answer", fixed: true) { $0.answer?.rawValue }, Column("answered_by", fixed: true, \.by),
    Column("voicemail_seconds", fixed: true) { $0.voicemail?.seconds },
    Column("voicemail_reference", fixed: true) { $0.voicemail?.reference },
    Column("account_id", fixed: true, \.accountID), Column("contact_id", fixed: true, \.contactID),
    Column("ticket_id", fixed: true, \.ticketID), Column("outcome", fixed: true, \.outcome),
    Column("reason", fixed: true, \.reason), Column("reported_at", fixed: true, \.at),
  ]

  static func readCall(_ row: inout RowReader) throws(RowError) -> Call {
    let key = Call.Key(callID: try row.next(), report: try row.next())
    let id: CallReportID = try row.next()
    let dialled: String = try row.next()
    let caller: String = try row.next()
    let digits: String = try row.next()
    let answer = try row.next(String?.self).flatMap(Call.Answer.init)
    let by: String = try row.next()
    let seconds: Int64? = try row.next()
    let reference: String? = try row.next()
    let accountID: AccountID? = try row.next()
    let contactID: ContactID? = try row.next()
    let ticketID: TicketID? = try row.next()
    let outcome: Call.Outcome = try row.next()
    let reason: String = try row.next()
    var call = Call(
      key: key, id: id, dialled: dialled, caller: caller, digits: digits, answer: answer, by: by,
      voicemail: seconds.map { Call.Voicemail(seconds: $0, reference: reference ?? "") }, outcome: outcome,
      at: try row.next())
    (call.accountID, call.contactID, call.ticketID, call.reason) = (accountID, contactID, ticketID, reason)
    return call
  }
  static let reportsOfCall = calls.group(by: "call_id", of: String.self, limit: ReportCall.reportCountMax)

  /// Tickets on which work goes on, by their customers: a further view of their table, which is only read.
  static let openTickets = Table<IntakeState, OpenTicketView>(
    "tickets", { $1(&$0.openTickets) }, key: [Column<TicketID>("ticket_id") { $0 }],
    columns: [Column("account_id", fixed: true, \.accountID)], isKept: false
  ) { row throws(RowError) in
    OpenTicketView(ticketID: try row.next(), accountID: try row.next())
  }
  static let openTicketsOfAccount = openTickets.group(
    by: "account_id", of: AccountID.self, where: "r.resolved_at IS NULL", limit: openTicketsOfAccountMax)
  /// The most open tickets of a customer among which a call finds its own: the earliest ones.
  static let openTicketsOfAccountMax = 50
}

struct StoredTicketCall: StoredValue {
  let number: Int64
  let digits: String
  let answer: String?
  let by: String

  init(_ call: TicketCall) {
    number = call.number
    digits = call.digits
    answer = call.answer?.rawValue
    by = call.by
  }

  var value: TicketCall? {
    TicketCall(number: number, digits: digits, answer: answer.flatMap(Call.Answer.init), by: by)
  }
}
