import IntakeRules
import Policy
import Testing

@Suite("Mail to the desk")
struct MailRulesTests {
  private static let plan = Desk.shipped("opus-one")

  private func mail(
    _ desk: Desk, to recipients: [String] = ["support@opus.example"], id: String = "<a@b>", class name: String = "",
    content: String = "problem"
  ) -> TakeMail.Request {
    var opening = OpenTicket.Request(accountID: desk.account, subject: "The link is down", channel: "email")
    opening.contactID = desk.mei
    opening.class = name
    return TakeMail.Request(opening: opening, recipients: recipients, messageID: id, content: content)
  }

  private func take(_ desk: inout Desk, _ request: TakeMail.Request) throws(Refused) -> TakeMail.Reply {
    try desk.run { TakeMail.decide(request, &$0, &$1) }
  }

  private func reason(_ desk: inout Desk, _ request: TakeMail.Request) -> Refused.Reason? {
    desk.refusal { TakeMail.decide(request, &$0, &$1) }?.reason
  }

  @Test("E3: the same Message-ID opens one ticket, with or without brackets; another letter opens another")
  func once() throws {
    var desk = try Desk(Self.plan)
    let first = try take(&desk, mail(desk))
    #expect(first.outcome == .opened)
    for id in ["<a@b>", "a@b", " <a@b> "] {
      let again = try take(&desk, mail(desk, id: id))
      #expect(again.outcome == .seen)
      #expect(again.ticket == first.ticket)
    }
    #expect(try take(&desk, mail(desk, id: "<A@b>")).outcome == .opened)
    #expect(desk.state.tickets.count == 2)
  }

  @Test(
    "E1 E7: a mail has the class that it claims, or its address's, never III by default; the urgent address means it",
    arguments: [
      (["support@opus.example"], "", "I"), (["support@opus.example"], "II", "II"),
      (["urgent@opus.example"], "", "III"), (["support@opus.example", "URGENT@opus.example"], "", "III"),
      (["anna@opus.example", "support@opus.example"], "", "I"),
    ])
  func classes(recipients: [String], claimed: String, opened: String) throws {
    var desk = try Desk(Self.plan)
    let reply = try take(&desk, mail(desk, to: recipients, class: claimed))
    #expect(reply.ticket?.class == opened)
    #expect(reply.ticket?.channel == "email")
    #expect(reply.ticket?.facts.list(.recipients)?.count == recipients.count)
  }

  @Test(
    "E7: a mail to a person alone, or that claims what its address does not open, is refused and kept as an attempt")
  func refused() throws {
    var desk = try Desk(Self.plan)
    for request in [mail(desk, to: ["anna@opus.example"]), mail(desk, class: "III")] {
      let refusal = try #require(desk.refusal { TakeMail.decide(request, &$0, &$1) })
      #expect(refusal.clauses.map(\.id) == ["group-address"])
      try desk.run { state, context in
        TakeMail.record(request, refusal, &state, &context)
        return .accepted(())
      }
    }
    #expect(desk.state.attempts.elements.map { $0.findings.map(\.id) } == [["group-address"], ["group-address"]])
    #expect(desk.state.tickets.count == 0)
    #expect(try take(&desk, mail(desk)).outcome == .opened, "what was refused was not taken")
  }

  @Test(
    "E4: a mail that only asks for a call gets none: it is logged and answered; to the urgent address it still pages")
  func callMeOnly() throws {
    var desk = try Desk(Self.plan)
    let quiet = try take(&desk, mail(desk, content: "call-me-only"))
    #expect(quiet.outcome == .answered)
    #expect(quiet.ticket == nil)
    #expect(quiet.answer?.id == "call-me-only")
    #expect(desk.state.attempts.elements.count == 1)
    let urgent = try take(&desk, mail(desk, to: ["urgent@opus.example"], id: "<c@d>", content: "call-me-only"))
    #expect(urgent.outcome == .answered)
    #expect(urgent.ticket?.class == "III")
    #expect(try take(&desk, mail(desk, id: "<c@d>")).ticket == urgent.ticket)
  }

  @Test("E3: a mail has a Message-ID of 1 to 998 bytes, and 1 to 50 addresses of up to 254 bytes without spaces")
  func bounds() throws {
    var desk = try Desk(Self.plan)
    let long = String(repeating: "x", count: TakeMail.messageIDByteCountMax)
    #expect(reason(&desk, mail(desk, id: "")) == .invalid(field: "message_id"))
    #expect(reason(&desk, mail(desk, id: "<>")) == .invalid(field: "message_id"))
    #expect(reason(&desk, mail(desk, id: long + "x")) == .invalid(field: "message_id"))
    #expect(reason(&desk, mail(desk, id: long)) == nil)
    let address = "support@opus.example"
    let most = Array(repeating: address, count: TakeMail.recipientCountMax)
    #expect(reason(&desk, mail(desk, to: [], id: "1@b")) == .invalid(field: "recipients"))
    #expect(reason(&desk, mail(desk, to: most + [address], id: "1@b")) == .invalid(field: "recipients"))
    #expect(reason(&desk, mail(desk, to: most, id: "1@b")) == nil)
    let name = String(repeating: "x", count: 254 - address.utf8.count)
    #expect(reason(&desk, mail(desk, to: [address, name + address], id: "2@b")) == nil)
    #expect(reason(&desk, mail(desk, to: [address, name + "x" + address], id: "3@b")) == .invalid(field: "recipients"))
    #expect(reason(&desk, mail(desk, to: ["sup port@opus.example"], id: "3@b")) == .invalid(field: "recipients"))
  }
}
