import FoundationEssentials
import Logging
import NIOCore
import Policy
import Postgres
import SwiftProtobuf
import Synchronization
import Transport
import Wire

/// Pushes what changes to those who watch (`changes.watch`).
///
/// The feed is read in the order (transaction, change) and only up to the oldest transaction that still runs, so that a
/// cursor never skips what commits late.
actor ChangeFeed {
  /// Settings of a feed.
  struct Settings: Sendable {
    /// How often the feed is read while someone watches: what other processes commit shows up at this pace.
    var interval = Duration.milliseconds(250)
    /// Items that one read takes for a watcher.
    var itemsMax = 500
    /// Kinds that a watcher may name.
    var kindsMax = 50
  }

  private struct WatcherID: Hashable {
    let connection: UInt64
    let stream: UInt32
  }

  private struct Watcher {
    let connection: any ConnectionHandle
    let tenant: TenantID
    let kinds: [String]
    let subject: SubjectID?
    var credit: UInt64
    var cursor: ChangeCursor?
  }

  private let clerk: Clerk
  private let settings: Settings
  private let logger: Logger
  private let bell = Bell()
  private var watchers: [WatcherID: Watcher] = [:]
  private let nudged = Mutex<Set<TenantID>>([])

  init(clerk: Clerk, settings: Settings, logger: Logger) {
    self.clerk = clerk
    self.settings = settings
    self.logger = logger
  }

  /// Takes note that tenants' feeds have grown. Returns at once.
  nonisolated func committed(_ tenants: [TenantID]) {
    if tenants.isEmpty { return }
    nudged.withLock { $0.formUnion(tenants) }
    bell.ring()
  }

  /// Begins to watch.
  func watch(
    _ request: Callout_V1_ChangesWatchRequest, tenant: TenantID, stream: UInt32, credit: UInt32,
    on connection: any ConnectionHandle
  ) {
    do {
      guard request.kinds.count <= settings.kindsMax else {
        throw Refused(.invalid(field: "kinds"), "At most \(settings.kindsMax) kinds can be named.")
      }
      var cursor: ChangeCursor?
      if !request.after.isEmpty {
        cursor = ChangeCursor(bytes: Array(request.after))
        if cursor == nil { throw Refused(.invalid(field: "after"), "This is no cursor of a change.") }
      }
      watchers[WatcherID(connection: connection.id, stream: stream)] = Watcher(
        connection: connection, tenant: tenant, kinds: request.kinds,
        subject: try SubjectID.optional(field: "subject", request.subject), credit: UInt64(credit), cursor: cursor)
      nudged.withLock { _ = $0.insert(tenant) }
      bell.ring()
    } catch {
      connection.send([.refusal(stream: stream, Callout_V1_Refusal(error as? Refused ?? .unforeseen))])
    }
  }

  /// The watcher takes more.
  func grant(_ items: UInt32, to stream: UInt32, on connection: UInt64) {
    guard let index = watchers.index(forKey: WatcherID(connection: connection, stream: stream)) else { return }
    watchers.values[index].credit += UInt64(items)
    let tenant = watchers.values[index].tenant
    nudged.withLock { _ = $0.insert(tenant) }
    bell.ring()
  }

  /// Ends a stream. Returns whether it was one of ours.
  func end(_ stream: UInt32, on connection: UInt64) {
    guard let watcher = watchers.removeValue(forKey: WatcherID(connection: connection, stream: stream)) else { return }
    watcher.connection.send([.refusal(stream: stream, Callout_V1_Refusal(.cancelled))])
  }

  /// Forgets a connection.
  func closed(_ connection: UInt64) {
    watchers = watchers.filter { $0.key.connection != connection }
  }

  /// Watchers at present.
  var count: Int { watchers.count }

  /// Pushes until the task is cancelled.
  func run() async {
    var lastFull = ContinuousClock.now
    while !Task.isCancelled {
      await bell.wait(atMost: watchers.isEmpty ? .seconds(5) : settings.interval)
      let nudged = self.nudged.withLock { nudged in
        defer { nudged.removeAll() }
        return nudged
      }
      let isFull = lastFull.duration(to: .now) >= settings.interval
      if isFull { lastFull = .now }
      let due = watchers.filter { ($0.value.credit > 0) && (isFull || nudged.contains($0.value.tenant)) }
      do {
        for part in Array(due).chunked(256) { try await push(part.map { ($0.key, $0.value) }) }
      } catch {
        logger.warning("the feed of changes could not be read", metadata: ["error": "\(error)"])
      }
    }
  }

  private func push(_ due: [(WatcherID, Watcher)]) async throws {
    let statements = due.map { _, watcher in
      watcher.cursor.map { cursor in
        ChangeSQL.after(
          cursor, tenant: watcher.tenant, kinds: watcher.kinds, subject: watcher.subject,
          limit: Int(min(watcher.credit, UInt64(settings.itemsMax))))
      } ?? ChangeSQL.horizon
    }
    let results = ReadResults(
      tenant: TenantID(high: 0, low: 0),
      results: try await clerk.run(statements, serving: Array(Set(due.map(\.1.tenant)))))
    var answers = AnswerBox()
    for (index, (id, watcher)) in due.enumerated() {
      guard watchers[id] != nil else { continue }
      if watcher.cursor == nil {
        let horizon = try results.rows(index) { row throws(RowError) in try row.next(Int64.self) }.first ?? 0
        watchers[id]?.cursor = ChangeCursor(transaction: horizon, change: ID(high: 0, low: 0))
        nudged.withLock { _ = $0.insert(watcher.tenant) }
        bell.ring()
        continue
      }
      for item in try results.rows(index, ChangeSQL.read) {
        let cursor = ByteBuffer(bytes: item.cursor.bytes)
        let message = Callout_V1_Change.with {
          $0.cursor = Data(item.cursor.bytes)
          $0.atMs = item.at.milliseconds
          $0.kind = item.change.kind
          $0.subject = Data(item.change.subject.bytes)
          $0.version = UInt64(clamping: item.change.version)
          $0.text = item.change.text
        }
        answers.add(.push(stream: id.stream, cursor: cursor, body: Payload.encode(message)), to: watcher.connection)
        watchers[id]?.cursor = item.cursor
        watchers[id]?.credit -= 1
      }
    }
    answers.send()
  }
}

/// A place in the feed of changes: 24 bytes on the wire.
struct ChangeCursor: Hashable, Sendable {
  let transaction: Int64
  let change: ID<Kind.Event>

  init(transaction: Int64, change: ID<Kind.Event>) {
    self.transaction = transaction
    self.change = change
  }

  /// Nil unless there are 24 bytes.
  init?(bytes: [UInt8]) {
    guard bytes.count == 24, let change = ID<Kind.Event>(bytes: bytes.suffix(16)) else { return nil }
    let transaction = Int64(bigEndianBytes: bytes.prefix(8))
    guard transaction >= 0 else { return nil }
    self.init(transaction: transaction, change: change)
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendBigEndian(transaction)
    return bytes + change.bytes
  }
}

extension ChangeSQL {
  /// The oldest transaction that still runs: what commits from now on is not before it.
  static let horizon = Statement(sql: "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")

  private static let after = Statement(
    sql: "SELECT c.transaction_id::text::bigint, c.change_id, c.at, c.kind, c.subject_id, c.version, c.text "
      + "FROM changes c WHERE c.tenant_id = $1 AND (c.transaction_id, c.change_id) > ($2::text::xid8, $3) "
      + "AND c.transaction_id < pg_snapshot_xmin(pg_current_snapshot()) "
      + "AND ($4::text[] IS NULL OR c.kind = ANY($4)) AND ($5::uuid IS NULL OR c.subject_id = $5) "
      + "ORDER BY c.transaction_id, c.change_id LIMIT $6")

  /// What comes after a cursor.
  static func after(
    _ cursor: ChangeCursor, tenant: TenantID, kinds: [String], subject: SubjectID?, limit: Int
  ) -> Statement {
    after.with(
      Parameter(tenant), Parameter(String(cursor.transaction)), Parameter(cursor.change),
      kinds.isEmpty ? .null(.textArray) : Parameter(array: kinds), Parameter(subject), Parameter(limit))
  }

  /// Reads a row of ``after(_:tenant:kinds:subject:limit:)``.
  static func read(_ row: inout RowReader) throws(RowError) -> (cursor: ChangeCursor, at: Instant, change: Change) {
    let cursor = ChangeCursor(transaction: try row.next(), change: try row.next())
    let at = try row.next(Instant.self)
    let change = Change(kind: try row.next(), subject: try row.next(), version: try row.next(), text: try row.next())
    return (cursor, at, change)
  }
}

extension Refused {
  /// What cannot happen.
  fileprivate static let unforeseen = Refused(.invalid(field: ""), "The request cannot be served.")
}
