import Foundation
import Testing

@testable import Postgres

/// What a batch came to: its cells, or the code of the refusal.
private enum BatchResult: Equatable, CustomStringConvertible {
  case rows([[[[UInt8]?]]], affected: [Int])
  case refused(SQLState, column: String?)

  var description: String {
    switch self {
    case .rows(let rows, let affected): "\(rows) \(affected)"
    case .refused(let state, let column): "\(state.code) \(column ?? "")"
    }
  }
}

@Suite("PostgreSQL, and the database in memory that stands in for it")
struct DatabaseContractTests {
  private static let script = """
    CREATE DOMAIN phone_number AS text CHECK (VALUE ~ '^[+][0-9]{3,5}$');
    CREATE TABLE accounts (
      tenant_id uuid NOT NULL, account_id uuid NOT NULL, name text NOT NULL CHECK (octet_length(name) BETWEEN 1 AND 10),
      phone phone_number, PRIMARY KEY (tenant_id, account_id));
    CREATE TABLE wallets (
      tenant_id uuid NOT NULL, wallet_id uuid NOT NULL, account_id uuid, balance bigint NOT NULL, held bigint NOT NULL DEFAULT 0,
      state text NOT NULL CHECK (state IN ('open', 'shut')), since timestamptz NOT NULL DEFAULT '-infinity',
      PRIMARY KEY (tenant_id, wallet_id), CHECK (held <= balance),
      FOREIGN KEY (tenant_id, account_id) REFERENCES accounts (tenant_id, account_id));
    CREATE UNIQUE INDEX wallets_open ON wallets (tenant_id, account_id) WHERE state = 'open';
    CREATE INDEX wallets_by_account ON wallets (tenant_id, account_id, wallet_id);
    CREATE TABLE counters (tenant_id uuid NOT NULL, sequence text NOT NULL, next bigint NOT NULL, PRIMARY KEY (tenant_id, sequence));
    CREATE TABLE badges (
      tenant_id uuid NOT NULL, name text NOT NULL, badge_id uuid NOT NULL, PRIMARY KEY (tenant_id, name),
      UNIQUE (tenant_id, badge_id));
    CREATE UNIQUE INDEX badge_of_installation ON badges (name);
    CREATE TABLE wearers (
      tenant_id uuid NOT NULL, wearer_id uuid NOT NULL, badge_id uuid NOT NULL, PRIMARY KEY (tenant_id, wearer_id),
      FOREIGN KEY (tenant_id, badge_id) REFERENCES badges (tenant_id, badge_id));
    GRANT SELECT, INSERT, UPDATE, DELETE ON accounts, wallets, counters, badges, wearers TO service;
    """

  private static let tenant = PostgresUUID(high: 1, low: 1)
  private static let other = PostgresUUID(high: 1, low: 2)
  private static func id(_ number: UInt64) -> PostgresUUID { PostgresUUID(high: 2, low: number) }

  private static func array(_ type: PostgresType, _ values: [Parameter]) -> Parameter {
    let elements = values.map { (try? Datum($0.bytes, type)) ?? .null }
    let array = type.array ?? type
    return Parameter(type: array, bytes: (try? Datum.array(elements).encoded(array)) ?? nil)
  }

  private static func statement(_ sql: String, _ parameters: Parameter...) -> Statement {
    Statement(unnamed: sql, parameters)
  }

  private static func account(_ number: UInt64, _ name: String, _ phone: String? = nil) -> Statement {
    statement(
      "INSERT INTO accounts (tenant_id, account_id, name, phone) SELECT t, a, n, $4 "
        + "FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS u(t, a, n)",
      array(.uuid, [.uuid(tenant)]), array(.uuid, [.uuid(id(number))]), array(.text, [.text(name)]), .text(phone))
  }

  private static func wallet(_ number: UInt64, account: UInt64, balance: Int64, _ state: String = "open") -> Statement {
    statement(
      "INSERT INTO wallets (tenant_id, wallet_id, account_id, balance, state) SELECT unnest($1::uuid[]), unnest($2::uuid[]), "
        + "unnest($3::uuid[]), unnest($4::bigint[]), unnest($5::text[])",
      array(.uuid, [.uuid(tenant)]), array(.uuid, [.uuid(id(number))]), array(.uuid, [.uuid(id(account))]),
      array(.int8, [.int64(balance)]), array(.text, [.text(state)]))
  }

  private static func hold(_ number: UInt64, _ held: Int64) -> Statement {
    statement(
      "UPDATE wallets t SET held = u.held FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS u(tenant_id, wallet_id, held) "
        + "WHERE t.tenant_id = u.tenant_id AND t.wallet_id = u.wallet_id RETURNING t.wallet_id, t.held, t.balance + 1",
      array(.uuid, [.uuid(tenant)]), array(.uuid, [.uuid(id(number))]), array(.int8, [.int64(held)]))
  }

  /// Holds one unit more where `held` is right, and is refused where it is not.
  private static func claim(_ number: UInt64, held: Int64) -> Statement {
    statement(
      "UPDATE wallets t SET held = CASE t.held WHEN u.held THEN u.held + 1 END FROM (SELECT $1::uuid AS tenant_id, "
        + "$2::uuid AS wallet_id, $3::bigint AS held) u WHERE t.tenant_id = u.tenant_id AND t.wallet_id = u.wallet_id RETURNING t.held",
      .uuid(tenant), .uuid(id(number)), .int64(held))
  }

  private static func badge(_ number: UInt64, _ name: String, of tenant: PostgresUUID = tenant) -> Statement {
    statement(
      "INSERT INTO badges (tenant_id, name, badge_id) SELECT $1::uuid AS tenant_id, $2::text AS name, $3::uuid AS badge_id",
      .uuid(tenant), .text(name), .uuid(id(number)))
  }

  private static func wearer(_ number: UInt64, badge: UInt64) -> Statement {
    statement(
      "INSERT INTO wearers (tenant_id, wearer_id, badge_id) SELECT unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::uuid[])",
      array(.uuid, [.uuid(tenant)]), array(.uuid, [.uuid(id(number))]), array(.uuid, [.uuid(id(badge))]))
  }

  private static let count = statement(
    "INSERT INTO counters AS c (tenant_id, sequence, next) SELECT t, s, 1 + n FROM unnest($1::uuid[], $2::text[], $3::bigint[]) "
      + "AS u(t, s, n) ON CONFLICT (tenant_id, sequence) DO UPDATE SET next = c.next + EXCLUDED.next - 1 RETURNING c.next",
    array(.uuid, [.uuid(tenant)]), array(.text, [.text("ticket")]), array(.int8, [.int64(5)]))

  /// Batches, each a transaction, in their order; what they come to is the same in both.
  private static var batches: [[Statement]] {
    [
      [account(1, "Kopi", "+651")], [account(1, "again")], [account(2, "")], [account(2, "much too long")],
      [account(2, "Teh", "none")], [account(2, "Teh")], [wallet(1, account: 1, balance: 10)],
      [wallet(2, account: 1, balance: 10)], [wallet(2, account: 1, balance: 10, "shut")],
      [wallet(3, account: 9, balance: 1)],
      [wallet(3, account: 2, balance: 1, "lost")], [hold(1, 4), hold(1, 7)], [hold(1, 11)], [hold(8, 1)], [count],
      [count, count], [badge(1, "gate"), wearer(1, badge: 1)], [wearer(2, badge: 1)], [wearer(3, badge: 2)],
      [badge(1, "gate", of: other)], [badge(1, "door", of: other)],
      [
        statement(
          "SELECT r.wallet_id, r.balance, r.held, r.state FROM unnest($1::uuid[], $2::uuid[]) AS k(tenant_id, account_id), "
            + "LATERAL (SELECT * FROM wallets r WHERE r.tenant_id = k.tenant_id AND r.account_id = k.account_id "
            + "ORDER BY r.wallet_id DESC LIMIT 5 FOR UPDATE) r",
          array(.uuid, [.uuid(tenant), .uuid(tenant)]), array(.uuid, [.uuid(id(2)), .uuid(id(1))]))
      ],
      [
        statement(
          "SELECT k.place, r.* FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) AS k(tenant_id, place, account_id), "
            + "LATERAL (SELECT a.name, w.balance FROM accounts a JOIN wallets w ON w.tenant_id = a.tenant_id "
            + "AND w.account_id = a.account_id WHERE a.tenant_id = k.tenant_id AND a.account_id = k.account_id "
            + "ORDER BY w.wallet_id LIMIT 2) r",
          array(.uuid, [.uuid(tenant), .uuid(tenant), .uuid(tenant)]), array(.int8, [.int64(0), .int64(1), .int64(2)]),
          array(.uuid, [.uuid(id(2)), .uuid(id(9)), .uuid(id(1))]))
      ],
      [
        statement(
          "SELECT r.* FROM (SELECT $1::uuid AS tenant_id, $2::uuid AS wallet_id) k, LATERAL (SELECT w.wallet_id, w.balance "
            + "FROM wallets w WHERE w.tenant_id = k.tenant_id AND w.wallet_id = k.wallet_id LIMIT 1) r",
          .uuid(tenant), .uuid(id(2)))
      ],
      [
        statement(
          "SELECT k.number, r.balance FROM (SELECT unnest($1::uuid[]) AS tenant_id, unnest($2::uuid[]) AS wallet_id, $3 AS number) k, "
            + "LATERAL (SELECT w.balance FROM wallets w WHERE w.tenant_id = k.tenant_id AND w.wallet_id = k.wallet_id LIMIT 1) r",
          array(.uuid, [.uuid(tenant), .uuid(tenant)]), array(.uuid, [.uuid(id(2)), .uuid(id(1))]), .int64(7))
      ],
      [
        statement(
          "SELECT (SELECT count(*) FROM wallets WHERE tenant_id = $1 AND state = 'open'), "
            + "(SELECT min(balance) FROM wallets WHERE tenant_id = $1), (SELECT max(balance) FROM wallets WHERE tenant_id = $2), "
            + "(SELECT coalesce(sum(held), 0)::bigint FROM wallets WHERE tenant_id = $1)",
          .uuid(tenant), .uuid(id(1)))
      ],
      [
        statement(
          "SELECT a.name, w.since <= $3 FROM accounts a JOIN wallets w ON w.tenant_id = $1 AND w.account_id = a.account_id "
            + "WHERE a.tenant_id = $1 AND (a.phone IS NULL OR a.name <> $2) AND (w.balance, w.held) > (9, 1) "
            + "AND w.state = ANY($4) AND NOT a.name IN ('Teh') ORDER BY w.wallet_id",
          .uuid(tenant), .text("x"), .timestamp(milliseconds: 0), array(.text, [.text("open"), .text("shut")]))
      ],
      [
        statement(
          "DELETE FROM wallets t USING (SELECT unnest($1::uuid[]) AS tenant_id, unnest($2::uuid[]) AS wallet_id) u "
            + "WHERE t.tenant_id = u.tenant_id AND t.wallet_id = u.wallet_id",
          array(.uuid, [.uuid(tenant)]), array(.uuid, [.uuid(id(2))])), wallet(4, account: 1, balance: 3, "shut"),
      ],
      [hold(4, 3), account(1, "dup")],
      [claim(1, held: 4)], [claim(1, held: 3)],
      [
        statement(
          "SELECT w.wallet_id, w.held FROM wallets w WHERE w.tenant_id = $1 ORDER BY w.wallet_id", .uuid(tenant))
      ],
    ]
  }

  private static func result(_ body: () async throws -> [ResultRows]) async throws -> BatchResult {
    do {
      let results = try await body().dropFirst(2).dropLast()
      let cells = try results.map { rows in
        try rows.map { row in try (0..<rows.columnCount).map { try row.cell($0).map { Array($0) } } }
      }
      return .rows(cells, affected: results.map(\.affectedRows))
    } catch PostgresError.server(let error) {
      return .refused(error.sqlState, column: error.column)
    }
  }

  private struct Calm: DatabaseWeather {
    nonisolated(nonsending) func pass() async {}
    func fault(commits: Bool) -> DatabaseFault? { nil }
  }

  @Test("the same batches come to the same rows and the same refusals")
  func same() async throws {
    let conninfo = try #require(ProcessInfo.processInfo.environment["CALLOUT_TEST_DATABASE"])
    let schema = "contract_\(UInt64.random(in: .min ... .max))"
    let connection = ReconnectingConnection(ConnectionConfiguration(conninfo), backoff: Backoff(seed: 1))
    let created = "CREATE SCHEMA \(schema); SET search_path = \(schema); " + Self.script.replacing(/GRANT.*;/, with: "")
    try connection.withConnection { try $0.executeScript(created, deadline: .now + .seconds(30)) }.get()
    let session = MemorySession(try MemoryDatabase(scripts: [Self.script]) { 0 }, weather: Calm())
    for (number, batch) in Self.batches.enumerated() {
      let whole = [.begin, .serving(tenants: [Self.tenant, Self.other])] + batch + [.commit]
      let real = try await Self.result { try connection.execute(whole, deadline: .now + .seconds(30)) }
      let stand = try await Self.result { try await session.execute(whole, timeout: .seconds(30)) }
      #expect(stand == real, "batch \(number)")
    }
    try connection.withConnection {
      try $0.executeScript("DROP SCHEMA \(schema) CASCADE", deadline: .now + .seconds(30))
    }
    .get()
  }
}
