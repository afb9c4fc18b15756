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
  private static let opened = NotifierDesk.start
  private static let due = NotifierDesk.start + .hours(4)
  private static let ticketID = NotifierDesk.ticketID

  @Test("A missed target runs its ladder: the person on duty finds the message in the Maildir, and intake is told")
  func missedTarget() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      try await desk.ticket()
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
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      try await desk.ticket()
      try await desk.ticket(version: 2, met: Self.opened + .hours(1))
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
    let service = try await RunningService<NotifierDefinition>(
      on: database, extra: ["CALLOUT_MAILDIR": folder.path], works: false)
    let desk = try await NotifierDesk(service, folder: folder)
    try await desk.ticket()
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
        text: delivery.text, createdAt: Instant(milliseconds: delivery.createdMs),
        ticketID: MailIdentity.ticket(of: String(delivery.messageID.dropFirst().dropLast())))
      _ = try await channel.deliver(OutgoingMessage(tenant: desk.tenant, delivery: row))
    }
    let before = try desk.mail()
    await thread.close()
    await service.stop()

    // The next process: the claim ends, and the messages leave again.
    let next = try await RunningService<NotifierDefinition>(
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
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      // A file stands where the tenant's Maildir should be.
      let blocked = folder.appending(path: "\(desk.tenant)")
      try Data().write(to: blocked)
      try await desk.ticket()
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
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      try await desk.ticket(version: 3)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for version in [2, 5, 4, 5, 6, 1] as [UInt64] {
          group.addTask { try await desk.ticket(version: version) }
        }
        try await group.waitForAll()
      }
      try await service.advance(desk.tenant, to: Self.due + .minutes(1))
      try await desk.ticket(version: 7)
      try await service.advance(desk.tenant, to: Self.due + .minutes(2))
      #expect(try await service.ask(.escalationList, as: desk.anna, .init()).escalations.count == 1)
      #expect(try desk.mail().count == 2)
    }
  }

  @Test("A notice goes to the account's contacts by mail, also when the account is told after it")
  func notice() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
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

}
