import Foundation
import NIOCore
import NIOSSL
import Testing
import Transport
import Wire

@Suite("What a server does to clients that break the rules") struct AbuseTests {
  /// Runs raw clients against a server whose waits are short where `adjust` says so.
  private func against(
    receiver: TestReceiver = TestReceiver(), _ adjust: @escaping (inout ServerConfiguration) -> Void = { _ in },
    _ body: (TestService, TLSFiles) async throws -> Void
  ) async throws {
    try await TestService.run(receiver: receiver, adjust) { service in
      try await body(service, service.authority.desk())
    }
  }

  @Test(
    "W4, W5, W6: two URI names, none, a malformed one and another domain's are refused by number",
    arguments: [
      (["spiffe://callout.test/service/ledger", "spiffe://callout.test/service/intake"], RefusalCode.identityName),
      (["spiffe://callout.test/service/ledger", "https://example.com"], .identityName), ([], .identityName),
      (["spiffe://callout.test/tenant/x/desk/alice"], .identityName),
      (["spiffe://other.test/service/ledger"], .identityDomain),
    ])
  func names(uris: [String], code: RefusalCode) async throws {
    try await against { service, _ in
      let files = try service.authority.issue("odd", uris: uris)
      let client = try await RawClient(port: service.port, files: files)
      #expect(await client.untilClosed() == [.frame(.refused(code)), .closed])
      await eventually { service.server.counts.rejected == 1 }
    }
  }

  @Test("W1: TLS 1.2 is refused")
  func oldTLS() async throws {
    try await against { service, files in
      await #expect(throws: (any Error).self) {
        try await RawClient(port: service.port, files: files, maximum: .tlsv12)
      }
      await eventually { service.server.counts.rejected == 1 }
    }
  }

  @Test("W2: a client that does not offer callout/1 is closed on")
  func otherProtocol() async throws {
    try await against { service, files in
      for protocols in [[], ["h2"]] {
        let client = try? await RawClient(port: service.port, files: files, protocols: protocols)
        #expect(await client?.untilClosed() ?? [.closed] == [.closed])
      }
      await eventually { service.server.counts.rejected == 2 }
    }
  }

  @Test("W3: a client without a certificate gets no word")
  func noCertificate() async throws {
    try await against { service, files in
      let client = try? await RawClient(port: service.port, files: files, certificate: false)
      #expect(await client?.untilClosed() ?? [.closed] == [.closed])
      await eventually { service.server.counts.rejected == 1 }
    }
  }

  @Test("W8: a client that does not shake hands in time is closed on")
  func handshakeTimeout() async throws {
    try await against {
      $0.handshakeTimeout = .milliseconds(50)
    } _: { service, _ in
      let silent = try await RawClient(port: service.port, files: nil)
      #expect(await silent.untilClosed() == [.closed])
      let garbage = try await RawClient(port: service.port, files: nil)
      try? await garbage.send(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
      _ = await garbage.untilClosed()
      await eventually { service.server.counts.rejected == 2 }
    }
  }

  @Test("W21: a hello that does not come in time is refused with 308")
  func helloTimeout() async throws {
    try await against {
      $0.helloTimeout = .milliseconds(50)
    } _: { service, files in
      let client = try await RawClient(port: service.port, files: files)
      #expect(await client.untilClosed() == [.frame(.refused(.helloTimeout)), .closed])
    }
  }

  @Test("W20: whatever comes before a hello is refused with 108")
  func noHello() async throws {
    try await against { service, files in
      let client = try await RawClient(port: service.port, files: files)
      try await client.send(Frame(.ping))
      #expect(await client.untilClosed() == [.frame(.refused(.helloExpected)), .closed])
    }
  }

  @Test("W11, W18: a frame longer than allowed is refused before its body, and the connection closes")
  func falseLength() async throws {
    try await against { service, files in
      let early = try await RawClient(port: service.port, files: files)
      try await early.send(ByteBuffer(integer: UInt32(16_385)))
      #expect(await early.untilClosed() == [.frame(.refused(.frameTooLong)), .closed])

      let later = try await RawClient(port: service.port, files: files)
      try await later.greet()
      try await later.send(ByteBuffer(integer: UInt32(1_048_577)))
      #expect(await later.untilClosed() == [.frame(.refused(.frameTooLong)), .closed])

      // The server is none the worse.
      let good = try await service.connect()
      #expect(try await good.call(.echo("still here")) == .payload(ByteBuffer(string: "still here")))
    }
  }

  @Test("W18: requests before a bad frame are still taken, those after it are not")
  func badFrame() async throws {
    try await against { service, files in
      let client = try await RawClient(port: service.port, files: files)
      try await client.greet()
      var bytes = ByteBuffer()
      Frame.request(.tenantGet, stream: 1).write(into: &bytes)
      bytes.writeBytes([0, 0, 0, 8, 99, 0, 0, 0, 0, 0, 0, 0])
      Frame.request(.tenantGet, stream: 2).write(into: &bytes)
      try await client.send(bytes)
      let events = await client.untilClosed()
      #expect(events.last == .closed)
      #expect(events.contains(.frame(.refused(.unknownKind))))
      await eventually { service.receiver.look { $0.requests.map(\.stream) } == [1] }
    }
  }

  @Test("W9: one connection more than may be, in all or from an address, is closed before TLS")
  func caps() async throws {
    for adjust: @Sendable (inout ServerConfiguration) -> Void in [
      { $0.connectionsMax = 2 }, { $0.connectionsPerAddressMax = 2 },
    ] {
      try await against(adjust) { service, files in
        let first = try await service.connect(files)
        let second = try await service.connect(files)
        // The client takes it for a server that is down, which may be asked again.
        await #expect {
          try await service.connect(files)
        } throws: { error in
          if case .unreachable = (error as? TransportError)?.reason { true } else { false }
        }
        await eventually { service.server.counts.overCap == 1 }
        #expect(try await second.call(.echo("kept")) == .payload(ByteBuffer(string: "kept")))
        await first.close()
        await eventually { service.server.counts.open == 1 }
        let third = try await service.connect(files)
        #expect(third.isUsable)
      }
    }
  }

  @Test("W62: a client that does not read is cut off, by bytes and by time")
  func slowReader() async throws {
    for adjust: @Sendable (inout ServerConfiguration) -> Void in [
      { $0.unreadByteCountMax = 1_048_576 }, { $0.slowReaderTimeout = .milliseconds(100) },
    ] {
      let receiver = TestReceiver(itemCount: 1_000_000, itemByteCount: 10_000)
      try await against(receiver: receiver) {
        $0.unreadByteCountMax = 1_000_000_000
        adjust(&$0)
      } _: { service, files in
        let client = try await RawClient(port: service.port, files: files)
        try await client.greet()
        try await client.stopReading()
        try await client.send(.request(.changesWatch, stream: 1, RequestEnvelope(credit: 4_000)))
        await eventually { service.receiver.look(\.closedCount) == 1 }
        await eventually { service.server.counts.open == 0 }
        client.close()
      }
    }
  }

  @Test("W61: a client that does not answer a ping is refused with 309")
  func noPong() async throws {
    try await against {
      $0.idleTimeout = .milliseconds(20)
      $0.pongTimeout = .milliseconds(50)
    } _: { service, files in
      let client = try await RawClient(port: service.port, files: files)
      try await client.greet()
      let events = await client.untilClosed()
      guard case .frame(let ping)? = events.first else {
        Issue.record("no ping came")
        return
      }
      #expect(ping.kind == .ping)
      #expect(events.dropFirst() == [.frame(.refused(.noPong)), .closed])
    }
  }
}
