import Policy
import Postgres

/// A row of the feed: what one transaction changed of one tenant, or a part of it, in order.
struct ChangeRow {
  /// Changes of one row; what a transaction has beyond it goes on in the next.
  static let itemsMax = 64

  let tenant: TenantID
  let at: Instant
  /// The place of the row's last change among those of its transaction, from 0.
  let last: Int32
  /// The changes, encoded: for each of them the bytes of its kind and their count (1 byte), subject (16), version (8), the
  /// bytes of its text and their count (4), all numbers with the most significant byte first.
  let items: [UInt8]

  /// The rows that hold a tenant's changes.
  static func rows(_ changes: [Change], of tenant: TenantID, at instant: Instant) -> [ChangeRow] {
    stride(from: 0, to: changes.count, by: itemsMax).map { first in
      let part = changes[first..<min(first + itemsMax, changes.count)]
      var items: [UInt8] = []
      items.reserveCapacity(part.reduce(0) { $0 + 29 + $1.kind.utf8.count + $1.text.utf8.count })
      for change in part { append(change, to: &items) }
      return ChangeRow(tenant: tenant, at: instant, last: Int32(part.endIndex - 1), items: items)
    }
  }

  private static func append(_ change: Change, to items: inout [UInt8]) {
    let kind = change.kind.utf8.prefix(Int(UInt8.max))
    items.append(UInt8(kind.count))
    items.append(contentsOf: kind)
    items.appendBigEndian(change.subject.high)
    items.appendBigEndian(change.subject.low)
    items.appendBigEndian(change.version)
    items.appendBigEndian(UInt32(change.text.utf8.count))
    items.append(contentsOf: change.text.utf8)
  }

  /// Reads the changes of a row; nil if they are not what ``rows(_:of:at:)`` makes.
  static func changes(_ items: [UInt8]) -> [Change]? {
    var rest = items[...]
    func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count <= rest.count else { return nil }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    var changes: [Change] = []
    while let count = take(1)?.first {
      guard let kind = take(Int(count)).flatMap({ String(validating: $0, as: UTF8.self) }),
        let subject = take(16).flatMap({ SubjectID(bytes: $0) }), let version = take(8),
        let length = take(4).map({ Int64(bigEndianBytes: $0) }),
        let text = take(Int(length)).flatMap({ String(validating: $0, as: UTF8.self) })
      else { return nil }
      changes.append(Change(kind: kind, subject: subject, version: Int64(bigEndianBytes: version), text: text))
    }
    return changes
  }
}

extension ChangeRow {
  /// A row as it is read.
  struct Read {
    /// Whether no transaction that still runs can come before it.
    let isSettled: Bool
    let transaction: Int64
    let last: Int
    let at: Instant
    let changes: [Change]

    /// The changes that come after a cursor, with their places.
    func items(from cursor: ChangeCursor) -> [(place: Int, change: Change)] {
      let first = last - changes.count + 1
      let seen = cursor.transaction == transaction ? cursor.seen - first : 0
      return changes.enumerated().dropFirst(max(0, seen)).map { (first + $0.offset, $0.element) }
    }
  }
}

/// A place in the feed of changes: 12 bytes on the wire.
struct ChangeCursor: Hashable, Sendable {
  let transaction: Int64
  /// How many changes of the transaction lie before the place.
  let seen: Int

  init(transaction: Int64, seen: Int) {
    self.transaction = transaction
    self.seen = seen
  }

  /// Nil unless there are 12 bytes that a cursor can have.
  init?(bytes: [UInt8]) {
    guard bytes.count == 12 else { return nil }
    let (transaction, seen) = (Int64(bigEndianBytes: bytes.prefix(8)), Int64(bigEndianBytes: bytes.suffix(4)))
    guard transaction >= 0, seen <= Int32.max else { return nil }
    self.init(transaction: transaction, seen: Int(seen))
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendBigEndian(transaction)
    bytes.appendBigEndian(UInt32(seen))
    return bytes
  }
}

/// Statements on the feed of changes.
enum ChangeSQL {
  private static let insert = BulkStatement([
    ("tenant_id", .uuid), ("at", .timestamptz), ("last", .integer), ("items", .bytea),
  ]) { rows in "INSERT INTO changes (tenant_id, at, last, items) \(rows)" }

  /// Adds to the feed.
  static func insert(_ rows: [ChangeRow]) -> Statement {
    insert.with([
      ArrayParameter(rows.map(\.tenant)), ArrayParameter(rows.map(\.at)), ArrayParameter(rows.map(\.last)),
      ArrayParameter(rows.map(\.items)),
    ])
  }

  /// The oldest transaction that still runs: what commits from now on is not before it.
  static let horizon = Statement(sql: "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")

  private static let after = Statement(
    sql: "SELECT c.transaction_id < pg_snapshot_xmin(pg_current_snapshot()), c.transaction_id::text::bigint, "
      + "c.last, c.at, c.items FROM changes c "
      + "WHERE c.tenant_id = $1 AND (c.transaction_id, c.last) >= ($2::text::xid8, $3) "
      + "ORDER BY c.transaction_id, c.last LIMIT $4")

  /// The rows with something after a cursor: first what is settled, then what an older transaction may still come before.
  static func after(_ cursor: ChangeCursor, tenant: TenantID, limit: Int) -> Statement {
    after.with(
      Parameter(tenant), Parameter(String(cursor.transaction)), Parameter(Int32(clamping: cursor.seen)),
      Parameter(limit))
  }

  /// Reads a row of ``after(_:tenant:limit:)``.
  static func read(_ row: inout RowReader) throws(RowError) -> ChangeRow.Read {
    let (isSettled, transaction) = (try row.next(Bool.self), try row.next(Int64.self))
    let (last, at) = (try row.next(Int32.self), try row.next(Instant.self))
    guard let changes = ChangeRow.changes(try row.next([UInt8].self)) else {
      throw .malformed(column: 4, type: "changes")
    }
    return ChangeRow.Read(isSettled: isSettled, transaction: transaction, last: Int(last), at: at, changes: changes)
  }
}
