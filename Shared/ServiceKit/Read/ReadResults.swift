public import Policy
import Postgres

/// The rows of a read's queries, in the order of the queries.
public struct ReadResults {
  private let tenant: TenantID
  private let results: [QueryRows]

  init(tenant: TenantID, results: [ResultRows]) {
    self.init(tenant: tenant, results.map { QueryRows($0) })
  }

  init(tenant: TenantID, _ results: [QueryRows]) {
    self.tenant = tenant
    self.results = results
  }

  /// How many queries have run.
  public var count: Int { results.count }

  /// The rows of a query made by ``Table/select(_:where:_:)`` or by a `find`.
  public func rows<State, Row>(_ query: Int, of table: Table<State, Row>) throws(ReadFailure) -> [Row] {
    try rows(query, skippingTenant: true, table.read)
  }

  /// The rows of any query, read cell by cell.
  public func rows<Row>(
    _ query: Int, _ read: (inout RowReader) throws(RowError) -> Row
  ) throws(ReadFailure) -> [Row] {
    try rows(query, skippingTenant: false, read)
  }

  /// The only row of a query made by ``Table/find(_:_:)`` or ``Table/select(_:where:_:)``, or a refusal `.notFound(name)`.
  public func one<State, Row>(
    _ query: Int, of table: Table<State, Row>, named name: String
  ) throws(ReadFailure) -> Row {
    guard let row = try rows(query, of: table).first else {
      throw .refused(.notFound(name), "There is no such \(name).")
    }
    return row
  }

  /// The plan that ``PlanQuery/select(_:_:)`` found; nil if it is not published in this service.
  public func plan(_ query: Int) throws(ReadFailure) -> Plan? {
    let read = { (row: inout RowReader) throws(RowError) in
      (version: try row.next(PlanVersion.self), document: try row.next([UInt8].self))
    }
    guard let found = try rows(query, read).first else { return nil }
    return PlanCache.shared.plan(found.version, document: found.document)
  }

  private func rows<Row>(
    _ query: Int, skippingTenant: Bool, _ read: (inout RowReader) throws(RowError) -> Row
  ) throws(ReadFailure) -> [Row] {
    guard results.indices.contains(query) else { return [] }
    let result = results[query]
    var rows: [Row] = []
    rows.reserveCapacity(result.count)
    for index in 0..<result.count {
      var reader = RowReader(
        tenant: tenant, row: result[index], firstColumn: result.firstColumn + (skippingTenant ? 1 : 0))
      do {
        rows.append(try read(&reader))
      } catch {
        throw .row(error)
      }
    }
    return rows
  }
}
