/// Brings a database's schema to what the program needs.
///
/// Several processes may do so at once: one works under an advisory lock, the others wait and find it done. What was
/// applied stands in the table `schema_migrations`, with the SHA-256 of each script.
public struct Migrator: Sendable {
  /// The migrations, numbered 1, 2, 3, ….
  public let migrations: [Migration]

  /// The key of the advisory lock, which belongs to the database: "callout" as eight bytes.
  private static let lockKey: Int64 = 0x0063_616c_6c6f_7574

  /// Takes migrations in any order. Throws ``MigrationError/invalidList(reason:)`` if they are not 1, 2, 3, … or a
  /// script is empty or too long.
  public init(_ migrations: [Migration]) throws(MigrationError) {
    let sorted = migrations.sorted { $0.number < $1.number }
    guard sorted.count <= PostgresLimits.migrationsMaximum else {
      throw .invalidList(reason: "there are \(sorted.count), more than \(PostgresLimits.migrationsMaximum)")
    }
    for (index, migration) in sorted.enumerated() {
      guard migration.number == index + 1 else {
        throw .invalidList(reason: "\(migration.number) '\(migration.name)' stands where \(index + 1) is expected")
      }
      guard 1...PostgresLimits.migrationBytesMaximum ~= migration.sql.utf8.count else {
        throw .invalidList(reason: "\(migration.number) '\(migration.name)' is empty or too long")
      }
    }
    self.migrations = sorted
  }

  /// The migrations that the database lacks, in order; empty if it is up to date. Changes nothing, and needs no more
  /// than the right to read the table, which everybody has.
  public func pending(
    on connection: Connection, deadline: ContinuousClock.Instant
  ) throws(MigrationError) -> [Migration] {
    try compare(try applied(on: connection, deadline: deadline))
  }

  /// Applies what the database lacks, each migration in a transaction of its own, and returns what was applied; when
  /// all is there already it changes nothing. The session's own statement timeout does not count here, the deadline
  /// does, and it includes waiting for another process that is at it.
  @discardableResult
  public func apply(
    on connection: Connection, deadline: ContinuousClock.Instant
  ) throws(MigrationError) -> [Migration] {
    try database { () throws(PostgresError) in
      try connection.executeScript("SET statement_timeout = 0", deadline: deadline)
      _ = try connection.execute([Self.lock], deadline: deadline)
    }
    defer {
      // A closed session has let go of its lock already.
      if connection.isUsable {
        let grace = ContinuousClock.now + PostgresLimits.rollbackGrace
        let released = try? connection.execute([Self.unlock], deadline: grace)
        if released == nil || (try? connection.executeScript("RESET statement_timeout", deadline: grace)) == nil {
          connection.close()
        }
      }
    }
    try createTable(on: connection, deadline: deadline)
    let pending = try compare(try applied(on: connection, deadline: deadline))
    for migration in pending { try apply(migration, on: connection, deadline: deadline) }
    return pending
  }

  private func apply(
    _ migration: Migration, on connection: Connection, deadline: ContinuousClock.Instant
  ) throws(MigrationError) {
    do throws(PostgresError) {
      _ = try connection.execute([.begin], deadline: deadline)
      try connection.executeScript(migration.sql, deadline: deadline)
      guard connection.isInTransaction else { throw PostgresError.misuse("the script ends its transaction") }
      let row: [Parameter] = [
        .int32(Int32(migration.number)), .text(migration.name), .bytea(Array(migration.sql.utf8)),
      ]
      _ = try connection.execute([Self.record.with(row), .commit], deadline: deadline)
    } catch {
      throw .failed(number: migration.number, name: migration.name, error)
    }
  }

  private func createTable(on connection: Connection, deadline: ContinuousClock.Instant) throws(MigrationError) {
    try database { () throws(PostgresError) in
      guard try connection.execute([Self.tableExists], deadline: deadline)[0].only().bool(0) == false else { return }
      try connection.executeScript(
        """
        CREATE TABLE schema_migrations (
          number     integer     PRIMARY KEY CHECK (number > 0),
          name       text        NOT NULL,
          checksum   bytea       NOT NULL CHECK (octet_length(checksum) = 32),
          applied_at timestamptz NOT NULL DEFAULT now()
        );
        GRANT SELECT ON schema_migrations TO PUBLIC;
        """, deadline: deadline)
    }
  }

  private struct Applied {
    let number: Int
    let name: String
    let isSame: Bool
  }

  /// What the database has, each compared with the program's script of that number.
  private func applied(
    on connection: Connection, deadline: ContinuousClock.Instant
  ) throws(MigrationError) -> [Applied] {
    try database { () throws(PostgresError) in
      guard try connection.execute([Self.tableExists], deadline: deadline)[0].only().bool(0) else { return [] }
      let scripts = Self.list.with(.byteas(migrations.map { Array($0.sql.utf8) }))
      var applied: [Applied] = []
      for row in try connection.execute([scripts], deadline: deadline)[0] {
        applied.append(Applied(number: Int(try row.int32(0)), name: try row.text(1), isSame: try row.bool(2)))
      }
      return applied
    }
  }

  private func compare(_ applied: [Applied]) throws(MigrationError) -> [Migration] {
    if let last = applied.last, last.number > migrations.count {
      throw .databaseIsNewer(applied: last.number, known: migrations.count)
    }
    for (index, one) in applied.enumerated() {
      guard one.number == index + 1 else { throw .gap(missing: index + 1, applied: one.number) }
      guard one.isSame else { throw .changed(number: one.number, name: one.name) }
    }
    return Array(migrations.dropFirst(applied.count))
  }

  private func database<R>(_ body: () throws(PostgresError) -> R) throws(MigrationError) -> R {
    do throws(PostgresError) {
      return try body()
    } catch {
      throw .database(error)
    }
  }
}

extension Migrator {
  private static let lock = Statement(unnamed: "SELECT pg_advisory_lock($1)", [.int64(lockKey)])
  private static let unlock = Statement(unnamed: "SELECT pg_advisory_unlock($1)", [.int64(lockKey)])
  private static let tableExists = Statement(unnamed: "SELECT to_regclass('schema_migrations') IS NOT NULL")
  private static let record = Statement(
    unnamed: "INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, sha256($3))")
  /// A number that the program does not know compares as different; it is refused before that matters.
  private static let list = Statement(
    unnamed: """
      SELECT number, name, coalesce(checksum = sha256(($1::bytea[])[number]), false)
      FROM schema_migrations ORDER BY number
      """)
}
