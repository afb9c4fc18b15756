import Foundation
import IntakeService
import ServiceKit
import Testing

@testable import Postgres

@Suite("The words of PostgreSQL, and those of the database in memory")
struct WordSearchTests {
  private static let table = """
    CREATE TABLE notes (
      tenant_id uuid NOT NULL, note_id bigint NOT NULL, title text NOT NULL, tags text NOT NULL, body text NOT NULL,
      words tsvector GENERATED ALWAYS AS (article_words('simple', title, tags, body)) STORED,
      PRIMARY KEY (tenant_id, note_id));
    """
  private static let tenant = PostgresUUID(high: 1, low: 1)

  /// Intake's own functions for searching.
  private static var functions: String {
    get throws {
      let script = try #require(IntakeDefinition.migrations.first { $0.name == "knowledge" }).sql
      let found = script.split(separator: ";").filter { $0.contains("CREATE FUNCTION") }
      #expect(found.count == 4)
      return found.map { $0 + ";" }.joined()
    }
  }

  private static let notes = [
    ("Mail", "backup", "How a disk is replaced"), ("Backup at night", "", "Every night at two"),
    ("Printers", "paper", "Then the backup, and the disk"), ("Disks", "disk mail", ""), ("Éclair", "", "ÉCLAIR Œuvre"),
  ]
  private static let queries = [
    "backup", "BACKUP disk", "night every", "mail", "nothing", "backups", "disk paper", "éclair œuvre", "", "...",
    "at two",
  ]

  private static var statements: [Statement] {
    let insertions = notes.enumerated().map { number, note in
      Statement(
        unnamed: "INSERT INTO notes (tenant_id, note_id, title, tags, body) SELECT $1, $2, $3, $4, $5",
        [.uuid(tenant), .int64(Int64(number)), .text(note.0), .text(note.1), .text(note.2)])
    }
    let searches = queries.map { query in
      Statement(
        unnamed: "SELECT n.note_id, article_rank(n.words, 'simple', $2) > 0 FROM notes n WHERE n.tenant_id = $1 "
          + "AND article_matches(n.words, 'simple', $2) ORDER BY n.note_id",
        [.uuid(tenant), .text(query)])
    }
    let ranking = Statement(
      unnamed: "SELECT n.note_id FROM notes n WHERE n.tenant_id = $1 AND article_matches(n.words, 'simple', $2) "
        + "ORDER BY article_rank(n.words, 'simple', $2) DESC, n.note_id",
      [.uuid(tenant), .text("backup")])
    return insertions + searches + [ranking]
  }

  private static func cells(_ results: [ResultRows]) throws -> [[[[UInt8]?]]] {
    try results.map { rows in
      try rows.map { row in try (0..<rows.columnCount).map { try row.cell($0).map { Array($0) } } }
    }
  }

  private struct Calm: DatabaseWeather {
    nonisolated(nonsending) func pass() async {}
    func fault(commits: Bool) -> DatabaseFault? { nil }
  }

  @Test("P4: both find the same texts by plain words, and put title before tags before text")
  func same() async throws {
    let conninfo = try #require(ProcessInfo.processInfo.environment["CALLOUT_TEST_DATABASE"])
    let schema = "words_\(UInt64.random(in: .min ... .max))"
    let script = try Self.functions + Self.table
    let connection = ReconnectingConnection(ConnectionConfiguration(conninfo), backoff: Backoff(seed: 1))
    let created = "CREATE SCHEMA \(schema); SET search_path = \(schema); " + script
    try connection.withConnection { try $0.executeScript(created, deadline: .now + .seconds(30)) }.get()
    let granted = script + "GRANT SELECT, INSERT ON notes TO service;"
    let session = MemorySession(try MemoryDatabase(scripts: [granted]) { 0 }, weather: Calm())
    let whole = [.begin, .serving(tenants: [Self.tenant])] + Self.statements + [.commit]
    let real = try Self.cells(try connection.execute(whole, deadline: .now + .seconds(30)))
    let stand = try Self.cells(try await session.execute(whole, timeout: .seconds(30)))
    for (index, (real, stand)) in zip(real, stand).enumerated().dropFirst(2) {
      #expect(stand == real, "\(whole[index].sql) \(index - 2 - Self.notes.count)")
    }
    // The real one finds something, or nothing would be compared.
    #expect(real[real.count - 2].count == 3)
    try connection.withConnection {
      try $0.executeScript("DROP SCHEMA \(schema) CASCADE", deadline: .now + .seconds(30))
    }
    .get()
  }
}
