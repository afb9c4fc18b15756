/// What is known of a batch's effect when it did not end normally.
public enum BatchOutcome: Sendable, Hashable {
  /// The transaction did not commit; nothing of it will ever be seen.
  case notApplied
  /// The server was asked to commit, and its answer was never received: it may have done so or not.
  case unknown
}

/// Why this module could not do what was asked.
public enum PostgresError: Error, Sendable, Hashable {
  /// The caller broke a rule of this module (a bound, a parameter out of its type's range, a malformed connection
  /// string). Nothing was sent; trying again is useless.
  case misuse(String)
  /// There is no connection and none could be made now. Nothing was sent.
  case unavailable(String)
  /// The connection broke. `outcome` says what is known of the batch or transaction that was under way.
  case connectionLost(String, outcome: BatchOutcome)
  /// The deadline passed. The server was asked to cancel; `outcome` says what is known.
  case deadlineExceeded(outcome: BatchOutcome)
  /// The server refused a statement. The whole transaction was rolled back.
  case server(ServerError)
  /// A value of a result is not what the getter expects.
  case decoding(DecodingFailure)

  /// What is known of the effect of the batch that failed so. An error of decoding says nothing of the batch, which
  /// has already ended.
  public var outcome: BatchOutcome {
    switch self {
    case .misuse, .unavailable, .server, .decoding: .notApplied
    case .connectionLost(_, let outcome): outcome
    case .deadlineExceeded(let outcome): outcome
    }
  }

  /// The server's refusal, if it is one.
  public var serverError: ServerError? {
    if case .server(let error) = self { error } else { nil }
  }

  /// True for a violated primary key, unique constraint or unique index (23505).
  public var isUniqueViolation: Bool { serverError?.sqlState == .uniqueViolation }

  /// True where two transactions stood in each other's way (40001, 40P01): the same batch may pass when run again.
  public var isSerializationOrDeadlock: Bool {
    serverError.map { $0.sqlState == .serializationFailure || $0.sqlState == .deadlockDetected } ?? false
  }

  /// True if the connection is gone or could not be made.
  public var isConnectionFailure: Bool {
    switch self {
    case .unavailable, .connectionLost: true
    case .misuse, .deadlineExceeded, .server, .decoding: false
    }
  }

  /// True if nothing was done and the same batch may succeed later: a conflict between transactions, a server that
  /// is short of something, shutting down or read-only for now, a connection that broke before the commit was sent.
  public var isRetryable: Bool {
    switch self {
    case .unavailable: true
    case .connectionLost(_, let outcome), .deadlineExceeded(let outcome): outcome == .notApplied
    case .server(let error): error.isTransient
    case .misuse, .decoding: false
    }
  }
}

extension PostgresError: CustomStringConvertible {
  /// One line for a log. Contains texts of the server, which may quote data.
  public var description: String {
    switch self {
    case .misuse(let text): "PostgreSQL module misused: \(text)"
    case .unavailable(let text): "PostgreSQL unavailable: \(text)"
    case .connectionLost(let text, let outcome): "PostgreSQL connection lost (\(outcome)): \(text)"
    case .deadlineExceeded(let outcome): "PostgreSQL deadline exceeded (\(outcome))"
    case .server(let error): error.description
    case .decoding(let failure): failure.description
    }
  }
}

/// A refusal by the server, with the parts that PostgreSQL reports apart. Texts are cut at
/// ``PostgresLimits/errorTextBytesMaximum``.
public struct ServerError: Sendable, Hashable {
  /// The place of the refused statement in its batch; nil where the commit itself was refused (a deferred constraint)
  /// or the text was a script.
  public internal(set) var statementIndex: Int?
  /// The name of the refused statement, if it has one.
  public internal(set) var statementName: String?
  /// The five-character code.
  public let sqlState: SQLState
  /// The primary message, one line.
  public let message: String
  /// More about it.
  public let detail: String?
  /// What to do about it, says the server.
  public let hint: String?
  /// The violated constraint, or the unique index that stands for one.
  public let constraint: String?
  /// The table of the constraint.
  public let table: String?
  /// The column, where one alone is at fault.
  public let column: String?

  /// True if the same batch may succeed later without any change to it.
  public var isTransient: Bool {
    switch sqlState {
    case .serializationFailure, .deadlockDetected, .lockNotAvailable, .queryCanceled, .readOnlyTransaction,
      .invalidStatementName, .cannotConnectNow, .adminShutdown, .crashShutdown:
      true
    default: sqlState.code.hasPrefix("53") || sqlState.code.hasPrefix("08")
    }
  }
}

extension ServerError: CustomStringConvertible {
  /// One line for a log.
  public var description: String {
    var text = "PostgreSQL refused"
    if let statementIndex { text += " statement \(statementIndex)" }
    if let statementName { text += " '\(statementName)'" }
    text += ": \(sqlState.code) \(message)"
    if let detail { text += "; detail: \(detail)" }
    if let hint { text += "; hint: \(hint)" }
    if let constraint { text += "; constraint: \(constraint)" }
    return text
  }
}

/// A code of PostgreSQL's appendix A, five characters.
public struct SQLState: Sendable, Hashable {
  /// The five characters.
  public let code: String

  /// A code as the server sent it.
  public init(_ code: String) {
    self.code = code
  }

  /// A statement of that name is not prepared.
  public static let invalidStatementName = SQLState("26000")
  /// The feature is not supported; also "cached plan must not change result type".
  public static let featureNotSupported = SQLState("0A000")
  /// A write where only reads are allowed: a standby, most often after a failover.
  public static let readOnlyTransaction = SQLState("25006")
  /// Another session would have to release a lock first.
  public static let lockNotAvailable = SQLState("55P03")
  /// Cancelled by a user's request or by `statement_timeout`.
  public static let queryCanceled = SQLState("57014")
  /// An administrator ended the session or the server.
  public static let adminShutdown = SQLState("57P01")
  /// Another backend crashed.
  public static let crashShutdown = SQLState("57P02")
  /// The server is starting up or shutting down.
  public static let cannotConnectNow = SQLState("57P03")
  /// Serialization failure.
  public static let serializationFailure = SQLState("40001")
  /// Deadlock.
  public static let deadlockDetected = SQLState("40P01")
  /// NOT NULL violated.
  public static let notNullViolation = SQLState("23502")
  /// Foreign key violated.
  public static let foreignKeyViolation = SQLState("23503")
  /// Unique constraint or index violated.
  public static let uniqueViolation = SQLState("23505")
  /// CHECK violated.
  public static let checkViolation = SQLState("23514")
  /// A privilege is missing, or row-level security forbids the row.
  public static let insufficientPrivilege = SQLState("42501")
}

/// A value of a result that is not what the getter expects: the code and the schema disagree.
public struct DecodingFailure: Sendable, Hashable, CustomStringConvertible {
  /// The row, from 0.
  public let row: Int
  /// The column, from 0.
  public let column: Int
  /// The column's name, or an empty text where there is no such column.
  public let columnName: String
  /// What was expected and what was found.
  public let reason: String

  /// One line for a log; it holds no data.
  public var description: String { "row \(row), column \(column) '\(columnName)': \(reason)" }
}
