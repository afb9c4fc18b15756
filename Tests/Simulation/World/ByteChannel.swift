import NIOCore

/// One end of a simulated connection: a channel that carries bytes, as a socket's does.
///
/// It reads what has arrived in pieces of any length, several to a burst, and writes into a ``BytePipe``. Everything happens
/// on its event loop; an end whose process has died does nothing any more.
final class ByteChannel: Channel, ChannelCore, @unchecked Sendable {
  /// How the other end ended.
  enum Ending: Sendable {
    /// After all of its bytes.
    case orderly
    /// At once: what has not been read is lost.
    case reset
  }

  /// Reads of one burst at most, as the services' sockets have it.
  private static let readsMax = 16

  let loop: SimulatedEventLoop
  let network: Network
  private(set) lazy var pipeline = ChannelPipeline(channel: self)
  private(set) var isActive = false
  /// Whether it is neither closed nor dead.
  private(set) var isOpen = true
  private let closed: EventLoopPromise<Void>
  private var outgoing: BytePipe?
  private weak var incoming: BytePipe?
  private var unflushed: [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
  private var inbox = ByteBuffer()
  private var ending: Ending?
  private var isReadDue = false

  init(_ network: Network, on loop: SimulatedEventLoop) {
    self.network = network
    self.loop = loop
    closed = loop.makePromise()
  }

  /// Joins it to the other end, by the way there and the way back.
  func join(outgoing: BytePipe, incoming: BytePipe) {
    self.outgoing = outgoing
    self.incoming = incoming
  }

  /// Makes it ready with what `prepare` puts into its pipeline, and active. Runs on its event loop.
  func open<Made>(_ prepare: (ByteChannel) throws -> Made) rethrows -> Made {
    let made = try prepare(self)
    guard isOpen else { return made }
    pipeline.fireChannelRegistered()
    isActive = true
    pipeline.fireChannelActive()
    scheduleRead()
    return made
  }

  // MARK: The network's side

  /// Bytes have arrived.
  func arrived(_ bytes: ByteBuffer) {
    guard isOpen, loop.isAlive, ending == nil else {
      network.count("bytes for a closed end")
      return
    }
    var bytes = bytes
    if inbox.readableBytes == 0 { inbox = bytes } else { inbox.writeBuffer(&bytes) }
    scheduleRead()
  }

  /// The other end has ended, or the connection is cut.
  func ended(_ how: Ending) {
    guard isOpen, ending == nil else { return }
    ending = how
    scheduleRead()
  }

  /// There is room again for what waits to be sent.
  func resumeSending() {
    guard isOpen, loop.isAlive else { return }
    loop.execute { if self.isOpen { self.outgoing?.send() } }
  }

  /// Its process has died: the other end is told by whoever runs the process's host.
  func died() {
    guard isOpen else { return }
    (isOpen, isActive) = (false, false)
    outgoing?.close(network.chance(2) ? .reset : .orderly)
  }

  private func scheduleRead() {
    guard isActive, !isReadDue, inbox.readableBytes > 0 || ending != nil else { return }
    isReadDue = true
    let pause = network.readerPause()
    if pause == .zero {
      loop.execute { self.readBurst() }
    } else {
      network.after(pause) { self.loop.execute { self.readBurst() } }
    }
  }

  private func readBurst() {
    isReadDue = false
    guard isActive else { return }
    if case .reset? = ending {
      pipeline.syncOperations.fireErrorCaught(IOError(errnoCode: 104, reason: "connection reset by peer"))
      close0(error: ChannelError.eof, mode: .all, promise: nil)
      return
    }
    var count = 0
    var reads = 0
    while isActive, reads < Self.readsMax, let part = inbox.readSlice(length: network.partLength(inbox.readableBytes)),
      part.readableBytes > 0
    {
      reads += 1
      count += part.readableBytes
      pipeline.syncOperations.fireChannelRead(NIOAny(part))
    }
    if count > 0 {
      network.note(count)
      incoming?.taken(count)
      pipeline.syncOperations.fireChannelReadComplete()
    }
    if inbox.readableBytes > 0 {
      scheduleRead()
    } else if ending != nil, isActive {
      close0(error: ChannelError.eof, mode: .all, promise: nil)
    }
  }

  // MARK: The pipeline's side

  func write0(_ data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard isOpen else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    unflushed.append((unwrapData(data), promise))
  }

  func flush0() {
    let written = unflushed
    unflushed = []
    for (bytes, promise) in written { outgoing?.write(bytes, promise) }
    outgoing?.send()
  }

  func close0(error: any Error, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard isOpen else {
      promise?.fail(ChannelError.alreadyClosed)
      return
    }
    (isOpen, isActive) = (false, false)
    for (_, promise) in unflushed { promise?.fail(ChannelError.ioOnClosedChannel) }
    unflushed = []
    outgoing?.close(.orderly)
    promise?.succeed()
    pipeline.syncOperations.fireChannelInactive()
    pipeline.syncOperations.fireChannelUnregistered()
    loop.execute {
      self.removeHandlers(pipeline: self.pipeline)
      self.closed.succeed()
    }
  }

  func register0(promise: EventLoopPromise<Void>?) { promise?.succeed() }
  func read0() {}
  func channelRead0(_ data: NIOAny) {}
  func errorCaught0(error: any Error) {}
  func bind0(to: SocketAddress, promise: EventLoopPromise<Void>?) { refuse(promise) }
  func connect0(to: SocketAddress, promise: EventLoopPromise<Void>?) { refuse(promise) }
  func triggerUserOutboundEvent0(_ event: Any, promise: EventLoopPromise<Void>?) { refuse(promise) }
  func localAddress0() throws -> SocketAddress { throw ChannelError.operationUnsupported }
  func remoteAddress0() throws -> SocketAddress { throw ChannelError.operationUnsupported }

  private func refuse(_ promise: EventLoopPromise<Void>?) { promise?.fail(ChannelError.operationUnsupported) }

  // MARK: What a channel says of itself

  var eventLoop: any EventLoop { loop }
  var allocator: ByteBufferAllocator { ByteBufferAllocator() }
  var closeFuture: EventLoopFuture<Void> { closed.futureResult }
  var localAddress: SocketAddress? { nil }
  var remoteAddress: SocketAddress? { nil }
  var parent: (any Channel)? { nil }
  var isWritable: Bool { true }
  var _channelCore: any ChannelCore { self }

  func setOption<Option: ChannelOption>(_ option: Option, value: Option.Value) -> EventLoopFuture<Void> {
    loop.makeFailedFuture(ChannelError.operationUnsupported)
  }

  func getOption<Option: ChannelOption>(_ option: Option) -> EventLoopFuture<Option.Value> {
    loop.makeFailedFuture(ChannelError.operationUnsupported)
  }
}
