import Postgres
import Testing

@Suite("Rows that no server sent")
struct ResultRowsTests {
  private let columns: [(name: String, type: PostgresType)] = [("number", .int8), ("text", .text), ("bytes", .bytea)]

  @Test("they are read like any others, NULL and empty values included")
  func cells() throws {
    let rows = try ResultRows(
      columns: columns,
      rows: [[[0, 0, 0, 0, 0, 0, 1, 2], Array("a".utf8), []], [nil, [], nil]], affectedRows: 7)
    #expect(rows.count == 2)
    #expect(rows.affectedRows == 7)
    #expect(rows.columnName(1) == "text")
    #expect(try rows[0].int64(0) == 258)
    #expect(try rows[0].text(1) == "a")
    #expect(try rows[0].bytea(2) == [])
    #expect(try rows[1].text(1) == "")
    #expect(throws: PostgresError.self) { try rows[1].int64(0) }
    #expect(throws: PostgresError.self) { try rows[0].text(0) }
  }

  @Test("a row with another number of cells is misuse")
  func misuse() {
    #expect(throws: PostgresError.self) { try ResultRows(columns: columns, rows: [[nil]], affectedRows: 0) }
  }
}
