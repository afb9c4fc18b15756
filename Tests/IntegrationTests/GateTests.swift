import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import IntakeService
@testable import LedgerService

extension IntakeTests {
  @Test("F17b: the customer is warned, work stops at the third hour, and what follows is marked")
  func gate() async throws {
    try await withDesk { desk in
      let (service, anna) = (desk.service, desk.peer(.desk))
      let id = try await desk.open().id
      let sent = try await service.ask(
        .ticketDispatch, as: anna,
        .with {
          $0.ticketID = id
          $0.engineer = "Joon"
        })
      _ = try await service.ask(.visitArrive, as: anna, .with { $0.visitID = sent.visit.id })
      func notices() -> [Callout_V1_Notice] { service.told.events.map(\.notice).filter { $0.kind == "consent" } }

      try await service.advance(desk.tenant, to: Self.morning + .hours(2) + .minutes(29))
      #expect(notices().isEmpty)
      try await service.advance(desk.tenant, to: Self.morning + .hours(2) + .minutes(30))
      #expect(notices().map(\.accountID) == [desk.account])
      try await service.advance(desk.tenant, to: Self.morning + .hours(3) + .minutes(40))
      #expect(notices().count == 2)
      let stopped = try await service.ask(.ticketGet, as: anna, .with { $0.ticketID = id }).ticket
      #expect(stopped.stoppedMs == (Self.morning + .hours(3)).milliseconds)
      let news = service.told.events.filter { $0.subject == id }.max { $0.version < $1.version }
      #expect(news?.ticket.gates.map(\.state) == ["missed"])
      #expect(
        news?.ticket.gates.map(\.dueMs) == [stopped.stoppedMs]
          && news?.ticket.gates.first?.id == "onsite-desktop-consent")
      func why(_ target: String) async throws -> Callout_V1_TicketWhyReply {
        try await service.ask(
          .ticketWhy, as: anna,
          .with {
            $0.ticketID = id
            $0.target = target
          })
      }
      let reached = try await why("onsite-desktop-consent")
      #expect(reached.target.dueMs == stopped.stoppedMs && reached.target.missed && reached.target.metMs == 0)
      #expect(reached.intervals.map(\.reason) == ["open"] && reached.intervals.map(\.counted) == [true])
      #expect(reached.intervals.first.map { $0.toMs - $0.fromMs } == TimeSpan.hours(3).milliseconds)
      let unknown = await #expect(throws: CommandRefused.self) { _ = try await why("lunch") }
      #expect(unknown?.refusal.code == .clauseUnknown)
      #expect(
        unknown?.refusal.text == "The ticket has no target or gate lunch; it has respond, onsite-desktop-consent.")

      let agreed = try await service.ask(
        .consentRecord, as: desk.peer(.portal),
        .with {
          $0.ticketID = id
          $0.decision.gate = "block"
          $0.decision.block = 1
          $0.decision.contactID = desk.contacts[0]
          $0.decision.granted = true
        }
      ).ticket
      #expect(agreed.stoppedMs == 0)
      let ahead = try await why("onsite-desktop-consent")
      let now = Self.morning + .hours(3) + .minutes(40)
      #expect(ahead.intervals.map(\.toMs) == [stopped.stoppedMs, now.milliseconds, ahead.target.dueMs])
      #expect(
        ahead.intervals.map(\.reason) == [
          "open", "stood still before onsite-desktop-consent, nobody had let it go on", "work goes on",
        ])
      let counts = ahead.intervals.filter(\.counted).map { $0.toMs - $0.fromMs }
      #expect(counts.reduce(0, +) == TimeSpan.hours(6).milliseconds, "the end of the second block")
      try await service.advance(desk.tenant, to: Self.morning + .hours(4))
      _ = try await service.ask(.visitDepart, as: anna, .with { $0.visitID = sent.visit.id })
      _ = try await service.ask(
        .ticketResolve, as: anna,
        .with {
          $0.ticketID = id
          $0.resolution = "fixed"
        })
      try await service.settle(desk.tenant)
      let told = service.told.events.filter { $0.subject == id }.max { $0.version < $1.version }
      let task = try #require(told?.ticket.task)
      #expect(task.work.map { ($0.toMs - $0.fromMs) / 60_000 } == [180, 20])
      #expect(task.beyond.map { ($0.toMs - $0.fromMs) / 60_000 } == [40])
      #expect(told?.ticket.ticket.beyondConsent == task.beyond)
    }
  }
}

extension LedgerTests {
  @Test("F17b F17c: minutes that nobody consented to are told with the charge, and not charged")
  func beyondConsent() async throws {
    try await LedgerDesk.with { desk, _ in
      let opened = LedgerDesk.start.milliseconds
      let hour: Int64 = 3_600_000
      var task = LedgerDesk.task(minutes: 0)
      task.blocksConsented = 0
      task.work = [
        .with {
          $0.fromMs = opened
          $0.toMs = opened + 3 * hour
        }
      ]
      task.beyond = [
        .with {
          $0.fromMs = opened + 3 * hour
          $0.toMs = opened + 4 * hour
        }
      ]
      task.completedMs = opened + 4 * hour
      try await desk.advance(to: "2026-03-02T14:00:00+08:00")
      let ticket = Callout_V1_Ticket.with {
        $0.id = LedgerDesk.id()
        $0.number = 1
        $0.accountID = desk.account
        $0.planVersion = desk.version
        $0.subject = "Screen is black"
        $0.state = "resolved"
        $0.resolution = "fixed"
        $0.version = 5
      }
      try await desk.tell(ticket, task)
      let charge = try await desk.ask(.ticketchargeGet, .with { $0.ticketID = ticket.id })
      #expect(charge.charged == 50)
      #expect(charge.lines.first?.arithmetic.contains("60 min beyond what was consented to") == true)
    }
  }
}
