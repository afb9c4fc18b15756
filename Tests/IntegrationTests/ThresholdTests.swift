import Counting
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

/// What a charge and a read cost in figures that do not depend on the machine; bounds lie a tenth above what was measured. Whoever
/// makes one worse finds out here; whoever makes one better may lower its bound.
@Suite("What a charge and a read cost")
struct ThresholdTests {
  /// Of one batch.
  private static let charges = 200
  /// Requests for memory by the connection's thread: reading the request, its key and its hash. In a debug build.
  private static let allocationsToReceive = 131.0
  /// Requests for memory by the lane: deciding, encoding the reply, rows and statements. In a debug build.
  private static let allocationsToDecideAndSave = 245.0
  /// Bytes that stay in the database with their indexes, at the pages' usual filling.
  private static let storedBytes = 970.0

  /// Of one batch.
  private static let reads = 100
  /// Requests for memory by the connection's thread: reading the request. In a debug build.
  private static let allocationsToReceiveRead = 22.0
  /// Requests for memory by the reader from one answer to the next: rows, replies, keys and statements. In a debug build.
  private static let allocationsToRead = 48.0

  /// What the one round trip of a batch of charges asks.
  private static let statements = [
    "SELECT set_config", "UPDATE tenants", "UPDATE wallets", "UPDATE lots", "INSERT INTO transfers",
    "INSERT INTO entries", "INSERT INTO changes", "INSERT INTO replies",
  ]

  private static func desk(_ body: (LedgerDesk, TestDatabase) async throws -> Void) async throws {
    try await LedgerDesk.with { desk, database in
      _ = try await desk.ask(
        .packagePurchase, as: .sales,
        .with {
          $0.agreementID = desk.agreement
          $0.package = "flexi-600"
          $0.quantity = 1_000
          $0.paid = 60_000_000
        })
      // The tenant's own wallet is made, and the lane knows all that a charge needs.
      for _ in 0..<2 { _ = try await desk.ask(.chargePost, desk.charge()) }
      desk.service.asked.forget()
      try await body(desk, database)
    }
  }

  @Test("a charge alone and a batch of charges take one round trip of eight statements", arguments: [1, charges])
  func statements(count: Int) async throws {
    try await Self.desk { desk, _ in
      let peer = LedgerDesk.peer(desk.tenant, .desk)
      let (refused, _) = await desk.service.askAtOnce(
        .chargePost, as: peer, Array(repeating: desk.charge(), count: count))
      #expect(refused == 0)
      let asked = desk.service.asked.roundTrips.map { roundTrip in
        roundTrip.statements.map { sql in Self.statements.first { sql.hasPrefix($0) } ?? sql }
      }
      #expect(asked == [Self.statements])
    }
  }

  @Test("a charge asks for memory no more often than it did")
  func allocations() async throws {
    try await Self.desk { desk, _ in
      let peer = LedgerDesk.peer(desk.tenant, .desk)
      let request = Array(repeating: desk.charge(), count: Self.charges)
      // Once before, for what is made once.
      _ = await desk.service.askAtOnce(.chargePost, as: peer, request)
      _ = try await desk.ask(.chargePost, desk.charge())
      desk.service.asked.forget()
      let (refused, received) = await desk.service.askAtOnce(.chargePost, as: peer, request)
      #expect(refused == 0)
      let lane = try #require(desk.service.asked.roundTrips.first).allocationsBefore
      #expect(desk.service.asked.roundTrips.count == 1)
      let (toReceive, toDecide) = (Double(received) / Double(Self.charges), Double(lane) / Double(Self.charges))
      #expect(toReceive > 0 && toReceive <= Self.allocationsToReceive, "\(toReceive) a charge")
      #expect(toDecide > 0 && toDecide <= Self.allocationsToDecideAndSave, "\(toDecide) a charge")
    }
  }

  @Test(
    "a balance alone and a batch of balances take two statements, once their tenant's clock is read",
    arguments: [1, reads])
  func readStatements(count: Int) async throws {
    try await Self.reading { desk, request in
      _ = await desk.service.askAtOnce(
        .balanceGet, as: LedgerDesk.peer(desk.tenant, .desk), Array(repeating: request, count: count))
      let asked = desk.service.read.roundTrips.map { $0.statements.map { String($0.prefix(17)) } }
      #expect(asked == [["SELECT set_config", "SELECT tenant_id,"], ["SELECT set_config", "SELECT k.place, r"]])
    }
  }

  @Test("a balance asks for memory no more often than it did")
  func readAllocations() async throws {
    try await Self.reading { desk, request in
      let peer = LedgerDesk.peer(desk.tenant, .desk)
      let requests = Array(repeating: request, count: Self.reads)
      // Counted are the replies of the batch before and the statements of this one.
      _ = await desk.service.askAtOnce(.balanceGet, as: peer, requests)
      desk.service.read.forget()
      let (refused, received) = await desk.service.askAtOnce(.balanceGet, as: peer, requests)
      #expect(refused == 0)
      #expect(desk.service.read.roundTrips.count == 2)
      let reader = desk.service.read.roundTrips.reduce(0) { $0 + $1.allocationsBefore }
      let (toReceive, toRead) = (Double(received) / Double(Self.reads), Double(reader) / Double(Self.reads))
      #expect(toReceive > 0 && toReceive <= Self.allocationsToReceiveRead, "\(toReceive) a read")
      #expect(toRead > 0 && toRead <= Self.allocationsToRead, "\(toRead) a read")
    }
  }

  /// A desk whose reader has answered before.
  private static func reading(_ body: (LedgerDesk, Callout_V1_BalanceGetRequest) async throws -> Void) async throws {
    try await desk { desk, _ in
      let request = Callout_V1_BalanceGetRequest.with { $0.agreementID = desk.agreement }
      _ = await desk.service.askAtOnce(.balanceGet, as: LedgerDesk.peer(desk.tenant, .desk), [request])
      desk.service.read.forget()
      try await body(desk, request)
    }
  }

  @Test("a charge keeps no more bytes in the database than it did")
  func storage() async throws {
    try await Self.desk { desk, database in
      let size = """
        SELECT sum(pg_total_relation_size(t::regclass))::bigint
        FROM unnest(ARRAY['transfers', 'entries', 'changes', 'replies']) t
        """
      let before = try database.number(size)
      let peer = LedgerDesk.peer(desk.tenant, .desk)
      for _ in 0..<10 {
        let (refused, _) = await desk.service.askAtOnce(
          .chargePost, as: peer, Array(repeating: desk.charge(), count: Self.charges))
        #expect(refused == 0)
      }
      let kept = Double(try database.number(size) - before) / Double(10 * Self.charges)
      #expect(kept > 0 && kept <= Self.storedBytes, "\(kept) bytes a charge")
    }
  }
}
