import IntakeRules
import Policy
import Testing

@Suite("A mail as it came continues a ticket, opens one, or is answered, refused or ignored")
struct DeliverMailRulesTests {
  /// Flexi-IT, but for its clause that wants the telephone.
  private static let byMail = Desk.flexi(
    replacing: "channel: [telephone, engineer]", with: "channel: [telephone, email]")

  @Test("It opens a ticket of its writer's customer, and the same Message-ID is one ticket")
  func opens() throws {
    var desk = try MailDesk(Self.byMail)
    let reply = try desk.deliver(desk.letter("1@kopi.example"))
    #expect(reply.mail.outcome == .opened)
    #expect(reply.ticket?.accountID == desk.desk.account)
    #expect(reply.ticket?.caller == "Mei Own")
    #expect(reply.mail.ticketID == reply.ticket?.id)
    let again = try desk.deliver(desk.letter("1@kopi.example"))
    #expect(again.isSeen && again.ticket?.id == reply.ticket?.id)
    #expect(desk.desk.state.tickets.count == 1)
    #expect(desk.answers.isEmpty)
  }

  @Test(
    "It continues the ticket that it refers to, by a mail that was taken, one that was sent, or a word in its subject")
  func continues() throws {
    var desk = try MailDesk(Self.byMail)
    let ticket = try #require(try desk.deliver(desk.letter("1@kopi.example")).ticket)
    let sent = MailIdentity.messageID(SubjectID(high: 4, low: 4), ticket: ticket.id).dropFirst().dropLast()
    desk.desk.state.ticketNumbers.insert(TicketNumber(number: ticket.number, ticketID: ticket.id))
    for (place, reference) in ["1@kopi.example", String(sent), "none@x"].enumerated() {
      var letter = desk.letter(
        "re\(place)@kopi.example", subject: place == 2 ? "Re: [#\(ticket.number)] slow" : "Re: slow")
      letter.references = ["old@x", reference]
      let reply = try desk.deliver(letter)
      #expect(reply.mail.outcome == .continued, "\(reference)")
      #expect(reply.ticket?.id == ticket.id)
    }
    #expect(desk.desk.state.tickets.count == 1)
    #expect(desk.desk.state.messages.elements.map(\.author) == ["Mei Own", "Mei Own", "Mei Own", "Mei Own"])
  }

  @Test("A stranger continues nothing, whatever he refers to, and is answered once")
  func stranger() throws {
    var desk = try MailDesk(Self.byMail)
    let ticket = try #require(try desk.deliver(desk.letter("1@kopi.example")).ticket)
    desk.desk.state.ticketNumbers.insert(TicketNumber(number: ticket.number, ticketID: ticket.id))
    var letter = desk.letter("2@evil.example", from: "x@evil.example", subject: "[#\(ticket.number)]")
    letter.references = ["1@kopi.example"]
    let reply = try desk.deliver(letter)
    #expect(reply.mail.outcome == .refused)
    #expect(reply.ticket == nil)
    #expect(reply.mail.reason == "authorised-callers")
    #expect(reply.mail.isAnswered)
    let answer = try #require(desk.answers.first)
    #expect(answer.address == "x@evil.example")
    #expect(answer.references == ["1@kopi.example", "2@evil.example"])
    #expect(answer.text.contains("Only the two registered contacts may call"))
    #expect(desk.desk.state.attempts.elements.map(\.caller) == ["x@evil.example"])
  }

  @Test("Who writes for several customers is asked for whom, unless a ticket says it")
  func several() throws {
    var desk = try MailDesk(Self.byMail)
    let ambiguous = try desk.deliver(desk.letter("1@kopi.example", from: "ravi@kopi.example"))
    #expect(ambiguous.mail.reason == "ambiguous-sender")
    let ticket = try #require(try desk.deliver(desk.letter("2@kopi.example")).ticket)
    var letter = desk.letter("3@kopi.example", from: "ravi@kopi.example")
    letter.references = ["2@kopi.example"]
    #expect(try desk.deliver(letter).ticket?.id == ticket.id)
  }

  @Test("F12: a plan that wants the telephone refuses a mail politely: no ticket, no clock, an attempt and an answer")
  func telephoneOnly() throws {
    var desk = try MailDesk(Desk.flexi)
    let reply = try desk.deliver(desk.letter("1@kopi.example"))
    #expect(reply.mail.outcome == .refused)
    #expect(reply.answer?.id == "telephone-only")
    #expect(desk.desk.state.tickets.isEmpty)
    #expect(desk.desk.state.attempts.elements.map { $0.findings.map(\.id) } == [["telephone-only"]])
    #expect(desk.answers.first?.text.contains("call your hotline") == true)
    #expect(desk.answers.first?.subject == "Auto: Re: Mail is slow")
  }

  @Test("Mail of a program is kept and never answered, and so is what has no sender or no writer")
  func automatic() throws {
    var desk = try MailDesk(Desk.flexi)
    var letter = desk.letter("1@kopi.example")
    letter.automatic = "Auto-Submitted: auto-replied"
    let reply = try desk.deliver(letter)
    #expect(reply.mail.outcome == .ignored)
    #expect(reply.mail.reason == "Auto-Submitted: auto-replied")
    let nobody = try desk.deliver(desk.letter("2@kopi.example", from: ""))
    #expect(nobody.mail.outcome == .ignored)
    let null = try desk.deliver(desk.letter("3@kopi.example"), sender: "")
    #expect(null.mail.outcome == .refused)
    #expect(!null.mail.isAnswered)
    #expect(desk.answers.isEmpty)
    #expect(desk.desk.state.mails.count == 3)
  }

  @Test("A writer is answered three times an hour and ten times a day, and not once more")
  func bounds() throws {
    var desk = try MailDesk(Desk.flexi)
    var number = 0
    func next(_ desk: inout MailDesk) throws -> Bool {
      number += 1
      return try desk.deliver(desk.letter("\(number)@kopi.example")).mail.isAnswered
    }
    for hour in 0..<4 {
      desk.desk.now = Desk.at("2026-03-02T10:00:00") + .hours(Int64(hour))
      let answered = try (0..<4).map { _ in try next(&desk) }
      #expect(answered == (hour < 3 ? [true, true, true, false] : [true, false, false, false]))
    }
    desk.desk.now = Desk.at("2026-03-03T10:00:00")
    #expect(try next(&desk))
    #expect(desk.answers.count == MailSender.answersADayMax + 1)
  }

  @Test("Mail to no mailbox is nobody's; the header's mailboxes count beside the envelope's")
  func mailboxes() throws {
    var desk = try MailDesk(Self.byMail)
    let refused = desk.desk.refusal { state, context in
      DeliverMail.decide(
        .init(sender: "a@b", recipients: ["sales@desk.example"], letter: .init(messageID: "1")), &state, &context)
    }
    #expect(refused?.reason == .notFound("mailbox"))
    var letter = desk.letter("2@kopi.example")
    letter.recipients = ["URGENT@desk.example", "mei@kopi.example"]
    #expect(try desk.deliver(letter).mail.recipients == ["support@desk.example", "urgent@desk.example"])
  }

  @Test("What is too long for a ticket is cut, and what is empty is said to be")
  func words() throws {
    var desk = try MailDesk(Self.byMail)
    var letter = desk.letter("1@kopi.example", subject: String(repeating: "é", count: 101))
    letter.text = String(repeating: "x", count: 70_000)
    letter.attachments = [.init(name: "a.png", type: "image/png", byteCount: 7)]
    let ticket = try #require(try desk.deliver(letter).ticket)
    #expect(ticket.subject == String(repeating: "é", count: 100))
    let text = try #require(desk.desk.state.messages.elements.first?.text)
    #expect(text.utf8.count == 65_536)
    #expect(text.hasSuffix("[The rest is in the original.]\n\n[a.png, 7 bytes]"))
    var empty = desk.letter("2@kopi.example", subject: " ")
    empty.text = ""
    #expect(try desk.deliver(empty).ticket?.subject == "(no subject)")
    #expect(desk.desk.state.messages.elements.last?.text == "(no text)")
  }

  @Test(
    "A subject names a ticket",
    arguments: [
      ("Re: [#17] slow", 17), ("[#17][#18]", 17), ("[ #17] [#18]", 18), ("[#]", nil), ("#17", nil), ("[#017]", 17),
      ("[#0]", nil), ("[#1234567890123456789]", nil), ("[#17", nil), ("[[#17]]", 17), ("[#1x]", nil),
    ] as [(String, Int64?)])
  func token(subject: String, number: Int64?) { #expect(TicketToken.number(in: subject) == number) }

  @Test(
    "An identifier of ours tells its ticket, in a header line of at most 78 bytes; so does one in the form of before")
  func identity() {
    var ids = IdentifierSource(seed: 3)
    let ends = [(UInt64.min, UInt64.min), (.max, .max), (1, 2), (1 << 63, 1)].map { SubjectID(high: $0, low: $1) }
    for id in ends + (0..<20).map({ _ in ids.next(at: Desk.at("2026-03-02T09:30:00")) }) {
      let (delivery, ticket) = (id, TicketID(high: id.low, low: id.high))
      let sent = MailIdentity.messageID(delivery, ticket: ticket)
      #expect(sent == MailIdentity.messageID(delivery, ticket: ticket))
      #expect("In-Reply-To: \(sent)".utf8.count <= 78)
      #expect(MailIdentity.ticket(of: String(sent.dropFirst().dropLast())) == ticket)
      #expect(MailIdentity.ticket(of: "\(delivery).\(ticket)@callout.invalid") == ticket)
      let aboutNone = MailIdentity.messageID(delivery, ticket: nil).dropFirst().dropLast()
      #expect(MailIdentity.ticket(of: String(aboutNone)) == nil)
    }
  }

  @Test(
    "What is not written as we write it is no identifier of ours",
    arguments: [
      "", "x", "@callout.invalid", "a.b@callout.invalid", "1@x.example",
      "AAAAAAAAAAEAAAAAAAAAAg.AAAAAAAAAAMAAAAAAAAABA@evil.example",
      // A digit too few, one too many, one that is none, and bits where none are.
      "AAAAAAAAAAEAAAAAAAAAAg.AAAAAAAAAAMAAAAAAAAAB@callout.invalid",
      "AAAAAAAAAAEAAAAAAAAAAg.AAAAAAAAAAMAAAAAAAAABAA@callout.invalid",
      "AAAAAAAAAAEAAAAAAAAAAg.AAAAAAAAAAMAAAAAAAAAB=@callout.invalid",
      "AAAAAAAAAAEAAAAAAAAAAg.AAAAAAAAAAMAAAAAAAAABB@callout.invalid",
      "AAAAAAAAAAEAAAAAAAAAAg.00000000-0000-0003-0000-000000000004@callout.invalid",
    ])
  func notOurs(other: String) {
    #expect(MailIdentity.ticket(of: "AAAAAAAAAAEAAAAAAAAAAg.AAAAAAAAAAMAAAAAAAAABA@callout.invalid")?.low == 4)
    #expect(MailIdentity.ticket(of: other) == nil)
  }

  @Test("A mail to the desk finds its customer by the writer's address alone")
  func taken() throws {
    var desk = try MailDesk(Self.byMail)
    func take(_ sender: String, _ id: String) -> TakeMail.Request {
      TakeMail.Request(
        opening: OpenTicket.Request(accountID: nil, subject: "Slow", channel: "email"), recipients: ["support@x"],
        messageID: id, content: "", sender: sender)
    }
    let reply = try desk.desk.run { TakeMail.decide(take("MEI@kopi.example", "1@x"), &$0, &$1) }
    #expect(reply.ticket?.accountID == desk.desk.account)
    for (sender, clause) in [("x@y.example", "unknown-sender"), ("ravi@kopi.example", "ambiguous-sender")] {
      let refused = desk.desk.refusal { TakeMail.decide(take(sender, "2@x"), &$0, &$1) }
      #expect(refused?.clauses.map(\.id) == [clause])
    }
    #expect(desk.desk.refusal { TakeMail.decide(take("", "3@x"), &$0, &$1) }?.reason == .invalid(field: "account_id"))
  }
}
