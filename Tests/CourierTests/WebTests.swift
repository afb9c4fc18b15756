import Testing

@testable import Courier

@Suite("What webhooks are made of")
struct WebTests {
  @Test("A signature is that of the convention's own example")
  func signature() throws {
    let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    let made = WebhookSignature(
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330, body: Array(#"{"test": 2432232314}"#.utf8),
      secrets: [secret])
    #expect(made.signatures == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    #expect(made.fields.map(\.0) == ["webhook-id", "webhook-timestamp", "webhook-signature"])
    #expect(made.timestamp == "1614265330")
  }

  @Test("While a secret is rotated there is a signature for each")
  func rotation() throws {
    let secrets = try [1, 2].map { try #require(WebhookSecret(bytes: Array(repeating: $0, count: 24))) }
    let both = WebhookSignature(id: "a", timestamp: 1, body: [1], secrets: secrets).signatures
    let each = secrets.map { WebhookSignature(id: "a", timestamp: 1, body: [1], secrets: [$0]).signatures }
    #expect(both == each.joined(separator: " ") && each[0] != each[1])
  }

  @Test("A secret has 24 to 64 bytes", arguments: [23, 24, 64, 65])
  func secrets(count: Int) {
    let secret = WebhookSecret(bytes: Array(repeating: 7, count: count))
    #expect((secret != nil) == (24...64).contains(count))
    if let secret { #expect(WebhookSecret(secret.text) == secret) }
  }

  @Test(
    "What is no secret is none",
    arguments: ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!!", "whsec_AAAA"])
  func noSecret(text: String) { #expect(WebhookSecret(text) == nil) }

  @Test(
    "An address is taken apart",
    arguments: [
      ("https://hooks.example", "hooks.example", 443, "/"),
      ("https://Hooks.Example:8443/a/b?c=d", "hooks.example", 8443, "/a/b?c=d"),
      ("https://hooks.example?x", "hooks.example", 443, "/?x"), ("https://[2001:db8::1]:1/x", "2001:db8::1", 1, "/x"),
      ("HTTPS://127.0.0.1/", "127.0.0.1", 443, "/"), ("https://a:65535/", "a", 65_535, "/"),
    ])
  func address(text: String, host: String, port: Int, target: String) throws {
    let address = try #require(WebAddress(text))
    #expect(address.host == host && address.port == port && address.target == target)
  }

  @Test(
    "What is no address is none",
    arguments: [
      "http://a/", "https://", "https:///x", "https://user@a/", "https://user:pw@a/", "https://a/#x", "https://a:0/",
      "https://a:65536/", "https://a:/", "https://a:8x/", "https://a b/", "https://a/\r\nX: y", "https://a\\b/",
      "https://[::1/",
      "https://[fe80::1%25eth0]/", "https://[1.2.3.4]/", "https://a..b/", "https://ä/", "ftp://a/", "//a/", "",
      "https://[::1]x/",
      "https://" + String(repeating: "a", count: 64) + "/", "https://a/" + String(repeating: "x", count: 245),
    ])
  func noAddress(text: String) { #expect(WebAddress(text) == nil) }

  @Test("An address has at most 254 bytes")
  func longest() { #expect(WebAddress("https://a/" + String(repeating: "x", count: 244)) != nil) }

  @Test(
    "Special addresses are refused, at both ends of their ranges",
    arguments: [
      "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1",
      "127.255.255.255", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1",
      "192.168.0.0", "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
      "239.255.255.255", "240.0.0.1", "255.255.255.255",
      "::", "::1", "::ffff:8.8.8.8", "::ffff:127.0.0.1", "::8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "100::1",
      "fc00::1",
      "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "2001::1", "2001:1ff:ffff::1", "2001:db8::1", "2002:808:808::1",
      "3fff::1", "5f00::1", "4000::1",
    ])
  func refused(text: String) throws { #expect(!AddressPolicy().permits(try #require(IPAddress(text)))) }

  @Test(
    "Addresses of the public Internet are taken, those beside special ranges too",
    arguments: [
      "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
      "128.0.0.0",
      "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
      "198.17.255.255",
      "198.20.0.0", "223.255.255.255", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2a00::1", "3ffe::1",
    ])
  func permitted(text: String) throws { #expect(AddressPolicy().permits(try #require(IPAddress(text)))) }

  @Test("The operator may allow ranges, and nothing beside them")
  func allowed() throws {
    let policy = AddressPolicy(
      allowing: try ["127.0.0.1", "10.1.0.0/16", "fd00::/8"].map { try #require(AddressRange($0)) })
    for text in ["127.0.0.1", "10.1.0.0", "10.1.255.255", "fd12::1", "8.8.8.8"] {
      #expect(policy.permits(try #require(IPAddress(text))))
    }
    for text in ["127.0.0.2", "10.0.255.255", "10.2.0.0", "fc00::1", "::ffff:127.0.0.1"] {
      #expect(!policy.permits(try #require(IPAddress(text))))
    }
  }

  @Test(
    "What is no range is none",
    arguments: [
      "", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/-1", "10/8", "::/129", "a", "10.0.0.0/8/8", "1::1/64",
    ])
  func noRange(text: String) { #expect(AddressRange(text) == nil) }
}

@Suite("One POST")
struct WebExchangeStateTests {
  private static func sent() -> WebExchangeState {
    var state = WebExchangeState()
    #expect(state.wait == .handshake && state.handshakeCompleted() == .send && state.wait == .answer)
    return state
  }

  @Test(
    "What an answer's status means",
    arguments: [
      (200, .taken("200 Said")), (204, .taken("204 Said")), (299, .taken("299 Said")), (410, .refused("410 Said why")),
      (300, .postponed("300 Said why")), (301, .postponed("301 Said why")), (302, .postponed("302 Said why")),
      (308, .postponed("308 Said why")), (400, .postponed("400 Said why")), (401, .postponed("401 Said why")),
      (404, .postponed("404 Said why")), (429, .postponed("429 Said why")), (500, .postponed("500 Said why")),
      (503, .postponed("503 Said why")), (599, .postponed("599 Said why")),
    ] as [(Int, SendOutcome)])
  func statuses(status: Int, outcome: SendOutcome) {
    var state = Self.sent()
    var action = state.headReceived(status: status, reason: "Said", retryAfter: nil, date: nil, sent: 0)
    if action == .none {
      #expect(state.bodyReceived(Array("why".utf8)) == .none)
      action = state.ended()
    }
    #expect(action == .finish(outcome) && state.wait == nil)
  }

  @Test(
    "Retry-After counts in seconds, or tells the time, up to an hour",
    arguments: [
      ("7", 7), ("0", 0), ("3600", 3_600), ("3601", 3_600), ("-5", 0), ("99999999999999999999", nil), ("soon", nil),
      ("Wed, 21 Oct 2026 07:28:00 GMT", 60), ("Wednesday, 21-Oct-26 07:28:00 GMT", 60),
      ("Wed Oct 21 07:28:00 2026", 60), ("Wed, 21 Oct 2026 07:26:00 GMT", 0), ("Thu, 22 Oct 2026 07:28:00 GMT", 3_600),
      ("Wed, 21 Oct 2026 07:28:00 CET", nil), ("", nil),
    ] as [(String, Int64?)])
  func retryAfter(field: String, seconds: Int64?) {
    // 07:27:00 by the receiver's clock, which is a day behind ours; or by ours, where it does not tell.
    for (date, sent) in [("Wed, 21 Oct 2026 07:27:00 GMT", 1_792_654_020), (nil, 1_792_567_620)] as [(String?, Int64)] {
      var state = Self.sent()
      #expect(state.headReceived(status: 503, reason: "", retryAfter: field, date: date, sent: sent) == .none)
      #expect(state.ended() == .finish(.postponed("503", after: seconds)))
    }
  }

  @Test(
    "HTTP's times are read in their three forms, and what is none is none",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
      ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
      ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_200), ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799),
      // Two digits: at most 50 years ahead of 2026.
      ("Friday, 01-Jan-76 00:00:00 GMT", 3_345_062_400), ("Friday, 01-Jan-77 00:00:00 GMT", 220_924_800),
      ("Thu, 29 Feb 2023 00:00:00 GMT", nil), ("Sun, 31 Apr 2026 00:00:00 GMT", nil),
      ("Sun, 00 Nov 1994 08:49:37 GMT", nil),
      ("Sun, 06 Nov 1994 24:00:00 GMT", nil), ("Sun, 06 Nov 1994 08:60:37 GMT", nil),
      ("Sun, 06 Nov 1994 08:49:61 GMT", nil),
      ("Sun, 6 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 nov 1994 08:49:37 GMT", nil),
      ("Son, 06 Nov 1994 08:49:37 GMT", nil),
      ("Sun, 06 Nov 94 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 8:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49 GMT", nil),
      ("Sun, 06 Nov 1994 08:49:37", nil), ("Sunday, 06-Nov-1994 08:49:37 GMT", nil), ("1994-11-06T08:49:37Z", nil),
      ("Sun, -6 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 Nov -994 08:49:37 GMT", nil), (",", nil),
    ] as [(String, Int64?)])
  func httpDates(text: String, seconds: Int64?) {
    #expect(HTTPDate(text, now: 1_792_567_620)?.seconds == seconds)
  }

  @Test("A connection that is lost after the request may have brought it", arguments: [true, false])
  func lost(isSent: Bool) {
    var state = isSent ? Self.sent() : WebExchangeState()
    guard case .finish(.postponed(let why, after: nil)) = state.lost("closed") else {
      Issue.record("it goes on")
      return
    }
    #expect(why.contains("may have been taken") == isSent)
    #expect(state.lost("again") == .none && state.ended() == .none)
  }

  @Test("A body is read up to a kibibyte; the status decides whatever comes then", arguments: [1_023, 1_024, 5_000])
  func body(count: Int) {
    var state = Self.sent()
    #expect(state.headReceived(status: 410, reason: "Gone", retryAfter: nil, date: nil, sent: 0) == .none)
    let action = state.bodyReceived(Array(repeating: UInt8(ascii: "x"), count: count))
    #expect((action == .none) == (count < 1_024))
    let last = action == .none ? state.lost("closed") : action
    guard case .finish(.refused(let words)) = last else {
      Issue.record("\(last)")
      return
    }
    #expect(words.utf8.count == "410 Gone ".utf8.count + min(count, 1_024))
  }
}
