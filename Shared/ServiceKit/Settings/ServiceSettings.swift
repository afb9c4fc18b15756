import Logging
import Policy
import Wire
import Postgres
import Transport

/// Every setting that all services have, read and checked. Durations carry their unit in their names.
struct ServiceSettings: Sendable {
  /// Where the database is, and as whom to go there.
  struct Database: Sendable {
    var conninfo: String
    var passwordFile: String?
    var ownerConninfo: String?
    var ownerPasswordFile: String?
    var serviceRole: String
    var migrateAtStart: Bool
    var batchTimeout: Duration
  }

  var domain: String
  var server: ServerConfiguration
  var opsHost: String
  var opsPort: Int
  var tls: TLSFiles
  var database: Database
  var peers: [ServiceName: [PeerAddress]]
  var lanes: Int
  var lane: LaneSettings
  var readers: Int
  var readBatchMax: Int
  var readQueueMax: Int
  var requestTimeout: TimeSpan
  var drainTimeout: Duration
  var relay: Relay.Settings
  var timers: Scheduler.Settings
  var feed: ChangeFeed.Settings
  /// How long replies are kept under their keys; nil for ever.
  var repliesKept: TimeSpan?
  var logLevel: Logger.Level
  var logForm: LineLogHandler.Form
  /// What the service itself defines.
  var extra: [String: String]

  /// Reads everything; ``SettingsReader/finish()`` then tells what is wrong.
  init(_ reader: SettingsReader, service: ServiceName, extra: [ExtraSetting]) {
    domain = reader.string("domain", default: nil, bytes: 1...255)
    let host = reader.string("listen.host", default: "127.0.0.1", bytes: 1...255)
    let port = reader.int("listen.port", default: 7400, in: 0...65_535, unit: "(a TCP port)")
    server = Self.server(reader, host: host, port: port, service: service)
    opsHost = reader.string("ops.host", default: "127.0.0.1", bytes: 1...255)
    opsPort = reader.int("ops.port", default: 7410, in: 0...65_535, unit: "(a TCP port)")
    tls = TLSFiles(
      certificateChain: reader.string("tls.certificate", default: nil, bytes: 1...4_096),
      privateKey: reader.string("tls.key", default: nil, bytes: 1...4_096),
      trustRoots: reader.string("tls.trust", default: nil, bytes: 1...4_096))
    database = Database(reader)
    peers = Self.peers(reader, service: service)
    lanes = reader.int("lanes.count", default: 2, in: 1...64, unit: "lanes")
    lane = LaneSettings()
    lane.batchMax = reader.int("lanes.batch-max", default: lane.batchMax, in: 1...1_000, unit: "commands")
    lane.queueMax = reader.int("lanes.queue-max", default: lane.queueMax, in: 1...1_000_000, unit: "commands")
    lane.rowsKeptMax = reader.int("lanes.rows-kept", default: lane.rowsKeptMax, in: 0...10_000_000, unit: "rows")
    lane.oneTenantABatch = reader.bool("lanes.one-tenant-a-batch", default: false)
    readers = reader.int("readers.count", default: 2, in: 1...64, unit: "readers")
    readBatchMax = reader.int("readers.batch-max", default: 128, in: 1...200, unit: "reads")
    readQueueMax = reader.int("readers.queue-max", default: 8_192, in: 1...1_000_000, unit: "reads")
    requestTimeout = .milliseconds(
      Int64(reader.int("request-timeout-ms", default: 30_000, in: 1...300_000, unit: "milliseconds")))
    drainTimeout = .milliseconds(
      reader.int("drain-timeout-ms", default: 20_000, in: 1...600_000, unit: "milliseconds"))
    relay = Relay.Settings()
    relay.batchMax = reader.int("relay.batch-max", default: relay.batchMax, in: 1...1_000, unit: "events")
    relay.sweepInterval = .milliseconds(
      reader.int("relay.sweep-interval-ms", default: 3_000, in: 10...600_000, unit: "milliseconds"))
    timers = Scheduler.Settings()
    timers.interval = .milliseconds(
      reader.int("timers.interval-ms", default: 200, in: 10...60_000, unit: "milliseconds"))
    timers.surveyInterval = .milliseconds(
      reader.int("timers.survey-interval-ms", default: 3_000, in: 10...600_000, unit: "milliseconds"))
    feed = ChangeFeed.Settings()
    feed.interval = .milliseconds(
      reader.int("feed.interval-ms", default: 250, in: 10...60_000, unit: "milliseconds"))
    let days = reader.int("replies.keep-days", default: 0, in: 0...36_500, unit: "days (0: for ever)")
    if service == .ledger, days > 0 {
      reader.problem("replies.keep-days is \(days); the ledger's keys never expire: leave it out")
    }
    repliesKept = days == 0 ? nil : .days(Int64(days))
    logLevel = reader.choice("log.level", default: Logger.Level.info)
    logForm = reader.choice("log.form", default: LineLogHandler.Form.logfmt)
    self.extra = [:]
    for setting in extra { self.extra[setting.name] = setting.read(reader) }
  }

  private static func server(
    _ reader: SettingsReader, host: String, port: Int, service: ServiceName
  ) -> ServerConfiguration {
    var server = ServerConfiguration(host: host, port: port, service: service.rawValue)
    server.eventLoopCount = reader.int("listen.threads", default: 1, in: 1...64, unit: "threads")
    server.connectionsMax = reader.int(
      "listen.connections-max", default: server.connectionsMax, in: 1...1_000_000, unit: "connections")
    server.connectionsPerAddressMax = reader.int(
      "listen.connections-per-address-max", default: server.connectionsPerAddressMax, in: 1...1_000_000,
      unit: "connections")
    server.inFlightMax = reader.int(
      "listen.in-flight-max", default: server.inFlightMax, in: 1...65_536, unit: "requests")
    for problem in server.problems { reader.problem(problem) }
    return server
  }

  /// `host:port`, several separated by commas.
  private static func peers(_ reader: SettingsReader, service: ServiceName) -> [ServiceName: [PeerAddress]] {
    var peers: [ServiceName: [PeerAddress]] = [:]
    for name in ServiceName.allCases {
      let setting = "peers.\(name.rawValue)"
      guard let text = reader.optionalString(setting) else {
        if name != service {
          reader.problem("\(setting) is missing; set it in the file or as \(SettingsReader.variable(setting))")
        }
        continue
      }
      peers[name] = text.split(separator: ",").compactMap { part in
        let address = part.split(separator: " ").joined()
        guard let colon = address.lastIndex(of: ":"), let port = Int(address[address.index(after: colon)...]),
          (1...65_535).contains(port), colon != address.startIndex
        else {
          reader.problem("\(setting) is \(text); it must be host:port, several separated by commas")
          return nil
        }
        return PeerAddress(host: String(address[..<colon]), port: port)
      }
    }
    peers[service] = nil
    return peers
  }
}

extension ServiceSettings.Database {
  init(_ reader: SettingsReader) {
    conninfo = reader.string("database.conninfo", default: nil, bytes: 1...4_096)
    passwordFile = reader.optionalString("database.password-file")
    ownerConninfo = reader.optionalString("database.owner-conninfo")
    ownerPasswordFile = reader.optionalString("database.owner-password-file")
    serviceRole = reader.string("database.service-role", default: "callout_service", bytes: 1...63)
    migrateAtStart = reader.bool("database.migrate-at-start", default: false)
    batchTimeout = .milliseconds(
      reader.int("database.batch-timeout-ms", default: 20_000, in: 10...600_000, unit: "milliseconds"))
    if migrateAtStart, ownerConninfo == nil {
      reader.problem("database.migrate-at-start needs database.owner-conninfo, the connection of the schema's owner")
    }
  }

  /// How the service connects.
  func configuration(_ name: String, settings: [String: String] = [:]) -> ConnectionConfiguration {
    ConnectionConfiguration(
      conninfo, password: passwordFile.map { .file(path: $0) } ?? .asConfigured, applicationName: name,
      settings: settings)
  }

  /// How migrations connect.
  var ownerConfiguration: ConnectionConfiguration {
    ConnectionConfiguration(
      ownerConninfo ?? conninfo, password: (ownerPasswordFile ?? passwordFile).map { .file(path: $0) } ?? .asConfigured,
      applicationName: "callout migrate")
  }
}

/// A setting that a service defines beside those that all have.
public struct ExtraSetting: Sendable {
  private enum Kind: Sendable {
    case text(default: String?)
    case number(default: Int, ClosedRange<Int>, unit: String)
    case word(default: String, among: [String])
  }

  /// Its name, such as `maildir`.
  public let name: String
  private let kind: Kind

  /// A text of at most 4,096 bytes; `nil` as default means that it must be set.
  public init(_ name: String, default value: String?) {
    self.name = name
    kind = .text(default: value)
  }

  /// A whole number. `unit` is for the messages.
  public init(_ name: String, default value: Int, in range: ClosedRange<Int>, unit: String) {
    self.name = name
    kind = .number(default: value, range, unit: unit)
  }

  /// One of several words.
  public init(_ name: String, default word: String, among words: [String]) {
    self.name = name
    kind = .word(default: word, among: words)
  }

  fileprivate func read(_ reader: SettingsReader) -> String {
    switch kind {
    case .text(let value): reader.string(name, default: value, bytes: 0...4_096)
    case .number(let value, let range, let unit): "\(reader.int(name, default: value, in: range, unit: unit))"
    case .word(let word, let words): reader.word(name, default: word, among: words)
    }
  }
}
