internal import NIOCore
internal import Synchronization

/// The connections of a server: counts them, caps them, and reaches them when it drains.
final class ConnectionRegistry: Sendable {
  /// Something that waits for the last connection to go.
  private struct Entry {
    let channel: any Channel
    let handler: NIOLoopBound<ServerHandler>?
    let address: String?
  }

  private struct State {
    var entries: [UInt64: Entry] = [:]
    var perAddress: [String: Int] = [:]
    var counts = TransportServer.Counts()
    var nextID: UInt64 = 1
    var isDraining = false

    /// The connections in the order in which they came.
    var inOrder: [Entry] { entries.sorted { $0.key < $1.key }.map(\.value) }
  }

  private let connectionsMax: Int
  private let perAddressMax: Int
  private let state = Mutex(State())

  init(connectionsMax: Int, perAddressMax: Int) {
    self.connectionsMax = connectionsMax
    self.perAddressMax = perAddressMax
  }

  var counts: TransportServer.Counts { state.withLock { $0.counts } }

  /// Admits a connection.
  ///
  /// - Returns: The connection's number, or nil if a cap is reached or the server drains.
  func admit(_ channel: any Channel) -> UInt64? {
    let address = channel.remoteAddress?.ipAddress
    return state.withLock { state in
      let ofAddress = address.map { state.perAddress[$0, default: 0] } ?? 0
      guard !state.isDraining, state.entries.count < connectionsMax, ofAddress < perAddressMax else {
        state.counts.overCap += 1
        return nil
      }
      let id = state.nextID
      state.nextID += 1
      state.entries[id] = Entry(channel: channel, handler: nil, address: address)
      if let address { state.perAddress[address] = ofAddress + 1 }
      state.counts.accepted += 1
      state.counts.open += 1
      return id
    }
  }

  /// The connection's handler is in place.
  func attach(_ handler: NIOLoopBound<ServerHandler>, to id: UInt64) {
    state.withLock { state in
      guard let entry = state.entries[id] else { return }
      state.entries[id] = Entry(channel: entry.channel, handler: handler, address: entry.address)
    }
  }

  /// The connection has closed.
  func release(_ id: UInt64) {
    state.withLock { state in
      guard let entry = state.entries.removeValue(forKey: id) else { return }
      state.counts.open -= 1
      if let address = entry.address, let count = state.perAddress[address] {
        state.perAddress[address] = count > 1 ? count - 1 : nil
      }
    }
  }

  /// A connection ended before it was welcomed.
  func rejected() { state.withLock { $0.counts.rejected += 1 } }

  /// Tells every connection that the server drains; new ones are not admitted.
  func drain() {
    let entries = state.withLock { state in
      state.isDraining = true
      return state.inOrder
    }
    for entry in entries {
      guard let handler = entry.handler else {
        entry.channel.close(promise: nil)
        continue
      }
      entry.channel.eventLoop.execute { handler.value.drain() }
    }
  }

  /// Begins to close every connection.
  func closeAll() {
    for channel in openChannels { channel.close(promise: nil) }
  }

  /// Waits until every connection that is open now is closed.
  func waitUntilAllClosed() async {
    for channel in openChannels { try? await channel.closeFuture.get() }
  }

  private var openChannels: [any Channel] { state.withLock { $0.inOrder.map(\.channel) } }
}
