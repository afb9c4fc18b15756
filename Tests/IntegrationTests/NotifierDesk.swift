import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import NotifierService

/// A service, a folder for its mail, and a tenant with Anna on duty and a plan published.
struct NotifierDesk {
  /// Monday, 2 March 2026, 10:00 in Singapore.
  static let start = Instant(milliseconds: 1_772_416_800_000)
  static let ticketID = TicketID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)
  static let accountID = AccountID(high: 8, low: 8)
  static let plan = """
    plan: night
    title: Night watch
    zone: Asia/Singapore
    currency: SGD
    unit: credit
    hours: {always: 24x7}
    targets:
      - {id: respond, by: 4h, in: always, met_by: contacted, ladder: duty}
    rates: [{id: any, flat: 1}]
    ladders:
      duty:
        - {at: 0m, tell: [duty.primary, duty.secondary], by: [email, pager]}
        - {at: 15m, tell: [group.managers], by: [email]}
    """

  let service: RunningService<NotifierDefinition>
  let folder: URL
  let tenant: TenantID
  let version: Data
  let anna: PeerIdentity

  /// Anna, with mail and pager, is `duty.primary` and `group.managers`.
  init(
    _ service: RunningService<NotifierDefinition>, folder: URL, plan: String = NotifierDesk.plan
  ) async throws {
    self.service = service
    self.folder = folder
    tenant = try await service.tenant(at: Self.start)
    anna = .tenant(try #require(TenantBytes(tenant.bytes)), role: .admin, name: "anna")
    let document = Data(plan.utf8)
    version = try await service.ask(.planPublish, as: anna, .with { $0.document = document }).version.version
    let person = try await person("Anna Ångström", "email:anna@desk.example", "pager:+6591")
    for name in ["duty.primary", "group.managers"] { try await rota(name, person) }
  }

  /// Runs `body` with a service of its own.
  static func withService(
    _ body: (RunningService<NotifierDefinition>, URL) async throws -> Void, works: Bool = true
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "callout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let service = try await RunningService<NotifierDefinition>(
      on: TestDatabase(), extra: ["CALLOUT_MAILDIR": folder.path], works: works)
    do {
      try await body(service, folder)
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
  }

  /// A plan that is shipped.
  static func shipped(_ name: String) throws -> String {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return try String(contentsOf: folder.appending(path: "../../Shared/Plans/\(name).yaml"), encoding: .utf8)
  }

  /// A new person with these methods, written `email:anna@desk.example`.
  @discardableResult
  func person(_ name: String, _ methods: String...) async throws -> Data {
    try await service.ask(
      .personSet, as: anna,
      .with {
        $0.name = name
        $0.methods = methods.map { text in
          let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
          return .with { ($0.kind, $0.address) = (parts[0], parts[1]) }
        }
      }
    ).person.id
  }

  func rota(_ name: String, _ people: Data...) async throws {
    _ = try await service.ask(
      .rotaSet, as: anna,
      .with {
        $0.name = name
        $0.zone = "Asia/Singapore"
        $0.handover = "09:00"
        $0.turnDays = 7
        $0.startsMs = (Self.start - .days(1)).milliseconds
        $0.people = people
      })
  }

  /// Intake's news of ticket 12, opened at ``start`` with one target that is due after four hours.
  func ticket(
    version number: UInt64 = 1, met: Instant? = nil, _ change: (inout Callout_V1_TicketSnapshot) -> Void = { _ in }
  ) async throws {
    var snapshot = Callout_V1_TicketSnapshot.with { snapshot in
      snapshot.accountName = "Acme"
      snapshot.contactName = "Tan"
      snapshot.ticket = .with {
        $0.id = Data(Self.ticketID.bytes)
        $0.number = 12
        $0.accountID = Data(Self.accountID.bytes)
        $0.subject = "Mail is down"
        $0.state = "open"
        $0.planVersion = version
        $0.openedMs = Self.start.milliseconds
        $0.version = number
        $0.targets = [Self.target("respond", due: Self.start + .hours(4), met: met)]
      }
    }
    change(&snapshot)
    try await service.tell(
      tenant, from: "intake",
      .with {
        $0.source = "intake"
        $0.subject = Data(Self.ticketID.bytes)
        $0.version = number
        $0.atMs = Self.start.milliseconds
        $0.ticket = snapshot
      })
  }

  static func target(_ id: String, due: Instant, met: Instant? = nil) -> Callout_V1_TargetStatus {
    .with {
      $0.id = id
      $0.dueMs = due.milliseconds
      $0.metMs = met?.milliseconds ?? 0
    }
  }

  /// Intake's news of the account: who may be written to, and the plan that it has agreed to.
  func account(
    _ id: AccountID = Self.accountID, version number: UInt64 = 1, emails: [String] = ["tan@acme.example"],
    plan: Data? = nil, language: String = ""
  ) async throws {
    try await service.tell(
      tenant, from: "intake",
      .with { event in
        event.source = "intake"
        event.subject = Data(id.bytes)
        event.version = number
        event.atMs = Self.start.milliseconds
        event.account.account.id = Data(id.bytes)
        event.account.account.name = "Acme"
        event.account.account.planVersion = plan ?? version
        event.account.account.language = language
        event.account.contacts = emails.enumerated().map { index, email in
          .with {
            $0.id = Data(ContactID(high: 5, low: UInt64(index)).bytes)
            $0.name = "Tan"
            $0.email = email
          }
        }
      })
  }

  func advance(to instant: Instant) async throws { try await service.advance(tenant, to: instant) }

  /// Tells what became of the latest message to a person.
  @discardableResult
  func answer(_ recipient: String, _ answer: String) async throws -> Callout_V1_Delivery {
    let delivery = try #require(try await deliveries().first { $0.recipient == recipient })
    return try await service.ask(
      .deliveryAnswer, as: anna,
      .with { ($0.deliveryID, $0.answer) = (delivery.id, answer) }
    ).delivery
  }

  /// The customer calls about the ticket.
  @discardableResult
  func call(_ dialled: String, answer: String = "", by: String = "") async throws -> [Callout_V1_Escalation] {
    try await service.ask(
      .escalationCall, as: anna,
      .with {
        $0.ticketID = Data(Self.ticketID.bytes)
        $0.dialled = dialled
        $0.answer = answer
        $0.by = by
      }
    ).escalations
  }

  /// The messages in the tenant's Maildir, in the order of their names.
  func mail() throws -> [(name: String, text: String)] {
    let new = folder.appending(path: "\(tenant)/new")
    let names = try? FileManager.default.contentsOfDirectory(atPath: new.path)
    return try (names ?? []).sorted().map { name in
      (name, try String(contentsOf: new.appending(path: name), encoding: .utf8))
    }
  }

  /// Newest first.
  func deliveries() async throws -> [Callout_V1_Delivery] {
    try await service.ask(.deliveryList, as: anna, .init()).deliveries
  }

  /// Every message of a ladder, oldest first, as `minutes since the start: name by method`.
  func pages() async throws -> [String] {
    try await deliveries().reversed().filter { !$0.escalationID.isEmpty }.map {
      "\((Instant(milliseconds: $0.createdMs) - Self.start).wholeMinutes): \($0.recipient) by \($0.method)"
    }
  }

  /// Newest first.
  func escalations() async throws -> [Callout_V1_Escalation] {
    try await service.ask(.escalationList, as: anna, .init()).escalations
  }

  /// Newest first.
  func notices() async throws -> [Callout_V1_CustomerNotice] {
    try await service.ask(.noticeList, as: anna, .init()).notices
  }

  /// The clock of a target.
  func clock(_ target: String) async throws -> Callout_V1_SlaClock {
    try #require(try await service.ask(.slaclockList, as: anna, .init()).clocks.first { $0.target == target })
  }
}
