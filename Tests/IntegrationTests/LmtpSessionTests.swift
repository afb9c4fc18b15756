import Policy
import Testing

@testable import IntakeService

@Suite("A connection of an MTA, as a state machine")
struct LmtpSessionTests {
  private static let tenant = TenantID(high: 1, low: 1)

  private func codes(_ action: LmtpSession.Action) -> [Int] {
    switch action {
    case .reply(let replies): replies.map(\.code)
    case .close(let reply): [-reply.code]
    case .resolve, .deliver, .read: []
    }
  }

  /// A session in which so many recipients were taken.
  private func session(recipients: Int = 1) -> LmtpSession {
    var session = LmtpSession()
    _ = session.received("LHLO mta")
    _ = session.received("MAIL FROM:<mei@kopi.example>")
    for place in 0..<recipients {
      #expect(session.received("RCPT TO:<\(place)@x>") == .resolve("\(place)@x"))
      #expect(codes(session.resolved(.tenant(Self.tenant))) == [250])
    }
    return session
  }

  @Test(
    "What is out of order, or not understood, is refused and changes nothing",
    arguments: [
      (["MAIL FROM:<a@b>"], 503), (["LHLO x", "RCPT TO:<a@b>"], 503), (["LHLO x", "DATA"], 503),
      (["LHLO x", "MAIL FROM:<a@b>", "DATA"], 503), (["LHLO x", "MAIL FROM:<a@b>", "MAIL FROM:<a@b>"], 503),
      (["HELO x"], 500), (["EHLO x"], 500), ([""], 500), (["LHLO x", "MAIL TO:<a@b>"], 501),
      (["LHLO x", "MAIL FROM:a@b"], 501), (["LHLO x", "MAIL FROM:<a b>"], 501),
      (["LHLO x", "MAIL FROM:<a@b> SIZE=x"], 501), (["LHLO x", "MAIL FROM:<a@b> SIZE=10485761"], 552),
      (["LHLO x", "MAIL FROM:<a@b> SIZE=10485760 BODY=8BITMIME"], 250),
      (["LHLO x", "MAIL FROM:<a@b> BODY=BINARY"], 555),
      (["LHLO x", "MAIL FROM:<a@b> SMTPUTF8"], 555), (["LHLO x", "mail from: <>"], 250), (["NOOP"], 250),
      (["RSET"], 250), (["VRFY x"], 252), (["LHLO x", "MAIL FROM:<a@b>", "RCPT TO:<>"], 501),
    ] as [([String], Int)])
  func orders(lines: [String], code: Int) {
    var session = LmtpSession()
    var action = LmtpSession.Action.read
    for line in lines { action = session.received(line) }
    #expect(codes(action) == [code])
  }

  @Test("What is known of an address is told, and only a tenant's is taken")
  func resolutions() {
    for (resolution, code) in [(LmtpResolution.unknown, 550), (.unavailable, 451)] {
      var session = session(recipients: 0)
      _ = session.received("RCPT TO:<a@b>")
      #expect(codes(session.resolved(resolution)) == [code])
      #expect(codes(session.received("DATA")) == [503])
    }
  }

  @Test("Each recipient has an answer, in order; one that has none is told to come again")
  func answers() {
    var session = session(recipients: 3)
    #expect(codes(session.received("DATA")) == [354])
    #expect(session.isReadingData)
    let (action, count) = session.received(content: Array("text\r\n.\r\nQUIT".utf8))
    #expect(count == 9)
    guard case .deliver(let envelope) = action else {
      Issue.record("\(action)")
      return
    }
    #expect(envelope.message == Array("text\r\n".utf8))
    #expect(envelope.sender == "mei@kopi.example")
    #expect(envelope.recipients.map(\.address) == ["0@x", "1@x", "2@x"])
    let answered = session.delivered([LmtpReply(250, "2.0.0", "a"), LmtpReply(550, "5.1.1", "b")])
    #expect(codes(answered) == [250, 550, 451])
    #expect(codes(session.received("MAIL FROM:<a@b>")) == [250])
  }

  @Test("RSET forgets the mail")
  func reset() {
    var session = session()
    #expect(codes(session.received("RSET")) == [250])
    #expect(codes(session.received("DATA")) == [503])
  }

  @Test(
    "Only a dot between CRLFs ends a message, and a dot that was doubled is one",
    arguments: [
      ("a\r\n.\r\n", "a\r\n"), (".\r\n", ""), ("..\r\n.\r\n", ".\r\n"), (".a\r\n.\r\n", "a\r\n"),
      ("a\n.\n.\r\n\r\n.\r\n", "a\n.\n.\r\n\r\n"), ("a\r.\r\n.\r\n", "a\r.\r\n"), (".\ra\r\n.\r\n", "\ra\r\n"),
      ("\r\r\n.\r\n", "\r\r\n"), ("a\r\n.\r\r\n.\r\n", "a\r\n\r\r\n"),
    ] as [(String, String)])
  func dots(sent: String, kept: String) {
    var reader = DotReader()
    var ended: Int?
    for (place, byte) in sent.utf8.enumerated() where reader.take(byte) == .end { ended = place }
    #expect(ended == sent.utf8.count - 1)
    #expect(String(decoding: reader.message, as: UTF8.self) == kept)
  }

  @Test("A message may be as long as the bound; a longer one is read to its end and refused for each recipient")
  func size() {
    for (extra, code) in [(0, nil), (1, 552)] as [(Int, Int?)] {
      var session = session(recipients: 2)
      _ = session.received("DATA")
      let content = Array(repeating: UInt8(ascii: "x"), count: LmtpLimits.messageByteCountMax - 2 + extra)
      let (action, _) = session.received(content: content + Array("\r\n.\r\n".utf8))
      if let code { #expect(codes(action) == [code, code]) } else { #expect(codes(action) == []) }
    }
    var endless = session()
    _ = endless.received("DATA")
    let (action, _) = endless.received(
      content: repeatElement(UInt8(ascii: "x"), count: 2 * LmtpLimits.messageByteCountMax + 1))
    #expect(codes(action) == [-552])
  }

  @Test("Recipients and errors have bounds")
  func bounds() {
    var full = session(recipients: LmtpLimits.recipientCountMax)
    #expect(codes(full.received("RCPT TO:<a@b>")) == [452])
    var session = LmtpSession()
    for _ in 0..<LmtpLimits.errorCountMax { #expect(codes(session.received("XYZ")) == [500]) }
    #expect(codes(session.received("XYZ")) == [-421])
    var long = LmtpSession()
    #expect(codes(long.receivedTooMuch()) == [-500])
  }

  @Test("A text cannot begin another line of an answer")
  func injection() {
    #expect(LmtpReply(250, "2.0.0", "a\r\n550 b\u{e9}").line == "250 2.0.0 a??550 b?\r\n")
  }

  @Test(
    "Where it listens",
    arguments: [
      ("127.0.0.1:24", LmtpAddress.host("127.0.0.1", port: 24), true),
      ("unix:/run/lmtp", .socket(path: "/run/lmtp"), true),
      ("0.0.0.0:24", .host("0.0.0.0", port: 24), false), ("localhost:0", .host("localhost", port: 0), true),
      ("24", nil, false), (":24", nil, false), ("a:65536", nil, false), ("unix:run", nil, false), ("a:b", nil, false),
    ] as [(String, LmtpAddress?, Bool)])
  func addresses(text: String, address: LmtpAddress?, isLocal: Bool) {
    #expect(LmtpAddress(text) == address)
    if let address { #expect(address.isLocal == isLocal) }
  }

  @Test("A socket's path has its longest")
  func path() {
    let longest = "/" + String(repeating: "x", count: 106)
    #expect(LmtpAddress("unix:\(longest)") == .socket(path: longest))
    #expect(LmtpAddress("unix:\(longest)x") == nil)
  }
}
