import NIOCore
import Policy
import Postgres
import Wire

/// Statements on tenants as what transactions lock: each that writes for a tenant holds it from its beginning, and counts
/// itself.
enum TenantLockSQL {
  private static let lock = BulkStatement([("tenant_id", .uuid)]) { keys in
    "SELECT t.tenant_id, t.writes FROM (\(keys)) k, LATERAL ("
      + "SELECT t.tenant_id, t.writes FROM tenants t WHERE t.tenant_id = k.tenant_id LIMIT 1 FOR UPDATE) t"
  }
  private static let count = BulkStatement([("tenant_id", .uuid)]) { keys in
    "UPDATE tenants t SET writes = t.writes + 1 FROM (\(keys)) u WHERE t.tenant_id = u.tenant_id"
  }

  /// Refused by the column, which is NOT NULL, where the count is not the one that is given.
  private static let claim = BulkStatement([("tenant_id", .uuid), ("writes", .bigint)]) { counts in
    "UPDATE tenants t SET writes = CASE t.writes WHEN u.writes THEN u.writes + 1 END "
      + "FROM (\(counts)) u WHERE t.tenant_id = u.tenant_id"
  }

  /// Locks tenants. They are in the order of their ids in every process, so that no two wait for each other.
  static func lock<State>(_ tenants: [KnownTenant<State>]) -> Statement {
    lock.with([ids(tenants)])
  }

  /// Takes the rows of ``lock(_:)``.
  static func absorb<State>(_ rows: ResultRows, _ tenants: [KnownTenant<State>]) throws(RowError) {
    var writes: [TenantID: Int64] = [:]
    for row in rows {
      let id = try row.withBytes(0) { cell throws(RowError) in try TenantID(cell: cell) }
      writes[id] = try row.withBytes(1) { cell throws(RowError) in try Int64(cell: cell) }
    }
    for tenant in tenants { tenant.locked(writes: writes[tenant.id]) }
  }

  /// Counts this transaction.
  static func count<State>(_ tenants: [KnownTenant<State>]) -> Statement {
    count.with([ids(tenants)])
  }

  /// Locks tenants that are known and counts this transaction, or fails it if another process has written for one of them
  /// since its rows were read (``isRefusedClaim(_:)``).
  static func claim<State>(_ tenants: [KnownTenant<State>]) -> Statement {
    claim.with([ids(tenants), ArrayParameter(tenants.map { $0.writes ?? -1 })])
  }

  /// (A closure: a key path into a generic type is made anew each time.)
  private static func ids<State>(_ tenants: [KnownTenant<State>]) -> ArrayParameter {
    ArrayParameter(tenants.map { $0.id })
  }

  /// Whether the database refused a statement of ``claim(_:)``.
  static func isRefusedClaim(_ error: ServerError) -> Bool {
    error.sqlState == .notNullViolation && error.table == "tenants" && error.column == "writes"
  }
}

/// What is saved under a key, as the table of replies has it.
private enum SavedKind: Int16 {
  /// The reply's message.
  case reply = 0
  /// The refusal's message.
  case refusal = 1
  /// What the reply is made again from.
  case trace = 2
}

/// Statements on the saved replies.
enum ReplySQL {
  private static let load = BulkStatement([("tenant_id", .uuid), ("key", .bytea), ("place", .bigint)]) { keys in
    "SELECT k.place, r.request_hash, r.kind, r.payload FROM (\(keys)) k, LATERAL ("
      + "SELECT r.request_hash, r.kind, r.payload FROM replies r "
      + "WHERE r.tenant_id = k.tenant_id AND r.key = k.key LIMIT 1) r"
  }
  private static let insert = BulkStatement([
    ("tenant_id", .uuid), ("key", .bytea), ("request_hash", .bytea), ("kind", Int16.sqlType), ("payload", .bytea),
  ]) { rows in "INSERT INTO replies (tenant_id, key, request_hash, kind, payload, created_at) \(rows), $6" }

  /// Whether the database refused to save an answer, since its key has one.
  static func isRefusedKey(_ error: ServerError) -> Bool {
    error.sqlState == .uniqueViolation && error.table == "replies"
  }

  /// Loads what was answered under the commands' keys.
  static func load<State>(_ entries: [BatchEntry<State>]) -> Statement {
    var tenants = ArrayParameter(.uuid, reserving: entries.count),
      keys = ArrayParameter(.bytea, reserving: entries.count)
    var places = ArrayParameter(.bigint, reserving: entries.count)
    for (place, entry) in entries.enumerated() {
      tenants.append(entry.command.tenant)
      keys.append(entry.command.key)
      places.append(Int64(place))
    }
    return load.with([tenants, keys, places])
  }

  /// Takes the rows of ``load(_:)``.
  static func absorb<State>(_ rows: ResultRows, _ entries: [BatchEntry<State>]) throws(RowError) {
    guard let first = entries.first else { return }
    for row in rows {
      var reader = RowReader(tenant: first.command.tenant, row: row, firstColumn: 0)
      let place = Int(try reader.next(Int64.self))
      let (hash, kind) = (try reader.next([UInt8].self), SavedKind(rawValue: try reader.next(Int16.self)))
      let payload = try reader.next([UInt8].self)
      guard entries.indices.contains(place) else { throw .malformed(column: 0, type: "place") }
      let content: BatchEntry<State>.Saved.Content
      switch kind {
      case .reply: content = .answer(.reply(ByteBuffer(bytes: payload)))
      case .trace: content = .trace(payload)
      case .refusal:
        guard let refusal = try? Payload.decode(Callout_V1_Refusal.self, from: ByteBuffer(bytes: payload)) else {
          throw .malformed(column: 3, type: "refusal")
        }
        content = .answer(.refusal(refusal))
      case nil: throw .malformed(column: 2, type: "kind")
      }
      entries[place].saved = BatchEntry.Saved(requestHash: hash, content: content)
    }
  }

  /// Saves answers under their keys.
  static func insert<State>(_ entries: [BatchEntry<State>], at now: Instant) -> Statement {
    var tenants = ArrayParameter(.uuid, reserving: entries.count),
      keys = ArrayParameter(.bytea, reserving: entries.count)
    var hashes = ArrayParameter(.bytea, reserving: entries.count), kinds = ArrayParameter(Int16.sqlType)
    var payloads = ArrayParameter(.bytea)
    for entry in entries {
      guard let answer = entry.answer else { continue }
      tenants.append(entry.command.tenant)
      keys.append(entry.command.key)
      hashes.append(entry.command.requestHash)
      switch answer {
      case .reply(let payload):
        kinds.append((entry.trace == nil ? SavedKind.reply : .trace).rawValue)
        payloads.append(entry.trace ?? Array(buffer: payload))
      case .refusal(let refusal):
        kinds.append(SavedKind.refusal.rawValue)
        payloads.append(Array(buffer: Payload.encode(refusal)))
      }
    }
    return insert.with([tenants, keys, hashes, kinds, payloads], Parameter(now))
  }
}

/// What a batch presumes of news: that it is the first of its subject.
enum PresumedNews {
  /// Whether the database refused to take a subject for a new one, since there has been news of it.
  static func isRefuted(_ error: ServerError) -> Bool {
    error.sqlState == .uniqueViolation && error.table == "event_versions"
  }
}

/// Statements on the counters.
enum NumberSQL {
  private static let take = Statement(
    sql: "INSERT INTO counters AS c (tenant_id, sequence, next) "
      + "SELECT t, s, 1 + n FROM unnest($1::uuid[], $2::text[], $3::bigint[]) AS u(t, s, n) "
      + "ON CONFLICT (tenant_id, sequence) DO UPDATE SET next = c.next + EXCLUDED.next - 1 "
      + "RETURNING c.tenant_id, c.sequence, c.next")

  /// Takes blocks; each row of the result is a sequence and the number after its block.
  static func take(_ orders: [NumberBlocks.Order]) -> Statement {
    take.with(
      Parameter(array: orders.map(\.tenant)), Parameter(array: orders.map(\.sequence)),
      Parameter(array: orders.map { Int64($0.size) }))
  }
}

/// Statements on the outbox.
enum OutboxSQL {
  private static let insert = BulkStatement([
    ("tenant_id", .uuid), ("event_id", .uuid), ("destination", .text), ("subject_kind", .text), ("subject_id", .uuid),
    ("version", .bigint), ("payload", .bytea), ("created_at", .timestamptz),
  ]) { rows in
    "INSERT INTO outbox "
      + "(tenant_id, event_id, destination, subject_kind, subject_id, version, payload, created_at) \(rows)"
  }

  /// Adds events.
  static func insert(_ rows: [OutboxRow]) -> Statement {
    insert.with([
      ArrayParameter(rows.map(\.tenant)), ArrayParameter(rows.map(\.event)),
      ArrayParameter(rows.map(\.destination.rawValue)), ArrayParameter(rows.map(\.subjectKind)),
      ArrayParameter(rows.map(\.subject)), ArrayParameter(rows.map(\.version)),
      ArrayParameter(rows.map(\.payload)), ArrayParameter(rows.map(\.createdAt)),
    ])
  }
}
