import Foundation
import IntakeRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import IntakeService

@Suite("Intake on PostgreSQL")
struct IntakeTests {
  typealias Intake = RunningService<IntakeDefinition>

  /// Tuesday, 3 March 2026, 10:00 in Singapore.
  static let morning = Instant(milliseconds: 1_772_503_200_000)

  /// A service and a test tenant with the Flexi-IT plan and one customer: what every test begins with.
  struct Desk {
    let service: Intake
    let tenant: TenantID
    let version: Data
    let account: Data
    let contacts: [Data]
    let asset: Data

    func peer(_ role: TenantRole, _ name: String = "anna") -> PeerIdentity {
      .tenant(TenantBytes(high: tenant.high, low: tenant.low), role: role, name: name)
    }

    init(_ service: Intake, hotline: String = "+65 3105 0142") async throws {
      self.service = service
      tenant = try await service.tenant(at: IntakeTests.morning)
      let bytes = TenantBytes(high: tenant.high, low: tenant.low)
      let admin = PeerIdentity.tenant(bytes, role: .admin, name: "admin")
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Shared/Plans/flexi-it.yaml")
      let document = try Data(contentsOf: file)
      version = try await service.ask(.planPublish, as: admin, .with { $0.document = document }).version.version
      account = try await service.ask(
        .accountCreate, as: admin,
        .with {
          $0.name = "Kopi Trading"
          $0.region = "SG"
          $0.maintenancePlan = true
          $0.hotlines = [hotline]
        }
      ).account.id
      try await Self.sign(service, tenant, account: account, version: version)
      var contacts: [Data] = []
      for name in ["Mei Tan", "Ravi Pillai"] {
        let contact = try await service.ask(
          .contactAppoint, as: admin,
          .with { [account] in
            $0.accountID = account
            $0.name = name
            $0.fixedPhone = "+6561230001"
            $0.mobilePhone = "+6581230001"
            $0.email = "desk@kopi.example"
          }
        ).contact
        contacts.append(contact.id)
      }
      self.contacts = contacts
      asset = try await service.ask(
        .assetRegister, as: admin,
        .with { [account] in
          $0.accountID = account
          $0.name = "Reception PC"
          $0.category = "desktop"
          $0.platform = "windows"
          $0.inventoried = true
        }
      ).asset.id
    }

    /// The ledger's news that the account has an agreement and has bought.
    static func sign(_ service: Intake, _ tenant: TenantID, account: Data, version: Data) async throws {
      let agreement = AgreementID(high: 7, low: 7).data
      try await service.tell(
        tenant, from: "ledger",
        .with {
          $0.source = "ledger"
          $0.subject = agreement
          $0.version = 1
          $0.atMs = IntakeTests.morning.milliseconds
          $0.agreement.agreement = .with {
            $0.id = agreement
            $0.accountID = account
            $0.planVersion = version
            $0.state = "active"
            $0.signedMs = IntakeTests.morning.milliseconds
            $0.purchasedMs = IntakeTests.morning.milliseconds
          }
        })
    }

    func call(_ subject: String = "Mail does not open") -> Callout_V1_TicketOpenRequest {
      .with {
        $0.accountID = account
        $0.contactID = contacts[0]
        $0.assetID = asset
        $0.subject = subject
        $0.text = "Since this morning."
        $0.channel = "telephone"
        $0.incident = "mail"
      }
    }

    func open(
      _ request: Callout_V1_TicketOpenRequest? = nil, key: [UInt8]? = nil
    ) async throws(CommandRefused) -> Callout_V1_Ticket {
      try await service.ask(.ticketOpen, as: peer(.desk), key: key, request ?? call()).ticket
    }
  }

  /// Runs `body` with a desk on a database of its own.
  func withDesk(_ body: (Desk) async throws -> Void) async throws {
    let service = try await Intake(on: try TestDatabase())
    do {
      try await body(try await Desk(service))
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
  }

  /// The number and clauses of the refusal of `body`.
  func refusal(_ body: () async throws(CommandRefused) -> Void) async -> Callout_V1_Refusal? {
    do {
      try await body()
      return nil
    } catch {
      return error.refusal
    }
  }

  @Test("Every table keeps the rules of the schema, and what is only added cannot be changed")
  func schema() async throws {
    let database = try TestDatabase()
    try await database.migrate(IntakeDefinition.self)
    #expect(try database.schemaViolations() == [])
    let role = database.serviceRole
    for table in [
      "ticket_messages", "work_records", "attempts", "subsidiaries", "hotlines", "article_editions", "article_links",
      "moderations", "mails",
    ] {
      let rights = try database.number(
        """
        SELECT count(*) FROM unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS p
        WHERE has_table_privilege('\(role)', '\(table)', p)
        """)
      #expect(rights == 0, "\(table)")
    }
    let deletable = try database.number(
      """
      SELECT count(*) FROM unnest(ARRAY['accounts', 'contacts', 'assets', 'tickets', 'visits']) AS t
      WHERE has_table_privilege('\(role)', t, 'DELETE')
      """)
    #expect(deletable == 0)
  }

  @Test("A ticket is opened, numbered, read by id and by number, and told to both other services")
  func open() async throws {
    try await withDesk { desk in
      let ticket = try await desk.open()
      #expect(ticket.number == 1)
      #expect(ticket.state == "open")
      #expect(ticket.category == "desktop")
      #expect(ticket.planVersion == desk.version)
      #expect(ticket.targets.map(\.dueMs) == [(Self.morning + .hours(4)).milliseconds])
      let auditor = desk.peer(.auditor)
      let byID = try await desk.service.ask(.ticketGet, as: auditor, .with { $0.ticketID = ticket.id })
      let byNumber = try await desk.service.ask(.ticketGet, as: auditor, .with { $0.number = 1 })
      #expect(byID == byNumber)
      #expect(byID.ticket == ticket)
      #expect(byID.messages.map(\.text) == ["Since this morning."])
      try await desk.service.settle(desk.tenant)
      let told = desk.service.told.events.filter { $0.subject == ticket.id }
      #expect(told.count == 2)
      #expect(told.allSatisfy { $0.source == "intake" && $0.version == 1 && $0.ticket.ticket == ticket })
      #expect(told.first?.ticket.accountName == "Kopi Trading")
      #expect(told.first?.ticket.contactName == "Mei Tan")
    }
  }

  @Test("The same key opens one ticket, and answers byte for byte; with another request it is refused")
  func replay() async throws {
    try await withDesk { desk in
      let key = Array("open-once-0001".utf8)
      let first = try await desk.open(key: key)
      let second = try await desk.open(key: key)
      #expect(first == second)
      let refused = await refusal { () async throws(CommandRefused) in
        _ = try await desk.open(desk.call("Other"), key: key)
      }
      #expect(refused?.code == .keyReused)
      #expect(try await desk.open().number == 2)
    }
  }

  @Test("W47, F12 F30: a refusal names its clauses, is repeated under its key, and is kept as one attempt")
  func refused() async throws {
    try await withDesk { desk in
      var request = desk.call()
      request.channel = "email"
      request.contactID = Data()
      request.caller = "A trainee"
      let asked = request
      for _ in 0..<2 {
        let refused = await refusal { () async throws(CommandRefused) in
          _ = try await desk.open(asked, key: Array("refused-0001".utf8))
        }
        #expect(refused?.code == .admission)
        #expect(refused?.clauses.map(\.id) == ["telephone-only", "authorised-callers"])
      }
      let attempts = try await desk.service.ask(
        .attemptList, as: desk.peer(.desk), .with { $0.accountID = desk.account })
      #expect(attempts.attempts.map(\.caller) == ["A trainee"])
      #expect(attempts.attempts.first?.findings.map(\.id) == ["telephone-only", "authorised-callers"])
      #expect(try await desk.open().number == 1, "no number was taken")
    }
  }

  @Test("F15: the dialled hotline finds the account")
  func hotline() async throws {
    try await withDesk { desk in
      var request = desk.call()
      request.accountID = Data()
      request.dialled = "+65 3105 0142"
      let ticket = try await desk.open(request)
      #expect(ticket.accountID == desk.account)
    }
  }

  @Test("Lists are paged without gap or repetition, the newest ticket first")
  func paging() async throws {
    try await withDesk { desk in
      var numbers: [UInt64] = []
      for _ in 0..<7 { numbers.append(try await desk.open().number) }
      var seen: [UInt64] = []
      var after = Data()
      var pages = 0
      repeat {
        let page = try await desk.service.ask(
          .ticketList, as: desk.peer(.auditor),
          .with { [after] in
            $0.accountID = desk.account
            $0.state = "open"
            $0.page.size = 3
            $0.page.after = after
          })
        seen += page.tickets.map(\.number)
        after = page.next
        pages += 1
      } while !after.isEmpty
      #expect(pages == 3)
      #expect(seen == numbers.sorted(by: >))
      let closed = try await desk.service.ask(.ticketList, as: desk.peer(.auditor), .with { $0.state = "closed" })
      #expect(closed.tickets.isEmpty)
      let refused = await refusal { () async throws(CommandRefused) in
        _ = try await desk.service.ask(.ticketList, as: desk.peer(.auditor), .with { $0.page.size = 501 })
      }
      #expect(refused?.code == .invalidField)
    }
  }

  @Test("W39: another tenant's objects are answered as if they did not exist")
  func isolation() async throws {
    try await withDesk { desk in
      let ticket = try await desk.open()
      let other = try await desk.service.tenant(at: Self.morning)
      let stranger = PeerIdentity.tenant(TenantBytes(high: other.high, low: other.low), role: .admin, name: "eve")
      let unknown = await refusal { () async throws(CommandRefused) in
        _ = try await desk.service.ask(.ticketGet, as: stranger, .with { $0.ticketID = ticket.id })
      }
      #expect(unknown?.code == .notFound)
      let write = await refusal { () async throws(CommandRefused) in
        _ = try await desk.service.ask(.ticketClose, as: stranger, .with { $0.ticketID = ticket.id })
      }
      #expect(write?.code == .notFound)
      #expect(try await desk.service.ask(.ticketList, as: stranger, .init()).tickets.isEmpty)
      #expect(try await desk.service.ask(.accountList, as: stranger, .init()).accounts.isEmpty)
    }
  }
}
