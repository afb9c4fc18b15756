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
  @Test("F17b F19: work that is begun has its gates as timers, on an incident reported during maintenance too")
  func begunWork() async throws {
    try await withDesk { desk in
      let (service, anna) = (desk.service, desk.peer(.desk))
      let visit = try await service.ask(
        .visitSchedule, as: anna,
        .with {
          $0.accountID = desk.account
          $0.kind = "maintenance"
          $0.plannedMs = Self.morning.milliseconds
        }
      ).visit.id
      _ = try await service.ask(.visitArrive, as: anna, .with { $0.visitID = visit })
      let id = try await desk.open().id
      let begin = Callout_V1_WorkBeginRequest.with {
        $0.ticketID = id
        $0.mode = "onsite"
        $0.engineer = "Joon"
      }
      let begun = try await service.ask(.workBegin, as: anna, begin)
      #expect(begun.ticket.running == [begun.running])
      #expect(begun.ticket.workBegunMs == Self.morning.milliseconds)
      let twice = await refusal { () async throws(CommandRefused) in
        _ = try await service.ask(.workBegin, as: anna, begin)
      }
      #expect(twice?.code == .conflict)
      let portal = await refusal { () async throws(CommandRefused) in
        _ = try await service.ask(.workBegin, as: desk.peer(.portal), begin)
      }
      #expect(portal?.code == .notAllowed)
      func notices() -> [Callout_V1_Notice] { service.told.events.map(\.notice).filter { $0.kind == "consent" } }
      try await service.advance(desk.tenant, to: Self.morning + .hours(2) + .minutes(29))
      #expect(notices().isEmpty)
      try await service.advance(desk.tenant, to: Self.morning + .hours(2) + .minutes(30))
      #expect(notices().count == 1)
      try await service.advance(desk.tenant, to: Self.morning + .hours(3) + .minutes(20))
      #expect(notices().count == 2)
      let stopped = try await service.ask(.ticketGet, as: anna, .with { $0.ticketID = id }).ticket
      #expect(stopped.stoppedMs == (Self.morning + .hours(3)).milliseconds)
      let early = await refusal { () async throws(CommandRefused) in
        _ = try await service.ask(
          .ticketResolve, as: anna,
          .with {
            $0.ticketID = id
            $0.resolution = "fixed"
          })
      }
      #expect(early?.code == .conflict)
      let ended = try await service.ask(
        .workEnd, as: anna,
        .with {
          $0.ticketID = id
          $0.workID = begun.running.id
          $0.note = "A new cable"
        })
      #expect(ended.work.id == begun.running.id)
      #expect(ended.ticket.running.isEmpty && ended.ticket.stoppedMs == 0)
      #expect(ended.ticket.beyondConsent.map { ($0.toMs - $0.fromMs) / 60_000 } == [20])
      let read = try await service.ask(.ticketGet, as: anna, .with { $0.ticketID = id })
      #expect(read.work == [ended.work])
      #expect(read.ticket == ended.ticket)
      let again = await refusal { () async throws(CommandRefused) in
        _ = try await service.ask(
          .workEnd, as: anna,
          .with {
            $0.ticketID = id
            $0.workID = begun.running.id
          })
      }
      #expect(again?.code == .notFound)
    }
  }

  @Test("F24 F22: late work of a time before a reopening is told for that time, and read with the ticket")
  func lateWorkBeforeReopening() async throws {
    try await withDesk { desk in
      let (service, anna) = (desk.service, desk.peer(.desk))
      let id = try await desk.open().id
      try await service.advance(desk.tenant, to: Self.morning + .hours(2))
      _ = try await service.ask(
        .ticketResolve, as: anna,
        .with {
          $0.ticketID = id
          $0.resolution = "fixed"
        })
      _ = try await service.ask(.ticketClose, as: anna, .with { $0.ticketID = id })
      try await service.advance(desk.tenant, to: Self.morning + .hours(3))
      _ = try await service.ask(
        .ticketReopen, as: anna,
        .with {
          $0.ticketID = id
          $0.reason = "Again"
        })
      func work(_ from: Int64, _ to: Int64) async throws(CommandRefused) -> Callout_V1_WorkRecordReply {
        try await service.ask(
          .workRecord, as: anna,
          .with {
            $0.ticketID = id
            $0.mode = "onsite"
            $0.engineer = "Joon"
            $0.time.fromMs = (Self.morning + .minutes(from)).milliseconds
            $0.time.toMs = (Self.morning + .minutes(to)).milliseconds
          })
      }
      let late = try await work(60, 120)
      try await service.settle(desk.tenant)
      let told = try #require(
        service.told.events.filter { $0.subject == id }.max { $0.version < $1.version }?.ticket)
      #expect(told.task.work.isEmpty)
      #expect(told.earlier.map(\.reopened) == [0])
      #expect(told.earlier[0].task.work.map(\.toMs) == [(Self.morning + .hours(2)).milliseconds])
      #expect(told.earlier[0].task.completedMs == (Self.morning + .hours(2)).milliseconds)
      let read = try await service.ask(
        .ticketGet, as: anna,
        .with {
          $0.ticketID = id
          $0.withTask = true
        })
      #expect(read.ticket == late.ticket)
      #expect(read.earlier.map(\.task.work) == told.earlier.map(\.task.work))
      let before = await refusal { () async throws(CommandRefused) in _ = try await work(-1, 60) }
      #expect(before?.code == .conflict)
    }
  }
}

extension ClassesTests {
  @Test("E5: a call for which nobody is free is put off; the customer is told, and at its time whoever watches")
  func agreedCall() async throws {
    try await PlanDesk.with("opus-one", at: "2026-03-03T10:00:00-07:00") { desk in
      let id = try await desk.open(desk.call("telephone")).id
      func agree(_ at: String) async throws(CommandRefused) -> Callout_V1_Ticket {
        try await desk.ask(
          .callSchedule,
          .with {
            $0.ticketID = id
            $0.atMs = Instant(at)?.milliseconds ?? 0
            $0.note = "Anna will know."
          }
        ).ticket
      }
      let refused = await desk.refusal { () async throws(CommandRefused) in
        _ = try await agree("2026-03-04T17:00:00-07:00")
      }
      #expect(refused?.code == .admission)
      #expect(refused?.clauses.map(\.id) == ["question-calls"])
      let ticket = try await agree("2026-03-04T16:59:59-07:00")
      #expect(ticket.handling == "best-effort" && ticket.targets.isEmpty)
      #expect(ticket.callMs == Instant("2026-03-04T16:59:59-07:00")?.milliseconds)
      let messages = try await desk.ask(.messageList, as: .portal, .with { $0.ticketID = id }).messages
      #expect(messages.last?.text.hasPrefix("We will call you at 2026-03-04 16:59") == true)
      let clock = try await desk.ask(.clockGet, .init())
      #expect(clock.nextDueMs == ticket.callMs)
      try await desk.advance(to: "2026-03-04T16:59:59-07:00")
      #expect(try await desk.ask(.ticketContact, .with { $0.ticketID = id }).ticket.callMs == 0)
    }
  }
}

extension LedgerTests {
  @Test("F24 F26: a charge of past work without a ticket is paid by what was in force then, with a proof of each line")
  func pastCharge() async throws {
    try await LedgerDesk.with { desk, _ in
      try await desk.advance(to: "2027-03-03T00:00:00+08:00")
      var charge = desk.charge()
      let refused = await refusal { () async throws(CommandRefused) in try await desk.ask(.chargePost, charge) }
      #expect(refused.code == .insufficientCredits)
      charge.task.completedMs = try #require(Instant("2027-02-25T12:00:00+08:00")).milliseconds
      let key = Array("a past charge".utf8)
      let posted = try await desk.ask(.chargePost, key: key, charge)
      #expect(posted.transfer.lines[0].inputs.contains("mode: onsite"))
      #expect(posted.transfer.lines[0].inputs.contains("minutes: 60"))
      #expect(posted.transfer.effectiveMs == charge.task.completedMs)
      #expect(posted.balance == 0)
      #expect(try await desk.ask(.chargePost, key: key, charge) == posted, "the same key gets the same reply")
      let journal = try await desk.ask(.journalList, .with { $0.agreementID = desk.agreement }).transfers
      #expect(journal.map(\.kind) == ["grant", "expiry", "reversal", "charge", "expiry"])
      let statement = try await desk.ask(.statementGet, .with { $0.agreementID = desk.agreement }).statement
      #expect(statement.text.contains("(work of 25 Feb 2027)"))
    }
  }
}
