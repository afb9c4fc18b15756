import FoundationEssentials
import Logging
import NIOCore
import Policy
import Synchronization
import SwiftProtobuf
import Transport
import Wire

/// Takes requests off connections: decides whether the caller may ask, decodes, and puts each into its lane, its reader or
/// the feed. It runs on event loops and never waits.
final class Gateway<Definition: ServiceDefinition>: RequestReceiver {
  typealias State = Definition.State

  /// What a service tells of itself.
  struct Status: Sendable {
    let version: String
    let startedAt: Instant
  }

  /// Finds the tenant of a request that names none.
  typealias Finding = @Sendable (_ method: Wire.Method, _ body: [UInt8]) async throws(CommandRefused) -> TenantID

  private let writes: [UInt16: WriteEntry<State>]
  private let reads: [UInt16: ReadEntry]
  private let lanes: [Lane<State>]
  private let readers: Readers
  private let feed: ChangeFeed
  private let clock: any EdgeClock
  private let status: Status
  private let defaultTimeout: TimeSpan
  private let start: @Sendable (@escaping @Sendable () async -> Void) -> Void
  private let find: Finding
  private let measures = LaneMeasures()
  private let isDraining = Atomic<Bool>(false)

  init(
    writes: [WriteEntry<State>], reads: [ReadEntry], lanes: [Lane<State>], readers: Readers, feed: ChangeFeed,
    clock: any EdgeClock, status: Status, defaultTimeout: TimeSpan,
    start: @escaping @Sendable (@escaping @Sendable () async -> Void) -> Void, find: @escaping Finding
  ) {
    self.writes = Dictionary(writes.map { ($0.method.number, $0) }, uniquingKeysWith: { first, _ in first })
    self.reads = Dictionary(reads.map { ($0.method.number, $0) }, uniquingKeysWith: { first, _ in first })
    self.lanes = lanes
    self.readers = readers
    self.feed = feed
    self.clock = clock
    self.status = status
    self.defaultTimeout = defaultTimeout
    self.start = start
    self.find = find
  }

  /// The lane of a tenant: always the same.
  func lane(of tenant: TenantID) -> Lane<State> {
    lanes[Int(truncatingIfNeeded: tenant.low % UInt64(lanes.count))]
  }

  /// From now on `service.status` says so; the transport refuses new requests by itself.
  func drain() {
    isDraining.store(true, ordering: .relaxed)
  }

  func received(_ requests: [IncomingRequest], on connection: any ConnectionHandle) {
    var commands: [Int: [Command<State>]] = [:]
    var readCommands: [ReadCommand] = []
    var refusals: [OutgoingFrame] = []
    for request in requests {
      do throws(WireRefusal) {
        switch try route(request, connection) {
        case .write(let command):
          commands[Int(truncatingIfNeeded: command.tenant.low % UInt64(lanes.count)), default: []].append(command)
        case .homeless(let method, let body, let command):
          start { await self.place(method, body, command, request.stream, connection) }
        case .read(let command): readCommands.append(command)
        case .done: break
        }
      } catch {
        measures.refused(error.code)
        refusals.append(.refusal(stream: request.stream, Callout_V1_Refusal(error.code)))
      }
    }
    for (lane, commands) in commands.sorted(by: { $0.key < $1.key }) { lanes[lane].submit(commands) }
    readers.submit(readCommands)
    if !refusals.isEmpty { connection.send(refusals) }
  }

  func cancelled(_ stream: UInt32, on connection: any ConnectionHandle) {
    // A command that is queued is decided and answered all the same; a watcher's stream ends.
    feed.end(stream, on: connection.id)
  }

  func creditGranted(_ items: UInt32, to stream: UInt32, on connection: any ConnectionHandle) {
    feed.grant(items, to: stream, on: connection.id)
  }

  func closed(_ connection: any ConnectionHandle) {
    feed.closed(connection.id)
  }

  // MARK: Routing

  private enum Route {
    case write(Command<State>)
    /// A write whose tenant is yet to be found.
    case homeless(Wire.Method, body: [UInt8], @Sendable (TenantID) -> Command<State>)
    case read(ReadCommand)
    case done
  }

  private func route(
    _ request: IncomingRequest, _ connection: any ConnectionHandle
  ) throws(WireRefusal) -> Route {
    guard let method = Wire.Method.numbered(request.method) else { throw WireRefusal(.unknownMethod) }
    guard let caller = connection.peer.caller, method.allows(caller) else { throw WireRefusal(.notAllowed) }
    let tenant = try tenant(of: request, method, connection.peer)
    let timeout = request.envelope.timeoutMilliseconds
    let deadline = clock.now + (timeout > 0 ? TimeSpan(milliseconds: timeout) : defaultTimeout)
    let key = Array(buffer: request.envelope.key)
    switch method.kind {
    case .write:
      guard let entry = writes[method.number] else { throw WireRefusal(.unknownMethod) }
      if key.isEmpty { throw WireRefusal(.keyMissing) }
      guard (RequestEnvelope.keyByteCountMin...RequestEnvelope.keyByteCountMax).contains(key.count) else {
        throw WireRefusal(.keyLength)
      }
      guard let work = try? entry.decode(request.envelope.body) else { throw WireRefusal(.malformedMessage) }
      let caller = connection.peer.policyCaller
      let hash = work.keepsAnswer ? Command<State>.hash(method: method, body: request.envelope.body) : []
      let make: @Sendable (TenantID) -> Command<State> = { tenant in
        Command(
          tenant: tenant, method: method, caller: caller, key: key, requestHash: hash, deadline: deadline, work: work,
          origin: .stream(request.stream, of: connection))
      }
      guard let tenant else { return .homeless(method, body: Array(buffer: request.envelope.body), make) }
      return .write(make(tenant))
    case .read:
      guard let tenant else { throw WireRefusal(.tenantMissing) }
      guard key.isEmpty else { throw WireRefusal(.keyUnexpected) }
      if method == .serviceStatus {
        connection.send([.reply(stream: request.stream, payload: Payload.encode(statusReply))])
        return .done
      }
      guard let entry = reads[method.number] else { throw WireRefusal(.unknownMethod) }
      guard let work = try? entry.decode(request.envelope.body) else { throw WireRefusal(.malformedMessage) }
      return .read(
        ReadCommand(
          tenant: tenant, needsTenant: method.needsTenant, caller: connection.peer.policyCaller, deadline: deadline,
          isByKey: entry.isByKey, work: work, stream: request.stream, connection: connection))
    case .stream:
      guard method == .changesWatch else { throw WireRefusal(.unknownMethod) }
      guard let tenant else { throw WireRefusal(.tenantMissing) }
      guard key.isEmpty else { throw WireRefusal(.keyUnexpected) }
      guard request.envelope.credit > 0 else { throw WireRefusal(.creditRange) }
      guard let watch = try? Payload.decode(Callout_V1_ChangesWatchRequest.self, from: request.envelope.body) else {
        throw WireRefusal(.malformedMessage)
      }
      feed.watch(
        watch, tenant: tenant, stream: request.stream, credit: request.envelope.credit, on: connection)
      return .done
    }
  }

  /// Puts a write into the lane of its tenant, once that is found.
  private func place(
    _ method: Wire.Method, _ body: [UInt8], _ command: @Sendable (TenantID) -> Command<State>, _ stream: UInt32,
    _ connection: any ConnectionHandle
  ) async {
    do {
      let found = command(try await find(method, body))
      lane(of: found.tenant).submit([found])
    } catch {
      if let code = error.refusal.code { measures.refused(code) }
      connection.send([.refusal(stream: stream, error.refusal)])
    }
  }

  /// The tenant that a request is about: that of the caller's certificate, or the one that a service or the operator
  /// names. The zero id for methods that concern none; nil for one that is yet to be found, for the gateway.
  private func tenant(
    of request: IncomingRequest, _ method: Wire.Method, _ peer: PeerIdentity
  ) throws(WireRefusal) -> TenantID? {
    guard method.needsTenant else { return TenantID(high: 0, low: 0) }
    let named = request.envelope.tenant
    if let bound = peer.tenant {
      if let named, named != bound { throw WireRefusal(.tenantForbidden) }
      return TenantID(high: bound.high, low: bound.low)
    }
    guard let named else {
      if peer.caller == .gateway { return nil }
      throw WireRefusal(.tenantMissing)
    }
    return TenantID(high: named.high, low: named.low)
  }

  private var statusReply: Callout_V1_ServiceStatusReply {
    .with {
      $0.service = Definition.name.rawValue
      $0.version = status.version
      $0.state = isDraining.load(ordering: .relaxed) ? "draining" : "serving"
      $0.nowMs = clock.now.milliseconds
      $0.startedMs = status.startedAt.milliseconds
    }
  }
}

/// A request that cannot be taken.
private struct WireRefusal: Error {
  let code: RefusalCode

  init(_ code: RefusalCode) {
    self.code = code
  }
}

extension PeerIdentity {
  /// The caller as rules know it.
  var policyCaller: Policy.Caller {
    switch self {
    // No name of a tenant's own has a slash: what the installation's desk does can be told from what a tenant's does.
    case .service("desk"): Policy.Caller(role: .desk, name: "service/desk")
    case .service(let name): Policy.Caller(role: .service, name: name)
    case .tenant(_, let role, let name):
      switch role {
      case .portal: Policy.Caller(role: .portal, name: name)
      case .desk: Policy.Caller(role: .desk, name: name)
      case .sales: Policy.Caller(role: .sales, name: name)
      case .auditor: Policy.Caller(role: .auditor, name: name)
      case .admin: Policy.Caller(role: .admin, name: name)
      }
    }
  }
}
