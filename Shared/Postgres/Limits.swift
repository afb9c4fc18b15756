/// The bounds of everything that this module queues, sends, keeps or prints.
public enum PostgresLimits {
  /// Statements in one batch. More is misuse: a batch writes many rows by one statement over arrays.
  public static let statementsPerBatchMaximum = 1_024
  /// Parameters of one statement.
  public static let parametersPerStatementMaximum = 256
  /// Bytes of one encoded parameter.
  public static let parameterBytesMaximum = 256 << 20
  /// Elements of one array parameter.
  public static let arrayElementsMaximum = 16 << 20
  /// Statements that one connection keeps prepared.
  public static let preparedStatementsMaximum = 1_024
  /// Bytes of a prepared statement's name; the server cuts longer names.
  public static let statementNameBytesMaximum = 63
  /// Bytes given to libpq before the socket has to take them, or answers have to be read.
  public static let unflushedBytesMaximum = 256 << 10
  /// Bytes of each text of an error that are kept.
  public static let errorTextBytesMaximum = 2_000
  /// Bytes of a password file.
  public static let passwordFileBytesMaximum = 4_096
  /// Time that a cancelled batch is given to end before its connection is closed.
  public static let cancelGrace: Duration = .seconds(2)
  /// Cancel requests of the process that may be under way at a time; beyond it a connection is closed instead.
  public static let cancelThreadsMaximum = 16
  /// Time that a failed batch is given to roll back before its connection is closed.
  public static let rollbackGrace: Duration = .seconds(5)
  /// Bytes of a migration's script.
  public static let migrationBytesMaximum = 4 << 20
  /// Migrations of one database.
  public static let migrationsMaximum = 9_999
}
