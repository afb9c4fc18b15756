import Foundation
import NIOCore
import Policy
import Transport
import Wire

@testable import CalloutClient
@testable import ServiceKit

/// What the network and the databases do to those who use them.
struct Faults: Sendable {
  /// One message in so many cuts its connection; 0 for none. The same for the others.
  var cut = 0
  /// One message in so many leaves its connection half open: nothing more arrives, and nobody is told.
  var stall = 0
  /// One connection attempt in so many is refused.
  var unreachable = 0
  /// One batch in so many meets a database that is away.
  var databaseAway = 0
  /// One batch in so many loses its connection before the commit.
  var databaseLost = 0
  /// One commit in so many is answered by nobody.
  var commitUnknown = 0
  /// The longest way of a message or a batch; the shortest is a fiftieth.
  var delay = Duration.milliseconds(5)
}

/// Faults that have happened, by kind.
struct FaultCounts: Sendable, Equatable {
  private(set) var counts: [String: Int] = [:]

  mutating func count(_ kind: String) { counts[kind, default: 0] += 1 }

  static func += (first: inout Self, second: Self) { first.counts.merge(second.counts, uniquingKeysWith: +) }
}

/// Messages between those who ask and a process, on one connection: each way keeps its order, takes its time, and may end.
final class SimulatedConnection: ConnectionHandle, @unchecked Sendable {
  private enum Answer {
    case call(CheckedContinuation<Result<Reply, TransportError>, Never>)
    case stream(SimulatedStream.Items)
  }

  private enum Standing { case open, stalled, closed }

  let id: UInt64
  let peer: PeerIdentity
  private let world: World
  private let process: any SimulatedProcess
  private var standing = Standing.open
  private var unanswered: [UInt32: Answer] = [:]
  private var nextStream: UInt32 = 1
  private var lastArrival: (there: Duration, back: Duration) = (.zero, .zero)

  init(id: UInt64, peer: PeerIdentity, world: World, to process: any SimulatedProcess) {
    self.id = id
    self.peer = peer
    self.world = world
    self.process = process
  }

  var isUsable: Bool { standing != .closed }

  /// Whether it leads to this process.
  func isOf(_ process: any SimulatedProcess) -> Bool { self.process === process }

  // MARK: Asking

  /// Asks many things in one message and waits for all answers.
  func send(_ requests: [OutgoingRequest]) async -> [Result<Reply, TransportError>] {
    await withTaskGroup(of: (Int, Result<Reply, TransportError>).self) { group in
      for (index, request) in requests.enumerated() { group.addTask { (index, await self.call(request)) } }
      var results: [(Int, Result<Reply, TransportError>)] = []
      for await result in group { results.append(result) }
      return results.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  func call(_ request: OutgoingRequest) async -> Result<Reply, TransportError> {
    guard isUsable else { return .failure(TransportError(.closed)) }
    return await withCheckedContinuation { continuation in
      let stream = begin(request, credit: 0, .call(continuation))
      world.simulator.after(request.timeout ?? .seconds(30)) {
        self.end(stream, .failure(TransportError(.timedOut, effect: .unknown)))
      }
    }
  }

  func stream(_ request: OutgoingRequest, credit: UInt32) -> SimulatedStream {
    let items = SimulatedStream.Items()
    let stream = begin(request, credit: credit, .stream(items))
    return SimulatedStream(items: items) { self.grant(stream) }
  }

  private func begin(_ request: OutgoingRequest, credit: UInt32, _ answer: Answer) -> UInt32 {
    let stream = nextStream
    nextStream += 2
    unanswered[stream] = answer
    let envelope = RequestEnvelope(
      key: request.key, timeoutMilliseconds: request.timeout.map { Int64($0 / .milliseconds(1)) } ?? 0,
      traceparent: request.traceparent, tenant: request.tenant, body: request.body, credit: credit)
    let incoming = IncomingRequest(
      stream: stream, method: request.method.number, envelope: envelope, receivedAt: .uptimeNanoseconds(0))
    travel(there: true) { self.process.receiver.received([incoming], on: self) }
    return stream
  }

  private func grant(_ stream: UInt32) {
    travel(there: true) { self.process.receiver.creditGranted(1, to: stream, on: self) }
  }

  // MARK: Answering

  func send(_ frames: [OutgoingFrame]) {
    travel(there: false) {
      for frame in frames {
        switch frame {
        case .reply(let stream, let payload): self.end(stream, .success(.payload(payload)))
        case .refusal(let stream, let refusal): self.end(stream, .success(.refusal(refusal)))
        case .push(let stream, let cursor, let body):
          if case .stream(let items)? = self.unanswered[stream] { items.add((cursor, body)) }
        }
      }
    }
  }

  private func end(_ stream: UInt32, _ result: Result<Reply, TransportError>) {
    switch unanswered.removeValue(forKey: stream) {
    case .call(let continuation): continuation.resume(returning: result)
    case .stream(let items): items.end(result)
    case nil: break
    }
  }

  /// Takes a message along, unless the connection ends or stalls on its way.
  private func travel(there: Bool, _ arrive: @escaping () -> Void) {
    guard standing == .open else { return }
    if world.happens(world.faults.cut, "connection cut") {
      world.simulator.after(world.delay()) { self.close() }
      return
    }
    if world.happens(world.faults.stall, "connection stalled") {
      standing = .stalled
      return
    }
    let due = max(world.simulator.now + world.delay(), there ? lastArrival.there : lastArrival.back)
    if there { lastArrival.there = due } else { lastArrival.back = due }
    world.simulator.after(due - world.simulator.now) {
      guard self.standing != .closed, !(there && self.process.lifetime.isOver) else { return }
      arrive()
    }
  }

  /// Both ends learn that the connection is gone.
  func close() {
    guard standing != .closed else { return }
    standing = .closed
    if !process.lifetime.isOver { process.receiver.closed(self) }
    for stream in unanswered.keys.sorted() { end(stream, .failure(TransportError(.closed, effect: .unknown))) }
  }
}

/// The items of a stream of pushes.
struct SimulatedStream: ServiceStream {
  final class Items: @unchecked Sendable {
    private var waiting: CheckedContinuation<Void, Never>?
    private var items: [(cursor: ByteBuffer, body: ByteBuffer)] = []
    private var result: Result<Reply, TransportError>?

    func add(_ item: (cursor: ByteBuffer, body: ByteBuffer)) {
      items.append(item)
      waiting.take()?.resume()
    }

    func end(_ result: Result<Reply, TransportError>) {
      self.result = result
      waiting.take()?.resume()
    }

    func next() async throws(TransportError) -> (cursor: ByteBuffer, body: ByteBuffer)? {
      while items.isEmpty {
        if let result {
          if case .refusal(let refusal) = try result.get() { throw TransportError(.refused(refusal)) }
          return nil
        }
        await withCheckedContinuation { waiting = $0 }
      }
      return items.removeFirst()
    }
  }

  let items: Items
  let grant: () -> Void

  mutating func next() async throws(TransportError) -> (cursor: ByteBuffer, body: ByteBuffer)? {
    let item = try await items.next()
    if item != nil { grant() }
    return item
  }
}

/// A connection as the client library has it.
struct SimulatedClientConnection: ServiceConnection {
  let connection: SimulatedConnection

  var isUsable: Bool { connection.isUsable }

  func call(_ request: OutgoingRequest) async throws(TransportError) -> Reply {
    try await connection.call(request).get()
  }

  func open(_ request: OutgoingRequest) async throws(TransportError) -> any ServiceStream {
    connection.stream(request, credit: 64)
  }

  func close() async { connection.close() }
}

/// Connects the client library to the processes of a service: an address's port is the number of the process.
struct SimulatedConnector: ServiceConnector {
  let world: World
  let service: ServiceName
  let peer: PeerIdentity

  func connect(to address: ServiceAddress) async throws(TransportError) -> any ServiceConnection {
    SimulatedClientConnection(connection: try await world.connect(peer, to: service, address.port))
  }
}

/// Another service as a relay sees it, over simulated connections.
actor SimulatedPeer: EventPeer {
  private let world: World
  private let service: ServiceName
  private let from: ServiceName
  private var connection: SimulatedConnection?
  private var turn = 0

  init(_ world: World, from: ServiceName, to service: ServiceName) {
    self.world = world
    self.from = from
    self.service = service
  }

  func deliver(_ rows: [OutboxRow]) async -> [Delivery] {
    do throws(TransportError) {
      if connection?.isUsable != true {
        turn += 1
        connection = try await world.connect(.service(name: from.rawValue), to: service, turn % world.processCount + 1)
      }
    } catch {
      return rows.map { _ in .failed("\(error.reason)") }
    }
    guard let connection else { return rows.map { _ in .failed("no connection") } }
    return await connection.send(rows.map(OutgoingRequest.init)).map(Delivery.init)
  }
}
