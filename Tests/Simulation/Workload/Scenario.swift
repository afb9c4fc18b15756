import Foundation
import NotifierRules
import Policy
import Transport
import Wire

@testable import CalloutClient
@testable import ServiceKit

/// A workload in a world: several customers' desks that ask at random, and what must have come of it.
final class Scenario: @unchecked Sendable {
  /// What a run tells.
  struct Report: Sendable {
    var seed: UInt64
    var trace: UInt64 = 0
    var calls = 0
    var replies: [String: Int] = [:]
    var refusals: [String: Int] = [:]
    var unknown = 0
    var commits = 0
    var simulated: Duration = .zero
    var faults = FaultCounts()
  }

  private struct Desk {
    let id: TenantID
    let isTest: Bool
    var maker: RequestMaker
    var clients: [String: CalloutClient]
  }

  fileprivate let world: World
  private let callsPerDesk: Int
  private var desks: [Desk] = []
  fileprivate var calls: [CallRecord] = []
  private var watches: [CommitWatch] = []
  private let watching: Watching
  private(set) var report: Report

  init(_ plan: World.Plan, desks: Int, callsPerDesk: Int, settings: [ServiceName: ServiceSettings]) throws {
    world = try World(plan, settings: settings)
    watching = Watching(world)
    self.callsPerDesk = callsPerDesk
    deskCount = desks
    report = Report(seed: plan.seed)
  }

  private let deskCount: Int

  /// Operations that the workload does not draw: what only services and operators ask, and what the set-up asks.
  static let notDrawn: Set<String> = [
    "tenant.create", "event.apply", "changes.watch", "clock.advance", "service.status", "delivery.report",
  ]

  /// Operations that need such a past that a short run may see them refused only.
  static let seldomAccepted: Set<String> = ["ticket.link", "part.add", "escalation.acknowledge", "visit.depart"]

  /// Runs it, and checks everything.
  func run(_ plan: String) throws -> Report {
    for service in ServiceName.allCases {
      guard let database = world.databases[service] else { continue }
      let watch = CommitWatch(service, database)
      watches.append(watch)
      database.willCommit = { watch.willCommit($0) }
    }
    let faults = world.faults
    world.faults = Faults(delay: faults.delay)
    world.startAll()
    defer {
      report.simulated = world.simulator.now
      report.faults = world.faultCounts
    }
    try world.simulator.run {
      for number in 0..<self.deskCount { try await self.open(number, plan) }
      self.world.faults = faults
      self.scheduleCrashes()
      await self.work()
      self.world.calm()
      try await self.world.network.settle()
      try await self.finish()
      try await self.watching.finish()
    }
    for watch in watches {
      report.commits += watch.count
      if let first = watch.violations.first { throw ReferenceModel.Violation(first) }
    }
    try ReferenceModel.checkAnswers(calls)
    try ReferenceModel.checkTickets(calls)
    try ReferenceModel.checkJournal(calls, try transfers())
    report.trace = world.simulator.trace.value
    return report
  }

  private func transfers() throws -> [String: (kind: String, amount: Int64)] {
    var found: [String: (kind: String, amount: Int64)] = [:]
    for row in try world.databases[.ledger]?.committed("transfers") ?? [] {
      guard case .uuid(let high, let low)? = row["transfer_id"], case .text(let kind)? = row["kind"] else { continue }
      found[IdentifierText.text(high, low)] = (kind, row["amount"]?.number ?? 0)
    }
    return found
  }

  // MARK: Set-up

  private func open(_ number: Int, _ plan: String) async throws {
    let isTest = number % 2 == 1
    let operatorClient = world.client(.service(name: "operator"))
    let id = try await operatorClient.createTenant(name: "Desk \(number)", testClock: isTest ? World.start : nil)
    watching.begin(id)
    var clients: [String: CalloutClient] = ["operator": world.client(.service(name: "operator"), tenant: id)]
    for role in TenantRole.allCases {
      let bytes = TenantBytes(high: id.high, low: id.low)
      clients[role.rawValue] = world.client(.tenant(bytes, role: role, name: "simulated"), tenant: id)
    }
    let version = try await clients["admin"]?.publishPlan(Array(plan.utf8)).version ?? Data()
    desks.append(
      Desk(
        id: id, isTest: isTest,
        maker: RequestMaker(plan: plan, planVersion: version.map { Self.hex($0) }.joined()), clients: clients))
    for name in [
      "person.set", "rota.set", "account.create", "agreement.sign", "package.purchase", "contact.appoint",
      "asset.register",
      "assessment.record",
    ] {
      guard let operation = OperationShape.named(name) else { continue }
      await ask(number, operation)
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let text = String(byte, radix: 16)
    return text.count == 1 ? "0" + text : text
  }

  // MARK: Work

  private func scheduleCrashes() {
    for _ in 0..<world.plan.crashes {
      world.simulator.after(world.simulator.random.time(.zero, .seconds(2))) {
        let service = self.world.simulator.random.pick(ServiceName.allCases)
        self.world.crash(service, 1 + self.world.simulator.random.below(self.world.processCount))
      }
    }
    world.scheduleRestarts()
  }

  private func work() async {
    let drawn = OperationShape.all.filter { !Self.notDrawn.contains($0.method.name) }
    let hot = [
      "charge.post", "hold.place", "hold.void", "hold.capture", "ticket.open", "work.record", "ticket.dispatch",
      "ticket.resolve", "charge.post-many", "quote.create",
    ].compactMap { OperationShape.named($0) }
    await withTaskGroup(of: Void.self) { group in
      for number in desks.indices {
        for _ in 0..<3 {
          group.addTask {
            for _ in 0..<self.callsPerDesk / 3 {
              let operation =
                self.world.simulator.random.once(in: 2)
                ? self.world.simulator.random.pick(hot) : self.world.simulator.random.pick(drawn)
              await self.ask(number, operation)
              if self.world.simulator.random.once(in: 12) { await self.repeatCall(of: number) }
              if self.desks[number].isTest, self.world.simulator.random.once(in: 25) { await self.advance(number) }
            }
          }
        }
      }
    }
  }

  private func now(_ number: Int) -> Instant {
    desks[number].isTest ? deskTimes[number] ?? World.start : SimulatedClock(simulator: world.simulator).now
  }

  private var deskTimes: [Int: Instant] = [:]

  private func ask(_ number: Int, _ operation: OperationShape) async {
    let request = desks[number].maker.request(
      operation.request, operation.method, at: now(number), &world.simulator.random)
    let roles = TenantRole.allCases.filter { operation.method.allows($0.caller) }.map(\.rawValue)
    let role = roles.isEmpty ? "operator" : world.simulator.random.pick(roles)
    var key: [UInt8] = []
    if operation.method.kind == .write { for _ in 0..<16 { key.append(UInt8(world.simulator.random.below(256))) } }
    let call = CallRecord(operation, tenant: number, role: role, key: key, request: request)
    calls.append(call)
    await make(call, retries: world.simulator.random.once(in: 2))
  }

  /// Makes a call that was made before once more, under its key.
  private func repeatCall(of number: Int) async {
    let writes = calls.filter { $0.tenant == number && $0.operation.method.kind == .write }
    if !writes.isEmpty { await make(world.simulator.random.pick(writes), retries: true) }
  }

  private func make(_ call: CallRecord, retries: Bool) async {
    let services = call.operation.service.map { [$0] } ?? ServiceName.allCases
    guard let client = desks[call.tenant].clients[call.role] else { return }
    let service = services.count == 1 ? services[0] : world.simulator.random.pick(services)
    var options = CallOptions(deadline: .seconds(5), retries: retries)
    if !call.key.isEmpty { options.idempotencyKey = call.key }
    report.calls += 1
    let name = call.operation.method.name
    do throws(CalloutError) {
      let reply = try await client.service(service).call(call.operation, call.request, options: options)
      if services.count == 1 { call.outcomes.append(.reply(reply)) }
      desks[call.tenant].maker.learn(reply)
      report.replies[name, default: 0] += 1
    } catch {
      if case .configuration(let text) = error { report.refusals["\(name): \(text)", default: 0] += 1 }
      if let refusal = error.refusal {
        if services.count == 1 {
          call.outcomes.append(refusal.effect == .unknown ? .unknown : .refused(refusal.number))
        }
        report.refusals["\(name) \(refusal.name)", default: 0] += 1
      } else {
        call.outcomes.append(error.effect == .none ? .nothing : .unknown)
        if error.effect == .unknown { report.unknown += 1 }
      }
    }
    world.simulator.note(name)
  }

  private func advance(_ number: Int) async {
    guard let client = desks[number].clients["admin"] else { return }
    let target = now(number) + .minutes(Int64(10 + world.simulator.random.below(2_000)))
    if let moved = try? await client.advanceClock(to: target, patience: .seconds(20)) {
      deskTimes[number] = max(deskTimes[number] ?? World.start, moved.now)
      report.replies["clock.advance", default: 0] += 1
    }
  }

  // MARK: The end

  /// Waits until nothing is under way, asks once more under every key, and looks at everything.
  private func finish() async throws {
    try await world.simulator.sleep(for: .seconds(5))
    for call in calls where call.operation.method.kind == .write && call.operation.service != nil {
      // A call that surely had no effect is left alone; that the key is free again is tried with the others.
      if call.outcomes.contains(.unknown) || call.reply != nil { await make(call, retries: true) }
    }
    for desk in desks { try await desk.clients["admin"]?.settle(patience: .seconds(60)) }
    for delivery in try world.databases[.notifier]?.committed("deliveries") ?? [] {
      guard case .uuid(let high, let low)? = delivery["delivery_id"], delivery["state"] == .text("sent") else {
        continue
      }
      if world.taken[DeliveryID(high: high, low: low)] == nil {
        throw ReferenceModel.Violation("I8: a delivery says that it was sent, and nobody has it")
      }
    }
    try checkNews()
    try checkClocks()
    for service in ServiceName.allCases {
      guard let database = world.databases[service] else { continue }
      let waiting = try database.committed("outbox").count
      if waiting > 0 { throw ReferenceModel.Violation("I7: \(waiting) events are left in \(service.rawValue)") }
      let dead = try database.committed("dead_events")
      if let first = dead.first {
        throw ReferenceModel.Violation("I7: \(service.rawValue) has dead news: \(first["reason"] ?? .null)")
      }
    }
  }
}

extension Scenario {
  /// What was acknowledged of a ticket has reached both who are told of tickets (I7). (Intake counts a version too for what
  /// the others tell it, and does not tell them that.)
  private func checkNews() throws {
    var acknowledged: [String: Int64] = [:]
    let untold = try UntoldVersions(world.databases[.intake])
    for call in calls where call.operation.method.kind == .write && call.operation.method != .messagePost {
      guard let ticket = call.reply?["ticket"], case .text(let id)? = ticket["id"],
        let version = ticket["version"].flatMap({ Int64($0.plain) }), !untold.contains(id, version)
      else { continue }
      acknowledged[id] = max(acknowledged[id] ?? 0, version)
    }
    for service in [ServiceName.ledger, .notifier] {
      var told: [String: Int64] = [:]
      for row in try world.databases[service]?.committed("event_versions") ?? []
      where row["subject_kind"] == .text("ticket") {
        guard case .uuid(let high, let low)? = row["subject_id"] else { continue }
        told[IdentifierText.text(high, low)] = row["version"]?.number
      }
      for (id, version) in acknowledged.sorted(by: { $0.key < $1.key }) where (told[id] ?? 0) < version {
        throw ReferenceModel.Violation(
          "I7: \(service.rawValue) has version \(told[id] ?? 0) of ticket \(id), \(version) was acknowledged")
      }
    }
  }

  /// Every clock that runs is armed (I8).
  private func checkClocks() throws {
    let database = world.databases[.notifier]
    let armed = Set(
      try database?.committed("timers").map { [$0["tenant_id"] ?? .null, $0["subject_id"] ?? .null] } ?? [])
    for clock in try database?.committed("sla_clocks") ?? [] where clock["state"] == .text("running") {
      if !armed.contains([clock["tenant_id"] ?? .null, clock["ticket_id"] ?? .null]) {
        throw ReferenceModel.Violation("I8: a clock runs and is not armed")
      }
    }
  }
}

/// The usual text of an identifier.
private enum IdentifierText {
  static func text(_ high: UInt64, _ low: UInt64) -> String { TransferID(high: high, low: low).description }
}
