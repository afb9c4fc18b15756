/// One SQL statement of a batch with its parameters.
///
/// The text is constant and its parameters are `$1`…`$n`; a connection prepares it under its name the first time it
/// meets it (in the same round trip), and again after a reconnect. One name stands for one text with one list of
/// parameter types; another text under the same name is misuse.
public struct Statement: Sendable {
  /// The name under which the statement is prepared; empty: it is not kept prepared.
  public let name: String
  /// One SQL command.
  public let sql: String
  /// The values of `$1`…`$n`, in order.
  public var parameters: [Parameter]
  /// What the statement does to the transaction.
  let control: TransactionControl

  /// A statement that connections keep prepared under `name` (1 to 63 bytes).
  public init(_ name: String, _ sql: String, _ parameters: [Parameter] = []) {
    self.name = name
    self.sql = sql
    self.parameters = parameters
    control = TransactionControl(sql)
  }

  /// A statement that is parsed each time, for what is rarely run.
  public init(unnamed sql: String, _ parameters: [Parameter] = []) {
    self.init("", sql, parameters)
  }

  /// The same statement with other values.
  public func with(_ parameters: Parameter...) -> Statement {
    var copy = self
    copy.parameters = parameters
    return copy
  }

  /// The same statement with other values.
  public func with(_ parameters: [Parameter]) -> Statement {
    var copy = self
    copy.parameters = parameters
    return copy
  }

  /// Begins a transaction; only as the first of a batch.
  public static let begin = Statement("callout.begin", "BEGIN")
  /// Begins a transaction that the server lets read only, all of it as of one moment; only as the first of a batch.
  ///
  /// A batch of this, reads and ``commit`` has no effect that could be unknown: when it fails it can be repeated.
  public static let beginReading = Statement(
    "callout.begin-reading", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
  /// Commits the transaction; only as the last of a batch.
  public static let commit = Statement("callout.commit", "COMMIT")
  /// Rolls the transaction back; only as the last of a batch.
  public static let rollback = Statement("callout.rollback", "ROLLBACK")
  /// Lets go of the plans of the session's prepared statements: each is planned anew when it is next run.
  public static let discardPlans = Statement("callout.discard-plans", "DISCARD PLANS")

  /// Names the tenants that the rest of the transaction serves, for policies of row-level security of the form
  /// `tenant_id IN (SELECT unnest(current_setting('callout.tenants')::uuid[]))`.
  ///
  /// It is gone with the transaction. A connection of this module starts with the empty list, so a transaction that
  /// names nobody reaches no row.
  public static func serving(tenants: some Collection<PostgresUUID>) -> Statement {
    let list = "{" + tenants.map(\.text).joined(separator: ",") + "}"
    return servingTenants.with(.text(list))
  }

  private static let servingTenants = Statement(
    "callout.tenants", "SELECT set_config('callout.tenants', $1, true)")
}

/// What a statement does to the transaction around it, by its first word.
enum TransactionControl: Sendable {
  case none, begin, beginReading, commit, rollback

  init(_ sql: String) {
    // Most statements are ruled out by their first letter.
    guard let first = sql.utf8.first, "bBcCeErRsSaA".utf8.contains(first) else {
      self = .none
      return
    }
    switch sql.prefix(while: { $0.isLetter }).uppercased() {
    case "BEGIN", "START": self = sql.uppercased().hasSuffix(" READ ONLY") ? .beginReading : .begin
    case "COMMIT", "END": self = .commit
    case "ROLLBACK", "ABORT": self = sql.uppercased().contains(" TO ") ? .none : .rollback
    default: self = .none
    }
  }
}
