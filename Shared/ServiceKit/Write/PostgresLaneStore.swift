import FoundationEssentials
import NIOCore
import Policy
import Postgres
import SwiftProtobuf
import Wire

/// The write path's session with PostgreSQL. A batch takes two round trips: one that loads, one that saves and commits; or
/// the second alone, if everything is known.
final class PostgresLaneStore<State: ServiceState>: LaneStore {
  private let session: any Session
  private let tables: [AnyTable<State>]
  private let common: CommonTables<State>
  private let outgoing: @Sendable (State.Event) -> [OutgoingEvent]
  private let makesWork: @Sendable (inout State) -> Bool
  private let source: ServiceName
  private let batchTimeout: Duration
  private var ids: IdentifierSource
  private var numbers = NumberBlocks()
  private var renewal = PlanRenewal()
  /// Plans that are known to be published, by tenant: a published plan never goes.
  private var published: [TenantID: Set<PlanVersion>] = [:]
  /// The most plans of which that is remembered.
  private static var publishedMax: Int { 10_000 }

  /// Makes the settings of a lane's session: every statement of the write path finds its rows by their keys, so that a
  /// plan made while a table was small or never analysed must not scan it, and one plan is good for batches of every size.
  static var settings: [String: String] {
    [
      "enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off", "jit": "off",
      "plan_cache_mode": "force_generic_plan",
    ]
  }

  init<Definition: ServiceDefinition>(
    _ definition: Definition.Type, common: CommonTables<State>, session: any Session,
    batchTimeout: Duration, seed: UInt64
  ) where Definition.State == State {
    self.session = session
    self.common = common
    self.tables = common.all + Definition.tables
    self.outgoing = { Definition.outgoing($0) }
    self.makesWork = { Definition.makesWork($0) }
    self.source = Definition.name
    self.batchTimeout = batchTimeout
    self.ids = IdentifierSource(seed: seed)
  }

  nonisolated(nonsending) func begin(_ batch: Batch<State>) async throws(StoreFailure) {
    let keyed = batch.entries.filter { $0.command.keepsAnswer }
    var statements: [Statement] = [.begin, Self.serving(batch.tenants), TenantLockSQL.lock(batch.tenants)]
    if !keyed.isEmpty { statements.append(ReplySQL.load(keyed)) }
    let results = try await load(batch, after: statements) { results throws(RowError) in
      try TenantLockSQL.absorb(results[2], batch.tenants)
    }
    if !keyed.isEmpty {
      try read { () throws(RowError) in try ReplySQL.absorb(results[3], keyed) }
    }
  }

  nonisolated(nonsending) func loadMore(_ batch: Batch<State>) async throws(StoreFailure) {
    _ = try await load(batch, after: []) { _ in }
  }

  /// Runs `first`, then what the commands want; returns all results. `begun` takes those of `first` before any row is taken.
  private nonisolated(nonsending) func load(
    _ batch: Batch<State>, after first: [Statement], begun: ([ResultRows]) throws(RowError) -> Void
  ) async throws(StoreFailure) -> [ResultRows] {
    wantPlans(batch)
    var statements = first
    var absorbing: [any Loader<State>] = []
    for loader in batch.takeLoaders() {
      guard let statement = loader.statement(batch.tenants) else { continue }
      statements.append(statement)
      absorbing.append(loader)
    }
    let orders = numbers.orders(for: batch.tenants)
    if !orders.isEmpty { statements.append(NumberSQL.take(orders)) }
    if statements.isEmpty { return [] }
    let results = try await execute(statements)
    try read { () throws(RowError) in
      try begun(results)
      for (index, loader) in absorbing.enumerated() {
        try loader.absorb(results[first.count + index], batch.tenantsByID)
      }
      if !orders.isEmpty, let ends = results.last { try self.takeNumbers(orders, ends, batch) }
    }
    parsePlans(batch)
    return results
  }

  nonisolated(nonsending) func save(_ batch: Batch<State>, at now: Instant) async throws(StoreFailure) -> Committed {
    do {
      return try await save(batch, at: now, after: [TenantLockSQL.count(batch.tenants)], then: [.commit])
    } catch .stale(let text) {
      // What is locked and was looked up cannot have become untrue.
      throw .rejected(text)
    }
  }

  func hasAll(for batch: Batch<State>) -> Bool {
    wantPlans(batch)
    return !batch.wantsMore && numbers.orders(for: batch.tenants).isEmpty
  }

  nonisolated(nonsending) func savePresumed(
    _ batch: Batch<State>, at now: Instant
  ) async throws(StoreFailure) -> Committed {
    // What is sent together without BEGIN is a transaction of its own, and needs no COMMIT.
    try await save(batch, at: now, after: [Self.serving(batch.tenants), TenantLockSQL.claim(batch.tenants)], then: [])
  }

  /// Runs `first`, then all that saves the batch, then `last`.
  private nonisolated(nonsending) func save(
    _ batch: Batch<State>, at now: Instant, after first: [Statement], then last: [Statement]
  ) async throws(StoreFailure) -> Committed {
    var statements = first
    for table in tables { statements += table.save(batch.tenants).map(\.statement) }
    var committed = Committed()
    let timers = common.timers.save(batch.tenants)
    statements += timers.statements
    committed.armed = timers.armed
    committed.outbox = outbox(batch.tenants, now)
    for tenant in batch.tenants {
      let (isMoved, isChanged) = tenant.withCommon { ($0.tenants.isChanged, !$0.changes.isEmpty) }
      if isMoved { committed.moved.append(tenant.id) }
      if isChanged { committed.changed.append(tenant.id) }
      if makesWork(&tenant.state) { committed.busy.append(tenant.id) }
    }
    if !committed.outbox.isEmpty { statements.append(OutboxSQL.insert(committed.outbox)) }
    if !committed.changed.isEmpty { statements.append(changes(batch.tenants, now)) }
    let answers = batch.unsavedAnswers
    if !answers.isEmpty { statements.append(ReplySQL.insert(answers, at: now)) }
    if renewal.isDue() { statements.append(.discardPlans) }
    statements += last
    do {
      _ = try await execute(statements)
    } catch {
      if case .unknown = error { numbers.unknown(batch.tenants) }
      throw error
    }
    numbers.committed(batch.tenants)
    for tenant in batch.tenants { tenant.writes = tenant.writes.map { $0 + 1 } }
    return committed
  }

  nonisolated(nonsending) func abandon() async {
    guard session.isInTransaction else { return }
    _ = try? await execute([.rollback])
  }

  // MARK: Pieces

  private static func serving(_ tenants: [KnownTenant<State>]) -> Statement {
    .serving(tenants: tenants.map { PostgresUUID(high: $0.id.high, low: $0.id.low) })
  }

  /// Plans that are known here need no loading; others are asked for like any row.
  private func wantPlans(_ batch: Batch<State>) {
    for tenant in batch.tenants {
      for version in tenant.needs.plans where tenant.plan(version) == nil {
        if published[tenant.id]?.contains(version) ?? false, let plan = PlanCache.shared.plan(version) {
          tenant.withCommon { $0.plans[version] = plan }
        } else {
          tenant.needs.want(common.plans, version)
        }
      }
    }
  }

  private func parsePlans(_ batch: Batch<State>) {
    for tenant in batch.tenants {
      for version in tenant.needs.plans where tenant.plan(version) == nil {
        guard let row = tenant.withCommon({ $0.publishedPlans[version] }),
          let plan = PlanCache.shared.plan(version, document: row.document)
        else { continue }
        tenant.withCommon { $0.plans[version] = plan }
        if published.count > Self.publishedMax { published.removeAll() }
        published[tenant.id, default: []].insert(version)
      }
    }
  }

  private func takeNumbers(
    _ orders: [NumberBlocks.Order], _ ends: ResultRows, _ batch: Batch<State>
  ) throws(RowError) {
    for row in ends {
      var reader = RowReader(tenant: batch.tenants[0].id, row: row, firstColumn: 0)
      let (tenantID, sequence) = (try reader.next(TenantID.self), try reader.next(String.self))
      let end = try reader.next(Int64.self)
      guard let tenant = batch.tenantsByID[tenantID],
        let order = orders.first(where: { $0.tenant == tenantID && $0.sequence == sequence })
      else { continue }
      numbers.take(order, end: end, for: tenant)
    }
  }

  private func outbox(_ tenants: [KnownTenant<State>], _ now: Instant) -> [OutboxRow] {
    var rows: [OutboxRow] = []
    for tenant in tenants {
      let events = tenant.withCommon { $0.events.elements }
      if events.isEmpty { continue }
      let instant = tenant.present?.now(edge: now) ?? now
      for event in events {
        for message in outgoing(event) {
          let envelope = Callout_V1_Event.with {
            $0.source = source.rawValue
            $0.subject = Data(message.subject.bytes)
            $0.version = UInt64(clamping: message.version)
            $0.atMs = instant.milliseconds
            $0.body = message.body
          }
          let payload = Array(buffer: Payload.encode(envelope))
          for destination in message.destinations {
            rows.append(
              OutboxRow(
                tenant: tenant.id, event: ids.next(at: now), destination: destination,
                subjectKind: message.body.subjectKind, subject: message.subject, version: message.version,
                payload: payload, createdAt: now))
          }
        }
      }
    }
    return rows
  }

  private func changes(_ tenants: [KnownTenant<State>], _ now: Instant) -> Statement {
    let rows = tenants.flatMap { tenant in
      let instant = tenant.present?.now(edge: now) ?? now
      return ChangeRow.rows(tenant.withCommon { $0.changes.elements }, of: tenant.id, at: instant)
    }
    return ChangeSQL.insert(rows)
  }

  private nonisolated(nonsending) func execute(_ statements: [Statement]) async throws(StoreFailure) -> [ResultRows] {
    do throws(PostgresError) {
      return try await session.execute(statements, timeout: batchTimeout)
    } catch {
      throw StoreFailure(error)
    }
  }

  /// A row that cannot be read is a fault of ours: the batch is given up, and its commands run alone.
  private func read(_ body: () throws(RowError) -> Void) throws(StoreFailure) {
    do {
      try body()
    } catch {
      throw .rejected("a row does not fit the code: \(error)")
    }
  }
}

extension StoreFailure {
  /// What an error of PostgreSQL means for a batch.
  init(_ error: PostgresError) {
    let text = "\(error)"
    switch error {
    case .misuse, .decoding: self = .rejected(text)
    case .unavailable: self = .unavailable(text)
    case .connectionLost(_, let outcome), .deadlineExceeded(let outcome):
      self = outcome == .unknown ? .unknown(text) : .unavailable(text)
    case .server(let server):
      if error.isSerializationOrDeadlock {
        self = .conflict(text)
      } else if TenantLockSQL.isRefusedClaim(server) || ReplySQL.isRefusedKey(server)
        || PresumedNews.isRefuted(server)
      {
        self = .stale(text)
      } else if let object = SchemaRules.object(takenBy: server) {
        self = .taken(text, object: object)
      } else {
        self = server.isTransient ? .unavailable(text) : .rejected(text)
      }
    }
  }
}

extension Callout_V1_Event.OneOf_Body {
  /// What the snapshot is of, as versions are kept by.
  var subjectKind: String {
    switch self {
    case .ticket: "ticket"
    case .account: "account"
    case .agreement: "agreement"
    case .charges: "charges"
    case .notice: "notice"
    case .escalation: "escalation"
    case .answer: "answer"
    }
  }
}
