import Logging
import Metrics
import NIOCore
import Policy
import Postgres
import Synchronization
import Wire

/// A timer that has fallen due.
struct DueTimer: Hashable, Sendable {
  let tenant: TenantID
  let timer: Policy.Timer
}

/// Finds timers that have fallen due and puts them into the lanes. Several processes may do so: a timer's row is locked
/// when it fires, and the second finds it gone.
///
/// Timers stay in the database; of each tenant only the next instant is known here. A tenant is looked at when that has come,
/// when a commit of this process armed something sooner, or when a survey finds that anybody has written for it.
actor Scheduler {
  /// Settings of a scheduler.
  struct Settings: Sendable {
    /// The longest time between two looks for what has fallen due.
    var interval = Duration.milliseconds(200)
    /// How often all tenants are asked, which finds what other processes have armed.
    var surveyInterval = Duration.seconds(3)
    /// Timers of a tenant that may be under way. The tenant is looked at again when half of them have ended.
    var tenantMax = 1_000
    /// Timers that may be in the lanes at once: fewer than a lane's mailbox holds, so that commands find room beside them.
    var underWayMax = 4_096
    /// Tenants that one look asks for at once.
    var tenantsMax = 1_000
    /// What a tenant gets at least when there is not room for all: a few at a time are cheaper than one by one.
    var shareMin = 16
  }

  /// Puts timers into the lanes of their tenants, in their order; the closure is called for each when it is done.
  typealias Fire = @Sendable ([DueTimer], _ done: @escaping @Sendable (DueTimer, Answer) -> Void) -> Void

  private let clerk: Clerk
  private let edges: ServiceEdges
  private let settings: Settings
  private let logger: Logger
  private let fire: Fire
  private let bell = Bell()
  private let news = Mutex(News())
  private var tenants: [TenantID: Tenant] = [:]
  private var underWay: Set<DueTimer> = []
  private var lastSurvey: Duration?
  private let fired = Counter(label: "callout_timers_fired_total")
  private let lag = Metrics.Timer(label: "callout_timer_lag_seconds")

  /// What is known of a tenant.
  private struct Tenant {
    /// When the next timer falls due that is not under way, by the tenant's own clock.
    var next: Instant?
    /// Whether it has to be looked at whatever its clock says.
    var isFresh = false
    var isTest = false
    /// The transactions that had written for it at the last survey.
    var writes: Int64?
    var underWayCount = 0

    /// When it wants to be looked at.
    var wanted: Instant? { isFresh ? .earliest : isTest ? nil : next }
  }

  /// What happened since the last look, told by other threads.
  private struct News {
    var armed: [TenantID: Instant] = [:]
    var moved: Set<TenantID> = []
    var ended: [(timer: DueTimer, isRefused: Bool)] = []
    /// When the next look comes by itself: what falls due later can wait for it.
    var nextLook = Instant.latest
    /// How many timers have to end before a look is worth while.
    var endedWanted = Int.max
  }

  init(clerk: Clerk, edges: ServiceEdges, settings: Settings, logger: Logger, fire: @escaping Fire) {
    self.clerk = clerk
    self.edges = edges
    self.settings = settings
    self.logger = logger
    self.fire = fire
  }

  /// Takes note of what a commit armed, and whose clocks it moved. Returns at once.
  nonisolated func committed(armed: [(TenantID, Instant)], moved: [TenantID]) {
    if armed.isEmpty && moved.isEmpty { return }
    let isUrgent = news.withLock { news in
      for (tenant, due) in armed { news.armed[tenant] = min(news.armed[tenant] ?? due, due) }
      news.moved.formUnion(moved)
      return !moved.isEmpty || armed.contains { $0.1 < news.nextLook }
    }
    if isUrgent { bell.ring() }
  }

  /// Timers that are in the lanes.
  var underWayCount: Int { underWay.count }

  /// Fires what falls due until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      do {
        try await look()
      } catch {
        logger.warning("timers could not be read", metadata: ["error": "\(error)"])
      }
      if let pause = pause() { await bell.wait(atMost: pause, by: edges.clock) }
    }
  }

  // MARK: Looking

  private func look() async throws {
    takeNews()
    try await survey()
    let now = edges.clock.now
    var waiting = waiting(at: now)[...]
    while !waiting.isEmpty {
      let room = settings.underWayMax - underWay.count
      if room <= 0 { return }
      let part = Array(waiting.prefix(max(1, min(room / settings.shareMin, settings.tenantsMax))))
      waiting = waiting.dropFirst(part.count)
      try await look(at: part, now, share: min(settings.tenantMax, room / part.count))
    }
  }

  /// The tenants that something is due of and that may have more under way, who has waited longest first.
  private func waiting(at now: Instant) -> [TenantID] {
    var waiting: [(wanted: Instant, id: TenantID)] = []
    for (id, tenant) in tenants where tenant.underWayCount <= settings.tenantMax / 2 {
      // Who is not known may have waited longest.
      if let wanted = tenant.wanted, wanted <= now { waiting.append((tenant.next ?? .earliest, id)) }
    }
    return waiting.sorted { $0 < $1 }.map(\.id)
  }

  private func look(at ids: [TenantID], _ now: Instant, share: Int) async throws {
    // Those under way are read again, since their rows are there until their commits.
    let most = ids.lazy.compactMap { self.tenants[$0]?.underWayCount }.max() ?? 0
    let limit = min(share + most, settings.tenantMax)
    for id in ids { tenants[id]?.isFresh = false }
    let results: ReadResults
    do {
      results = ReadResults(
        tenant: TenantID(high: 0, low: 0),
        results: try await clerk.run(
          [TimerSQL.next(ids, after: now), TimerSQL.due(ids, at: now, limit: limit)], serving: ids))
    } catch {
      for id in ids { tenants[id]?.isFresh = true }
      throw error
    }
    for found in try results.rows(0, TimerSQL.readNext) {
      tenants[found.id]?.next = found.next
      tenants[found.id]?.isTest = found.isTest
    }
    take(try results.rows(1, TimerSQL.readDue), now, share: share, limit: limit)
  }

  /// Fires the timers that were read, as many of each tenant as are its share.
  private func take(_ due: [DueTimer], _ now: Instant, share: Int, limit: Int) {
    var firing: [DueTimer] = []
    var counts: [TenantID: (read: Int, fired: Int)] = [:]
    for timer in due {
      var count = counts[timer.tenant] ?? (0, 0)
      count.read += 1
      if !underWay.contains(timer) {
        if count.fired < min(share, settings.tenantMax - (tenants[timer.tenant]?.underWayCount ?? 0)) {
          count.fired += 1
          underWay.insert(timer)
          firing.append(timer)
          record(timer, now)
        } else {
          leave(timer)
        }
      }
      // There may be more than was read.
      if count.read == limit { leave(timer) }
      counts[timer.tenant] = count
    }
    for (id, count) in counts { tenants[id]?.underWayCount += count.fired }
    fired.increment(by: firing.count)
    if !firing.isEmpty { fire(firing) { self.ended($0, $1) } }
  }

  /// Leaves a timer to a later look.
  private func leave(_ timer: DueTimer) {
    guard var tenant = tenants[timer.tenant] else { return }
    tenant.next = min(tenant.next ?? timer.timer.due, timer.timer.due)
    // A test tenant's clock is not ours: nothing but this tells that there is more.
    tenant.isFresh = tenant.isFresh || tenant.isTest
    tenants[timer.tenant] = tenant
  }

  private func record(_ timer: DueTimer, _ now: Instant) {
    if tenants[timer.tenant]?.isTest ?? false { return }
    lag.recordNanoseconds(max(0, (now - timer.timer.due).milliseconds) * 1_000_000)
  }

  /// Finds tenants that are new or that anybody has written for.
  private func survey() async throws {
    if let lastSurvey, edges.clock.uptime - lastSurvey < settings.surveyInterval { return }
    lastSurvey = edges.clock.uptime
    let results = ReadResults(
      tenant: TenantID(high: 0, low: 0), results: try await clerk.run([TimerSQL.allTenants], serving: []))
    for found in try results.rows(0, TimerSQL.readTenant) where tenants[found.id]?.writes != found.writes {
      tenants[found.id, default: Tenant()].writes = found.writes
      tenants[found.id]?.isFresh = true
    }
  }

  // MARK: News

  private func takeNews() {
    let news = news.withLock { news in
      defer { news = News() }
      return news
    }
    for (id, due) in news.armed {
      // Nothing is known of the clock of a tenant that is new.
      var tenant = tenants[id] ?? Tenant(isFresh: true)
      tenant.next = min(tenant.next ?? due, due)
      tenant.isFresh = tenant.isFresh || tenant.isTest
      tenants[id] = tenant
    }
    for id in news.moved { tenants[id, default: Tenant()].isFresh = true }
    for (timer, isRefused) in news.ended {
      underWay.remove(timer)
      tenants[timer.tenant]?.underWayCount -= 1
      if isRefused { leave(timer) }
    }
  }

  /// How long to wait for the next look; nil if there is a reason for it already.
  private func pause() -> Duration? {
    let now = edges.clock.now
    let hasRoom = underWay.count < settings.underWayMax
    var soonest = Instant.latest
    var isHungry = false
    for tenant in tenants.values {
      guard let wanted = tenant.wanted else { continue }
      // What is due and could not be fired waits for what is under way.
      if wanted > now { soonest = min(soonest, wanted) } else { isHungry = true }
    }
    let longest = settings.interval
    let pause = min(longest, max(longest / 10, .milliseconds((soonest - now).milliseconds)))
    let end = edges.clock.now + .milliseconds(Int64(pause / .milliseconds(1)))
    return news.withLock { news in
      news.nextLook = end
      news.endedWanted = isHungry ? max(1, underWay.count / 2) : .max
      if news.ended.count >= news.endedWanted { return nil }
      return hasRoom && (!news.moved.isEmpty || news.armed.contains { $0.value < news.nextLook }) ? nil : pause
    }
  }

  private nonisolated func ended(_ timer: DueTimer, _ answer: Answer) {
    if let refusal = answer.refusal {
      logger.error(
        "timer refused",
        metadata: [
          "tenant": "\(timer.tenant)", "kind": "\(timer.timer.kind)", "subject": "\(timer.timer.subject)",
          "refusal": "\(refusal.number)", "text": "\(refusal.text)",
        ])
    }
    let isWorthALook = news.withLock { news in
      news.ended.append((timer, answer.refusal != nil))
      return news.ended.count == news.endedWanted
    }
    if isWorthALook { bell.ring() }
  }
}
