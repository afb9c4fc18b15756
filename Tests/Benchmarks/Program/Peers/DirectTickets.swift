import BenchmarkReport
import CalloutClient
import Foundation
import Policy
import Wire

/// The rows that one operation made a service insert, as patterns of many like them.
///
/// Rows that were updated are not among them: what writes these rows does less than the services did.
struct RowsOfOperation: Sendable {
  let service: ServiceName
  private(set) var rows: [RowMaker]

  /// Of one connection's tables: how many rows there were, and which transaction came next.
  struct Mark {
    fileprivate let counts: [String: Int]
    fileprivate let transaction: Int
  }

  /// What is there before the operation.
  static func mark(_ connection: PeerConnection) throws -> Mark {
    // In the order in which they were made, so that what others refer to comes before them.
    let tables = try connection.run(
      """
      select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and exists (select
        from pg_attribute a where a.attrelid = pg_class.oid and a.attname = 'tenant_id') order by oid
      """
    ).compactMap { $0[0] }
    let counts = try tables.map { ($0, try connection.number("select count(*) from \($0)")) }
    return Mark(
      counts: Dictionary(counts) { first, _ in first },
      transaction: try connection.number("select pg_current_xact_id()::text::bigint"))
  }

  /// What has been inserted since.
  ///
  /// - Parameter tables: Only these, where given.
  init(
    _ service: ServiceName, in connection: PeerConnection, since mark: Mark, onlyOf tables: [String]? = nil
  ) throws {
    let oids = try connection.run("select relname from pg_class order by oid").compactMap { $0[0] }
    self.service = service
    rows = []
    for table in oids where tables?.contains(table) ?? true {
      guard let before = mark.counts[table], try connection.number("select count(*) from \(table)") > before else {
        continue
      }
      rows += try RowMaker.all(table, where: "xmin::text::bigint >= \(mark.transaction)", of: connection)
    }
  }

  /// The same with other rows besides.
  func adding(_ other: RowsOfOperation) -> RowsOfOperation {
    var all = self
    all.rows += other.rows
    return all
  }
}

/// The rows that the services write for a ticket, written by multi-row statements straight through libpq, a thousand
/// tickets a transaction on two connections. Nothing is read, decided or answered.
struct DirectTickets: Sendable {
  static let ticketsOfBatch = 1000
  let installation: Installation
  let population: Population
  /// What each service wrote for a ticket of the first customer.
  let patterns: [RowsOfOperation]

  /// The copy of a service's database that is written.
  static func database(_ service: ServiceName) -> String { "callout_bench_\(service.rawValue)_tickets" }

  /// Writes what the services named wrote, one after the other, for about `time`.
  func run(_ services: [ServiceName], for time: Duration) async throws -> Run {
    try await DirectWriters.run(2, for: time) { index in
      let used = try patterns.filter { services.contains($0.service) }.map { pattern in
        let connection = try PeerConnection(installation.conninfo, database: Self.database(pattern.service))
        try connection.planByIndexes()
        return (connection, pattern)
      }
      let mine = (0..<population.tenants).filter { $0 % 2 == index }
      var turn = Int.random(in: 0..<1_000_000_000)
      return {
        let tickets = (0..<Self.ticketsOfBatch).map { _ in
          turn += 1
          let tenant = mine[Load.scatter(index, turn, below: mine.count)]
          let customer = Load.scatter(index + 2, turn, below: population.customersOfTenant)
          return TicketIDs(tenant: tenant, number: population.number(tenant: tenant, customer: customer))
        }
        for (connection, pattern) in used {
          // A table that sums up a transaction's rows for each tenant is written once.
          var summed: Set<String> = []
          try connection.transaction(
            pattern.rows.compactMap { row in
              let cells = tickets.map { $0.cells(of: row) }
              guard row.isKeyed(by: cells[0]) || summed.insert(row.table).inserted else { return nil }
              return row.insert(cells)
            })
        }
        return tickets.count
      }
    }
  }
}

/// The ids of one ticket: its customer's, and a new one for each that the pattern has besides.
private final class TicketIDs {
  private let tenant: Int
  private let number: Int
  private var fresh: [[UInt8]: [UInt8]] = [:]
  /// No ticket has this number before.
  private let ticketNumber = bigEndian(Int64.random(in: 1 << 40...1 << 60))

  init(tenant: Int, number: Int) {
    self.tenant = tenant
    self.number = number
  }

  func cells(of row: RowMaker) -> RowMaker.Cells {
    var cells: RowMaker.Cells = []
    for column in row.columns {
      guard let bytes = column.bytes else { continue }
      switch (column.type, column.name) {
      case ("uuid", "tenant_id"): cells.append((column.name, Population.bytes(.tenant, tenant + 1)))
      case ("uuid", _): cells.append((column.name, id(bytes)))
      case ("bytea", "key"): cells.append((column.name, newID()))
      case ("bigint", "number"), ("bigint", "ticket_number"): cells.append((column.name, ticketNumber))
      default: break
      }
    }
    return cells
  }

  private func id(_ pattern: [UInt8]) -> [UInt8] {
    if let subject = Population.Subject.allCases.first(where: { Population.bytes($0, 1) == pattern }) {
      return Population.bytes(subject, number)
    }
    if let known = fresh[pattern] { return known }
    let made = newID()
    fresh[pattern] = made
    return made
  }
}
