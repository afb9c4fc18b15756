import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

/// What stops a ticket's clocks and what sets them anew, by the plan of three tiers, asked through the service.
@Suite("Clocks that stop and are set anew, over the wire")
struct ClocksTests {
  /// Tuesday, 24 March 2026, 10:00 in São Paulo.
  private static let start = "2026-03-24T10:00:00-03:00"
  private static let outage: KeyValuePairs = [
    "request": "incident", "symptom": "outage", "problems": "one", "release": "9.4",
  ]

  private func withDesk(_ body: (PlanDesk) async throws -> Void) async throws {
    try await PlanDesk.with("opmon", at: Self.start, tier: "pro", body)
  }

  private func due(_ ticket: Callout_V1_Ticket, _ target: String) -> Int64? {
    ticket.targets.first { $0.id == target }?.dueMs
  }

  private func at(_ instant: String) -> Int64? { Instant(instant)?.milliseconds }

  private func record(
    _ desk: PlanDesk, ticket: Data, _ obligation: String, kept: Bool, reason: String = "Nobody answers."
  ) async throws(CommandRefused) -> Callout_V1_Ticket {
    try await desk.ask(
      .obligationRecord,
      .with {
        $0.ticketID = ticket
        $0.obligation = obligation
        $0.kept = kept
        $0.reason = reason
      }
    ).ticket
  }

  @Test(
    "P15: not cooperating stops the clock with the reason; once kept again, the promise is due later by what was lost")
  func cooperation() async throws {
    try await withDesk { desk in
      let opened = try await desk.open(desk.call("web", class: "incident", Self.outage))
      #expect(due(opened, "contact") == at("2026-03-24T18:00:00-03:00"))
      try await desk.advance(to: "2026-03-24T12:00:00-03:00")
      let stopped = try await record(desk, ticket: opened.id, "cooperation", kept: false)
      #expect(stopped.pauses.map(\.clause) == ["cooperation"])
      #expect(stopped.pauses.map(\.reason) == ["Nobody answers."])
      try await desk.service.settle(desk.tenant)
      let told = desk.service.told.events.filter { $0.subject == opened.id }.max { $0.version < $1.version }
      #expect(told?.ticket.targetPausedMs == at("2026-03-24T12:00:00-03:00"))
      #expect(told?.ticket.pausedReason.contains("You take part in finding the cause.") == true)
      try await desk.advance(to: "2026-03-25T11:00:00-03:00")
      let waiting = try await desk.ask(.ticketGet, .with { $0.ticketID = opened.id }).ticket
      #expect(waiting.targets.map(\.missed) == [false], "the clock stands still")
      // Six office hours of yesterday and two of today were lost: the six that were left are counted from now on.
      let goesOn = try await record(desk, ticket: opened.id, "cooperation", kept: true, reason: "They do again.")
      #expect(due(goesOn, "contact") == at("2026-03-25T17:00:00-03:00"))
      #expect(goesOn.pauses.map(\.toMs) == [at("2026-03-25T11:00:00-03:00")])
      try await desk.service.settle(desk.tenant)
      let later = desk.service.told.events.filter { $0.subject == opened.id }.max { $0.version < $1.version }
      #expect(later?.ticket.targetPausedMs == 0)
      let why = try await desk.ask(
        .ticketWhy,
        .with {
          $0.ticketID = opened.id
          $0.target = "contact"
        })
      let still = try #require(why.intervals.first { $0.reason.hasPrefix("stood still") })
      #expect(still.fromMs == at("2026-03-24T12:00:00-03:00") && still.toMs == at("2026-03-25T11:00:00-03:00"))
      #expect(!still.counted && still.reason == "stood still, cooperation: Nobody answers.")
      #expect(zip(why.intervals, why.intervals.dropFirst()).allSatisfy { $0.toMs == $1.fromMs }, "without gaps")
      #expect(why.intervals.last?.toMs == why.target.dueMs)
      let counted = why.intervals.filter(\.counted).map { $0.toMs - $0.fromMs }.reduce(0, +)
      #expect(counted == TimeSpan.hours(8).milliseconds)
      try await desk.advance(to: "2026-03-25T17:00:01-03:00")
      let missed = try await desk.ask(.ticketGet, .with { $0.ticketID = opened.id }).ticket
      #expect(missed.targets.map(\.missed) == [true], "it runs again")
    }
  }

  @Test("P15: what happens while the clock stands still is in time, and the end of the work lets it go")
  func metMeanwhile() async throws {
    try await withDesk { desk in
      let id = try await desk.open(desk.call("web", class: "incident", Self.outage)).id
      _ = try await record(desk, ticket: id, "cooperation", kept: false)
      try await desk.advance(to: "2026-03-26T12:00:00-03:00")
      let reached = try await desk.ask(.ticketContact, .with { $0.ticketID = id }).ticket
      #expect(reached.targets.map(\.missed) == [false])
      let resolved = try await desk.ask(
        .ticketResolve,
        .with {
          $0.ticketID = id
          $0.resolution = "fixed"
        }
      ).ticket
      #expect(resolved.pauses.allSatisfy { $0.toMs > 0 })
      #expect(resolved.targets.map(\.missed) == [false])
    }
  }

  @Test("P15: what only asks for care warns, what breaks support refuses new tickets, and nothing is recorded twice")
  func otherObligations() async throws {
    try await withDesk { desk in
      let id = try await desk.open(desk.call("web", class: "incident", Self.outage)).id
      func refusal(_ obligation: String, kept: Bool, reason: String = "So it is.") async -> Callout_V1_Refusal? {
        await desk.refusal { () async throws(CommandRefused) in
          _ = try await record(desk, ticket: id, obligation, kept: kept, reason: reason)
        }
      }
      let warned = try await record(desk, ticket: id, "data-safety", kept: false)
      #expect(warned.warnings.map(\.id) == ["data-safety"])
      #expect(warned.pauses.isEmpty)
      #expect(try await record(desk, ticket: id, "data-safety", kept: true).warnings.isEmpty)
      #expect(await refusal("data-safety", kept: true)?.code == .conflict)
      #expect(await refusal("manners", kept: false)?.code == .clauseUnknown)
      #expect(await refusal("cooperation", kept: false, reason: "")?.code == .needsReason)
      let both = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.ask(
          .obligationRecord,
          .with {
            $0.ticketID = id
            $0.accountID = desk.account
            $0.obligation = "unmodified"
            $0.reason = "They changed it."
          })
      }
      #expect(both?.code == .invalidField)
      let account = try await desk.ask(
        .obligationRecord,
        .with {
          $0.accountID = desk.account
          $0.obligation = "unmodified"
          $0.reason = "They changed it."
        }
      ).account
      #expect(account.unkept == ["unmodified"])
      let failed = await desk.failed(desk.call("web", class: "incident", Self.outage))
      #expect(failed.map(\.id) == ["unmodified"])
      #expect(failed.first?.acceptIf == "keep unmodified")
      let kept = try await desk.ask(
        .obligationRecord,
        .with {
          $0.accountID = desk.account
          $0.obligation = "unmodified"
          $0.kept = true
          $0.reason = "They put it back."
        }
      ).account
      #expect(kept.unkept.isEmpty)
      #expect(await desk.failed(desk.call("web", class: "incident", Self.outage)).isEmpty)
    }
  }

  private func classify(
    _ desk: PlanDesk, _ ticket: Data, _ name: String, _ facts: [Callout_V1_Fact],
    reason: String = "It stops their business."
  ) async throws(CommandRefused) -> Callout_V1_Ticket {
    try await desk.ask(
      .ticketClassify,
      .with {
        $0.ticketID = ticket
        $0.class = name
        $0.facts = facts
        $0.reason = reason
      }
    ).ticket
  }

  @Test(
    "P7: a critical class is for a defect that was qualified; requalifying is recorded and keeps the clock's history")
  func qualified() async throws {
    try await withDesk { desk in
      let claimed = desk.call(
        "web", class: "critical",
        ["request": "incident", "symptom": "outage", "problems": "one", "release": "9.4", "defect": "qualified"])
      #expect(await desk.failed(claimed, as: .portal).map(\.id) == ["qualified"], "a customer only suspects")
      let id = try await desk.open(desk.call("web", class: "incident", Self.outage), as: .portal).id
      try await desk.advance(to: "2026-03-24T11:00:00-03:00")
      let reached = try await desk.ask(.ticketContact, .with { $0.ticketID = id }).ticket
      let refused = await desk.refusal { () async throws(CommandRefused) in
        _ = try await classify(desk, id, "critical", [])
      }
      #expect(refused?.code == .admission)
      #expect(refused?.clauses.map(\.id) == ["qualified"])
      let critical = try await classify(desk, id, "critical", PlanDesk.facts(["defect": "qualified"]))
      #expect(critical.class == "critical")
      #expect(critical.targets.map(\.id) == ["contact", "begin"])
      #expect(critical.targets.first == reached.targets.first, "what was met stays as it was")
      #expect(due(critical, "begin") == at("2026-03-24T14:00:00-03:00"), "counted from the opening")
      let messages = try await desk.ask(.messageList, .with { $0.ticketID = id }).messages
      #expect(messages.contains { $0.text.contains("class: incident → critical") && $0.text.contains("defect: none") })
      #expect(
        try await desk.record(id).facts.contains { $0.name == "defect" } == false, "the admission stays as it was")
      let back = try await classify(
        desk, id, "incident", PlanDesk.facts(["defect": "suspected"]), reason: "It was a setting.")
      #expect(back.targets.map(\.id) == ["contact"])
      #expect(back.targets.first?.metMs == reached.targets.first?.metMs)
    }
  }
}
