public import Policy
public import Postgres

/// A query of a read: a statement of its own, `Query(sql: "SELECT … WHERE r.tenant_id = $1", [Argument(context.tenant)])`, or
/// its part in a statement that all reads of a batch share, which a ``Lookup`` makes.
public struct Query: Sendable {
  enum Form: Sendable {
    case own(Statement)
    case shared(any LookupPart)
  }

  let form: Form

  /// A statement of its own. Its text is prepared once a connection, so it must not vary with the data.
  public init(sql: String, _ arguments: [Argument] = []) {
    form = .own(Statement(sql: sql, arguments))
  }

  init(_ part: any LookupPart) {
    form = .shared(part)
  }
}

/// An argument of a ``Query``.
public typealias Argument = Postgres.Parameter

/// Reading a published plan.
public enum PlanQuery {
  /// The plan's document, for ``ReadResults/plan(_:)``.
  public static func select(_ tenant: TenantID, _ version: PlanVersion) -> Query {
    Query(
      sql: "SELECT p.version, p.document FROM plans p WHERE p.tenant_id = $1 AND p.version = $2",
      [Argument(tenant), Argument(version)])
  }
}

extension ID {
  /// The identifier in a field of a request; refuses `.invalid(field:)` unless there are 16 bytes.
  public init(field: String, _ bytes: some Collection<UInt8>) throws(Refused) {
    guard let id = ID(bytes: bytes) else {
      throw Refused(.invalid(field: field), "\(field) must be an id of 16 bytes.")
    }
    self = id
  }

  /// The identifier in a field that may be left out; nil if it is empty.
  public static func optional(field: String, _ bytes: some Collection<UInt8>) throws(Refused) -> ID? {
    bytes.isEmpty ? nil : try ID(field: field, bytes)
  }
}

extension PlanVersion {
  /// The version in a field of a request; refuses `.invalid(field:)` unless there are 32 bytes.
  public init(field: String, _ bytes: some Collection<UInt8>) throws(Refused) {
    guard let version = PlanVersion(bytes: bytes) else {
      throw Refused(.invalid(field: field), "\(field) must be a plan's version of 32 bytes.")
    }
    self = version
  }
}

extension Instant {
  /// The instant in a field of a request; refuses `.invalid(field:)` outside the years 1 to 9999.
  public init(field: String, milliseconds: Int64) throws(Refused) {
    guard let instant = Instant(validating: milliseconds) else {
      throw Refused(.invalid(field: field), "\(field) must lie in the years 1 to 9999.")
    }
    self = instant
  }

  /// The instant in a field that may be left out; nil if it is 0.
  public static func optional(field: String, milliseconds: Int64) throws(Refused) -> Instant? {
    milliseconds == 0 ? nil : try Instant(field: field, milliseconds: milliseconds)
  }
}
