import NIOCore
import Policy
import SwiftProtobuf
import Synchronization
import Transport
import Wire

@testable import CalloutClient
@testable import CalloutCommand

/// A service that answers as a test says, without a network. It keeps what it was asked.
final class FakeService: ServiceConnector, Sendable {
  typealias Answer = @Sendable (OutgoingRequest, Int) -> Result<Reply, TransportError>

  struct State {
    var requests: [OutgoingRequest] = []
    var connectedTo: [ServiceAddress] = []
    var down: Set<ServiceAddress> = []
    var broken: Set<Int> = []
  }

  let state = Mutex(State())
  private let answer: Answer
  private let pushes: [Callout_V1_Change]?

  /// - Parameters:
  ///   - pushes: What a watch is given after its beginning; nil: two changes with numbers, without a beginning.
  ///   - answer: Given the request and how many came before it.
  init(pushes: [Callout_V1_Change]? = nil, answer: @escaping Answer) {
    self.pushes = pushes
    self.answer = answer
  }

  var requests: [OutgoingRequest] { state.withLock { $0.requests } }

  func connect(to address: ServiceAddress) async throws(TransportError) -> any ServiceConnection {
    let number: Int? = state.withLock { state in
      state.connectedTo.append(address)
      return state.down.contains(address) ? nil : state.connectedTo.count
    }
    guard let number else { throw TransportError(.unreachable(address.description)) }
    return Connection(service: self, number: number, address: address)
  }

  struct Connection: ServiceConnection {
    let service: FakeService
    let number: Int
    let address: ServiceAddress

    var isUsable: Bool { service.state.withLock { !$0.broken.contains(number) && !$0.down.contains(address) } }

    func call(_ request: OutgoingRequest) async throws(TransportError) -> Reply {
      let count = service.state.withLock { state in
        state.requests.append(request)
        return state.requests.count - 1
      }
      return try service.answer(request, count).get()
    }

    func open(_ request: OutgoingRequest) async throws(TransportError) -> any ServiceStream {
      let count = service.state.withLock { state in
        state.requests.append(request)
        return state.requests.count - 1
      }
      guard let pushes = service.pushes else { return Stream(first: count * 2, left: 2) }
      let beginning = Callout_V1_Change.with { $0.kind = "watch.started" }
      return Watch(left: [beginning] + pushes)
    }

    func close() async {}
  }

  /// Gives two changes, then breaks.
  struct Stream: ServiceStream {
    let first: Int
    var left: Int

    mutating func next() async throws(TransportError) -> (cursor: ByteBuffer, body: ByteBuffer)? {
      guard left > 0 else { throw TransportError(.closed, effect: .unknown) }
      left -= 1
      let number = UInt8(first + 2 - left)
      var change = Callout_V1_Change()
      change.text = "change \(number)"
      return (ByteBuffer(bytes: [number]), Payload.encode(change))
    }
  }
}

/// Changes that are given at once; then the watch is quiet.
struct Watch: ServiceStream {
  var left: [Callout_V1_Change]

  mutating func next() async throws(TransportError) -> (cursor: ByteBuffer, body: ByteBuffer)? {
    if left.isEmpty {
      // Cancelled once the reader has waited long enough.
      try? await Task.sleep(for: .seconds(60))
      return nil
    }
    let change = left.removeFirst()
    return (ByteBuffer(bytes: [UInt8(clamping: left.count)]), Payload.encode(change))
  }
}

/// Time that passes only by sleeping.
final class FakeTime: Sendable {
  let elapsed = Mutex(Duration.zero)

  var surroundings: Surroundings {
    Surroundings(
      now: { self.elapsed.withLock { $0 } }, sleep: { pause in self.elapsed.withLock { $0 += pause } }, random: { 0.5 })
  }
}

/// A client of a fake service in place of all three.
func makeClient(
  _ service: FakeService, addresses: [String] = ["a:1"], time: FakeTime = FakeTime()
) -> CalloutClient {
  let places = addresses.compactMap { ServiceAddress($0) }
  var configuration = CalloutConfiguration(
    addresses: [.intake: places, .ledger: places, .notifier: places], domain: "callout.test", certificate: "", key: "",
    trust: "")
  configuration.tenant = .init(high: 1, low: 2)
  return CalloutClient(
    configuration: configuration, connectors: { _ in service }, surroundings: time.surroundings)
}

func refusal(_ code: RefusalCode, text: String = "", clauses: [String] = []) -> Result<Reply, TransportError> {
  let failed = clauses.map { id in Callout_V1_FailedClause.with { $0.id = id } }
  var refusal = Callout_V1_Refusal(code, clauses: failed)
  if !text.isEmpty { refusal.text = text }
  return .success(.refusal(refusal))
}

func reply(_ message: some SwiftProtobuf.Message) -> Result<Reply, TransportError> {
  .success(.payload(Payload.encode(message)))
}
