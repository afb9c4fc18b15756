import Foundation
import IntakeRules
import Logging
import NIOCore
import NIOPosix
import Policy
import ServiceKit
import Synchronization

/// Where mail is taken by LMTP.
enum LmtpAddress: Equatable {
  case host(String, port: Int)
  /// A socket in the file system: who may write to it may deliver.
  case socket(path: String)

  /// `host:port` or `unix:/path`; nil for anything else.
  init?(_ text: String) {
    if text.hasPrefix("unix:/") {
      // The longest path that a socket can have.
      guard text.utf8.count - 5 <= 107 else { return nil }
      self = .socket(path: String(text.dropFirst(5)))
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port), colon > text.startIndex
    else { return nil }
    self = .host(String(text[..<colon]), port: port)
  }

  /// Whether only this machine reaches it. LMTP knows no identities.
  var isLocal: Bool {
    switch self {
    case .socket: true
    case .host(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.")
    }
  }
}

/// The bounds of connections by LMTP.
struct LmtpBounds: Sendable {
  /// The most connections at once; one more is closed at once.
  var connectionCountMax = 64
  /// How long an MTA may say nothing (RFC 5321, section 4.5.3.2).
  var silence = TimeAmount.minutes(5)
  /// How long a connection may last, whatever is said.
  var lifetime = TimeAmount.minutes(30)
}

/// Takes mail by LMTP for as long as the process serves.
enum LmtpService {
  /// The setting that says where: `host:port`, `unix:/path`, or empty for nowhere.
  static let setting = "lmtp.listen"
  static func run(_ access: Background<IntakeState>) async {
    guard let text = access.setting(setting) else { return }
    guard let address = LmtpAddress(text) else {
      access.logger.error(
        "`\(setting)` is neither host:port nor unix:/path: no mail is taken", metadata: ["is": "\(text)"])
      return
    }
    if !address.isLocal {
      access.logger.warning("LMTP has no identities: whoever reaches its port may deliver", metadata: ["is": "\(text)"])
    }
    let delivery = LmtpDelivery(access: access) { (0..<16).map { _ in UInt8.random(in: .min ... .max) } }
    while !Task.isCancelled {
      do {
        try await serve(address, delivery) { access.logger.info("taking mail", metadata: ["lmtp": "\($0)"]) }
      } catch is CancellationError {
        return
      } catch {
        access.logger.error("LMTP cannot be served", metadata: ["error": "\(error)"])
      }
      // The port may be free again later.
      try? await access.sleep(.seconds(1))
    }
  }

  typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  /// Serves until the task is cancelled: then no connection is taken any more, and those that are end after what they are
  /// at.
  ///
  /// - Parameter bound: is told the port, or the socket's path.
  static func serve(
    _ address: LmtpAddress, _ delivery: LmtpDelivery, _ bounds: LmtpBounds = LmtpBounds(),
    bound: @Sendable (String) -> Void
  ) async throws {
    let open = OpenConnections(max: bounds.connectionCountMax)
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 128)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    let prepare: @Sendable (any Channel) -> EventLoopFuture<Connection> = { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandlers(IdleStateHandler(readTimeout: bounds.silence), CloseWhenIdle())
        let end = channel.eventLoop.scheduleTask(in: bounds.lifetime) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in end.cancel() }
        return try Connection(wrappingChannelSynchronously: channel)
      }
    }
    let server: NIOAsyncChannel<Connection, Never>
    switch address {
    case .host(let host, let port):
      server = try await bootstrap.bind(host: host, port: port, childChannelInitializer: prepare)
      bound("\(host):\(server.channel.localAddress?.port ?? port)")
    case .socket(let path):
      server = try await bootstrap.bind(
        unixDomainSocketPath: path, cleanupExistingSocketFile: true, childChannelInitializer: prepare)
      bound(path)
    }
    try await withThrowingDiscardingTaskGroup { group in
      try await server.executeThenClose { connections in
        for try await connection in connections {
          guard open.enter() else {
            try? await connection.channel.close()
            continue
          }
          group.addTask {
            try? await connection.executeThenClose { inbound, outbound in
              var conversation = LmtpConversation(delivery: delivery)
              try await conversation.run(inbound, outbound)
            }
            open.leave()
          }
        }
      }
    }
  }

  /// Counts connections.
  private final class OpenConnections: Sendable {
    private let count = Atomic<Int>(0)
    private let max: Int

    init(max: Int) { self.max = max }

    /// Counts one more, unless there are as many as may be.
    func enter() -> Bool {
      if count.wrappingAdd(1, ordering: .relaxed).newValue <= max { return true }
      leave()
      return false
    }

    func leave() { count.wrappingSubtract(1, ordering: .relaxed) }
  }

  /// A connection on which nothing was read for too long ends.
  private final class CloseWhenIdle: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if event is IdleStateHandler.IdleStateEvent { context.close(promise: nil) }
      context.fireUserInboundEventTriggered(event)
    }
  }
}

/// What is said on one connection.
struct LmtpConversation {
  let delivery: LmtpDelivery
  private var session = LmtpSession()
  private var received = ByteBuffer()

  init(delivery: LmtpDelivery) { self.delivery = delivery }

  /// Answers until one side ends. Nothing is read while an answer is looked for, so that a peer can make no more wait than
  /// what one read holds.
  mutating func run(
    _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws {
    try await outbound.write(ByteBuffer(string: LmtpSession.greeting.line))
    for try await bytes in inbound {
      received.writeImmutableBuffer(bytes)
      if try await answer(outbound) { return }
      received.discardReadBytes()
    }
  }

  /// Answers what has come so far.
  ///
  /// - Returns: whether the conversation is over.
  private mutating func answer(_ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Bool {
    while received.readableBytes > 0 {
      var action: LmtpSession.Action
      if session.isReadingData {
        let taken = session.received(content: received.readableBytesView)
        received.moveReaderIndex(forwardBy: taken.count)
        action = taken.0
      } else if let end = received.readableBytesView.firstIndex(of: 0x0A) {
        let count = end - received.readerIndex
        guard count < LmtpLimits.lineByteCountMax else { return try await perform(session.receivedTooMuch(), outbound) }
        var line = received.readString(length: count) ?? ""
        received.moveReaderIndex(forwardBy: 1)
        if line.last == "\r" { line.removeLast() }
        action = session.received(line)
      } else if received.readableBytes >= LmtpLimits.lineByteCountMax {
        action = session.receivedTooMuch()
      } else {
        return false
      }
      if try await perform(action, outbound) { return true }
    }
    return false
  }

  /// - Returns: whether the conversation is over.
  private mutating func perform(
    _ action: LmtpSession.Action, _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
  ) async throws -> Bool {
    var action = action
    while true {
      switch action {
      case .read: return false
      case .reply(let replies):
        try await outbound.write(ByteBuffer(string: replies.map(\.line).joined()))
        if Task.isCancelled { action = session.ending("the service ends") } else { return false }
      case .close(let reply):
        try await outbound.write(ByteBuffer(string: reply.line))
        return true
      case .resolve(let address): action = session.resolved(await delivery.resolve(address))
      case .deliver(let envelope): action = session.delivered(await delivery.deliver(envelope))
      }
    }
  }
}
