import NotifierRules
import Policy
import Testing

@Suite("Answers to mail")
struct MailAnswerTests {
  private func decide(
    address: String = "x@evil.example", references: [String] = ["1@a.example"], text: String = "No."
  ) -> (Refused?, [Delivery]) {
    var state = NotifierState(tenant: TenantID(high: 1, low: 1))
    var context = Context(
      now: .epoch, caller: Caller(role: .service, name: "intake"), ids: IdentifierSource(seed: 1))
    let request = AnswerTold.Request(
      id: SubjectID(high: 2, low: 2), address: address, name: "X\nY", subject: "Auto: Re: x", text: text,
      references: references, ticketID: nil)
    switch AnswerTold.decide(request, &state, &context) {
    case .accepted: return (nil, state.deliveries.all)
    case .refused(let refused): return (refused, state.deliveries.all)
    }
  }

  @Test("An answer is one message, which is no escalation's and no notice's")
  func sent() throws {
    let (refused, deliveries) = decide()
    #expect(refused == nil)
    let delivery = try #require(deliveries.first)
    #expect(deliveries.count == 1)
    #expect(delivery.isAnswer)
    #expect(delivery.recipient == "X Y")
    #expect(delivery.references == ["1@a.example"])
  }

  @Test("What a header cannot hold is refused")
  func refused() {
    #expect(decide(address: "x@evil.example\nBcc: y@z").0 != nil)
    #expect(decide(references: ["a b"]).0 != nil)
    #expect(decide(references: ["<a>"]).0 != nil)
    #expect(decide(references: [""]).0 != nil)
    #expect(decide(text: String(repeating: "x", count: 16_384)).0 == nil)
    #expect(decide(text: String(repeating: "x", count: 16_385)).0 != nil)
    let long = String(repeating: "x", count: 1_000)
    #expect(decide(references: Array(repeating: long, count: 10)).0 == nil)
    #expect(decide(references: Array(repeating: long + "x", count: 10)).0 != nil)
  }
}
