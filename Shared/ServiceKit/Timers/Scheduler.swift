import Logging
import Metrics
import NIOCore
import Policy
import Postgres
import Synchronization
import Wire

/// Finds timers that have fallen due and puts them into the lanes. Several processes may do so: a timer's row is locked
/// when it fires, and the second finds it gone.
actor Scheduler {
  /// Settings of a scheduler.
  struct Settings: Sendable {
    /// How often timers that are known to fall due are looked for.
    var interval = Duration.milliseconds(200)
    /// How often all tenants are asked, which finds what other processes have armed.
    var surveyInterval = Duration.seconds(3)
    /// Timers of a tenant that one look takes.
    var tenantMax = 500
    /// Timers that may be in the lanes at once: fewer than a lane's mailbox holds, so that commands find room beside them.
    var underWayMax = 4_096
  }

  /// Puts a timer into the lane of its tenant; the closure is called when it is done.
  typealias Fire = @Sendable (TenantID, Policy.Timer, @escaping @Sendable (Answer) -> Void) -> Void

  private let clerk: Clerk
  private let edges: ServiceEdges
  private let settings: Settings
  private let logger: Logger
  private let fire: Fire
  private let bell = Bell()
  /// What commits have armed since the last look, and tenants whose clocks moved.
  private let news = Mutex<[TenantID: Instant]>([:])
  /// When the next timer of each tenant falls due, by the tenant's own clock.
  private var nextDue: [TenantID: Instant] = [:]
  private var testTenants: Set<TenantID> = []
  private var underWay: Set<FiredTimer> = []
  /// How many timers of each tenant are under way. Such a tenant is looked at again when all have ended.
  private var underWayCounts: [TenantID: Int] = [:]
  private var lastSurvey: Duration?
  private let fired = Counter(label: "callout_timers_fired_total")
  private let lag = Metrics.Timer(label: "callout_timer_lag_seconds")

  private struct FiredTimer: Hashable {
    let tenant: TenantID
    let timer: Policy.Timer
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
    news.withLock { news in
      for (tenant, due) in armed { news[tenant] = min(news[tenant] ?? due, due) }
      for tenant in moved { news[tenant] = .earliest }
    }
    bell.ring()
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
      await bell.wait(atMost: settings.interval, by: edges.clock)
    }
  }

  private func look() async throws {
    let fresh = news.withLock { news in
      defer { news.removeAll(keepingCapacity: true) }
      return news
    }
    for (tenant, due) in fresh { nextDue[tenant] = min(nextDue[tenant] ?? due, due) }
    let now = edges.clock.now
    var tenants: [TenantID]
    if lastSurvey.map({ edges.clock.uptime - $0 >= settings.surveyInterval }) ?? true {
      lastSurvey = edges.clock.uptime
      tenants = try await clerk.tenants()
    } else {
      // A test tenant's clock is not ours: it is asked when it has news.
      tenants = nextDue.compactMap { tenant, due in
        testTenants.contains(tenant) ? (fresh[tenant] == nil ? nil : tenant) : (due <= now ? tenant : nil)
      }
    }
    tenants.removeAll { underWayCounts[$0] != nil }
    // Who has waited longest comes first, for there may not be room for all.
    let urgency = { (tenant: TenantID) in (self.nextDue[tenant] ?? .latest, tenant) }
    var waiting = tenants.sorted { urgency($0) < urgency($1) }[...]
    while !waiting.isEmpty {
      let room = settings.underWayMax - underWay.count
      if room <= 0 { return postpone(waiting) }
      let part = Array(waiting.prefix(min(room, 1_000)))
      waiting = waiting.dropFirst(part.count)
      try await look(at: part, now, limit: min(settings.tenantMax, room / part.count))
    }
  }

  private func look(at tenants: [TenantID], _ now: Instant, limit: Int) async throws {
    let results = ReadResults(
      tenant: TenantID(high: 0, low: 0),
      results: try await clerk.run(
        [TimerSQL.next(tenants), TimerSQL.due(tenants, at: now, limit: limit)], serving: tenants))
    for tenant in try results.rows(0, TimerSQL.readNext) {
      nextDue[tenant.id] = tenant.next
      if tenant.isTest { testTenants.insert(tenant.id) }
    }
    for (tenant, timer) in try results.rows(1, TimerSQL.readDue) {
      let key = FiredTimer(tenant: tenant, timer: timer)
      guard underWay.insert(key).inserted else { continue }
      underWayCounts[tenant, default: 0] += 1
      if !testTenants.contains(tenant) {
        lag.recordNanoseconds(max(0, (now - timer.due).milliseconds) * 1_000_000)
      }
      fired.increment()
      fire(tenant, timer) { answer in
        self.edges.start { await self.ended(key, answer) }
      }
    }
  }

  /// Leaves tenants to the next look, which comes when timers that are under way have ended.
  private func postpone(_ tenants: ArraySlice<TenantID>) {
    news.withLock { news in
      for tenant in tenants { news[tenant] = min(news[tenant] ?? .latest, nextDue[tenant] ?? .latest) }
    }
  }

  private func ended(_ key: FiredTimer, _ answer: Answer) {
    underWay.remove(key)
    if let refusal = answer.refusal {
      logger.error(
        "timer refused",
        metadata: [
          "tenant": "\(key.tenant)", "kind": "\(key.timer.kind)", "subject": "\(key.timer.subject)",
          "refusal": "\(refusal.number)", "text": "\(refusal.text)",
        ])
    }
    let left = (underWayCounts[key.tenant] ?? 1) - 1
    underWayCounts[key.tenant] = left > 0 ? left : nil
    // There may be more that is due than one look takes.
    if left == 0 { committed(armed: [(key.tenant, nextDue[key.tenant] ?? .earliest)], moved: []) }
  }
}

/// Statements on timers.
private enum TimerSQL {
  private static let next = Statement(
    sql: "SELECT k.tenant_id, n.clock = 'test', "
      + "(SELECT min(t.due_at) FROM timers t WHERE t.tenant_id = k.tenant_id) "
      + "FROM unnest($1::uuid[]) AS k(tenant_id) JOIN tenants n ON n.tenant_id = k.tenant_id")
  private static let due = Statement(
    sql: "SELECT t.tenant_id, t.kind, t.subject_id, t.due_at FROM unnest($1::uuid[]) AS k(tenant_id) "
      + "JOIN tenants n ON n.tenant_id = k.tenant_id, LATERAL ("
      + "SELECT t.tenant_id, t.kind, t.subject_id, t.due_at FROM timers t WHERE t.tenant_id = k.tenant_id "
      + "AND t.due_at <= coalesce(n.instant, $2) ORDER BY t.due_at, t.subject_id, t.kind LIMIT $3) t")

  static func next(_ tenants: [TenantID]) -> Statement { next.with(Parameter(array: tenants)) }

  static func readNext(_ row: inout RowReader) throws(RowError) -> (id: TenantID, isTest: Bool, next: Instant?) {
    (try row.next(), try row.next(), try row.next())
  }

  static func due(_ tenants: [TenantID], at now: Instant, limit: Int) -> Statement {
    due.with(Parameter(array: tenants), Parameter(now), Parameter(limit))
  }

  static func readDue(_ row: inout RowReader) throws(RowError) -> (TenantID, Policy.Timer) {
    let tenant = try row.next(TenantID.self)
    let key = Policy.Timer.Key(kind: try row.next(), subject: try row.next())
    return (tenant, Policy.Timer(key: key, due: try row.next()))
  }
}
