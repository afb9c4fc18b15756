public import Postgres

/// The rules that every table of a service keeps, checked against the database's catalogue.
public enum SchemaRules {
  /// How the name of a unique index ends that holds across tenants, after what its rows are: `mailbox_of_installation`. Only
  /// such an index may begin with another column than the tenant.
  static let installationWide = "_of_installation"

  /// What only one tenant may have, where an error says that another has it; nil for any other error.
  static func object(takenBy error: ServerError) -> String? {
    guard error.sqlState == .uniqueViolation, let constraint = error.constraint, constraint.hasSuffix(installationWide)
    else { return nil }
    return String(constraint.dropLast(installationWide.count)).replacing("_", with: " ")
  }

  /// What breaks a rule, one sentence each; empty if nothing does.
  ///
  /// - Parameter serviceRole: the role that the running service connects as.
  public static func violations(
    on connection: Connection, serviceRole: String, deadline: ContinuousClock.Instant
  ) throws -> [String] {
    let rows = try connection.execute(
      [Statement(unnamed: query, [.text(serviceRole)])], deadline: deadline)[0]
    return try rows.map { try $0.text(0) }
  }

  private static let query = #"""
    WITH tables AS (
      SELECT c.oid, c.relname, c.relowner, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname <> 'schema_migrations')
    SELECT relname || ': the first column is not tenant_id uuid NOT NULL' FROM tables t
    WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum = 1 AND a.attname = 'tenant_id'
      AND a.attnotnull AND a.atttypid = 'uuid'::regtype)
    UNION ALL
    SELECT t.relname || ': tenant_id is not first in ' || i.indexrelid::regclass
    FROM tables t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indkey[0] <> 1 AND NOT (i.indisunique AND c.relname LIKE '%\_of\_installation')
    UNION ALL
    SELECT t.relname || ': there is no primary key that begins with tenant_id' FROM tables t
    WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary AND i.indkey[0] = 1)
      AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary)
    UNION ALL
    SELECT t.relname || ': tenant_id is not first in foreign key ' || k.conname
    FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
    WHERE k.conkey[1] <> 1 OR k.confkey[1] <> 1
    UNION ALL
    SELECT t.relname || ': ' || k.conname || ' looks at one column, which a domain does for less'
    FROM tables t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'c' AND cardinality(k.conkey) = 1
    UNION ALL
    SELECT relname || ': row-level security is not enabled and forced' FROM tables
    WHERE NOT (relrowsecurity AND relforcerowsecurity)
    UNION ALL
    SELECT t.relname || ': policy ' || p.polname || ' is not of the form that every table has'
    FROM tables t JOIN pg_policy p ON p.polrelid = t.oid
    WHERE NOT (t.relname = 'tenants' AND p.polname = 'listed')
      AND coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
        NOT LIKE '%tenant_id IN ( SELECT unnest%callout.tenants%'
    UNION ALL
    SELECT relname || ': there is no policy' FROM tables t
    WHERE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid)
    UNION ALL
    SELECT relname || ': owned by the service''s role' FROM tables t JOIN pg_roles r ON r.oid = t.relowner
    WHERE r.rolname = $1
    UNION ALL
    SELECT t.relname || ': has a trigger ' || g.tgname FROM tables t JOIN pg_trigger g ON g.tgrelid = t.oid
    WHERE NOT g.tgisinternal
    UNION ALL
    SELECT c.relname || ': a sequence' FROM pg_class c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'S'
    ORDER BY 1
    """#
}
