import NIOCore
import NIOEmbedded
import NIOHTTP1
import NIOTLS
import Testing

@testable import Courier

@Suite("Answers of receivers")
struct WebHandlerTests {
  /// A connection on which a request was sent.
  private static func connection(_ exchange: Exchange = Exchange()) throws -> EmbeddedChannel {
    let request = WebRequest(
      address: try #require(WebAddress("https://hooks.example:8443/a?b")),
      signature: WebhookSignature(id: "id-1", timestamp: 7, body: [1], secrets: []), body: Array("{}".utf8))
    let channel = EmbeddedChannel()
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHandler(AnswerLimit())
    try pipeline.addHandler(HTTPRequestEncoder())
    try pipeline.addHandler(ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)))
    try pipeline.addHandler(WebHandler(request, times: WebTimes(), exchange: exchange))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    channel.pipeline.fireUserInboundEventTriggered(TLSUserEvent.handshakeCompleted(negotiatedProtocol: nil))
    return channel
  }

  @Test("The request is one POST with the id, the time and the length, to the host under its name")
  func request() throws {
    let channel = try Self.connection()
    var text = ""
    while let part = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: part) }
    #expect(text.hasPrefix("POST /a?b HTTP/1.1\r\nHost: hooks.example:8443\r\n"))
    for line in ["webhook-id: id-1", "webhook-timestamp: 7", "Content-Length: 2", "Connection: close"] {
      #expect(text.contains("\r\n\(line)\r\n"))
    }
    #expect(text.hasSuffix("\r\n\r\n{}"))
    _ = try? channel.finish()
  }

  @Test("An answer has at most 64 KiB", arguments: [0, 1])
  func limit(more: Int) throws {
    let channel = EmbeddedChannel(handler: AnswerLimit())
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    try channel.writeInbound(ByteBuffer(repeating: 7, count: WebClient.answerByteCountMax))
    #expect(channel.isActive)
    if more > 0 {
      #expect(throws: AnswerTooLong.self) { try channel.writeInbound(ByteBuffer(repeating: 7, count: more)) }
      #expect(!channel.isActive)
    }
  }

  @Test("The answer has twenty seconds from the request on")
  func times() throws {
    let channel = try Self.connection()
    channel.embeddedEventLoop.advanceTime(by: .seconds(20) - .nanoseconds(1))
    #expect(channel.isActive)
    channel.embeddedEventLoop.advanceTime(by: .nanoseconds(1))
    #expect(!channel.isActive)
  }

  @Test("Whatever bytes come, in whatever pieces, an answer is understood or the connection ends", arguments: 0..<200)
  func anything(seed: Int) throws {
    var random = Bytes(seed: UInt64(seed))
    let channel = try Self.connection()
    let pieces = [
      "HTTP/1.1 ", "200", "503 Busy", "\r\n", "\r\n\r\n", "Retry-After: 99999999999999999999", "Content-Length: 5",
      "Content-Length: -1", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked", "5\r\nhello\r\n",
      "0\r\n\r\n",
      "ffffffffffffffffff\r\n", "HTTP/1.1 204 X\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", ":", " ", "x",
    ]
    for _ in 0..<60 where channel.isActive {
      var bytes = ByteBuffer()
      for _ in 0..<(1 + random.next() % 6) {
        if random.next() % 8 == 0 {
          bytes.writeInteger(UInt8(truncatingIfNeeded: random.next()))
        } else {
          bytes.writeString(pieces[Int(random.next() % UInt64(pieces.count))])
        }
      }
      // The handler ends the connection itself; what else is thrown is the decoder's word.
      _ = try? channel.writeInbound(bytes)
    }
    channel.embeddedEventLoop.advanceTime(by: .seconds(20))
    #expect(!channel.isActive)
  }
}
