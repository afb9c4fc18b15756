import FoundationEssentials
import Logging
import NIOCore
import Policy
import SwiftProtobuf
import Transport
import Wire

/// What became of one event that was sent.
enum Delivery: Sendable {
  /// The peer has it.
  case acknowledged
  /// The peer will never take it.
  case refused(UInt32, String)
  /// It may be taken later.
  case failed(String)
}

/// Another service, as the relay sees it.
protocol EventPeer: Sendable {
  /// Sends events, and says in the same order what became of each.
  func deliver(_ rows: [OutboxRow]) async -> [Delivery]
}

/// Where a service can be reached.
struct PeerAddress: Sendable, Hashable {
  let host: String
  let port: Int
}

/// Another service over the wire: one long-lived connection, made again when it is lost.
actor WirePeer: EventPeer {
  /// Connects to one process of the service, checks who answers, and says hello.
  typealias Connect = @Sendable (PeerAddress) async throws(TransportError) -> ClientConnection

  private let service: ServiceName
  private let addresses: [PeerAddress]
  private let connect: Connect
  private var connection: ClientConnection?
  private var nextAddress = 0
  /// Deliveries that begin at once share one connection: whoever comes second waits for the first to make it.
  private let turns = Turns()

  init(_ service: ServiceName, addresses: [PeerAddress], connect: @escaping Connect) {
    self.service = service
    self.addresses = addresses
    self.connect = connect
  }

  /// The service over mutual TLS.
  init(
    _ service: ServiceName, addresses: [PeerAddress], tls: TLSMaterial, group: any EventLoopGroup, logger: Logger
  ) {
    self.init(service, addresses: addresses) { address throws(TransportError) in
      try await ClientConnection.connect(
        host: address.host, port: address.port, tls: tls, expecting: service.rawValue,
        configuration: ClientConfiguration(name: "relay"), on: group, logger: logger)
    }
  }

  func deliver(_ rows: [OutboxRow]) async -> [Delivery] {
    let connection: ClientConnection
    do throws(TransportError) {
      connection = try await usableConnection()
    } catch {
      return rows.map { _ in .failed("\(error.reason)") }
    }
    return await connection.send(rows.map(OutgoingRequest.init)).map(Delivery.init)
  }

  private func usableConnection() async throws(TransportError) -> ClientConnection {
    await turns.begin()
    defer { turns.end() }
    if let connection, connection.isUsable { return connection }
    guard !addresses.isEmpty else { throw TransportError(.unreachable("no address is set for \(service.rawValue)")) }
    let address = addresses[nextAddress % addresses.count]
    nextAddress += 1
    let made = try await connect(address)
    connection = made
    return made
  }

  /// Closes the connection.
  func close() async {
    await connection?.close()
    connection = nil
  }
}

extension OutgoingRequest {
  /// An event as the command that it is to another service; its id is the key.
  init(_ row: OutboxRow) {
    let body = Callout_V1_EventApplyRequest.with { $0.event = Data(row.payload) }
    self.init(
      .eventApply, key: ByteBuffer(bytes: row.event.bytes), timeout: .seconds(30),
      tenant: TenantBytes(high: row.tenant.high, low: row.tenant.low), body: Payload.encode(body))
  }
}

extension Delivery {
  /// What an answer, or its absence, means for an event.
  init(_ result: Result<Reply, TransportError>) {
    switch result {
    case .success(.payload): self = .acknowledged
    case .success(.refusal(let refusal)):
      self = refusal.isFinal ? .refused(refusal.number, refusal.text) : .failed("\(refusal.number): \(refusal.text)")
    case .failure(let error): self = .failed("\(error.reason)")
    }
  }
}

extension Callout_V1_Refusal {
  /// Whether the same event would be refused the same for ever. A tenant or a plan that the peer does not know yet, and a
  /// role that it does not grant yet, are an operator's to put right, and then the event is taken.
  var isFinal: Bool {
    switch code {
    case .tenantUnknown, .planUnknown, .notAllowed, .unknownMethod, .tenantForbidden, .tenantMissing: false
    case nil: false
    default: !retryable
    }
  }
}
