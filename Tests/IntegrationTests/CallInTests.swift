import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import IntakeService

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

  @Test(
    "An installation's gateway names no tenant: the dialled number finds it, and the caller's where several plans have one"
  )
  func gateway() async throws {
    let service = try await RunningService<IntakeDefinition>(on: try TestDatabase())
    do {
      let gateway = PeerIdentity.service(name: "gateway")
      func report(
        _ id: String, _ dialled: String, from caller: String = "+65 6123 0001"
      ) async throws(CommandRefused) -> Callout_V1_CallReportReply {
        try await service.ask(
          .callReport, as: gateway,
          .with {
            $0.callID = id
            $0.dialled = dialled
            $0.caller = caller
          })
      }
      func refusal(_ body: () async throws(CommandRefused) -> Void) async -> RefusalCode? {
        do throws(CommandRefused) {
          try await body()
          return nil
        } catch {
          return error.refusal.code
        }
      }
      let (one, two) = (
        try await Self.tenant(service, "+65 3105 0142"), try await Self.tenant(service, "+65 3105 0143")
      )
      // A customer's own number.
      for (desk, number) in [(one, "+65 3105 0142"), (two, "+6531050143")] {
        let call = try await report("own", number).call
        #expect(call.outcome == "refused" && call.accountID == desk.account)
        let calls = try await service.ask(.callList, as: desk.peer(.desk), .init()).calls
        #expect(calls.map(\.id) == [call.id])
      }
      #expect(
        await refusal { () async throws(CommandRefused) in _ = try await report("none", "+6531050199") } == .notFound)
      #expect(await refusal { () async throws(CommandRefused) in _ = try await report("none", "12") } == .invalidField)
      // The plan's number: one tenant's, then two tenants'.
      let plan = "+1 520 324 0494"
      #expect(await refusal { () async throws(CommandRefused) in _ = try await report("p", plan) } == .notFound)
      try await Self.publish(service, one)
      #expect(try await report("p1", plan, from: "+6599999999").answer.id == "unknown-caller")
      try await Self.publish(service, two)
      #expect(
        await refusal { () async throws(CommandRefused) in _ = try await report("p2", plan, from: "+6599999999") }
          == .tenantMissing)
      try await Self.appoint(service, two, phone: "+65 8123 7777")
      // It is the second one's to decide, whose customer has no agreement with that plan.
      #expect(
        await refusal { () async throws(CommandRefused) in _ = try await report("p3", plan, from: "+6581237777") }
          == .notFound)
      let named = try await service.ask(
        .callReport, as: gateway, tenant: two.tenant,
        .with {
          $0.callID = "named"
          $0.dialled = "+6531050143"
        })
      #expect(named.call.accountID == two.account)
      // Nothing else is a gateway's to do.
      #expect(
        await refusal { () async throws(CommandRefused) in
          _ = try await service.ask(.callList, as: gateway, tenant: one.tenant, .init())
        } == .notAllowed)
      #expect(
        await refusal { () async throws(CommandRefused) in
          _ = try await service.ask(.accountList, as: gateway, tenant: one.tenant, .init())
        } == .notAllowed)
      // Another tenant is refused a number that somebody has.
      #expect(
        await refusal { () async throws(CommandRefused) in
          _ = try await Self.account(service, two.tenant, "+6531050142")
        } == .alreadyExists)
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
  }

  private struct Place {
    let tenant: TenantID
    let account: Data

    func peer(_ role: TenantRole) -> PeerIdentity { CallInTests.peer(tenant, role) }
  }

  private static func peer(_ tenant: TenantID, _ role: TenantRole) -> PeerIdentity {
    .tenant(TenantBytes(high: tenant.high, low: tenant.low), role: role, name: "anna")
  }

  private static func account(
    _ service: RunningService<IntakeDefinition>, _ tenant: TenantID, _ hotline: String
  ) async throws(CommandRefused) -> Data {
    try await service.ask(
      .accountCreate, as: peer(tenant, .admin),
      .with {
        $0.name = "Kopi"
        $0.region = "SG"
        $0.hotlines = [hotline]
      }
    ).account.id
  }

  private static func tenant(_ service: RunningService<IntakeDefinition>, _ hotline: String) async throws -> Place {
    let tenant = try await service.tenant(at: try #require(Instant("2026-03-03T10:00:00-07:00")))
    return Place(tenant: tenant, account: try await account(service, tenant, hotline))
  }

  private static func publish(_ service: RunningService<IntakeDefinition>, _ place: Place) async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/opus-one.yaml")
    let document = try Data(contentsOf: file)
    _ = try await service.ask(.planPublish, as: place.peer(.admin), .with { $0.document = document })
  }

  private static func appoint(
    _ service: RunningService<IntakeDefinition>, _ place: Place, phone: String
  ) async throws {
    _ = try await service.ask(
      .contactAppoint, as: place.peer(.admin),
      .with {
        $0.accountID = place.account
        $0.name = "Mei Tan"
        $0.fixedPhone = "+6561230001"
        $0.mobilePhone = phone
        $0.email = "mei@kopi.example"
      })
  }
}
