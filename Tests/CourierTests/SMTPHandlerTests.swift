import NIOCore
import NIOEmbedded
import NIOTLS
import Testing

@testable import Courier

@Suite("The time limits of a submission")
struct SMTPHandlerTests {
  /// A connection of one submission, as far as it was answered.
  private final class Connection {
    let channel: EmbeddedChannel
    let exchange = Exchange()

    init(answered count: Int) throws {
      let submission = SMTPSubmission(
        from: SMTPAddress("a@b"), to: try #require(SMTPAddress("c@d")), message: Array("x\n\nhi\n".utf8))
      let state = SMTPSubmissionState(submission, security: .implicit, credentials: nil, helloName: "h")
      channel = EmbeddedChannel(
        handler: SMTPHandler(
          state, data: submission.data, tls: try TrustedTLS(file: nil), host: "h", times: SMTPTimes(),
          exchange: exchange))
      try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
      if count > 0 {
        channel.pipeline.fireUserInboundEventTriggered(TLSUserEvent.handshakeCompleted(negotiatedProtocol: nil))
      }
      for reply in ["220 mx", "250 mx", "250 ok", "250 ok", "354 go"].prefix(max(0, count - 1)) {
        try channel.writeInbound(ByteBuffer(string: reply + "\r\n"))
      }
    }

    func pass(_ time: TimeAmount) { channel.embeddedEventLoop.advanceTime(by: time) }
  }

  /// What it came to, once it is over.
  private static func outcome(_ exchange: Exchange) async -> SendOutcome {
    await exchange.outcome(connecting: {}, failure: { .postponed("\($0)") })
  }

  @Test(
    "Each wait ends at its limit, and not before",
    arguments: [(0, 30), (1, 60), (2, 60), (3, 60), (4, 60), (5, 60), (6, 300)] as [(Int, Int64)])
  func limits(answered: Int, seconds: Int64) async throws {
    let connection = try Connection(answered: answered)
    connection.pass(.seconds(seconds) - .nanoseconds(1))
    #expect(connection.channel.isActive)
    connection.pass(.nanoseconds(1))
    #expect(!connection.channel.isActive)
    guard case .postponed(let why, after: nil) = await Self.outcome(connection.exchange) else {
      Issue.record("it is said to be taken")
      return
    }
    #expect(why.hasPrefix("no answer in time") && why.contains("may have arrived") == (answered == 6))
  }

  @Test("Answers that come in time begin the next wait anew")
  func renewed() async throws {
    let connection = try Connection(answered: 6)
    connection.pass(.seconds(299))
    try connection.channel.writeInbound(ByteBuffer(string: "250 kept\r\n"))
    #expect(!connection.channel.isActive)
    #expect(await Self.outcome(connection.exchange) == .taken("250 kept"))
  }

  @Test("A server that never ends a line is left")
  func endless() async throws {
    let connection = try Connection(answered: 1)
    try connection.channel.writeInbound(ByteBuffer(repeating: UInt8(ascii: "x"), count: 1_024))
    #expect(!connection.channel.isActive)
    #expect(await Self.outcome(connection.exchange) == .postponed("the server sent what is no reply: longLine"))
  }
}
