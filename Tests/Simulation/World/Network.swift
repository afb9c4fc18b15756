import Logging
import NIOCore
import Policy
import Wire

@testable import CalloutClient
@testable import ServiceKit
@testable import Transport

/// The network of a world: joins the real client's and the real server's ends of connections by bytes that take their time.
final class Network: @unchecked Sendable {
  /// Where a process of a service can be reached.
  struct Door: Sendable {
    let reception: ConnectionReception
    let loop: SimulatedEventLoop
    let isListening: @Sendable () -> Bool
  }

  /// How long a connection attempt that nobody answers is waited for, as the client has it.
  private static let connectTimeout = Duration.seconds(2)
  /// How long a half-open connection may stay unnoticed: a server's idle time, its wait for a pong, and some.
  private static let unnoticedMax = Duration.seconds(60)

  fileprivate let world: World
  /// Bytes that may be under way on one way of a connection.
  let window: Int
  private var doors: [ServiceName: [Int: Door]] = [:]
  private var pipes: [BytePipe] = []
  private var ends: [ByteChannel] = []
  private var asked: [ServiceName: Set<ByteBuffer>] = [:]
  fileprivate var nextPacket = 0
  fileprivate var lastPacket = 0

  init(_ world: World) {
    self.world = world
    window = world.simulator.random.pick([2_048, 8_192, 65_536])
  }

  // MARK: Processes

  /// From now on a process is reached through this door.
  func open(_ door: Door, of service: ServiceName, _ number: Int) { doors[service, default: [:]][number] = door }

  /// Processes have died: their connections end.
  func buryDead() {
    for end in ends where end.isOpen && !end.loop.isAlive { end.died() }
  }

  /// A service was asked for something under a key.
  func asked(_ key: ByteBuffer, of service: ServiceName) {
    if !asked[service, default: []].insert(key).inserted { count("request delivered again") }
  }

  // MARK: Connecting

  /// Connects somebody to a process of a service, numbered from 1.
  func connect(
    _ peer: PeerIdentity, to service: ServiceName, _ number: Int, on loop: SimulatedEventLoop
  ) async throws(TransportError) -> ClientConnection {
    try await ClientConnection.open(
      to: "\(service.rawValue) \(number)", expecting: service.rawValue,
      configuration: ClientConfiguration(name: "simulated"), edges: edges, logger: Self.silent
    ) { begin in
      let end = try await self.dial(service, number, as: peer, on: loop)
      return try await loop.submit {
        try end.open { channel in
          try channel.pipeline.syncOperations.addHandler(
            SimulatedTLS(with: .service(name: service.rawValue), isClient: true))
          return try begin(channel)
        }
      }.get()
    }
  }

  /// Gives the client's end of a new connection; the server's end is in the server's hands.
  private func dial(
    _ service: ServiceName, _ number: Int, as peer: PeerIdentity, on loop: SimulatedEventLoop
  ) async throws -> ByteChannel {
    if world.happens(world.faults.unanswered, "connection attempt unanswered") {
      try await world.simulator.sleep(for: Self.connectTimeout)
      throw ChannelError.connectTimeout(TimeAmount(Self.connectTimeout))
    }
    try await world.simulator.sleep(for: delay())
    guard let door = doors[service]?[number], door.loop.isAlive, door.isListening(),
      !world.happens(world.faults.unreachable, "connection refused")
    else { throw IOError(errnoCode: 111, reason: "connection refused") }
    let client = ByteChannel(self, on: loop)
    let server = ByteChannel(self, on: door.loop)
    join(client, server)
    door.loop.execute {
      server.open { channel in
        _ = door.reception.accept(channel) { try $0.addHandler(SimulatedTLS(with: peer, isClient: false)) }
      }
    }
    return client
  }

  private func join(_ client: ByteChannel, _ server: ByteChannel) {
    let there = BytePipe(self, from: client, to: server)
    let back = BytePipe(self, from: server, to: client)
    (there.opposite, back.opposite) = (back, there)
    client.join(outgoing: there, incoming: back)
    server.join(outgoing: back, incoming: there)
    pipes.removeAll { $0.isOver }
    ends.removeAll { !$0.isOpen }
    pipes += [there, back]
    ends += [client, server]
  }

  /// What connections know from elsewhere: the peer is whom the stand-in for TLS names.
  var edges: ConnectionEdges {
    let clock = SimulatedClock(simulator: world.simulator)
    return ConnectionEdges(
      domain: "callout.test",
      peer: { pipeline throws(IdentityError) in
        guard let tls = try? pipeline.handler(type: SimulatedTLS.self) else { throw .unreadable }
        return tls.peer
      }, wallClock: { clock.now.milliseconds })
  }

  // MARK: The end

  /// Waits until what is held up has arrived and every half-open connection is given up by both ends, which their pings and
  /// limits have to bring about.
  func settle() async throws {
    let begin = world.simulator.now
    while pipes.contains(where: { $0.isHalfOpen || $0.isHeldUp }) {
      guard world.simulator.now - begin < Self.unnoticedMax else {
        throw ReferenceModel.Violation("a connection is half open, and after \(Self.unnoticedMax) an end does not know")
      }
      try await world.simulator.sleep(for: .seconds(1))
    }
  }

  static let silent = Logger(label: "simulated") { _ in SwiftLogNoOpLogHandler() }
}

/// What may befall a packet.
enum Mishap {
  case none
  /// It arrives so much later.
  case late(Duration)
  /// The connection is cut while it is under way.
  case cut
  /// It does not arrive, nor does anything after it.
  case stall
}

extension Network {
  var now: Duration { world.simulator.now }
  var longestDelay: Duration { world.faults.delay }

  func after(_ time: Duration, _ body: @escaping () -> Void) { world.simulator.after(time, body) }

  func delay() -> Duration { world.delay() }

  func below(_ bound: Int) -> Int { world.simulator.random.below(bound) }

  /// True once in so many times.
  func chance(_ count: Int) -> Bool { world.simulator.random.once(in: count) }

  func count(_ kind: String) { world.tally(kind) }

  /// Adds to the trace how many bytes were read.
  func note(_ byteCount: Int) { world.simulator.note("\(byteCount)") }

  /// What befalls a packet that is sent now.
  func mishap() -> Mishap {
    let faults = world.faults
    if world.happens(faults.cut, "connection cut") { return .cut }
    if world.happens(faults.stall, "connection half open") { return .stall }
    if world.happens(faults.dropped, "bytes dropped and sent again") {
      return .late(world.simulator.random.time(.milliseconds(200), .seconds(1)))
    }
    if world.happens(faults.heldUp, "bytes held up") {
      return .late(world.simulator.random.time(.seconds(1), .seconds(20)))
    }
    return .none
  }

  /// In how many pieces a packet arrives, at most.
  func pieceCount(_ byteCount: Int) -> Int {
    guard byteCount > 1, chance(6) else { return 1 }
    count("packet arrived in pieces")
    return 2 + below(3)
  }

  /// How many of the bytes that have arrived are read at once.
  func partLength(_ byteCount: Int) -> Int { byteCount > 1 && chance(6) ? 1 + below(byteCount) : byteCount }

  /// How long a reader leaves alone what has arrived.
  func readerPause() -> Duration {
    guard world.happens(world.faults.slowReader, "reader slow") else { return .zero }
    return world.simulator.random.time(.milliseconds(10), chance(4) ? .seconds(15) : .seconds(1))
  }

  /// Packets of all connections are numbered as they are sent.
  func takePacketNumber() -> Int {
    nextPacket += 1
    return nextPacket
  }

  /// A packet, or the first of its pieces, has arrived.
  func packetArrived(_ number: Int) {
    if number < lastPacket { count("packet overtaken on another connection") }
    lastPacket = max(number, lastPacket)
  }
}

/// Connects the client library to the processes of a service: an address's port is the number of the process.
struct SimulatedConnector: ServiceConnector {
  let network: Network
  let service: ServiceName
  let peer: PeerIdentity
  let loop: SimulatedEventLoop

  func connect(to address: ServiceAddress) async throws(TransportError) -> any ServiceConnection {
    let connection = try await network.connect(peer, to: service, address.port, on: loop)
    return TLSConnection(connection: connection, streamCredit: 4)
  }
}
