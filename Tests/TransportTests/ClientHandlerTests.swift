import Logging
import NIOCore
import NIOEmbedded
import NIOTLS
import Testing
import Wire

@testable import Transport

/// A client's connection whose server is the test, in a time that the test makes pass.
@Suite("A client's connection in a time of its own") @MainActor struct ClientHandlerTests {
  @MainActor private struct Ends {
    let channel = EmbeddedChannel()
    let standing = ClientStanding()
    let handler: ClientHandler

    /// A connection that was welcomed.
    init() throws {
      let promise = channel.eventLoop.makePromise(of: Callout_V1_Welcome.self)
      var edges = ConnectionEdges.tls(domain: "callout.test")
      edges.peer = { _ in .service(name: "intake") }
      handler = ClientHandler(
        configuration: ClientConfiguration(name: "test"), service: "intake", edges: edges, standing: standing,
        welcomed: promise, logger: quiet, eventLoop: channel.eventLoop)
      try channel.pipeline.syncOperations.addHandler(handler)
      channel.pipeline.fireUserInboundEventTriggered(
        TLSUserEvent.handshakeCompleted(negotiatedProtocol: TLSMaterial.applicationProtocol))
      var welcome = Callout_V1_Welcome()
      welcome.version = 1
      welcome.limits = ServerConfiguration(host: "", port: 0, service: "intake").terms.limits
      try receive([Frame(.welcome, payload: Payload.encode(welcome))])
      #expect(try sent() == [.hello])
      #expect(standing.isUsable)
    }

    /// Lets frames come in, in one read.
    func receive(_ frames: [Frame]) throws {
      var bytes = ByteBuffer()
      for frame in frames { frame.write(into: &bytes) }
      try channel.writeInbound(bytes)
    }

    /// The kinds of the frames that were sent since the last look.
    func sent() throws -> [FrameKind] {
      var decoder = FrameDecoder(lengthLimit: Frame.lengthByteCountMax)
      while let bytes = try channel.readOutbound(as: ByteBuffer.self) { decoder.append(bytes) }
      var kinds: [FrameKind] = []
      while let frame = try decoder.next() { kinds.append(frame.kind) }
      return kinds
    }

    /// Asks, and lets `time` pass without an answer.
    func ask(_ ticket: UInt64, timeout: TimeAmount, passing time: TimeAmount) async -> Result<Reply, TransportError> {
      await withCheckedContinuation { continuation in
        handler.carryOut([
          .request(
            ticket: ticket, .echo("x"), .call, deadline: channel.embeddedEventLoop.now + timeout, .call(continuation))
        ])
        channel.embeddedEventLoop.advanceTime(by: time)
      }
    }
  }

  private static let unanswered = Result<Reply, TransportError>.failure(TransportError(.timedOut, effect: .unknown))

  @Test("W61: a request that finds the server silent has it pinged; nothing new is asked of it until it is heard again")
  func doubt() async throws {
    let ends = try Ends()
    #expect(await ends.ask(1, timeout: .seconds(2), passing: .seconds(2)) == Self.unanswered)
    #expect(try ends.sent() == [.request, .cancel, .ping])
    #expect(!ends.standing.isUsable)
    try ends.receive([Frame(.pong, payload: ByteBuffer(integer: UInt64(0)))])
    #expect(ends.standing.isUsable)
    ends.channel.embeddedEventLoop.advanceTime(by: .seconds(10))
    #expect(ends.standing.isUsable)
  }

  @Test("W61: a server that does not answer the ping either is given up, with what else was asked of it")
  func gone() async throws {
    let ends = try Ends()
    #expect(await ends.ask(1, timeout: .seconds(2), passing: .seconds(2)) == Self.unanswered)
    let later = await ends.ask(2, timeout: .seconds(30), passing: .seconds(10))
    #expect(later == .failure(TransportError(.closed, effect: .unknown)))
    #expect(!ends.standing.isUsable)
  }

  @Test("a request that times out sooner than a second casts no doubt on a server")
  func impatient() async throws {
    let ends = try Ends()
    #expect(await ends.ask(1, timeout: .milliseconds(900), passing: .milliseconds(900)) == Self.unanswered)
    #expect(try ends.sent() == [.request, .cancel])
    #expect(ends.standing.isUsable)
  }

  @Test("answers that came before the connection broke are handed over before the rest fails")
  func answeredBeforeTheEnd() async throws {
    let ends = try Ends()
    let results = await withCheckedContinuation { continuation in
      let answers = BatchAnswers(count: 2, continuation)
      ends.handler.carryOut(
        (0..<2).map { index in
          .request(ticket: UInt64(index + 1), .echo("x"), .call, deadline: nil, .batch(answers, index: index))
        })
      // The second frame is none that a server may send.
      try? ends.receive([
        Frame(.reply, stream: 1, payload: ByteBuffer(string: "one")), Frame(.hello, payload: ByteBuffer()),
      ])
    }
    #expect(results[0] == .success(.payload(ByteBuffer(string: "one"))))
    guard case .failure(let error) = results[1], case .protocolViolation = error.reason else {
      Issue.record("unexpected \(results[1])")
      return
    }
  }
}
