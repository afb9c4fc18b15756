import NotifierRules
import Policy
import Testing

@Suite("Calls that a ticket's news tells of")
struct TicketCallTests {
  private static let ladder = """
      urgent:
        - {at: 0m, tell: [group.duty], by: [email]}
        - {at: 10m, tell: [group.hotline], by: [voice], or_when: {dialled: "3,9"}}
        - {at: 12m, when: {answer: [none, voicemail]}, tell: [group.everyone], by: [voice]}
    """

  private func call(_ number: Int64, _ dialled: String = "", _ answer: Answer? = nil) -> TicketTold.NumberedCall {
    TicketTold.NumberedCall(
      number: number,
      call: EscalationCall.Request(ticketID: Desk.ticketID, dialled: dialled, answer: answer, by: "Sam"))
  }

  private func desk() throws -> Desk {
    var desk = try Desk(ladder: Self.ladder, target: "ladder: urgent, starts: opened")
    let (duty, phone) = (desk.person("Maria", "email:m@desk.example"), desk.person("Kim", "voice:+1520555"))
    desk.rota("group.duty", duty)
    desk.rota("group.hotline", phone)
    desk.rota("group.everyone", phone)
    desk.told(desk.ticket())
    desk.pass(to: Desk.opened + .minutes(3))
    #expect(desk.messages == ["0: Maria by email"])
    return desk
  }

  @Test("E10: keys bring the later step forward once, however often the same news is told; a voicemail widens it")
  func forward() throws {
    var desk = try desk()
    desk.told(desk.ticket(), calls: [call(1, "3,9")])
    desk.pass(to: desk.now)
    #expect(desk.messages == ["0: Maria by email", "3: Kim by voice"])
    for calls in [[call(1, "3,9")], [call(1, "3,9"), call(2, "3,9", .voicemail)]] {
      desk.now = desk.now + .seconds(10)
      desk.told(desk.ticket(), calls: calls)
      desk.pass(to: desk.now)
      #expect(desk.messages == ["0: Maria by email", "3: Kim by voice"])
    }
    #expect(desk.escalations.first?.heard.voicemails == 1)
    desk.told(desk.ticket(), calls: [call(1, "3,9"), call(2, "3,9", .voicemail)])
    #expect(desk.escalations.first?.heard.voicemails == 1, "each call counts once")
    desk.pass(to: Desk.opened + .minutes(5) - .milliseconds(1))
    #expect(desk.messages == ["0: Maria by email", "3: Kim by voice"])
    desk.pass(to: Desk.opened + .minutes(5))
    #expect(desk.messages == ["0: Maria by email", "3: Kim by voice", "5: Kim by voice"])
  }

  @Test("A person who answers the customer's call takes the ticket's ladder")
  func person() throws {
    var desk = try desk()
    desk.told(desk.ticket(), calls: [call(1, "", .person)])
    #expect(desk.escalations.first?.state == .acknowledged)
    #expect(desk.escalations.first?.acknowledgedBy == "Sam")
  }

  @Test("Calls that are told no more, being too many, are not taken anew")
  func latest() throws {
    var desk = try desk()
    desk.told(desk.ticket(), calls: [call(60, "3")])
    desk.told(desk.ticket(), calls: [call(60, "3,9")])
    desk.pass(to: desk.now)
    #expect(desk.messages == ["0: Maria by email"])
  }
}
