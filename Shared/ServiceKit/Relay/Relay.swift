import Logging
import Metrics
import Policy
import Wire
import Postgres
import Synchronization

/// Sends events to other services: at once after the commit that caused them, and what a crash left by a sweep.
///
/// At least once on the wire; the key, which is the event's id, and the version make it exactly once in effect. A peer that
/// is down delays its own news only.
final class Relay: Sendable {
  /// Settings of a relay.
  struct Settings: Sendable {
    /// Events of one delivery.
    var batchMax = 256
    /// Deliveries to one peer that are under way at once: what is committed while it works on one waits for no answer.
    var deliveriesMax = 2
    /// Events that wait in memory for one peer; the rest waits in the database.
    var queueMax = 16_384
    /// How often the outbox is swept.
    var sweepInterval = Duration.seconds(3)
    /// Events younger than this are left to those who committed them.
    var sweepAge = TimeSpan.seconds(3)
    /// Events of a tenant that one sweep takes.
    var sweepTenantMax = 500
    /// How long events that have ended wait for others, so that one deletion serves them all. What a process that stops or dies has
    /// not deleted is sent again, so it is as long as most of what one command sets in motion takes.
    var deletionPause = Duration.milliseconds(100)
    /// The longest wait for a peer that is down.
    var backoffMax = Duration.seconds(5)
  }

  /// In the order of their names.
  private let couriers: [(ServiceName, Courier)]
  private let ended: EndedEvents
  private let clerk: Clerk
  private let clock: any EdgeClock
  private let settings: Settings
  private let logger: Logger

  init(
    peers: [ServiceName: any EventPeer], clerk: Clerk, clock: any EdgeClock, settings: Settings, logger: Logger,
    seed: UInt64
  ) {
    self.clerk = clerk
    self.clock = clock
    self.settings = settings
    self.logger = logger
    let ended = EndedEvents(clerk: clerk, clock: clock, settings: settings, logger: logger, seed: seed)
    self.ended = ended
    self.couriers = peers.sorted { $0.key.rawValue < $1.key.rawValue }.map { name, peer in
      (name, Courier(name, peer: peer, ended: ended, clock: clock, settings: settings, logger: logger, seed: seed))
    }
  }

  /// Takes events that have just been committed. Returns at once.
  func committed(_ rows: [OutboxRow]) {
    for (destination, courier) in couriers {
      let theirs = rows.filter { $0.destination == destination }
      if !theirs.isEmpty { courier.take(theirs) }
    }
  }

  /// Events that wait in memory.
  var waiting: Int { couriers.reduce(0) { $0 + $1.1.waiting } }

  /// Sends and sweeps until the task is cancelled.
  func run() async {
    await withTaskGroup(of: Void.self) { group in
      for (_, courier) in couriers { group.addTask { await courier.run() } }
      group.addTask { await self.ended.run() }
      group.addTask { await self.sweepRepeatedly() }
      await group.waitForAll()
    }
  }

  private func sweepRepeatedly() async {
    // What is there at the start was left by an earlier process.
    await sweep(olderThan: clock.now)
    while !Task.isCancelled {
      try? await clock.sleep(for: settings.sweepInterval)
      if Task.isCancelled { return }
      await sweep(olderThan: clock.now - settings.sweepAge)
    }
  }

  private func sweep(olderThan instant: Instant) async {
    do {
      for tenants in try await clerk.tenants().chunked(1_000) {
        let statement = OutboxSQL.waiting(tenants, since: instant, limit: settings.sweepTenantMax)
        let results = ReadResults(
          tenant: TenantID(high: 0, low: 0), results: try await clerk.run([statement], serving: tenants))
        committed(try results.rows(0, OutboxSQL.read).compactMap(\.self))
      }
    } catch {
      logger.warning("the outbox could not be swept", metadata: ["error": "\(error)"])
    }
  }
}

/// Sends events to one peer.
///
/// They leave in the order of their commits, but a later one may be taken before an earlier one that failed: versions tell
/// the peer which is newer.
final class Courier: Sendable {
  private struct Contents {
    var queue: [OutboxRow] = []
    /// Everything that is queued, under way or still to be deleted, so that a sweep takes nothing twice.
    var known: Set<EventID> = []
    /// Deliveries under way.
    var deliveries = 0
    var backoff: Backoff
    /// How long to wait before the next delivery, after one that failed.
    var pause: Duration?
  }

  private enum Step {
    case send([OutboxRow])
    case pause(Duration)
    case wait
  }

  private let name: ServiceName
  private let peer: any EventPeer
  private let ended: EndedEvents
  private let clock: any EdgeClock
  private let settings: Relay.Settings
  private let logger: Logger
  private let contents: Mutex<Contents>
  private let bell = Bell()
  private let delivered: Counter
  private let dead: Counter
  private let depth: Gauge

  init(
    _ name: ServiceName, peer: any EventPeer, ended: EndedEvents, clock: any EdgeClock, settings: Relay.Settings,
    logger: Logger, seed: UInt64
  ) {
    self.name = name
    self.peer = peer
    self.ended = ended
    self.clock = clock
    self.settings = settings
    self.logger = logger
    contents = Mutex(
      Contents(backoff: Backoff(minimum: .milliseconds(50), maximum: settings.backoffMax, seed: seed)))
    let dimensions = [("peer", name.rawValue)]
    delivered = Counter(label: "callout_events_delivered_total", dimensions: dimensions)
    dead = Counter(label: "callout_events_refused_total", dimensions: dimensions)
    depth = Gauge(label: "callout_outbox_waiting", dimensions: dimensions)
  }

  /// Events that wait, are under way or are still to be deleted.
  var waiting: Int { contents.withLock { $0.known.count } }

  /// Takes events that are not known yet, as far as there is room; a sweep brings the others.
  func take(_ rows: [OutboxRow]) {
    contents.withLock { contents in
      for row in rows where contents.known.count < settings.queueMax && contents.known.insert(row.event).inserted {
        contents.queue.append(row)
      }
    }
    bell.ring()
  }

  /// Sends until the task is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        let step = nextStep()
        depth.record(waiting)
        switch step {
        case .send(let rows): group.addTask { await self.send(rows) }
        case .pause(let time):
          try? await clock.sleep(for: time)
          contents.withLock { $0.pause = nil }
        case .wait: await bell.wait()
        }
      }
    }
  }

  private func nextStep() -> Step {
    contents.withLock { contents in
      if let pause = contents.pause { return .pause(pause) }
      if contents.queue.isEmpty || contents.deliveries == settings.deliveriesMax { return .wait }
      let rows = Array(contents.queue.prefix(settings.batchMax))
      contents.queue.removeFirst(rows.count)
      contents.deliveries += 1
      return .send(rows)
    }
  }

  private func send(_ rows: [OutboxRow]) async {
    let failed = await deliver(rows)
    contents.withLock { contents in
      contents.deliveries -= 1
      // With a peer that takes some, the others are not held up for long.
      if failed.count < rows.count { contents.backoff.reset() }
      if failed.isEmpty { return }
      contents.queue.append(contentsOf: failed)
      // What fails beside another delivery, or while that one's pause lasts, is the same trouble.
      if contents.pause == nil { contents.pause = contents.backoff.next() }
    }
    bell.ring()
  }

  /// Returns the events that have to be sent again.
  private func deliver(_ rows: [OutboxRow]) async -> [OutboxRow] {
    let deliveries = await peer.deliver(rows)
    var done: [OutboxRow] = []
    var refused: [DeadEvent] = []
    var failed: [OutboxRow] = []
    var reason = ""
    for (row, delivery) in zip(rows, deliveries) {
      switch delivery {
      case .acknowledged: done.append(row)
      case .refused(let number, let text): refused.append(DeadEvent(row: row, refusal: number, reason: text))
      case .failed(let text):
        failed.append(row)
        reason = text
      }
    }
    if !failed.isEmpty {
      logger.warning(
        "events not delivered yet",
        metadata: ["peer": "\(name.rawValue)", "events": "\(failed.count)", "error": "\(reason)"])
    }
    for event in refused {
      logger.error(
        "event refused for good",
        metadata: [
          "peer": "\(name.rawValue)", "event": "\(event.row.event)", "subject": "\(event.row.subject)",
          "refusal": "\(event.refusal)", "reason": "\(event.reason)",
        ])
    }
    ended.take(EndedEvents.Batch(courier: self, delivered: done, refused: refused))
    return failed
  }

  /// Forgets events whose rows are gone.
  fileprivate func forget(_ batch: EndedEvents.Batch) {
    delivered.increment(by: batch.delivered.count)
    dead.increment(by: batch.refused.count)
    contents.withLock { contents in
      for row in batch.rows { contents.known.remove(row.event) }
    }
  }
}

/// Deletes the events that have ended, those of all peers together: what ends soon after the first, or while one deletion
/// commits, goes with it, and no courier waits for it. A process that stops or dies before leaves rows that are sent again,
/// which does no harm.
final class EndedEvents: Sendable {
  /// What ended of one delivery.
  struct Batch: Sendable {
    let courier: Courier
    let delivered: [OutboxRow]
    let refused: [DeadEvent]

    var rows: [OutboxRow] { delivered + refused.map(\.row) }
  }

  private let clerk: Clerk
  private let clock: any EdgeClock
  private let settings: Relay.Settings
  private let logger: Logger
  private let seed: UInt64
  private let batches = Mutex<[Batch]>([])
  private let bell = Bell()

  init(clerk: Clerk, clock: any EdgeClock, settings: Relay.Settings, logger: Logger, seed: UInt64) {
    self.clerk = clerk
    self.clock = clock
    self.settings = settings
    self.logger = logger
    self.seed = seed
  }

  /// Takes what has ended. Returns at once.
  func take(_ batch: Batch) {
    if batch.delivered.isEmpty && batch.refused.isEmpty { return }
    batches.withLock { $0.append(batch) }
    bell.ring()
  }

  /// Deletes until the task is cancelled.
  func run() async {
    var backoff = Backoff(minimum: .milliseconds(50), maximum: settings.backoffMax, seed: seed)
    while !Task.isCancelled {
      let ended = batches.withLock { batches in
        defer { batches = [] }
        return batches
      }
      if ended.isEmpty {
        await bell.wait()
        try? await clock.sleep(for: settings.deletionPause)
      } else if await delete(ended) {
        backoff.reset()
      } else {
        batches.withLock { $0.insert(contentsOf: ended, at: 0) }
        try? await clock.sleep(for: backoff.next())
      }
    }
  }

  /// Returns false, and nothing is changed, if the database cannot be reached now.
  private func delete(_ ended: [Batch]) async -> Bool {
    let (rows, refused) = (ended.flatMap(\.rows), ended.flatMap(\.refused))
    var statements: [Statement] = []
    if !refused.isEmpty { statements.append(OutboxSQL.bury(refused, at: clock.now)) }
    statements.append(OutboxSQL.delete(rows))
    do {
      _ = try await clerk.run(statements, serving: Set(rows.map(\.tenant)).sorted())
    } catch {
      logger.warning("delivered events could not be deleted yet", metadata: ["error": "\(error)"])
      return false
    }
    for batch in ended { batch.courier.forget(batch) }
    return true
  }
}

extension Array {
  /// The elements in pieces of at most `count`.
  func chunked(_ count: Int) -> [[Element]] {
    stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
  }
}
