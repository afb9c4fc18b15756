import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

@Suite("Units, services and tiers at the ledger")
struct LedgerUnitTests {
  private static let march = "2026-03-02T09:00:00-03:00"
  private static let incident = ["service": "ticket", "request": "incident"]

  @Test("P10: incidents are prepaid one by one: held while the ticket is open, charged once it is done")
  func incidents() async throws {
    try await OfferDesk.with("opmon", tier: "pro", at: Self.march) { desk in
      try await desk.buy("one-incident", 2)
      var ticket = desk.ticket()
      // Who has not chosen to pay by the incident has it in the agreement.
      #expect(try await desk.charge(Self.incident, minutes: 30).transfer.entries[0].amount == 0)
      try await desk.buy("pay-per-incident")
      try await desk.tell(ticket, OfferDesk.task(Self.incident, minutes: 0))
      var now = try await desk.balance()
      #expect([now.balance, now.held, now.available] == [2, 1, 1])
      #expect(now.unit == "incident")
      ticket.state = "resolved"
      ticket.resolvedMs = try #require(Instant(Self.march)).milliseconds
      ticket.version = 2
      try await desk.tell(ticket, OfferDesk.task(Self.incident, minutes: 600))
      now = try await desk.balance()
      #expect([now.balance, now.held] == [1, 0])
      let cost = try await desk.cost(of: ticket)
      #expect(cost.charged == 1 && cost.unit.isEmpty)
      #expect(cost.lines.map(\.clause) == ["pay-per-incident"])
      #expect(cost.lines[0].inputs.contains("has: [pay-per-incident]"))
      // A question costs nothing, and with none left an incident is refused.
      #expect(try await desk.charge(["service": "ticket", "request": "question"], minutes: 5).balance == 1)
      #expect(try await desk.charge(Self.incident, minutes: 5).balance == 0)
      let refused = await refusal { () async throws(CommandRefused) in try await desk.charge(Self.incident, minutes: 5)
      }
      #expect(refused.code == .insufficientCredits)
    }
  }

  @Test("P12: consulting draws consulting hours from a wallet of their own, never incidents, and only for PREMIUM")
  func consulting() async throws {
    try await OfferDesk.with("opmon", tier: "premium", at: Self.march) { desk in
      try await desk.buy("one-incident", 5)
      let bought = try await desk.buy("one-consulting-hour", 3, paid: 90_000)
      #expect(bought.lot.unit == "consulting-hour")
      // 90 minutes are two hours begun.
      let charged = try await desk.charge(["service": "workshop"], minutes: 90)
      #expect(charged.transfer.unit == "consulting-hour")
      #expect(charged.transfer.lines.map(\.clause) == ["consulting"])
      #expect((charged.transfer.entries[0].amount, charged.balance) == (-2, 1))
      #expect(charged.transfer.entries[0].walletID != desk.agreement)
      // Neither of the two wallets is an agreement.
      for entry in charged.transfer.entries {
        let refused = await refusal { () async throws(CommandRefused) in
          try await desk.ask(.balanceGet, .with { $0.agreementID = entry.walletID })
        }
        #expect(refused.code == .notFound)
      }
      let told = try await desk.ask(.transferGet, .with { $0.transferID = charged.transfer.id }).transfer
      #expect(try told.serializedData() == charged.transfer.serializedData())
      // Two hours more are not there, although incidents are.
      let refused = await refusal { () async throws(CommandRefused) in
        try await desk.charge(["service": "development"], minutes: 61)
      }
      #expect(refused.code == .insufficientCredits)
      #expect(refused.text.contains("2 consulting-hours"))
      let (hours, incidents) = (try await desk.balance("consulting-hour"), try await desk.balance("incident"))
      #expect((hours.balance, hours.available, hours.unit) == (1, 1, "consulting-hour"))
      #expect((incidents.balance, incidents.unit) == (5, "incident"))
      let unknown = await refusal { () async throws(CommandRefused) in try await desk.balance("credit") }
      #expect(unknown.code == .invalidField && unknown.field == "unit")
      let now = try #require(Instant(Self.march))
      #expect(try await desk.balance("consulting-hour", at: now).balance == 1)
      #expect(try await desk.balance("incident", at: now).balance == 5)
      #expect(try await desk.balance("incident", at: now - .milliseconds(1)).balance == 0)
      let then = await refusal { () async throws(CommandRefused) in try await desk.balance("credit", at: now) }
      #expect(then.code == .invalidField && then.field == "unit", "as it was, too")
    }
    try await OfferDesk.with("opmon", tier: "pro", at: Self.march) { desk in
      try await desk.buy("one-consulting-hour", 3)
      let refused = await refusal { () async throws(CommandRefused) in
        try await desk.charge(["service": "workshop"], minutes: 60)
      }
      #expect(refused.code == .admission)
      #expect(refused.clauses.map(\.id) == ["consultancy"])
      #expect(refused.clauses[0].acceptIf.contains("tier must be premium"))
    }
  }

  @Test("P12: holds, quotes, adjustments, the journal and the statement know the unit")
  func everyUnit() async throws {
    try await OfferDesk.with("opmon", tier: "premium", at: Self.march, change: { $0 + "\nstatement: monthly\n" }) {
      desk in
      try await desk.buy("one-incident", 4)
      try await desk.buy("one-consulting-hour", 10)
      let hold = try await desk.ask(
        .holdPlace,
        .with {
          $0.agreementID = desk.agreement
          $0.amount = 6
          $0.reason = "A workshop"
          $0.unit = "consulting-hour"
        }
      ).hold
      #expect(hold.unit == "consulting-hour")
      let quote = try await desk.quote(OfferDesk.task(["service": "hands-on"], minutes: 240))
      #expect((quote.unit, quote.total, quote.available, quote.state) == ("consulting-hour", 4, 4, "held"))
      #expect(quote.planVersion == desk.version && !quote.holdID.isEmpty)
      #expect(quote.lines[0].inputs.contains("service: hands-on"))
      // What goes beyond has no overage in a further unit.
      let beyond = await refusal { () async throws(CommandRefused) in
        try await desk.quote(OfferDesk.task(["service": "hands-on"], minutes: 60))
      }
      #expect(beyond.code == .insufficientCredits)
      let captured = try await desk.ask(
        .holdCapture,
        .with {
          $0.holdID = hold.id
          $0.amount = 5
          $0.text = "The workshop"
        }
      ).transfer
      #expect((captured.unit, captured.entries[0].balance) == ("consulting-hour", 5))
      let added = try await desk.ask(
        .adjustmentPost, as: .admin,
        .with {
          $0.agreementID = desk.agreement
          $0.amount = 2
          $0.reason = "Good will"
          $0.unit = "consulting-hour"
        })
      #expect(added.balance == 7)
      let reversed = try await desk.ask(
        .chargeReverse,
        .with {
          $0.transferID = captured.id
          $0.reason = "By mistake"
        })
      #expect((reversed.transfer.unit, reversed.balance) == ("consulting-hour", 12))
      let journal = try await desk.ask(.journalList, .with { $0.agreementID = desk.agreement }).transfers
      #expect(journal.map { $0.entries[0].seq } == [1, 2, 3, 4, 5])
      #expect(journal.map(\.unit) == ["", "consulting-hour", "consulting-hour", "consulting-hour", "consulting-hour"])
      #expect(try await desk.balance().balance == 4)
      try await desk.advance(to: "2026-05-01T00:00:00-03:00")
      let statements = try await [Self.march, "2026-04-10T09:00:00-03:00"].asyncMap { at in
        try await desk.ask(
          .statementGet,
          .with {
            $0.agreementID = desk.agreement
            $0.monthMs = Instant(at)?.milliseconds ?? 0
          }
        ).statement
      }
      #expect(statements.map { [$0.opening, $0.closing] } == [[0, 4], [4, 4]])
      #expect(statements.map { $0.units.map { [$0.opening, $0.closing] } } == [[[0, 12]], [[12, 12]]])
      #expect(statements[0].text.contains("consulting-hours"))
      #expect(statements[0].text.contains("0 + 10 - 5 + 7 = 12"))
      let added10 = statements[0].lines.filter { $0.unit == "consulting-hour" }.reduce(0) { $0 + $1.amount }
      #expect(added10 == 12)
    }
  }

  @Test("P11: advisor packages are sold one by one, to PREMIUM only, and each opens its own service")
  func advisor() async throws {
    try await OfferDesk.with("opmon", tier: "pro", at: Self.march) { desk in
      let refused = await refusal { () async throws(CommandRefused) in try await desk.buy("fine-tuning") }
      #expect(refused.code == .admission)
      #expect(refused.clauses.map(\.id) == ["advisor"])
      #expect(refused.clauses[0].referral == "sales")
    }
    try await OfferDesk.with("opmon", tier: "premium", at: Self.march) { desk in
      let early = await refusal { () async throws(CommandRefused) in
        try await desk.charge(["service": "fine-tuning"], minutes: 60)
      }
      #expect(early.code == .admission && early.clauses[0].acceptIf.contains("buy fine-tuning"))
      let bought = try await desk.buy("fine-tuning", paid: 250_000)
      #expect(!bought.hasLot)
      let paid = try await desk.ask(.transferGet, .with { $0.transferID = bought.transferID }).transfer
      #expect(paid.text == "fine-tuning bought for BRL 2500.00" && paid.entries[0].amount == 0)
      #expect(bought.agreement.bought == ["fine-tuning"])
      try await desk.charge(["service": "fine-tuning"], minutes: 60)
      let other = await refusal { () async throws(CommandRefused) in
        try await desk.charge(["service": "hotline-support"], minutes: 60)
      }
      #expect(other.clauses.map(\.id) == ["advisor"])
      for (package, quantity, code) in [
        ("fine-tuning", 1, RefusalCode.alreadyExists), ("hotline-support", 2, .invalidField),
        ("workshop", 1, .clauseUnknown),
      ] {
        let refused = await refusal { () async throws(CommandRefused) in
          try await desk.buy(package, UInt32(quantity))
        }
        #expect(refused.code == code, "\(package)")
      }
      try await desk.buy("24x7-incident")
      let told = try #require(try await desk.told())
      #expect(told.tier == "premium" && told.bought == ["fine-tuning", "24x7-incident"])
      #expect(told.agreedMs == Instant(Self.march)?.milliseconds && told.endsMs == 0)
      let read = try await desk.ask(.agreementGet, .with { $0.agreementID = desk.agreement }).agreement
      #expect(read.tier == "premium" && read.bought == told.bought)
    }
  }

  @Test("R7: a level of contract is signed by its name, and which it is is told")
  func levels() async throws {
    try await OfferDesk.with("retained-support", tier: "level-2", at: "2026-03-02T09:00:00Z") { desk async throws in
      #expect(try await desk.told()?.tier == "level-2")
      for tier in ["", "platinum"] {
        let refused = await refusal { () async throws(CommandRefused) in
          try await desk.ask(
            .agreementSign, as: .sales,
            .with {
              $0.accountID = LedgerDesk.id()
              $0.planVersion = desk.version
              $0.tier = tier
            })
        }
        #expect(refused.code == .invalidField && refused.field == "tier")
        #expect(refused.text.contains("retainer, level-2, level-3"))
      }
    }
  }

  @Test("R6: what an audit found is flagged before the contract, and does not stop it")
  func audit() async throws {
    try await OfferDesk.with("retained-support", tier: "retainer", at: "2026-03-02T09:00:00Z") { desk async throws in
      func sign(_ facts: [Callout_V1_Fact]) async throws -> [String] {
        try await desk.ask(
          .agreementSign, as: .sales,
          .with {
            $0.accountID = LedgerDesk.id()
            $0.planVersion = desk.version
            $0.tier = "retainer"
            $0.facts = facts
          }
        ).warnings.map(\.id)
      }
      #expect(try await sign([]) == ["audit"])
      let audited = LedgerDesk.fact("documents", "audit")
      #expect(try await sign([audited]) == [])
      #expect(try await sign([audited, LedgerDesk.fact("platform", "mainframe")]) == ["audited-systems"])
    }
  }

  @Test("F3: only sales signs up and sells; others are referred to sales", arguments: [TenantRole.portal, .desk])
  func sales(role: TenantRole) async throws {
    try await OfferDesk.with("flexi-it", at: "2026-03-02T09:00:00+08:00") { desk async throws in
      let signing = await refusal { () async throws(CommandRefused) in
        try await desk.ask(
          .agreementSign, as: role,
          .with {
            $0.accountID = LedgerDesk.id()
            $0.planVersion = desk.version
          })
      }
      let buying = await refusal { () async throws(CommandRefused) in
        try await desk.buy("flexi-600", paid: 60_000, as: role)
      }
      for refused in [signing, buying] {
        #expect(refused.code == .notAllowed)
        #expect(refused.clauses.map(\.id) == ["sign-up"])
        #expect(refused.clauses[0].referral == "sales")
        #expect(refused.text.contains("sales managers"))
      }
      #expect(try await desk.balance().balance == 0)
    }
  }
}

extension Array {
  /// The elements, one after the other, as `transform` makes them.
  fileprivate func asyncMap<Other>(_ transform: (Element) async throws -> Other) async throws -> [Other] {
    var others: [Other] = []
    for element in self { others.append(try await transform(element)) }
    return others
  }
}
