import NIOCore
import Policy
import Transport
import Wire

/// Requests as they came to the processes while the workload ran, so that it can be told later whether they kept their
/// order.
final class Arrivals: @unchecked Sendable {
  /// One request that came.
  struct Arrival {
    let process: String
    let connection: UInt64
    let key: [UInt8]
  }

  private(set) var all: [Arrival] = []

  private var isOver = false

  /// What comes from now on repeats what came before.
  func end() { isOver = true }

  fileprivate func add(_ arrival: Arrival) { if !isOver { all.append(arrival) } }
}

/// Stands before a process, notes what comes, and passes it on; a mutant lets it forget the order.
final class WatchedReceiver: RequestReceiver, @unchecked Sendable {
  /// How long the mutant keeps a request back for others to overtake it.
  private static let heldBack: Duration = .milliseconds(15)

  private let inner: any RequestReceiver
  private let process: String
  private let arrivals: Arrivals
  private let simulator: Simulator
  private let forgetsOrder: Bool
  private var held: [UInt64: [IncomingRequest]] = [:]

  init(_ inner: any RequestReceiver, of process: String, in world: World) {
    self.inner = inner
    self.process = process
    arrivals = world.arrivals
    simulator = world.simulator
    forgetsOrder = world.plan.mutant == .laneWithoutOrder
  }

  func received(_ requests: [IncomingRequest], on connection: any ConnectionHandle) {
    for request in requests where request.method == Wire.Method.chargePost.number {
      let key = Array(buffer: request.envelope.key)
      arrivals.add(.init(process: process, connection: connection.id, key: key))
    }
    guard forgetsOrder else { return inner.received(requests, on: connection) }
    if let earlier = held.removeValue(forKey: connection.id) {
      inner.received(requests + earlier, on: connection)
    } else {
      held[connection.id] = requests
      simulator.after(Self.heldBack) {
        if let late = self.held.removeValue(forKey: connection.id) { self.inner.received(late, on: connection) }
      }
    }
  }

  func cancelled(_ stream: UInt32, on connection: any ConnectionHandle) { inner.cancelled(stream, on: connection) }

  func creditGranted(_ items: UInt32, to stream: UInt32, on connection: any ConnectionHandle) {
    inner.creditGranted(items, to: stream, on: connection)
  }

  func closed(_ connection: any ConnectionHandle) {
    held.removeValue(forKey: connection.id)
    inner.closed(connection)
  }
}
