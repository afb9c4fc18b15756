public import Postgres

/// Brings a service's database to what the program needs: the kit's migrations, the service's own, and row-level security
/// on every table.
public struct ServiceMigrations: Sendable {
  /// The migrations in order; their place is their number.
  public let migrator: Migrator
  private let serviceRole: String

  /// The script of what every service has.
  static var commonScript: String { String(decoding: PackageResources._001_common_sql, as: UTF8.self) }

  /// The migrations of a service.
  ///
  /// - Parameter serviceRole: the role that the running service connects as; it must exist and owns nothing.
  public init<Definition: ServiceDefinition>(
    of definition: Definition.Type, serviceRole: String
  ) throws(MigrationError) {
    let quoted = "\"" + serviceRole.replacing("\"", with: "\"\"") + "\""
    let scripts =
      [MigrationScript(1, "common", PackageResources._001_common_sql)]
      + Definition.migrations.sorted { $0.number < $1.number }
    self.serviceRole = serviceRole
    self.migrator = try Migrator(
      scripts.enumerated().map { index, script in
        Migration(number: index + 1, name: script.name, sql: script.sql.replacing(":service_role", with: quoted))
      })
  }

  /// Applies what is missing, and returns the names of what was applied.
  public func apply(on connection: Connection, deadline: ContinuousClock.Instant) throws -> [String] {
    let role = try connection.execute([Self.roleExists.with(.text(serviceRole))], deadline: deadline)[0].only()
    guard try role.bool(0) else {
      throw PostgresError.misuse(
        "there is no role \(serviceRole): create the role that the service connects as, then migrate again")
    }
    let applied = try migrator.apply(on: connection, deadline: deadline)
    try connection.executeScript(Self.protection, deadline: deadline)
    return applied.map(\.name)
  }

  private static let roleExists = Statement(
    unnamed: "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)")

  /// The policy in the one form that costs nothing: the list of tenants is read once a statement, into a hash.
  static let policy = "tenant_id IN (SELECT unnest(current_setting('callout.tenants', true)::uuid[]))"

  /// Idempotent, and locks only what it changes.
  ///
  /// To the planner every table is as if one tenant had all of it: an index is then chosen by the columns after the tenant,
  /// and not by how few rows a tenant had when the table was last analysed.
  private static let protection = """
    DO $protect$
    DECLARE found record;
    BEGIN
      FOR found IN
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
          AND a.attname = 'tenant_id' AND NOT a.attisdropped
          AND NOT coalesce('n_distinct=1' = ANY (a.attoptions), false)
      LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant_id SET (n_distinct = 1)', found.relname);
      END LOOP;
      FOR found IN
        SELECT c.oid, c.relname FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
          AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
          AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
      LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', found.relname);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', found.relname);
        IF NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = found.oid) THEN
          EXECUTE format('CREATE POLICY named_tenants ON %I USING (\(policy.replacing("'", with: "''")))', found.relname);
        END IF;
      END LOOP;
    END
    $protect$
    """
}
