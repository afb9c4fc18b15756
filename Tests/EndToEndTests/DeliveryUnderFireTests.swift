import CalloutClient
import Foundation
import Peers
import Policy
import SwiftProtobuf
import Testing
import Wire

/// Two processes of notifier deliver by mail, webhook and gateway to receivers that now and then close without an answer,
/// and one process after the other is killed while it does. `scripts/test --kills` lets ten thousand notifications go
/// through fifty kills; otherwise there are fewer of both.
@Suite("Deliveries under fire", .serialized)
struct DeliveryUnderFireTests {
  private static func number(_ variable: String, _ otherwise: Int) -> Int {
    ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? otherwise
  }

  private static let kills = number("CALLOUT_TEST_KILLS", 5)
  private static let notifications = number("CALLOUT_TEST_NOTIFICATIONS", 600)
  /// People on the rota that every ticket's ladder tells, each by three ways.
  private static let people = 50
  /// One message in so many is taken and not answered.
  private static let closeOneIn = 12

  private static let plan = """
    plan: fire
    title: Everybody at once
    zone: Asia/Singapore
    currency: SGD
    unit: credit
    hours: {always: 24x7}
    classes:
      now:
        title: At once
        targets: [{id: contact, by: 72h, in: always, met_by: contacted}]
        ladder: all
    default_class: now
    rates: [{id: any, flat: 1}]
    ladders:
      all: [{at: 0m, tell: [group.all], by: [email, webhook, sms]}]
    """

  @Test("None is lost across the kills, and what comes twice bears one id and is the same to the byte")
  func killed() async throws {
    let peers = try Peers(closeOneIn: Self.closeOneIn)
    let installation = try Installation(name: "fire", firstPort: 7910)
    defer { installation.stop() }
    let pair = try NotifierPair(installation, peers)
    defer { pair.stop() }
    try installation.start([.intake, .ledger])
    try pair.start(0)
    try pair.start(1)
    try pair.waitReady()
    let desk = try await Desk(installation, people: Self.people, hooks: peers.ports["https"] ?? 0, plan: Self.plan)
    let tickets = (Self.notifications + Self.people * 3 - 1) / (Self.people * 3)
    let total = tickets * Self.people * 3
    let began = ContinuousClock.now
    var random = SystemRandomNumberGenerator()
    var told = 0
    for kill in 1...Self.kills {
      let before = try peers.received()
      while told < (tickets * kill + Self.kills - 1) / Self.kills {
        told += 1
        try await desk.tell(ticket: told)
      }
      // In the midst of it: some have come since the kill before, and others are still to come.
      let some = Int.random(in: 10...(total / Self.kills * 4 / 5), using: &random)
      while try peers.received() < before + some { try await Task.sleep(for: .milliseconds(5)) }
      try pair.killAndStart(kill % 2)
    }
    let waiting = "SELECT count(*) FROM deliveries WHERE tenant_id = '\(desk.tenant)' AND state <> 'sent'"
    while try installation.sql(.notifier, waiting) != "0" { try await Task.sleep(for: .milliseconds(500)) }
    let duration = ContinuousClock.now - began

    let ids = try installation.sql(
      .notifier, "SELECT delivery_id FROM deliveries WHERE tenant_id = '\(desk.tenant)' ORDER BY 1")
    let deliveries = Set(ids.split(separator: "\n").map(String.init))
    #expect(deliveries.count == total)
    let receipts = Dictionary(grouping: try peers.receipts()) { delivery(of: $0.id) }
    let lost = deliveries.subtracting(receipts.keys.map { String($0) })
    #expect(lost.isEmpty, "\(lost.count) were never received, such as \(lost.prefix(3))")
    #expect(receipts.keys.allSatisfy { deliveries.contains(String($0)) }, "something came under an id of its own")
    #expect(receipts.values.allSatisfy { copies in Set(copies.map { "\($0.by) \($0.digest)" }).count == 1 })
    let unsigned = receipts.values.joined().filter { $0.by == "https" && $0.signed != 1 }
    #expect(unsigned.isEmpty, "\(unsigned.count) requests were not signed with one of the keys")
    let closed = receipts.values.joined().count { !$0.answered }
    let again = receipts.values.count { $0.count > 1 }
    // Whoever closed without an answer got it again.
    #expect(closed > 0 && again > 0 && receipts.values.allSatisfy { $0.contains(where: \.answered) })
    let attempts = try installation.sql(
      .notifier,
      "SELECT count(*) || ' attempts recorded, ' || count(*) FILTER (WHERE NOT succeeded) || ' of them failed' FROM delivery_attempts WHERE tenant_id = '\(desk.tenant)'"
    )
    print(
      """
      \(total) notifications across \(Self.kills) kills in \(duration.components.seconds) s: \(lost.count) lost, \
      \(again) came more than once (at most \(receipts.values.map(\.count).max() ?? 0) times, all under one id), \
      \(closed) were taken by receivers that closed without an answer; \(attempts)
      """)
    await desk.close()
  }
}

/// The delivery that an id of a message names: a Message-ID begins with it, in the digits of base64 for names if it names a
/// ticket after it; a webhook's id is its text.
private func delivery(of id: String) -> String {
  let first = String(id.trimmingPrefix("<").prefix { $0 != "." && $0 != "@" })
  let base64 = first.map { ["-": "+", "_": "/"][$0] ?? $0 } + "=="
  guard first.count == 22, let bytes = Data(base64Encoded: String(base64)) else { return first }
  return DeliveryID(bytes: bytes)?.description ?? first
}

extension Peers {
  /// How much was received so far, in lines.
  fileprivate func received() throws -> Int {
    let data = (try? Data(contentsOf: folder.appending(path: "receipts"), options: .alwaysMapped)) ?? Data()
    return data.count { $0 == 0x0a }
  }
}

/// A tenant whose rota has people with three ways each, and the identity by which tickets are told.
private struct Desk {
  let tenant: TenantID
  private let intake: CalloutClient
  private let admin: CalloutClient
  private let planVersion: Data

  init(_ installation: Installation, people count: Int, hooks port: Int, plan: String) async throws {
    let operatorClient = try installation.client("operator", tenant: nil)
    tenant = try await operatorClient.createTenant(name: "fire")
    await operatorClient.close()
    try installation.shell("tenant_contexts \(tenant)")
    admin = try installation.client("admin", tenant: tenant)
    intake = try installation.client("intake", for: tenant)
    planVersion = try await admin.publishPlan(Array(plan.utf8)).version
    var people: [Data] = []
    for number in 0..<count {
      let url = "https://localhost:\(port)/hooks/\(number)"
      _ = try await admin.notifier.endpointSet(
        .with {
          ($0.name, $0.url) = ("hook-\(number)", url)
          $0.secret = Self.secret
        })
      people.append(
        try await admin.notifier.personSet(
          .with { person in
            person.name = "Person \(number)"
            person.methods = [("email", "p\(number)@desk.example"), ("webhook", url), ("sms", "+65\(1_000 + number)")]
              .map { kind, address in .with { ($0.kind, $0.address) = (kind, address) } }
          }
        ).person.id)
    }
    let all = people
    _ = try await admin.notifier.rotaSet(
      .with {
        ($0.name, $0.zone, $0.handover, $0.turnDays, $0.people) = ("group.all", "Asia/Singapore", "09:00", 7, all)
      })
  }

  /// The key of every endpoint and of the gateway.
  static let secret = "whsec_" + Data(repeating: 3, count: 32).base64EncodedString()

  /// Intake's news of a ticket, whose class begins the ladder at once. Asked until it is answered.
  func tell(ticket number: Int) async throws {
    let id = Data((0..<14).map { _ in 7 } + [UInt8(number / 256), UInt8(number % 256)])
    let now = Int64(Date.now.timeIntervalSince1970 * 1_000)
    let event = Callout_V1_Event.with { event in
      (event.source, event.subject, event.version, event.atMs) = ("intake", id, 1, now)
      event.ticket.accountName = "Acme"
      event.ticket.ticket = .with {
        ($0.id, $0.number, $0.accountID) = (id, UInt64(number), Data(repeating: 8, count: 16))
        ($0.subject, $0.state, $0.class) = ("Number \(number)", "open", "now")
        ($0.planVersion, $0.openedMs, $0.version) = (planVersion, now, 1)
      }
    }
    let bytes = try event.serializedData()
    var options = CallOptions(deadline: .seconds(60))
    options.idempotencyKey = Array("fire-ticket-\(number)".utf8)
    while true {
      do {
        _ = try await intake.notifier.call(.eventApply, .with { $0.event = bytes }, options: options)
        return
      } catch {
        // The process was killed: the same key has one effect.
        try await Task.sleep(for: .milliseconds(50))
      }
    }
  }

  func close() async {
    await admin.close()
    await intake.close()
  }
}

/// Two processes of notifier on one database.
private final class NotifierPair {
  private let installation: Installation
  private var processes: [Process?] = [nil, nil]
  private let settings: [URL]

  init(_ installation: Installation, _ peers: Peers) throws {
    self.installation = installation
    let secret = peers.folder.appending(path: "key")
    try Data((Desk.secret + "\n").utf8).write(to: secret)
    try peers.know([Desk.secret])
    let password = peers.folder.appending(path: "password")
    try Data("s3cret word\n".utf8).write(to: password)
    let channels = """
      sender: callout@desk.example
      smtp:
        host: localhost
        port: \(peers.ports["starttls"] ?? 0)
        trust: \(peers.trust)
        user: callout
        password-file: \(password.path)
      webhook:
        trust: \(peers.trust)
        allow: 127.0.0.1, ::1
      gateway:
        url: https://localhost:\(peers.ports["https"] ?? 0)/gateway
        secret-file: \(secret.path)
        trust: \(peers.trust)

      """
    let first = installation.folder.appending(path: "etc/notifier.yaml")
    let second = installation.folder.appending(path: "etc/notifier-2.yaml")
    let text = try String(contentsOf: first, encoding: .utf8) + channels
    try Data(text.utf8).write(to: first)
    // The other one's ports stand behind all of the installation's.
    let moved = text.replacing(
      "  port: \(installation.firstPort + 2)\n", with: "  port: \(installation.firstPort + 4)\n"
    )
    .replacing("  port: \(installation.firstPort + 12)\n", with: "  port: \(installation.firstPort + 14)\n")
    try Data(moved.utf8).write(to: second)
    settings = [first, second]
  }

  func start(_ index: Int) throws {
    processes[index] = try installation.run("notifier", settings[index], log: "notifier-\(index).log")
    if index == 0, let process = processes[0] {
      try Data("\(process.processIdentifier)\n".utf8)
        .write(to: installation.folder.appending(path: "run/notifier.pid"))
    }
  }

  func waitReady() throws { try installation.waitReady() }

  /// SIGKILL, and another in its place at once.
  func killAndStart(_ index: Int) throws {
    kill(index)
    try start(index)
  }

  private func kill(_ index: Int) {
    guard let process = processes[index] else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    processes[index] = nil
  }

  func stop() {
    for index in processes.indices { kill(index) }
  }
}
