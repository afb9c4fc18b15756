import GRPCCore
import GRPCNIOTransportHTTP2Posix
import GRPCProtobuf

/// grpc-swift-2 on its own NIO transport with mutual TLS, with the same echo behind it.
enum GRPCEcho {
  static let method = MethodDescriptor(fullyQualifiedService: "callout.bench.Echo", method: "Echo")

  static func serve(as identity: Identity, listening: @Sendable (Int) -> Void) async throws {
    let transport = HTTP2ServerTransport.Posix(
      address: .ipv4(host: "127.0.0.1", port: 0),
      transportSecurity: .mTLS(
        certificateChain: [.file(path: identity.certificate, format: .pem)],
        privateKey: .file(path: identity.key, format: .pem)
      ) {
        $0.trustRoots = .certificates([.file(path: identity.trust, format: .pem)])
        $0.requireALPN = true
      })
    let server = GRPCServer(transport: transport, services: [EchoService()])
    try await withThrowingTaskGroup { group in
      group.addTask { try await server.serve() }
      listening(try await transport.listeningAddress.ipv4?.port ?? 0)
      try await group.waitForAll()
    }
  }
}

/// What a generated service does, for one unary method.
private struct EchoService: RegistrableRPCService {
  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    router.registerHandler(
      forMethod: GRPCEcho.method, deserializer: ProtobufDeserializer<EchoMessage>(),
      serializer: ProtobufSerializer<EchoMessage>()
    ) { request, _ in
      let message = try await ServerRequest(stream: request).message
      return StreamingServerResponse(single: ServerResponse(message: message))
    }
  }
}

/// A connection of gRPC.
struct GRPCEchoConnection: EchoConnection {
  private let client: GRPCClient<HTTP2ClientTransport.Posix>
  private let running: Task<Void, any Error>

  init(port: Int, _ identity: Identity) throws {
    let transport = try HTTP2ClientTransport.Posix(
      target: .ipv4(address: "127.0.0.1", port: port),
      transportSecurity: .mTLS(
        certificateChain: [.file(path: identity.certificate, format: .pem)],
        privateKey: .file(path: identity.key, format: .pem)
      ) {
        $0.trustRoots = .certificates([.file(path: identity.trust, format: .pem)])
        // The certificates name a SPIFFE id and no host; the chain is verified by both protocols.
        $0.serverCertificateVerification = .noHostnameVerification
      })
    let client = GRPCClient(transport: transport)
    self.client = client
    running = Task { try await client.runConnections() }
  }

  func echo(_ message: EchoMessage) async throws -> EchoMessage {
    try await client.unary(
      request: ClientRequest(message: message), descriptor: GRPCEcho.method,
      serializer: ProtobufSerializer<EchoMessage>(), deserializer: ProtobufDeserializer<EchoMessage>(),
      options: .defaults
    ) { try $0.message }
  }

  func close() async throws {
    client.beginGracefulShutdown()
    try await running.value
  }
}
