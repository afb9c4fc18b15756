import IntakeRules
import Policy
import Testing

@Suite("A mail about a ticket that is there")
struct MailFollowingRulesTests {
  private static let opus = Desk.shipped("opus-one")
  /// Flexi-IT, but for its clauses about the way in and the hours; its warranty covers three working days.
  private static let flexi = Desk.flexi(
    replacing: "channel: [telephone, engineer]", with: "channel: [telephone, email]")

  private func reply(
    _ desk: MailDesk, _ id: String, to ticket: Ticket, text: String = "It is worse now."
  ) -> DeliverMail.Letter {
    var letter = desk.letter(id, subject: "Re: slow")
    letter.references = [MailIdentity.ofTicket(ticket)]
    letter.text = text
    return letter
  }

  @Test("E4 E8: to the urgent address it raises the ticket and calls for its ladder; the same mail does so once")
  func urgent() throws {
    var desk = try MailDesk(Self.opus)
    let opened = try #require(try desk.deliver(desk.letter("1@x")).ticket)
    #expect(opened.class == "I")
    desk.desk.now = desk.desk.now + .hours(30)
    let letter = reply(desk, "2@x", to: opened)
    let raised = try desk.deliver(letter, to: ["urgent@desk.example"])
    #expect(raised.mail.outcome == .continued && !raised.mail.isAnswered)
    let ticket = try #require(raised.ticket)
    #expect(ticket.id == opened.id && ticket.class == "III" && ticket.summonedAt == desk.desk.now)
    #expect(ticket.targets.map(\.due) == [desk.desk.now + .minutes(15), desk.desk.now + .minutes(15)])
    #expect(ticket.targets.allSatisfy { !$0.isSettled })
    #expect(try desk.desk.news(of: ticket.id) == ticket)
    let why = try #require(ExplainTarget.explain("contact", of: ticket, Self.opus))
    #expect(why.stretches.first?.from == desk.desk.now && why.stretches.last?.to == desk.desk.now + .minutes(15))
    desk.desk.now = desk.desk.now + .hours(1)
    #expect(try desk.deliver(letter, to: ["urgent@desk.example"]).ticket == ticket)
    #expect(desk.desk.state.tickets.count == 1)
  }

  @Test("E4: another mail to the urgent address calls for the ladder of a ticket that is urgent already")
  func again() throws {
    var desk = try MailDesk(Self.opus)
    let opened = try #require(try desk.deliver(desk.letter("1@x"), to: ["urgent@desk.example"]).ticket)
    #expect(opened.class == "III" && opened.summonedAt == nil)
    desk.desk.now = desk.desk.now + .hours(1)
    let ticket = try #require(
      try desk.deliver(reply(desk, "2@x", to: opened), to: ["urgent@desk.example"]).ticket)
    #expect(ticket.summonedAt == desk.desk.now && ticket.raisedAt == nil && ticket.targets == opened.targets)
    #expect(ticket.version == opened.version + 1)
  }

  @Test("A mail to the usual address calls for nothing, and makes no urgent ticket a lesser one")
  func usual() throws {
    var desk = try MailDesk(Self.opus)
    let opened = try #require(try desk.deliver(desk.letter("1@x"), to: ["urgent@desk.example"]).ticket)
    let ticket = try #require(try desk.deliver(reply(desk, "2@x", to: opened)).ticket)
    #expect(ticket == opened)
    #expect(desk.desk.state.messages.elements.map(\.text) == ["Since this morning.", "It is worse now."])
  }

  @Test("Classified by the desk later, its targets count from the opening again")
  func classifiedBack() throws {
    var desk = try MailDesk(Self.opus)
    let opened = try #require(try desk.deliver(desk.letter("1@x")).ticket)
    desk.desk.now = desk.desk.now + .hours(30)
    _ = try desk.deliver(reply(desk, "2@x", to: opened), to: ["urgent@desk.example"])
    let back = try desk.desk.run {
      ClassifyTicket.decide(.init(ticketID: opened.id, class: "I", reason: "A question."), &$0, &$1)
    }
    #expect(back.raisedAt == nil && back.targets == opened.targets)
  }

  @Test("A mail about a ticket that is resolved takes it up again, and its ladder begins anew")
  func reopens() throws {
    var desk = try MailDesk(Self.opus)
    let opened = try #require(try desk.deliver(desk.letter("1@x")).ticket)
    _ = try desk.desk.resolve(opened.id)
    desk.desk.now = desk.desk.now + .hours(1)
    let reply = try desk.deliver(reply(desk, "2@x", to: opened))
    #expect(reply.mail.outcome == .continued && reply.mail.ticketID == opened.id)
    let ticket = try #require(reply.ticket)
    #expect(ticket.state == .open && ticket.reopened == 1 && ticket.reopenedAt == desk.desk.now)
    #expect(ticket.summonedAt == desk.desk.now && ticket.class == "I")
    #expect(desk.desk.state.messages.elements.last?.text == "It is worse now.")
    #expect(desk.desk.state.messages.elements.last?.author == "Mei Own")
  }

  @Test("F22: a closed one is taken up again while a warranty may cover it; later a new ticket follows it")
  func closed() throws {
    for (days, isReopened) in [(3, true), (4, false)] {
      var desk = try MailDesk(Self.flexi)
      // A Monday; the warranty ends with the third working day after it.
      let opened = try #require(try desk.deliver(desk.letter("1@x")).ticket)
      _ = try desk.desk.resolve(opened.id)
      let closed = try desk.desk.close(opened.id)
      desk.desk.now = desk.desk.now + .hours(Int64(days) * 24)
      let reply = try desk.deliver(reply(desk, "2@x", to: closed))
      let ticket = try #require(reply.ticket)
      if isReopened {
        #expect(reply.mail.outcome == .continued && ticket.id == opened.id && ticket.state == .open)
        #expect(ticket.earlierClosedAt == closed.closedAt)
      } else {
        #expect(reply.mail.outcome == .opened && ticket.id != opened.id)
        #expect(ticket.earlierTicketID == opened.id)
        #expect(desk.desk.state.tickets[opened.id]?.state == .closed)
      }
    }
  }

  @Test("Without a warranty, a mail about a closed ticket opens one that follows it; to the urgent address it pages")
  func follows() throws {
    var desk = try MailDesk(Self.opus)
    let opened = try #require(try desk.deliver(desk.letter("1@x")).ticket)
    _ = try desk.desk.resolve(opened.id)
    _ = try desk.desk.close(opened.id)
    let next = try desk.deliver(reply(desk, "2@x", to: opened), to: ["urgent@desk.example"])
    #expect(next.mail.outcome == .opened)
    #expect(next.ticket?.class == "III" && next.ticket?.earlierTicketID == opened.id)
    #expect(next.ticket?.subject == "Re: slow")
  }

  @Test("F12: what the plan would not take as a ticket reopens none: it is refused politely, and kept with the ticket")
  func refused() throws {
    var desk = try MailDesk(Desk.flexi)
    var call = desk.desk.call()
    call.contactID = desk.desk.state.contacts.members(of: desk.desk.account).first { $0.name == "Mei Own" }?.id
    let opened = try desk.desk.open(call)
    _ = try desk.desk.resolve(opened.id)
    let resolved = try #require(desk.desk.state.tickets[opened.id])
    let reply = try desk.deliver(reply(desk, "2@x", to: opened))
    #expect(reply.mail.outcome == .refused && reply.mail.ticketID == opened.id && reply.mail.isAnswered)
    #expect(reply.answer?.id == "telephone-only")
    #expect(desk.desk.state.tickets[opened.id] == resolved)
    #expect(desk.desk.state.attempts.elements.map { $0.findings.map(\.id) } == [["telephone-only"]])
    #expect(desk.answers.first?.text.contains("It belongs to ticket [#\(opened.number)]") == true)
  }

  @Test("A ticket that was reopened as often as may be is left alone: another follows it")
  func bound() throws {
    var desk = try MailDesk(Self.opus)
    let opened = try #require(try desk.deliver(desk.letter("1@x")).ticket)
    _ = try desk.desk.resolve(opened.id)
    var most = try desk.desk.close(opened.id)
    most.reopened = ReopenTicket.countMax
    most.state = .resolved
    desk.desk.state.tickets.update(most)
    let next = try desk.deliver(reply(desk, "2@x", to: opened))
    #expect(next.mail.outcome == .opened && next.ticket?.earlierTicketID == opened.id)
  }

  @Test(
    "E4: what a mail that came says tells that it only asks for a call: an answer, and a page at the urgent address")
  func callMeOnly() throws {
    var desk = try MailDesk(Self.opus)
    func letter(_ id: String, _ text: String, _ subject: String = "Please call me") -> DeliverMail.Letter {
      var letter = desk.letter(id, subject: subject)
      letter.text = text
      return letter
    }
    let asks = "Hi,\nI have a problem, please call me at 555-1212 to talk about it.\nMei\n-- \nKopi Ltd, mail only\n"
    let quiet = try desk.deliver(letter("1@x", asks))
    #expect(quiet.mail.outcome == .answered && quiet.ticket == nil && quiet.answer?.id == "call-me-only")
    #expect(quiet.mail.isAnswered)
    #expect(desk.desk.state.attempts.elements.map { $0.findings.map(\.id) } == [["call-me-only"]])
    let urgent = try desk.deliver(letter("2@x", asks), to: ["urgent@desk.example"])
    #expect(urgent.mail.outcome == .answered && urgent.ticket?.class == "III")
    let problems = [
      letter("3@x", "The link is down, please call me at 555-1212."), letter("4@x", asks, "DNS service is down"),
      letter("5@x", "I left a message on your voice mail."),
    ]
    for letter in problems { #expect(try desk.deliver(letter).mail.outcome == .opened, "\(letter.text)") }
    var screenshot = letter("6@x", asks)
    screenshot.attachments = [.init(name: "error.png", type: "image/png", byteCount: 7)]
    #expect(try desk.deliver(screenshot).mail.outcome == .opened)
  }
}

extension MailIdentity {
  /// The Message-ID, without brackets, of a message that was sent about a ticket.
  static func ofTicket(_ ticket: Ticket) -> String {
    String(messageID(SubjectID(high: 4, low: 4), ticket: ticket.id).dropFirst().dropLast())
  }
}
