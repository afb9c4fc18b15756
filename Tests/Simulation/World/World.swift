import Logging
import NIOCore
import NotifierRules
import Policy
import Postgres
import Wire

@testable import CalloutClient
@testable import IntakeService
@testable import LedgerService
@testable import NotifierService
@testable import ServiceKit
@testable import Transport

/// The three services with their databases, the network between them, and clients: everything but the edges is real.
final class World: @unchecked Sendable {
  /// What a world is made of.
  struct Plan: Sendable {
    var recipe: Recipe
    var faults = Faults()
    /// Processes of each service.
    var processes = 1
    /// Crashes of processes while the workload runs.
    var crashes = 0
    /// Processes that are drained and started anew while the workload runs.
    var restarts = 0
    /// A bug of streams put in on purpose.
    var streamMutant: StreamMutant?

    init(seed: UInt64, processes: Int = 1) {
      recipe = Recipe(seed: seed)
      self.processes = processes
    }

    var seed: UInt64 { recipe.seed }
    var mutant: Mutant? { recipe.mutant }
  }

  /// The wall clock at the beginning.
  static let start = Instant("2026-03-02T09:00:00+08:00") ?? .epoch

  let simulator: Simulator
  let plan: Plan
  var faults: Faults
  private(set) var faultCounts = FaultCounts()
  private(set) var databases: [ServiceName: MemoryDatabase] = [:]
  private var processes: [ServiceName: [any SimulatedProcess]] = [:]
  private(set) lazy var network = Network(self)
  let settings: [ServiceName: ServiceSettings]
  /// Requests as they came to the processes.
  let arrivals = Arrivals()
  private var happenings: [Happening] = []

  /// A world in which nothing runs yet.
  init(_ plan: Plan, settings: [ServiceName: ServiceSettings]) throws {
    self.plan = plan
    self.settings = settings
    faults = plan.faults
    simulator = Simulator(seed: plan.recipe.luck == 0 ? plan.seed : plan.seed ^ plan.recipe.luck << 32)
    let simulator = simulator
    for service in ServiceName.allCases {
      databases[service] = try MemoryDatabase(scripts: Self.scripts(of: service)) {
        Self.start.milliseconds * 1_000 - 946_684_800_000_000 + simulator.now.wholeMicroseconds
      }
    }
  }

  private static func scripts(of service: ServiceName) -> [String] {
    let own =
      switch service {
      case .intake: IntakeDefinition.migrations
      case .ledger: LedgerService.migrations
      case .notifier: NotifierDefinition.migrations
      }
    return [ServiceMigrations.commonScript] + own.sorted { $0.number < $1.number }.map { $0.sql }
  }

  /// How many processes a service has.
  var processCount: Int { plan.processes }

  /// Messages that have reached people, by the delivery's id: how often.
  private(set) var taken: [DeliveryID: Int] = [:]

  func take(_ message: OutgoingMessage) { taken[message.delivery.id, default: 0] += 1 }

  // MARK: Chance

  /// Counts something that is not worth telling one by one.
  func tally(_ kind: String) { faultCounts.count(kind) }

  /// Whether a fault that comes once in so many times comes now; counts it.
  func happens(_ count: Int, _ kind: String) -> Bool {
    guard count > 0, !plan.recipe.without.contains(kind), simulator.random.once(in: count) else { return false }
    record(kind)
    return true
  }

  private func record(_ kind: String, _ detail: String = "") {
    faultCounts.count(kind)
    simulator.note(kind)
    tell(Happening(at: simulator.now, what: .fault(kind + detail)))
  }

  /// What happened, one line each, in the order in which it began.
  var story: [String] {
    happenings.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element.line)
  }

  /// Keeps what happened, for people.
  func tell(_ happening: Happening) { happenings.append(happening) }

  /// The time of a way.
  func delay() -> Duration { simulator.random.time(faults.delay / 50, faults.delay) }

  // MARK: Processes

  /// Starts every process of every service.
  func startAll() {
    for service in ServiceName.allCases {
      for number in 1...plan.processes { start(service, number) }
    }
  }

  /// Starts of processes so far: connections are numbered anew after each.
  private(set) var startCount = 0

  private func start(_ service: ServiceName, _ number: Int) {
    startCount += 1
    let made: any SimulatedProcess =
      switch service {
      case .intake: RunningProcess<IntakeDefinition>(self, number)
      case .ledger: RunningProcess<LedgerService>(self, number)
      case .notifier: RunningProcess<NotifierDefinition>(self, number)
      }
    var all = processes[service] ?? []
    if all.count < number { all.append(made) } else { all[number - 1] = made }
    processes[service] = all
  }

  /// A process ends in the midst of whatever it is doing, and another takes its place a little later.
  func crash(_ service: ServiceName, _ number: Int) {
    guard let process = processes[service]?[number - 1], !process.lifetime.isOver else { return }
    record("process crashed", ": \(service.rawValue) \(number)")
    process.crash()
    network.buryDead(withHost: happens(faults.hostLost, "host lost"))
    simulator.after(simulator.random.time(.milliseconds(5), .seconds(2))) { self.start(service, number) }
  }

  /// A process is told to end: it drains, and another takes its place.
  func restart(_ service: ServiceName, _ number: Int) {
    guard let process = processes[service]?[number - 1], process.beginStopping() else { return }
    record("process drained", ": \(service.rawValue) \(number)")
    Task(executorPreference: taskExecutor) {
      await process.stop()
      // It may have crashed while it drained.
      guard !process.lifetime.isOver else { return }
      process.crash()
      self.network.buryDead()
      self.start(service, number)
    }
  }

  /// Waits until every process serves again: those that were told to end have ended, which the time that a transaction may
  /// take bounds, and others have taken their places.
  func serveAgain() async throws {
    let begin = simulator.now
    while let idle = processes.values.joined().first(where: { !$0.isServing }) {
      guard simulator.now - begin < Self.endingMax else {
        throw Violation(.ending, "\(idle.name) was told to end, and has not after \(Self.endingMax)")
      }
      try await simulator.sleep(for: .seconds(1))
    }
  }

  /// The longest that a process may need to end: a few transactions that are not answered, one after the other.
  private static let endingMax: Duration = .seconds(90)

  /// Draws when processes are restarted.
  func scheduleRestarts() {
    guard !plan.recipe.without.contains("process drained") else { return }
    for number in 0..<plan.restarts {
      var chance = Chance(seed: plan.seed, stream: UInt64(number) << 40 | 2)
      let (delay, service) = (chance.time(.zero, .seconds(4)), chance.pick(ServiceName.allCases))
      let process = 1 + chance.below(processCount)
      simulator.after(delay) { self.restart(service, process) }
    }
  }

  // MARK: Clients

  /// A client with the library that everybody uses.
  func client(_ peer: PeerIdentity, tenant: TenantID? = nil) -> CalloutClient {
    let addresses = (1...plan.processes).compactMap { ServiceAddress(host: "simulated", port: $0) }
    var configuration = CalloutConfiguration(
      addresses: Dictionary(uniqueKeysWithValues: ServiceName.allCases.map { ($0, addresses) }),
      domain: "callout.test", certificate: "", key: "", trust: "", tenant: tenant)
    configuration.retry = RetryPolicy(attemptCountMax: 4)
    let simulator = simulator
    let surroundings = Surroundings(
      now: { simulator.now }, sleep: { try await simulator.sleep(for: $0) },
      random: { Double(simulator.random.next() >> 11) * 0x1p-53 },
      wallClock: { Self.start + TimeSpan(milliseconds: simulator.now.wholeMicroseconds / 1_000) },
      seed: simulator.random.next(), taskExecutor: taskExecutor)
    let loop = SimulatedEventLoop(simulator, Lifetime(), "client loop")
    return CalloutClient(
      configuration: configuration,
      connectors: { SimulatedConnector(network: self.network, service: $0, peer: peer, loop: loop) },
      surroundings: surroundings)
  }

  /// Where the tasks of clients run.
  var taskExecutor: any TaskExecutor {
    SimulatedTaskExecutor(SimulatedExecutor(simulator, Lifetime(), "client"))
  }

  /// Whether an answer under this key is committed.
  func isAnswered(_ key: [UInt8], of tenant: TenantID, by service: ServiceName) throws -> Bool {
    guard let replies = try databases[service]?.table("replies") else { return false }
    return replies.rows([0, 1], [.uuid(tenant.high, tenant.low), .bytes(key)]).contains { row in
      row.committed.map { $0[1] == .bytes(key) } ?? false
    }
  }

  /// Lets go of what was stored, after the end.
  func discard() {
    for database in databases.values { database.discard() }
    happenings = []
  }

  /// From now on nothing goes wrong any more, and what is away comes back.
  func calm() {
    faults = Faults(delay: faults.delay)
    arrivals.end()
  }
}

extension Duration {
  /// In whole microseconds.
  var wholeMicroseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}

/// Time as a process sees it.
struct SimulatedClock: EdgeClock {
  let simulator: Simulator

  var now: Instant { World.start + TimeSpan(milliseconds: simulator.now.wholeMicroseconds / 1_000) }
  var uptime: Duration { simulator.now }
  func sleep(for duration: Duration) async throws { try await simulator.sleep(for: duration) }
}

/// A process of some service.
protocol SimulatedProcess: AnyObject, Sendable {
  /// The service, for people.
  var name: String { get }
  /// Whether it takes connections.
  var isServing: Bool { get }
  var lifetime: Lifetime { get }
  /// Ends in the midst of whatever it is doing.
  func crash()
  /// Takes no more connections; false if it is ending already.
  func beginStopping() -> Bool
  /// Ends as on SIGTERM: answers what is under way, in the order of the real program's parts.
  func stop() async
}

/// A process of a service: its real engine on simulated edges.
final class RunningProcess<Definition: ServiceDefinition>: SimulatedProcess, @unchecked Sendable {
  let lifetime = Lifetime()
  private let engine: ServiceEngine<Definition>
  private let sessions: Sessions
  private let reception: ConnectionReception
  private let loop: SimulatedEventLoop
  private let drainTimeout: Duration
  private var background: Task<Void, Never>?
  private var beside: Task<Void, Never>?
  private var isStopping = false

  /// The sessions of one process, which end with it.
  private final class Sessions: @unchecked Sendable {
    var all: [MemorySession] = []
  }

  init(_ world: World, _ number: Int) {
    let (simulator, lifetime, sessions) = (world.simulator, lifetime, Sessions())
    self.sessions = sessions
    let name = "\(Definition.name.rawValue)-\(number)"
    guard let database = world.databases[Definition.name], let settings = world.settings[Definition.name] else {
      fatalError("a world has databases and settings of all services")
    }
    let tasks = SimulatedTaskExecutor(SimulatedExecutor(simulator, lifetime, name))
    let shared = UncheckedBox(database)
    let edges = ServiceEdges(
      clock: SimulatedClock(simulator: simulator), taskExecutor: tasks,
      makeExecutor: { SimulatedExecutor(simulator, lifetime, "\(name) \($0)", isSerial: true) },
      makeSession: { _, _, _ in
        let session = MemorySession(shared.value, weather: SimulatedWeather(world: world))
        sessions.all.append(session)
        let mutated = world.plan.mutant.map { MutatedSession(session, $0, in: Definition.name) as any Session }
        return UncheckedBox(mutated ?? session).value
      },
      seed: { simulator.random.next() })
    var peers: [ServiceName: any EventPeer] = [:]
    let relayLoop = SimulatedEventLoop(simulator, lifetime, "\(name) relay loop")
    let addresses = (1...world.processCount).map { PeerAddress(host: "simulated", port: $0) }
    for peer in ServiceName.allCases where peer != Definition.name {
      peers[peer] = WirePeer(peer, addresses: addresses) { address throws(TransportError) in
        try await world.network.connect(
          .service(name: Definition.name.rawValue), to: peer, address.port, on: relayLoop)
      }
    }
    engine = ServiceEngine(
      settings: settings, peers: peers, edges: edges, status: .init(version: "simulated", startedAt: World.start),
      logger: Network.silent)
    loop = SimulatedEventLoop(simulator, lifetime, "\(name) loop")
    drainTimeout = settings.drainTimeout
    let watched = WatchedReceiver(engine.gateway, of: "\(name), start \(world.startCount)", in: world)
    reception = ConnectionReception(
      configuration: settings.server, edges: world.network.edges,
      receiver: CountedReceiver(watched, world.network, Definition.name), logger: Network.silent)
    let engine = engine
    background = Task(executorPreference: tasks) { await engine.runBackground() }
    if let background = engine.background as? Background<NotifierState> {
      let channel = SimulatedChannel(world: world)
      beside = Task(executorPreference: tasks) { await DeliveryService.run(background, channel) }
    }
    world.network.open(
      Network.Door(reception: reception, loop: loop) { [weak self] in self?.isServing ?? false },
      of: Definition.name, number)
  }

  var name: String { Definition.name.rawValue }

  var isServing: Bool { !lifetime.isOver && !isStopping }

  func beginStopping() -> Bool {
    guard !lifetime.isOver, !isStopping else { return false }
    isStopping = true
    return true
  }

  func stop() async {
    engine.gateway.drain()
    await reception.drain(within: drainTimeout, on: loop)
    beside?.cancel()
    await beside?.value
    await engine.finish()
    background?.cancel()
    await background?.value
    await engine.close()
  }

  func crash() {
    lifetime.isOver = true
    for session in sessions.all { session.cut() }
  }
}

/// Takes messages for people. Now and then it fails, or takes a message and says nothing before its process ends.
struct SimulatedChannel: DeliveryChannel {
  let world: World

  func deliver(_ message: OutgoingMessage) async throws(DeliveryFailure) -> String {
    try? await world.simulator.sleep(for: world.delay())
    if world.happens(world.faults.unreachable, "message not taken") { throw DeliveryFailure(text: "not taken") }
    world.take(message)
    return "taken"
  }
}

/// Carries what is used on the simulator's thread only.
struct UncheckedBox<Value>: @unchecked Sendable {
  nonisolated(unsafe) let value: Value
  init(_ value: Value) { self.value = value }
}

/// The way to a database, with the faults of a world.
struct SimulatedWeather: DatabaseWeather {
  let world: World

  nonisolated(nonsending) func pass() async {
    try? await world.simulator.sleep(for: world.delay() / 5)
  }

  func fault(commits: Bool) -> DatabaseFault? {
    if world.happens(world.faults.databaseAway, "database away") { return .unavailable }
    if world.happens(world.faults.databaseLost, "database connection lost") { return .lost }
    guard commits, world.happens(world.faults.commitUnknown, "commit unanswered") else { return nil }
    return .lostInCommit(isApplied: world.simulator.random.once(in: 2))
  }
}
