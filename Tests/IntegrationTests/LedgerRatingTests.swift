import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

@Suite("What work costs, with its proof")
struct LedgerRatingTests {
  private static func retained(
    change: @escaping (String) -> String = { $0 }, _ body: (OfferDesk) async throws -> Void
  ) async throws {
    try await OfferDesk.with("retained-support", tier: "retainer", at: "2026-03-02T09:00:00Z", change: change) { desk in
      try await desk.buy("day")
      try await body(desk)
    }
  }

  @Test("R2 R3 R5: any work, by telephone, remotely or on site, costs the same unit; the smallest task one, a day 28")
  func unit() async throws {
    try await Self.retained { desk in
      for mode in ["telephone", "remote", "onsite"] {
        let charged = try await desk.charge(["mode": mode], minutes: 1).transfer
        #expect(charged.entries[0].amount == -1 && charged.lines.map(\.clause) == ["any-work-by-time"])
      }
      for category in ["support", "design", "planning", "project", "monitoring", "maintenance"] {
        let charged = try await desk.charge(["mode": "remote", "category": category], minutes: 15)
        #expect(charged.transfer.entries[0].amount == -1)
      }
      #expect(try await desk.balance().balance == 19)
      try await desk.buy("day")
      #expect(try await desk.charge(["mode": "onsite"], minutes: 7 * 60).transfer.entries[0].amount == -28)
    }
  }

  @Test("R4: both examples of the text hold, by the plan's rounding; other plans round strictly")
  func rounding() async throws {
    try await Self.retained { desk in
      let long = try await desk.charge(["mode": "remote"], minutes: 217).transfer
      #expect(long.entries[0].amount == -15)
      #expect(long.lines[0].arithmetic == "217 min = 14 × 15 min + 7 min, rounded up: 15 × 1")
      let short = try await desk.charge(["mode": "remote"], minutes: 185).transfer
      #expect(short.entries[0].amount == -12)
      #expect(short.lines[0].arithmetic == "185 min = 12 × 15 min + 5 min, rounded down: 12 × 1")
    }
    for (mode, amounts) in [("nearest", [-14, -1]), ("up", [-15, -2]), ("down", [-14, -1])] {
      try await Self.retained(change: { $0.replacing("up_from: 7m", with: "round: \(mode)") }) { desk in
        let quarters = try await desk.charge(["mode": "remote"], minutes: 217).transfer.entries[0].amount
        let few = try await desk.charge(["mode": "remote"], minutes: 16).transfer.entries[0].amount
        #expect([quarters, few] == amounts.map(Int64.init), "\(mode)")
      }
    }
  }

  @Test("R8: the 29th unit of 28 is a top-up, or overage with consent, and never a silent negative")
  func beyond() async throws {
    try await Self.retained { desk in
      let task = OfferDesk.task(["mode": "remote"], minutes: 29 * 15)
      let refused = await refusal { () async throws(CommandRefused) in
        try await desk.charge(["mode": "remote"], minutes: 29 * 15)
      }
      #expect(refused.code == .insufficientCredits)
      let quote = try await desk.quote(task)
      #expect(quote.state == "needs-acknowledgement")
      #expect([quote.total, quote.available, quote.overage, quote.overagePrice] == [29, 28, 1, 2_500])
      #expect(try await desk.balance().held == 0)
      let agreed = try await desk.ask(
        .quoteAcknowledge,
        .with {
          $0.quoteID = quote.id
          $0.by = "Ann Lee"
        }
      ).quote
      let captured = try await desk.ask(
        .holdCapture,
        .with {
          $0.holdID = agreed.holdID
          $0.amount = 29
          $0.text = "Project"
        }
      ).transfer
      #expect(captured.entries[0].balance == -1)
      #expect(captured.lines.map(\.clause) == ["any-work-by-time", "overage"])
      let invoices = try await desk.ask(.invoiceList, .with { $0.agreementID = desk.agreement }).invoices
      #expect(invoices.map(\.amount) == [2_500])
      // The top-up is the other way.
      try await desk.buy("quarter-hours", 3)
      #expect(try await desk.charge(["mode": "remote"], minutes: 45).transfer.entries[0].amount == -3)
    }
  }

  @Test("F11 F17b: less than three hours cost the same; beyond them a further block only with consent")
  func blocks() async throws {
    try await LedgerDesk.with { desk, _ in
      func lines(_ minutes: UInt32, consented: UInt32) async throws -> [Callout_V1_ChargeLine] {
        var charge = desk.charge()
        charge.task = LedgerDesk.task(minutes: minutes)
        charge.task.blocksConsented = consented
        return try await desk.ask(.chargePost, charge).transfer.lines
      }
      for minutes: UInt32 in [20, 180] {
        let lines = try await lines(minutes, consented: 0)
        #expect(lines.map(\.amount) == [50] && lines.map(\.clause) == ["onsite-desktop"])
        #expect(lines[0].arithmetic == "\(minutes) min = 1 block of 180 min: 50")
      }
      let stopped = try await lines(181, consented: 0)
      #expect(stopped[0].amount == 50 && stopped[0].arithmetic.contains("1 min beyond what was consented to"))
      let consented = try await lines(181, consented: 1)
      #expect(consented[0].amount == 100 && consented[0].arithmetic.contains("50 + 50"))
    }
  }

  @Test("F13: a debit with an item of the assessment missing is refused unless a reason is given, which is kept")
  func assessment() async throws {
    try await LedgerDesk.with { desk, _ in
      var charge = desk.charge()
      charge.task.assessment.removeLast()
      let incomplete = charge
      let refused = await refusal { () async throws(CommandRefused) in try await desk.ask(.chargePost, incomplete) }
      #expect(refused.code == .needsAssessment)
      #expect(refused.clauses.map(\.id) == ["first-assessment"])
      #expect(refused.clauses[0].acceptIf.contains("diagrams"))
      #expect(try await desk.balance().balance == 600)
      charge.task.overrideReason = "The server is down, diagrams follow"
      let posted = try await desk.ask(.chargePost, charge).transfer
      let kept = try await desk.ask(.transferGet, .with { $0.transferID = posted.id }).transfer.lines
      #expect(kept.map(\.clause) == ["onsite-desktop", "first-assessment"])
      #expect(kept[1].text.contains("The server is down, diagrams follow") && kept[1].amount == 0)
    }
  }

  @Test("F20: a part waits for an agreed price, stands on a line of its own, and its time is outside the three hours")
  func parts() async throws {
    try await LedgerDesk.with { desk, _ in
      var charge = desk.charge()
      charge.task.minutes = 180
      charge.task.parts = [
        .with {
          $0.name = "Disk"
          $0.minutes = 45
        }
      ]
      let unpriced = charge
      let refused = await refusal { () async throws(CommandRefused) in try await desk.ask(.chargePost, unpriced) }
      #expect(refused.code == .needsQuote && refused.clauses.map(\.id) == ["parts"])
      charge.task.parts[0].price = 80
      let task = charge.task
      let quote = try await desk.ask(
        .quoteCreate,
        .with {
          $0.agreementID = desk.agreement
          $0.task = task
        }
      ).quote
      #expect((quote.total, quote.state, quote.planVersion) == (130, "held", desk.version))
      #expect(quote.lines.map(\.kind) == ["rate", "part"])
      #expect(quote.lines[0].inputs == ["mode: onsite", "category: desktop", "minutes: 180", "blocks consented: 1"])
      #expect(quote.lines[1].inputs.contains("part: Disk"))
      let charged = try await desk.ask(
        .holdCapture,
        .with {
          $0.holdID = quote.holdID
          $0.amount = 130
          $0.text = "Disk replaced"
        }
      ).transfer
      #expect(charged.lines.map(\.amount) == [50, 80])
    }
  }

  @Test("F29: asking for the balance and the report is free, however often")
  func asking() async throws {
    try await LedgerDesk.with { desk, database in
      _ = try await desk.ask(.chargePost, desk.charge())
      for _ in 0..<20 {
        #expect(try await desk.balance().balance == 550)
        let preview = try await desk.ask(.statementGet, .with { $0.agreementID = desk.agreement }).statement
        #expect(!preview.closed && preview.closing == 550)
      }
      #expect(try database.number("SELECT count(*) FROM transfers") == 2)
    }
  }
}
