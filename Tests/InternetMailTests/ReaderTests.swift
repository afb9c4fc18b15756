import InternetMail
import Testing

@Suite("Messages are read")
struct ReaderTests {
  @Test("A plain message: who wrote what to whom")
  func plain() throws {
    let read = try Corpus.message("plain")
    #expect(read.from == MailAddress.list("Mei Tan <mei@kopi.example>").first)
    #expect(read.from?.name == "Mei Tan")
    #expect(read.recipients.map(\.address) == ["support@desk.example", "ravi@kopi.example"])
    #expect(read.recipients.last?.name == "Ravi, K.")
    #expect(read.subject == "The mail server is down")
    #expect(read.messageID == "a1@kopi.example")
    #expect(read.text == "Nobody can send mail since eight.\n\nMei")
    #expect(read.attachments.isEmpty)
    #expect(read.references.isEmpty)
  }

  @Test("Encoded words, Latin 9, quoted-printable and references")
  func encoded() throws {
    let read = try Corpus.message("encoded")
    #expect(read.from?.name == "Renée Müller")
    #expect(read.subject == "Drucker im Büro steht")
    #expect(read.references == ["zero@desk.example", "first@desk.example"])
    #expect(
      read.text == "Der Drucker im Büro steht. Er kostet 100 €, und \ndiese Zeile ist lang und geht weiter.")
  }

  @Test("Of alternatives the plain one is shown; attachments are listed with their names and sizes")
  func mixed() throws {
    let read = try Corpus.message("mixed")
    #expect(read.text == "What you see is what I see.")
    #expect(read.attachments.map(\.name) == ["Bild schön.png", ""])
    #expect(read.attachments.map(\.type) == ["image/png", "message/rfc822"])
    #expect(read.attachments.map(\.byteCount) == [8, 53])
  }

  @Test("HTML becomes text: no script, style, title, comment or unknown entity is obeyed")
  func html() throws {
    let read = try Corpus.message("html")
    #expect(read.text == "It costs 5 € & more.\nSecond line — end\n\nLast &unknown;")
  }

  @Test("What belongs to HTML is listed, and its name names no folder")
  func related() throws {
    let read = try Corpus.message("related")
    #expect(read.text == "See here")
    #expect(read.attachments.map(\.name) == ["x.gif"])
  }

  @Test("UTF-16 with a byte order mark")
  func wide() throws { #expect(try Corpus.message("utf16").text == "Grüße 😀") }

  @Test("What is malformed is read as well as it can be")
  func broken() throws {
    let read = try Corpus.message("broken")
    #expect(read.text == "--\nno parts \n=")
    #expect(read.messageID == nil)
  }

  @Test(
    "Character sets",
    arguments: [
      ("utf-8", [0xC3, 0xA9], "é"), ("us-ascii", [0xE9], "é"), ("iso-8859-1", [0xE9, 0x80], "é€"),
      ("iso-8859-15", [0xA4, 0xA6], "€Š"), ("windows-1252", [0x93, 0x94], "“”"), ("utf-16le", [0xE9, 0x00], "é"),
      ("utf-16be", [0x00, 0xE9], "é"), ("x-nobody", [0xC3, 0xA9], "é"), ("x-nobody", [0xE9], "é"),
      ("utf-8", [0xE9], "\u{FFFD}"), ("utf-16be", [0xD8, 0x00], "\u{FFFD}"), ("utf-16be", [0x41], ""),
    ] as [(String, [UInt8], String)])
  func charsets(name: String, bytes: [UInt8], text: String) throws {
    let head = Array("From: a@b.example\r\nContent-Type: text/plain; charset=\(name)\r\n\r\n".utf8)
    #expect(try InternetMessage(head + bytes).text == text)
  }

  @Test(
    "Addresses",
    arguments: [
      ("a@b.example", ["a@b.example"]), ("A <a@b.example>, c@d.example", ["a@b.example", "c@d.example"]),
      ("team: a@b.example, \"B\" <b@b.example>;, c@b.example", ["a@b.example", "b@b.example", "c@b.example"]),
      ("a (one (two)) @b.example", ["a@b.example"]), ("<@relay.example:a@b.example>", ["a@b.example"]),
      ("\"a <x@y>\" <a@b.example>", ["a@b.example"]), ("nobody", []), ("<>", []), ("a@", []), ("@b", []),
      ("undisclosed-recipients:;", []), ("a b <c\u{0}@d>", []), ("\"a b\"@c.example", []),
    ] as [(String, [String])])
  func addresses(field: String, found: [String]) { #expect(MailAddress.list(field).map(\.address) == found) }

  @Test(
    "Identifiers",
    arguments: [
      ("<a@b> <c@d>", ["a@b", "c@d"]), ("<a@\r\n b>", ["a@b"]), ("a@b words c", ["a@b"]), ("words", []), ("<", []),
      ("<>", []), ("<a@b><c@d", ["a@b"]), ("=?utf-8?q?=3Ca=40?=\r\n =?utf-8?q?b=3E?=", ["a@b"]),
    ] as [(String, [String])])
  func identifiers(field: String, found: [String]) { #expect(MessageIdentifiers.list(field) == found) }

  @Test("The latest reference stands last, each once")
  func references() throws {
    let read = try message("References: <a@x> <b@x> <c@x>", "In-Reply-To: <b@x>", "", "x")
    #expect(read.references == ["a@x", "c@x", "b@x"])
  }

  @Test("A text is cut between characters")
  func cut() {
    #expect("aé€".cut(toByteCount: 6) == "aé€")
    #expect("aé€".cut(toByteCount: 5) == "aé")
    #expect("aé€".cut(toByteCount: 2) == "a")
    #expect("aé€".cut(toByteCount: 0) == "")
  }
}

@Suite("Automatic mail is known by its header")
struct AutomaticTests {
  @Test(
    "Each sign by itself",
    arguments: [
      ("Auto-Submitted: auto-replied", "Auto-Submitted: auto-replied"),
      ("Auto-Submitted: auto-generated (rejected)", "Auto-Submitted: auto-generated"),
      ("Precedence: Bulk", "Precedence: bulk"), ("Precedence: junk", "Precedence: junk"),
      ("List-Id: <x.example>", "list-id: it came through a list"),
      ("List-Unsubscribe: <mailto:x@y>", "list-unsubscribe: it came through a list"),
      ("Return-Path: <>", "its Return-Path is empty"),
      ("Content-Type: multipart/report; boundary=b", nil),
      ("X-Loop: desk@callout.invalid", "it is this software's own message"),
      ("Message-ID: <1@Callout.invalid>", "it is this software's own message"),
      ("Auto-Submitted: no", nil), ("Precedence: first-class", nil), ("X-Loop: other", nil), ("List-Price: 4", nil),
      ("References: <1@callout.invalid>", nil),
    ] as [(String, String?)])
  func signs(field: String, reason: String?) throws {
    let read = try message("From: mei@kopi.example", field, "", "text")
    #expect(AutomaticMail.reason(read, sender: "mei@kopi.example", ownDomain: "callout.invalid") == reason)
  }

  @Test("A report, an envelope without a sender, and a daemon")
  func others() throws {
    let bounce = try message(
      "From: x@y.example", "Content-Type: multipart/report; boundary=b", "", "--b", "", "x", "--b--")
    #expect(AutomaticMail.reason(bounce, sender: nil, ownDomain: "callout.invalid") == "it is a report about a message")
    let plain = try message("From: x@y.example", "", "x")
    #expect(AutomaticMail.reason(plain, sender: "<>", ownDomain: "callout.invalid") == "its envelope has no sender")
    #expect(AutomaticMail.reason(plain, sender: "", ownDomain: "callout.invalid") == "its envelope has no sender")
    #expect(
      AutomaticMail.reason(plain, sender: "MAILER-DAEMON@y.example", ownDomain: "callout.invalid")
        == "mailer-daemon is no person")
    #expect(AutomaticMail.reason(plain, sender: "x@y.example", ownDomain: "callout.invalid") == nil)
    #expect(AutomaticMail.reason(try Corpus.message("bounce"), sender: "<>", ownDomain: "callout.invalid") != nil)
    #expect(AutomaticMail.reason(try Corpus.message("list"), sender: nil, ownDomain: "callout.invalid") != nil)
  }
}
