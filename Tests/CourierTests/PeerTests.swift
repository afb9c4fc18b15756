import Foundation
import Peers
import Testing

@testable import Courier

@Suite("Against real servers", .serialized)
struct PeerTests {
  private static func mail(
    _ peers: Peers, _ port: String, _ security: SMTPSecurity, host: String = "localhost", trust: String? = nil,
    password: String = "s3cret word"
  ) throws -> SMTPClient {
    SMTPClient(
      host: host, port: try #require(peers.ports[port]), security: security,
      tls: try TrustedTLS(file: trust ?? peers.trust),
      credentials: SMTPCredentials(user: "callout", password: password),
      helloName: "desk.example")
  }

  private static func message(to recipient: String, _ text: String = "hi\n") throws -> SMTPSubmission {
    SMTPSubmission(
      from: SMTPAddress("callout@desk.example"), to: try #require(SMTPAddress(recipient)),
      message: Array("Subject: x\nMessage-ID: <1@callout.invalid>\n\n\(text)".utf8))
  }

  @Test("A mail server takes a message over STARTTLS, over TLS from the start, and after AUTH PLAIN or LOGIN")
  func mail() async throws {
    let peers = try Peers()
    for (port, security) in [("starttls", .starttls), ("implicit", .implicit), ("login", .implicit)]
      as [(String, SMTPSecurity)]
    {
      let outcome = try await Self.mail(peers, port, security).submit(
        Self.message(to: "tan@acme.example", ".\n..dots\nFrom here\n"))
      #expect(outcome == .taken("250 2.0.0 taken"))
    }
    let receipts = try peers.receipts()
    #expect(receipts.map(\.user) == ["PLAIN", "PLAIN", "LOGIN"] && receipts.allSatisfy { $0.private == true })
    for receipt in receipts {
      #expect(receipt.content == "Subject: x\r\nMessage-ID: <1@callout.invalid>\r\n\r\n.\r\n..dots\r\nFrom here\r\n")
      #expect(receipt.sender == "callout@desk.example" && receipt.recipients == ["tan@acme.example"])
    }
  }

  @Test("What the server says is understood, and a connection that closes before the answer is no answer")
  func answers() async throws {
    let peers = try Peers()
    let client = try Self.mail(peers, "starttls", .starttls)
    #expect(
      try await client.submit(Self.message(to: "rcpt-550@acme.example"))
        == .refused("RCPT: 550 5.1.1 as the recipient wishes"))
    #expect(
      try await client.submit(Self.message(to: "rcpt-450@acme.example"))
        == .postponed("RCPT: 450 4.2.0 as the recipient wishes"))
    #expect(
      try await client.submit(Self.message(to: "data-451@acme.example"))
        == .postponed("the message: 451 4.2.0 as the recipient wishes"))
    #expect(
      try await client.submit(Self.message(to: "data-554@acme.example"))
        == .refused("the message: 554 5.1.1 as the recipient wishes"))
    guard case .postponed = try await client.submit(Self.message(to: "mute@acme.example")) else {
      Issue.record("it is said to be taken")
      return
    }
    let long = String(repeating: String(repeating: "x", count: 60) + "\n", count: 2_000)
    guard case .refused(let words) = try await client.submit(Self.message(to: "tan@acme.example", long)) else {
      Issue.record("the server's SIZE is not honoured")
      return
    }
    #expect(words.contains("100000"))
  }

  @Test("A server without a trusted certificate for its name gets nothing, nor does one without TLS")
  func untrusted() async throws {
    let (peers, others) = (try Peers(), try Peers())
    for client in [
      try Self.mail(peers, "starttls", .starttls, trust: others.trust),
      try Self.mail(peers, "implicit", .implicit, trust: others.trust),
      try Self.mail(peers, "implicit", .implicit, host: "127.0.0.1"),
      try Self.mail(peers, "starttls", .starttls, host: "127.0.0.1"),
      try Self.mail(peers, "plain", .starttls), try Self.mail(peers, "plain", .implicit),
      try Self.mail(peers, "starttls", .starttls, password: "wrong"),
    ] {
      guard case .postponed = try await client.submit(Self.message(to: "tan@acme.example")) else {
        Issue.record("it went on")
        return
      }
    }
    #expect(try peers.receipts().isEmpty)
  }

  private static func post(
    _ peers: Peers, _ path: String, host: String = "localhost", trust: String? = nil,
    allowing: [String] = ["127.0.0.1", "::1"],
    times: WebTimes = WebTimes()
  ) async throws -> SendOutcome {
    let client = WebClient(
      tls: try TrustedTLS(file: trust ?? peers.trust, protocols: ["http/1.1"]),
      policy: AddressPolicy(allowing: allowing.compactMap { AddressRange($0) }), times: times)
    let body = Array(#"{"type":"test"}"#.utf8)
    let port = try #require(peers.ports["https"])
    let address = try #require(WebAddress("https://\(host):\(port)\(path)"))
    let secret = try #require(WebhookSecret(bytes: Array(repeating: 9, count: 32)))
    let signature = WebhookSignature(
      id: "id-1", timestamp: Int64(Date.now.timeIntervalSince1970), body: body, secrets: [secret])
    return await client.post(body, to: address, signed: signature)
  }

  @Test("A receiver gets the signed request, at the address that was judged, under its own name")
  func hook() async throws {
    let peers = try Peers()
    let secret = try #require(WebhookSecret(bytes: Array(repeating: 9, count: 32)))
    try peers.know([secret.text])
    #expect(try await Self.post(peers, "/hooks?a=b") == .taken("204 No Content"))
    let receipt = try #require(try peers.receipts().first)
    #expect(receipt.method == "POST" && receipt.path == "/hooks?a=b" && receipt.signed == 1 && receipt.fresh == true)
    #expect(receipt.name == "localhost" && receipt.host == "localhost:\(peers.ports["https"] ?? 0)")
    #expect(receipt.headers?["content-type"] == "application/json" && receipt.body == #"{"type":"test"}"#)
  }

  @Test("Statuses, redirects, and receivers that close, hang or never end are understood")
  func statuses() async throws {
    let peers = try Peers()
    #expect(try await Self.post(peers, "/status/410") == .refused("410 Gone as the path wishes"))
    #expect(try await Self.post(peers, "/status/500") == .postponed("500 Internal Server Error as the path wishes"))
    #expect(try await Self.post(peers, "/after/7") == .postponed("503 Service Unavailable busy", after: 7))
    #expect(try await Self.post(peers, "/moved") == .postponed("302 Found"))
    guard case .postponed(let mute, after: nil) = try await Self.post(peers, "/mute") else {
      Issue.record("it is said to be taken")
      return
    }
    #expect(mute.hasSuffix(", after the request was sent: it may have been taken, and is sent again"))
    for path in ["/early", "/endless"] {
      guard case .postponed = try await Self.post(peers, path) else {
        Issue.record("\(path) is said to be taken")
        return
      }
    }
    var times = WebTimes()
    times.answer = .milliseconds(100)
    guard case .postponed(let why, _) = try await Self.post(peers, "/hang", times: times) else {
      Issue.record("a hanging receiver is said to have taken it")
      return
    }
    #expect(why.contains("no answer in time"))
    #expect(!(try peers.receipts().contains { $0.path == "/elsewhere" }))
  }

  @Test("A private address, a certificate for another name, and an unknown authority get nothing")
  func forbidden() async throws {
    let (peers, others) = (try Peers(), try Peers())
    for outcome in [
      try await Self.post(peers, "/", allowing: []), try await Self.post(peers, "/", allowing: ["127.0.0.2"]),
      try await Self.post(peers, "/", host: "127.0.0.1"), try await Self.post(peers, "/", trust: others.trust),
      // Numbers that the system takes for addresses are judged like any.
      try await Self.post(peers, "/", host: "2130706433", allowing: []),
    ] {
      guard case .postponed = outcome else {
        Issue.record("\(outcome)")
        return
      }
    }
    #expect(try peers.receipts().isEmpty)
  }

  @Test("A task that is cancelled ends its attempt")
  func cancelled() async throws {
    let peers = try Peers()
    let task = Task { try await Self.post(peers, "/hang") }
    while try peers.receipts().isEmpty { await Task.yield() }
    task.cancel()
    guard case .postponed(let why, _) = try await task.value else {
      Issue.record("it is said to be taken")
      return
    }
    #expect(why.contains("stopped"))
  }
}
