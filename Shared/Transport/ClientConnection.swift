public import Logging
public import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization
public import Wire

/// How a client connects and how long it waits.
public struct ClientConfiguration: Sendable, Equatable {
  /// What the client calls itself in its hello; at most 128 bytes.
  public var name: String
  /// Features that the client offers.
  public var features: [String] = []
  /// From the begin of connecting to the TCP connection.
  public var connectTimeout: Duration = .seconds(2)
  /// From the TCP connection to the end of TLS's handshake.
  public var handshakeTimeout: Duration = .seconds(2)
  /// From the hello to the welcome.
  public var welcomeTimeout: Duration = .seconds(2)
  /// How long the connection may be silent before it is pinged.
  public var idleTimeout: Duration = .seconds(15)
  /// How long a pong may take.
  public var pongTimeout: Duration = .seconds(10)
  /// How long a call waits for its answer unless it says otherwise.
  public var callTimeout: Duration = .seconds(30)
  /// Requests that may wait here while the server's limit in flight is reached.
  public var waitingMax = 10_000

  /// A configuration with the defaults above.
  public init(name: String) { self.name = name }
}

/// A request on its way out.
public struct OutgoingRequest: Sendable, Equatable {
  /// The method to call.
  public var method: Method
  /// Idempotency key of 8 to 64 bytes for a write, else empty.
  public var key: ByteBuffer
  /// How long to wait, here and there; nil: the connection's default here, the server's there.
  public var timeout: Duration?
  /// W3C trace context, or empty.
  public var traceparent: String
  /// The tenant, where the caller is bound to none.
  public var tenant: TenantBytes?
  /// The method's request message, encoded.
  public var body: ByteBuffer

  /// A request with these parts.
  public init(
    _ method: Method, key: ByteBuffer = ByteBuffer(), timeout: Duration? = nil, traceparent: String = "",
    tenant: TenantBytes? = nil, body: ByteBuffer
  ) {
    self.method = method
    self.key = key
    self.timeout = timeout
    self.traceparent = traceparent
    self.tenant = tenant
    self.body = body
  }
}

/// A server's answer.
public enum Reply: Sendable, Equatable {
  /// The method's reply message, encoded.
  case payload(ByteBuffer)
  /// A "no", with its number.
  case refusal(Callout_V1_Refusal)
}

/// One connection to a service, which many tasks share: requests are multiplexed.
///
/// When it has closed or is going away it is of no more use; make another.
public final class ClientConnection: Sendable {
  private struct Orders {
    var queue: [ClientOrder] = []
    var isScheduled = false
    var nextTicket: UInt64 = 1
  }

  /// A connection that was not welcomed yet.
  struct Beginning: Sendable {
    fileprivate let channel: any Channel
    fileprivate let handler: NIOLoopBound<ClientHandler>
    fileprivate let welcomed: EventLoopFuture<Callout_V1_Welcome>
  }

  /// What the server said in its welcome.
  public let welcome: Callout_V1_Welcome
  private let configuration: ClientConfiguration
  private let channel: any Channel
  private let handler: NIOLoopBound<ClientHandler>
  private let standing: ClientStanding
  private let orders = Mutex(Orders())

  private init(
    welcome: Callout_V1_Welcome, configuration: ClientConfiguration, channel: any Channel,
    handler: NIOLoopBound<ClientHandler>, standing: ClientStanding
  ) {
    self.welcome = welcome
    self.configuration = configuration
    self.channel = channel
    self.handler = handler
    self.standing = standing
  }

  deinit { channel.close(promise: nil) }

  /// Connects, checks who answers, and says hello.
  ///
  /// - Parameters:
  ///   - host: A name or an address.
  ///   - port: 1 to 65,535.
  ///   - tls: Our certificate and whom we trust.
  ///   - service: Whom to expect: the certificate must be `spiffe://<domain>/service/<service>`.
  ///   - configuration: How long to wait.
  ///   - group: The event loops to run on.
  ///   - logger: Where the connection's events go.
  /// - Throws: ``TransportError`` with effect `none`.
  public static func connect(
    host: String, port: Int, tls: TLSMaterial, expecting service: String, configuration: ClientConfiguration,
    on group: any EventLoopGroup, logger: Logger
  ) async throws(TransportError) -> ClientConnection {
    let context = tls.clientContext
    return try await open(
      to: "\(host):\(port)", expecting: service, configuration: configuration, edges: .tls(domain: tls.domain),
      logger: logger
    ) { begin in
      try await ClientBootstrap(group: group)
        .connectTimeout(TimeAmount(configuration.connectTimeout))
        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .channelOption(.maxMessagesPerRead, value: 16)
        .connect(host: host, port: port) { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
            return try begin(channel)
          }
        }
    }
  }

  /// Opens a connection on whatever `dial` connects.
  ///
  /// - Parameters:
  ///   - address: Where that is, for errors.
  ///   - edges: What the connection knows from elsewhere.
  ///   - dial: Connects a channel, and gives what it was told to begin with on the channel's event loop, behind what
  ///     secures it.
  static func open(
    to address: String, expecting service: String, configuration: ClientConfiguration, edges: ConnectionEdges,
    logger: Logger,
    dial: (@escaping @Sendable (any Channel) throws -> Beginning) async throws -> Beginning
  ) async throws(TransportError) -> ClientConnection {
    let standing = ClientStanding()
    do {
      let beginning = try await dial { channel in
        let welcomed = channel.eventLoop.makePromise(of: Callout_V1_Welcome.self)
        let handler = ClientHandler(
          configuration: configuration, service: service, edges: edges, standing: standing,
          welcomed: welcomed, logger: logger, eventLoop: channel.eventLoop)
        do {
          try channel.pipeline.syncOperations.addHandler(handler)
        } catch {
          welcomed.fail(error)
          throw error
        }
        return Beginning(
          channel: channel, handler: NIOLoopBound(handler, eventLoop: channel.eventLoop),
          welcomed: welcomed.futureResult)
      }
      return ClientConnection(
        welcome: try await beginning.welcomed.get(), configuration: configuration, channel: beginning.channel,
        handler: beginning.handler, standing: standing)
    } catch let error as TransportError {
      throw error
    } catch {
      throw TransportError(.unreachable("\(address): \(error)"))
    }
  }

  /// Whether new requests can be made: neither closed nor going away.
  public var isUsable: Bool { standing.current.isUsable }

  /// Requests that were made and have no answer yet.
  public var unansweredCount: Int { standing.current.unansweredCount }

  /// Asks and waits for the answer. Cancelling the task cancels the request.
  ///
  /// - Throws: ``TransportError``; its effect says whether the request may have been carried out. A write may then be
  ///   repeated under the same key.
  public func call(_ request: OutgoingRequest) async throws(TransportError) -> Reply {
    let ticket = takeTickets(1)
    let result: Result<Reply, TransportError> = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        enqueue([
          .request(ticket: ticket, request, .call, deadline: deadline(of: request), .call(continuation))
        ])
        // A task that was cancelled before has called its handler already, when there was nothing to abandon.
        if Task.isCancelled { enqueue([.abandon(ticket: ticket)]) }
      }
    } onCancel: {
      enqueue([.abandon(ticket: ticket)])
    }
    return try result.get()
  }

  /// Asks many things in one write and waits for all answers.
  ///
  /// - Returns: The answers in the order of the requests.
  public func send(_ requests: [OutgoingRequest]) async -> [Result<Reply, TransportError>] {
    guard !requests.isEmpty else { return [] }
    let first = takeTickets(UInt64(requests.count))
    let abandonment = requests.indices.map { ClientOrder.abandon(ticket: first + UInt64($0)) }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let answers = BatchAnswers(count: requests.count, continuation)
        enqueue(
          requests.enumerated().map { index, request in
            .request(
              ticket: first + UInt64(index), request, .call, deadline: deadline(of: request),
              .batch(answers, index: index))
          })
        if Task.isCancelled { enqueue(abandonment) }
      }
    } onCancel: {
      enqueue(abandonment)
    }
  }

  /// Opens a stream of pushes. Credit is renewed as items are taken. The request's time-out plays no part: a stream lasts
  /// until one side ends it.
  ///
  /// - Parameters:
  ///   - request: A request of a method of kind stream.
  ///   - credit: How many items may be under way at once; at most what the welcome allows.
  public func stream(_ request: OutgoingRequest, credit: UInt32 = 256) -> PushStream {
    let ticket = takeTickets(1)
    let (items, continuation) = AsyncThrowingStream.makeStream(of: PushStream.Element.self, throwing: (any Error).self)
    continuation.onTermination = { [weak self] _ in self?.enqueue([.abandon(ticket: ticket)]) }
    enqueue([.request(ticket: ticket, request, .stream(credit: credit), deadline: nil, .stream(continuation))])
    return PushStream(items: items, credit: credit) { items in
      self.enqueue([.credit(ticket: ticket, items: items)])
    }
  }

  /// Tells the server that no more requests come, waits for what is unanswered, at most `grace`, and closes.
  public func close(within grace: Duration = .seconds(5)) async {
    enqueue([.leave])
    let end = channel.eventLoop.scheduleTask(in: TimeAmount(grace)) { self.channel.close(promise: nil) }
    await withTaskCancellationHandler {
      await waitUntilClosed()
    } onCancel: {
      channel.close(promise: nil)
    }
    end.cancel()
  }

  /// Returns when the connection is closed, by whomever.
  public func waitUntilClosed() async { try? await channel.closeFuture.get() }

  private func deadline(of request: OutgoingRequest) -> NIODeadline {
    channel.eventLoop.now + TimeAmount(request.timeout ?? configuration.callTimeout)
  }

  private func takeTickets(_ count: UInt64) -> UInt64 {
    orders.withLock { orders in
      defer { orders.nextTicket += count }
      return orders.nextTicket
    }
  }

  private func enqueue(_ new: [ClientOrder]) {
    let isFirst = orders.withLock { orders in
      orders.queue.append(contentsOf: new)
      defer { orders.isScheduled = true }
      return !orders.isScheduled
    }
    guard isFirst else { return }
    channel.eventLoop.execute {
      let queue = self.orders.withLock { orders in
        orders.isScheduled = false
        defer { orders.queue = [] }
        return orders.queue
      }
      self.handler.value.carryOut(queue)
    }
  }
}

/// What tasks may see of a connection without asking its event loop.
final class ClientStanding: Sendable {
  struct Current: Sendable, Equatable {
    var isUsable = false
    var unansweredCount = 0
  }

  private let state = Mutex(Current())

  var current: Current { state.withLock { $0 } }

  func update(_ change: (inout Current) -> Void) { state.withLock { change(&$0) } }
}

/// Gathers the answers of a batch and resumes its task with the last.
final class BatchAnswers: Sendable {
  private struct State {
    var results: [Result<Reply, TransportError>?]
    var missingCount: Int
  }

  private let state: Mutex<State>
  private let continuation: CheckedContinuation<[Result<Reply, TransportError>], Never>

  init(count: Int, _ continuation: CheckedContinuation<[Result<Reply, TransportError>], Never>) {
    state = Mutex(State(results: Array(repeating: nil, count: count), missingCount: count))
    self.continuation = continuation
  }

  /// Sets an answer; each place is set once.
  func set(_ result: Result<Reply, TransportError>, at index: Int) {
    let whole = state.withLock { state -> [Result<Reply, TransportError>]? in
      guard state.results[index] == nil else { return nil }
      state.results[index] = result
      state.missingCount -= 1
      return state.missingCount == 0 ? state.results.compactMap(\.self) : nil
    }
    if let whole { continuation.resume(returning: whole) }
  }
}
