import NotifierRules
import Policy
import Testing

@Suite("Ladders")
struct LadderTests {
  private static let ladder = """
      duty:
        - {at: 0m, tell: [duty.primary, duty.secondary], by: [email, pager]}
        - {at: 10m, tell: [group.hotline], by: [voice]}
        - {repeat: last, every: 2m, times: 3}
    """

  /// Anna and Bob on duty with mail and pager, Cleo and Dan on the hotline.
  private static func staffed() throws -> Desk {
    var desk = try Desk(ladder: ladder)
    let anna = desk.person("Anna", "email:anna@desk.example", "pager:+6591", "voice:+6592")
    let bob = desk.person("Bob", "email:bob@desk.example")
    let cleo = desk.person("Cleo", "voice:+6593")
    let dan = desk.person("Dan", "voice:+6594", "email:dan@desk.example")
    desk.rota("duty.primary", anna)
    desk.rota("duty.secondary", bob)
    desk.rota("group.hotline", cleo, dan)
    return desk
  }

  private static let due = Desk.opened + .hours(4)

  @Test("A target met exactly on its due instant starts no ladder; one millisecond later it is missed")
  func dueInstant() throws {
    var desk = try Self.staffed()
    desk.told(desk.ticket())
    desk.pass(to: Self.due)
    #expect(desk.clock?.state == .running && desk.escalations.isEmpty)
    var met = desk
    met.told(met.ticket(contacted: Self.due), met: Self.due)
    met.pass(to: Self.due + .hours(1))
    #expect(met.clock?.state == .met && met.escalations.isEmpty)
    desk.pass(to: Self.due + .milliseconds(1))
    #expect(desk.clock?.state == .missed && desk.escalations.count == 1)
  }

  /// When the ladder of a target that is missed begins.
  private static let missed = due + .milliseconds(1)

  @Test("E9: both on duty are told by mail and pager, and the hotline ten minutes later, not one moment before")
  func steps() throws {
    var desk = try Self.staffed()
    desk.told(desk.ticket())
    desk.pass(to: Self.missed + .minutes(10) - .milliseconds(1))
    #expect(desk.messages == ["240: Anna by email", "240: Anna by pager", "240: Bob by email"])
    desk.pass(to: Self.missed + .minutes(10))
    #expect(desk.messages.suffix(2) == ["250: Cleo by voice", "250: Dan by voice"])
    #expect(desk.state.steps.elements.map(\.deliveries) == [3, 2])
  }

  @Test("E10: the last step repeats as often as the plan says, then the run is exhausted and intake is told")
  func repeats() throws {
    var desk = try Self.staffed()
    desk.told(desk.ticket())
    for minutes: Int64 in [12, 14, 16] {
      let before = Int(minutes) - 10
      desk.pass(to: Self.missed + .minutes(minutes) - .milliseconds(1))
      #expect(desk.messages.count == 3 + before)
      desk.pass(to: Self.missed + .minutes(minutes))
      #expect(desk.messages.count == 3 + before + 2)
    }
    desk.pass(to: Self.due + .hours(2))
    #expect(desk.messages.count == 3 + 2 * 4)
    #expect(desk.messages.last == "256: Dan by voice")
    let escalation = try #require(desk.escalations.first)
    #expect(escalation.state == .exhausted && escalation.taken == 5)
    #expect(desk.state.common.events.elements.last == .escalation(escalation))
  }

  @Test(
    "E9: an acknowledgement by either stops the ladder, to the last moment; who acknowledged first stays",
    arguments: [["Anna", "Bob"], ["Bob", "Anna"]])
  func acknowledged(people: [String]) throws {
    var desk = try Self.staffed()
    desk.told(desk.ticket())
    desk.pass(to: Self.missed + .minutes(10) - .milliseconds(1))
    let id = try #require(desk.escalations.first?.id)
    for by in people {
      var context = desk.context
      let decision = EscalationAcknowledge.decide(.init(escalationID: id, by: by), &desk.state, &context)
      #expect(decision.reply?.acknowledgedBy == people[0] && decision.reply?.state == .acknowledged)
    }
    desk.pass(to: Self.due + .hours(2))
    #expect(desk.messages.count == 3)
  }

  @Test("What meets the target, a contact, an acknowledgement in intake or the ticket's end stops the ladder")
  func stopped() throws {
    let then = Self.due + .minutes(5)
    let ends: [(String, (inout Desk) -> Void, Escalation.State)] = [
      ("met late", { $0.told($0.ticket(contacted: then), met: then, missed: true) }, .stopped),
      ("contacted", { $0.told($0.ticket(contacted: then), missed: true) }, .stopped),
      ("acknowledged", { $0.told($0.ticket(acknowledged: then), missed: true) }, .acknowledged),
      ("resolved", { $0.told($0.ticket(state: .resolved), missed: true) }, .stopped),
    ]
    for (what, end, state) in ends {
      var desk = try Self.staffed()
      desk.told(desk.ticket())
      desk.pass(to: then)
      end(&desk)
      desk.pass(to: then + .hours(2))
      #expect(desk.messages.count == 3 && desk.escalations.first?.state == state, "\(what)")
    }
  }

  @Test("An acknowledgement from before the target was missed stops nothing")
  func acknowledgedBefore() throws {
    var desk = try Self.staffed()
    let early = Desk.opened + .minutes(1)
    desk.told(desk.ticket(acknowledged: early))
    desk.pass(to: Self.due + .minutes(1))
    desk.told(desk.ticket(acknowledged: early), missed: true)
    #expect(desk.escalations.first?.state == .running)
  }

  @Test("E9: a step that finds nobody is recorded with the reason, and the next is taken at once")
  func emptyStep() throws {
    var desk = try Desk(ladder: Self.ladder)
    let cleo = desk.person("Cleo", "voice:+6593")
    desk.rota("duty.primary")
    desk.rota("group.hotline", cleo)
    desk.told(desk.ticket())
    desk.pass(to: Self.due + .milliseconds(1))
    #expect(desk.messages == ["240: Cleo by voice"])
    let skipped = try #require(desk.state.steps.elements.first)
    #expect(skipped.deliveries == 0)
    #expect(skipped.note == "skipped: nobody is on duty.primary, there is no rota duty.secondary")
  }

  @Test("All steps empty: the run is exhausted at once, each step is recorded, and intake is told")
  func allEmpty() throws {
    var desk = try Desk(ladder: Self.ladder)
    let bob = desk.person("Bob", "sms:+6590")
    desk.rota("duty.primary", bob)
    desk.told(desk.ticket())
    desk.pass(to: Self.due + .hours(1))
    let escalation = try #require(desk.escalations.first)
    #expect(escalation.state == .exhausted && desk.messages.isEmpty)
    #expect(desk.state.steps.elements.count == 2)
    #expect(desk.state.steps.elements.first?.note.contains("Bob (duty.primary) has no email or pager") == true)
    #expect(desk.state.common.events.elements.last == .escalation(escalation))
  }

  @Test("I8: a target that both services see missed has one run of its ladder")
  func onceOnly() throws {
    var desk = try Self.staffed()
    desk.told(desk.ticket())
    desk.pass(to: Self.due + .minutes(1))
    for _ in 0..<3 { desk.told(desk.ticket(), missed: true) }
    desk.pass(to: Self.due + .minutes(2))
    #expect(desk.escalations.count == 1 && desk.messages.count == 3)
  }

  @Test("I8: a target that was met late before this service knew has a run, which stopped")
  func knownLate() throws {
    var desk = try Self.staffed()
    desk.now = Self.due + .hours(1)
    desk.told(desk.ticket(contacted: desk.now), met: desk.now, missed: true)
    desk.pass(to: desk.now + .hours(1))
    #expect(desk.escalations.map(\.state) == [.stopped] && desk.messages.isEmpty)
  }

  @Test("A paused target never falls due, and goes on with the due instant that intake tells")
  func paused() throws {
    var desk = try Self.staffed()
    desk.told(desk.ticket())
    desk.told(desk.ticket(), paused: true)
    desk.pass(to: Self.due + .hours(9))
    #expect(desk.clock?.state == .paused && desk.escalations.isEmpty)
    desk.told(desk.ticket(), due: Self.due + .hours(10))
    desk.pass(to: Self.due + .hours(10) + .milliseconds(1))
    #expect(desk.clock?.state == .missed && desk.escalations.count == 1)
  }

  @Test("A target that is promised anew after it was missed has a run of its own when it is missed again")
  func promisedAnew() throws {
    var desk = try Self.staffed()
    desk.told(desk.ticket())
    desk.pass(to: Self.due + .minutes(1))
    desk.told(desk.ticket(state: .closed), missed: true)
    desk.told(desk.ticket(), due: Self.due + .hours(24))
    #expect(desk.clock?.state == .running && desk.clock?.round == 2)
    desk.pass(to: Self.due + .hours(24) + .milliseconds(1))
    #expect(desk.escalations.count == 2)
  }

  @Test("A target that the ticket promises no more is cancelled")
  func promisedNoMore() throws {
    var desk = try Self.staffed()
    desk.told(desk.ticket())
    var context = desk.context
    _ = TicketTold.decide(
      TicketTold.Request(ticket: desk.ticket(), promises: [], at: desk.now), &desk.state, &context)
    desk.pass(to: Self.due + .hours(1))
    #expect(desk.clock?.state == .cancelled && desk.escalations.isEmpty)
  }

  @Test("I8: a target that was missed stays missed when it is promised no more, and has a new run when it is again")
  func missedAndPromisedNoMore() throws {
    var desk = try Self.staffed()
    desk.told(desk.ticket())
    desk.pass(to: Self.due + .minutes(1))
    var context = desk.context
    _ = TicketTold.decide(
      TicketTold.Request(ticket: desk.ticket(), promises: [], at: desk.now), &desk.state, &context)
    #expect(desk.clock?.state == .missed && desk.clock?.endedAt == Self.due)
    desk.told(desk.ticket(), due: Self.due + .hours(24))
    #expect(desk.clock?.state == .running && desk.clock?.round == 2)
    desk.pass(to: Self.due + .hours(24) + .milliseconds(1))
    #expect(desk.escalations.count == 2)
  }

  @Test("A plan that is not published here is said to intake, and a target without a ladder has no run")
  func planUnknown() throws {
    var desk = try Self.staffed()
    desk.state.common.plans = [:]
    desk.told(desk.ticket())
    desk.pass(to: Self.due + .minutes(1))
    #expect(desk.escalations.map(\.state) == [.exhausted])
    #expect(desk.escalations.first?.ending.contains("publish it") == true)
    var without = try Desk(ladder: Self.ladder, target: "dispatched_met_by: attended")
    without.told(without.ticket())
    without.pass(to: Self.due + .minutes(1))
    #expect(without.clock?.state == .missed && without.escalations.isEmpty)
  }

  @Test(
    "A ladder may begin before the target is due, or with the ticket",
    arguments: [
      ("starts: 1h before", "180: Anna by email"), ("starts: opened", "0: Anna by email"),
    ])
  func early(starts: String, first: String) throws {
    var desk = try Desk(
      ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]", target: "ladder: duty, \(starts)")
    let anna = desk.person("Anna", "email:anna@desk.example")
    desk.rota("duty.primary", anna)
    desk.told(desk.ticket())
    desk.pass(to: Self.due + .minutes(10))
    #expect(desk.messages == [first])
    #expect(desk.clock?.state == .missed && desk.escalations.count == 1)
  }

  @Test("E9: the ladder of a ticket's class begins with the ticket")
  func classLadder() throws {
    var desk = try Desk(
      ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]", target: "dispatched_met_by: attended",
      classes: "classes: {III: {ladder: duty}}\ndefault_class: III")
    let anna = desk.person("Anna", "email:anna@desk.example")
    desk.rota("duty.primary", anna)
    desk.told(desk.ticket("III"))
    desk.told(desk.ticket("III"))
    desk.pass(to: Desk.opened + .minutes(10))
    #expect(desk.messages == ["0: Anna by email"])
  }

  @Test("A person who is both primary and secondary is told once, and a message names ticket, target and step")
  func wording() throws {
    var desk = try Desk(ladder: Self.ladder)
    let anna = desk.person("Anna", "email:anna@desk.example")
    desk.rota("duty.primary", anna)
    desk.rota("duty.secondary", anna)
    desk.told(desk.ticket())
    desk.pass(to: Self.due + .minutes(1))
    let delivery = try #require(desk.state.deliveries.all.first)
    #expect(desk.state.deliveries.count == 1)
    #expect(delivery.subject == "Ticket 12, target respond: Mail is down")
    #expect(delivery.text.contains("Customer: Acme, Tan"))
    #expect(delivery.text.contains("2026-03-02 14:00 Asia/Singapore"))
  }
}
