import Policy
import Transport
import Wire

@testable import CalloutClient
@testable import ServiceKit

/// A workload in a world: several customers' desks that ask at random, and what must have come of it.
///
/// The workload is made of numbered steps. Each draws what it does from chance of its own, so that a step can be left out
/// and the others still do what they did, as far as they depend on nothing that it made.
final class Scenario: @unchecked Sendable {
  /// How large a workload is.
  struct Size: Sendable {
    var desks = 2
    /// Callers of each desk, who wait for each answer before they ask on.
    var callers = 3
    /// What each of them does.
    var stepsPerCaller = 8

    var steps: Int { desks * callers * stepsPerCaller }
  }

  struct Desk {
    let id: TenantID
    let isTest: Bool
    var maker: RequestMaker
    var clients: [String: CalloutClient]
    /// The time of a test tenant, as far as it was moved for certain.
    var time = World.start
  }

  let world: World
  let size: Size
  let planText: String
  var desks: [Int: Desk] = [:]
  var calls: [CallRecord] = []
  var report: Report
  private var watches: [CommitWatch] = []
  private let watching: Watching

  init(_ plan: World.Plan, size: Size = Size(), planText: String, settings: [ServiceName: ServiceSettings]) throws {
    world = try World(plan, settings: settings)
    watching = Watching(world)
    self.size = size
    self.planText = planText
    report = Report(seed: plan.seed)
  }

  /// Operations that have a way of their own: what prepares a desk and moves its clock, what services ask each other and
  /// themselves, and streams.
  static let notDrawn: Set<String> = [
    "tenant.create", "clock.advance", "event.apply", "delivery.report", "changes.watch",
  ]
  /// Those of them that no reply to the workload tells of.
  static let ofServices: Set<String> = ["event.apply", "delivery.report", "changes.watch"]

  /// Runs it, and checks everything. Throws ``Violations``, or what else went wrong.
  func run() throws {
    for service in ServiceName.allCases {
      guard let database = world.databases[service] else { continue }
      let watch = CommitWatch(database) { [world] in world.simulator.fail(Violations(all: $0)) }
      watches.append(watch)
      database.willCommit = { watch.willCommit($0) }
    }
    let faults = world.faults
    world.faults = Faults(delay: faults.delay)
    world.startAll()
    defer {
      report.simulated = world.simulator.now
      report.faults = world.faultCounts
      report.trace = world.simulator.trace.value
      report.commits = watches.reduce(0) { $0 + $1.count }
    }
    do {
      try world.simulator.run {
        for number in self.numbers { try await self.open(number) }
        self.world.faults = faults
        self.scheduleCrashes()
        await self.work()
        self.world.calm()
        try await self.world.network.settle()
        try await self.finish()
        try await self.watching.finish()
      }
      try checkReplies()
    } catch let violation as Violation {
      throw Violations(all: [violation])
    }
  }

  /// The desks that have something to do. (One that has not is not even opened, unless nobody has.)
  private var numbers: [Int] {
    let perDesk = size.callers * size.stepsPerCaller
    let busy = (0..<size.desks).filter { desk in
      (desk * perDesk..<(desk + 1) * perDesk).contains { world.plan.recipe.takes(step: $0) }
    }
    return busy.isEmpty ? [0] : busy
  }

  // MARK: Set-up

  private static let preparation = [
    "person.set", "rota.set", "endpoint.set", "account.create", "agreement.sign", "package.purchase", "contact.appoint",
    "contact.appoint", "asset.register", "assessment.record", "article.create", "article.publish", "topic.open",
    "reply.post", "course.create", "lesson.add", "lesson.add", "course.publish",
  ]

  private func open(_ number: Int) async throws {
    let isTest = number % 2 == 1
    let operatorClient = world.client(.service(name: "operator"))
    let id = try await operatorClient.createTenant(name: "Desk \(number)", testClock: isTest ? World.start : nil)
    report.replies["tenant.create", default: 0] += 1
    watching.begin(id)
    var clients: [String: CalloutClient] = ["operator": world.client(.service(name: "operator"), tenant: id)]
    for role in TenantRole.allCases {
      let bytes = TenantBytes(high: id.high, low: id.low)
      clients[role.rawValue] = world.client(.tenant(bytes, role: role, name: "simulated"), tenant: id)
    }
    let version = try await clients["admin"]?.publishPlan(Array(planText.utf8)).version.hexadecimal ?? ""
    desks[number] = Desk(
      id: id, isTest: isTest,
      maker: RequestMaker(plan: planText, planVersion: version, domain: "desk\(number).example"),
      clients: clients)
    var chance = Chance(seed: world.plan.seed, stream: UInt64(number) << 32)
    for name in Self.preparation {
      guard let operation = OperationShape.named(name) else { continue }
      await ask(Asker(desk: number, step: nil), operation, &chance)
    }
  }

  // MARK: Work

  private func scheduleCrashes() {
    for number in 0..<world.plan.crashes where world.plan.recipe.takes(crash: number) {
      var chance = Chance(seed: world.plan.seed, stream: UInt64(number) << 40 | 1)
      let (delay, service) = (chance.time(.zero, .seconds(2)), chance.pick(ServiceName.allCases))
      let process = 1 + chance.below(world.processCount)
      world.simulator.after(delay) { self.world.crash(service, process) }
    }
    world.scheduleRestarts()
  }

  private func work() async {
    await withTaskGroup(of: Void.self) { group in
      for desk in desks.keys.sorted() {
        for caller in 0..<size.callers {
          let first = (desk * size.callers + caller) * size.stepsPerCaller
          let steps = (first..<first + size.stepsPerCaller).filter { world.plan.recipe.takes(step: $0) }
          group.addTask { for step in steps { await self.take(step, of: desk) } }
        }
      }
    }
  }

  /// The time of a desk, as far as it is known.
  func now(_ desk: Int) -> Instant {
    if let desk = desks[desk], desk.isTest { desk.time } else { SimulatedClock(simulator: world.simulator).now }
  }
}

extension Chance {
  /// Chance of its own for a part of what a seed decides.
  init(seed: UInt64, stream: UInt64) {
    var mixed = Chance(seed: seed)
    var other = Chance(seed: stream ^ 0x6a09_e667_f3bc_c908)
    self.init(seed: mixed.next() ^ other.next())
  }
}

extension Sequence<UInt8> {
  /// Two digits a byte.
  var hexadecimal: String {
    map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
