import Foundation
import IntakeRules
import Policy
import Testing

/// A desk whose customer's contact is known by a number, under Flexi-IT with a hotline of the customer's own.
private struct CallDesk {
  var desk: Desk
  /// Mei's number, as a gateway has it.
  static let mei = "+65 8123 0009"
  static let hotline = "+65 3105 0142"

  init(_ plan: Plan = Desk.flexi) throws {
    desk = try Desk(plan)
    let appointed = desk.state.contacts.members(of: desk.account).filter { $0.endedAt == nil }
    let request = AppointContact.Request(
      accountID: desk.account, name: "Mei Own", fixedPhone: "+6561230009", mobilePhone: "+6581230009",
      email: "mei@kopi.example", replaces: appointed.first?.id)
    _ = try desk.run { AppointContact.decide(request, &$0, &$1) }
  }

  func call(_ id: String, report: Int64 = 1, digits: String = "", answer: Call.Answer? = nil) -> ReportCall.Request {
    var request = ReportCall.Request(key: .init(callID: id, report: report), dialled: Self.hotline)
    request.caller = Self.mei
    request.digits = digits
    request.answer = answer
    return request
  }

  mutating func report(_ request: ReportCall.Request) throws(Refused) -> ReportCall.Reply {
    try desk.run { ReportCall.decide(request, &$0, &$1) }
  }

  mutating func refusal(_ change: (inout ReportCall.Request) -> Void) -> Refused? {
    var request = call("x")
    change(&request)
    return desk.refusal { ReportCall.decide(request, &$0, &$1) }
  }

  /// The notices about calls.
  var notices: [IntakeNotice] {
    desk.state.common.events.elements.compactMap { event in
      if case .notice(let notice) = event, notice.kind == "call" { notice } else { nil }
    }
  }
}

@Suite("A gateway reports a call")
struct ReportCallRulesTests {
  @Test("F15: the dialled number finds the customer, the caller's the contact, and a ticket is opened")
  func opens() throws {
    var desk = try CallDesk()
    let reply = try desk.report(desk.call("c1"))
    #expect(reply.call.outcome == .opened)
    #expect(reply.ticket?.accountID == desk.desk.account)
    #expect(reply.ticket?.caller == "Mei Own")
    #expect(reply.ticket?.channel == "telephone")
    #expect(reply.ticket?.subject == "Call from Mei Own")
    #expect(desk.desk.state.messages.elements.map(\.text) == ["Call from +65 8123 0009 to +6531050142."])
    #expect(reply.ticket?.calls.isEmpty == true, "nothing was pressed, and nobody has answered yet")
  }

  @Test("The same report again changes nothing; a further one of the call stays with its ticket")
  func again() throws {
    var desk = try CallDesk()
    let first = try desk.report(desk.call("c1", digits: "39"))
    let seen = try desk.report(desk.call("c1", digits: "39"))
    #expect(seen.isSeen && seen.ticket?.id == first.ticket?.id)
    var end = desk.call("c1", report: 2, digits: "3,9", answer: .voicemail)
    end.voicemail = .init(seconds: 34, reference: "vm/1")
    let reply = try desk.report(end)
    #expect(reply.call.outcome == .continued)
    #expect(reply.ticket?.id == first.ticket?.id)
    #expect(
      reply.ticket?.calls == [
        TicketCall(number: 1, digits: "3,9", answer: nil, by: ""),
        TicketCall(number: 2, digits: "3,9", answer: .voicemail, by: ""),
      ])
    #expect(
      desk.desk.state.messages.elements.last?.text
        == "Call from +65 8123 0009 to +6531050142, pressed 3,9; a message of 34 s was left: vm/1.")
    #expect(desk.desk.state.tickets.count == 1)
    #expect(try desk.report(desk.call("c2")).ticket?.number == 2, "another call is about something else")
  }

  @Test("E9 E10: a call continues the latest open ticket whose ladder listens to calls, or the one that is named")
  func continues() throws {
    let plan = Desk.flexi(
      replacing: "by: [email, pager]}\n    - {at: 30m",
      with: "by: [email], or_when: {dialled: \"3,9\"}}\n    - {at: 30m")
    var desk = try CallDesk(plan)
    let first = try #require(try desk.report(desk.call("c1")).ticket)
    desk.desk.now = desk.desk.now + .minutes(5)
    let second = try desk.report(desk.call("c2", digits: "3,9"))
    #expect(second.call.outcome == .continued)
    #expect(second.ticket?.id == first.id)
    var named = desk.call("c3")
    named.number = 1
    desk.desk.state.ticketNumbers.insert(TicketNumber(number: 1, ticketID: first.id))
    #expect(try desk.report(named).ticket?.id == first.id)
    _ = try desk.desk.resolve(first.id)
    #expect(try desk.report(desk.call("c4")).call.outcome == .opened, "what is resolved is not continued")
  }

  @Test(
    "What the plan does not take is recorded without ticket and clock, and answered in writing unless a person spoke")
  func refused() throws {
    var desk = try CallDesk()
    desk.desk.now = Desk.at("2026-03-02T18:00:00")
    let reply = try desk.report(desk.call("c1"))
    #expect(reply.call.outcome == .refused)
    #expect(reply.answer?.id == "office-hours")
    #expect(reply.call.reason == "office-hours")
    #expect(desk.desk.state.tickets.isEmpty)
    #expect(desk.desk.state.attempts.elements.count == 1)
    #expect(desk.notices.map(\.accountID) == [desk.desk.account])
    #expect(desk.notices.first?.text.contains("open Monday to Friday") == true)
    #expect(try desk.report(desk.call("c1", report: 2, answer: .voicemail)).call.outcome == .refused)
    #expect(desk.notices.count == 1, "a further report of the same call is not answered again")
    _ = try desk.report(desk.call("c2", answer: .person))
    #expect(desk.notices.count == 1)
  }

  @Test("A caller whom nobody knows is refused and told nothing; the hotline's own customer says why")
  func strangers() throws {
    var desk = try CallDesk()
    var call = desk.call("c1")
    call.caller = "+65 9999 9999"
    let known = try desk.report(call)
    #expect(known.call.reason == "authorised-callers")
    #expect(known.call.accountID == desk.desk.account)
    #expect(desk.notices.isEmpty)
    call.key.callID = "c2"
    call.dialled = "+65 3105 0000"
    let nobody = try desk.report(call)
    #expect(nobody.call.reason == "unknown-caller")
    call.key.callID = "c3"
    call.caller = ""
    #expect(try desk.report(call).call.reason == "unknown-caller")
    call.caller = CallDesk.mei
    call.key.callID = "c4"
    let wrong = desk.desk.refusal { ReportCall.decide(call, &$0, &$1) }
    #expect(wrong?.reason == .notFound("hotline"))
  }

  @Test("Fields have their bounds")
  func fields() throws {
    var desk = try CallDesk()
    #expect(desk.refusal { $0.key.callID = "" }?.reason == .invalid(field: "call_id"))
    #expect(desk.refusal { $0.key.callID = String(repeating: "x", count: 201) }?.reason == .invalid(field: "call_id"))
    #expect(desk.refusal { $0.key.report = 101 }?.reason == .invalid(field: "report"))
    #expect(desk.refusal { $0.key.report = 100 } == nil)
    #expect(desk.refusal { $0.dialled = "911" }?.reason == .invalid(field: "dialled"))
    #expect(desk.refusal { $0.caller = "anonymous" }?.reason == .invalid(field: "caller"))
    #expect(desk.refusal { $0.digits = "3;9" }?.reason == .invalid(field: "digits"))
    #expect(desk.refusal { $0.digits = String(repeating: "1", count: 20) } == nil)
    #expect(desk.refusal { $0.digits = String(repeating: "1", count: 21) }?.reason == .invalid(field: "digits"))
    #expect(
      desk.refusal { $0.voicemail = .init(seconds: 1, reference: "") }?.reason == .invalid(field: "voicemail_seconds"))
    for (seconds, isRefused) in [(86_400, false), (86_401, true)] as [(Int64, Bool)] {
      let refused = desk.refusal {
        $0.answer = .voicemail
        $0.voicemail = .init(seconds: seconds, reference: "")
      }
      #expect((refused != nil) == isRefused)
    }
  }

  @Test("Only the latest calls of a ticket are told, with numbers that go on")
  func bound() throws {
    var desk = try CallDesk()
    var ticket: Ticket?
    for report in 1...Int64(Ticket.callCountMax + 1) {
      ticket = try desk.report(desk.call("c1", report: report, digits: "3")).ticket
    }
    #expect(ticket?.calls.count == Ticket.callCountMax)
    #expect(ticket?.calls.first?.number == 2)
    #expect(ticket?.calls.last?.number == Int64(Ticket.callCountMax + 1))
  }
}
