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
  @Test("F24: a closed ticket takes a late record of work done before its end, and refuses any other by the clause")
  func lateWork() async throws {
    try await withDesk { desk in
      let (service, anna) = (desk.service, desk.peer(.desk))
      let id = try await desk.open().id
      func work(until minute: Int64) -> Callout_V1_WorkRecordRequest {
        .with {
          $0.ticketID = id
          $0.mode = "onsite"
          $0.engineer = "Joon"
          $0.time.fromMs = Self.morning.milliseconds
          $0.time.toMs = (Self.morning + .minutes(minute)).milliseconds
        }
      }
      try await service.advance(desk.tenant, to: Self.morning + .hours(2))
      _ = try await service.ask(
        .ticketResolve, as: anna,
        .with {
          $0.ticketID = id
          $0.resolution = "fixed"
        })
      _ = try await service.ask(.ticketClose, as: anna, .with { $0.ticketID = id })
      try await service.advance(desk.tenant, to: Self.morning + .days(40))
      let late = try await service.ask(.workRecord, as: anna, work(until: 120)).ticket
      #expect(late.state == "closed")
      let after = await refusal { () async throws(CommandRefused) in
        _ = try await service.ask(.workRecord, as: anna, work(until: 121))
      }
      #expect(after?.code == .conflict)
      try await service.advance(desk.tenant, to: Self.morning + .days(70))
      let tooLate = await refusal { () async throws(CommandRefused) in
        _ = try await service.ask(.workRecord, as: anna, work(until: 60))
      }
      #expect(tooLate?.code == .admission)
      #expect(tooLate?.clauses.map(\.id) == ["late-work"])
      try await service.settle(desk.tenant)
      let told = service.told.events.filter { $0.subject == id }.max { $0.version < $1.version }
      #expect(told?.version == late.version)
      #expect(told?.ticket.task.work.count == 1)
    }
  }
}

extension LedgerTests {
  @Test("F24 F26: late work is paid by credits that were in force, and told as an adjustment on the next statement")
  func lateWork() async throws {
    try await LedgerDesk.with { desk, _ in
      try await desk.advance(to: "2027-03-03T00:00:00+08:00")
      #expect(try await desk.balance().balance == 0)
      let ticket = Callout_V1_Ticket.with {
        $0.id = LedgerDesk.id()
        $0.number = 1
        $0.accountID = desk.account
        $0.planVersion = desk.version
        $0.subject = "Screen is black"
        $0.state = "closed"
        $0.resolution = "fixed"
        $0.version = 5
      }
      var task = LedgerDesk.task(minutes: 60)
      task.completedMs = try #require(Instant("2027-02-25T12:00:00+08:00")).milliseconds
      try await desk.tell(ticket, task)
      let charge = try await desk.ask(.ticketchargeGet, .with { $0.ticketID = ticket.id })
      #expect(charge.charged == 50)
      #expect(charge.unsettled == 0)
      #expect(try await desk.balance().balance == 0)
      let statement = try await desk.ask(.statementGet, .with { $0.agreementID = desk.agreement }).statement
      #expect(statement.text.contains("(work of 25 Feb 2027)"))
    }
  }
}
