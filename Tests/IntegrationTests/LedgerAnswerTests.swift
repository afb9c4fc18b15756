import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

@Suite("What the ledger answers, once and again")
struct LedgerAnswerTests {
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
}
