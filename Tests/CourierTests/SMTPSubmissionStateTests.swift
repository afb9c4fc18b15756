import Testing

@testable import Courier

@Suite("The submission of a message")
struct SMTPSubmissionStateTests {
  typealias Action = SMTPSubmissionState.Action

  static let sender = SMTPAddress("callout@desk.example")
  static let recipient = SMTPAddress("tan@acme.example")

  private static func submission(_ text: String = "Subject: x\n\nhi\n") throws -> SMTPSubmission {
    SMTPSubmission(from: sender, to: try #require(recipient), message: Array(text.utf8))
  }

  private static func state(
    _ security: SMTPSecurity = .implicit, credentials: SMTPCredentials? = nil, text: String = "Subject: x\n\nhi\n"
  ) throws -> SMTPSubmissionState {
    SMTPSubmissionState(
      try submission(text), security: security, credentials: credentials, helloName: "desk.example")
  }

  static func reply(_ text: String) -> SMTPReply {
    let lines = text.split(separator: "|").map(String.init)
    return SMTPReply(code: Int(lines[0].prefix(3)) ?? 0, lines: lines.map { String($0.dropFirst(4)) })
  }

  /// The state after these replies; a "tls" among them is the end of a handshake.
  private static func state(
    _ replies: [String], _ security: SMTPSecurity = .implicit, credentials: SMTPCredentials? = nil
  ) throws -> SMTPSubmissionState {
    var state = try state(security, credentials: credentials)
    for reply in replies {
      _ = reply == "tls" ? state.handshakeCompleted() : state.replyReceived(Self.reply(reply))
    }
    return state
  }

  @Test("With TLS from the first byte on: EHLO, MAIL, RCPT, DATA, the message, QUIT")
  func implicit() throws {
    var state = try Self.state()
    #expect(state.wait == .handshake)
    #expect(state.handshakeCompleted() == .none && state.wait == .greeting)
    #expect(state.replyReceived(Self.reply("220 mx")) == .send("EHLO desk.example"))
    #expect(
      state.replyReceived(Self.reply("250-mx|250 SIZE 1000")) == .send("MAIL FROM:<callout@desk.example> SIZE=18"))
    #expect(state.replyReceived(Self.reply("250 ok")) == .send("RCPT TO:<tan@acme.example>"))
    #expect(state.replyReceived(Self.reply("251 forwards")) == .send("DATA"))
    #expect(state.wait == .reply)
    #expect(state.replyReceived(Self.reply("354 go")) == .sendMessage && state.wait == .verdict)
    #expect(state.replyReceived(Self.reply("250 2.0.0 kept")) == .finish(.taken("250 2.0.0 kept"), quits: true))
    #expect(state.wait == nil && state.closed("gone") == .none && state.timedOut() == .none)
  }

  @Test("With STARTTLS: what the server said before counts no more, and we authenticate after it only")
  func startTLS() throws {
    let credentials = try #require(SMTPCredentials(user: "u", password: "p"))
    var state = try Self.state(.starttls, credentials: credentials)
    #expect(state.wait == .greeting)
    #expect(state.replyReceived(Self.reply("220 mx")) == .send("EHLO desk.example"))
    #expect(state.replyReceived(Self.reply("250-mx|250-AUTH PLAIN|250 STARTTLS")) == .send("STARTTLS"))
    #expect(state.replyReceived(Self.reply("220 go")) == .startTLS && state.wait == .handshake)
    #expect(state.handshakeCompleted() == .send("EHLO desk.example"))
    #expect(state.replyReceived(Self.reply("250-mx|250 AUTH login plain")) == .send("AUTH PLAIN AHUAcA=="))
    #expect(state.replyReceived(Self.reply("235 you are")) == .send("MAIL FROM:<callout@desk.example>"))
  }

  @Test("An answer that no program may answer has no sender")
  func withoutSender() throws {
    let submission = SMTPSubmission(from: nil, to: try #require(Self.recipient), message: Array("A: b\n\nhi\n".utf8))
    var state = SMTPSubmissionState(submission, security: .implicit, credentials: nil, helloName: "desk.example")
    _ = state.handshakeCompleted()
    _ = state.replyReceived(Self.reply("220 mx"))
    #expect(state.replyReceived(Self.reply("250 mx")) == .send("MAIL FROM:<>"))
  }

  @Test("AUTH LOGIN answers two questions")
  func login() throws {
    let credentials = try #require(SMTPCredentials(user: "u", password: "p"))
    var state = try Self.state(["tls", "220 mx"], credentials: credentials)
    #expect(state.replyReceived(Self.reply("250-mx|250 AUTH LOGIN")) == .send("AUTH LOGIN"))
    #expect(state.replyReceived(Self.reply("334 VXNlcm5hbWU6")) == .send("dQ=="))
    #expect(state.replyReceived(Self.reply("334 UGFzc3dvcmQ6")) == .send("cA=="))
    #expect(state.replyReceived(Self.reply("235 ok")) == .send("MAIL FROM:<callout@desk.example>"))
  }

  @Test("Nothing is sent in the clear: no STARTTLS, or more bytes with its answer than it may have, ends it")
  func stripped() throws {
    var none = try Self.state(["220 mx"], .starttls)
    guard case .finish(.postponed(let why, after: nil), quits: true) = none.replyReceived(Self.reply("250 mx")) else {
      Issue.record("it goes on without TLS")
      return
    }
    #expect(why.contains("STARTTLS"))
    var injected = try Self.state(["220 mx", "250-mx|250 STARTTLS"], .starttls)
    guard case .finish(.postponed, quits: false) = injected.replyReceived(Self.reply("220 go"), hasRest: true) else {
      Issue.record("bytes before TLS are taken for private")
      return
    }
    var early = try Self.state(.implicit)
    guard case .finish(.postponed, quits: false) = early.replyReceived(Self.reply("220 mx")) else {
      Issue.record("a greeting before TLS is taken")
      return
    }
  }

  /// What the server says at each point, and whether the message is tried again.
  enum Fate { case again, never }

  private static let before: [String: [String]] = [
    "greeting": ["tls"], "EHLO": ["tls", "220 mx"], "MAIL": ["tls", "220 mx", "250 mx"],
    "RCPT": ["tls", "220 mx", "250 mx", "250 ok"], "DATA": ["tls", "220 mx", "250 mx", "250 ok", "250 ok"],
    "message": ["tls", "220 mx", "250 mx", "250 ok", "250 ok", "354 go"],
  ]

  @Test(
    "What a server's codes mean at each point",
    arguments: [
      // About us, not about the message.
      ("greeting", "554 no service for you", .again), ("greeting", "421 busy", .again), ("EHLO", "550 who?", .again),
      ("EHLO", "421 4.7.0 slow down", .again), ("MAIL", "530 5.7.0 authenticate", .again),
      ("MAIL", "535 5.7.8 bad password", .again),
      // The sender.
      ("MAIL", "451 4.3.0 try later", .again), ("MAIL", "452 4.3.1 disk full", .again),
      ("MAIL", "552 5.3.4 too large", .never), ("MAIL", "553 5.7.1 not your address", .never),
      ("MAIL", "421 4.3.2 shutting down", .again),
      // The recipient.
      ("RCPT", "450 4.2.0 greylisted", .again), ("RCPT", "451 4.7.1 greylisted", .again),
      ("RCPT", "452 4.2.2 mailbox full", .again), ("RCPT", "550 5.1.1 no such user", .never),
      ("RCPT", "551 5.1.6 moved", .never), ("RCPT", "552 5.2.2 mailbox full", .never),
      ("RCPT", "553 5.1.3 bad address", .never), ("RCPT", "550 5.7.1 relaying denied", .never),
      ("RCPT", "554 5.7.1 policy", .never), ("RCPT", "556 5.1.10 null MX", .never), ("RCPT", "421 bye", .again),
      // The data.
      ("DATA", "451 4.3.0 later", .again), ("DATA", "554 5.5.1 no valid recipients", .never),
      ("DATA", "250 ok?", .again),
      ("message", "451 4.3.0 queue error", .again), ("message", "452 4.3.1 disk full", .again),
      ("message", "550 5.7.1 spam", .never), ("message", "554 5.6.0 malformed", .never),
      ("message", "421 4.4.2 timeout", .again), ("message", "354 what?", .again),
      // An enhanced code of another class than the code is only words.
      ("RCPT", "450 5.1.1 confused", .again), ("RCPT", "550 4.2.2 confused", .never),
    ] as [(String, String, Fate)])
  func codes(point: String, said: String, fate: Fate) throws {
    var state = try Self.state(try #require(Self.before[point]))
    guard case .finish(let outcome, _) = state.replyReceived(Self.reply(said)) else {
      Issue.record("\(said) after \(point) does not end it")
      return
    }
    switch (outcome, fate) {
    case (.postponed(let words, after: nil), .again), (.refused(let words), .never):
      #expect(words.contains(said.split(separator: "|")[0]))
    default: Issue.record("\(said) after \(point): \(outcome)")
    }
  }

  @Test("Wrong credentials are tried again: the operator can mend them, and no page is lost by them")
  func wrongPassword() throws {
    let credentials = try #require(SMTPCredentials(user: "u", password: "p"))
    var state = try Self.state(["tls", "220 mx", "250-mx|250 AUTH PLAIN"], credentials: credentials)
    #expect(
      state.replyReceived(Self.reply("535 5.7.8 no")) == .finish(.postponed("AUTH: 535 5.7.8 no"), quits: true))
    var neither = try Self.state(["tls", "220 mx"], credentials: credentials)
    guard case .finish(.postponed, quits: true) = neither.replyReceived(Self.reply("250-mx|250 AUTH GSSAPI")) else {
      Issue.record("it goes on without authentication")
      return
    }
  }

  @Test("Only after the whole message was sent may it have arrived")
  func lost() throws {
    for (point, replies) in Self.before {
      for event in 0..<3 {
        var state = try Self.state(replies)
        let action: Action
        switch event {
        case 0: action = state.closed("closed")
        case 1: action = state.timedOut()
        default: action = state.nonsenseReceived("malformed")
        }
        guard case .finish(.postponed(let why, after: nil), quits: false) = action else {
          Issue.record("\(point): \(action)")
          continue
        }
        #expect(why.contains("may have arrived") == (point == "message"))
      }
    }
  }

  @Test("A process that ends leaves at once, unless the message may have arrived")
  func cancelled() throws {
    for (point, replies) in Self.before {
      var state = try Self.state(replies)
      let action = state.cancelled()
      if point == "message" {
        #expect(action == .none && state.wait == .verdict)
      } else {
        guard case .finish(.postponed, quits: false) = action else {
          Issue.record("\(point): \(action)")
          continue
        }
      }
    }
  }

  @Test("A message longer than the server says it takes is not sent", arguments: [18, 17, 0])
  func size(most: Int) throws {
    var state = try Self.state(["tls", "220 mx"])
    let action = state.replyReceived(Self.reply("250-mx|250 SIZE \(most)"))
    if most == 17 {
      #expect(action == .finish(.refused("the message has 18 bytes, and the server takes 17"), quits: true))
    } else {
      #expect(action == .send("MAIL FROM:<callout@desk.example> SIZE=18"))
    }
  }

  @Test(
    "Lines end in CRLF, dots that begin a line are doubled, and nothing ends the message early",
    arguments: [
      ("a\n", "a\r\n.\r\n"), ("a", "a\r\n.\r\n"), ("", ".\r\n"), (".\n", "..\r\n.\r\n"),
      ("a\n.\nb\n", "a\r\n..\r\nb\r\n.\r\n"),
      ("a\r\n.b\r\n", "a\r\n..b\r\n.\r\n"), ("a\r.\r\nb", "a\r\n..\r\nb\r\n.\r\n"),
      ("a\n\n..\n", "a\r\n\r\n...\r\n.\r\n"),
      ("a\n.\r\n", "a\r\n..\r\n.\r\n"),
    ])
  func stuffing(text: String, sent: String) throws {
    let data = try Self.submission(text).data
    #expect(String(decoding: data, as: UTF8.self) == sent)
  }

  @Test(
    "An address that could end a command is none",
    arguments: [
      "a@b\r\nRCPT TO:<c@d>", "a@b>", "<a@b", "a b@c", "a@b\u{0}", "ä@b", "a@@b", "@b", "a@", "", "a@b SIZE=1", "a\n@b",
      String(repeating: "a", count: 253) + "@b",
    ])
  func addresses(text: String) { #expect(SMTPAddress(text) == nil) }

  @Test("An address has at most 254 bytes")
  func longest() { #expect(SMTPAddress(String(repeating: "a", count: 252) + "@b") != nil) }

  @Test("Credentials with control characters are none, nor are empty ones, nor longer ones than 255 bytes")
  func credentials() {
    for bad in ["", "a\r\nb", "a\u{0}", String(repeating: "x", count: 256)] {
      #expect(SMTPCredentials(user: bad, password: "p") == nil && SMTPCredentials(user: "u", password: bad) == nil)
    }
    #expect(SMTPCredentials(user: "u", password: String(repeating: "x", count: 255)) != nil)
  }

  @Test("Whatever a server answers, a submission ends, and is taken only by a positive answer to the message")
  func anything() throws {
    for seed in 0..<2_000 as Range<UInt64> {
      var random = Bytes(seed: seed)
      let credentials = seed % 2 == 0 ? SMTPCredentials(user: "u", password: "p") : nil
      var state = try Self.state(seed % 3 == 0 ? .starttls : .implicit, credentials: credentials)
      var (isSent, count) = (false, 0)
      while state.wait != nil {
        count += 1
        let code = [220, 250, 235, 334, 354, 251, 450, 550, 421][Int(random.next() % 9)]
        let lines = ["mx", "STARTTLS", "AUTH PLAIN LOGIN", "SIZE 99999999999999999999999"]
        let action =
          state.wait == .handshake
          ? state.handshakeCompleted() : state.replyReceived(SMTPReply(code: code, lines: lines), hasRest: false)
        if action == .sendMessage { isSent = true }
        if case .finish(.taken, _) = action { #expect(isSent && code / 100 == 2) }
      }
      #expect(count < 20)
    }
  }
}
