import Logging
import NIOCore
import Policy
import Postgres
import Synchronization
import Transport
import Wire

/// The parts of a running service but its ports: lanes, readers, relay, scheduler, feed.
final class ServiceEngine<Definition: ServiceDefinition>: Sendable {
  typealias State = Definition.State

  let gateway: Gateway<Definition>
  let relay: Relay
  let clerk: Clerk
  private let feedClerk: Clerk
  let background: Background<State>
  private let lanes: [Lane<State>]
  private let readers: Readers
  private let scheduler: Scheduler
  private let feed: ChangeFeed
  private let retention: ReplyRetention?
  private let executors: [any EndableExecutor]

  init(
    settings: ServiceSettings, peers: [ServiceName: any EventPeer], edges: ServiceEdges,
    status: Gateway<Definition>.Status, logger: Logger
  ) {
    var executors: [any EndableExecutor] = []
    func executor(_ part: String) -> any EndableExecutor {
      let made = edges.makeExecutor(part)
      executors.append(made)
      return made
    }

    let clock = edges.clock
    let timeout = settings.database.batchTimeout
    let reading = ["enable_seqscan": "off", "jit": "off"]
    func clerk(_ part: String) -> Clerk {
      Clerk(on: executor(part), timeout: timeout) { edges.makeSession(part, reading, edges.seed()) }
    }
    let (clerk, feedClerk) = (clerk("clerk"), clerk("feed"))
    let relay = Relay(
      peers: peers, clerk: clerk, clock: clock, settings: settings.relay, logger: logger, seed: edges.seed())
    let feed = ChangeFeed(clerk: feedClerk, clock: clock, settings: settings.feed, logger: logger)
    let directory = LaneDirectory<State>()
    let scheduler = Scheduler(clerk: clerk, edges: edges, settings: settings.timers, logger: logger) {
      timers, done in
      directory.submit(
        timers.map { due in
          Command(
            tenant: due.tenant, method: .clockAdvance,
            caller: Policy.Caller(role: .service, name: Definition.name.rawValue), key: [], requestHash: [],
            deadline: .latest, work: TimerFire<Definition>(timer: due.timer), origin: .service { done(due, $0) })
        })
    }
    let observer = News(relay: relay, scheduler: scheduler, feed: feed)
    let common = CommonTables<State>()
    let measures = LaneMeasures()
    self.lanes = (0..<settings.lanes).map { index in
      let (storeSeed, laneSeed) = (edges.seed(), edges.seed())
      return Lane(
        on: executor("lane-\(index)"), common: common, tables: Definition.tables, settings: settings.lane, edges: edges,
        observer: observer, measures: measures, logger: logger, seed: laneSeed
      ) {
        PostgresLaneStore(
          Definition.self, common: common,
          session: edges.makeSession("lane \(index)", PostgresLaneStore<State>.settings, storeSeed),
          batchTimeout: timeout, seed: storeSeed)
      }
    }
    directory.set(lanes)
    let readers = (0..<settings.readers).map { index in
      Reader(
        on: executor("reader-\(index)"), queueMax: settings.readQueueMax, batchMax: settings.readBatchMax,
        timeout: timeout, edges: edges, logger: logger
      ) { edges.makeSession("reader \(index)", Reader.sessionSettings, edges.seed()) }
    }
    self.readers = Readers(readers, batchMax: settings.readBatchMax)
    let extra = settings.extra
    let background = Self.background(
      settings: extra, clerk: clerk, directory: directory, work: observer.work, clock: clock,
      logger: logger)
    self.background = background
    self.gateway = Gateway(
      writes: Definition.writes + [
        WriteEntry(TenantCreate<State>.self), WriteEntry(TenantUpdate<State>.self), WriteEntry(PlanPublish<State>.self),
        WriteEntry(ClockAdvance<State>.self), EventApply<Definition>.entry,
      ],
      reads: Definition.reads + [
        ReadEntry(TenantGet.self), ReadEntry(TenantList.self), ReadEntry(PlanGet.self), ReadEntry(PlanList.self),
        ReadEntry(ClockGet.self),
        PendingGet.entry(counting: Definition.pendingSQL { extra[$0].flatMap { $0.isEmpty ? nil : $0 } }),
      ],
      lanes: lanes, readers: self.readers, feed: feed, clock: clock, status: status,
      defaultTimeout: settings.requestTimeout, start: edges.start
    ) { method, body async throws(CommandRefused) in try await Definition.tenant(of: method, body, background) }
    self.retention = settings.repliesKept.map { ReplyRetention(clerk: clerk, clock: clock, kept: $0, logger: logger) }
    self.relay = relay
    self.clerk = clerk
    self.scheduler = scheduler
    self.feed = feed
    self.executors = executors
    self.feedClerk = feedClerk
  }

  /// Sends events, fires timers, pushes changes, until the task is cancelled.
  func runBackground() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.relay.run() }
      group.addTask { await self.scheduler.run() }
      group.addTask { await self.feed.run() }
      if let retention = self.retention { group.addTask { await retention.run() } }
      await group.waitForAll()
    }
  }

  /// What the service itself does beside the requests, until the task is cancelled.
  func runDefinition() async {
    await Definition.background(background)
  }

  /// Answers what is queued, and takes nothing more.
  func finish() async {
    for lane in lanes { await lane.finish() }
    await readers.finish()
  }

  /// Ends the threads; nothing may be asked any more.
  func close() async {
    await clerk.close()
    await feedClerk.close()
    for executor in executors { executor.shutdown() }
  }

  private static func background(
    settings: [String: String], clerk: Clerk, directory: LaneDirectory<State>, work: WorkBell, clock: any EdgeClock,
    logger: Logger
  ) -> Background<State> {
    Background(
      setting: { settings[$0].flatMap { $0.isEmpty ? nil : $0 } }, logger: logger,
      tenants: { try await clerk.tenants() },
      run: { queries, tenants in
        var batch = QueryBatch()
        let slots = queries.map { batch.add($0) }
        let results = try await clerk.run(batch.statements, serving: tenants)
        return ReadResults(tenant: TenantID(high: 0, low: 0), try batch.rows(of: [slots], results[...])[0])
      },
      uptime: { clock.uptime }, sleep: { try await clock.sleep(for: $0) },
      waitForWork: { await work.wait(atMost: $0, by: clock) },
      submit: { entry, tenant, key, request in
        let body = ByteBuffer(bytes: request)
        guard let work = try? entry.decode(body) else {
          return .failure(CommandRefused(Callout_V1_Refusal(.malformedMessage)))
        }
        let answer = await withCheckedContinuation { (continuation: CheckedContinuation<Answer, Never>) in
          directory.submit([
            Command(
              tenant: tenant, method: entry.method,
              caller: Policy.Caller(role: .service, name: Definition.name.rawValue), key: key,
              requestHash: Command<State>.hash(method: entry.method, body: body), deadline: .latest, work: work,
              origin: .service { continuation.resume(returning: $0) })
          ])
        }
        switch answer {
        case .reply(let payload): return .success(Array(buffer: payload))
        case .refusal(let refusal): return .failure(CommandRefused(refusal))
        }
      })
  }

  /// Commands and reads that wait.
  var queued: (commands: Int, reads: Int) {
    (lanes.reduce(0) { $0 + $1.queued }, readers.queued)
  }
}

/// Finds the lane of a tenant for what begins before the lanes are made.
private final class LaneDirectory<State: ServiceState>: Sendable {
  private let lanes = Mutex<[Lane<State>]>([])

  func set(_ lanes: [Lane<State>]) {
    self.lanes.withLock { $0 = lanes }
  }

  func submit(_ commands: [Command<State>]) {
    let lanes = self.lanes.withLock { $0 }
    precondition(!lanes.isEmpty, "lanes are made before anything is submitted")
    var parts = [[Command<State>]](repeating: [], count: lanes.count)
    for command in commands { parts[Int(truncatingIfNeeded: command.tenant.low % UInt64(lanes.count))].append(command) }
    for (lane, part) in zip(lanes, parts) where !part.isEmpty { lane.submit(part) }
  }
}

/// Passes on what commits set in motion.
private struct News: LaneObserver {
  let relay: Relay
  let scheduler: Scheduler
  let feed: ChangeFeed
  let work = WorkBell()

  func committed(_ news: Committed) {
    work.ring(for: news.busy)
    if !news.outbox.isEmpty { relay.committed(news.outbox) }
    scheduler.committed(armed: news.armed, moved: news.moved)
    feed.committed(news.changed)
  }
}

/// Tells which tenants have work.
private final class WorkBell: Sendable {
  private let tenants = Mutex<Set<TenantID>>([])
  private let bell = Bell()

  func ring(for busy: [TenantID]) {
    if busy.isEmpty { return }
    tenants.withLock { $0.formUnion(busy) }
    bell.ring()
  }

  func wait(atMost duration: Duration, by clock: any EdgeClock) async -> Set<TenantID> {
    await bell.wait(atMost: duration, by: clock)
    return tenants.withLock { tenants in
      defer { tenants = [] }
      return tenants
    }
  }
}
