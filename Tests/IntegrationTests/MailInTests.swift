import Foundation
import Glibc
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import IntakeService

/// Mail as an MTA has it, through the service: over the wire, and by LMTP.
/// One after the other, for an address is one tenant's, and the desks share a database.
@Suite("Mail in, on PostgreSQL", .serialized)
struct MailInTests {
  private static let start = "2026-03-03T10:00:00-07:00"

  private func withDesk(_ body: (PlanDesk) async throws -> Void) async throws {
    try await PlanDesk.with("opus-one", at: Self.start) { desk in
      let addresses = ["Support@opus.example", "urgent@opus.example"]
      for address in addresses { try await Self.set(address, desk) }
      let result: Result<Void, any Error>
      do {
        result = .success(try await body(desk))
      } catch {
        result = .failure(error)
      }
      for address in addresses {
        _ = try? await desk.service.ask(
          .mailboxRemove, as: .service(name: "operator"), tenant: desk.tenant, .with { $0.address = address })
      }
      try result.get()
    }
  }

  private static func set(_ address: String, _ desk: PlanDesk) async throws {
    let set = try await desk.service.ask(
      .mailboxSet, as: .service(name: "operator"), tenant: desk.tenant,
      .with {
        $0.address = address
        $0.planVersion = desk.version
      })
    #expect(set.mailbox.address == address.lowercased())
  }

  static func letter(
    _ id: String, from: String = "Mei <mei@kopi.example>", to: String = "support@opus.example",
    subject: String = "Mail is slow", more: String = "", text: String = "Since this morning."
  ) -> String {
    "From: \(from)\r\nTo: \(to)\r\nSubject: \(subject)\r\nMessage-ID: <\(id)>\r\n\(more)\r\n\(text)\r\n"
  }

  private func deliver(
    _ desk: PlanDesk, _ letter: String, to: [String] = ["support@opus.example"], sender: String = "mei@kopi.example"
  ) async throws(CommandRefused) -> Callout_V1_MailDeliverReply {
    try await desk.ask(
      .mailDeliver,
      .with {
        $0.sender = sender
        $0.recipients = to
        $0.original = Data(letter.utf8)
      })
  }

  @Test(
    "E1 E3: its addresses decide the class; the same Message-ID is one ticket; an answer to it continues the ticket")
  func opensAndContinues() async throws {
    try await withDesk { desk in
      let urgent = Self.letter("1@kopi.example", to: "support@opus.example, URGENT@opus.example")
      let first = try await deliver(desk, urgent)
      #expect(first.outcome == "opened")
      #expect(first.ticket.class == "III")
      #expect(first.ticket.contactID == desk.contact)
      #expect(try await deliver(desk, urgent, to: ["urgent@opus.example"]).outcome == "seen")
      let next = Self.letter(
        "2@kopi.example", more: "In-Reply-To: <1@kopi.example>\r\nReferences: <1@kopi.example>\r\n", text: "It is up.")
      let second = try await deliver(desk, next)
      #expect(second.outcome == "continued")
      #expect(second.ticket.number == first.ticket.number)
      let named = try await deliver(desk, Self.letter("3@kopi.example", subject: "about [#\(first.ticket.number)]"))
      #expect(named.ticket.id == first.ticket.id)
      let read = try await desk.ask(.ticketGet, .with { $0.ticketID = first.ticket.id })
      // Ids of one instant have no order.
      #expect(read.messages.map(\.text).sorted() == ["It is up.", "Since this morning.", "Since this morning."])
      #expect(read.messages.map(\.author) == ["Mei Tan", "Mei Tan", "Mei Tan"])
      let mails = try await desk.ask(.mailList, .with { $0.ticketID = first.ticket.id }).mails
      #expect(Set(mails.map(\.messageID)) == ["3@kopi.example", "2@kopi.example", "1@kopi.example"])
    }
  }

  @Test("A mail without a Message-ID is one mail by its bytes")
  func unnamed() async throws {
    try await withDesk { desk in
      let letter = "From: mei@kopi.example\nSubject: x\n\ntext\n"
      let first = try await deliver(desk, letter)
      #expect(first.mail.messageID.hasPrefix("sha256-"))
      #expect(try await deliver(desk, letter).outcome == "seen")
      #expect(try await deliver(desk, letter + "more\n").outcome == "opened")
    }
  }

  @Test("The original is kept to the byte, in pieces, with what lies in it")
  func original() async throws {
    try await withDesk { desk in
      let filling = String(repeating: String(repeating: "A", count: 76) + "\r\n", count: 4_000)
      let letter =
        "From: mei@kopi.example\r\nSubject: Big\r\nMessage-ID: <big@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n"
        + "\r\n--b\r\n\r\nSee there.\r\n--b\r\nContent-Type: image/png; name=\"a.png\"\r\n"
        + "Content-Transfer-Encoding: base64\r\n\r\n\(filling)--b--\r\n"
      let mail = try await deliver(desk, letter).mail
      #expect(mail.size == UInt64(letter.utf8.count))
      #expect(mail.pieces == 2)
      #expect(mail.attachments.map(\.name) == ["a.png"])
      #expect(mail.attachments.first?.size == 228_000)
      var bytes = Data()
      for piece in 1...mail.pieces {
        bytes += try await desk.ask(
          .mailGet,
          .with {
            $0.mailID = mail.id
            $0.piece = piece
          }
        ).original
      }
      #expect(bytes == Data(letter.utf8))
      let alone = try await desk.ask(.mailGet, .with { $0.mailID = mail.id })
      #expect(alone.mail == mail)
      #expect(alone.original.isEmpty)
      let none = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.ask(.mailGet, .with { $0.mailID = desk.account })
      }
      #expect(none?.code == .notFound)
      let portal = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.ask(.mailGet, as: .portal, .with { $0.mailID = mail.id })
      }
      #expect(portal?.code == .notAllowed)
    }
  }

  @Test("A stranger is refused politely by an answer that the notifier gets; a program is never answered")
  func answers() async throws {
    try await withDesk { desk in
      let stranger = try await deliver(
        desk, Self.letter("1@evil.example", from: "x@evil.example"), sender: "x@evil.example")
      #expect(stranger.outcome == "refused")
      #expect(stranger.mail.answered)
      let robot = try await deliver(
        desk, Self.letter("2@kopi.example", more: "Auto-Submitted: auto-replied\r\n"))
      #expect(robot.outcome == "ignored")
      #expect(robot.mail.reason == "Auto-Submitted: auto-replied")
      let bounce = try await deliver(desk, Self.letter("3@kopi.example"), sender: "<>")
      #expect(bounce.mail.reason == "its envelope has no sender")
      try await desk.service.settle(desk.tenant)
      let answers = desk.service.told.events.filter { event in
        if case .answer(let answer)? = event.body { answer.address == "x@evil.example" } else { false }
      }
      #expect(answers.count == 1)
      #expect(answers.first?.answer.references == ["1@evil.example"])
      #expect(try await desk.ask(.attemptList, .init()).attempts.map(\.caller) == ["x@evil.example"])
      let kept = try await desk.ask(.mailList, .init()).mails
      #expect(kept.map(\.outcome).sorted() == ["ignored", "ignored", "refused"])
      #expect(kept.allSatisfy { $0.size > 0 })
    }
  }

  @Test("Mail to no mailbox, what is no mail, and a mailbox that is gone are refused")
  func refused() async throws {
    try await withDesk { desk in
      func refusal(_ letter: String, to: [String]) async -> Callout_V1_Refusal? {
        await desk.refusal { () async throws(CommandRefused) in _ = try await deliver(desk, letter, to: to) }
      }
      #expect(await refusal(Self.letter("1@x"), to: ["nobody@opus.example"])?.code == .notFound)
      let garbage = await refusal("no header at all", to: ["support@opus.example"])
      #expect(garbage?.code == .invalidField)
      #expect(garbage?.field == "original")
      #expect(await refusal(Self.letter("1@x"), to: [])?.field == "recipients")
      _ = try await desk.service.ask(
        .mailboxRemove, as: .service(name: "operator"), tenant: desk.tenant,
        .with { $0.address = "SUPPORT@opus.example" })
      #expect(await refusal(Self.letter("1@x"), to: ["support@opus.example"])?.code == .notFound)
      #expect(try await desk.ask(.mailboxList, .init()).mailboxes.map(\.address) == ["urgent@opus.example"])
      let again = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.service.ask(
          .mailboxRemove, as: .service(name: "operator"), tenant: desk.tenant,
          .with { $0.address = "support@opus.example" })
      }
      #expect(again?.code == .notFound)
      let desks = await desk.refusal { () async throws(CommandRefused) in
        _ = try await desk.ask(.mailboxSet, as: .admin, .with { $0.address = "a@b" })
      }
      #expect(desks?.code == .notAllowed)
    }
  }

  @Test("A mail of ten megabytes is staged in parts and delivered, and kept to the byte; what is forgotten is refused")
  func staged() async throws {
    try await withDesk { desk in
      let line = String(repeating: "A", count: 76) + "\r\n"
      let head = Self.letter("huge@x", more: "Content-Type: text/plain\r\n")
      let body = String(repeating: line, count: (10 * 1024 * 1024 - head.utf8.count) / line.utf8.count)
      let letter = Data((head + body).utf8)
      func stage(_ upload: UInt8, _ place: Int, _ bytes: Data) async throws(CommandRefused) -> Int64 {
        try await desk.ask(
          .mailStage,
          .with {
            $0.uploadID = Data(repeating: upload, count: 16)
            $0.place = UInt32(place)
            $0.original = bytes
          }
        ).untilMs
      }
      func deliver(_ upload: UInt8, parts: Int) async throws(CommandRefused) -> Callout_V1_MailDeliverReply {
        try await desk.ask(
          .mailDeliver,
          .with {
            $0.sender = "mei@kopi.example"
            $0.recipients = ["support@opus.example"]
            $0.uploadID = Data(repeating: upload, count: 16)
            $0.parts = UInt32(parts)
          })
      }
      func refusal(_ body: () async throws(CommandRefused) -> Void) async -> Callout_V1_Refusal? {
        await desk.refusal { () async throws(CommandRefused) in try await body() }
      }
      let starts = Array(stride(from: 0, to: letter.count, by: 786_432))
      for (index, start) in starts.enumerated() {
        _ = try await stage(1, index + 1, letter[start..<min(start + 786_432, letter.count)])
      }
      // The same again is the same; other bytes are not.
      _ = try await stage(1, 1, letter.prefix(786_432))
      #expect(
        await refusal { () async throws(CommandRefused) in _ = try await stage(1, 1, Data("x".utf8)) }?.code
          == .alreadyExists)
      #expect(starts.count == 14)
      let missing = await refusal { () async throws(CommandRefused) in _ = try await deliver(2, parts: 1) }
      #expect(missing?.code == .expired)
      let reply = try await deliver(1, parts: starts.count)
      #expect(reply.outcome == "opened")
      #expect(reply.mail.size == UInt64(letter.count))
      var kept = Data()
      for piece in 1...reply.mail.pieces {
        kept += try await desk.ask(
          .mailGet,
          .with {
            $0.mailID = reply.mail.id
            $0.piece = piece
          }
        ).original
      }
      #expect(kept == letter)
      // What was delivered is gone.
      let again = await refusal { () async throws(CommandRefused) in _ = try await deliver(1, parts: starts.count) }
      #expect(again?.code == .expired)
      for (place, bytes) in [(0, Data("x".utf8)), (15, Data("x".utf8)), (1, Data()), (1, Data(count: 786_433))] {
        let wrong = await refusal { () async throws(CommandRefused) in _ = try await stage(3, place, bytes) }
        #expect(wrong?.code == .invalidField, "\(place)")
      }
      let until = try await stage(4, 1, Data(Self.letter("late@x").utf8))
      let forgotten = try #require(Instant(Self.start)) + .hours(1)
      #expect(until == forgotten.milliseconds)
      try await desk.service.advance(desk.tenant, to: forgotten)
      try await desk.service.settle(desk.tenant)
      let late = await refusal { () async throws(CommandRefused) in _ = try await deliver(4, parts: 1) }
      #expect(late?.code == .expired)
    }
  }

  @Test("An address is one tenant's: another is refused it, until it is given up")
  func owner() async throws {
    let service = try await RunningService<IntakeDefinition>(on: try TestDatabase())
    do {
      let one = try await Self.tenant(service, "one")
      let two = try await Self.tenant(service, "two")
      let version = try #require(
        try await service.ask(.planList, as: .service(name: "operator"), tenant: two, .init()).versions.first?.version)
      func set(_ address: String) async throws(CommandRefused) {
        _ = try await service.ask(
          .mailboxSet, as: .service(name: "operator"), tenant: two,
          .with {
            $0.address = address
            $0.planVersion = version
          })
      }
      do throws(CommandRefused) {
        try await set("SUPPORT@one.example")
        Issue.record("two tenants have one address")
      } catch {
        #expect(error.refusal.code == .alreadyExists)
        #expect(error.refusal.text == "Another tenant has this mailbox.")
      }
      try await set("support@two.example")
      _ = try await service.ask(
        .mailboxRemove, as: .service(name: "operator"), tenant: one, .with { $0.address = "support@one.example" })
      try await set("support@one.example")
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
  }

  @Test("By LMTP each recipient has an answer, and the address finds the tenant")
  func lmtp() async throws {
    let path = "/tmp/callout-lmtp-\(UInt32.random(in: 0 ... .max))"
    let service = try await RunningService<IntakeDefinition>(
      on: try TestDatabase(), extra: ["CALLOUT_LMTP_LISTEN": "unix:\(path)"])
    do {
      let tenants = try await [Self.tenant(service, "one"), Self.tenant(service, "two"), Self.tenant(service, "three")]
      let client = try await LmtpClient(path)
      #expect(try await client.read(1) == ["220 callout LMTP ready"])
      try await client.write("LHLO mta\r\n")
      #expect(try await client.read(5).last == "250 SIZE 10485760")
      try await client.write(
        "MAIL FROM:<x@evil.example> SIZE=100\r\nRCPT TO:<support@One.example>\r\nRCPT TO:<nobody@one.example>\r\n"
          + "RCPT TO:<support@two.example>\r\nRCPT TO:<support@three.example>\r\nDATA\r\n")
      #expect(
        try await client.read(6).map { $0.prefix(9) } == [
          "250 2.1.0", "250 2.1.5", "550 5.1.1", "250 2.1.5", "250 2.1.5", "354 end w",
        ])
      try await client.write(Self.letter("1@x", text: "..hidden\r\n...") + ".\r\n")
      #expect(try await client.read(3).map { $0.prefix(18) } == Array(repeating: "250 2.0.0 refused ", count: 3))
      try await client.write("QUIT\r\n")
      #expect(try await client.read(1) == ["221 2.0.0 bye"])
      for tenant in tenants {
        let peer = PeerIdentity.tenant(TenantBytes(high: tenant.high, low: tenant.low), role: .desk, name: "anna")
        let mail = try #require(try await service.ask(.mailList, as: peer, .init()).mails.first)
        let kept = try await service.ask(
          .mailGet, as: peer,
          .with {
            $0.mailID = mail.id
            $0.piece = 1
          }
        ).original
        #expect(String(decoding: kept, as: UTF8.self).hasSuffix("\r\n.hidden\r\n..\r\n"))
      }
      client.close()
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
  }

  /// A tenant with the plan of Opus One and a mailbox at a domain of its own; nobody is its customer.
  private static func tenant(_ service: RunningService<IntakeDefinition>, _ name: String) async throws -> TenantID {
    let tenant = try await service.tenant(at: try #require(Instant(start)))
    let admin = PeerIdentity.tenant(TenantBytes(high: tenant.high, low: tenant.low), role: .admin, name: "admin")
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/opus-one.yaml")
    let document = try Data(contentsOf: file)
    let version = try await service.ask(.planPublish, as: admin, .with { $0.document = document }).version.version
    _ = try await service.ask(
      .mailboxSet, as: .service(name: "operator"), tenant: tenant,
      .with {
        $0.address = "support@\(name).example"
        $0.planVersion = version
      })
    return tenant
  }
}
