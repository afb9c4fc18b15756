import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Wire

/// Three processes of notifier on one database fire the timers of three tenants whose time has come, all at once, and one of
/// them is killed in the midst of it.
@Suite("Timers under fire", .serialized)
struct TimersUnderFireTests {
  private static let tickets = 500
  /// Monday, 2 March 2026, 10:00 in Singapore.
  private static let start = Instant(milliseconds: 1_772_416_800_000)
  private static let plan = """
    plan: hours
    title: Hours
    zone: Asia/Singapore
    currency: SGD
    unit: credit
    hours: {always: 24x7}
    targets: [{id: respond, by: 1h, in: always, met_by: contacted, ladder: all}]
    rates: [{id: any, flat: 1}]
    ladders: {all: [{at: 0m, tell: [group.all], by: [email]}]}
    """

  @Test("None is missed and none fires twice: each clock is missed once, and has one run, one step and one message")
  func killed() async throws {
    let installation = try Installation(name: "timers", firstPort: 8020)
    defer { installation.stop() }
    let processes = try Notifiers(installation, count: 3)
    defer { processes.stop() }
    var desks: [Desk] = []
    for index in 0..<3 { desks.append(try await Desk(installation, port: processes.offsets[index])) }
    for desk in desks { try await desk.tell(Self.tickets) }
    let total = 3 * Self.tickets
    func missed() throws -> Int {
      Int(try installation.sql(.notifier, "SELECT count(*) FROM sla_clocks WHERE state = 'missed'")) ?? 0
    }
    #expect(try missed() == 0)

    // Each tenant's time is moved by another process, and every process looks after all of them. A clock of the last one is held,
    // until each process has begun with that tenant's timers and waits.
    try installation.hold(
      .notifier, "SELECT FROM sla_clocks WHERE tenant_id = '\(desks[2].tenant)' LIMIT 1 FOR UPDATE")
    for desk in desks { try await desk.advance(to: Self.start + .hours(2)) }
    let blocked =
      "SELECT count(*) >= 3 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    let begun = ContinuousClock.now
    while try installation.sql(.notifier, blocked) != "t" {
      try #require(
        ContinuousClock.now - begun < .seconds(60), "each process has begun with the tenant whose clock is held")
      try await Task.sleep(for: .milliseconds(10))
    }
    processes.kill(0)
    try installation.release(.notifier)
    let due = "SELECT count(*) FROM timers t JOIN tenants n USING (tenant_id) WHERE t.due_at <= n.instant"
    let waiting = "SELECT count(*) FROM deliveries WHERE state <> 'sent'"
    let deadline = ContinuousClock.now + .seconds(120)
    while try installation.sql(.notifier, due) != "0" || installation.sql(.notifier, waiting) != "0" {
      guard ContinuousClock.now < deadline else { break }
      try await Task.sleep(for: .milliseconds(200))
    }

    let effects = [
      "SELECT count(*) FROM sla_clocks WHERE state = 'missed'",
      "SELECT count(*) FROM sla_clock_events WHERE state = 'missed'",
      "SELECT count(DISTINCT clock_id) FROM sla_clock_events WHERE state = 'missed'",
      "SELECT count(*) FROM escalations WHERE state = 'exhausted'",
      "SELECT count(DISTINCT (tenant_id, ticket_id)) FROM escalations",
      "SELECT count(*) FROM escalations", "SELECT count(*) FROM escalation_steps",
      "SELECT count(DISTINCT escalation_id) FROM escalation_events WHERE kind = 'exhausted'",
      "SELECT count(*) FROM escalation_events WHERE kind = 'exhausted'", "SELECT count(*) FROM deliveries",
      "SELECT count(DISTINCT cause_id) FROM deliveries WHERE state = 'sent'",
    ]
    for sql in effects { #expect(try installation.sql(.notifier, sql) == "\(total)", "\(sql)") }
    for desk in desks { await desk.close() }
  }

  /// Processes of notifier on one database.
  private final class Notifiers {
    /// Where each listens, behind the installation's first port.
    let offsets: [Int]
    private var processes: [Process] = []

    init(_ installation: Installation, count: Int) throws {
      offsets = (0..<count).map { $0 == 0 ? 2 : 3 + $0 }
      let settings = installation.folder.appending(path: "etc/notifier.yaml")
      let text = try String(contentsOf: settings, encoding: .utf8) + "timers:\n  survey-interval-ms: 100\n"
      for (index, offset) in offsets.enumerated() {
        let file = installation.folder.appending(path: "etc/notifier-\(index).yaml")
        let moved = text.replacing(
          "port: \(installation.firstPort + 2)\n", with: "port: \(installation.firstPort + offset)\n"
        )
        .replacing("port: \(installation.firstPort + 12)\n", with: "port: \(installation.firstPort + 10 + offset)\n")
        try Data(moved.utf8).write(to: file)
        processes.append(try installation.run("notifier", file, log: "notifier-\(index).log"))
        guard index == 0 else { continue }
        // The first one makes the tables.
        try Data("\(processes[0].processIdentifier)\n".utf8)
          .write(to: installation.folder.appending(path: "run/notifier.pid"))
        try installation.shell("services=(notifier); wait_ready")
      }
    }

    /// SIGKILL.
    func kill(_ index: Int) {
      Foundation.kill(processes[index].processIdentifier, SIGKILL)
      processes[index].waitUntilExit()
    }

    func stop() {
      for process in processes where process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
      for process in processes { process.waitUntilExit() }
    }
  }

  /// A test tenant of the notifier alone, with somebody to tell.
  private struct Desk {
    let tenant: TenantID
    private let operatorClient: CalloutClient
    private let intake: CalloutClient
    private let planVersion: Data

    init(_ installation: Installation, port: Int) async throws {
      operatorClient = try installation.client("operator", for: nil, notifier: port)
      var source = IdentifierSource(seed: .random(in: .min ... .max))
      tenant = source.next(at: TimersUnderFireTests.start)
      let make = TenantCreateRequest.with {
        ($0.name, $0.test, $0.clockMs) = ("timers", true, TimersUnderFireTests.start.milliseconds)
      }
      var options = CallOptions(deadline: .seconds(60), tenant: tenant)
      options.idempotencyKey = tenant.bytes
      let deadline = ContinuousClock.now + .seconds(30)
      while true {
        do {
          _ = try await operatorClient.notifier.tenantCreate(make, options: options)
          break
        } catch {
          // The process may not listen yet.
          guard ContinuousClock.now < deadline else { throw error }
          try await Task.sleep(for: .milliseconds(100))
        }
      }
      try installation.shell("tenant_contexts \(tenant)")
      let admin = try installation.client("\(tenant)-admin-admin", for: tenant, notifier: port)
      let document = Data(TimersUnderFireTests.plan.utf8)
      planVersion = try await admin.notifier.planPublish(.with { $0.document = document }).version.version
      let person = try await admin.notifier.personSet(
        .with {
          $0.name = "Anna"
          $0.methods = [.with { ($0.kind, $0.address) = ("email", "anna@desk.example") }]
        }
      ).person.id
      _ = try await admin.notifier.rotaSet(
        .with {
          ($0.name, $0.zone, $0.handover, $0.turnDays, $0.people) = (
            "group.all", "Asia/Singapore", "09:00", 7, [person]
          )
        })
      await admin.close()
      intake = try installation.client("intake", for: tenant, notifier: port)
    }

    /// Intake's news of tickets whose target is due after an hour, many at a time.
    func tell(_ count: Int) async throws {
      let (intake, version) = (intake, planVersion)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1...count {
          if number > 50 { try await group.next() }
          group.addTask {
            let id = Data((0..<14).map { _ in 7 } + [UInt8(number / 256), UInt8(number % 256)])
            let opened = TimersUnderFireTests.start.milliseconds
            let event = Callout_V1_Event.with { event in
              (event.source, event.subject, event.version, event.atMs) = ("intake", id, 1, opened)
              event.ticket.ticket = .with {
                ($0.id, $0.number, $0.accountID) = (id, UInt64(number), Data(repeating: 8, count: 16))
                ($0.subject, $0.state) = ("Number \(number)", "open")
                ($0.planVersion, $0.openedMs, $0.version) = (version, opened, 1)
                $0.targets = [.with { ($0.id, $0.dueMs) = ("respond", opened + 3_600_000) }]
              }
            }
            let bytes = try event.serializedData()
            _ = try await intake.notifier.call(
              .eventApply, .with { $0.event = bytes }, options: CallOptions(deadline: .seconds(60)))
          }
        }
        try await group.waitForAll()
      }
    }

    func advance(to instant: Instant) async throws {
      _ = try await operatorClient.notifier.clockAdvance(
        .with { $0.toMs = instant.milliseconds }, options: CallOptions(deadline: .seconds(60), tenant: tenant))
    }

    func close() async {
      await operatorClient.close()
      await intake.close()
    }
  }
}
