import CLibpq
import Glibc

/// How to reach a database, and how a session there behaves.
public struct ConnectionConfiguration: Sendable {
  /// A connection string of libpq (`host=a,b port=5432 dbname=ledger sslmode=verify-full
  /// target_session_attrs=read-write …`, or a `postgresql://` URI). With several hosts libpq tries them in order; what
  /// is set there wins over ``connectTimeout``, ``applicationName`` and ``keepalive``.
  public var connectionString: String
  /// Where the password comes from; it wins over the connection string.
  public var password: Password
  /// How long each address of each host may take to accept a session; whole seconds count, at least 2.
  public var connectTimeout: Duration
  /// The server's own limit for one statement: a second wall behind the deadlines of batches. Nil: none.
  public var statementTimeout: Duration?
  /// The server's limit for a transaction in which nothing happens, so that a stuck process holds no locks. Nil: none.
  public var idleTransactionTimeout: Duration?
  /// The name by which the server's administrator sees the session.
  public var applicationName: String
  /// How soon a dead peer is noticed where nothing is sent.
  public var keepalive: Keepalive
  /// Settings of the session, sent with the connection request.
  ///
  /// They begin with `plan_cache_mode = force_generic_plan`, since plans made for one batch's array sizes scan whole
  /// tables, and with `callout.tenants = {}`, so that policies of row-level security see an empty list where a
  /// transaction names no tenant.
  public var settings: [String: String]

  /// Where a password comes from.
  public enum Password: Sendable {
    /// The connection string, libpq's password file, or none.
    case asConfigured
    /// A file that holds nothing else, read at every attempt to connect, so that it can be replaced while the process
    /// runs. Line ends at its end are dropped; at most ``PostgresLimits/passwordFileBytesMaximum``.
    case file(path: String)
    /// The password itself.
    case secret(String)
  }

  /// TCP keepalives.
  public struct Keepalive: Sendable {
    /// Quiet time before the first probe.
    public var idle: Duration
    /// Time between probes.
    public var interval: Duration
    /// Probes unanswered until the connection counts as dead.
    public var count: Int
    /// How long sent data may stay unacknowledged.
    public var unacknowledged: Duration

    /// Whole seconds count for the probes, milliseconds for `unacknowledged`.
    public init(
      idle: Duration = .seconds(15), interval: Duration = .seconds(5), count: Int = 3,
      unacknowledged: Duration = .seconds(30)
    ) {
      self.idle = idle
      self.interval = interval
      self.count = count
      self.unacknowledged = unacknowledged
    }
  }

  /// A configuration with the defaults of a service.
  public init(
    _ connectionString: String, password: Password = .asConfigured, applicationName: String = "callout",
    connectTimeout: Duration = .seconds(5), statementTimeout: Duration? = .seconds(60),
    idleTransactionTimeout: Duration? = .seconds(60), keepalive: Keepalive = Keepalive(),
    settings: [String: String] = [:]
  ) {
    self.connectionString = connectionString
    self.password = password
    self.applicationName = applicationName
    self.connectTimeout = connectTimeout
    self.statementTimeout = statementTimeout
    self.idleTransactionTimeout = idleTransactionTimeout
    self.keepalive = keepalive
    self.settings = ["plan_cache_mode": "force_generic_plan", "callout.tenants": "{}"]
      .merging(settings) { _, given in given }
  }

  /// Checks the connection string's syntax without connecting. Throws ``PostgresError/misuse(_:)``; its text does not
  /// quote the string, which may hold a password.
  public func validate() throws(PostgresError) {
    _ = try parsedOptions()
  }
}

extension ConnectionConfiguration {
  /// Keywords and values for `PQconnectdbParams`, of which later ones win.
  func parameters() throws(PostgresError) -> [(String, String)] {
    var parameters: [(String, String)] = [
      ("connect_timeout", String(max(2, connectTimeout.wholeSeconds))),
      ("fallback_application_name", applicationName),
      ("keepalives", "1"),
      ("keepalives_idle", String(max(1, keepalive.idle.wholeSeconds))),
      ("keepalives_interval", String(max(1, keepalive.interval.wholeSeconds))),
      ("keepalives_count", String(max(1, keepalive.count))),
      ("tcp_user_timeout", String(max(1, keepalive.unacknowledged.wholeMilliseconds))),
      ("dbname", connectionString),
      ("client_encoding", "UTF8"),
      ("options", try options()),
    ]
    switch password {
    case .asConfigured: break
    case .secret(let secret): parameters.append(("password", secret))
    case .file(let path): parameters.append(("password", try Self.password(inFile: path)))
    }
    return parameters
  }

  /// The server's command line options: the connection string's own first, then the settings.
  private func options() throws(PostgresError) -> String {
    var settings = settings
    if let statementTimeout { settings["statement_timeout"] = String(max(1, statementTimeout.wholeMilliseconds)) }
    if let idleTransactionTimeout {
      settings["idle_in_transaction_session_timeout"] = String(max(1, idleTransactionTimeout.wholeMilliseconds))
    }
    var parts = [try parsedOptions()].filter { !$0.isEmpty }
    for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
      parts.append("-c \(Self.escaped(name))=\(Self.escaped(value))")
    }
    return parts.joined(separator: " ")
  }

  /// Options are separated by spaces; a backslash takes the next character as it is.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      if character == "\\" || character.isWhitespace { escaped.append("\\") }
      escaped.append(character)
    }
    return escaped
  }

  /// The value of `options` in the connection string, empty where there is none.
  private func parsedOptions() throws(PostgresError) -> String {
    var message: UnsafeMutablePointer<CChar>?
    defer { PQfreemem(message) }
    guard let parsed = PQconninfoParse(connectionString, &message) else {
      throw .misuse("the connection string to PostgreSQL is not one that libpq understands")
    }
    defer { PQconninfoFree(parsed) }
    var option = parsed
    while let keyword = option.pointee.keyword {
      if String(cString: keyword) == "options" { return option.pointee.val.map { String(cString: $0) } ?? "" }
      option += 1
    }
    return ""
  }

  private static func password(inFile path: String) throws(PostgresError) -> String {
    guard let file = fopen(path, "re") else {
      throw .unavailable("the password file \(path) cannot be opened (errno \(errno))")
    }
    defer { fclose(file) }
    let limit = PostgresLimits.passwordFileBytesMaximum
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    let count = fread(&bytes, 1, bytes.count, file)
    guard count <= limit else { throw .unavailable("the password file \(path) has more than \(limit) bytes") }
    let password = bytes[..<count].reversed().drop { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.reversed()
    guard let text = String(validating: password, as: UTF8.self), !text.isEmpty, !text.utf8.contains(0) else {
      throw .unavailable("the password file \(path) holds no password")
    }
    return text
  }
}

extension Duration {
  /// Seconds, rounded up; far beyond any timeout it stops growing.
  var wholeSeconds: Int {
    let (seconds, attoseconds) = components
    return Int(min(max(seconds + (attoseconds > 0 ? 1 : 0), 0), 1_000_000))
  }

  /// Milliseconds, rounded up; far beyond any timeout it stops growing.
  var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(min(max(seconds, 0), 1_000_000)) * 1_000
      + Int((max(attoseconds, 0) + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
