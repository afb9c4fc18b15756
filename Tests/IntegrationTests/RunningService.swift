import Counting
import Foundation
import Logging
import NIOCore
import Policy
import Postgres
import SwiftProtobuf
import Synchronization
import Testing
import Transport
import Wire

@testable import ServiceKit

/// A service in this process, on a database of its own: everything but the ports. Requests come in as off a connection,
/// and what it tells other services is kept.
final class RunningService<Definition: ServiceDefinition>: Sendable {
  let database: TestDatabase
  /// What was told to other services, oldest first.
  let told: ToldEvents
  /// What its lanes have asked of the database.
  let asked = AskedOfDatabase()
  /// What its readers have.
  let read = AskedOfDatabase()
  private let place: Place
  private let engine: ServiceEngine<Definition>
  private let tasks: [Task<Void, Never>]

  /// Migrates the database and starts to serve.
  ///
  /// - Parameter extra: the service's own settings, by their names in the environment, such as `CALLOUT_MAILDIR`.
  init(on database: TestDatabase, extra: [String: String] = [:], works: Bool = true) async throws {
    self.database = database
    place = await Place()
    try await database.migrate(Definition.self)
    var environment = [
      "CALLOUT_DOMAIN": "callout.test", "CALLOUT_TLS_CERTIFICATE": "none", "CALLOUT_TLS_KEY": "none",
      "CALLOUT_TLS_TRUST": "none", "CALLOUT_DATABASE_CONNINFO": database.service,
      "CALLOUT_DATABASE_SERVICE_ROLE": database.serviceRole, "CALLOUT_TIMERS_INTERVAL_MS": "20",
      "CALLOUT_TIMERS_SURVEY_INTERVAL_MS": "100", "CALLOUT_RELAY_SWEEP_INTERVAL_MS": "100",
    ]
    for peer in ServiceName.allCases { environment["CALLOUT_PEERS_\(peer.rawValue.uppercased())"] = "127.0.0.1:1" }
    environment.merge(extra) { $1 }
    let reader = try await SettingsReader(file: nil, environment: environment)
    let settings = ServiceSettings(reader, service: Definition.name, extra: Definition.settings)
    try reader.finish()
    told = ToldEvents()
    let told = told
    var edges = ServiceEdges.real(settings.database, service: Definition.name)
    let (makeSession, asked, read) = (edges.makeSession, asked, read)
    edges.makeSession = { part, settings, seed in
      if part.hasPrefix("lane") { return CountingSession(makeSession(part, settings, seed), asked) }
      if part.hasPrefix("reader") { return CountingSession(makeSession(part, settings, seed), read) }
      return makeSession(part, settings, seed)
    }
    let peers = ServiceName.allCases.filter { $0 != Definition.name }.map { ($0, told as any EventPeer) }
    engine = ServiceEngine(
      settings: settings, peers: Dictionary(uniqueKeysWithValues: peers), edges: edges,
      status: .init(version: "test", startedAt: edges.clock.now),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let engine = engine
    tasks = [Task { await engine.runBackground() }] + (works ? [Task { await engine.runDefinition() }] : [])
  }

  /// What the service's own work beside the requests may use.
  var background: Background<Definition.State> { engine.background }

  /// Stops as a drain does. The database stays.
  func stop() async {
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
    await engine.finish()
    await engine.close()
    place.leave()
  }

  /// Asks, and returns the reply or throws what refused it.
  func ask<Request: Message, Reply: Message>(
    _ operation: Wire.Operation<Request, Reply>, as peer: PeerIdentity, tenant: TenantID? = nil, key: [UInt8]? = nil,
    _ request: Request
  ) async throws(CommandRefused) -> Reply {
    let isWrite = operation.method.kind == .write
    let envelope = RequestEnvelope(
      key: ByteBuffer(bytes: isWrite ? key ?? (0..<16).map { _ in UInt8.random(in: 0...255) } : []),
      tenant: tenant.flatMap { TenantBytes($0.bytes) }, body: Payload.encode(request))
    let connection = AskedOnce(peer)
    let answer = await withCheckedContinuation { continuation in
      connection.wait(continuation)
      engine.gateway.received(
        [IncomingRequest(stream: 1, method: operation.method.number, envelope: envelope, receivedAt: .now())],
        on: connection)
    }
    switch answer {
    case .reply(_, let payload):
      guard let reply = try? Payload.decode(Reply.self, from: payload) else {
        throw CommandRefused(Callout_V1_Refusal(.malformedMessage))
      }
      return reply
    case .refusal(_, let refusal): throw CommandRefused(refusal)
    case .push: throw CommandRefused(Callout_V1_Refusal(.internalError))
    }
  }

  /// Asks for many things at once, as they come off one connection, and waits for all answers.
  ///
  /// - Returns: How many were refused, and how often this thread asked for memory while it put them in.
  func askAtOnce(
    _ method: Wire.Method, as peer: PeerIdentity, _ requests: [some Message]
  ) async -> (refused: Int, allocations: UInt64) {
    let incoming = requests.enumerated().map { index, request in
      let isWrite = method.kind == .write
      let key = ByteBuffer(bytes: isWrite ? (0..<16).map { _ in UInt8.random(in: 0...255) } : [])
      return IncomingRequest(
        stream: UInt32(index + 1), method: method.number,
        envelope: RequestEnvelope(key: key, tenant: nil, body: Payload.encode(request)), receivedAt: .now())
    }
    let connection = AskedAtOnce(peer, count: requests.count)
    return await withCheckedContinuation { continuation in
      let before = allocationsOfThread()
      engine.gateway.received(incoming, on: connection)
      let allocations = allocationsOfThread() - before
      connection.wait { refused in continuation.resume(returning: (refused, allocations)) }
    }
  }

  /// Waits until nothing of the tenant is due and nothing waits to be sent or delivered.
  func settle(_ tenant: TenantID) async throws {
    for _ in 0..<1_000 {
      let pending = try await ask(.pendingGet, as: .service(name: "operator"), tenant: tenant, .init())
      if pending.timersDue == 0 && pending.eventsWaiting == 0 { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("the tenant does not settle")
  }

  /// Moves a test tenant's clock step by step, as the command does.
  func advance(_ tenant: TenantID, to instant: Instant) async throws {
    while true {
      let pending = try await ask(.pendingGet, as: .service(name: "operator"), tenant: tenant, .init())
      let due = pending.nextDueMs == 0 ? instant.milliseconds : min(pending.nextDueMs, instant.milliseconds)
      _ = try await ask(
        .clockAdvance, as: .service(name: "operator"), tenant: tenant,
        .with { $0.toMs = max(due, pending.nowMs) })
      try await settle(tenant)
      if due == instant.milliseconds { return }
    }
  }

  /// Applies news from another service; the reply says whether it was new.
  @discardableResult
  func tell(_ tenant: TenantID, from source: String, _ event: Callout_V1_Event) async throws -> Bool {
    let bytes = try event.serializedData()
    return try await ask(
      .eventApply, as: .service(name: source), tenant: tenant, .with { $0.event = bytes }
    ).applied
  }

  /// A test tenant whose clock stands at `instant`, and an identity for each role.
  func tenant(at instant: Instant) async throws -> TenantID {
    var source = IdentifierSource(seed: .random(in: .min ... .max))
    let id: TenantID = source.next(at: instant)
    _ = try await ask(
      .tenantCreate, as: .service(name: "operator"), tenant: id,
      .with {
        $0.name = "Test"
        $0.test = true
        $0.clockMs = instant.milliseconds
      })
    return id
  }
}

/// A database that is made for one suite, with the two roles of a service, and dropped at the end.
final class TestDatabase: Sendable {
  let name: String
  let serviceRole: String
  /// How the service connects.
  let service: String
  private let server: String
  private let owner: String

  /// Makes a database on the server that CALLOUT_TEST_DATABASE names.
  init() throws {
    let server = try #require(
      ProcessInfo.processInfo.environment["CALLOUT_TEST_DATABASE"],
      "set CALLOUT_TEST_DATABASE to the conninfo of a superuser of a private PostgreSQL server, or use scripts/test")
    self.server = server
    name = "callout_test_\(UInt64.random(in: .min ... .max))"
    serviceRole = "\(name)_service"
    let owner = "\(name)_owner"
    for sql in [
      "CREATE ROLE \(owner) LOGIN PASSWORD 'owner'", "CREATE ROLE \(serviceRole) LOGIN PASSWORD 'service'",
      "CREATE DATABASE \(name) OWNER \(owner)",
    ] { try Self.run(sql, on: server) }
    self.owner = "\(server) dbname=\(name) user=\(owner) password=owner"
    service = "\(server) dbname=\(name) user=\(serviceRole) password=service"
  }

  deinit {
    for sql in [
      "DROP DATABASE IF EXISTS \(name) WITH (FORCE)", "DROP ROLE IF EXISTS \(name)_owner",
      "DROP ROLE IF EXISTS \(serviceRole)",
    ] { try? Self.run(sql, on: server) }
  }

  /// Brings the database to what a service needs.
  func migrate<Definition: ServiceDefinition>(_ definition: Definition.Type) async throws {
    let connection = try Connection(ConnectionConfiguration(owner, applicationName: "test"))
    defer { connection.close() }
    _ = try ServiceMigrations(of: definition, serviceRole: serviceRole)
      .apply(on: connection, deadline: .now + .seconds(60))
  }

  /// What breaks the rules of a schema.
  func schemaViolations() throws -> [String] {
    let connection = try Connection(ConnectionConfiguration(owner, applicationName: "test"))
    defer { connection.close() }
    return try SchemaRules.violations(on: connection, serviceRole: serviceRole, deadline: .now + .seconds(60))
  }

  /// Runs SQL as the superuser, whom no policy stops.
  func asSuperuser(_ sql: String) throws {
    try Self.run(sql, on: "\(server) dbname=\(name)")
  }

  /// What SQL says in its first cell, as the superuser.
  func number(_ sql: String) throws -> Int64 {
    let connection = try Connection(ConnectionConfiguration("\(server) dbname=\(name)", applicationName: "test"))
    defer { connection.close() }
    return try connection.execute([Statement(unnamed: sql)], deadline: .now + .seconds(60))[0].only().int64(0)
  }

  private static func run(_ sql: String, on conninfo: String) throws {
    let connection = try Connection(ConnectionConfiguration(conninfo, applicationName: "test"))
    defer { connection.close() }
    _ = try connection.execute([Statement(unnamed: sql)], deadline: .now + .seconds(60))
  }
}

/// Takes every event that a service tells others, and acknowledges it.
final class ToldEvents: EventPeer {
  private let rows = Mutex<[OutboxRow]>([])

  func deliver(_ rows: [OutboxRow]) async -> [ServiceKit.Delivery] {
    self.rows.withLock { $0 += rows }
    return rows.map { _ in .acknowledged }
  }

  /// The events, decoded.
  var events: [Callout_V1_Event] {
    rows.withLock { $0 }.compactMap { try? Callout_V1_Event(serializedBytes: $0.payload) }
  }
}

/// A connection on which many requests are asked, whose answers are counted.
private final class AskedAtOnce: ConnectionHandle {
  private struct Contents {
    var left: Int
    var refused = 0
    var done: (@Sendable (Int) -> Void)?
  }

  let id = UInt64.random(in: .min ... .max)
  let peer: PeerIdentity
  private let contents: Mutex<Contents>

  init(_ peer: PeerIdentity, count: Int) {
    self.peer = peer
    contents = Mutex(Contents(left: count))
  }

  /// Calls `done` with the number of refusals once all are answered.
  func wait(_ done: @escaping @Sendable (Int) -> Void) {
    contents.withLock { $0.done = done }
    send([])
  }

  func send(_ frames: [OutgoingFrame]) {
    let (done, refused) =
      contents.withLock { contents in
        contents.left -= frames.count
        contents.refused += frames.count { if case .refusal = $0 { true } else { false } }
        guard contents.left == 0, let done = contents.done else { return (nil, 0) }
        contents.done = nil
        return (done, contents.refused)
      } as ((@Sendable (Int) -> Void)?, Int)
    done?(refused)
  }
}

/// A connection on which one request is asked.
private final class AskedOnce: ConnectionHandle {
  let id = UInt64.random(in: .min ... .max)
  let peer: PeerIdentity
  private let waiting = Mutex<CheckedContinuation<OutgoingFrame, Never>?>(nil)

  init(_ peer: PeerIdentity) { self.peer = peer }

  func wait(_ continuation: CheckedContinuation<OutgoingFrame, Never>) {
    waiting.withLock { $0 = continuation }
  }

  func send(_ frames: [OutgoingFrame]) {
    guard let frame = frames.first else { return }
    let continuation = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    continuation?.resume(returning: frame)
  }
}
