import Foundation
import NotifierRules
import Peers
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import NotifierService

@Suite("Channels against real peers")
struct NotifierChannelTests {
  private static let due = NotifierDesk.start + .hours(4)
  private static let gatewaySecret = "whsec_" + Data(repeating: 5, count: 32).base64EncodedString()
  private static let plan = NotifierDesk.plan.replacing("by: [email, pager]", with: "by: [email, pager, webhook, sms]")

  /// Runs `body` with a service that sends by the peers, and what they are.
  private static func withPeers(
    maildir: Bool = true, gateway: Bool = true,
    _ body: (RunningService<NotifierDefinition>, NotifierDesk, Peers) async throws -> Void
  ) async throws {
    let peers = try Peers()
    let folder = peers.folder.appending(path: "mail")
    try Data("s3cret word\n".utf8).write(to: peers.folder.appending(path: "password"))
    try Data((gatewaySecret + "\n").utf8).write(to: peers.folder.appending(path: "gateway"))
    var extra = [
      "CALLOUT_SMTP_HOST": "localhost", "CALLOUT_SMTP_PORT": "\(peers.ports["starttls"] ?? 0)",
      "CALLOUT_SMTP_TRUST": peers.trust, "CALLOUT_SMTP_USER": "callout",
      "CALLOUT_SMTP_PASSWORD_FILE": peers.folder.appending(path: "password").path,
      "CALLOUT_SENDER": "callout@desk.example",
      "CALLOUT_WEBHOOK_TRUST": peers.trust, "CALLOUT_WEBHOOK_ALLOW": "127.0.0.1, ::1",
      "CALLOUT_GATEWAY_TRUST": peers.trust,
    ]
    if maildir {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      extra["CALLOUT_MAILDIR"] = folder.path
    }
    if gateway {
      extra["CALLOUT_GATEWAY_SMS_URL"] = "https://localhost:\(peers.ports["https"] ?? 0)/sms"
      extra["CALLOUT_GATEWAY_SMS_SECRET_FILE"] = peers.folder.appending(path: "gateway").path
    }
    let service = try await RunningService<NotifierDefinition>(on: TestDatabase(), extra: extra)
    do {
      try await body(service, try await NotifierDesk(service, folder: folder, plan: plan), peers)
    } catch {
      await service.stop()
      throw error
    }
    await service.stop()
  }

  private static func url(_ peers: Peers, _ path: String) -> String {
    "https://localhost:\(peers.ports["https"] ?? 0)\(path)"
  }

  /// Makes an endpoint, and returns the secret that was made.
  @discardableResult
  private static func endpoint(
    _ desk: NotifierDesk, _ name: String, _ url: String,
    _ change: (inout Callout_V1_EndpointSetRequest) -> Void = { _ in }
  ) async throws -> String {
    var request = Callout_V1_EndpointSetRequest.with { ($0.name, $0.url) = (name, url) }
    change(&request)
    return try await desk.service.ask(.endpointSet, as: desk.anna, request).secret
  }

  /// Lets the ladder begin, and does not wait for its messages.
  private static func begin(_ desk: NotifierDesk, _ people: Data...) async throws {
    if !people.isEmpty {
      _ = try await desk.service.ask(
        .rotaSet, as: desk.anna,
        .with {
          ($0.name, $0.zone, $0.handover, $0.turnDays) = ("duty.secondary", "Asia/Singapore", "09:00", 7)
          $0.startsMs = (NotifierDesk.start - .days(1)).milliseconds
          $0.people = people
        })
    }
    try await desk.ticket()
    _ = try await desk.service.ask(
      .clockAdvance, as: .service(name: "operator"), tenant: desk.tenant,
      .with { $0.toMs = (Self.due + .milliseconds(1)).milliseconds })
  }

  /// Waits until something holds of the deliveries.
  private static func wait(
    _ desk: NotifierDesk, until holds: ([Callout_V1_Delivery]) -> Bool
  ) async throws -> [Callout_V1_Delivery] {
    while true {
      let deliveries = try await desk.deliveries()
      if holds(deliveries) { return deliveries }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  @Test("One ladder's step leaves by mail, signed webhook, gateway and Maildir, each under the delivery's own id")
  func everyWay() async throws {
    try await Self.withPeers { service, desk, peers in
      let url = Self.url(peers, "/hooks")
      let secret = try await Self.endpoint(desk, "chat", url)
      try peers.know([secret, Self.gatewaySecret])
      let bo = try await desk.person("Bo Grün", "webhook:\(url)", "sms:+6592", "email:bo@desk.example")
      try await Self.begin(desk, bo)
      let deliveries = try await Self.wait(desk) { $0.count == 5 && $0.allSatisfy { $0.state == "sent" } }
      let receipts = try peers.receipts()
      #expect(receipts.count == 4 && receipts.allSatisfy { $0.answered })
      for delivery in deliveries {
        #expect(delivery.attempts.map(\.succeeded) == [true])
        #expect(delivery.deadlineMs == delivery.createdMs + 7_200_000)
        let id = try #require(DeliveryID(bytes: delivery.id)).description
        let receipt = receipts.first { $0.id == id || $0.id == delivery.messageID }
        switch delivery.method {
        case "email":
          #expect(receipt?.recipients == [delivery.address] && receipt?.sender == "callout@desk.example")
          #expect(receipt?.private == true && receipt?.user == "PLAIN")
          #expect(delivery.attempts.first?.outcome == "250 2.0.0 taken")
        case "webhook", "sms":
          #expect(receipt?.signed == 1 && receipt?.fresh == true && receipt?.method == "POST")
          #expect(receipt?.path == (delivery.method == "sms" ? "/sms" : "/hooks"))
          let body = try #require(receipt?.body)
          let object = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
          let data = try #require(object["data"] as? [String: Any])
          #expect(object["type"] as? String == "page" && data["delivery_id"] as? String == id)
          #expect(data["tenant_id"] as? String == desk.tenant.description && data["kind"] as? String == delivery.method)
          #expect(data["address"] as? String == (delivery.method == "sms" ? "+6592" : nil))
          #expect(data["text"] as? String == delivery.text && data["recipient"] as? String == "Bo Grün")
          #expect(data["step"] as? Int == 1 && data["escalation_id"] != nil && data["notice_id"] == nil)
        default: #expect(delivery.method == "pager" && receipt == nil)
        }
      }
      #expect(try desk.mail().count == 1)
    }
  }

  @Test("Endpoints are set, listed without secrets, rotated with two signatures for a while, and removed")
  func endpoints() async throws {
    try await Self.withPeers { service, desk, peers in
      let url = Self.url(peers, "/hooks")
      let first = try await Self.endpoint(desk, "chat", url)
      #expect(first.hasPrefix("whsec_") && Data(base64Encoded: String(first.dropFirst(6)))?.count == 32)
      let second = try await Self.endpoint(desk, "chat", url) {
        $0.rotate = true
        $0.earlierUntilMs = (Self.due + .hours(1)).milliseconds
      }
      #expect(second != first && second.hasPrefix("whsec_"))
      let listed = try await service.ask(.endpointList, as: desk.anna, .init())
      #expect(listed.endpoints.map(\.name) == ["chat"] && listed.endpoints.map(\.url) == [url])
      #expect(listed.endpoints.first?.earlierUntilMs == (Self.due + .hours(1)).milliseconds)
      let bytes = try listed.serializedData()
      #expect(bytes.range(of: Data(first.utf8)) == nil && bytes.range(of: Data(second.utf8)) == nil)

      try peers.know([first, second])
      try await Self.begin(desk, try await desk.person("Bo", "webhook:\(url)"))
      _ = try await Self.wait(desk) { $0.contains { $0.method == "webhook" && $0.state == "sent" } }
      #expect(try peers.receipts().filter { $0.by == "https" }.map(\.signed) == [2])

      for (change, field) in [
        ({ $0.url = "http://localhost/" }, "url"), ({ $0.url = "https://user@localhost/" }, "url"),
        ({ $0.secret = "whsec_AAAA" }, "secret"), ({ $0.name = "a b" }, "name"),
      ] as [((inout Callout_V1_EndpointSetRequest) -> Void, String)] {
        let refusal = await #expect(throws: CommandRefused.self) { try await Self.endpoint(desk, "x", url, change) }
        #expect(refusal?.refusal.code == .invalidField, "\(field)")
      }
      let taken = await #expect(throws: CommandRefused.self) { try await Self.endpoint(desk, "other", url) }
      #expect(taken?.refusal.code == .alreadyExists)
      _ = try await service.ask(.endpointRemove, as: desk.anna, .with { $0.name = "chat" })
      let gone = await #expect(throws: CommandRefused.self) {
        try await service.ask(.endpointRemove, as: desk.anna, .with { $0.name = "chat" })
      }
      #expect(gone?.refusal.code == .notFound)
      #expect(try await service.ask(.endpointList, as: desk.anna, .init()).endpoints.isEmpty)
    }
  }

  @Test("What fails for good ends at once with the destination's words; what may pass waits for its next attempt")
  func failures() async throws {
    try await Self.withPeers { service, desk, peers in
      for (name, path) in [("gone", "/status/410"), ("busy", "/after/600"), ("moved", "/moved"), ("mute", "/mute")] {
        try await Self.endpoint(desk, name, Self.url(peers, path))
      }
      let bo = try await desk.person(
        "Bo", "email:rcpt-550@desk.example", "email:rcpt-450@desk.example", "email:data-554@desk.example",
        "email:mute@desk.example", "webhook:\(Self.url(peers, "/status/410"))",
        "webhook:\(Self.url(peers, "/after/600"))",
        "webhook:\(Self.url(peers, "/moved"))", "webhook:\(Self.url(peers, "/mute"))",
        "webhook:\(Self.url(peers, "/unknown"))")
      try await Self.begin(desk, bo)
      let deliveries = try await Self.wait(desk) { $0.count == 11 && $0.allSatisfy { !$0.attempts.isEmpty } }
      func fate(_ address: String) throws -> (state: String, outcome: String) {
        let delivery = try #require(deliveries.first { $0.address.hasSuffix(address) })
        #expect(delivery.attempts.count == 1)
        return (delivery.state, delivery.attempts[0].outcome)
      }
      #expect(try fate("rcpt-550@desk.example") == ("failed", "RCPT: 550 5.1.1 as the recipient wishes"))
      #expect(try fate("data-554@desk.example") == ("failed", "the message: 554 5.1.1 as the recipient wishes"))
      #expect(try fate("rcpt-450@desk.example") == ("waiting", "RCPT: 450 4.2.0 as the recipient wishes"))
      #expect(try fate("mute@desk.example").state == "waiting")
      #expect(try fate("/status/410") == ("failed", "410 Gone as the path wishes"))
      #expect(try fate("/after/600") == ("waiting", "503 Service Unavailable busy"))
      #expect(try fate("/moved") == ("waiting", "302 Found"))
      #expect(try fate("/mute").state == "waiting")
      #expect(try fate("/unknown") == ("waiting", "no endpoint has this address: endpoint.set makes one"))

      // Those that took it and said nothing get it again, under the same id and to the letter; who asked for ten minutes
      // is left alone until then.
      let pending = try await service.ask(.pendingGet, as: .service(name: "operator"), tenant: desk.tenant, .init())
      #expect(pending.nextDueMs < (Self.due + .seconds(6)).milliseconds)
      try await service.advance(desk.tenant, to: Self.due + .seconds(6))
      let again = Dictionary(grouping: try peers.receipts().filter { !$0.answered }, by: \.id)
      #expect(again.count == 2)
      for copies in again.values { #expect(copies.count == 2 && Set(copies.map(\.digest)).count == 1) }
      #expect(try peers.receipts().count { $0.path == "/after/600" } == 1)
    }
  }

  @Test("A destination that never answers takes its own places, and delays nobody else")
  func isolation() async throws {
    try await Self.withPeers { service, desk, peers in
      var slow: [Data] = []
      for number in 0..<12 {
        let url = Self.url(peers, "/hang?\(number)")
        try await Self.endpoint(desk, "slow-\(number)", url)
        slow.append(try await desk.person("Slow \(number)", "webhook:\(url)"))
      }
      let (people, tenant) = (slow, desk.tenant)
      _ = try await service.ask(
        .rotaSet, as: desk.anna,
        .with {
          ($0.name, $0.zone, $0.handover, $0.turnDays) = ("group.slow", "Asia/Singapore", "09:00", 7)
          $0.people = people
        })
      let plan = Data(Self.plan.replacing("duty.secondary]", with: "group.slow]").utf8)
      let version = try await service.ask(.planPublish, as: desk.anna, .with { $0.document = plan }).version.version
      try await desk.ticket { $0.ticket.planVersion = version }
      _ = try await service.ask(
        .clockAdvance, as: .service(name: "operator"), tenant: tenant,
        .with { $0.toMs = (Self.due + .milliseconds(1)).milliseconds })
      let deliveries = try await Self.wait(desk) { deliveries in
        deliveries.count == 14 && deliveries.filter { $0.method != "webhook" }.allSatisfy { $0.state == "sent" }
      }
      // Not one of them has been given up yet, and eight of the twelve are under way.
      #expect(deliveries.filter { $0.method == "webhook" }.allSatisfy { $0.state == "waiting" && $0.attempts.isEmpty })
      while try peers.receipts().count(where: { $0.by == "https" }) < Bulkheads.destinationMax {
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(try peers.receipts().count { $0.by == "https" } == Bulkheads.destinationMax)
    }
  }

  @Test("A private address is not connected to unless the operator allows it; no certificate of another name is taken")
  func forbidden() async throws {
    try await Self.withPeers { service, desk, peers in
      let port = peers.ports["https"] ?? 0
      var methods: [String] = []
      for (name, host) in [
        ("mapped", "[::ffff:127.0.0.1]"), ("other", "127.0.0.1"), ("next", "127.0.0.2"), ("number", "2130706434"),
      ] {
        try await Self.endpoint(desk, name, "https://\(host):\(port)/")
        methods.append("https://\(host):\(port)/")
      }
      let bo = try await service.ask(
        .personSet, as: desk.anna,
        .with {
          $0.name = "Bo"
          $0.methods = methods.map { url in .with { ($0.kind, $0.address) = ("webhook", url) } }
        }
      ).person.id
      try await Self.begin(desk, bo)
      let deliveries = try await Self.wait(desk) { $0.count == 6 && $0.allSatisfy { !$0.attempts.isEmpty } }
      for delivery in deliveries where delivery.method == "webhook" {
        #expect(delivery.state == "waiting" && delivery.attempts.map(\.succeeded) == [false])
        let isJudged = delivery.attempts[0].outcome.contains("where nothing may be sent")
        #expect(isJudged == !delivery.address.contains("//127.0.0.1:"))
      }
      #expect(try peers.receipts().allSatisfy { $0.by == "smtp" })
    }
  }

  @Test("What has no channel and no Maildir waits, unclaimed, until a process has one")
  func waits() async throws {
    try await Self.withPeers(maildir: false, gateway: false) { service, desk, peers in
      try await Self.begin(desk)
      _ = try await Self.wait(desk) { $0.contains { $0.method == "email" && $0.state == "sent" } }
      let pager = try #require(try await desk.deliveries().first { $0.method == "pager" })
      #expect(pager.state == "waiting" && pager.attempts.isEmpty)
      #expect(
        try service.database.number("SELECT count(*) FROM deliveries WHERE claimed_attempt > 0 AND method = 'pager'")
          == 0)
      // Nothing here will send it: whoever waits until all is done does not wait for it.
      let pending = try await service.ask(
        .pendingGet, as: .service(name: "operator"), tenant: desk.tenant, .init())
      #expect(pending.timersDue == 0)
    }
  }
}
