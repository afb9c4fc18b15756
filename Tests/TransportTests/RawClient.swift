import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Transport
import Wire

/// A TLS client that sends what bytes it likes, to see how a server takes it.
final class RawClient: Sendable {
  enum Event: Sendable, Equatable {
    case frame(Frame)
    case closed
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let continuation: AsyncStream<Event>.Continuation
    private let connected: EventLoopPromise<Void>
    private var decoder = FrameDecoder(lengthLimit: Frame.lengthByteCountMax)

    init(_ continuation: AsyncStream<Event>.Continuation, _ connected: EventLoopPromise<Void>) {
      self.continuation = continuation
      self.connected = connected
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if case .handshakeCompleted? = event as? TLSUserEvent { connected.succeed() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      decoder.append(unwrapInboundIn(data))
      while let frame = try? decoder.next() { continuation.yield(.frame(frame)) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      connected.fail(error)
      context.close(promise: nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
      connected.fail(ChannelError.eof)
      continuation.yield(.closed)
      continuation.finish()
    }
  }

  private let channel: any Channel
  let events: AsyncStream<Event>

  /// Connects, with TLS unless `files` is nil.
  ///
  /// - Throws: If TCP or our own side of TLS fails.
  init(
    port: Int, files: TLSFiles?, protocols: [String] = ["callout/1"], maximum: TLSVersion = .tlsv13,
    certificate: Bool = true
  ) async throws {
    let (events, continuation) = AsyncStream.makeStream(of: Event.self)
    self.events = events
    var tls: NIOSSLContext?
    if let files {
      var configuration = TLSConfiguration.makeClientConfiguration()
      configuration.certificateVerification = .noHostnameVerification
      configuration.trustRoots = .file(files.trustRoots)
      configuration.applicationProtocols = protocols
      configuration.maximumTLSVersion = maximum
      if certificate {
        configuration.certificateChain = try NIOSSLCertificate.fromPEMFile(files.certificateChain).map {
          .certificate($0)
        }
        configuration.privateKey = .privateKey(try NIOSSLPrivateKey(file: files.privateKey, format: .pem))
      }
      tls = try NIOSSLContext(configuration: configuration)
    }
    let context = tls
    let (channel, connected) = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          let connected = channel.eventLoop.makePromise(of: Void.self)
          if let context {
            try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
          } else {
            connected.succeed()
          }
          try channel.pipeline.syncOperations.addHandler(Handler(continuation, connected))
          return (channel, connected.futureResult)
        }
      }
    self.channel = channel
    try await connected.get()
  }

  func send(_ bytes: ByteBuffer) async throws { try await channel.writeAndFlush(bytes) }

  func send(_ frames: Frame...) async throws {
    var bytes = ByteBuffer()
    for frame in frames { frame.write(into: &bytes) }
    try await send(bytes)
  }

  /// Says a good hello and takes the welcome.
  func greet() async throws {
    try await send(.hello)
    var iterator = events.makeAsyncIterator()
    guard case .frame(let frame)? = await iterator.next(), frame.kind == .welcome else { throw ChannelError.eof }
  }

  /// Everything that comes until the server closes.
  func untilClosed() async -> [Event] {
    var all: [Event] = []
    for await event in events { all.append(event) }
    return all
  }

  func stopReading() async throws { try await channel.setOption(.autoRead, value: false).get() }

  func close() { channel.close(promise: nil) }
}

extension Frame {
  static var hello: Frame {
    var hello = Callout_V1_Hello()
    hello.versions = [1]
    hello.name = "raw"
    return Frame(.hello, payload: Payload.encode(hello))
  }

  static func request(_ method: Method, stream: UInt32, _ envelope: RequestEnvelope = RequestEnvelope()) -> Frame {
    var payload = ByteBuffer()
    envelope.write(into: &payload)
    return Frame(.request, method: method.number, stream: stream, payload: payload)
  }

  /// The refusal of the connection that a server sends last.
  static func refused(_ code: RefusalCode, field: String = "") -> Frame {
    Frame(.refusal, payload: Payload.encode(Callout_V1_Refusal(code, field: field)))
  }
}
