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

  @Test("I6: the same key with the same request has one effect and one answer; with another it is an error")
  func replay() async throws {
    try await LedgerDesk.with { desk, database in
      let key = Array("charge-0001".utf8)
      let first = try await desk.ask(.chargePost, key: key, desk.charge())
      let again = try await desk.ask(.chargePost, key: key, desk.charge())
      #expect(first == again)
      #expect(first.balance == 550)
      var other = desk.charge()
      other.text = "Something else"
      await #expect(throws: CommandRefused.self) { try await desk.ask(.chargePost, key: key, other) }
      #expect(try database.number("SELECT count(*) FROM transfers WHERE kind = 'charge'") == 1)
    }
  }

  @Test(
    "I6: of a charge, an adjustment and a reversal a trace is saved; their replies are the same for ever, byte for byte"
  )
  func replayOfTraces() async throws {
    try await LedgerDesk.with { desk, database in
      func key(_ name: String) -> [UInt8] { Array("the-key-of-\(name)".utf8) }
      let charged = try await desk.ask(.chargePost, key: key("charge"), desk.charge())
      let adjustment = Callout_V1_AdjustmentPostRequest.with {
        $0.agreementID = desk.agreement
        $0.amount = -7
        $0.reason = "Said \"seven\"\u{1}\n\u{1F600}"
      }
      let adjusted = try await desk.ask(.adjustmentPost, as: .admin, key: key("adjustment"), adjustment)
      let reversal = Callout_V1_ChargeReverseRequest.with {
        $0.transferID = charged.transfer.id
        $0.reason = "By mistake"
      }
      let reversed = try await desk.ask(.chargeReverse, as: .admin, key: key("reversal"), reversal)
      #expect(try database.number("SELECT count(*) FROM replies WHERE kind = 2 AND octet_length(payload) = 16") == 3)
      for _ in 0..<3 { _ = try await desk.ask(.chargePost, desk.charge()) }
      // By a process that has never seen them, too.
      let other = try await RunningService<LedgerService>(on: database)
      for service in [desk.service, other] {
        let (staff, admin) = (LedgerDesk.peer(desk.tenant, .desk), LedgerDesk.peer(desk.tenant, .admin))
        let again = try await service.ask(.chargePost, as: staff, key: key("charge"), desk.charge())
        #expect(try again.serializedData() == charged.serializedData())
        let adjustedAgain = try await service.ask(.adjustmentPost, as: admin, key: key("adjustment"), adjustment)
        #expect(try adjustedAgain.serializedData() == adjusted.serializedData())
        let reversedAgain = try await service.ask(.chargeReverse, as: admin, key: key("reversal"), reversal)
        #expect(try reversedAgain.serializedData() == reversed.serializedData())
        var changed = desk.charge()
        changed.text = "Something else"
        let request = changed
        await #expect(throws: CommandRefused.self) {
          try await service.ask(.chargePost, as: staff, key: key("charge"), request)
        }
      }
      await other.stop()
      #expect(try database.number("SELECT count(*) FROM transfers WHERE kind = 'charge'") == 4)
    }
  }

  @Test("A charge, an adjustment and a reversal are answered with what the journal tells of them, byte for byte")
  func answersAndJournal() async throws {
    try await LedgerDesk.with { desk, _ in
      var charge = desk.charge()
      charge.task.parts = [
        .with {
          $0.name = "Cable, 2 m"
          $0.price = 12
        }
      ]
      charge.text = String(repeating: "A long text. ", count: 20)
      let charged = try await desk.ask(.chargePost, charge)
      let adjusted = try await desk.ask(
        .adjustmentPost, as: .admin,
        .with {
          $0.agreementID = desk.agreement
          $0.amount = 300
          $0.reason = "Good will"
        })
      let reversed = try await desk.ask(
        .chargeReverse, as: .admin,
        .with {
          $0.transferID = charged.transfer.id
          $0.reason = "By mistake"
        })
      #expect(charged.transfer.lines.count == 2)
      #expect(reversed.transfer.reverses == charged.transfer.id)
      for answered in [charged.transfer, adjusted.transfer, reversed.transfer] {
        let told = try await desk.ask(.transferGet, .with { $0.transferID = answered.id }).transfer
        #expect(try told.serializedData() == answered.serializedData())
      }
      #expect(reversed.balance == charged.balance - charged.transfer.entries[0].amount + 300)
    }
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

  /// A closed statement in each form, now and after a later month.
  private func forms(_ statement: Callout_V1_Statement, _ desk: LedgerDesk) async throws {
    func get(_ form: String) async throws -> Callout_V1_StatementGetReply {
      try await desk.ask(
        .statementGet,
        .with {
          $0.agreementID = desk.agreement
          $0.monthMs = LedgerDesk.start.milliseconds
          $0.form = form
        })
    }
    let html = try await get("html")
    #expect(html.document.hasPrefix("<!DOCTYPE html>") && html.document.contains("<svg"))
    #expect(html.statement.lines.isEmpty && html.statement.text.isEmpty && html.statement.digest == statement.digest)
    #expect(try await get("text").document == statement.text)
    let csv = try await get("csv").document
    #expect(csv.components(separatedBy: "\r\n").count == statement.lines.count + 4)
    await #expect(throws: CommandRefused.self) { try await get("pdf") }
    try await desk.advance(to: "2026-05-02T00:00:00+08:00")
    #expect(try await get("html").document == html.document)
    #expect(try await get("csv").document == csv)
  }

  @Test("F28 F24: overage is acknowledged, charged and invoiced; the month's statement is made again from the journal")
  func month() async throws {
    try await LedgerDesk.with { desk, database in
      for _ in 0..<11 { _ = try await desk.ask(.chargePost, desk.charge()) }
      try await desk.advance(to: "2026-03-05T10:00:00+08:00")
      let quote = try await desk.ask(
        .quoteCreate,
        .with {
          $0.agreementID = desk.agreement
          $0.task = LedgerDesk.task(category: "server", minutes: 60)
        }
      ).quote
      #expect(quote.state == "needs-acknowledgement")
      #expect([quote.total, quote.available, quote.overage, quote.overagePrice] == [160, 50, 110, 11_000])
      let agreed = try await desk.ask(
        .quoteAcknowledge,
        .with {
          $0.quoteID = quote.id
          $0.by = "Mei Tan"
        }
      ).quote
      let captured = try await desk.ask(
        .holdCapture,
        .with {
          $0.holdID = agreed.holdID
          $0.amount = 160
          $0.text = "Ticket 9: disk is failing"
        })
      #expect(try await desk.balance().balance == -110)
      #expect(captured.transfer.entries.first?.balance == -110)
      try await desk.advance(to: "2026-04-02T09:00:00+08:00")
      #expect(try await desk.balance().balance == 0)
      #expect(try await desk.balance(at: Instant("2026-03-11T09:00:00+08:00")).balance == -110)
      let invoices = try await desk.ask(.invoiceList, .with { $0.agreementID = desk.agreement }).invoices
      #expect(invoices.map(\.amount) == [11_000])
      #expect(invoices.map(\.issuedMs) == [Instant("2026-03-12T10:00:00+08:00")?.milliseconds])

      let statement = try await desk.ask(
        .statementGet,
        .with {
          $0.agreementID = desk.agreement
          $0.monthMs = LedgerDesk.start.milliseconds
        }
      ).statement
      #expect(statement.closed)
      #expect(statement.opening + statement.lines.reduce(0) { $0 + $1.amount } == statement.closing)
      #expect(Array(statement.digest) == Digest.sha256(Array(statement.text.utf8)))
      let journal = try await journal(desk)
      #expect(try rebuilt(statement, journal, desk) == statement.text)
      let closed = try await desk.ask(.statementList, .with { $0.agreementID = desk.agreement }).statements
      #expect(closed.map(\.id) == [statement.id])
      let told = try database.number("SELECT count(*) FROM statements")
      #expect(told == 1)
      try await forms(statement, desk)
    }
  }

  /// The whole journal, page by page.
  private func journal(_ desk: LedgerDesk) async throws -> [Callout_V1_Transfer] {
    var journal: [Callout_V1_Transfer] = []
    var next = Data()
    repeat {
      let page = try await desk.ask(
        .journalList,
        .with { [next] in
          $0.agreementID = desk.agreement
          $0.page = .with {
            $0.size = 5
            $0.after = next
          }
        })
      journal += page.transfers
      next = page.next
    } while !next.isEmpty
    #expect(journal.map { $0.entries[0].seq } == Array(1...UInt64(journal.count)))
    return journal
  }

  /// The text of a statement, made from what the wire says of the journal and the published plan.
  private func rebuilt(
    _ statement: Callout_V1_Statement, _ journal: [Callout_V1_Transfer], _ desk: LedgerDesk
  ) throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/flexi-it.yaml")
    let plan = try Plan.read(
      String(contentsOf: file, encoding: .utf8),
      zones: { name in try Array(Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/" + name))) }
    ).get()
    let from = Instant(milliseconds: statement.fromMs)
    let to = Instant(milliseconds: statement.toMs)
    let transfers = try journal.map { transfer in
      Transfer(
        id: try #require(TransferID(bytes: transfer.id)), kind: try #require(Transfer.Kind(rawValue: transfer.kind)),
        agreement: try #require(AgreementID(bytes: transfer.agreementID)), ticket: nil, hold: nil, reverses: nil,
        text: transfer.text,
        lines: try transfer.lines.map { line in
          JournalLine(
            kind: try #require(JournalLine.Kind(rawValue: line.kind)), clause: line.clause, text: line.text,
            units: try #require(Amount(line.amount)), arithmetic: line.arithmetic)
        }, draws: [], overage: 0, sequence: Int64(transfer.entries[0].seq), balance: 0, contra: .earned,
        contraSequence: 1,
        at: Instant(milliseconds: transfer.atMs), effectiveAt: Instant(milliseconds: transfer.effectiveMs),
        planVersion: plan.version, period: from)
    }
    return StatementDocument(
      agreement: try #require(AgreementID(bytes: desk.agreement)), accountName: "", plan: plan, from: from, to: to,
      opening: try #require(Amount(statement.opening)), transfers: transfers.filter { from <= $0.at && $0.at < to },
      isClosed: true
    ).text
  }

  @Test("F25 F26: a wrong debit is reversed once; a renewal carries the rest over, and what is left lapses")
  func year() async throws {
    try await LedgerDesk.with { desk, _ in
      let charge = try await desk.ask(.chargePost, desk.charge()).transfer
      let reverse = Callout_V1_ChargeReverseRequest.with {
        $0.transferID = charge.id
        $0.reason = "Wrong machine"
      }
      #expect(try await desk.ask(.chargeReverse, reverse).balance == 600)
      await #expect(throws: CommandRefused.self) { try await desk.ask(.chargeReverse, reverse) }
      try await desk.advance(to: "2026-06-01T09:00:00+08:00")
      try await desk.buy()
      try await desk.advance(to: "2027-06-01T23:00:00+08:00")
      #expect(try await desk.balance().balance == 1200)
      try await desk.advance(to: "2027-06-02T00:00:00+08:00")
      #expect(try await desk.balance().balance == 0)
      let all = try await desk.ask(
        .lotList,
        .with {
          $0.agreementID = desk.agreement
          $0.all = true
        })
      #expect(all.lots.map(\.expired) == [true, true])
      let notices = desk.service.told.events.compactMap { event in
        if case .notice(let notice) = event.body { notice.kind } else { nil }
      }
      #expect(notices.filter { $0 == "expiry" }.count == 1, "both lots have the same last day")
      #expect(notices.filter { $0 == "statement" }.count == 15)
    }
  }
}
