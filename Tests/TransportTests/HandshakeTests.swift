import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Testing
import Transport
import Wire

@Suite("Handshakes: who may connect") struct HandshakeTests {
  private static let intake = "spiffe://callout.test/service/intake"

  /// What a client with these files is told.
  private func failure(_ service: TestService, _ files: TLSFiles) async throws -> TransportError? {
    do {
      _ = try await service.connect(files)
      return nil
    } catch {
      return error as? TransportError
    }
  }

  @Test("W3: an expired client certificate, and one that is not valid yet, end the handshake")
  func expired() async throws {
    try await TestService.run { service in
      let uri = "spiffe://callout.test/service/ledger"
      let expired = try service.authority.issue(
        "expired", uris: [uri], notBefore: .now.addingTimeInterval(-600), notAfter: .now.addingTimeInterval(-60))
      let early = try service.authority.issue(
        "early", uris: [uri], notBefore: .now.addingTimeInterval(600), notAfter: .now.addingTimeInterval(1_200))
      for files in [expired, early] {
        let error = try #require(try await failure(service, files))
        guard case .handshake = error.reason else {
          Issue.record("unexpected \(error)")
          continue
        }
        #expect(error.effect == .none)
      }
      #expect(service.receiver.look(\.peers).isEmpty)
    }
  }

  @Test("W3: a client of another authority ends the handshake, and so does a server of another")
  func otherAuthority() async throws {
    try await TestService.run { service in
      let other = try TestAuthority()
      var foreign = try other.desk()
      foreign.trustRoots = service.authority.trustRoots
      guard case .handshake? = try await failure(service, foreign)?.reason else {
        Issue.record("a foreign client was welcomed")
        return
      }
      var mistrusting = try service.authority.desk()
      mistrusting.trustRoots = other.trustRoots
      guard case .handshake? = try await failure(service, mistrusting)?.reason else {
        Issue.record("a foreign server was trusted")
        return
      }
    }
  }

  @Test("W7: the server of another service is not spoken to")
  func unexpectedService() async throws {
    try await TestService.run { service in
      await #expect(throws: TransportError(.unexpectedService(Self.intake))) {
        try await ClientConnection.connect(
          host: "127.0.0.1", port: service.port, tls: service.authority.material(service.authority.desk()),
          expecting: "ledger", configuration: ClientConfiguration(name: "test"),
          on: MultiThreadedEventLoopGroup.singleton, logger: quiet)
      }
    }
  }

  @Test("nobody listening is unreachable, without effect")
  func unreachable() async throws {
    let authority = try TestAuthority()
    let material = try authority.material(authority.desk())
    do throws(TransportError) {
      _ = try await ClientConnection.connect(
        host: "127.0.0.1", port: 1, tls: material, expecting: "intake",
        configuration: ClientConfiguration(name: "test"), on: MultiThreadedEventLoopGroup.singleton, logger: quiet)
      Issue.record("something listens on port 1")
    } catch {
      guard case .unreachable = error.reason else {
        Issue.record("unexpected \(error)")
        return
      }
      #expect(error.effect == .none)
    }
  }

  @Test("a side refuses files of its own that carry no identity, two, a foreign domain's, or another key")
  func ownFiles() throws {
    let authority = try TestAuthority()
    let cases = [
      try authority.issue("none", uris: []), try authority.issue("two", uris: [Self.intake, Self.intake]),
      try authority.issue("foreign", uris: ["spiffe://other.test/service/intake"]),
      TLSFiles(
        certificateChain: try authority.service("intake").certificateChain,
        privateKey: try authority.service("ledger").privateKey, trustRoots: authority.trustRoots),
      TLSFiles(certificateChain: "/nowhere", privateKey: "/nowhere", trustRoots: "/nowhere"),
    ]
    for files in cases { #expect(throws: TLSMaterialError.self) { try authority.material(files) } }
  }

  @Test("new files are used by new connections only, and bad ones leave the old in use")
  func reload() async throws {
    try await TestService.run { service in
      let before = try await service.connect()
      let old = service.material.expiresAt
      #expect(!service.material.reloadIfChanged())

      try "not a certificate".write(toFile: service.serverFiles.certificateChain, atomically: true, encoding: .utf8)
      #expect(!service.material.reloadIfChanged())
      #expect(service.material.expiresAt == old)
      _ = try await service.connect()

      _ = try service.authority.issue("intake", uris: [Self.intake], notAfter: .now.addingTimeInterval(1_000))
      #expect(service.material.reloadIfChanged())
      #expect(service.material.expiresAt > old)
      let after = try await service.connect()
      #expect(try await after.call(.echo("new")) == .payload(ByteBuffer(string: "new")))
      #expect(try await before.call(.echo("old")) == .payload(ByteBuffer(string: "old")))
    }
  }
}
