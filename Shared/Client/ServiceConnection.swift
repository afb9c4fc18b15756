internal import Logging
internal import NIOCore
internal import Transport
internal import Wire

/// One connection to a service, as the pool and the calls need it.
protocol ServiceConnection: Sendable {
  /// Whether new requests can be made on it.
  var isUsable: Bool { get }
  /// Asks and waits for the answer.
  func call(_ request: OutgoingRequest) async throws(TransportError) -> Reply
  /// Opens a stream of pushes.
  func open(_ request: OutgoingRequest) async throws(TransportError) -> any ServiceStream
  /// Finishes what is under way and closes.
  func close() async
}

/// The items of a stream, for one reader.
protocol ServiceStream {
  /// The next item: cursor and encoded message; nil at the end.
  mutating func next() async throws(TransportError) -> (cursor: ByteBuffer, body: ByteBuffer)?
}

/// Makes connections.
protocol ServiceConnector: Sendable {
  /// Connects to one address, checks who answers, and says hello.
  func connect(to address: ServiceAddress) async throws(TransportError) -> any ServiceConnection
}

/// Connects over mutual TLS.
struct TLSConnector: ServiceConnector {
  let service: ServiceName
  let material: TLSMaterial
  let configuration: ClientConfiguration
  let group: any EventLoopGroup
  let logger: Logger

  func connect(to address: ServiceAddress) async throws(TransportError) -> any ServiceConnection {
    material.reloadIfChanged()
    let connection = try await ClientConnection.connect(
      host: address.host, port: address.port, tls: material, expecting: service.rawValue, configuration: configuration,
      on: group, logger: logger)
    return TLSConnection(connection: connection)
  }
}

/// A connection over mutual TLS.
struct TLSConnection: ServiceConnection {
  let connection: ClientConnection
  /// Items of one stream that may be under way at once.
  var streamCredit: UInt32 = 256

  var isUsable: Bool { connection.isUsable }
  func call(_ request: OutgoingRequest) async throws(TransportError) -> Reply { try await connection.call(request) }
  func close() async { await connection.close() }

  func open(_ request: OutgoingRequest) async throws(TransportError) -> any ServiceStream {
    TLSStream(iterator: connection.stream(request, credit: streamCredit).makeAsyncIterator())
  }
}

private struct TLSStream: ServiceStream {
  var iterator: PushStream.AsyncIterator

  mutating func next() async throws(TransportError) -> (cursor: ByteBuffer, body: ByteBuffer)? {
    do {
      return try await iterator.next().map { ($0.cursor, $0.body) }
    } catch let error as TransportError {
      throw error
    } catch {
      throw TransportError(.closed, effect: .unknown)
    }
  }
}
