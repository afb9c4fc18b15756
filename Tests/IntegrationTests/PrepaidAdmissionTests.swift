import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

/// What the prepaid plan takes and refuses, asked through the service.
@Suite("Admission by the prepaid plan, over the wire")
struct PrepaidAdmissionTests {
  private func withDesk(at start: String = "2026-03-03T10:00:00+08:00", _ body: (PlanDesk) async throws -> Void)
    async throws
  {
    try await PlanDesk.with("flexi-it", at: start, body)
  }

  @Test("F4 F6: a call is taken up to 17:59:59, from 18:00:00 on it is refused and kept, and no clock runs")
  func hours() async throws {
    try await withDesk(at: "2026-03-03T17:59:59+08:00") { desk in
      #expect(try await desk.open(desk.call("telephone")).number == 1)
      try await desk.advance(to: "2026-03-03T18:00:00+08:00")
      #expect(await desk.failed(desk.call("telephone")).map(\.id) == ["office-hours"])
      try await desk.advance(to: "2026-03-03T18:30:00+08:00")
      let late = await desk.failed(desk.call("telephone"))
      #expect(late.map(\.id) == ["office-hours"])
      #expect(late.first?.looked == ["at: tue 2026-03-03 18:30"])
      #expect(late.first?.acceptIf.contains("within office") == true)
      try await desk.advance(to: "2026-04-03T10:00:00+08:00")
      #expect(await desk.failed(desk.call("telephone")).map(\.id) == ["office-hours"], "Good Friday")
      try await desk.advance(to: "2026-04-04T10:00:00+08:00")
      #expect(await desk.failed(desk.call("telephone")).map(\.id) == ["office-hours"], "a Saturday")
      let attempts = try await desk.ask(.attemptList, .with { $0.accountID = desk.account }).attempts
      #expect(attempts.count == 4)
      #expect(
        attempts.allSatisfy { $0.asked == "ticket" && !$0.record.allowed && $0.record.planVersion == desk.version })
      #expect(try await desk.ask(.ticketList, .init()).tickets.count == 1, "what is refused is no ticket")
      try await desk.service.settle(desk.tenant)
      let told = Set(
        desk.service.told.events.filter { $0.ticket.ticket.accountID == desk.account }.map(\.subject))
      #expect(told.count == 1, "and no clock of it runs anywhere")
    }
  }

  @Test("F7 F9: another platform and another region are refused with the referral to sales, and every clause is named")
  func scope() async throws {
    try await withDesk { desk in
      let asset = try await desk.ask(
        .assetRegister,
        .with {
          $0.accountID = desk.account
          $0.name = "Old host"
          $0.category = "server"
          $0.platform = "solaris"
        }
      ).asset.id
      var request = desk.call("telephone")
      request.assetID = asset
      request.region = "MY"
      let failed = await desk.failed(request)
      #expect(failed.map(\.id) == ["mainland", "platforms"])
      #expect(failed.allSatisfy { $0.referral == "sales" && $0.acceptIf.contains("sales managers") })
      #expect(failed.map(\.looked) == [["region: MY"], ["platform: solaris"]])
      request.region = ""
      #expect(await desk.failed(request).map(\.id) == ["platforms"])
      let attempts = try await desk.ask(.attemptList, .init()).attempts
      let attempt = attempts.first { $0.findings.count == 2 }
      #expect(attempt?.record.failed.map(\.id) == ["mainland", "platforms"])
      #expect(attempt?.record.considered.contains("office-hours") == true, "what held was looked at, too")
      #expect(attempt?.record.looked.contains("contact: authorised") == true)
      #expect(attempt?.record.facts.contains { $0.name == "region" && $0.text == "MY" } == true)
    }
  }

  @Test("F18: without a maintenance plan a ticket is opened with a warning, and its record can be read afterwards")
  func maintenance() async throws {
    try await withDesk { desk in
      let ticket = try await desk.open(desk.call("telephone"))
      #expect(ticket.warnings.map(\.id) == ["maintenance", "authorised-contacts"])
      #expect(ticket.warnings.first?.looked == ["has: []"])
      let record = try await desk.record(ticket.id)
      #expect(record.allowed)
      #expect(record.subject == "ticket")
      #expect(record.atMs == ticket.openedMs)
      #expect(record.planVersion == desk.version)
      #expect(record.handling == "tracked")
      #expect(record.failed.isEmpty)
      #expect(record.warnings == ticket.warnings)
      #expect(record.considered.contains("telephone-only"))
      _ = try await desk.ask(
        .accountUpdate,
        .with {
          $0.accountID = desk.account
          $0.maintenancePlan = true
        })
      let next = try await desk.open(desk.call("telephone"))
      #expect(next.warnings.map(\.id) == ["authorised-contacts"])
      #expect(try await desk.record(ticket.id) == record, "what was decided then stays")
    }
  }

  @Test("F3: a portal that asks to sign a customer up is refused with the sales referral, and sales is not")
  func signUp() async throws {
    try await withDesk { desk in
      let wanted = Callout_V1_AdmissionAskRequest.with {
        $0.subject = "sign-up"
        $0.planVersion = desk.version
        $0.caller = "Teh Beng"
        $0.text = "We would like the prepaid plan."
      }
      let refused = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.ask(.admissionAsk, as: .portal, wanted)
      }
      #expect(refused?.code == .admission)
      #expect(refused?.clauses.map(\.id) == ["sign-up"])
      #expect(refused?.clauses.first?.referral == "sales")
      #expect(refused?.clauses.first?.looked == ["role: portal"])
      let attempts = try await desk.ask(.attemptList, .init()).attempts
      #expect(attempts.map(\.asked) == ["sign-up"])
      #expect(attempts.map(\.caller) == ["Teh Beng"])
      let taken = try await desk.ask(.admissionAsk, as: .sales, wanted).record
      #expect(taken.allowed)
      #expect(taken.subject == "sign-up")
      #expect(try await desk.ask(.attemptList, .init()).attempts.count == 1)
      let account = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.ask(.accountCreate, as: .portal, .with { $0.name = "Teh Beng" })
      }
      #expect(account?.code == .notAllowed, "nor does a portal enter customers")
    }
  }

  @Test("F21: a faster response is another plan: for one ticket and for the agreement it is refused")
  func oneSpeed() async throws {
    try await withDesk { desk in
      let failed = await desk.failed(desk.call("telephone", ["wants": "faster-response"]))
      #expect(failed.map(\.id) == ["one-speed"])
      #expect(failed.first?.referral == "sales")
      let change = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.ask(
          .admissionAsk,
          .with {
            $0.subject = "change"
            $0.accountID = desk.account
            $0.text = "Two hours, please."
            $0.facts = PlanDesk.facts(["wants": "faster-response"])
          })
      }
      #expect(change?.clauses.map(\.id) == ["one-speed"])
      let ticket = try await desk.open(desk.call("telephone"))
      #expect(ticket.targets.map(\.id) == ["respond"])
    }
  }

  @Test("What only intake knows cannot be told, and a portal does not say what was bought or handed in")
  func ownFacts() async throws {
    try await withDesk { desk in
      var stranger = desk.call("telephone", ["contact": "authorised", "tier": "gold", "has": "maintenance-plan"])
      stranger.contactID = Data()
      #expect(await desk.failed(stranger, as: .portal).map(\.id) == ["authorised-callers"])
      let told = desk.call("telephone", ["has": "spare-parts", "tier": "gold"])
      let byPortal = try await desk.open(told, as: .portal)
      let byDesk = try await desk.open(told)
      for (ticket, has) in [(byPortal, [String]()), (byDesk, ["spare-parts"])] {
        let facts = try await desk.record(ticket.id).facts
        #expect(facts.first { $0.name == "has" }?.list.items == has)
        #expect(!facts.contains { $0.name == "tier" })
      }
    }
  }

  @Test("Once the agreement has ended, nothing is admitted; a new one admits again")
  func lapsed() async throws {
    try await withDesk { desk in
      let start = try #require(Instant("2026-03-03T10:00:00+08:00"))
      try await desk.sign(.init(agreed: start, hasEnded: true), version: 2)
      let failed = await desk.failed(desk.call("telephone"))
      #expect(failed.map(\.id) == ["agreement"])
      #expect(failed.first?.looked == ["agreement: lapsed"])
      let account = try await desk.ask(.accountGet, .with { $0.accountID = desk.account }).account
      #expect(account.agreementState == "lapsed")
      #expect(account.planVersion.isEmpty)
      try await desk.sign(.init(agreed: start, ends: start + .hours(2)), version: 3)
      #expect(try await desk.open(desk.call("telephone")).number == 1)
      try await desk.advance(to: "2026-03-03T11:59:59+08:00")
      #expect(try await desk.open(desk.call("telephone")).number == 2)
      try await desk.advance(to: "2026-03-03T12:00:00+08:00")
      #expect(await desk.failed(desk.call("telephone")).map(\.id) == ["agreement"], "its term is over")
    }
  }

  @Test("Only sign-ups, changes and renewals are asked about, and the last two need an agreement")
  func asked() async throws {
    try await withDesk { desk in
      func ask(_ change: (inout Callout_V1_AdmissionAskRequest) -> Void) async -> Callout_V1_Refusal? {
        var request = Callout_V1_AdmissionAskRequest.with {
          $0.subject = "renewal"
          $0.accountID = desk.account
          $0.text = "Another year"
        }
        change(&request)
        let asked = request
        return await desk.refusal { () async throws(CommandRefused) in _ = try await desk.ask(.admissionAsk, asked) }
      }
      #expect(await ask { _ in } == nil)
      #expect(await ask { $0.subject = "ticket" }?.field == "subject")
      #expect(await ask { $0.subject = "holiday" }?.field == "subject")
      #expect(await ask { $0.text = "" }?.field == "text")
      #expect(await ask { $0.accountID = Data() }?.field == "plan_version")
      #expect(
        await ask {
          $0.accountID = Data()
          $0.planVersion = desk.version
        }?.field == "account_id")
      #expect(await ask { $0.contactID = AccountIDs.nobody }?.code == .notFound)
      let attempts = try await desk.ask(.attemptList, .init()).attempts
      #expect(attempts.isEmpty, "what is not understood is no attempt")
    }
  }

  private enum AccountIDs {
    static let nobody = Data(repeating: 9, count: 16)
  }
}
