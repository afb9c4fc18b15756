internal import Logging
internal import NIOCore
internal import NIOTLS
internal import Synchronization
internal import Wire

/// Performs on a channel what ``ServerConnectionState`` decides. Runs on the channel's event loop only.
final class ServerHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// Bytes of one write at most: how finely a slow reader's progress is seen.
  private static let writeByteCountMax = 262_144

  private let configuration: ServerConfiguration
  private let receiver: any RequestReceiver
  private let edges: ConnectionEdges
  private let eventLoop: any EventLoop
  private let id: UInt64
  private let registry: ConnectionRegistry
  private var logger: Logger

  private var state: ServerConnectionState
  private var decoder = FrameDecoder()
  private var liveness: Liveness
  private var unread: UnreadBytes
  private var context: ChannelHandlerContext?
  private var connection: ServerConnection?
  private var deadline: Scheduled<Void>?
  private var livenessCheck: Scheduled<Void>?
  private var unreadCheck: Scheduled<Void>?
  private var burst: [IncomingRequest] = []
  private var output = ByteBuffer()
  private var isClosing = false
  private var isWelcomed = false

  init(
    id: UInt64, configuration: ServerConfiguration, edges: ConnectionEdges,
    receiver: any RequestReceiver, registry: ConnectionRegistry, logger: Logger, eventLoop: any EventLoop
  ) {
    self.id = id
    self.configuration = configuration
    self.edges = edges
    self.eventLoop = eventLoop
    self.receiver = receiver
    self.registry = registry
    self.logger = logger
    state = ServerConnectionState(terms: configuration.terms)
    liveness = Liveness(
      idle: TimeAmount(configuration.idleTimeout), pong: TimeAmount(configuration.pongTimeout), since: eventLoop.now)
    unread = UnreadBytes(
      byteCountMax: configuration.unreadByteCountMax, timeout: TimeAmount(configuration.slowReaderTimeout))
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    logger[metadataKey: "connection"] = "\(id)"
    logger[metadataKey: "address"] = "\(context.remoteAddress?.ipAddress ?? "unknown")"
    deadline = schedule(at: eventLoop.now + TimeAmount(configuration.handshakeTimeout)) { handler in
      handler.reject("no TLS handshake in time")
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted(let negotiated)? = event as? TLSUserEvent {
      handshakeCompleted(context, protocolName: negotiated)
    }
    context.fireUserInboundEventTriggered(event)
  }

  private func handshakeCompleted(_ context: ChannelHandlerContext, protocolName: String?) {
    deadline?.cancel()
    guard protocolName == TLSMaterial.applicationProtocol else {
      reject("the client did not ask for \(TLSMaterial.applicationProtocol)")
      return
    }
    do throws(IdentityError) {
      let peer = try edges.peer(context.pipeline.syncOperations)
      logger[metadataKey: "peer"] = "\(peer.uri(in: edges.domain))"
      connection = ServerConnection(
        id: id, peer: peer, eventLoop: eventLoop, handler: NIOLoopBound(self, eventLoop: eventLoop))
    } catch {
      logger.warning("connection refused", metadata: ["refusal": "\(error.refusal.rawValue)", "reason": "\(error)"])
      close(with: Callout_V1_Refusal(error.refusal))
      return
    }
    deadline = schedule(at: eventLoop.now + TimeAmount(configuration.helloTimeout)) { handler in
      handler.perform(handler.state.helloTimedOut())
      handler.flush()
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing, connection != nil else { return }
    let now = eventLoop.now
    liveness.heard(at: now)
    decoder.append(unwrapInboundIn(data))
    while !isClosing {
      do {
        guard let frame = try decoder.next() else { return }
        perform(state.frameReceived(frame, at: now, serverTime: edges.wallClock))
      } catch {
        perform(state.bytesRefused(error))
      }
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    deliver()
    flush()
    context.fireChannelReadComplete()
  }

  func channelInactive(context: ChannelHandlerContext) {
    isClosing = true
    for scheduled in [deadline, livenessCheck, unreadCheck] { scheduled?.cancel() }
    if !isWelcomed { registry.rejected() }
    if let connection, isWelcomed { receiver.closed(connection) }
    connection = nil
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // TLS's own complaints end here: no certificate, a foreign authority, an old version, bytes that are no TLS.
    logger.debug("connection failed", metadata: ["error": "\(error)"])
    isClosing = true
    context.close(promise: nil)
  }

  // MARK: Performing

  private func perform(_ reaction: ServerConnectionState.Reaction) {
    switch reaction {
    case .none: break
    case .welcome(let welcome, let clientName): greet(welcome, clientName: clientName)
    case .deliver(let request): burst.append(request)
    case .refuse(let stream, let refusal):
      append(.refusal, stream: stream, Payload.encode(refusal))
      finishIfDone()
    case .grant(let items, let stream):
      deliver()
      if let connection { receiver.creditGranted(items, to: stream, on: connection) }
    case .cancel(let stream):
      deliver()
      if let connection { receiver.cancelled(stream, on: connection) }
    case .end(let stream, let refusal):
      deliver()
      append(.refusal, stream: stream, Payload.encode(refusal))
      if let connection { receiver.cancelled(stream, on: connection) }
      finishIfDone()
    case .pong(let payload): append(.pong, stream: 0, payload)
    case .finish: finishIfDone()
    case .close(let refusal):
      logger.warning("connection closed", metadata: ["refusal": "\(refusal.number)", "reason": "\(refusal.text)"])
      deliver()
      close(with: refusal)
    }
  }

  /// Hands the burst over before anything that must come after it.
  private func deliver() {
    guard !burst.isEmpty, let connection else { return }
    let requests = burst
    burst = []
    receiver.received(requests, on: connection)
  }

  private func greet(_ welcome: Callout_V1_Welcome, clientName: String) {
    deadline?.cancel()
    isWelcomed = true
    decoder.accept(lengthsUpTo: Int(welcome.limits.maxFrameBytes))
    append(.welcome, stream: 0, Payload.encode(welcome))
    logger.debug("connection welcomed", metadata: ["client": "\(clientName)"])
    checkLiveness()
  }

  private func checkLiveness() {
    guard !isClosing else { return }
    switch liveness.checked(at: eventLoop.now) {
    case .wait(let until):
      livenessCheck = schedule(at: until) { $0.checkLiveness() }
    case .ping(let until):
      append(.ping, stream: 0, ByteBuffer(integer: id))
      livenessCheck = schedule(at: until) { $0.checkLiveness() }
      flush()
    case .dead:
      perform(state.pongTimedOut())
      flush()
    }
  }

  // MARK: Writing

  private func append(_ kind: FrameKind, stream: UInt32, _ payload: ByteBuffer) {
    Frame(kind, stream: stream, payload: payload).write(into: &output)
  }

  /// Sends what the receiver produced: one buffer, one flush.
  fileprivate func send(_ frames: [OutgoingFrame]) {
    guard !isClosing else { return }
    output.reserveCapacity(minimumWritableBytes: frames.reduce(0) { $0 + $1.encodedByteCountMax })
    for frame in frames {
      switch state.frameProduced(frame) {
      case .send: frame.write(into: &output)
      case .drop: break
      case .refuse(let refusal):
        append(.refusal, stream: frame.stream, Payload.encode(refusal))
        if case .push = frame, let connection { receiver.cancelled(frame.stream, on: connection) }
      }
    }
    finishIfDone()
    flush()
  }

  private func flush() {
    guard let context, output.readableBytes > 0 else { return }
    var bytes = output
    output = ByteBuffer()
    let now = eventLoop.now
    let isAllowed = unread.wrote(bytes.readableBytes, at: now)
    while let part = bytes.readSlice(length: min(bytes.readableBytes, Self.writeByteCountMax)), part.readableBytes > 0 {
      let promise = eventLoop.makePromise(of: Void.self)
      promise.futureResult.assumeIsolated().whenComplete { _ in
        self.unread.taken(part.readableBytes, at: self.eventLoop.now)
      }
      context.write(wrapOutboundOut(part), promise: promise)
    }
    context.flush()
    if !isAllowed {
      cutOff()
    } else if unreadCheck == nil {
      checkUnread()
    }
  }

  private func checkUnread() {
    unreadCheck = nil
    switch unread.checked(at: eventLoop.now) {
    case .none: break
    case .wait(let until): unreadCheck = schedule(at: until) { $0.checkUnread() }
    case .stalled: cutOff()
    }
  }

  /// A reader that does not read cannot be told why; the log is.
  private func cutOff() {
    guard let context else { return }
    isClosing = true
    _ = state.readerStalled()
    logger.warning(
      "connection cut off",
      metadata: ["refusal": "\(RefusalCode.slowReader.rawValue)", "unread_bytes": "\(unread.byteCount)"])
    // TLS's farewell waits behind the bytes that nobody reads; its time-out of a second then ends the connection.
    context.close(promise: nil)
  }

  // MARK: Closing

  /// The server drains: see ``ServerConnectionState/drainBegan()``.
  func drain() {
    switch state.drainBegan() {
    case .none: break
    case .close: context?.close(promise: nil)
    case .goaway(let goaway, let streams):
      append(.goaway, stream: 0, Payload.encode(goaway))
      for stream in streams {
        append(.refusal, stream: stream, Payload.encode(Callout_V1_Refusal(.draining)))
        if let connection { receiver.cancelled(stream, on: connection) }
      }
      flush()
      finishIfDone()
    }
  }

  private func finishIfDone() {
    guard state.isFinished, !isClosing else { return }
    isClosing = true
    flush()
    context?.close(promise: nil)
  }

  private func close(with refusal: Callout_V1_Refusal) {
    guard !isClosing else { return }
    isClosing = true
    append(.refusal, stream: 0, Payload.encode(refusal))
    flush()
    context?.close(promise: nil)
  }

  private func reject(_ reason: String) {
    logger.debug("connection rejected", metadata: ["reason": "\(reason)"])
    isClosing = true
    context?.close(promise: nil)
  }

  private func schedule(
    at deadline: NIODeadline, _ body: @escaping (ServerHandler) -> Void
  ) -> Scheduled<Void> {
    eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
      if let self { body(self) }
    }
  }
}

/// A connection in the hands of a receiver.
final class ServerConnection: ConnectionHandle {
  private struct Outbox {
    var frames: [OutgoingFrame] = []
    var isScheduled = false
  }

  let id: UInt64
  let peer: PeerIdentity
  private let eventLoop: any EventLoop
  private let handler: NIOLoopBound<ServerHandler>
  private let outbox = Mutex(Outbox())

  init(id: UInt64, peer: PeerIdentity, eventLoop: any EventLoop, handler: NIOLoopBound<ServerHandler>) {
    self.id = id
    self.peer = peer
    self.eventLoop = eventLoop
    self.handler = handler
  }

  func send(_ frames: [OutgoingFrame]) {
    guard !frames.isEmpty else { return }
    let isFirst = outbox.withLock { outbox in
      outbox.frames.append(contentsOf: frames)
      defer { outbox.isScheduled = true }
      return !outbox.isScheduled
    }
    guard isFirst else { return }
    eventLoop.execute {
      let frames = self.outbox.withLock { outbox in
        outbox.isScheduled = false
        let frames = outbox.frames
        outbox.frames = []
        return frames
      }
      self.handler.value.send(frames)
    }
  }
}

extension OutgoingFrame {
  /// The bytes that the frame takes at most, header included. A refusal's are guessed: it is small.
  var encodedByteCountMax: Int {
    switch self {
    case .reply(_, let payload): Frame.headerByteCount + payload.readableBytes
    case .refusal: 256
    case .push(_, let cursor, let body):
      Frame.headerByteCount + PushPayload(cursor: cursor, body: body).encodedByteCountMax
    }
  }

  /// Appends the frame.
  func write(into buffer: inout ByteBuffer) {
    switch self {
    case .reply(let stream, let payload): Frame(.reply, stream: stream, payload: payload).write(into: &buffer)
    case .refusal(let stream, let refusal):
      Frame(.refusal, stream: stream, payload: Payload.encode(refusal)).write(into: &buffer)
    case .push(let stream, let cursor, let body):
      Frame.write(.push, stream: stream, into: &buffer) { PushPayload(cursor: cursor, body: body).write(into: &$0) }
    }
  }
}

extension ServerConfiguration {
  /// What a welcome announces.
  var terms: ServerConnectionState.Terms {
    var limits = Callout_V1_Limits()
    limits.maxFrameBytes = UInt32(clamping: frameByteCountMax)
    limits.maxInFlight = UInt32(clamping: inFlightMax)
    limits.maxStreams = UInt32(clamping: streamsMax)
    limits.maxCredit = creditMax
    limits.idleMs = idleTimeout.wholeMilliseconds
    limits.pongMs = pongTimeout.wholeMilliseconds
    return ServerConnectionState.Terms(service: service, limits: limits)
  }
}

extension Duration {
  /// The duration in milliseconds, clamped to what 32 bits hold.
  var wholeMilliseconds: UInt32 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
    return overflow ? .max : UInt32(clamping: whole + attoseconds / 1_000_000_000_000_000)
  }
}
