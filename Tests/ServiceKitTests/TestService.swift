import Foundation
import Logging
import NIOCore
import Policy
import Postgres
import Synchronization
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import ServiceKit

/// A fresh database with an owner and a service's role, dropped at the end.
final class TestDatabase: Sendable {
  struct Missing: Error, CustomStringConvertible {
    var description: String {
      "CALLOUT_TEST_DATABASE is not set: it is the conninfo of a superuser on a PostgreSQL server for tests (see scripts/test)"
    }
  }

  static let serviceRole = "callout_kit_tests_service"
  let name: String
  let administrator: String
  private let executor = ThreadExecutor(name: "test-database")
  private let schema: SchemaSession

  init() async throws {
    guard let conninfo = ProcessInfo.processInfo.environment["CALLOUT_TEST_DATABASE"] else { throw Missing() }
    administrator = conninfo
    name = "callout_kit_\(UInt64.random(in: .min ... .max))"
    schema = SchemaSession(on: executor, configuration: ConnectionConfiguration(conninfo), seed: 1)
    let (role, database) = (Self.serviceRole, name)
    try await schema.withConnection { connection in
      let deadline = ContinuousClock.now + .seconds(30)
      // Suites run at the same time, and a role is the whole server's.
      try connection.executeScript(
        """
        SELECT pg_advisory_xact_lock(7254);
        DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '\(role)') THEN
          CREATE ROLE \(role); END IF; END $$;
        ALTER ROLE \(role) LOGIN PASSWORD 'service'
        """, deadline: deadline)
      try connection.executeScript("CREATE DATABASE \(database)", deadline: deadline)
    }
  }

  /// The superuser's conninfo of this database.
  var owner: String { "\(administrator) dbname=\(name)" }
  /// The service's own.
  var service: String { "\(administrator) dbname=\(name) user=\(Self.serviceRole) password=service" }

  func migrate<Definition: ServiceDefinition>(_ definition: Definition.Type) async throws {
    let migrations = try ServiceMigrations(of: definition, serviceRole: Self.serviceRole)
    let executor = ThreadExecutor(name: "test-migrate")
    let schema = SchemaSession(on: executor, configuration: ConnectionConfiguration(owner), seed: 1)
    _ = try await schema.withConnection { try migrations.apply(on: $0, deadline: .now + .seconds(30)) }
    await schema.close()
    executor.shutdown()
  }

  /// Rows of the first column of a query by the superuser, as text.
  func texts(_ sql: String) async throws -> [String] {
    let executor = ThreadExecutor(name: "test-query")
    let schema = SchemaSession(on: executor, configuration: ConnectionConfiguration(owner), seed: 1)
    let texts = try await schema.withConnection { connection in
      try connection.execute([Statement(unnamed: sql)], deadline: .now + .seconds(30))[0].map { try $0.text(0) }
    }
    await schema.close()
    executor.shutdown()
    return texts
  }

  func drop() async {
    let database = name
    try? await schema.withConnection {
      try $0.executeScript("DROP DATABASE \(database) WITH (FORCE)", deadline: .now + .seconds(30))
    }
    await schema.close()
    executor.shutdown()
  }
}

/// A clock that stands where it is put.
final class StandingClock: EdgeClock {
  private let instant: Mutex<Instant>

  init(_ instant: Instant) { self.instant = Mutex(instant) }

  var now: Instant {
    get { instant.withLock { $0 } }
    set { instant.withLock { $0 = newValue } }
  }
  private let start = ContinuousClock.now
  var uptime: Duration { start.duration(to: .now) }
  func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}

extension ServiceEdges {
  /// The real edges but for the clock.
  static func standing(_ clock: StandingClock, _ settings: ServiceSettings) -> ServiceEdges {
    var edges = real(settings.database, service: .ledger)
    edges.clock = clock
    return edges
  }

  /// Edges of a part that needs a clock only.
  static func standing(_ clock: StandingClock) -> ServiceEdges {
    ServiceEdges(
      clock: clock, taskExecutor: nil, makeExecutor: { ThreadExecutor(name: $0) },
      makeSession: { _, _, _ in SuspendingSession() }, seed: { 1 })
  }
}

/// A connection whose frames are kept.
final class TestConnection: ConnectionHandle {
  private struct Contents {
    var frames: [OutgoingFrame] = []
    var sends = 0
    var waiting: [(until: @Sendable ([OutgoingFrame]) -> Bool, CheckedContinuation<[OutgoingFrame], Never>)] = []
  }

  private static let ids = Atomic<UInt64>(0)
  let id = TestConnection.ids.wrappingAdd(1, ordering: .relaxed).newValue
  let peer: PeerIdentity
  private let contents = Mutex(Contents())

  init(_ peer: PeerIdentity) { self.peer = peer }

  func send(_ frames: [OutgoingFrame]) {
    let done = contents.withLock { contents in
      contents.frames += frames
      contents.sends += 1
      let all = contents.frames
      let done = contents.waiting.filter { $0.until(all) }
      contents.waiting.removeAll { $0.until(all) }
      return (done.map(\.1), all)
    }
    for continuation in done.0 { continuation.resume(returning: done.1) }
  }

  var sends: Int { contents.withLock { $0.sends } }

  /// The frames, once they satisfy `until`.
  func frames(until: @escaping @Sendable ([OutgoingFrame]) -> Bool) async -> [OutgoingFrame] {
    await withCheckedContinuation { continuation in
      let frames: [OutgoingFrame]? = contents.withLock { contents in
        if until(contents.frames) { return contents.frames }
        contents.waiting.append((until, continuation))
        return nil
      }
      if let frames { continuation.resume(returning: frames) }
    }
  }

  /// The answer on a stream.
  func answer(_ stream: UInt32) async -> OutgoingFrame {
    let isAnswer: @Sendable (OutgoingFrame) -> Bool = { frame in
      if case .push = frame { return false }
      return frame.stream == stream
    }
    let frames = await frames { $0.contains(where: isAnswer) }
    return frames.first(where: isAnswer) ?? .refusal(stream: stream, Callout_V1_Refusal(.internalError))
  }
}

/// A peer that keeps what it is sent and answers as told.
final class TestPeer: EventPeer {
  private let received = Mutex<[OutboxRow]>([])
  private let behaviour = Mutex<@Sendable (OutboxRow) -> Delivery>({ _ in .acknowledged })

  var rows: [OutboxRow] { received.withLock { $0 } }

  func behave(_ behaviour: @escaping @Sendable (OutboxRow) -> Delivery) {
    self.behaviour.withLock { $0 = behaviour }
  }

  func deliver(_ rows: [OutboxRow]) async -> [Delivery] {
    received.withLock { $0 += rows }
    let behaviour = self.behaviour.withLock { $0 }
    return rows.map(behaviour)
  }
}

/// A running service of the tests, without ports: requests are put in where the transport would.
final class TestService: Sendable {
  static let tenant = TenantID(high: 0x0190_0000_0000_7000, low: 0x8000_0000_0000_0001)
  let database: TestDatabase
  let engine: ServiceEngine<CounterService>
  let peer = TestPeer()
  /// What its lanes ask.
  let asked = AskedOfDatabase()
  let clock = StandingClock(Instant(milliseconds: 1_800_000_000_000))
  private let background: Task<Void, Never>
  private let stream = Atomic<UInt32>(0)

  init(
    database: TestDatabase, lanes: Int = 1, change: (inout ServiceSettings) -> Void = { _ in }
  ) async throws {
    self.database = database
    let reader = try await SettingsReader(
      file: nil,
      environment: [
        "CALLOUT_DOMAIN": "callout.test", "CALLOUT_TLS_CERTIFICATE": "none", "CALLOUT_TLS_KEY": "none",
        "CALLOUT_TLS_TRUST": "none", "CALLOUT_DATABASE_CONNINFO": database.service, "CALLOUT_LANES_COUNT": "\(lanes)",
        "CALLOUT_READERS_COUNT": "1", "CALLOUT_PEERS_INTAKE": "localhost:1", "CALLOUT_PEERS_NOTIFIER": "localhost:1",
        "CALLOUT_TIMERS_INTERVAL_MS": "10", "CALLOUT_FEED_INTERVAL_MS": "10", "CALLOUT_RELAY_SWEEP_INTERVAL_MS": "50",
      ])
    var settings = ServiceSettings(reader, service: .ledger, extra: [])
    try reader.finish()
    change(&settings)
    var edges = ServiceEdges.standing(clock, settings)
    let (makeSession, asked) = (edges.makeSession, asked)
    edges.makeSession = { part, settings, seed in
      guard part.hasPrefix("lane") else { return makeSession(part, settings, seed) }
      return CountingSession(makeSession(part, settings, seed), asked)
    }
    let engine = ServiceEngine<CounterService>(
      settings: settings, peers: [.intake: peer], edges: edges,
      status: .init(version: "test", startedAt: clock.now),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    self.engine = engine
    background = Task { await engine.runBackground() }
  }

  /// Ends the service; the database stays.
  func stop() async {
    background.cancel()
    await background.value
    await engine.finish()
    await engine.close()
  }

  /// A service on a fresh database with its tenant made.
  static func with(
    lanes: Int = 1, test: Bool = false, change: (inout ServiceSettings) -> Void = { _ in },
    _ body: (TestService) async throws -> Void
  ) async throws {
    let database = try await TestDatabase()
    do {
      try await database.migrate(CounterService.self)
      let service = try await TestService(database: database, lanes: lanes, change: change)
      do {
        try await service.createTenant(tenant, test: test)
        try await body(service)
      } catch {
        await service.stop()
        throw error
      }
      await service.stop()
    } catch {
      await database.drop()
      throw error
    }
    await database.drop()
  }

  func createTenant(_ tenant: TenantID, test: Bool = false) async throws {
    let answer = await ask(
      .tenantCreate,
      Callout_V1_TenantCreateRequest.with {
        $0.name = "Provider"
        $0.test = test
        $0.clockMs = test ? clock.now.milliseconds : 0
      }, key: "create-\(tenant)", tenant: tenant, as: .service(name: "operator"))
    _ = try Self.reply(answer, Callout_V1_TenantCreateReply.self)
  }

  // MARK: Asking

  static func request(
    _ method: Wire.Method, _ message: some SwiftProtobuf.Message, key: String = "", tenant: TenantID? = nil,
    timeout: Int64 = 0, credit: UInt32 = 0, stream: UInt32
  ) -> IncomingRequest {
    IncomingRequest(
      stream: stream, method: method.number,
      envelope: RequestEnvelope(
        key: ByteBuffer(string: key), timeoutMilliseconds: timeout,
        tenant: tenant.map { TenantBytes(high: $0.high, low: $0.low) }, body: Payload.encode(message), credit: credit),
      receivedAt: .now())
  }

  func nextStream() -> UInt32 { stream.wrappingAdd(1, ordering: .relaxed).newValue }

  /// Asks on a connection of its own, and waits for the answer.
  func ask(
    _ method: Wire.Method, _ message: some SwiftProtobuf.Message, key: String = "",
    tenant: TenantID = TestService.tenant, as peer: PeerIdentity = .service(name: "operator"), timeout: Int64 = 0
  ) async -> OutgoingFrame {
    let connection = TestConnection(peer)
    let stream = nextStream()
    engine.gateway.received(
      [
        Self.request(
          method, message, key: key, tenant: peer.tenant == nil ? tenant : nil, timeout: timeout, stream: stream)
      ], on: connection)
    return await connection.answer(stream)
  }

  static let desk = PeerIdentity.tenant(TenantBytes(high: tenant.high, low: tenant.low), role: .admin, name: "anna")

  static func addition(_ account: AgreementID, _ amount: Int64, _ reason: String = "")
    -> Callout_V1_AdjustmentPostRequest
  {
    .with {
      $0.agreementID = Data(account.bytes)
      $0.amount = amount
      $0.reason = reason
    }
  }

  /// Adds to an account, and waits for the answer.
  func add(
    _ account: AgreementID, _ amount: Int64, _ reason: String = "", key: String, tenant: TenantID = TestService.tenant
  ) async -> OutgoingFrame {
    await ask(
      .adjustmentPost, Self.addition(account, amount, reason), key: key,
      as: .tenant(TenantBytes(high: tenant.high, low: tenant.low), role: .admin, name: "anna"))
  }

  /// The total of an account and how many additions made it.
  func total(_ account: AgreementID) async throws -> (total: Int64, additions: Int64) {
    let answer = await ask(
      .balanceGet, Callout_V1_BalanceGetRequest.with { $0.agreementID = Data(account.bytes) }, as: Self.desk)
    let reply = try Self.reply(answer, Callout_V1_BalanceGetReply.self)
    return (reply.balance, reply.held)
  }

  struct Refused: Error {
    let refusal: Callout_V1_Refusal
  }

  static func reply<Reply: SwiftProtobuf.Message>(_ frame: OutgoingFrame, _ type: Reply.Type) throws -> Reply {
    switch frame {
    case .reply(_, let payload): return try Payload.decode(type, from: payload)
    case .refusal(_, let refusal): throw Refused(refusal: refusal)
    case .push: throw Refused(refusal: Callout_V1_Refusal(.internalError))
    }
  }

  static func code(_ frame: OutgoingFrame) -> RefusalCode? {
    if case .refusal(_, let refusal) = frame { refusal.code } else { nil }
  }

  static func payload(_ frame: OutgoingFrame) -> ByteBuffer? {
    switch frame {
    case .reply(_, let payload): payload
    case .refusal(_, let refusal): Payload.encode(refusal)
    case .push: nil
    }
  }

  /// Waits until `condition` holds: for what happens after a reply, such as deliveries.
  static func eventually(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
  ) async throws {
    for _ in 0..<1_000 {
      if try await condition() { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("\(what) did not come about", sourceLocation: sourceLocation)
  }
}

func account(_ number: UInt64) -> AgreementID {
  AgreementID(high: 0x0190_0000_0000_7000, low: 0x9000_0000_0000_0000 + number)
}
