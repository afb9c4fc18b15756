import Policy
import Wire

@testable import Postgres

/// A session with a mutant in it.
final class MutatedSession: Session {
  private static let nothing = Statement(
    unnamed: "SELECT tenant_id FROM outbox WHERE tenant_id = $1", [.uuid(PostgresUUID(high: 0, low: 0))])

  private let inner: any Session
  private let mutant: Mutant
  private let service: ServiceName
  private var owesCommit = false
  /// Subjects whose timers were armed before.
  private var armed: Set<Datum> = []

  init(_ inner: any Session, _ mutant: Mutant, in service: ServiceName) {
    self.inner = inner
    self.mutant = mutant
    self.service = service
  }

  var isInTransaction: Bool { !owesCommit && inner.isInTransaction }

  func close() { inner.close() }

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    if owesCommit {
      owesCommit = false
      _ = try await inner.execute([.commit], timeout: timeout)
    }
    var mutated = batch.map(mutated)
    if mutant == .earlyReply, batch.last?.sql == "COMMIT" {
      mutated[mutated.count - 1] = Self.nothing
      owesCommit = true
    } else if mutant == .earlyReply, batch.contains(where: { $0.sql.hasPrefix("UPDATE tenants") }) {
      // A batch that is a transaction of its own.
      mutated.insert(.begin, at: 0)
      owesCommit = true
    }
    var results = try await inner.execute(mutated, timeout: timeout)
    results.removeFirst(mutated.count - batch.count)
    var seen: [ResultRows] = []
    for (statement, rows) in zip(batch, results) { seen.append(try self.seen(rows, statement.sql)) }
    return seen
  }

  /// The statement as the mutant sends it.
  private func mutated(_ statement: Statement) -> Statement {
    let sql = statement.sql
    switch mutant {
    case .lostEvent: return sql.contains("INSERT INTO outbox") ? Self.nothing : statement
    case .skippedLookup:
      if sql.contains("INSERT INTO replies") {
        return Statement(unnamed: sql + " ON CONFLICT DO NOTHING", statement.parameters)
      }
      return sql.contains("FROM replies") && !sql.hasPrefix("DELETE") ? Self.nothing : statement
    case .unkeptBalance: return sql.contains("UPDATE wallets") ? Self.nothing : statement
    case .clockNotArmedAgain:
      guard service == .notifier, sql.contains("INSERT INTO timers") else { return statement }
      return armedOnce(statement)
    case .roundedTwice:
      guard sql.contains("INSERT INTO entries") else { return statement }
      return rounded(statement)
    case .holdVoidedTwice, .staleEvent, .earlyReply, .laneWithoutOrder: return statement
    }
  }

  /// Rows as the mutant lets the service see them.
  private func seen(_ rows: ResultRows, _ sql: String) throws(PostgresError) -> ResultRows {
    switch mutant {
    case .holdVoidedTwice where sql.contains("FROM holds"):
      try rows.replacing("state") { $0 == Array("voided".utf8) ? Array("open".utf8) : $0 }
    case .staleEvent where sql.contains("FROM event_versions"):
      try rows.replacing("version") { $0.map { Array(repeating: 0, count: $0.count) } }
    default: rows
    }
  }

  /// Leaves out the timers whose subjects had one before.
  private func armedOnce(_ statement: Statement) -> Statement {
    let columns = Self.columns(statement)
    let subjects = columns.count == 4 ? columns[2] : []
    let kept = subjects.indices.filter { armed.insert(subjects[$0]).inserted }
    return Self.with(columns.map { column in kept.map { column[$0] } }, statement)
  }

  /// Rounds the amounts to whole tens.
  private func rounded(_ statement: Statement) -> Statement {
    guard let open = statement.sql.firstIndex(of: "("), let close = statement.sql.firstIndex(of: ")") else {
      return statement
    }
    let names = statement.sql[statement.sql.index(after: open)..<close].split(separator: ",")
    let place = names.firstIndex { $0.drop { $0 == " " } == "amount" }
    var columns = Self.columns(statement)
    if let place { columns[place] = columns[place].map { .int($0.number / 10 * 10) } }
    return Self.with(columns, statement)
  }

  /// What a statement carries, column by column: arrays, or the values of a single row.
  private static func columns(_ statement: Statement) -> [[Datum]] {
    statement.parameters.map { parameter in
      switch try? Datum(parameter.bytes, parameter.type) {
      case .array(let elements)?: elements
      case let value?: [value]
      case nil: []
      }
    }
  }

  /// The statement with other rows: as many as there were, or fewer of arrays, or none.
  private static func with(_ columns: [[Datum]], _ statement: Statement) -> Statement {
    if columns.allSatisfy(\.isEmpty) { return nothing }
    return statement.with(
      zip(columns, statement.parameters).map { column, parameter in
        let isArray = if case .array? = try? Datum(parameter.bytes, parameter.type) { true } else { false }
        let datum = isArray ? Datum.array(column) : column.first ?? .null
        return Parameter(type: parameter.type, bytes: (try? datum.encoded(parameter.type)) ?? parameter.bytes)
      })
  }
}

extension ResultRows {
  /// The same rows with other cells in a column; as they are where they have no such column.
  func replacing(_ name: String, _ change: ([UInt8]?) -> [UInt8]?) throws(PostgresError) -> ResultRows {
    guard let place = column(named: name), let first else { return self }
    var columns: [(name: String, type: PostgresType)] = []
    for column in 0..<columnCount { columns.append((columnName(column) ?? "", try first.type(column))) }
    var rows: [[[UInt8]?]] = []
    for row in self {
      var cells: [[UInt8]?] = []
      for column in 0..<columnCount { cells.append(try row.rawBytes(column)) }
      cells[place] = change(cells[place])
      rows.append(cells)
    }
    return try ResultRows(columns: columns, rows: rows, affectedRows: affectedRows)
  }
}
