import NIOCore
import NIOTLS
import Transport

/// Stands where TLS stands in a pipeline: after a flight each way and one more it tells that the handshake is done, and it
/// knows who is at the other end. Bytes then pass as they are.
///
/// Like TLS it closes only when what was written is under way, or after a while.
final class SimulatedTLS: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How long a close waits for a peer that does not read.
  private static let farewellMax = TimeAmount.seconds(1)

  /// Who is at the other end.
  let peer: PeerIdentity
  private let isClient: Bool
  /// Flights of a byte that are still to come.
  private var missingCount: Int
  private var isClosing = false

  /// The client's or the server's side of a handshake with somebody.
  init(with peer: PeerIdentity, isClient: Bool) {
    self.peer = peer
    self.isClient = isClient
    missingCount = isClient ? 1 : 2
  }

  func channelActive(context: ChannelHandlerContext) {
    if isClient { sendFlight(context) }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    while missingCount > 0, bytes.readInteger(as: UInt8.self) != nil {
      missingCount -= 1
      if isClient || missingCount > 0 { sendFlight(context) }
      if missingCount == 0 {
        context.fireUserInboundEventTriggered(
          TLSUserEvent.handshakeCompleted(negotiatedProtocol: TLSMaterial.applicationProtocol))
      }
    }
    if bytes.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(bytes)) }
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard !isClosing else {
      promise?.fail(ChannelError.alreadyClosed)
      return
    }
    isClosing = true
    let context = NIOLoopBound(context, eventLoop: context.eventLoop)
    let end = context.value.eventLoop.scheduleTask(in: Self.farewellMax) { context.value.close(promise: promise) }
    let sent = context.value.eventLoop.makePromise(of: Void.self)
    // An empty write is done when all before it are.
    context.value.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: sent)
    sent.futureResult.assumeIsolated().whenSuccess {
      end.cancel()
      context.value.close(promise: promise)
    }
  }

  private func sendFlight(_ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(integer: UInt8(0))), promise: nil)
  }
}
