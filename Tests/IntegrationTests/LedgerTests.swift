import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

@Suite("Ledger on PostgreSQL")
struct LedgerTests {
  @Test("Every table of the ledger keeps the rules of the schema, and the journal is insert-only")
  func schema() async throws {
    let database = try TestDatabase()
    try await database.migrate(LedgerService.self)
    #expect(try database.schemaViolations() == [])
    let grants = try database.number(
      """
      SELECT count(*) FROM information_schema.role_table_grants
      WHERE grantee = '\(database.serviceRole)' AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')
      AND table_name IN ('transfers', 'entries', 'reversals', 'statements')
      """)
    #expect(grants == 0)
  }

  @Test("Of many charges each is decided on its own, and the same key gets the same outcomes")
  func many() async throws {
    try await LedgerDesk.with { desk, database in
      let request = Callout_V1_ChargePostManyRequest.with {
        $0.charges = Array(repeating: desk.charge(), count: 14)
        $0.charges[3].agreementID = Data([1, 2, 3])
      }
      let key = Array("charges-0001".utf8)
      let first = try await desk.ask(.chargePostMany, key: key, request).outcomes
      #expect(first.map(\.amount) == [50, 50, 50, 0] + Array(repeating: 50, count: 9) + [0])
      #expect(first[3].refusal == UInt32(RefusalCode.invalidField.rawValue))
      #expect(first[13].refusal == UInt32(RefusalCode.insufficientCredits.rawValue))
      #expect(first[12].balance == 0)
      #expect(Set(first.map(\.transferID)).count == 13)
      #expect(try await desk.ask(.chargePostMany, key: key, request).outcomes == first)
      let transfer = try await desk.ask(.transferGet, .with { $0.transferID = first[12].transferID }).transfer
      #expect(transfer.entries.map(\.amount) == [-50, 50])
      #expect(try database.number("SELECT count(*) FROM transfers WHERE kind = 'charge'") == 12)
      #expect(try database.number("SELECT count(*) FROM entries WHERE amount = 600 AND balance = 600") == 1)
    }
  }

  @Test("What one process has written, another that knew it as it was reads anew")
  func alternating() async throws {
    try await LedgerDesk.with { desk, database in
      let other = try await RunningService<LedgerService>(on: database)
      let peer = LedgerDesk.peer(desk.tenant, .desk)
      var balances: [Int64] = []
      for _ in 0..<3 {
        balances.append(try await desk.ask(.chargePost, desk.charge()).balance)
        balances.append(try await other.ask(.chargePost, as: peer, desk.charge()).balance)
      }
      await other.stop()
      #expect(balances == [550, 500, 450, 400, 350, 300])
    }
  }

  @Test("F1: two processes on one database, forty charges at once: twelve are paid, none overspends")
  func concurrent() async throws {
    try await LedgerDesk.with { desk, database in
      let other = try await RunningService<LedgerService>(on: database)
      let (tenant, request) = (desk.tenant, desk.charge())
      let paid = await withTaskGroup(of: Bool.self) { group in
        for index in 0..<40 {
          let service = index % 2 == 0 ? desk.service : other
          group.addTask {
            do throws(CommandRefused) {
              _ = try await service.ask(.chargePost, as: LedgerDesk.peer(tenant, .desk), request)
              return true
            } catch {
              #expect(error.refusal.code == .insufficientCredits)
              return false
            }
          }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      await other.stop()
      #expect(paid == 12)
      #expect(try await desk.balance().balance == 0)
    }
  }

  @Test("Another tenant's agreement is answered exactly as one that does not exist")
  func isolation() async throws {
    try await LedgerDesk.with { desk, _ in
      let other = try await LedgerDesk(desk.service)
      var messages: [Callout_V1_Refusal] = []
      for id in [desk.agreement, LedgerDesk.id()] {
        do throws(CommandRefused) {
          _ = try await other.ask(.agreementGet, .with { $0.agreementID = id })
        } catch {
          messages.append(error.refusal)
        }
        var charge = desk.charge()
        charge.agreementID = id
        do throws(CommandRefused) {
          _ = try await other.ask(.chargePost, charge)
        } catch {
          messages.append(error.refusal)
        }
      }
      #expect(messages.map(\.code) == [.notFound, .notFound, .notFound, .notFound])
      #expect(messages[0] == messages[2])
      #expect(messages[1] == messages[3])
      #expect(try await desk.balance().balance == 600)
    }
  }

  @Test("F10: a ticket that becomes a dispatch is held, then charged once, however often intake tells of it")
  func ticket() async throws {
    try await LedgerDesk.with { desk, _ in
      var ticket = Callout_V1_Ticket.with {
        $0.id = LedgerDesk.id()
        $0.number = 7
        $0.accountID = desk.account
        $0.subject = "Screen stays dark"
        $0.state = "open"
        $0.planVersion = desk.version
        $0.version = 1
      }
      #expect(try await desk.tell(ticket, LedgerDesk.task(mode: "helpdesk", minutes: 0)))
      #expect(try await desk.balance().held == 10)
      ticket.state = "dispatched"
      ticket.version = 2
      #expect(try await desk.tell(ticket, LedgerDesk.task(minutes: 0)))
      #expect(try await desk.balance().held == 50)
      ticket.state = "resolved"
      ticket.resolvedMs = LedgerDesk.start.milliseconds
      ticket.version = 3
      #expect(try await desk.tell(ticket, LedgerDesk.task(minutes: 20)))
      #expect(try await desk.tell(ticket, LedgerDesk.task(minutes: 20)) == false)
      let now = try await desk.balance()
      #expect([now.balance, now.held, now.available] == [550, 0, 550])
      let cost = try await desk.ask(.ticketchargeGet, .with { $0.ticketID = ticket.id })
      #expect([cost.held, cost.charged, cost.unsettled] == [0, 50, 0])
      #expect(cost.lines.map(\.clause) == ["onsite-desktop"])
      try await desk.service.settle(desk.tenant)
      let told = desk.service.told.events.compactMap { event in
        if case .charges(let snapshot) = event.body { snapshot } else { nil }
      }
      #expect(told.last?.charges.charged == 50)
    }
  }
}
