import Foundation
import LedgerRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import LedgerService

/// A ledger with a test tenant, one of the plans, and a customer who is signed up to it and has bought nothing.
struct OfferDesk {
  let service: RunningService<LedgerService>
  let tenant: TenantID
  let version: Data
  let account: Data
  let agreement: Data

  /// Runs `body` with a desk on a database of its own, and expects the ledger's invariants after it.
  ///
  /// - Parameters:
  ///   - plan: a file of the plans' folder, without its ending.
  ///   - change: what is changed in its text.
  static func with(
    _ plan: String, tier: String = "", at start: String, ends: String? = nil,
    change: (String) -> String = { $0 }, _ body: (OfferDesk) async throws -> Void
  ) async throws {
    let database = try TestDatabase()
    let service = try await RunningService<LedgerService>(on: database)
    do {
      let now = try #require(Instant(start))
      let tenant = try await service.tenant(at: now)
      let version = try await publish(text(of: plan, change), to: service, tenant)
      let account = LedgerDesk.id()
      let signed = try await service.ask(
        .agreementSign, as: LedgerDesk.peer(tenant, .sales),
        .with {
          $0.accountID = account
          $0.planVersion = version
          $0.tier = tier
          $0.endsMs = ends.flatMap { Instant($0) }?.milliseconds ?? 0
        })
      try await body(
        OfferDesk(
          service: service, tenant: tenant, version: version, account: account, agreement: signed.agreement.id))
      try LedgerDesk.expectInvariants(database)
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
  }

  /// The text of a plan file, changed.
  static func text(of plan: String, _ change: (String) -> String = { $0 }) throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/\(plan).yaml")
    return change(try String(contentsOf: file, encoding: .utf8))
  }

  /// Publishes a plan; returns its version.
  static func publish(
    _ text: String, to service: RunningService<LedgerService>, _ tenant: TenantID
  ) async throws -> Data {
    try await service.ask(
      .planPublish, as: LedgerDesk.peer(tenant, .admin), .with { $0.document = Data(text.utf8) }
    ).version.version
  }

  func ask<Request: Message, Reply: Message>(
    _ operation: Wire.Operation<Request, Reply>, as role: TenantRole = .desk, _ request: Request
  ) async throws(CommandRefused) -> Reply {
    try await service.ask(operation, as: LedgerDesk.peer(tenant, role), request)
  }

  @discardableResult
  func buy(
    _ package: String, _ quantity: UInt32 = 1, paid: Int64 = 0, as role: TenantRole = .sales
  ) async throws(CommandRefused) -> Callout_V1_PackagePurchaseReply {
    try await ask(
      .packagePurchase, as: role,
      .with {
        $0.agreementID = agreement
        $0.package = package
        $0.quantity = quantity
        $0.paid = paid
      })
  }

  /// Charges work that has no ticket.
  @discardableResult
  func charge(
    _ facts: [String: String], minutes: UInt32, _ more: (inout Callout_V1_Task) -> Void = { _ in }
  ) async throws(CommandRefused) -> Callout_V1_ChargePostReply {
    var task = Self.task(facts, minutes: minutes)
    more(&task)
    return try await ask(
      .chargePost,
      .with {
        $0.agreementID = agreement
        $0.text = "Work"
        $0.task = task
      })
  }

  static func task(_ facts: [String: String], minutes: UInt32) -> Callout_V1_Task {
    .with {
      $0.facts = facts.sorted { $0.key < $1.key }.map { LedgerDesk.fact($0.key, $0.value) }
      $0.minutes = minutes
    }
  }

  func quote(
    _ task: Callout_V1_Task, ticket: Data = Data()
  ) async throws(CommandRefused) -> Callout_V1_Quote {
    try await ask(
      .quoteCreate,
      .with {
        $0.agreementID = agreement
        $0.ticketID = ticket
        $0.task = task
      }
    ).quote
  }

  func balance(
    _ unit: String = "", at instant: Instant? = nil
  ) async throws(CommandRefused) -> Callout_V1_BalanceGetReply {
    try await ask(
      .balanceGet,
      .with {
        $0.agreementID = agreement
        $0.unit = unit
        $0.atMs = instant?.milliseconds ?? 0
      })
  }

  func advance(to text: String) async throws { try await service.advance(tenant, to: try #require(Instant(text))) }

  /// Tells the ledger how a ticket stands.
  func tell(_ ticket: Callout_V1_Ticket, _ task: Callout_V1_Task) async throws {
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

  /// A ticket of the customer's, open.
  func ticket() -> Callout_V1_Ticket {
    .with {
      $0.id = LedgerDesk.id()
      $0.number = 7
      $0.accountID = account
      $0.subject = "It does not start"
      $0.state = "open"
      $0.planVersion = version
      $0.version = 1
    }
  }

  func cost(of ticket: Callout_V1_Ticket) async throws(CommandRefused) -> Callout_V1_TicketchargeGetReply {
    try await ask(.ticketchargeGet, .with { $0.ticketID = ticket.id })
  }

  /// The latest news of the agreement that intake was told.
  func told() async throws -> Callout_V1_AgreementSnapshot? {
    try await service.settle(tenant)
    return service.told.events.compactMap { event in
      if case .agreement(let snapshot) = event.body, snapshot.agreement.id == agreement { snapshot } else { nil }
    }.max { $0.agreement.version < $1.agreement.version }
  }
}

/// The refusal of what must be refused.
func refusal<Reply>(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws(CommandRefused) -> Reply
) async -> Callout_V1_Refusal {
  do throws(CommandRefused) {
    _ = try await body()
    Issue.record("this is not refused", sourceLocation: sourceLocation)
    return Callout_V1_Refusal()
  } catch {
    return error.refusal
  }
}
