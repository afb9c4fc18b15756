import NotifierRules
import Policy
import Testing

@Suite("Acknowledgements that expire")
struct AcknowledgementTests {
  private static let ladder = """
      duty:
        - {at: 0m, tell: [duty.primary], by: [email]}
        - {at: 10m, tell: [group.hotline], by: [voice]}
        - {contact_within: 15m}
    """
  private static let taken = Desk.opened + .minutes(5)
  private static let expires = taken + .minutes(15) + .milliseconds(1)

  /// The ladder began with the ticket, and Anna took it after five minutes.
  private static func acknowledged() throws -> Desk {
    var desk = try Desk(ladder: ladder, target: "ladder: duty, starts: opened")
    desk.rota("duty.primary", desk.person("Anna", "email:anna@desk.example"))
    desk.rota("group.hotline", desk.person("Cleo", "voice:+6593"))
    desk.told(desk.ticket())
    desk.pass(to: taken)
    let id = try #require(desk.escalations.first?.id)
    var context = desk.context
    let decision = EscalationAcknowledge.decide(.init(escalationID: id, by: "Anna"), &desk.state, &context)
    #expect(decision.reply?.expiresAt == expires)
    #expect(desk.state.common.timers.due(TicketDue.timer, Desk.ticketID) == expires)
    return desk
  }

  private func kinds(_ desk: Desk) -> [EscalationEvent.Kind] { desk.state.escalationEvents.elements.map(\.kind) }

  @Test("Nobody reaches the customer in time: the acknowledgement expires, and the ladder goes on with its next step")
  func expired() throws {
    var desk = try Self.acknowledged()
    desk.pass(to: Self.expires - .milliseconds(1))
    #expect(desk.escalations.first?.state == .acknowledged && desk.messages.count == 1)
    desk.pass(to: Self.expires)
    let run = try #require(desk.escalations.first)
    #expect(run.state == .running && run.acknowledgedAt == nil && run.expiredAt == Self.expires)
    #expect(desk.messages == ["0: Anna by email", "20: Cleo by voice"])
    #expect(kinds(desk) == [.started, .acknowledged, .expired])
    #expect(
      desk.state.escalationEvents.elements.last?.text
        == "Anna took it, and nobody reached the customer in time: the ladder goes on.")
    #expect(desk.state.escalationEvents.elements.map(\.number) == [1, 2, 3])
  }

  @Test("Whoever reaches the customer in time keeps it, on the last instant too; so does the end of the ticket")
  func kept() throws {
    let last = Self.expires - .milliseconds(1)
    let ends: [(String, (inout Desk) -> Void)] = [
      ("contacted", { $0.told($0.ticket(contacted: last), met: last) }),
      ("resolved", { $0.told($0.ticket(state: .resolved)) }),
    ]
    for (what, end) in ends {
      var desk = try Self.acknowledged()
      desk.pass(to: last)
      end(&desk)
      desk.pass(to: Self.expires + .hours(3))
      #expect(desk.escalations.first?.state == .acknowledged && desk.messages.count == 1, "\(what)")
      #expect(kinds(desk) == [.started, .acknowledged, .kept], "\(what)")
    }
  }

  @Test("What intake says of the acknowledgement that expired takes it no second time; a new one does")
  func notTwice() throws {
    var desk = try Self.acknowledged()
    desk.pass(to: Self.expires)
    desk.told(desk.ticket(acknowledged: Self.taken))
    #expect(desk.escalations.first?.state == .running)
    desk.told(desk.ticket(acknowledged: Self.expires + .minutes(1)))
    #expect(desk.escalations.first?.state == .acknowledged)
    #expect(desk.escalations.first?.expiresAt == Self.expires + .minutes(16) + .milliseconds(1))
  }

  @Test("A ladder at its end that was taken, and led to no contact, is exhausted once more: intake is told")
  func atTheEnd() throws {
    var desk = try Desk(
      ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}, {contact_within: 15m}]",
      target: "ladder: duty, starts: opened")
    desk.rota("duty.primary", desk.person("Anna", "email:anna@desk.example"))
    desk.told(desk.ticket())
    desk.pass(to: Desk.opened + .hours(1))
    let run = try #require(desk.escalations.first)
    #expect(run.state == .exhausted)
    var context = desk.context
    _ = EscalationAcknowledge.decide(.init(escalationID: run.id, by: "Anna"), &desk.state, &context)
    desk.pass(to: Desk.opened + .hours(2))
    #expect(desk.escalations.first?.state == .exhausted)
    #expect(kinds(desk) == [.started, .exhausted, .acknowledged, .expired, .exhausted])
    #expect(desk.state.common.events.elements.last == .escalation(try #require(desk.escalations.first)))
  }

  @Test("Without contact_within an acknowledgement holds for good")
  func forGood() throws {
    var desk = try Desk(
      ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]", target: "ladder: duty, starts: opened")
    desk.rota("duty.primary", desk.person("Anna", "email:anna@desk.example"))
    desk.told(desk.ticket())
    desk.pass(to: Self.taken)
    let id = try #require(desk.escalations.first?.id)
    var context = desk.context
    _ = EscalationAcknowledge.decide(.init(escalationID: id, by: "Anna"), &desk.state, &context)
    #expect(desk.escalations.first?.expiresAt == nil)
    desk.pass(to: Desk.opened + .days(9))
    #expect(desk.escalations.first?.state == .acknowledged)
  }

  @Test("A person by the handle, everyone on a rota and an endpoint are told; a handle that nobody has is said")
  func recipients() throws {
    var desk = try Desk(
      ladder: """
          duty:
            - {at: 0m, tell: [person.lead, person.gone, everyone.primary, webhook.chat], by: [email, webhook]}
        """, target: "ladder: duty, starts: opened")
    let (anna, bob) = (desk.person("Anna", "email:anna@desk.example"), desk.person("Bob", "email:bob@desk.example"))
    desk.rota("duty.primary", anna, bob)
    _ = desk.person("Cleo", handle: "lead", "email:cleo@desk.example")
    desk.told(desk.ticket())
    desk.pass(to: Desk.opened)
    #expect(
      Set(desk.messages) == [
        "0: Cleo by email", "0: Anna by email", "0: Bob by email", "0: webhook.chat by webhook",
      ])
    let hook = try #require(desk.state.deliveries.all.first { $0.method == .webhook })
    #expect(hook.address == "chat" && hook.personID == nil)
    #expect(desk.state.steps.elements.first?.note.contains("there is no person with the handle gone") == true)
  }

  @Test("A handle is nobody else's, and has the form of a name")
  func handles() throws {
    var desk = try Desk(ladder: Self.ladder)
    let anna = desk.person("Anna", handle: "lead")
    func set(_ handle: String, _ id: PersonID? = nil) -> Refused.Code? {
      var context = desk.context
      return PersonSet.decide(.init(personID: id, handle: handle, name: "X", methods: []), &desk.state, &context)
        .refusal?.reason.code
    }
    #expect(set("lead") == .alreadyExists && set("lead", anna) == nil)
    #expect(set("a b") == .invalid && set(String(repeating: "h", count: 65)) == .invalid)
    #expect(set(String(repeating: "h", count: 64)) == nil && set("") == nil && set("") == nil)
  }
}
