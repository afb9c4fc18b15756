import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

@Suite("A month and a year of the ledger on PostgreSQL")
struct LedgerPeriodTests {
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
        }, draws: [], overage: 0, sequence: Int64(transfer.entries[0].seq), balance: 0,
        contra: WalletID(high: 0, low: 0), contraSequence: 1, at: Instant(milliseconds: transfer.atMs),
        effectiveAt: Instant(milliseconds: transfer.effectiveMs),
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
