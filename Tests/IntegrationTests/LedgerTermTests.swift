import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

@Suite("Terms, renewals and standing orders")
struct LedgerTermTests {
  private static let spring = "2028-05-01T09:00:00+02:00"
  private static let ends = "2028-09-01T00:00:00+02:00"

  private static func renew(
    _ desk: OfferDesk, to ends: String
  ) async throws(CommandRefused) -> Callout_V1_AgreementRenewReply {
    try await desk.ask(
      .agreementRenew, as: .sales,
      .with {
        $0.agreementID = desk.agreement
        $0.planVersion = desk.version
        $0.endsMs = Instant(ends)?.milliseconds ?? 0
      })
  }

  @Test("P16: until the end of life a contract is renewed; after it never, and it is honoured to its end")
  func endOfLife() async throws {
    try await OfferDesk.with("template", tier: "full", at: Self.spring, ends: Self.ends) { desk in
      try await desk.buy("points-100", paid: 10_000)
      func work() async throws(CommandRefused) -> Int64 {
        try await desk.charge(["service": "ticket", "mode": "remote", "category": "server"], minutes: 30) {
          $0.assessment = ["site", "machines"]
        }.balance
      }
      try await desk.advance(to: "2028-07-01T00:00:00+02:00")
      let refused = await refusal { () async throws(CommandRefused) in
        try await Self.renew(desk, to: "2029-09-01T00:00:00+02:00")
      }
      #expect(refused.code == .admission)
      #expect(refused.clauses.map(\.id) == ["the-end"])
      #expect(refused.clauses[0].acceptIf.contains("move to release 2.0"))
      let signed = await refusal { () async throws(CommandRefused) in
        let _: Callout_V1_AgreementSignReply = try await desk.ask(
          .agreementSign, as: .sales,
          .with {
            $0.accountID = Data(AccountID(high: 9, low: 9).bytes)
            $0.planVersion = desk.version
            $0.tier = "full"
          })
      }
      #expect(signed.clauses.map(\.id) == ["the-end"])
      // What was agreed before is honoured up to the last second of its term.
      #expect(try await work() == 96)
      try await desk.advance(to: "2028-08-31T23:59:59+02:00")
      #expect(try await work() == 92)
      try await desk.advance(to: Self.ends)
      let late = await refusal { () async throws(CommandRefused) in try await work() }
      #expect(late.code == .conflict)
      let told = try #require(try await desk.told())
      #expect(told.agreement.state == "ended" && told.endsMs == Instant(Self.ends)?.milliseconds)
    }
  }

  @Test("P16: one second before the end of life a contract is still renewed, and lasts to its new end")
  func renewedInTime() async throws {
    try await OfferDesk.with("template", tier: "full", at: Self.spring, ends: Self.ends) { desk in
      let short = await refusal { () async throws(CommandRefused) in try await Self.renew(desk, to: Self.ends) }
      #expect(short.code == .invalidField && short.field == "ends_ms")
      try await desk.advance(to: "2028-06-30T23:59:59+02:00")
      let renewed = try await Self.renew(desk, to: "2028-12-01T00:00:00+01:00").agreement
      #expect(renewed.agreedMs == Instant("2028-06-30T23:59:59+02:00")?.milliseconds)
      #expect(renewed.signedMs == Instant(Self.spring)?.milliseconds)
      try await desk.advance(to: "2028-11-30T23:59:59+01:00")
      #expect(try await desk.told()?.agreement.state == "active")
      try await desk.advance(to: "2028-12-01T00:00:00+01:00")
      #expect(try await desk.told()?.agreement.state == "ended")
    }
  }

  @Test("P16: an older version that knows of no end of life does not get around that of the newest one")
  func olderVersion() async throws {
    let without = { (plan: String) in
      plan.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains("on: 2028-07-01") }
        .joined(separator: "\n")
    }
    try await OfferDesk.with("template", tier: "full", at: Self.spring, ends: Self.ends, change: without) { desk in
      try await desk.advance(to: "2028-07-01T00:00:00+02:00")
      _ = try await Self.renew(desk, to: "2028-10-01T00:00:00+02:00")
      try await desk.advance(to: "2028-07-01T00:00:01+02:00")
      _ = try await OfferDesk.publish(OfferDesk.text(of: "template"), to: desk.service, desk.tenant)
      let refused = await refusal { () async throws(CommandRefused) in
        try await Self.renew(desk, to: "2028-11-01T00:00:00+01:00")
      }
      #expect(refused.code == .admission)
      #expect(refused.clauses.map(\.id) == ["the-end"])
    }
  }

  @Test("P18: help to migrate to what is suggested instead is paid, in its own unit")
  func migration() async throws {
    try await OfferDesk.with("template", tier: "basic", at: Self.spring, ends: Self.ends) { desk in
      func move() async throws(CommandRefused) -> Callout_V1_ChargePostReply {
        try await desk.charge(["service": "moving"], minutes: 8 * 60 + 1) { $0.assessment = ["site", "machines"] }
      }
      let unpaid = await refusal { () async throws(CommandRefused) in try await move() }
      #expect(unpaid.code == .insufficientCredits && unpaid.text.contains("2 migration-days"))
      try await desk.buy("moving-day", 3, paid: 450_000)
      try await desk.advance(to: "2028-07-01T00:00:00+02:00")
      let moved = try await move()
      #expect(moved.transfer.unit == "migration-day")
      #expect(moved.transfer.lines.map(\.clause) == ["moving"])
      #expect(moved.transfer.lines[0].arithmetic == "481 min = 1 × 480 min + 1 min, rounded up: 2 × 1")
      #expect(moved.balance == 1)
    }
  }

  @Test("R1: a block of time is ordered ahead, added to at any time, and bought again every quarter, by civil days")
  func standingOrder() async throws {
    try await OfferDesk.with("retained-support", tier: "retainer", at: "2026-01-31T15:00:00Z") { desk in
      func place(_ package: String) async throws(CommandRefused) -> Callout_V1_StandingOrder {
        try await desk.ask(
          .orderPlace, as: .sales,
          .with {
            $0.agreementID = desk.agreement
            $0.package = package
            $0.quantity = 2
            $0.paid = 150_000
            $0.reference = "PO 7"
          }
        ).order
      }
      let once = await refusal { () async throws(CommandRefused) in try await place("day") }
      #expect(once.code == .clauseUnknown && once.text.contains("days-each-quarter"))
      let order = try await place("days-each-quarter")
      // April has no 31st day, and its nights are an hour earlier in UTC.
      #expect(order.nextMs == Instant("2026-04-30T00:00:00+01:00")?.milliseconds)
      #expect((order.times, try await desk.balance().balance) == (1, 56))
      try await desk.advance(to: "2026-04-29T22:59:59Z")
      #expect(try await desk.balance().balance == 56)
      try await desk.advance(to: "2026-04-29T23:00:00Z")
      #expect(try await desk.balance().balance == 112)
      try await desk.buy("day")
      try await desk.advance(to: "2026-10-31T00:00:00Z")
      #expect(try await desk.balance().balance == 252)
      var listed = try await desk.ask(.orderList, .with { $0.agreementID = desk.agreement }).orders
      #expect(listed.map(\.times) == [4])
      #expect(listed[0].nextMs == Instant("2027-01-31T00:00:00Z")?.milliseconds)
      let lots = try await desk.ask(.lotList, .with { $0.agreementID = desk.agreement }).lots
      #expect(lots.allSatisfy { $0.expiresMs == 0 })
      let journal = try await desk.ask(.journalList, .with { $0.agreementID = desk.agreement }).transfers
      #expect(journal.filter { $0.text.contains("PO 7") }.map { $0.entries[0].amount } == [56, 56, 56, 56])
      let ended = try await desk.ask(
        .orderEnd, as: .sales,
        .with {
          $0.orderID = order.id
          $0.reason = "Enough"
        }
      ).order
      #expect((ended.endReason, ended.nextMs) == ("Enough", 0))
      let again = await refusal { () async throws(CommandRefused) in
        try await desk.ask(
          .orderEnd, as: .sales,
          .with {
            $0.orderID = order.id
            $0.reason = "Enough"
          })
      }
      #expect(again.code == .conflict)
      // One that goes on ends with its agreement.
      _ = try await place("days-each-quarter")
      _ = try await desk.ask(
        .agreementEnd, as: .sales,
        .with {
          $0.agreementID = desk.agreement
          $0.reason = "Moved"
        })
      listed = try await desk.ask(.orderList, .with { $0.agreementID = desk.agreement }).orders
      #expect(listed.map(\.endReason) == ["The agreement has ended", "Enough"])
      try await desk.advance(to: "2027-03-01T00:00:00Z")
      #expect(try await desk.balance().balance == 308)
    }
  }

  @Test("R2: a day is 28 quarter-hours; R8 is the 29th")
  func day() async throws {
    try await OfferDesk.with("retained-support", tier: "retainer", at: "2026-03-02T09:00:00Z") { desk in
      let bought = try await desk.buy("day", paid: 75_000)
      #expect((bought.lot.granted, bought.agreement.unit) == (28, "quarter-hour"))
      #expect(try await desk.charge(["mode": "onsite"], minutes: 7 * 60).balance == 0)
    }
  }
}
