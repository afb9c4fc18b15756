import Foundation
import NotifierRules
import Policy
import ServiceKit
import Testing

@testable import NotifierService

@Suite("Messages and the Maildir")
struct NotifierMailTests {
  private static func message(
    recipient: String = "Tan", method: DeliveryMethod = .email, address: String = "tan@acme.example",
    subject: String = "Low", text: String = "Buy", html: String? = nil
  ) -> OutgoingMessage {
    OutgoingMessage(
      tenant: TenantID(high: 1, low: 1),
      delivery: Delivery(
        id: DeliveryID(high: 5, low: 5), cause: .notice(NoticeID(high: 6, low: 6)), step: 0, personID: nil,
        recipient: recipient, method: method, address: address, subject: subject, text: text, html: html,
        createdAt: Instant(milliseconds: 1_773_205_200_000)))
  }

  private static func text(_ message: OutgoingMessage) throws -> String {
    String(decoding: try MailMessage(message, from: "callout@desk.example").bytes, as: UTF8.self)
  }

  /// The header's fields, unfolded.
  private static func header(_ text: String) -> [String: String] {
    let head = text.components(separatedBy: "\n\n")[0].replacingOccurrences(of: "\n ", with: " ")
    var fields: [String: String] = [:]
    for line in head.components(separatedBy: "\n") {
      let parts = line.components(separatedBy: ": ")
      fields[parts[0]] = parts.dropFirst().joined(separator: ": ")
    }
    return fields
  }

  @Test(
    "No text can begin a header field",
    arguments: [
      "Low\r\nBcc: eve@evil.example", "Low\nBcc: eve@evil.example", "Low\rBcc: eve@evil.example",
      "Low\u{2028}Bcc: eve@evil.example", "Low\u{85}Bcc: eve@evil.example", "\n\nBcc: eve@evil.example",
      "=?utf-8?Q?=0ABcc:_eve@evil.example?=", String(repeating: "x", count: 2_000), "\u{0}", "",
    ])
  func injection(evil: String) throws {
    let names = Set(Self.header(try Self.text(Self.message())).keys)
    let text = try Self.text(Self.message(recipient: evil, subject: evil))
    #expect(Set(Self.header(text).keys) == names)
    let head = text.components(separatedBy: "\n\n")[0]
    #expect(head.utf8.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) })
    #expect(head.components(separatedBy: "\n").allSatisfy { $0.utf8.count <= 78 && !$0.isEmpty })
  }

  @Test(
    "An answer is marked as a program's, has no sender, and names what it answers; a message about a ticket names it")
  func answer() throws {
    let ticket = TicketID(high: 7, low: 7)
    let delivery = Delivery(
      id: DeliveryID(high: 5, low: 5), cause: .answer(SubjectID(high: 6, low: 6)), step: 0, personID: nil,
      recipient: "Tan", method: .email, address: "tan@acme.example", subject: "Auto: Re: Low", text: "Buy",
      createdAt: Instant(milliseconds: 1_773_205_200_000), ticketID: ticket, references: ["1@a.example", "2@a.example"])
    let text = try Self.text(OutgoingMessage(tenant: TenantID(high: 1, low: 1), delivery: delivery))
    let header = Self.header(text)
    #expect(text.components(separatedBy: "\n").allSatisfy { $0.utf8.count <= 78 })
    #expect(header["Return-Path"] == "<>")
    #expect(header["Auto-Submitted"] == "auto-replied")
    #expect(header["In-Reply-To"] == "<2@a.example>")
    #expect(header["References"] == "<1@a.example> <2@a.example>")
    let id = try #require(header["Message-ID"])
    #expect(MailIdentity.ticket(of: String(id.dropFirst().dropLast())) == ticket)
    #expect(Self.header(try Self.text(Self.message()))["Auto-Submitted"] == "auto-generated")
  }

  @Test("An address that a header cannot hold is refused", arguments: ["a@b\r\nBcc: c@d", "a b@c", "ä@b", "", "a>@b"])
  func address(evil: String) {
    #expect(throws: DeliveryFailure.self) { try MailMessage(Self.message(address: evil), from: "callout@desk.example") }
  }

  @Test("Text that is not ASCII is written in encoded words that break no character")
  func encodedWords() throws {
    let subject = String(repeating: "Störung 📟 ", count: 20)
    let field = try #require(Self.header(try Self.text(Self.message(subject: subject)))["Subject"])
    let words = field.split(separator: " ")
    #expect(words.allSatisfy { $0.hasPrefix("=?utf-8?B?") && $0.hasSuffix("?=") && $0.utf8.count <= 75 })
    let decoded = try words.map { word in
      let data = try #require(Data(base64Encoded: String(word.dropFirst(10).dropLast(2))))
      return try #require(String(data: data, encoding: .utf8))
    }
    #expect(decoded.joined() == subject)
  }

  @Test(
    "The text survives quoted-printable, and no line is longer than 76 characters",
    arguments: [
      "plain", "two\nlines", "ends in a newline\n", "Grüße = 100 %\n\n📟", "blank at the end \nFrom here\n.\n",
      String(repeating: "wörter ", count: 100), "",
    ])
  func quotedPrintable(text: String) throws {
    let encoded = QuotedPrintable.encoded(text)
    #expect(encoded.utf8.allSatisfy { $0 == 0x0a || (0x20...0x7e).contains($0) })
    #expect(encoded.components(separatedBy: "\n").allSatisfy { $0.utf8.count <= 76 && !$0.hasSuffix(" ") })
    var bytes: [UInt8] = []
    var rest = Array(encoded.replacingOccurrences(of: "=\n", with: "").utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        bytes.append(byte)
        continue
      }
      bytes.append(try #require(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)))
      rest = rest.dropFirst(2)
    }
    let decoded = String(decoding: bytes, as: UTF8.self)
    #expect(decoded == text || decoded == text + "\n")
  }

  @Test(
    "A text is written as it is, unless a line is too long or a control character is in it",
    arguments: [
      ("plain\ntext\n", "7bit"), ("Grüße 📟", "8bit"), ("tab\there", "7bit"), ("", "7bit"),
      (String(repeating: "x", count: 998), "7bit"), (String(repeating: "x", count: 999), "quoted-printable"),
      ("a\rb", "quoted-printable"), ("a\u{0}b", "quoted-printable"),
    ])
  func bodyForm(text: String, form: String) throws {
    let written = try Self.text(Self.message(text: text))
    #expect(Self.header(written)["Content-Transfer-Encoding"] == form)
    let body = written.components(separatedBy: "\n\n").dropFirst().joined(separator: "\n\n")
    if form != "quoted-printable" { #expect(body == text || body == text + "\n") }
  }

  @Test(
    "A text with HTML beside it is an alternative of two parts, the plainer first, each encoded as it needs",
    arguments: [
      ("Buy\n", "<p>Buy</p>\n", "7bit", ["7bit", "7bit"]),
      ("Grüße", "<p>Gr&#252;&#223;e</p>", "8bit", ["8bit", "7bit"]),
      ("Buy", "<p>" + String(repeating: "x", count: 999) + "</p>", "7bit", ["7bit", "quoted-printable"]),
      (
        "--=_00000000-0000-0005-0000-000000000005\nBuy", "<p>--=_00000000-0000-0005-0000-000000000005_</p>", "7bit",
        ["7bit", "7bit"]
      ),
    ])
  func alternative(text: String, html: String, whole: String, forms: [String]) throws {
    let written = try Self.text(Self.message(text: text, html: html))
    let fields = Self.header(written)
    let type = try #require(fields["Content-Type"])
    #expect(type.hasPrefix("multipart/alternative; boundary=\"=_"))
    #expect(fields["Content-Transfer-Encoding"] == whole)
    let boundary = try #require(type.split(separator: "\"").dropFirst().first)
    #expect(!text.contains("--\(boundary)") && !html.contains("--\(boundary)"))
    let parts = written.components(separatedBy: "--\(boundary)")
    #expect(parts.count == 4 && parts[3] == "--\n")
    let bodies = parts[1...2].map { $0.dropFirst() }
    for (body, (type, form)) in zip(bodies, zip(["text/plain", "text/html"], forms)) {
      #expect(body.hasPrefix("Content-Type: \(type); charset=utf-8\nContent-Transfer-Encoding: \(form)\n\n"))
    }
    #expect(bodies[0].hasSuffix("\n\n" + (text.hasSuffix("\n") ? text : text + "\n")))
  }

  @Test("A number stands in a field of its own, with the kind of method")
  func pager() throws {
    let fields = Self.header(try Self.text(Self.message(method: .pager, address: "+6591")))
    #expect(fields["To"] == "undisclosed-recipients:;")
    #expect(fields["X-Callout-Method"] == "pager" && fields["X-Callout-Address"] == "+6591")
    #expect(fields["Date"] == "Wed, 11 Mar 2026 05:00:00 +0000")
  }

  @Test("Writing a message again replaces it; tmp is empty afterwards, and others' messages stay")
  func twice() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "callout-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let thread = BlockingThread(name: "test")
    let maildir = Maildir(folder: folder.path, sender: "callout@desk.example", thread: thread)
    let message = Self.message()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { _ = try? await maildir.deliver(message) } }
    }
    let mailbox = folder.appending(path: "\(message.tenant)")
    let new = try FileManager.default.contentsOfDirectory(atPath: mailbox.appending(path: "new").path)
    #expect(new == [Maildir.name(message.delivery)])
    #expect(try FileManager.default.contentsOfDirectory(atPath: mailbox.appending(path: "tmp").path).isEmpty)
    let written = try Data(contentsOf: mailbox.appending(path: "new/\(new[0])"))
    #expect(Array(written) == (try MailMessage(message, from: "callout@desk.example").bytes))
    await thread.close()
  }

  @Test("A folder that is not there is a failure that says so")
  func missingFolder() async throws {
    let thread = BlockingThread(name: "test")
    let maildir = Maildir(folder: "/nonexistent/callout", sender: "callout@desk.example", thread: thread)
    await #expect(throws: DeliveryFailure.self) { try await maildir.deliver(Self.message()) }
    await thread.close()
  }
}
