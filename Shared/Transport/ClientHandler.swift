internal import Logging
internal import NIOCore
internal import NIOSSL
internal import NIOTLS
internal import Wire

/// Performs on a channel what ``ClientConnectionState`` decides. Runs on the channel's event loop only.
final class ClientHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// A request that has no answer yet.
  private struct Unanswered {
    let request: OutgoingRequest
    let demand: ClientConnectionState.Demand
    let deadline: NIODeadline?
    let completion: Completion
    var isSent = false
  }

  private let configuration: ClientConfiguration
  private let service: String
  private let edges: ConnectionEdges
  private let eventLoop: any EventLoop
  private let standing: ClientStanding
  private let welcomed: EventLoopPromise<Callout_V1_Welcome>
  private let logger: Logger

  private var state: ClientConnectionState
  private var decoder = FrameDecoder()
  private var liveness: Liveness
  private var context: ChannelHandlerContext?
  private var unanswered: [UInt64: Unanswered] = [:]
  /// What the bytes of this burst have ended.
  private var ended: [(completion: Completion, result: Result<Reply, TransportError>)] = []
  private var payloadByteCountMax = 0
  private var output = ByteBuffer()
  private var phaseDeadline: Scheduled<Void>?
  private var livenessCheck: Scheduled<Void>?
  private var nextExpiry: NIODeadline?
  private var failure: TransportError.Reason?
  private var isWelcomed = false
  /// Whether the server may be gone without a word: a request found it silent for long, and it was not heard since.
  private var isDoubted = false

  init(
    configuration: ClientConfiguration, service: String, edges: ConnectionEdges,
    standing: ClientStanding, welcomed: EventLoopPromise<Callout_V1_Welcome>, logger: Logger, eventLoop: any EventLoop
  ) {
    self.configuration = configuration
    self.service = service
    self.edges = edges
    self.eventLoop = eventLoop
    self.standing = standing
    self.welcomed = welcomed
    self.logger = logger
    state = ClientConnectionState(waitingMax: configuration.waitingMax)
    liveness = Liveness(
      idle: TimeAmount(configuration.idleTimeout), pong: TimeAmount(configuration.pongTimeout), since: eventLoop.now)
  }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) {
    close(.closed)
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    phaseDeadline = schedule(at: eventLoop.now + TimeAmount(configuration.handshakeTimeout)) {
      $0.close(.unreachable("no TLS handshake in time"))
    }
    context.fireChannelActive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
      handshakeCompleted(context, protocolName: negotiated)
    }
    context.fireUserInboundEventTriggered(event)
  }

  private func handshakeCompleted(_ context: ChannelHandlerContext, protocolName: String?) {
    phaseDeadline?.cancel()
    guard protocolName == TLSMaterial.applicationProtocol else {
      close(.handshake("the server does not speak \(TLSMaterial.applicationProtocol)"))
      return
    }
    do throws(IdentityError) {
      let peer = try edges.peer(context.pipeline.syncOperations)
      guard peer == .service(name: service) else {
        close(.unexpectedService(peer.uri(in: edges.domain)))
        return
      }
    } catch {
      close(.identity(error))
      return
    }
    var hello = Callout_V1_Hello()
    hello.versions = ServerConnectionState.Terms.versions.sorted()
    hello.features = configuration.features
    hello.name = configuration.name
    append(.hello, stream: 0, Payload.encode(hello))
    flush()
    phaseDeadline = schedule(at: eventLoop.now + TimeAmount(configuration.welcomeTimeout)) { $0.close(.welcomeTimeout) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard failure == nil else { return }
    heard()
    decoder.append(unwrapInboundIn(data))
    while failure == nil {
      do {
        guard let frame = try decoder.next() else { return }
        perform(state.frameReceived(frame))
      } catch {
        close(.protocolViolation("\(error)"))
      }
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    handOver()
    sendWaiting()
    flush()
    finishIfDone()
    context.fireChannelReadComplete()
  }

  func channelInactive(context: ChannelHandlerContext) {
    close(.closed)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if Self.isCut(error) {
      close(isWelcomed ? .closed : .unreachable("the server closed the connection before a welcome"))
    } else if error is NIOSSLError || error is BoringSSLError {
      // Before the welcome TLS's word is all there is. In TLS 1.3 a server judges our certificate after our handshake.
      close(isWelcomed ? .closed : .handshake("\(error)"))
    } else {
      close(isWelcomed ? .closed : .unreachable("\(error)"))
    }
  }

  /// Whether the connection just ended, as that of a server that stops or is full (W9): nothing is wrong with TLS.
  private static func isCut(_ error: any Error) -> Bool {
    switch error as? NIOSSLError {
    case .uncleanShutdown, .handshakeFailed(.sslError([.eofDuringHandshake])): true
    default: false
    }
  }

  private func perform(_ reaction: ClientConnectionState.Reaction) {
    switch reaction {
    case .none: break
    case .welcome(let welcome):
      phaseDeadline?.cancel()
      isWelcomed = true
      decoder.accept(lengthsUpTo: Int(welcome.limits.maxFrameBytes))
      payloadByteCountMax = Int(welcome.limits.maxFrameBytes) - Frame.countedHeaderByteCount
      standing.isUsable = true
      welcomed.succeed(welcome)
      checkLiveness()
    case .complete(let ticket, let reply):
      if let entry = unanswered.removeValue(forKey: ticket) { ended.append((entry.completion, .success(reply))) }
    case .push(let ticket, let push):
      if case .stream(let continuation)? = unanswered[ticket]?.completion {
        continuation.yield(PushStream.Element(cursor: push.cursor, body: push.body))
      }
    case .pong(let payload): append(.pong, stream: 0, payload)
    case .leave(let tickets):
      standing.isUsable = false
      for ticket in tickets { finish(ticket, .failure(TransportError(.goingAway))) }
    case .close(let reason): close(reason)
    }
  }

  // MARK: Orders

  /// Carries out what tasks asked for: one buffer, one flush.
  func carryOut(_ orders: [ClientOrder]) {
    for order in orders {
      switch order {
      case .request(let ticket, let request, let demand, let deadline, let completion):
        submit(
          ticket, Unanswered(request: request, demand: demand, deadline: deadline, completion: completion))
      case .abandon(let ticket): abandon(ticket, reason: .cancelled)
      case .credit(let ticket, let items): grant(items, to: ticket)
      case .leave:
        standing.isUsable = false
        if state.leaveBegan() {
          var goaway = Callout_V1_Goaway()
          goaway.reason = .done
          append(.goaway, stream: 0, Payload.encode(goaway))
        }
      }
    }
    flush()
    finishIfDone()
  }

  private func submit(_ ticket: UInt64, _ entry: Unanswered) {
    let byteCount = entry.request.envelope(credit: 0).encodedByteCountMax
    guard failure == nil else {
      entry.completion.finish(.failure(TransportError(.closed)))
      return
    }
    guard byteCount <= payloadByteCountMax else {
      entry.completion.finish(
        .failure(TransportError(.requestTooLong(byteCount: byteCount, limit: payloadByteCountMax))))
      return
    }
    switch state.requestMade(ticket, entry.demand) {
    case .fail(let reason): entry.completion.finish(.failure(TransportError(reason)))
    case .wait: unanswered[ticket] = entry
    case .send(let stream):
      unanswered[ticket] = entry
      write(ticket, on: stream)
    }
    if let deadline = entry.deadline { expire(at: deadline) }
    standing.unansweredCount = unanswered.count
  }

  private func write(_ ticket: UInt64, on stream: UInt32) {
    guard let entry = unanswered[ticket] else { return }
    unanswered[ticket]?.isSent = true
    var credit: UInt32 = 0
    if case .stream(let first) = entry.demand { credit = first }
    let envelope = entry.request.envelope(credit: credit)
    output.reserveCapacity(minimumWritableBytes: Frame.headerByteCount + envelope.encodedByteCountMax)
    Frame.write(.request, method: entry.request.method.number, stream: stream, into: &output) {
      envelope.write(into: &$0)
    }
  }

  private func sendWaiting() {
    while let (ticket, stream) = state.nextWaiting() { write(ticket, on: stream) }
  }

  private func grant(_ items: UInt32, to ticket: UInt64) {
    guard let stream = state.creditGranted(items, ticket) else { return }
    var credit = Callout_V1_Credit()
    credit.items = items
    append(.credit, stream: stream, Payload.encode(credit))
  }

  private func abandon(_ ticket: UInt64, reason: TransportError.Reason) {
    switch state.requestAbandoned(ticket) {
    case .none: break
    case .forget: finish(ticket, .failure(TransportError(reason)))
    case .cancel(let stream):
      append(.cancel, stream: stream, ByteBuffer())
      finish(ticket, .failure(TransportError(reason, effect: .unknown)))
    }
  }

  /// Hands over all answers of a burst, one close on the other, so that those who wake to take them are woken together.
  private func handOver() {
    guard !ended.isEmpty else { return }
    standing.unansweredCount = unanswered.count
    for (completion, result) in ended { completion.finish(result) }
    ended.removeAll(keepingCapacity: true)
  }

  private func finish(_ ticket: UInt64, _ result: Result<Reply, TransportError>) {
    guard let entry = unanswered.removeValue(forKey: ticket) else { return }
    standing.unansweredCount = unanswered.count
    entry.completion.finish(result)
  }

  // MARK: Time

  /// One timer for all requests: that of the earliest deadline. It is never cancelled, since most are answered in time.
  private func expire(at deadline: NIODeadline) {
    if let nextExpiry, nextExpiry <= deadline { return }
    nextExpiry = deadline
    _ = schedule(at: deadline) { handler in
      guard handler.nextExpiry == deadline else { return }
      handler.nextExpiry = nil
      handler.expireDue(at: handler.eventLoop.now)
    }
  }

  private func expireDue(at now: NIODeadline) {
    var next: NIODeadline?
    var due: [UInt64] = []
    for (ticket, entry) in unanswered {
      guard let deadline = entry.deadline else { continue }
      if deadline <= now { due.append(ticket) } else { next = min(next ?? deadline, deadline) }
    }
    let isUnheard = due.contains { unanswered[$0]?.isSent ?? false }
    for ticket in due.sorted() { abandon(ticket, reason: .timedOut) }
    if let next { expire(at: next) }
    if isUnheard { doubt(at: now) }
    sendWaiting()
    flush()
    finishIfDone()
  }

  private func checkLiveness() {
    guard failure == nil else { return }
    perform(liveness.checked(at: eventLoop.now))
  }

  private func perform(_ check: Liveness.Check) {
    livenessCheck?.cancel()
    switch check {
    case .wait(let until):
      livenessCheck = schedule(at: until) { $0.checkLiveness() }
    case .ping(let until):
      append(.ping, stream: 0, ByteBuffer(integer: UInt64(0)))
      flush()
      livenessCheck = schedule(at: until) { $0.checkLiveness() }
    case .dead: close(.closed)
    }
  }

  /// A request was not answered in time. If nothing else came either, the server is pinged at once, and until it is heard
  /// again nobody need ask it anything: the pool connects anew.
  private func doubt(at now: NIODeadline) {
    guard failure == nil, let check = liveness.doubted(at: now) else { return }
    isDoubted = true
    standing.isUsable = false
    perform(check)
  }

  private func heard() {
    liveness.heard(at: eventLoop.now)
    guard isDoubted else { return }
    isDoubted = false
    standing.isUsable = state.isUsable
  }

  private func schedule(at deadline: NIODeadline, _ body: @escaping (ClientHandler) -> Void) -> Scheduled<Void> {
    eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
      if let self { body(self) }
    }
  }

  // MARK: Writing and closing

  private func append(_ kind: FrameKind, stream: UInt32, _ payload: ByteBuffer) {
    Frame(kind, stream: stream, payload: payload).write(into: &output)
  }

  private func flush() {
    guard let context, output.readableBytes > 0 else { return }
    let bytes = output
    output = ByteBuffer()
    context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
  }

  private func finishIfDone() {
    if state.isFinished { close(.closed) }
  }

  /// Fails whatever is unanswered and closes. Only the first reason counts.
  private func close(_ reason: TransportError.Reason) {
    guard failure == nil else { return }
    failure = reason
    handOver()
    state.closed()
    for scheduled in [phaseDeadline, livenessCheck] { scheduled?.cancel() }
    if !isWelcomed { welcomed.fail(TransportError(reason)) }
    let entries = unanswered
    unanswered = [:]
    standing.isUsable = false
    standing.unansweredCount = 0
    for (_, entry) in entries.sorted(by: { $0.key < $1.key }) {
      entry.completion.finish(.failure(TransportError(reason, effect: entry.isSent ? .unknown : .none)))
    }
    if reason != .closed { logger.debug("connection failed", metadata: ["reason": "\(reason)"]) }
    context?.close(promise: nil)
  }
}

extension OutgoingRequest {
  /// The envelope that travels.
  func envelope(credit: UInt32) -> RequestEnvelope {
    RequestEnvelope(
      key: key,
      timeoutMilliseconds: timeout.map { min(Int64($0.wholeMilliseconds), RequestEnvelope.timeoutMillisecondsMax) }
        ?? 0,
      traceparent: traceparent, tenant: tenant, body: body, credit: credit)
  }
}
