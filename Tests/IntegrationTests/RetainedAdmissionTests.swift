import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

/// What the plan of retained time takes and refuses, asked through the service.
@Suite("Admission by the plan of retained time, over the wire")
struct RetainedAdmissionTests {
  /// Tuesday, 3 March 2026, 10:00 in London.
  private static let start = "2026-03-03T10:00:00+00:00"

  @Test(
    "R7: each of the three levels of contract may ask for work, and no other",
    arguments: [
      ("retainer", true), ("level-2", true), ("level-3", true), ("level-4", false), ("", false),
    ])
  func levels(tier: String, isTaken: Bool) async throws {
    try await PlanDesk.with("retained-support", at: Self.start, tier: tier) { desk in
      let failed = await desk.failed(desk.call("telephone"))
      #expect(failed.map(\.id) == (isTaken ? [] : ["any-work"]))
      if !isTaken { #expect(failed.first?.acceptIf.contains("tier must be retainer, level-2 or level-3") == true) }
    }
  }

  @Test("R3 R5: any work is taken by telephone, remotely and on site, and one task sums it up for the ledger")
  func anyWork() async throws {
    try await PlanDesk.with("retained-support", at: Self.start, tier: "retainer") { desk in
      for category in ["support", "design", "planning", "project", "monitoring", "maintenance"] {
        var request = desk.call("email")
        request.category = category
        #expect(try await desk.open(request).category == category)
      }
      let mainframe = await desk.failed(desk.call("email", ["platform": "mainframe"]))
      #expect(mainframe.map(\.id) == ["supported-systems"])
      #expect(mainframe.first?.referral == "sales")
      let ticket = try await desk.open(desk.call("telephone"))
      try await desk.advance(to: "2026-03-03T13:00:00+00:00")
      let start = try #require(Instant(Self.start))
      for (index, mode) in ["telephone", "remote", "onsite"].enumerated() {
        _ = try await desk.ask(
          .workRecord,
          .with {
            $0.ticketID = ticket.id
            $0.mode = mode
            $0.engineer = "Joon"
            $0.time.fromMs = (start + .hours(Int64(index))).milliseconds
            $0.time.toMs = (start + .hours(Int64(index)) + .minutes(15)).milliseconds
          })
      }
      try await desk.service.settle(desk.tenant)
      let last = desk.service.told.events.filter { $0.subject == ticket.id }.max { $0.version < $1.version }
      #expect(last?.ticket.work.map(\.mode).sorted() == ["onsite", "remote", "telephone"])
      #expect(last?.ticket.task.work.count == 3)
    }
  }

  @Test("R6: before a contract an audit may come, and what cannot be supported is flagged, not refused")
  func audit() async throws {
    try await PlanDesk.with("retained-support", at: Self.start, tier: "retainer") { desk in
      func ask(_ facts: [Callout_V1_Fact]) async throws(CommandRefused) -> Callout_V1_AdmissionRecord {
        try await desk.ask(
          .admissionAsk, as: .sales,
          .with {
            $0.subject = "sign-up"
            $0.planVersion = desk.version
            $0.text = "A retainer"
            $0.facts = facts
          }
        ).record
      }
      let unaudited = try await ask([])
      #expect(unaudited.allowed)
      #expect(unaudited.warnings.map(\.id) == ["audit"])
      let audited = try await ask(PlanDesk.facts(["documents": "audit", "platform": "windows", "tier": "level-2"]))
      #expect(audited.warnings.isEmpty)
      #expect(audited.facts.contains { $0.name == "tier" && $0.text == "level-2" })
      let flagged = try await ask(PlanDesk.facts(["documents": "audit", "platform": "mainframe"]))
      #expect(flagged.allowed)
      #expect(flagged.warnings.map(\.id) == ["audited-systems"])
      #expect(flagged.warnings.first?.looked == ["platform: mainframe"])
    }
  }
}
