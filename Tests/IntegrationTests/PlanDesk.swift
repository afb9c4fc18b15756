import Foundation
import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import IntakeService

/// An intake with a test tenant, one of the shipped plans, and one customer with an agreement and a contact.
struct PlanDesk {
  let service: RunningService<IntakeDefinition>
  let tenant: TenantID
  let version: Data
  let account: Data
  let contact: Data

  /// What the ledger tells of the customer's agreement.
  struct Terms {
    var tier = ""
    var bought: [String] = []
    var agreed: Instant
    var ends: Instant?
    var hasEnded = false
  }

  /// Runs `body` with a desk of its own, whose clock stands at `start`.
  ///
  /// - Parameters:
  ///   - plan: the file's name, without its ending.
  ///   - edit: what is changed in the plan before it is published.
  static func with(
    _ plan: String, at start: String, tier: String = "", bought: [String] = [], ends: String? = nil,
    edit: (String) -> String = { $0 }, _ body: (PlanDesk) async throws -> Void
  ) async throws {
    let service = try await Shared.one.enter()
    do {
      let start = try #require(Instant(start))
      let terms = Terms(tier: tier, bought: bought, agreed: start, ends: try ends.map { try #require(Instant($0)) })
      try await body(try await PlanDesk(service, plan, at: start, terms, edit))
    } catch {
      await Shared.one.leave()
      throw error
    }
    await Shared.one.leave()
  }

  /// One service for all desks that are open at the same time, each with a tenant of its own: it starts with the first and
  /// stops with the last.
  private actor Shared {
    static let one = Shared()
    private var service: Task<RunningService<IntakeDefinition>, any Error>?
    private var users = 0

    func enter() async throws -> RunningService<IntakeDefinition> {
      users += 1
      let running = service ?? Task { try await RunningService(on: try TestDatabase()) }
      service = running
      do {
        return try await running.value
      } catch {
        users -= 1
        if users == 0 { service = nil }
        throw error
      }
    }

    func leave() async {
      users -= 1
      guard users == 0, let running = service else { return }
      service = nil
      await (try? running.value)?.stop()
    }
  }

  private init(
    _ service: RunningService<IntakeDefinition>, _ plan: String, at start: Instant, _ terms: Terms,
    _ edit: (String) -> String
  ) async throws {
    self.service = service
    tenant = try await service.tenant(at: start)
    let admin = PeerIdentity.tenant(TenantBytes(high: tenant.high, low: tenant.low), role: .admin, name: "admin")
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/\(plan).yaml")
    let document = Data(edit(try String(contentsOf: file, encoding: .utf8)).utf8)
    version = try await service.ask(.planPublish, as: admin, .with { $0.document = document }).version.version
    account = try await service.ask(
      .accountCreate, as: admin,
      .with {
        $0.name = "Kopi Trading"
        $0.region = "SG"
      }
    ).account.id
    contact = try await service.ask(
      .contactAppoint, as: admin,
      .with { [account] in
        $0.accountID = account
        $0.name = "Mei Tan"
        $0.fixedPhone = "+6561230001"
        $0.mobilePhone = "+6581230001"
        $0.email = "mei@kopi.example"
      }
    ).contact.id
    try await sign(terms, version: 1)
  }

  /// The ledger's news of the customer's agreement.
  func sign(_ terms: Terms, version: UInt64) async throws {
    let agreement = AgreementID(high: 7, low: 7).data
    try await service.tell(
      tenant, from: "ledger",
      .with {
        $0.source = "ledger"
        $0.subject = agreement
        $0.version = version
        $0.atMs = terms.agreed.milliseconds
        $0.agreement.agreement = .with {
          $0.id = agreement
          $0.accountID = account
          $0.planVersion = self.version
          $0.state = terms.hasEnded ? "ended" : "active"
          $0.signedMs = terms.agreed.milliseconds
          $0.purchasedMs = terms.agreed.milliseconds
        }
        $0.agreement.tier = terms.tier
        $0.agreement.agreedMs = terms.agreed.milliseconds
        $0.agreement.endsMs = terms.ends?.milliseconds ?? 0
        $0.agreement.bought = terms.bought
      })
  }

  func peer(_ role: TenantRole) -> PeerIdentity {
    .tenant(TenantBytes(high: tenant.high, low: tenant.low), role: role, name: "anna")
  }

  func ask<Request: Message, Reply: Message>(
    _ operation: Wire.Operation<Request, Reply>, as role: TenantRole = .desk, key: [UInt8]? = nil, _ request: Request
  ) async throws(CommandRefused) -> Reply {
    try await service.ask(operation, as: peer(role), key: key, request)
  }

  /// Moves the clock.
  func advance(to instant: String) async throws {
    try await service.advance(tenant, to: try #require(Instant(instant)))
  }

  /// Words as facts.
  static func facts(_ words: KeyValuePairs<String, String>) -> [Callout_V1_Fact] {
    words.map { word in
      .with {
        $0.name = word.key
        $0.text = word.value
      }
    }
  }

  /// A request of the customer's contact.
  func call(
    _ channel: String, class name: String = "", _ words: KeyValuePairs<String, String> = [:]
  ) -> Callout_V1_TicketOpenRequest {
    .with {
      $0.accountID = account
      $0.contactID = contact
      $0.subject = "It does not work"
      $0.channel = channel
      $0.class = name
      $0.facts = Self.facts(words)
    }
  }

  func open(
    _ request: Callout_V1_TicketOpenRequest, as role: TenantRole = .desk, key: [UInt8]? = nil
  ) async throws(CommandRefused) -> Callout_V1_Ticket {
    try await ask(.ticketOpen, as: role, key: key, request).ticket
  }

  /// The decision by which a ticket was admitted.
  func record(_ ticket: Data) async throws(CommandRefused) -> Callout_V1_AdmissionRecord {
    try await ask(.admissionGet, .with { $0.ticketID = ticket }).record
  }

  /// The refusal of `body`; nil when it is accepted.
  func refusal(_ body: () async throws(CommandRefused) -> Void) async -> Callout_V1_Refusal? {
    do {
      try await body()
      return nil
    } catch {
      return error.refusal
    }
  }

  /// The clauses for which opening a ticket is refused; none when it is opened.
  func failed(_ request: Callout_V1_TicketOpenRequest, as role: TenantRole = .desk) async -> [Callout_V1_FailedClause] {
    await refusal { () async throws(CommandRefused) in _ = try await open(request, as: role) }?.clauses ?? []
  }
}
