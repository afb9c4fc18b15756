internal import Logging
internal import NIOCore

/// Where a server's connections arrive and leave: admits them, gives each its handler, and sends them away when the server
/// drains. What they run on is others' affair.
struct ConnectionReception: Sendable {
  private let configuration: ServerConfiguration
  private let edges: ConnectionEdges
  private let receiver: any RequestReceiver
  private let logger: Logger
  private let registry: ConnectionRegistry

  init(
    configuration: ServerConfiguration, edges: ConnectionEdges, receiver: any RequestReceiver, logger: Logger
  ) {
    self.configuration = configuration
    self.edges = edges
    self.receiver = receiver
    self.logger = logger
    registry = ConnectionRegistry(
      connectionsMax: configuration.connectionsMax, perAddressMax: configuration.connectionsPerAddressMax)
  }

  /// What has been counted so far.
  var counts: TransportServer.Counts { registry.counts }

  /// Takes a connection, or closes it at once when a cap is reached or the server drains. Runs on the channel's event loop.
  ///
  /// - Parameter secure: Puts what secures the channel into its pipeline.
  func accept(
    _ channel: any Channel, secure: (ChannelPipeline.SynchronousOperations) throws -> Void
  ) -> EventLoopFuture<Void> {
    guard let id = registry.admit(channel) else {
      logger.warning(
        "connection over the cap", metadata: ["address": "\(channel.remoteAddress?.ipAddress ?? "unknown")"])
      return channel.close()
    }
    channel.closeFuture.whenComplete { _ in registry.release(id) }
    return channel.eventLoop.makeCompletedFuture {
      let handler = ServerHandler(
        id: id, configuration: configuration, edges: edges, receiver: receiver, registry: registry,
        logger: logger, eventLoop: channel.eventLoop)
      try secure(channel.pipeline.syncOperations)
      try channel.pipeline.syncOperations.addHandler(handler)
      registry.attach(NIOLoopBound(handler, eventLoop: channel.eventLoop), to: id)
    }
  }

  /// Tells every client to go elsewhere, refuses new requests, ends streams, waits for what is in flight and closes. After
  /// `grace`, which `timer` measures, whatever is left is closed.
  func drain(within grace: Duration, on timer: any EventLoop) async {
    registry.drain()
    let end = timer.scheduleTask(in: TimeAmount(grace)) { registry.closeAll() }
    await registry.waitUntilAllClosed()
    end.cancel()
  }

  /// Closes every connection, and waits until each is closed.
  func closeAll() async {
    registry.closeAll()
    await registry.waitUntilAllClosed()
  }
}
