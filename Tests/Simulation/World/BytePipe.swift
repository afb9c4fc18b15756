import NIOCore

/// One way of a simulated connection: bytes keep their order, take their time, and only so many may be under way.
///
/// What is sent together may arrive in pieces; it may be held up, so that all behind it waits, or never arrive at all, with
/// nobody being told.
final class BytePipe {
  private let network: Network
  private let sender: ByteChannel
  private let receiver: ByteChannel
  /// The way back.
  weak var opposite: BytePipe?
  private var waiting: [(bytes: ByteBuffer, promise: EventLoopPromise<Void>?)] = []
  /// Bytes that were sent and that the receiver has not read.
  private var underWay = 0
  private var lastArrival = Duration.zero
  /// Whether what is sent never arrives.
  private(set) var isLost = false
  private var isClosed = false

  init(_ network: Network, from sender: ByteChannel, to receiver: ByteChannel) {
    self.network = network
    self.sender = sender
    self.receiver = receiver
  }

  /// Whether nothing arrives, and an end does not know of it.
  var isHalfOpen: Bool { isLost && (sender.isOpen || receiver.isOpen) }

  /// Whether something arrives later than it would by itself.
  var isHeldUp: Bool { !isLost && receiver.isOpen && lastArrival > network.now + network.longestDelay }

  /// Whether neither end is there any more.
  var isOver: Bool { !sender.isOpen && !receiver.isOpen }

  /// Bytes wait to be sent; their promise is kept when they are under way.
  func write(_ bytes: ByteBuffer, _ promise: EventLoopPromise<Void>?) { waiting.append((bytes, promise)) }

  /// Sends what there is room for.
  func send() {
    var packet = ByteBuffer()
    var kept: [EventLoopPromise<Void>] = []
    while let first = waiting.first {
      var bytes = first.bytes
      let room = network.window - underWay - packet.readableBytes
      guard bytes.readableBytes == 0 || room > 0 else { break }
      guard var part = bytes.readSlice(length: min(room, bytes.readableBytes)) else { break }
      if packet.readableBytes == 0 { packet = part } else { packet.writeBuffer(&part) }
      if bytes.readableBytes > 0 {
        waiting[0].bytes = bytes
      } else {
        waiting.removeFirst()
        if let promise = first.promise { kept.append(promise) }
      }
    }
    if !waiting.isEmpty { network.count("sender waited for a slow reader") }
    if packet.readableBytes > 0 { travel(packet) }
    for promise in kept { promise.succeed() }
  }

  /// The receiver has read bytes.
  func taken(_ count: Int) {
    underWay -= count
    if !waiting.isEmpty { network.after(network.delay()) { self.sender.resumeSending() } }
  }

  /// The sender has ended: what is under way still arrives, what waits does not.
  func close(_ how: ByteChannel.Ending) {
    guard !isClosed else { return }
    isClosed = true
    let failed = waiting
    waiting = []
    for (_, promise) in failed { promise?.fail(ChannelError.ioOnClosedChannel) }
    if !isLost { arrive(at: max(network.now + network.delay(), lastArrival)) { self.receiver.ended(how) } }
  }

  // MARK: Travelling

  private func travel(_ packet: ByteBuffer) {
    underWay += packet.readableBytes
    if isLost { return }
    let number = network.takePacketNumber()
    var due = max(network.now + network.delay(), lastArrival)
    switch network.mishap() {
    case .none: break
    case .late(let time): due += time
    case .cut:
      cut(packet, due)
      return
    case .stall:
      isLost = true
      // The way back may be lost too, or not.
      if network.chance(2) { opposite?.isLost = true }
      return
    }
    var packet = packet
    var pieces = network.pieceCount(packet.readableBytes)
    while packet.readableBytes > 0 {
      let length = pieces > 1 ? network.below(packet.readableBytes) + 1 : packet.readableBytes
      guard let piece = packet.readSlice(length: length) else { return }
      arrive(at: due) {
        self.network.packetArrived(number)
        self.receiver.arrived(piece)
      }
      due += network.delay() / 4
      pieces -= 1
    }
  }

  /// The connection ends while a packet is under way: some of its bytes arrive, and both ends learn of it, each in its time.
  private func cut(_ packet: ByteBuffer, _ due: Duration) {
    let length = network.below(packet.readableBytes + 1)
    if length > 0, length < packet.readableBytes { network.count("connection cut in the midst of what was sent") }
    if let piece = packet.getSlice(at: packet.readerIndex, length: length), length > 0 {
      arrive(at: due) { self.receiver.arrived(piece) }
    }
    arrive(at: due) { self.receiver.ended(self.network.chance(2) ? .reset : .orderly) }
    isLost = true
    opposite?.isLost = true
    network.after(network.delay()) { self.sender.ended(.reset) }
  }

  private func arrive(at due: Duration, _ what: @escaping () -> Void) {
    lastArrival = due
    network.after(due - network.now, what)
  }
}
