import Policy
import Postgres
import Testing

@testable import ServiceKit

@Suite("What many reads look up in one statement")
struct LookupTests {
  private static let names = Lookup<SubjectID>(
    by: "subject_id",
    "SELECT r.name FROM subjects r WHERE r.tenant_id = k.tenant_id AND r.subject_id = k.subject_id LIMIT 9")
  private static let ages = Lookup<SubjectID>(
    by: "subject_id",
    "SELECT r.age FROM subjects r WHERE r.tenant_id = k.tenant_id AND r.subject_id = k.subject_id LIMIT 9")
  private static let tenant = TenantID(high: 1, low: 2)

  private static func subject(_ number: UInt64) -> SubjectID { SubjectID(high: 0, low: number) }

  @Test("reads that ask by the same look-up share a statement, and others have their own")
  func statements() {
    var batch = QueryBatch()
    for number in 1...3 { _ = batch.add(Self.names.find(Self.tenant, Self.subject(UInt64(number)))) }
    _ = batch.add(Query(sql: "SELECT 1"))
    _ = batch.add(Self.ages.find(Self.tenant, Self.subject(1)))
    _ = batch.add(Query(sql: "SELECT 1"))
    let statements = batch.statements
    #expect(statements.map(\.sql).filter { $0 == "SELECT 1" }.count == 2)
    #expect(statements.count == 4)
    #expect(
      statements[0].sql == """
        SELECT k.place, r.* FROM (SELECT unnest($1::uuid[]) AS tenant_id, unnest($2::bigint[]) AS place, \
        unnest($3::uuid[]) AS subject_id) k, \
        LATERAL (SELECT r.name FROM subjects r WHERE r.tenant_id = k.tenant_id AND r.subject_id = k.subject_id LIMIT 9) r
        """)
    #expect(
      statements[0].parameters.map(\.bytes)
        == [
          Parameter(array: [Self.tenant, Self.tenant, Self.tenant]), Parameter(array: [Int64(0), 1, 2]),
          Parameter(array: (1...3).map(Self.subject)),
        ].map(\.bytes))
  }

  @Test("each read gets its own rows in the order in which they came, whatever lies between them")
  func rows() throws {
    var batch = QueryBatch()
    let slots = (1...3).map { [batch.add(Self.names.find(Self.tenant, Self.subject($0)))] }
    let found: [(Int64, String)] = [(2, "c1"), (0, "a1"), (2, "c2"), (0, "a2"), (2, "c3")]
    let parts = try batch.rows(of: slots, [try Self.result(found)])
    let names = try parts.map { part in
      try ReadResults(tenant: Self.tenant, part).rows(0) { row throws(RowError) in try row.next(String.self) }
    }
    #expect(names == [["a1", "a2"], [], ["c1", "c2", "c3"]])
  }

  @Test("a row for nobody is an error, not somebody else's", arguments: [Int64(-1), 1])
  func stranger(place: Int64) throws {
    var batch = QueryBatch()
    let slots = [[batch.add(Self.names.find(Self.tenant, Self.subject(1)))]]
    let result = try Self.result([(place, "x")])
    #expect(throws: RowError.malformed(column: 0, type: "place")) { try batch.rows(of: slots, [result]) }
  }

  private static func result(_ rows: [(place: Int64, name: String)]) throws -> ResultRows {
    try ResultRows(
      columns: [("place", .int8), ("name", .text)],
      rows: rows.map { row in [withUnsafeBytes(of: row.place.bigEndian) { Array($0) }, Array(row.name.utf8)] },
      affectedRows: rows.count)
  }
}
