import NotifierRules
import Policy
import Testing

@Suite("Answers")
struct AnswerTests {
  @Test(
    "E10: a voicemail counts before no answer, and refused counts only when all messages were",
    arguments: [
      (0, 0, 0, .none), (2, 0, 0, .none), (2, 1, 0, .none), (2, 2, 0, .refused), (2, 1, 1, .voicemail),
      (2, 0, 1, .voicemail), (0, 0, 1, .voicemail),
    ] as [(Int, Int, Int, Answer)])
  func hearing(messages: Int, refused: Int, voicemails: Int, answer: Answer) {
    let heard = Escalation.Hearing(step: 1, messages: messages, refused: refused, voicemails: voicemails)
    #expect(heard.answer == answer)
  }

  private static let ladder = """
      duty:
        - {at: 0m, tell: [duty.primary], by: [voice]}
        - {at: 10m, when: {answer: refused}, tell: [duty.secondary], by: [voice]}
        - {at: 20m, tell: [customer, duty.secondary], by: [email, voice]}
    """

  /// The ladder runs, and Anna was rung.
  private static func rung() throws -> Desk {
    var desk = try Desk(ladder: ladder, target: "ladder: duty, starts: opened")
    desk.rota("duty.primary", desk.person("Anna", "voice:+6591"))
    desk.rota("duty.secondary", desk.person("Bob", "voice:+6592"))
    desk.account("tan@acme.example")
    desk.told(desk.ticket())
    desk.pass(to: Desk.opened + .minutes(1))
    return desk
  }

  private func answer(_ desk: inout Desk, _ recipient: String, _ answer: Answer) throws -> Decision<Delivery> {
    let id = try #require(desk.state.deliveries.all.last { $0.recipient == recipient }?.id)
    desk.state.deliveries.update(id) { delivery in
      delivery.state = .sent
      delivery.isReady = false
    }
    var context = desk.context
    return DeliveryAnswer.decide(.init(deliveryID: id, answer: answer), &desk.state, &context)
  }

  @Test("E10: a step that is not wanted is passed by in its time, and the one after it keeps its own")
  func notWanted() throws {
    var desk = try Self.rung()
    desk.pass(to: Desk.opened + .minutes(20))
    #expect(desk.messages == ["0: Anna by voice", "20: Contact 0 by email", "20: Bob by voice"])
    #expect(desk.state.steps.elements[1].note == "skipped: answer must be refused (answer: none)")
    #expect(desk.state.steps.elements[1].at == Desk.opened + .minutes(10))
  }

  @Test("E10: a step that waits for an answer is taken when it was given")
  func wanted() throws {
    var desk = try Self.rung()
    #expect(try answer(&desk, "Anna", .refused).refusal == nil)
    desk.pass(to: Desk.opened + .minutes(10))
    #expect(desk.messages.last == "10: Bob by voice")
  }

  @Test("E10: what became of an earlier step counts no more for the next; a person still takes it")
  func earlier() throws {
    var desk = try Self.rung()
    let anna = try #require(desk.state.deliveries.all.first?.id)
    desk.pass(to: Desk.opened + .minutes(20))
    desk.state.deliveries.update(anna) { delivery in
      delivery.state = .sent
      delivery.isReady = false
    }
    var late = desk
    var context = desk.context
    _ = DeliveryAnswer.decide(.init(deliveryID: anna, answer: .voicemail), &desk.state, &context)
    #expect(desk.escalations.first?.heard.voicemails == 0)
    _ = DeliveryAnswer.decide(.init(deliveryID: anna, answer: .person), &late.state, &context)
    #expect(late.escalations.first?.state == .acknowledged && late.escalations.first?.acknowledgedBy == "Anna")
  }

  @Test("A customer who answers what a ladder told takes nothing, and nobody can answer what was not sent")
  func notTheirs() throws {
    var desk = try Self.rung()
    let anna = try #require(desk.state.deliveries.all.first?.id)
    var context = desk.context
    let refused = DeliveryAnswer.decide(.init(deliveryID: anna, answer: .none), &desk.state, &context)
    #expect(refused.refusal?.reason == .conflict(state: "waiting"))
    desk.pass(to: Desk.opened + .minutes(20))
    #expect(try answer(&desk, "Contact 0", .person).refusal == nil)
    #expect(desk.escalations.first?.state == .running)
  }
}
