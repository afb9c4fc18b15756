import NIOCore
import Transport
import Wire

/// Stands before a service's receiver and counts what the network has done to requests: which were asked before, and which
/// streams ran out of credit.
final class CountedReceiver: RequestReceiver, @unchecked Sendable {
  private let inner: any RequestReceiver
  private let network: Network
  private let service: ServiceName
  private var connections: [UInt64: CountedConnection] = [:]

  init(_ inner: any RequestReceiver, _ network: Network, _ service: ServiceName) {
    self.inner = inner
    self.network = network
    self.service = service
  }

  func received(_ requests: [IncomingRequest], on connection: any ConnectionHandle) {
    let counted = counted(connection)
    for request in requests {
      if request.envelope.key.readableBytes > 0 { network.asked(request.envelope.key, of: service) }
      if request.envelope.credit > 0 { counted.credit[request.stream] = request.envelope.credit }
    }
    inner.received(requests, on: counted)
  }

  func cancelled(_ stream: UInt32, on connection: any ConnectionHandle) {
    network.count("answer no longer wanted")
    inner.cancelled(stream, on: counted(connection))
  }

  func creditGranted(_ items: UInt32, to stream: UInt32, on connection: any ConnectionHandle) {
    let counted = counted(connection)
    counted.credit[stream, default: 0] += items
    inner.creditGranted(items, to: stream, on: counted)
  }

  func closed(_ connection: any ConnectionHandle) {
    let counted = counted(connection)
    connections[connection.id] = nil
    inner.closed(counted)
  }

  private func counted(_ connection: any ConnectionHandle) -> CountedConnection {
    if let known = connections[connection.id] { return known }
    let made = CountedConnection(connection, network)
    connections[connection.id] = made
    return made
  }
}

/// A connection whose streams' credit is counted.
final class CountedConnection: ConnectionHandle, @unchecked Sendable {
  fileprivate var credit: [UInt32: UInt32] = [:]
  private let inner: any ConnectionHandle
  private let network: Network

  init(_ inner: any ConnectionHandle, _ network: Network) {
    self.inner = inner
    self.network = network
  }

  var id: UInt64 { inner.id }
  var peer: PeerIdentity { inner.peer }

  func send(_ frames: [OutgoingFrame]) {
    for case .push(let stream, _, _) in frames {
      guard let left = credit[stream], left > 0 else { continue }
      credit[stream] = left - 1
      if left == 1 { network.count("stream out of credit") }
    }
    inner.send(frames)
  }
}
