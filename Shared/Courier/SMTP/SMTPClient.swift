internal import NIOCore
internal import NIOPosix

/// How long each wait of a submission may last.
public struct SMTPTimes: Sendable, Hashable {
  public var connect: Duration = .seconds(30)
  public var handshake: Duration = .seconds(30)
  public var greeting: Duration = .seconds(60)
  public var reply: Duration = .seconds(60)
  /// For the verdict on a message that was sent to its end. Giving up early makes duplicates (RFC 5321, section 4.5.3.2.6).
  public var verdict: Duration = .seconds(300)
  /// For the same once the process ends.
  public var verdictAtEnd: Duration = .seconds(5)

  public init() {}
}

/// Submits messages to one server (RFC 6409), a connection for each.
public struct SMTPClient: Sendable {
  private let host: String
  private let port: Int
  private let security: SMTPSecurity
  private let tls: TrustedTLS
  private let credentials: SMTPCredentials?
  private let helloName: String
  private let times: SMTPTimes

  /// A client of the server at `host`, whose certificate must be for that name.
  ///
  /// - Parameter helloName: what we call ourselves: a domain, or an address in brackets. What cannot stand in a command is
  ///   replaced by `[127.0.0.1]`.
  public init(
    host: String, port: Int, security: SMTPSecurity, tls: TrustedTLS, credentials: SMTPCredentials?, helloName: String,
    times: SMTPTimes = SMTPTimes()
  ) {
    self.host = host
    self.port = port
    self.security = security
    self.tls = tls
    self.credentials = credentials
    let isName =
      (1...255).contains(helloName.utf8.count) && helloName.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    self.helloName = isName ? helloName : "[127.0.0.1]"
    self.times = times
  }

  /// Submits one message. Returns within the sum of ``SMTPTimes``, and soon after the task is cancelled.
  public func submit(_ submission: SMTPSubmission) async -> SendOutcome {
    let state = SMTPSubmissionState(
      submission, security: security, credentials: credentials, helloName: helloName)
    let exchange = Exchange()
    return await exchange.outcome(
      connecting: { try await connect(state, submission.data, exchange) },
      failure: { .postponed("\(host):\(port) cannot be reached: \($0)") })
  }

  private func connect(_ state: SMTPSubmissionState, _ data: [UInt8], _ exchange: Exchange) async throws {
    let (security, tls, host, times) = (security, tls, host, times)
    _ = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(TimeAmount(times.connect))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if security == .implicit { try pipeline.addHandler(try tls.handler(for: host)) }
          let handler = SMTPHandler(state, data: data, tls: tls, host: host, times: times, exchange: exchange)
          try pipeline.addHandler(handler)
        }
      }
      .connect(host: host, port: port).get()
  }
}

/// Performs on a channel what ``SMTPSubmissionState`` decides. Runs on the channel's event loop only.
final class SMTPHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var state: SMTPSubmissionState
  private let data: [UInt8]
  private let tls: TrustedTLS
  private let host: String
  private let times: SMTPTimes
  private let exchange: Exchange
  private var reader = SMTPReplyReader()
  private var timer: Scheduled<Void>?
  private var isEnding = false

  init(
    _ state: SMTPSubmissionState, data: [UInt8], tls: TrustedTLS, host: String, times: SMTPTimes, exchange: Exchange
  ) {
    self.state = state
    self.data = data
    self.tls = tls
    self.host = host
    self.times = times
    self.exchange = exchange
  }

  func channelActive(context: ChannelHandlerContext) {
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    exchange.began(on: context.eventLoop) {
      let (handler, context) = bound.value
      handler.isEnding = true
      handler.perform(handler.state.cancelled(), context)
    }
    limitWait(context)
    context.fireChannelActive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if isHandshake(event) { perform(state.handshakeCompleted(), context) }
    context.fireUserInboundEventTriggered(event)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    reader.append(unwrapInboundIn(data).readableBytesView)
    while state.wait != nil {
      do {
        guard let reply = try reader.next() else { return }
        perform(state.replyReceived(reply, hasRest: reader.hasRest), context)
      } catch {
        perform(state.nonsenseReceived("\(error)"), context)
      }
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    perform(state.closed("the server closed the connection"), context)
    timer?.cancel()
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    perform(state.closed("the connection failed: \(error)"), context)
  }

  private func perform(_ action: SMTPSubmissionState.Action, _ context: ChannelHandlerContext) {
    switch action {
    case .none: break
    case .send(let line): send(ByteBuffer(string: line + "\r\n"), context)
    case .sendMessage: send(ByteBuffer(bytes: data), context)
    case .startTLS:
      do {
        try context.pipeline.syncOperations.addHandler(try tls.handler(for: host), position: .first)
      } catch {
        return perform(state.closed("TLS cannot begin: \(error)"), context)
      }
    case .finish(let outcome, let quits):
      timer?.cancel()
      exchange.finished(outcome)
      if quits { send(ByteBuffer(string: "QUIT\r\n"), context) }
      context.close(promise: nil)
      return
    }
    limitWait(context)
  }

  private func send(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
  }

  /// Sets the limit of what is waited for now.
  private func limitWait(_ context: ChannelHandlerContext) {
    timer?.cancel()
    let limit: Duration
    switch state.wait {
    case .handshake: limit = times.handshake
    case .greeting: limit = times.greeting
    case .reply: limit = times.reply
    case .verdict: limit = isEnding ? times.verdictAtEnd : times.verdict
    case nil: return
    }
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleTask(in: TimeAmount(limit)) {
      let (handler, context) = bound.value
      handler.perform(handler.state.timedOut(), context)
    }
  }
}
