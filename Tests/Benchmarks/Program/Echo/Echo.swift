import ArgumentParser
import Foundation
import SwiftProtobuf
import Wire

/// What is echoed: a message of 34 bytes with 32 in its one field, the same for both protocols.
typealias EchoMessage = Callout_V1_BalanceGetRequest

extension EchoMessage {
  static let sample = EchoMessage.with { $0.agreementID = Data(repeating: 0x5a, count: 32) }
}

/// Where an identity's PEM files are.
struct Identity: Sendable {
  let certificate: String
  let key: String
  let trust: String
}

/// The two protocols that are compared.
enum EchoProtocol: String, CaseIterable, Sendable, ExpressibleByArgument {
  case callout
  case grpc

  /// What figures call it.
  var title: String { self == .callout ? "Callout" : "gRPC" }

  /// Connects to a server in another process.
  func connect(port: Int, as identity: Identity) async throws -> any EchoConnection {
    switch self {
    case .callout: try await CalloutEchoConnection(port: port, identity)
    case .grpc: try GRPCEchoConnection(port: port, identity)
    }
  }

  /// Serves until cancelled, on a free port, which `listening` is told.
  func serve(as identity: Identity, listening: @escaping @Sendable (Int) -> Void) async throws {
    switch self {
    case .callout: try await CalloutEcho.serve(as: identity, listening: listening)
    case .grpc: try await GRPCEcho.serve(as: identity, listening: listening)
    }
  }
}

/// One connection, which many tasks use at once.
protocol EchoConnection: Sendable {
  /// Sends a message and waits until it is back.
  func echo(_ message: EchoMessage) async throws -> EchoMessage
  /// Closes the connection in good order.
  func close() async throws
}

/// An echo server as a process of its own, which tells its port on its first line and ends with its standard input.
struct ServeEcho: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve-echo",
    abstract: "Echo messages until standard input ends; the benchmark of the wire starts it.",
    shouldDisplay: false)

  @Argument(help: "The protocol.") var wire: EchoProtocol
  @Option(help: "PEM file with the server's certificate.") var certificate: String
  @Option(help: "PEM file with its key.") var key: String
  @Option(help: "PEM file with the authority.") var trust: String

  func run() async throws {
    let identity = Identity(certificate: certificate, key: key, trust: trust)
    let serving = Task {
      try await wire.serve(as: identity) { port in
        FileHandle.standardOutput.write(Data("\(port)\n".utf8))
      }
    }
    Thread.detachNewThread {
      _ = FileHandle.standardInput.readDataToEndOfFile()
      serving.cancel()
    }
    do { try await serving.value } catch  where serving.isCancelled {}
  }
}
