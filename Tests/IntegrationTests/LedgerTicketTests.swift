import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

@Suite("What tickets cost, with their proof")
struct LedgerTicketTests {
  private static func ticket(_ desk: LedgerDesk) -> Callout_V1_Ticket {
    .with {
      $0.id = LedgerDesk.id()
      $0.number = 7
      $0.accountID = desk.account
      $0.subject = "Screen stays dark"
      $0.state = "dispatched"
      $0.planVersion = desk.version
      $0.version = 1
    }
  }

  @Test("F5 F23: a late response waives the first block by itself, citing the clock; the next is priced as the second")
  func late() async throws {
    try await LedgerDesk.with { desk, _ in
      var ticket = Self.ticket(desk)
      ticket.state = "resolved"
      ticket.resolvedMs = LedgerDesk.start.milliseconds
      ticket.targets = [
        .with {
          $0.id = "respond"
          $0.dueMs = LedgerDesk.start.milliseconds
          $0.metMs = (LedgerDesk.start + .minutes(70)).milliseconds
          $0.missed = true
        }
      ]
      let missed = Callout_V1_Fact.with {
        $0.name = "missed"
        $0.list = .with { $0.items = ["respond"] }
      }
      try await desk.tell(ticket, LedgerDesk.task(category: "server", minutes: 200, facts: [missed]))
      #expect(try await desk.balance().balance == 460)
      let cost = try await desk.ask(.ticketchargeGet, .with { $0.ticketID = ticket.id })
      #expect(cost.lines.map(\.clause) == ["onsite-server", "late-response"])
      #expect(cost.lines.map(\.amount) == [300, -160])
      #expect(cost.lines[1].inputs.contains("missed: [respond]"))
      #expect(cost.lines[1].inputs.contains("respond: due 2026-03-02 09:00, met 2026-03-02 10:10"))
      let posted = try await desk.ask(.transferGet, .with { $0.transferID = cost.transferIds[0] }).transfer
      #expect(posted.lines == cost.lines && posted.planVersion == desk.version)
    }
  }

  @Test("F17a: a visit that did not resolve the incident is charged")
  func unresolved() async throws {
    try await LedgerDesk.with { desk, _ in
      var ticket = Self.ticket(desk)
      ticket.resolution = "unresolved"
      let departed = LedgerDesk.start.milliseconds
      let (told, task) = (ticket, LedgerDesk.task(minutes: 100))
      try await desk.service.tell(
        desk.tenant, from: "intake",
        .with {
          $0.source = "intake"
          $0.subject = told.id
          $0.version = 1
          $0.ticket = .with {
            $0.ticket = told
            $0.task = task
            $0.visits = [
              .with {
                $0.id = LedgerDesk.id()
                $0.kind = "dispatch"
                $0.departedMs = departed
              }
            ]
          }
        })
      let cost = try await desk.ask(.ticketchargeGet, .with { $0.ticketID = told.id })
      #expect((cost.charged, cost.lines.map(\.clause)) == (50, ["onsite-desktop"]))
    }
  }

  @Test("F28: settling never takes more than was quoted, whatever the balance, before a new estimate is acknowledged")
  func quoted() async throws {
    try await LedgerDesk.with { desk, _ in
      var ticket = Self.ticket(desk)
      var task = LedgerDesk.task(minutes: 60)
      task.blocksConsented = 0
      try await desk.tell(ticket, task)
      func quote() async throws -> Callout_V1_Quote {
        let (id, task) = (ticket.id, task)
        return try await desk.ask(
          .quoteCreate,
          .with {
            $0.agreementID = desk.agreement
            $0.ticketID = id
            $0.task = task
          }
        ).quote
      }
      let first = try await quote()
      #expect((first.total, first.state) == (50, "held"))
      ticket.quoteID = first.id
      ticket.state = "resolved"
      ticket.resolvedMs = LedgerDesk.start.milliseconds
      ticket.version = 2
      task.parts = [
        .with {
          $0.name = "Cable"
          $0.price = 30
        }
      ]
      try await desk.tell(ticket, task)
      var cost = try await desk.ask(.ticketchargeGet, .with { $0.ticketID = ticket.id })
      #expect([cost.charged, cost.unsettled] == [50, 30])
      #expect(try await desk.balance().available == 550)
      // A purchase is no acknowledgement.
      try await desk.buy()
      #expect(try await desk.balance().balance == 1_150)
      let second = try await quote()
      #expect((second.total, second.overage, second.state) == (80, 0, "needs-acknowledgement"))
      _ = try await desk.ask(
        .quoteAcknowledge,
        .with {
          $0.quoteID = second.id
          $0.by = "Mei Tan"
        })
      cost = try await desk.ask(.ticketchargeGet, .with { $0.ticketID = ticket.id })
      #expect([cost.charged, cost.unsettled] == [80, 0])
      let now = try await desk.balance()
      #expect([now.balance, now.held] == [1_120, 0])
      try await desk.service.settle(desk.tenant)
      let notices = desk.service.told.events.compactMap { event in
        if case .notice(let notice) = event.body { notice.kind } else { nil }
      }
      #expect(notices.filter { $0 == "estimate" }.count == 2)
    }
  }

  @Test("E11: a class that was claimed without need is billed by what the plan names; without such a rate it is free")
  func misuse() async throws {
    let rate = "{id: panic-mode, per: 60m, each: 3, text: Consulting in panic mode}"
    for (rates, amount, clause) in [("", Int64(0), "false-urgency"), (", \(rate)", -6, "panic-mode")] {
      try await OfferDesk.with(
        "opus-one", at: "2026-03-02T09:00:00-07:00",
        change: { $0.replacing("text: Part of the service}]", with: "text: Part of the service}\(rates)]") }
      ) { desk in
        _ = try await desk.ask(
          .adjustmentPost, as: .admin,
          .with {
            $0.agreementID = desk.agreement
            $0.amount = 20
            $0.reason = "Paid ahead"
          })
        var ticket = desk.ticket()
        ticket.state = "resolved"
        ticket.resolvedMs = try #require(Instant("2026-03-02T09:00:00-07:00")).milliseconds
        var task = OfferDesk.task(["class": "III"], minutes: 61)
        // Urgent work is part of the service until a reviewer finds that it was not urgent.
        try await desk.tell(ticket, task)
        #expect(try await desk.cost(of: ticket).lines.map(\.clause) == ["included"])
        task.misusedClass = "III"
        ticket.version = 2
        try await desk.tell(ticket, task)
        #expect(try await desk.balance().balance == 20 + amount)
        let lines = try await desk.cost(of: ticket).lines
        #expect(lines.map(\.clause) == [clause] && lines.map(\.amount) == [-amount])
      }
    }
  }

  @Test("P12: work that turns out to be consulting is taken back from incidents and charged in hours")
  func otherUnit() async throws {
    try await OfferDesk.with("opmon", tier: "premium", at: "2026-03-02T09:00:00-03:00") { desk in
      try await desk.buy("one-incident", 2)
      try await desk.buy("one-consulting-hour", 5)
      try await desk.buy("pay-per-incident")
      var ticket = desk.ticket()
      ticket.state = "resolved"
      ticket.resolvedMs = try #require(Instant("2026-03-02T09:00:00-03:00")).milliseconds
      try await desk.tell(ticket, OfferDesk.task(["service": "ticket", "request": "incident"], minutes: 100))
      #expect(try await desk.balance().balance == 1)
      ticket.version = 2
      try await desk.tell(ticket, OfferDesk.task(["service": "health-check"], minutes: 100))
      #expect(try await desk.balance().balance == 2)
      #expect(try await desk.balance("consulting-hour").balance == 3)
      let cost = try await desk.cost(of: ticket)
      #expect((cost.unit, cost.charged) == ("consulting-hour", 2))
      #expect(cost.transferIds.count == 3)
    }
  }
}
