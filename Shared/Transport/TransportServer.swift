public import Logging
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Takes connections, greets them, and hands their requests to a receiver.
///
/// ``run()`` serves until ``drain(within:)`` is done or its task is cancelled. ``start()`` may come first, to learn the
/// port.
public final class TransportServer: Sendable {
  /// What the server has counted.
  public struct Counts: Sendable, Equatable {
    /// Connections that are open.
    public var open = 0
    /// Connections that were taken since the start.
    public var accepted: UInt64 = 0
    /// Connections that were closed at once because of a cap.
    public var overCap: UInt64 = 0
    /// Connections that TLS, the identity or the hello ended before they were welcomed.
    public var rejected: UInt64 = 0
  }

  private enum Phase: Sendable {
    case idle
    case listening(any Channel)
    case stopped
  }

  private let configuration: ServerConfiguration
  private let tls: TLSMaterial
  private let logger: Logger
  private let reception: ConnectionReception
  private let group: MultiThreadedEventLoopGroup
  private let phase = Mutex(Phase.idle)
  private let stopped = Gate()

  /// A server that does nothing yet.
  ///
  /// - Throws: ``ConfigurationError`` if a value is out of its bounds.
  public init(
    configuration: ServerConfiguration, tls: TLSMaterial, receiver: any RequestReceiver, logger: Logger
  ) throws(ConfigurationError) {
    let problems = configuration.problems
    guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    self.configuration = configuration
    self.tls = tls
    self.logger = logger
    reception = ConnectionReception(
      configuration: configuration, edges: .tls(domain: tls.domain), receiver: receiver,
      logger: logger)
    group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoopCount)
  }

  /// What has been counted so far.
  public var counts: Counts { reception.counts }

  /// Listens.
  ///
  /// - Returns: The port, which is of interest where the configuration says 0.
  /// - Throws: What the system says if the address cannot be bound.
  @discardableResult
  public func start() async throws -> Int {
    if case .listening(let channel) = phase.withLock({ $0 }) { return channel.localAddress?.port ?? configuration.port }
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: configuration.backlogMax)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      // Several reads a burst: what a client pipelines reaches the receiver at once.
      .childChannelOption(.maxMessagesPerRead, value: 16)
      .childChannelInitializer { channel in
        self.reception.accept(channel) {
          try $0.addHandler(NIOSSLServerHandler(context: self.tls.serverContext))
        }
      }
      .bind(host: configuration.host, port: configuration.port)
      .get()
    let isLate = phase.withLock { phase in
      switch phase {
      case .idle:
        phase = .listening(channel)
        return false
      case .listening, .stopped: return true
      }
    }
    if isLate { try await channel.close() }
    let port = channel.localAddress?.port ?? configuration.port
    logger.info("listening", metadata: ["host": "\(configuration.host)", "port": "\(port)"])
    return port
  }

  /// Serves until drained or cancelled; listens first if ``start()`` has not. When it returns, every connection is closed.
  public func run() async throws {
    try await withTaskCancellationHandler {
      do {
        try await start()
        await stopped.wait()
        await reception.closeAll()
        try await group.shutdownGracefully()
      } catch {
        try? await group.shutdownGracefully()
        throw error
      }
    } onCancel: {
      stopListening()
      stopped.open()
    }
  }

  /// Stops listening, tells every client to go elsewhere, refuses new requests, ends streams, waits for what is in flight
  /// and closes. After `grace` whatever is left is closed.
  public func drain(within grace: Duration) async {
    logger.info("draining", metadata: ["connections": "\(reception.counts.open)"])
    stopListening()
    // The server's own event loops may end first.
    await reception.drain(within: grace, on: MultiThreadedEventLoopGroup.singleton.next())
    logger.info("drained")
    stopped.open()
  }

  private func stopListening() {
    let channel: (any Channel)? = phase.withLock { phase in
      defer { phase = .stopped }
      if case .listening(let channel) = phase { return channel }
      return nil
    }
    channel?.close(promise: nil)
  }
}

/// Something that is awaited by many and happens once.
final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// It has happened.
  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Returns once it has happened; at once if it has already.
  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }
}
