import Policy
import Wire
import Postgres

/// What the relay asks of the database.
extension OutboxSQL {
  private static let waiting = Statement(
    sql: "SELECT o.* FROM unnest($1::uuid[]) AS k(tenant_id), LATERAL ("
      + "SELECT o.tenant_id, o.event_id, o.destination, o.subject_kind, o.subject_id, o.version, o.payload, o.created_at "
      + "FROM outbox o WHERE o.tenant_id = k.tenant_id AND o.created_at <= $2 ORDER BY o.event_id LIMIT $3) o")
  private static let delete = BulkStatement([("tenant_id", .uuid), ("event_id", .uuid)]) { keys in
    "DELETE FROM outbox o USING (\(keys)) u WHERE o.tenant_id = u.tenant_id AND o.event_id = u.event_id"
  }
  private static let bury = Statement(
    sql: "INSERT INTO dead_events (tenant_id, event_id, destination, subject_kind, subject_id, version, payload, "
      + "created_at, refused_at, refusal, reason) SELECT o.tenant_id, o.event_id, o.destination, o.subject_kind, "
      + "o.subject_id, o.version, o.payload, o.created_at, $3, u.refusal, u.reason "
      + "FROM unnest($1::uuid[], $2::uuid[], $4::integer[], $5::text[]) AS u(tenant_id, event_id, refusal, reason) "
      + "JOIN outbox o ON o.tenant_id = u.tenant_id AND o.event_id = u.event_id ON CONFLICT DO NOTHING")

  /// Events that have waited since before `instant`, the oldest of each tenant first.
  static func waiting(_ tenants: [TenantID], since instant: Instant, limit: Int) -> Statement {
    waiting.with(Parameter(array: tenants), Parameter(instant), Parameter(limit))
  }

  /// Reads a row of ``waiting(_:since:limit:)``; nil if its destination is no service of this version.
  static func read(_ row: inout RowReader) throws(RowError) -> OutboxRow? {
    let (tenant, event) = (try row.next(TenantID.self), try row.next(EventID.self))
    let (destination, kind) = (try row.next(String.self), try row.next(String.self))
    let (subject, version) = (try row.next(SubjectID.self), try row.next(Int64.self))
    let (payload, created) = (try row.next([UInt8].self), try row.next(Instant.self))
    guard let destination = ServiceName(rawValue: destination) else { return nil }
    return OutboxRow(
      tenant: tenant, event: event, destination: destination, subjectKind: kind, subject: subject, version: version,
      payload: payload, createdAt: created)
  }

  /// Deletes what was acknowledged.
  static func delete(_ rows: [OutboxRow]) -> Statement {
    delete.with([ArrayParameter(rows.map(\.tenant)), ArrayParameter(rows.map(\.event))])
  }

  /// Lays aside what was refused for good; the rows are to be deleted after it.
  static func bury(_ rows: [DeadEvent], at now: Instant) -> Statement {
    bury.with(
      Parameter(array: rows.map(\.row.tenant)), Parameter(array: rows.map(\.row.event)), Parameter(now),
      Parameter(array: rows.map { Int32(clamping: $0.refusal) }), Parameter(array: rows.map(\.reason)))
  }
}

/// An event that a peer refused for good.
struct DeadEvent: Sendable {
  let row: OutboxRow
  let refusal: UInt32
  let reason: String
}
