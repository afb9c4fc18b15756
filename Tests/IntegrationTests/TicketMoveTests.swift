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
  @Test("Tickets are merged and split by the desk; work and pointers are stored, and both others are told")
  func moves() async throws {
    try await withDesk { desk in
      let (service, anna) = (desk.service, desk.peer(.desk))
      let first = try await desk.open().id
      let second = try await desk.open(desk.call("Mail again")).id
      try await service.advance(desk.tenant, to: Self.morning + .hours(4))
      func work(_ ticket: Data, hour: Int64) -> Callout_V1_WorkRecordRequest {
        .with {
          $0.ticketID = ticket
          $0.mode = "onsite"
          $0.engineer = "Joon"
          $0.time.fromMs = (Self.morning + .hours(hour)).milliseconds
          $0.time.toMs = (Self.morning + .hours(hour + 1)).milliseconds
        }
      }
      _ = try await service.ask(.workRecord, as: anna, work(first, hour: 0))
      let moved = try await service.ask(.workRecord, as: anna, work(second, hour: 1)).work.id
      let merged = try await service.ask(
        .ticketMerge, as: anna,
        .with {
          $0.ticketID = second
          $0.intoTicketID = first
          $0.reason = "One mailbox"
        })
      #expect(merged.ticket.state == "closed")
      #expect(merged.ticket.movedWorkIds == [moved])
      let read = try await service.ask(.ticketGet, as: anna, .with { $0.ticketID = first })
      #expect(read.ticket == merged.into)
      #expect(read.ticket.relations.map(\.kind) == ["merged-from"])
      #expect(read.ticket.relations.map(\.number) == [merged.ticket.number])
      #expect(read.work.map(\.movedFromID).filter { !$0.isEmpty } == [moved])
      let refused = await refusal { () async throws(CommandRefused) in
        _ = try await service.ask(
          .ticketReopen, as: anna,
          .with {
            $0.ticketID = second
            $0.reason = "Again"
          })
      }
      #expect(refused?.code == .conflict)

      let split = try await service.ask(
        .ticketSplit, as: anna,
        .with {
          $0.ticketID = first
          $0.workIds = [read.work[1].id]
          $0.subject = "The printer, too"
          $0.reason = "Two things"
        })
      #expect(split.split.number > merged.ticket.number)
      #expect(split.split.relations.map(\.kind) == ["split-from"])
      #expect(split.split.promisedMs == split.ticket.openedMs && split.ticket.promisedMs == split.ticket.openedMs)
      #expect(split.ticket.movedWorkIds == [read.work[1].id])
      let portal = await refusal { () async throws(CommandRefused) in
        _ = try await service.ask(
          .ticketSplit, as: desk.peer(.portal), .with { $0.ticketID = first })
      }
      #expect(portal != nil, "only the desk moves work")
      try await service.settle(desk.tenant)
      for ticket in [merged.ticket, split.ticket, split.split] {
        let told = service.told.events.filter { $0.subject == ticket.id }.filter { $0.version == ticket.version }
        #expect(told.count == 2)
        #expect(told.allSatisfy { $0.ticket.ticket.relations == ticket.relations })
      }
    }
  }
}

extension LedgerTests {
  @Test("Charges that moved are told with both tickets, and the journal names what each transfer takes back")
  func moves() async throws {
    try await LedgerDesk.with { desk, database in
      func ticket(_ number: UInt64, version: UInt64 = 3) -> Callout_V1_Ticket {
        .with {
          $0.id = LedgerDesk.id()
          $0.number = number
          $0.accountID = desk.account
          $0.planVersion = desk.version
          $0.subject = "Screen is black"
          $0.state = "resolved"
          $0.resolution = "fixed"
          $0.resolvedMs = LedgerDesk.start.milliseconds
          $0.version = version
        }
      }
      var (first, second) = (ticket(1), ticket(2))
      try await desk.tell(first, LedgerDesk.task(minutes: 60))
      try await desk.tell(second, LedgerDesk.task(minutes: 170))
      second.version = 4
      second.state = "closed"
      second.relations = [
        .with {
          $0.kind = "merged-into"
          $0.ticketID = first.id
          $0.version = 4
        }
      ]
      first.version = 4
      first.relations = [
        .with {
          $0.kind = "merged-from"
          $0.ticketID = second.id
          $0.version = 4
        }
      ]
      // The ticket that goes on is told of first.
      try await desk.tell(first, LedgerDesk.task(minutes: 230))
      try await desk.tell(second, LedgerDesk.task(minutes: 0))
      let charge = try await desk.ask(.ticketchargeGet, .with { [id = first.id] in $0.ticketID = id })
      #expect(charge.charged == 100)
      let move = try #require(charge.moves.first)
      #expect(move.fromTicketID == second.id)
      #expect(move.amount == 50)
      let other = try await desk.ask(.ticketchargeGet, .with { [id = second.id] in $0.ticketID = id })
      #expect(other.charged == 0)
      #expect(other.moves == charge.moves)
      let reversal = try await desk.ask(.transferGet, .with { $0.transferID = move.reversalID }).transfer
      #expect(reversal.ticketID == second.id)
      #expect(!reversal.reverses.isEmpty)
      #expect(try await desk.balance().balance == 500)
      #expect(try database.number("SELECT count(*) FROM charge_moves") == 1)
      let grants = try database.number(
        """
        SELECT count(*) FROM information_schema.role_table_grants WHERE grantee = '\(database.serviceRole)'
        AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE') AND table_name = 'charge_moves'
        """)
      #expect(grants == 0)
    }
  }
}
