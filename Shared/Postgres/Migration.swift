/// One step of a database's schema: a script that is applied once, in order, and never changes afterwards.
public struct Migration: Sendable, Hashable {
  /// The place in the order, from 1 without gaps.
  public let number: Int
  /// What it does, for people.
  public let name: String
  /// The statements, without BEGIN or COMMIT: each migration runs in a transaction of its own.
  public let sql: String

  /// A migration from its parts.
  public init(number: Int, name: String, sql: String) {
    self.number = number
    self.name = name
    self.sql = sql
  }

  /// A migration from a file named like `0001-tables.sql`: digits, a hyphen, the name. Nil for any other name.
  public init?(fileName: String, sql: String) {
    guard fileName.hasSuffix(".sql"), let hyphen = fileName.firstIndex(of: "-") else { return nil }
    let digits = fileName[..<hyphen]
    let name = fileName[fileName.index(after: hyphen)...].dropLast(".sql".count)
    guard !name.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(digits) else { return nil }
    self.init(number: number, name: String(name), sql: sql)
  }
}

/// Why migrations were not applied. What was applied before the error stays.
public enum MigrationError: Error, Sendable, Hashable {
  /// The program's own list is not 1, 2, 3, …, or a script is too long: `reason` says which.
  case invalidList(reason: String)
  /// The database holds a migration under that number whose script was another.
  case changed(number: Int, name: String)
  /// The database lacks a migration before one that it has.
  case gap(missing: Int, applied: Int)
  /// The database was made by a newer program.
  case databaseIsNewer(applied: Int, known: Int)
  /// A script was refused, or contains an end of its transaction; nothing of this migration is left.
  case failed(number: Int, name: String, PostgresError)
  /// The database could not be asked.
  case database(PostgresError)
}

extension MigrationError: CustomStringConvertible {
  /// What happened and what to do about it.
  public var description: String {
    switch self {
    case .invalidList(let reason): "the migrations of this program are not in order: \(reason)"
    case .changed(let number, let name):
      "migration \(number) '\(name)' was applied with another script; restore that script and add a new migration"
    case .gap(let missing, let applied):
      "migration \(applied) is applied but \(missing) is not; restore the database from a backup"
    case .databaseIsNewer(let applied, let known):
      "the database is at migration \(applied) and this program knows \(known); run a newer program"
    case .failed(let number, let name, let error): "migration \(number) '\(name)' failed: \(error)"
    case .database(let error): "migrations could not be checked: \(error)"
    }
  }
}
