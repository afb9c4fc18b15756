import Synchronization

@testable import Postgres

/// What has been read of SQL, for all databases of the process: text that was read once is not read again.
enum KnownSQL {
  private static let statements = Mutex<[String: Syntax]>([:])
  private static let schemas = Mutex<[[String]: [String: TableSchema]]>([:])

  /// The statement of a text.
  static func statement(_ sql: String) throws -> Syntax {
    if let known = statements.withLock({ $0[sql] }) { return known }
    let read = try Parser.statement(sql)
    statements.withLock { $0[sql] = read }
    return read
  }

  /// The tables of migrations.
  static func tables(_ scripts: [String]) throws -> [String: TableSchema] {
    if let known = schemas.withLock({ $0[scripts] }) { return known }
    let read = try SchemaReader.tables(scripts)
    schemas.withLock { $0[scripts] = read }
    return read
  }
}

/// A database in memory that stands in for PostgreSQL: the very SQL of the services, on the tables of their own migrations.
///
/// It keeps what services rely on: read committed with row locks, unique and other constraints, privileges and row-level
/// security of the service's role, the order of transactions. A lock is waited for by suspending, so that whoever runs the
/// tasks decides who goes first. Nothing in it depends on the order of a dictionary, on time or on chance. For one thread.
final class MemoryDatabase {
  /// A statement, ready to run.
  fileprivate enum Plan {
    case begin, commit, rollback, discardPlans
    case run(slots: Int, (Frame) throws -> Outcome)
  }

  private struct PlanKey: Hashable {
    let sql: String
    let types: [PostgresType]
  }

  private var tables: [String: StoredTable] = [:]
  private var rules: [String: TableRules] = [:]
  private var plans: [PlanKey: Plan] = [:]
  private var nextNumber: Int64 = 1_000
  private var running: Set<Int64> = []
  /// The present, in microseconds since 2000.
  let microseconds: () -> Int64
  /// Called with each transaction that wrote something, just before it is committed.
  var willCommit: ((Transaction) -> Void)?

  /// A database with the tables of these migrations.
  init(scripts: [String], microseconds: @escaping () -> Int64) throws {
    self.microseconds = microseconds
    tables = try KnownSQL.tables(scripts).mapValues { StoredTable($0) }
  }

  /// Statements that it has been asked so far.
  var statementCount: Int { plans.count }

  /// The committed rows of a table, in the order in which they were made; each with its columns' names.
  func committed(_ name: String) throws -> [[String: Datum]] {
    let table = try table(name)
    return table.rows.compactMap(\.committed).map { values in
      Dictionary(uniqueKeysWithValues: zip(table.schema.columns.map(\.name), values))
    }
  }

  /// Lets go of everything; the database cannot be used any more.
  func discard() {
    (tables, rules, plans, willCommit) = ([:], [:], [:], nil)
  }

  // MARK: For plans and transactions

  func table(_ name: String) throws -> StoredTable {
    guard let table = tables[name] else { throw NotUnderstood("the table \(name)") }
    return table
  }

  func rules(_ name: String) throws -> TableRules {
    if let known = rules[name] { return known }
    let made = try TableRules(try table(name), self)
    rules[name] = made
    return made
  }

  /// Gives a transaction its number.
  func begin(_ transaction: Transaction) -> Int64 {
    defer { nextNumber += 1 }
    running.insert(nextNumber)
    return nextNumber
  }

  func ended(_ number: Int64) {
    running.remove(number)
  }

  /// The number of the oldest transaction that runs: whatever is committed from now on has this number or a higher one.
  var oldestRunning: Int64 { running.min() ?? nextNumber }

  fileprivate func plan(_ statement: Statement) throws -> Plan {
    let types = statement.parameters.map(\.type)
    let key = PlanKey(sql: statement.sql, types: types)
    if let known = plans[key] { return known }
    let made: Plan
    switch try KnownSQL.statement(statement.sql) {
    case .begin: made = .begin
    case .commit: made = .commit
    case .rollback: made = .rollback
    case .discardPlans: made = .discardPlans
    case .select(let select):
      let compiler = Compiler(self, types: types)
      let plan = try SelectPlan(select, [], compiler)
      made = .run(slots: compiler.slotCount) { frame in
        let rows = try plan.run(frame)
        return Outcome(columns: plan.columns, rows: rows, affected: rows.count)
      }
    case .insert(let insert):
      let compiler = Compiler(self, types: types)
      let plan = try InsertPlan(insert, compiler)
      made = .run(slots: compiler.slotCount) { try plan.run($0) }
    case .change(let change):
      let compiler = Compiler(self, types: types)
      let plan = try ChangePlan(change, compiler)
      made = .run(slots: compiler.slotCount) { try plan.run($0) }
    }
    plans[key] = made
    return made
  }
}

/// What may go wrong between a service and its database.
enum DatabaseFault: Hashable {
  /// There is no connection; nothing was sent.
  case unavailable
  /// The connection breaks before the commit: the transaction is rolled back, and the service knows.
  case lost
  /// The connection breaks while the commit is under way; the service does not know whether it was applied.
  case lostInCommit(isApplied: Bool)
}

/// What a session meets on its way to the database.
protocol DatabaseWeather {
  /// Takes the time of a way.
  nonisolated(nonsending) func pass() async
  /// A fault for a batch, if one is due; `commits` says whether the batch ends with a commit.
  func fault(commits: Bool) -> DatabaseFault?
}

/// One session with a ``MemoryDatabase``.
final class MemorySession: Session {
  private let database: MemoryDatabase
  private let weather: any DatabaseWeather
  private var transaction: Transaction?
  private var isExplicit = false
  private var isCut = false

  init(_ database: MemoryDatabase, weather: any DatabaseWeather) {
    self.database = database
    self.weather = weather
  }

  var isInTransaction: Bool { transaction != nil && isExplicit }

  func close() {
    transaction?.rollback()
    transaction = nil
  }

  /// The process has died: what was open is rolled back, and nothing that it still does has an effect.
  func cut() {
    isCut = true
    close()
  }

  nonisolated(nonsending) func execute(
    _ batch: [Statement], timeout: Duration
  ) async throws(PostgresError) -> [ResultRows] {
    let commits = batch.last?.sql == "COMMIT" || !(isInTransaction || batch.first?.sql == "BEGIN")
    let fault = weather.fault(commits: commits)
    if fault == .unavailable, !isInTransaction { throw .unavailable("a fault") }
    await weather.pass()
    var results: [ResultRows] = []
    for (index, statement) in batch.enumerated() {
      if isCut { throw .connectionLost("the process has died", outcome: .unknown) }
      if fault == .lost || fault == .unavailable, index == batch.count - 1 {
        close()
        throw .connectionLost("a fault", outcome: .notApplied)
      }
      do {
        results.append(try await run(statement, fault, isLast: index == batch.count - 1))
      } catch let failure as SQLFailure {
        close()
        throw .server(
          ServerError(
            statementIndex: index, statementName: statement.name, sqlState: failure.state, message: failure.message,
            detail: nil, hint: nil, constraint: failure.constraint, table: failure.table, column: failure.column))
      } catch let error as PostgresError {
        throw error
      } catch {
        fatalError("\(error)")
      }
    }
    if transaction != nil, !isExplicit { try end(fault) }
    await weather.pass()
    if isCut { throw .connectionLost("the process has died", outcome: .unknown) }
    return results
  }

  private nonisolated(nonsending) func run(
    _ statement: Statement, _ fault: DatabaseFault?, isLast: Bool
  ) async throws -> ResultRows {
    switch try database.plan(statement) {
    case .begin:
      transaction = Transaction(database)
      isExplicit = true
    case .rollback:
      close()
    case .commit:
      try end(fault)
    case .discardPlans: break
    case .run(let slots, let body):
      let transaction = self.transaction ?? Transaction(database)
      if self.transaction == nil {
        self.transaction = transaction
        isExplicit = false
      }
      let parameters = try statement.parameters.map { try Datum($0.bytes, $0.type) }
      let outcome = try await run(body, slots, parameters, transaction)
      return try ResultRows(
        columns: outcome.columns,
        rows: try outcome.rows.map { row in try zip(row, outcome.columns).map { try $0.encoded($1.type) } },
        affectedRows: outcome.affected)
    }
    return try ResultRows(columns: [], rows: [], affectedRows: 0)
  }

  /// Runs a statement, again whenever another transaction that was in its way is over.
  private nonisolated(nonsending) func run(
    _ body: (Frame) throws -> Outcome, _ slots: Int, _ parameters: [Datum], _ transaction: Transaction
  ) async throws -> Outcome {
    while true {
      let mark = transaction.mark
      do {
        return try body(Frame(transaction, database, parameters, slotCount: slots))
      } catch let wait as Wait {
        transaction.undo(to: mark)
        var next: Transaction? = wait.transaction
        while let other = next {
          if other === transaction { throw SQLFailure(.deadlockDetected, "deadlock detected") }
          next = other.awaited
        }
        transaction.awaited = wait.transaction
        await wait.transaction.ended()
        transaction.awaited = nil
        if isCut || self.transaction !== transaction {
          throw PostgresError.connectionLost("the process has died", outcome: .unknown)
        }
      }
    }
  }

  /// Ends the transaction as the fault has it.
  private func end(_ fault: DatabaseFault?) throws(PostgresError) {
    guard let transaction else { return }
    self.transaction = nil
    if case .lostInCommit(let isApplied)? = fault, transaction.mark > 0 {
      if isApplied { commit(transaction) } else { transaction.rollback() }
      throw .connectionLost("a fault", outcome: .unknown)
    }
    commit(transaction)
  }

  private func commit(_ transaction: Transaction) {
    if transaction.mark > 0 { database.willCommit?(transaction) }
    transaction.commit()
  }
}
