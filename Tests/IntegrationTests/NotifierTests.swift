import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import NotifierService

@Suite("Notifier on PostgreSQL")
struct NotifierTests {
  typealias Notifier = RunningService<NotifierDefinition>

  /// Monday, 2 March 2026, 10:00 in Singapore.
  private static let opened = Instant(milliseconds: 1_772_416_800_000)
  private static let due = opened + .hours(4)
  private static let plan = """
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

  /// A service, a folder for its mail, and a tenant with Anna on duty and the plan published.
  private struct Desk {
    let service: Notifier
    let folder: URL
    let tenant: TenantID
    let version: Data
    let anna: PeerIdentity

    init(_ service: Notifier, folder: URL) async throws {
      self.service = service
      self.folder = folder
      tenant = try await service.tenant(at: NotifierTests.opened)
      anna = .tenant(try #require(TenantBytes(tenant.bytes)), role: .admin, name: "anna")
      let document = Data(NotifierTests.plan.utf8)
      version = try await service.ask(.planPublish, as: anna, .with { $0.document = document }).version.version
      let person = try await service.ask(
        .personSet, as: anna,
        .with {
          $0.name = "Anna Ångström"
          $0.methods = [
            .with {
              $0.kind = "email"
              $0.address = "anna@desk.example"
            },
            .with {
              $0.kind = "pager"
              $0.address = "+6591"
            },
          ]
        })
      for name in ["duty.primary", "group.managers"] {
        _ = try await service.ask(
          .rotaSet, as: anna,
          .with {
            $0.name = name
            $0.zone = "Asia/Singapore"
            $0.handover = "09:00"
            $0.turnDays = 7
            $0.startsMs = (NotifierTests.opened - .days(1)).milliseconds
            $0.people = [person.person.id]
          })
      }
    }

    /// Intake's news of ticket 12.
    func ticket(_ id: TicketID, version number: UInt64 = 1, met: Instant? = nil) async throws {
      try await service.tell(
        tenant, from: "intake",
        .with { event in
          event.source = "intake"
          event.subject = Data(id.bytes)
          event.version = number
          event.atMs = NotifierTests.opened.milliseconds
          event.ticket = .with { snapshot in
            snapshot.accountName = "Acme"
            snapshot.contactName = "Tan"
            snapshot.ticket = .with {
              $0.id = Data(id.bytes)
              $0.number = 12
              $0.accountID = Data(AccountID(high: 8, low: 8).bytes)
              $0.subject = "Mail is down"
              $0.state = "open"
              $0.planVersion = version
              $0.openedMs = NotifierTests.opened.milliseconds
              $0.version = number
              $0.targets = [
                .with {
                  $0.id = "respond"
                  $0.dueMs = NotifierTests.due.milliseconds
                  $0.metMs = met?.milliseconds ?? 0
                }
              ]
            }
          }
        })
    }

    /// The messages in the tenant's Maildir, in the order of their names.
    func mail() throws -> [(name: String, text: String)] {
      let new = folder.appending(path: "\(tenant)/new")
      let names = try? FileManager.default.contentsOfDirectory(atPath: new.path)
      return try (names ?? []).sorted().map { name in
        (name, try String(contentsOf: new.appending(path: name), encoding: .utf8))
      }
    }

    func deliveries() async throws -> [Callout_V1_Delivery] {
      try await service.ask(.deliveryList, as: anna, .init()).deliveries
    }
  }

  private static func withService(
    _ body: (Notifier, URL) async throws -> Void, works: Bool = true
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "callout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let service = try await Notifier(on: TestDatabase(), extra: ["CALLOUT_MAILDIR": folder.path], works: works)
    do {
      try await body(service, folder)
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
  }

  private static let ticketID = TicketID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)

  @Test("A missed target runs its ladder: the person on duty finds the message in the Maildir, and intake is told")
  func missedTarget() async throws {
    try await Self.withService { service, folder in
      let desk = try await Desk(service, folder: folder)
      try await desk.ticket(Self.ticketID)
      try await service.advance(desk.tenant, to: Self.due)
      #expect(try desk.mail().isEmpty)
      try await service.advance(desk.tenant, to: Self.due + .minutes(10))
      let mail = try desk.mail()
      #expect(mail.count == 2)
      let first = try #require(mail.first { $0.text.contains("X-Callout-Method: email\n") }).text
      #expect(first.contains("\n <anna@desk.example>\n"))
      #expect(first.contains("Subject: Ticket 12, target respond: Mail is down\n"))
      #expect(first.contains("Date: Mon, 2 Mar 2026 06:00:00 +0000\n"))

      let escalation = try #require(
        try await service.ask(.escalationList, as: desk.anna, .init()).escalations.first)
      #expect(escalation.state == "running" && escalation.step == 1)
      #expect(escalation.steps.map(\.deliveries) == [2])
      #expect(escalation.steps.first?.note.contains("there is no rota duty.secondary") == true)
      #expect(service.told.events.contains { $0.escalation.escalation.id == escalation.id })
      let deliveries = try await desk.deliveries()
      #expect(deliveries.allSatisfy { $0.state == "sent" && $0.attempts.map(\.number) == [1] })

      let taken = try await service.ask(
        .escalationAcknowledge, as: desk.anna,
        .with {
          $0.escalationID = escalation.id
          $0.by = "Anna"
        })
      #expect(taken.escalation.state == "acknowledged")
      try await service.advance(desk.tenant, to: Self.due + .hours(2))
      #expect(try desk.mail().count == 2)
      #expect(service.told.events.last?.escalation.escalation.acknowledgedBy == "Anna")
    }
  }

  @Test("A target that is met is never escalated, and its clock says when it was met")
  func metTarget() async throws {
    try await Self.withService { service, folder in
      let desk = try await Desk(service, folder: folder)
      try await desk.ticket(Self.ticketID)
      try await desk.ticket(Self.ticketID, version: 2, met: Self.opened + .hours(1))
      try await service.advance(desk.tenant, to: Self.due + .hours(1))
      let clocks = try await service.ask(.slaclockList, as: desk.anna, .init()).clocks
      #expect(clocks.map(\.state) == ["met"])
      #expect(clocks.first?.endedMs == (Self.opened + .hours(1)).milliseconds)
      #expect(try desk.mail().isEmpty)
    }
  }

  @Test("A process that dies between writing a message and recording it leaves one message, under the same Message-ID")
  func diesInBetween() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "callout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = try TestDatabase()
    let service = try await Notifier(on: database, extra: ["CALLOUT_MAILDIR": folder.path], works: false)
    let desk = try await Desk(service, folder: folder)
    try await desk.ticket(Self.ticketID)
    _ = try await service.ask(
      .clockAdvance, as: .service(name: "operator"), tenant: desk.tenant,
      .with { $0.toMs = (Self.due + .minutes(1)).milliseconds })
    while try await desk.deliveries().count < 2 { try await Task.sleep(for: .milliseconds(20)) }

    // What a worker does before it dies: it claims and writes, and records nothing.
    let thread = BlockingThread(name: "test")
    let channel = Maildir(folder: folder.path, sender: "callout@desk.example", thread: thread)
    try database.asSuperuser(
      "UPDATE deliveries SET claimed_until = now() + interval '1 second', claimed_attempt = attempts + 1")
    for delivery in try await desk.deliveries() {
      let row = Delivery(
        id: try #require(DeliveryID(bytes: delivery.id)),
        cause: .escalation(try #require(EscalationID(bytes: delivery.escalationID))),
        step: Int(delivery.step), personID: PersonID(bytes: delivery.personID), recipient: delivery.recipient,
        method: try #require(DeliveryMethod(rawValue: delivery.method)), address: delivery.address,
        subject: delivery.subject,
        text: delivery.text, createdAt: Instant(milliseconds: delivery.createdMs))
      _ = try await channel.deliver(OutgoingMessage(tenant: desk.tenant, delivery: row))
    }
    let before = try desk.mail()
    await thread.close()
    await service.stop()

    // The next process: the claim ends, and the messages leave again.
    let next = try await Notifier(
      on: database, extra: ["CALLOUT_MAILDIR": folder.path, "CALLOUT_SENDER": "callout@desk.example"])
    try await next.settle(desk.tenant)
    let after = try desk.mail()
    #expect(before.count == 2 && after.map(\.name) == before.map(\.name) && after.map(\.text) == before.map(\.text))
    let deliveries = try await next.ask(.deliveryList, as: desk.anna, .init()).deliveries
    for delivery in deliveries {
      #expect(delivery.state == "sent" && delivery.attempts.count == 1)
      #expect(after.count { $0.text.contains("\nMessage-ID: \(delivery.messageID)\n") } == 1)
    }
    await next.stop()
  }

  @Test("A destination that fails is tried again when its time has come, and every attempt is recorded")
  func retried() async throws {
    try await Self.withService { service, folder in
      let desk = try await Desk(service, folder: folder)
      // A file stands where the tenant's Maildir should be.
      let blocked = folder.appending(path: "\(desk.tenant)")
      try Data().write(to: blocked)
      try await desk.ticket(Self.ticketID)
      try await service.advance(desk.tenant, to: Self.due + .milliseconds(1))
      var deliveries = try await desk.deliveries()
      #expect(deliveries.allSatisfy { $0.state == "waiting" && $0.attempts.map(\.succeeded) == [false] })
      #expect(deliveries.first?.attempts.first?.outcome.contains("Not a directory") == true)
      try FileManager.default.removeItem(at: blocked)
      try await service.advance(desk.tenant, to: Self.due + .seconds(10))
      deliveries = try await desk.deliveries()
      #expect(deliveries.allSatisfy { $0.state == "sent" && $0.attempts.map(\.succeeded) == [false, true] })
      #expect(try desk.mail().count == 2)
    }
  }

  @Test("I8: news of a missed target that comes many times and out of order leaves one escalation")
  func onceOnly() async throws {
    try await Self.withService { service, folder in
      let desk = try await Desk(service, folder: folder)
      try await desk.ticket(Self.ticketID, version: 3)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for version in [2, 5, 4, 5, 6, 1] as [UInt64] {
          group.addTask { try await desk.ticket(Self.ticketID, version: version) }
        }
        try await group.waitForAll()
      }
      try await service.advance(desk.tenant, to: Self.due + .minutes(1))
      try await desk.ticket(Self.ticketID, version: 7)
      try await service.advance(desk.tenant, to: Self.due + .minutes(2))
      #expect(try await service.ask(.escalationList, as: desk.anna, .init()).escalations.count == 1)
      #expect(try desk.mail().count == 2)
    }
  }

  @Test("Another tenant's people, rotas, escalations and deliveries are as if they did not exist")
  func isolation() async throws {
    try await Self.withService { service, folder in
      let desk = try await Desk(service, folder: folder)
      let other = try await Desk(service, folder: folder)
      try await desk.ticket(Self.ticketID)
      try await service.advance(desk.tenant, to: Self.due + .minutes(1))
      #expect(try await other.deliveries().isEmpty)
      #expect(try await service.ask(.escalationList, as: other.anna, .init()).escalations.isEmpty)
      #expect(try await service.ask(.personList, as: other.anna, .init()).people.count == 1)
      let escalation = try #require(
        try await service.ask(.escalationList, as: desk.anna, .init()).escalations.first)
      do {
        _ = try await service.ask(
          .escalationAcknowledge, as: other.anna,
          .with {
            $0.escalationID = escalation.id
            $0.by = "Eve"
          })
        Issue.record("another tenant's escalation was acknowledged")
      } catch {
        #expect((error as? CommandRefused)?.refusal.code == .notFound)
      }
    }
  }

  @Test("Who is on duty is told for any instant, and an override counts from the moment it is added")
  func whoIsOnDuty() async throws {
    try await Self.withService { service, folder in
      let desk = try await Desk(service, folder: folder)
      let anna = try #require(try await service.ask(.personList, as: desk.anna, .init()).people.first)
      let bob = try await service.ask(.personSet, as: desk.anna, .with { $0.name = "Bob" }).person
      let added = try await service.ask(
        .overrideAdd, as: desk.anna,
        .with {
          $0.rota = "duty.primary"
          $0.personID = bob.id
          $0.time.fromMs = (Self.opened + .hours(1)).milliseconds
          $0.time.toMs = (Self.opened + .hours(2)).milliseconds
          $0.reason = "dentist"
        }
      ).override
      func who(_ at: Instant) async throws -> Callout_V1_RotaWhoReply {
        try await service.ask(
          .rotaWho, as: desk.anna,
          .with {
            $0.name = "duty.primary"
            $0.atMs = at.milliseconds
          })
      }
      let now = try await who(.epoch)
      #expect(now.person.id == anna.id && now.untilMs == added.time.fromMs)
      let then = try await who(Self.opened + .minutes(90))
      #expect(then.person.id == bob.id && then.byOverride && then.untilMs == added.time.toMs)
      #expect(
        try await service.ask(.overrideList, as: desk.anna, .with { $0.rota = "duty.primary" }).overrides == [added])
      _ = try await service.ask(.overrideRemove, as: desk.anna, .with { $0.overrideID = added.id })
      #expect(try await who(Self.opened + .minutes(90)).person.id == anna.id)
    }
  }

  @Test("A notice goes to the account's contacts by mail, also when the account is told after it")
  func notice() async throws {
    try await Self.withService { service, folder in
      let desk = try await Desk(service, folder: folder)
      let account = AccountID(high: 8, low: 8)
      try await service.tell(
        desk.tenant, from: "ledger",
        .with {
          $0.source = "ledger"
          $0.subject = Data(NoticeID(high: 4, low: 4).bytes)
          $0.version = 1
          $0.atMs = Self.opened.milliseconds
          $0.notice.kind = "low-balance"
          $0.notice.accountID = Data(account.bytes)
          $0.notice.subject = "Credits are low\r\nBcc: eve@evil.example"
          $0.notice.text = "20 credits are left."
        })
      try await service.settle(desk.tenant)
      #expect(try desk.mail().isEmpty)
      try await service.tell(
        desk.tenant, from: "intake",
        .with { event in
          event.source = "intake"
          event.subject = Data(account.bytes)
          event.version = 1
          event.atMs = Self.opened.milliseconds
          event.account.account.id = Data(account.bytes)
          event.account.account.name = "Acme"
          event.account.contacts = [
            .with {
              $0.id = Data(ContactID(high: 5, low: 5).bytes)
              $0.name = "Tan"
              $0.email = "tan@acme.example"
            }
          ]
        })
      try await service.settle(desk.tenant)
      let mail = try #require(try desk.mail().first).text
      #expect(mail.contains("<tan@acme.example>") && !mail.contains("\nBcc:"))
    }
  }

  @Test("Lists are answered page by page")
  func pages() async throws {
    try await Self.withService { service, folder in
      let desk = try await Desk(service, folder: folder)
      for number in 0..<6 {
        _ = try await service.ask(.personSet, as: desk.anna, .with { $0.name = "Person \(number)" })
      }
      var names: [String] = []
      var page = Callout_V1_Page.with { $0.size = 3 }
      repeat {
        let reply = try await service.ask(.personList, as: desk.anna, .with { $0.page = page })
        names += reply.people.map(\.name)
        page.after = reply.next
      } while !page.after.isEmpty
      #expect(names.count == 7 && Set(names).count == 7)
    }
  }

  @Test("Every table of notifier keeps the rules of the schema, and what is recorded cannot be changed")
  func schema() async throws {
    let database = try TestDatabase()
    try await database.migrate(NotifierDefinition.self)
    #expect(try database.schemaViolations() == [])
    for table in ["escalation_steps", "delivery_attempts"] {
      let grants = try database.number(
        """
        SELECT count(*) FROM information_schema.role_table_grants
        WHERE grantee = '\(database.serviceRole)' AND table_name = '\(table)' AND privilege_type IN ('UPDATE', 'DELETE')
        """)
      #expect(grants == 0, "\(table)")
    }
  }
}
