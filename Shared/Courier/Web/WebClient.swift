internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL

/// How long each wait of a request may last.
public struct WebTimes: Sendable, Hashable {
  public var connect: Duration = .seconds(10)
  public var handshake: Duration = .seconds(10)
  /// From the request to the end of the answer.
  public var answer: Duration = .seconds(20)

  public init() {}
}

/// Sends signed requests over HTTPS (HTTP/1.1), a connection for each.
///
/// A name is looked up once, every address of it is judged, and one of exactly these is connected to; the certificate must
/// be for the name. Nothing is followed.
public struct WebClient: Sendable {
  /// The most bytes of an answer that are read, its head included.
  static let answerByteCountMax = 65_536
  /// How many addresses of a name are tried.
  static let connectionsMax = 3

  private let tls: TrustedTLS
  private let policy: AddressPolicy?
  private let resolver = HostResolver()
  private let times: WebTimes

  /// - Parameter policy: which addresses may be connected to; nil: any, for addresses that the operator gave.
  public init(tls: TrustedTLS, policy: AddressPolicy?, times: WebTimes = WebTimes()) {
    self.tls = tls
    self.policy = policy
    self.times = times
  }

  /// Posts a body of JSON with its signature. Returns within the sum of ``WebTimes`` (that of connecting up to three
  /// times) and of looking the name up, and soon after the task is cancelled.
  public func post(_ body: [UInt8], to address: WebAddress, signed signature: WebhookSignature) async -> SendOutcome {
    let candidates: [IPAddress]
    do {
      candidates = try await resolver.addresses(of: address.host)
    } catch {
      return .postponed("\(error)")
    }
    if let policy, let forbidden = candidates.first(where: { !policy.permits($0) }) {
      return .postponed("\(address.host) is at \(forbidden), where nothing may be sent (setting webhook.allow)")
    }
    let request = WebRequest(address: address, signature: signature, body: body)
    let exchange = Exchange()
    return await exchange.outcome(
      connecting: {
        var failure: (any Error)?
        for candidate in candidates.prefix(Self.connectionsMax) {
          do {
            return try await connect(to: candidate, request, exchange)
          } catch {
            failure = error
          }
        }
        throw failure ?? CancellationError()
      },
      failure: { .postponed("\(address.host) cannot be reached: \($0)") })
  }

  private func connect(to candidate: IPAddress, _ request: WebRequest, _ exchange: Exchange) async throws {
    let (tls, times) = (tls, times)
    let address = try SocketAddress(ipAddress: candidate.description, port: request.address.port)
    _ = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(TimeAmount(times.connect))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(try tls.handler(for: request.address.host))
          try pipeline.addHandler(AnswerLimit())
          try pipeline.addHandler(HTTPRequestEncoder())
          try pipeline.addHandler(ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)))
          try pipeline.addHandler(WebHandler(request, times: times, exchange: exchange))
        }
      }
      .connect(to: address).get()
  }
}

/// A request to be sent.
struct WebRequest: Sendable {
  let address: WebAddress
  let signature: WebhookSignature
  let body: [UInt8]

  var head: HTTPRequestHead {
    var headers = HTTPHeaders([
      ("Host", address.hostField), ("User-Agent", "Callout"), ("Content-Type", "application/json"),
      ("Content-Length", "\(body.count)"), ("Connection", "close"),
    ])
    for (name, value) in signature.fields { headers.add(name: name, value: value) }
    return HTTPRequestHead(version: .http1_1, method: .POST, uri: address.target, headers: headers)
  }
}

/// An answer longer than anybody needs.
struct AnswerTooLong: Error, CustomStringConvertible {
  var description: String { "the answer has more than \(WebClient.answerByteCountMax) bytes" }
}

/// Ends a connection whose answer has no end.
final class AnswerLimit: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private var byteCount = 0

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    byteCount += unwrapInboundIn(data).readableBytes
    guard byteCount <= WebClient.answerByteCountMax else {
      context.fireErrorCaught(AnswerTooLong())
      context.close(promise: nil)
      return
    }
    context.fireChannelRead(data)
  }
}

/// Performs on a channel what ``WebExchangeState`` decides. Runs on the channel's event loop only.
final class WebHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private var state = WebExchangeState()
  private let request: WebRequest
  private let times: WebTimes
  private let exchange: Exchange
  private var timer: Scheduled<Void>?

  init(_ request: WebRequest, times: WebTimes, exchange: Exchange) {
    self.request = request
    self.times = times
    self.exchange = exchange
  }

  func channelActive(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    exchange.began(on: context.eventLoop) {
      let (handler, context) = bound.value
      handler.perform(handler.state.lost("the service was stopped"), context)
    }
    limit(times.handshake, context)
    context.fireChannelActive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if isHandshake(event) { perform(state.handshakeCompleted(), context) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      perform(
        state.headReceived(
          status: Int(head.status.code), reason: head.status.reasonPhrase,
          retryAfter: head.headers.first(name: "Retry-After"), date: head.headers.first(name: "Date"),
          sent: Int64(request.signature.timestamp) ?? 0), context)
    case .body(let bytes): perform(state.bodyReceived(bytes.readableBytesView), context)
    case .end: perform(state.ended(), context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    perform(state.lost("the receiver closed the connection"), context)
    timer?.cancel()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    perform(state.lost("the connection failed: \(error)"), context)
  }

  private func perform(_ action: WebExchangeState.Action, _ context: ChannelHandlerContext) {
    switch action {
    case .none: break
    case .send:
      context.write(wrapOutboundOut(.head(request.head)), promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: request.body)))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
      limit(times.answer, context)
    case .finish(let outcome):
      timer?.cancel()
      exchange.finished(outcome)
      context.close(promise: nil)
    }
  }

  private func limit(_ time: Duration, _ context: ChannelHandlerContext) {
    timer?.cancel()
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: TimeAmount(time)) {
      let (handler, context) = bound.value
      handler.perform(handler.state.lost("no answer in time"), context)
    }
  }
}
