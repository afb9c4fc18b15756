import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

/// A ledger with a test tenant, the Flexi-IT plan and one customer who bought 600 credits.
struct LedgerDesk {
  /// Monday, 2 March 2026, 09:00 in Singapore.
  static let start = Instant("2026-03-02T09:00:00+08:00") ?? .epoch

  let service: RunningService<LedgerService>
  let tenant: TenantID
  let version: Data
  let account: Data
  let agreement: Data

  init(_ service: RunningService<LedgerService>) async throws {
    self.service = service
    tenant = try await service.tenant(at: Self.start)
    let admin = Self.peer(tenant, .admin)
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/flexi-it.yaml")
    let document = try Data(contentsOf: file)
    let version = try await service.ask(.planPublish, as: admin, .with { $0.document = document }).version.version
    let account = Self.id()
    let sales = Self.peer(tenant, .sales)
    let signed = try await service.ask(
      .agreementSign, as: sales,
      .with {
        $0.accountID = account
        $0.planVersion = version
      })
    self.version = version
    self.account = account
    agreement = signed.agreement.id
    try await buy()
  }

  /// Runs `body` with a desk on a database of its own.
  static func with(_ body: (LedgerDesk, TestDatabase) async throws -> Void) async throws {
    let database = try TestDatabase()
    let service = try await RunningService<LedgerService>(on: database)
    do {
      let desk = try await LedgerDesk(service)
      try await body(desk, database)
      try expectInvariants(database)
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
  }

  /// Runs the queries of `Tests/Invariants` for the ledger: they find nothing.
  static func expectInvariants(_ database: TestDatabase, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Invariants/ledger.sql")
    let sql = try String(contentsOf: file, encoding: .utf8)
    let violations = try database.number("SELECT count(*) FROM (\(sql.replacing(";", with: ""))) v")
    #expect(violations == 0, sourceLocation: sourceLocation)
  }

  static func id() -> Data {
    var source = IdentifierSource(seed: .random(in: .min ... .max))
    let id: SubjectID = source.next(at: start)
    return Data(id.bytes)
  }

  static func peer(_ tenant: TenantID, _ role: TenantRole) -> PeerIdentity {
    .tenant(TenantBytes(high: tenant.high, low: tenant.low), role: role, name: "test")
  }

  func ask<Request: Message, Reply: Message>(
    _ operation: Wire.Operation<Request, Reply>, as role: TenantRole = .desk, key: [UInt8]? = nil, _ request: Request
  ) async throws(CommandRefused) -> Reply {
    try await service.ask(operation, as: Self.peer(tenant, role), key: key, request)
  }

  func buy() async throws(CommandRefused) {
    _ = try await ask(
      .packagePurchase, as: .sales,
      .with {
        $0.agreementID = agreement
        $0.package = "flexi-600"
        $0.quantity = 1
        $0.paid = 60_000
      })
  }

  /// A charge of 50.
  func charge() -> Callout_V1_ChargePostRequest {
    .with {
      $0.agreementID = agreement
      $0.text = "Desktop on site"
      $0.task = Self.task(minutes: 60)
    }
  }

  static func task(
    mode: String = "onsite", category: String = "desktop", minutes: UInt32, facts: [Callout_V1_Fact] = []
  ) -> Callout_V1_Task {
    .with {
      $0.facts = [fact("mode", mode), fact("category", category)] + facts
      $0.minutes = minutes
      $0.blocksConsented = 1
      $0.assessed = true
      $0.assessment = ["site", "machines", "specifications", "software", "diagrams"]
    }
  }

  static func fact(_ name: String, _ text: String) -> Callout_V1_Fact {
    .with {
      $0.name = name
      $0.text = text
    }
  }

  func balance(at instant: Instant? = nil) async throws(CommandRefused) -> Callout_V1_BalanceGetReply {
    try await ask(
      .balanceGet,
      .with {
        $0.agreementID = agreement
        $0.atMs = instant?.milliseconds ?? 0
      })
  }

  func advance(to text: String) async throws {
    try await service.advance(tenant, to: try #require(Instant(text)))
  }

  /// Tells the ledger how a ticket stands.
  @discardableResult
  func tell(_ ticket: Callout_V1_Ticket, _ task: Callout_V1_Task) async throws -> Bool {
    try await service.tell(
      tenant, from: "intake",
      .with {
        $0.source = "intake"
        $0.subject = ticket.id
        $0.version = ticket.version
        $0.ticket = .with {
          $0.ticket = ticket
          $0.task = task
        }
      })
  }
}
