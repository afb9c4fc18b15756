import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

/// Calls as a telephone gateway reports them, through the service.
@Suite("Telephone in, on PostgreSQL")
struct CallInTests {
  private func report(
    _ desk: PlanDesk, _ id: String, report: UInt32 = 0, digits: String = "", answer: String = "",
    caller: String = "+65 8123 0001", voicemail: UInt32 = 0
  ) async throws(CommandRefused) -> Callout_V1_CallReportReply {
    try await desk.ask(
      .callReport,
      .with {
        $0.callID = id
        $0.report = report
        $0.dialled = "+1 520 324 0494"
        $0.caller = caller
        $0.digits = digits
        $0.answer = answer
        $0.voicemailSeconds = voicemail
      })
  }

  @Test(
    "E9 E10: the customer's own call continues the urgent ticket, and the notifier is told what was pressed and heard")
  func urgent() async throws {
    try await PlanDesk.with("opus-one", at: "2026-03-03T02:00:00-07:00") { desk in
      let mail = try await desk.ask(
        .mailTake,
        .with {
          $0.sender = "mei@kopi.example"
          $0.recipients = ["urgent@desk.example"]
          $0.messageID = "<1@kopi.example>"
          $0.subject = "The link is down"
        })
      let pressed = try await report(desk, "c1", digits: "39")
      #expect(pressed.outcome == "continued")
      #expect(pressed.ticket.id == mail.ticket.id)
      #expect(pressed.call.digits == "3,9")
      #expect(pressed.call.contactID == desk.contact)
      #expect(try await report(desk, "c1", digits: "39").outcome == "seen")
      let heard = try await report(desk, "c1", report: 2, digits: "39", answer: "voicemail", voicemail: 31)
      #expect(heard.outcome == "continued")
      try await desk.service.settle(desk.tenant)
      let told = desk.service.told.events.filter { $0.subject == mail.ticket.id }.map(\.ticket)
      let latest = try #require(told.max { $0.ticket.version < $1.ticket.version })
      #expect(latest.calls.map(\.number) == [1, 2])
      #expect(latest.calls.map(\.digits) == ["3,9", "3,9"])
      #expect(latest.calls.map(\.answer) == ["", "voicemail"])
      let calls = try await desk.ask(.callList, .with { $0.ticketID = mail.ticket.id }).calls
      #expect(Set(calls.map(\.report)) == [1, 2])
      #expect(calls.map(\.voicemailSeconds).max() == 31)
      let read = try await desk.ask(.ticketGet, .with { $0.ticketID = mail.ticket.id })
      #expect(read.messages.filter { $0.channel == "telephone" }.count == 2)
    }
  }

  @Test(
    "E3 E5: voicemail is no ticket and starts no clock; a call about a question in office hours is help as it comes")
  func untracked() async throws {
    try await PlanDesk.with("opus-one", at: "2026-03-03T10:00:00-07:00") { desk in
      let machine = try await report(desk, "c1", answer: "voicemail", voicemail: 5)
      #expect(machine.outcome == "refused")
      #expect(machine.answer.id == "voicemail-and-fax")
      #expect(!machine.hasTicket)
      let question = try await report(desk, "c2", answer: "person")
      #expect(question.outcome == "opened")
      #expect(question.ticket.handling == "best-effort")
      #expect(question.ticket.targets.isEmpty)
      let stranger = try await report(desk, "c3", caller: "+1 999 999 9999")
      #expect(stranger.call.reason == "unknown-caller")
      try await desk.service.settle(desk.tenant)
      let notices = desk.service.told.events.filter { event in
        if case .notice(let notice)? = event.body {
          notice.kind == "call" && notice.accountID == desk.account
        } else {
          false
        }
      }
      #expect(notices.count == 1)
      let attempts = try await desk.ask(.attemptList, .init()).attempts
      #expect(Set(attempts.map { $0.findings.map(\.id) }) == [["voicemail-and-fax"], ["unknown-caller"]])
      let wrong = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.ask(
          .callReport,
          .with {
            $0.callID = "c4"
            $0.dialled = "+1 520 000 0000"
            $0.caller = "+6581230001"
          })
      }
      #expect(wrong?.code == .notFound)
      let portal = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.ask(.callReport, as: .portal, .with { $0.callID = "c5" })
      }
      #expect(portal?.code == .notAllowed)
    }
  }
}
