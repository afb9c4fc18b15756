import Foundation
import Logging
import NIOCore
import NIOPosix
import Transport
import Wire

/// Callout's transport as services and clients use it, with an echo behind it.
enum CalloutEcho {
  static let service = "echo"
  static let logger = Logger(label: "echo") { _ in SwiftLogNoOpLogHandler() }

  static func material(_ identity: Identity) throws -> TLSMaterial {
    try TLSMaterial(
      files: TLSFiles(
        certificateChain: identity.certificate, privateKey: identity.key, trustRoots: identity.trust),
      domain: Installation.domain, logger: logger)
  }

  static func serve(as identity: Identity, listening: @Sendable (Int) -> Void) async throws {
    var configuration = ServerConfiguration(host: "127.0.0.1", port: 0, service: service)
    configuration.inFlightMax = 8192
    let server = try TransportServer(
      configuration: configuration, tls: try material(identity), receiver: EchoReceiver(), logger: logger)
    listening(try await server.start())
    try await server.run()
  }
}

/// Reads the message of each request and writes it again.
private struct EchoReceiver: RequestReceiver {
  func received(_ requests: [IncomingRequest], on connection: any ConnectionHandle) {
    connection.send(
      requests.map { request in
        guard let message = try? Payload.decode(EchoMessage.self, from: request.envelope.body) else {
          return .refusal(stream: request.stream, Callout_V1_Refusal(.malformedMessage))
        }
        return .reply(stream: request.stream, payload: Payload.encode(message))
      })
  }

  // Everything is answered at once: there is nothing left to cancel, and no stream to feed.
  func cancelled(_ stream: UInt32, on connection: any ConnectionHandle) {}
  func creditGranted(_ items: UInt32, to stream: UInt32, on connection: any ConnectionHandle) {}
  func closed(_ connection: any ConnectionHandle) {}
}

/// A connection of Callout's protocol.
struct CalloutEchoConnection: EchoConnection {
  private let connection: ClientConnection

  init(port: Int, _ identity: Identity) async throws {
    var configuration = ClientConfiguration(name: "callout-bench")
    // Many connect at once here; on a busy machine none should give up.
    configuration.handshakeTimeout = .seconds(30)
    configuration.welcomeTimeout = .seconds(30)
    connection = try await ClientConnection.connect(
      host: "127.0.0.1", port: port, tls: try CalloutEcho.material(identity), expecting: CalloutEcho.service,
      configuration: configuration, on: .singletonMultiThreadedEventLoopGroup, logger: CalloutEcho.logger)
  }

  func echo(_ message: EchoMessage) async throws -> EchoMessage {
    switch try await connection.call(OutgoingRequest(.balanceGet, body: Payload.encode(message))) {
    case .payload(let payload): return try Payload.decode(from: payload)
    case .refusal(let refusal): throw BenchError.refused("\(refusal)")
    }
  }

  func close() async { await connection.close() }
}
