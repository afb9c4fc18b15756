import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing
import Transport
import Wire

/// A receiver that echoes the body of `tenant.get`, refuses `tenant.list`, keeps `tenant.create` until it is released, and
/// pushes the numbers 1, 2, 3 … on `changes.watch` as credit allows.
final class TestReceiver: RequestReceiver {
  struct Seen {
    var bursts: [Int] = []
    var requests: [IncomingRequest] = []
    var peers: [PeerIdentity] = []
    var cancelled: [UInt32] = []
    var closedCount = 0
    var held: [(any ConnectionHandle, UInt32)] = []
    var pushed: [UInt32: UInt32] = [:]
  }

  private let seen = Mutex(Seen())
  /// A stream ends after so many items.
  let itemCount: UInt32
  /// Bytes of an item's body.
  let itemByteCount: Int

  init(itemCount: UInt32 = 1_000, itemByteCount: Int = 4) {
    self.itemCount = itemCount
    self.itemByteCount = itemByteCount
  }

  func look<Result: Sendable>(_ body: (Seen) -> Result) -> Result { seen.withLock { body($0) } }

  func received(_ requests: [IncomingRequest], on connection: any ConnectionHandle) {
    var frames: [OutgoingFrame] = []
    seen.withLock { seen in
      seen.bursts.append(requests.count)
      seen.requests += requests
      seen.peers.append(connection.peer)
      for request in requests where request.method == Method.tenantCreate.number {
        seen.held.append((connection, request.stream))
      }
    }
    for request in requests {
      switch request.method {
      case Method.tenantGet.number: frames.append(.reply(stream: request.stream, payload: request.envelope.body))
      case Method.tenantList.number:
        frames.append(.refusal(stream: request.stream, Callout_V1_Refusal(.notAllowed)))
      case Method.changesWatch.number: push(request.envelope.credit, on: request.stream, connection)
      default: break
      }
    }
    connection.send(frames)
  }

  func cancelled(_ stream: UInt32, on connection: any ConnectionHandle) {
    seen.withLock { $0.cancelled.append(stream) }
    connection.send([.refusal(stream: stream, Callout_V1_Refusal(.cancelled))])
  }

  func creditGranted(_ items: UInt32, to stream: UInt32, on connection: any ConnectionHandle) {
    push(items, on: stream, connection)
  }

  func closed(_ connection: any ConnectionHandle) { seen.withLock { $0.closedCount += 1 } }

  /// Answers everything that was kept, with the body "released".
  func release() {
    let held = seen.withLock { seen in
      defer { seen.held = [] }
      return seen.held
    }
    for (connection, stream) in held {
      connection.send([.reply(stream: stream, payload: ByteBuffer(string: "released"))])
    }
  }

  private func push(_ credit: UInt32, on stream: UInt32, _ connection: any ConnectionHandle) {
    let first = seen.withLock { seen in
      defer { seen.pushed[stream, default: 0] += credit }
      return seen.pushed[stream, default: 0]
    }
    var frames: [OutgoingFrame] = []
    for item in first..<(first + credit) where item < itemCount {
      var body = ByteBuffer(integer: item + 1)
      body.writeRepeatingByte(0, count: itemByteCount - 4)
      frames.append(.push(stream: stream, cursor: ByteBuffer(integer: item + 1), body: body))
    }
    if first + credit >= itemCount { frames.append(.reply(stream: stream, payload: ByteBuffer())) }
    connection.send(frames)
  }
}

/// A server on a free port of the loopback, for the time of a test.
struct TestService {
  let authority: TestAuthority
  let receiver: TestReceiver
  let server: TransportServer
  let material: TLSMaterial
  let serverFiles: TLSFiles
  let port: Int

  /// Runs `body` against a fresh server, then drains it.
  static func run(
    receiver: TestReceiver = TestReceiver(), _ adjust: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (TestService) async throws -> Void
  ) async throws {
    let authority = try TestAuthority()
    let files = try authority.service("intake")
    let material = try authority.material(files)
    var configuration = ServerConfiguration(host: "127.0.0.1", port: 0, service: "intake")
    // A busy machine may be slow; the tests of these two limits set their own.
    configuration.handshakeTimeout = .seconds(60)
    configuration.helloTimeout = .seconds(60)
    adjust(&configuration)
    let server = try TransportServer(configuration: configuration, tls: material, receiver: receiver, logger: quiet)
    let port = try await server.start()
    let service = TestService(
      authority: authority, receiver: receiver, server: server, material: material, serverFiles: files, port: port)
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await server.run() }
      do {
        try await body(service)
      } catch {
        await server.drain(within: .zero)
        throw error
      }
      await server.drain(within: .seconds(5))
      try await tasks.waitForAll()
    }
  }

  func connect(
    _ files: TLSFiles? = nil, _ adjust: (inout ClientConfiguration) -> Void = { _ in }
  ) async throws -> ClientConnection {
    var configuration = ClientConfiguration(name: "transport-tests")
    configuration.features = ["x-nonsense"]
    adjust(&configuration)
    return try await ClientConnection.connect(
      host: "127.0.0.1", port: port, tls: authority.material(files ?? authority.desk()), expecting: "intake",
      configuration: configuration, on: MultiThreadedEventLoopGroup.singleton, logger: quiet)
  }
}

extension OutgoingRequest {
  static func echo(_ text: String, timeout: Duration? = nil) -> OutgoingRequest {
    OutgoingRequest(.tenantGet, timeout: timeout, body: ByteBuffer(string: text))
  }

  static func held(timeout: Duration? = nil) -> OutgoingRequest {
    OutgoingRequest(.tenantCreate, key: ByteBuffer(string: "key-1234"), timeout: timeout, body: ByteBuffer(string: "x"))
  }
}

/// Waits, by yielding, until something that other tasks bring about holds.
func eventually(_ holds: () -> Bool) async {
  while !holds() { await Task.yield() }
}
