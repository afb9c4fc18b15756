import Policy
import Testing

@testable import ServiceKit

@Suite("Rows of the feed of changes")
struct ChangeRowTests {
  private static func changes(_ count: Int) -> [Change] {
    (0..<count).map {
      Change(kind: "account.counted", subject: ID(high: 1, low: UInt64($0)), version: Int64($0), text: "now \($0) ü")
    }
  }

  private static func rows(_ changes: [Change]) throws -> [ChangeRow.Read] {
    try ChangeRow.rows(changes, of: TestService.tenant, at: .epoch).map { row in
      let read = try #require(ChangeRow.changes(row.items))
      return ChangeRow.Read(isSettled: true, transaction: 7, last: Int(row.last), at: row.at, changes: read)
    }
  }

  @Test("what a transaction changed is read as it was written, in rows of at most 64", arguments: [1, 64, 65, 130])
  func parts(count: Int) throws {
    let changes = Self.changes(count)
    let rows = try Self.rows(changes)
    #expect(
      rows.map(\.changes.count) == Array(repeating: 64, count: count / 64) + (count % 64 == 0 ? [] : [count % 64]))
    #expect(rows.flatMap(\.changes) == changes)
    #expect(rows.last?.last == count - 1)
  }

  @Test(
    "whatever place a cursor is at, what comes after it is each later change once",
    arguments: [0, 1, 63, 64, 65, 129, 130])
  func cursor(seen: Int) throws {
    let rows = try Self.rows(Self.changes(130))
    let cursor = ChangeCursor(transaction: 7, seen: seen)
    // The database hands out the rows whose last place is not before the cursor.
    let items = rows.filter { $0.last >= cursor.seen }.flatMap { $0.items(from: cursor) }
    #expect(items.map(\.place) == Array(seen..<130))
    #expect(items.map(\.change.version) == items.map { Int64($0.place) })
  }

  @Test("a cursor of an earlier transaction skips nothing")
  func earlier() throws {
    let rows = try Self.rows(Self.changes(3))
    #expect(rows[0].items(from: ChangeCursor(transaction: 6, seen: 2)).map(\.place) == [0, 1, 2])
  }

  @Test("a cursor is 12 bytes, and comes back from them; others are none")
  func bytes() {
    let cursor = ChangeCursor(transaction: 1 << 40, seen: 70_000)
    #expect(cursor.bytes.count == 12)
    #expect(ChangeCursor(bytes: cursor.bytes) == cursor)
    #expect(ChangeCursor(bytes: Array(cursor.bytes.dropLast())) == nil)
    #expect(ChangeCursor(bytes: cursor.bytes + [0]) == nil)
    #expect(ChangeCursor(bytes: [UInt8](repeating: 0xff, count: 12)) == nil)
  }

  @Test("bytes that are not a row's are refused, wherever they end")
  func malformed() throws {
    let items = ChangeRow.rows(Self.changes(1), of: TestService.tenant, at: .epoch)[0].items
    for count in 1..<items.count { #expect(ChangeRow.changes(Array(items.prefix(count))) == nil) }
    #expect(ChangeRow.changes([1, 0xff] + items.dropFirst(16)) == nil)
  }
}
