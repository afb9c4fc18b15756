import NotifierRules
import Policy
import Testing

@Suite("Informing customers")
struct InformingTests {
  private static let ladder = """
      duty: [{at: 0m, tell: [duty.primary], by: [email]}]
      first: [{at: 0m, tell: [duty.primary], by: [pager]}]
    """
  private static let informed = """
    updates: {every: 8h, in: always}
    survey: {after: 1 day, text: "How was it?"}
    """

  private static func desk(_ more: String) throws -> Desk {
    var desk = try Desk(ladder: ladder, target: "dispatched_met_by: attended", classes: more)
    desk.rota("duty.primary", desk.person("Anna", "email:anna@desk.example", "pager:+6591"))
    desk.account("tan@acme.example")
    return desk
  }

  private func notices(_ desk: Desk) -> [String] { desk.state.notices.all.map(\.kind) }

  @Test("P14: a plan that promises no word and asks nothing has no clock and no question")
  func nothingPromised() throws {
    var desk = try Self.desk("")
    desk.told(desk.ticket())
    desk.told(desk.ticket(state: .closed), closures: [Desk.opened])
    desk.pass(to: Desk.opened + .days(30))
    #expect(desk.state.notices.isEmpty && desk.state.clocks.count == 1)
    #expect(desk.state.tickets[Desk.ticketID]?.surveys == [])
  }

  @Test("P14: the word is due on its instant, not one millisecond before, and counts from the latest word")
  func due() throws {
    var desk = try Self.desk(Self.informed)
    desk.told(desk.ticket())
    desk.pass(to: Desk.opened + .hours(8) - .milliseconds(1))
    #expect(desk.state.notices.isEmpty)
    desk.pass(to: Desk.opened + .hours(8))
    #expect(notices(desk) == ["update"])
    var ticket = desk.ticket()
    ticket.heardAt = Desk.opened + .hours(7)
    desk.told(ticket)
    desk.pass(to: Desk.opened + .hours(16) - .milliseconds(1))
    #expect(notices(desk) == ["update"], "an earlier word does not make the next one earlier")
    desk.pass(to: Desk.opened + .hours(16))
    #expect(notices(desk) == ["update", "update"])
  }

  @Test("P14: the word and the question say their fields, in the plan's civil time")
  func facts() throws {
    var desk = try Self.desk(Self.informed)
    desk.told(desk.ticket())
    desk.pass(to: Desk.opened + .hours(8))
    desk.told(desk.ticket(state: .closed), closures: [Desk.opened + .hours(9)])
    desk.pass(to: Desk.opened + .days(2))
    let notices = desk.state.notices.all.sorted { $0.at < $1.at }
    #expect(notices.map(\.kind) == ["update", "survey"])
    for notice in notices {
      let kind = try #require(MessageKind(rawValue: notice.kind))
      let missing = Set(kind.fields.map(\.name)).subtracting(notice.facts.values.keys)
      #expect(missing.isSubset(of: ["customer", "contact", "words", "seen", "reached", "next"]), "\(missing)")
      #expect(Set(notice.facts.values.keys).isSubset(of: Set(kind.fields.map(\.name))))
    }
    let update = try #require(desk.state.deliveries.all.first { $0.cause == .notice(notices[0].id) })
    #expect(update.template == "update en 0" && update.subject == notices[0].subject)
    #expect(update.text.contains("Opened: 2 March 2026, 10:00 (Asia/Singapore)\n"))
    #expect(update.text.contains("You hear from us again by 3 March 2026, 02:00 (Asia/Singapore).\n"))
    #expect(update.html?.contains("<p>Missed") == false)
  }

  @Test("P14: no ladder runs for the word to the customer, and nothing is missed")
  func noLadder() throws {
    var desk = try Self.desk(Self.informed)
    desk.told(desk.ticket(), met: Desk.opened + .minutes(1))
    desk.pass(to: Desk.opened + .days(3))
    #expect(desk.escalations.isEmpty)
    #expect(desk.state.clocks.all.map(\.state).sorted { $0.rawValue < $1.rawValue } == [.met, .running])
  }

  @Test("P14: every closure is asked about once, also when many are told at once, and again")
  func surveys() throws {
    var desk = try Self.desk(Self.informed)
    desk.told(desk.ticket())
    let closures = (0..<3).map { Desk.opened + .minutes($0) }
    for _ in 0..<2 { desk.told(desk.ticket(state: .closed), closures: closures) }
    desk.pass(to: Desk.opened + .days(1) - .milliseconds(1))
    #expect(desk.state.notices.isEmpty)
    desk.pass(to: Desk.opened + .days(1))
    #expect(notices(desk) == ["survey"])
    desk.pass(to: Desk.opened + .days(1) + .minutes(1))
    #expect(notices(desk) == ["survey", "survey"])
    desk.told(desk.ticket(state: .closed), closures: closures)
    desk.pass(to: Desk.opened + .days(9))
    #expect(notices(desk) == ["survey", "survey", "survey"])
    #expect(desk.state.tickets[Desk.ticketID]?.surveys.allSatisfy(\.isAsked) == true)
  }

  @Test("P15: a pause stops the word and the target with its reason; both go on with the news that ends it")
  func paused() throws {
    var desk = try Self.desk(Self.informed)
    desk.told(desk.ticket(), paused: true, reason: "cooperation")
    #expect(desk.state.clocks.all.map(\.pausedReason) == ["cooperation", "cooperation"])
    desk.pass(to: Desk.opened + .days(2))
    #expect(desk.state.notices.isEmpty && desk.state.clocks.all.allSatisfy { $0.state == .paused })
    desk.told(desk.ticket(), due: Desk.opened + .days(3))
    #expect(desk.state.clocks.all.allSatisfy { $0.state == .running && $0.pausedReason.isEmpty })
    desk.pass(to: Desk.opened + .days(2) + .hours(8))
    #expect(notices(desk) == ["update"])
  }

  @Test(
    "P14 P15: from where a round counts is kept, and the plan's span after that it is due, whatever the clock goes through"
  )
  func counted() throws {
    var desk = try Desk(
      ladder: Self.ladder, target: "dispatched_met_by: attended", classes: "updates: {every: 8h, in: office}",
      hours: "{always: 24x7, office: {mon-fri: 09:00-18:00}}")
    desk.account("tan@acme.example")
    var ticket = desk.ticket()
    func expect(_ countedFrom: Int64, due: Int64, sourceLocation: SourceLocation = #_sourceLocation) throws {
      let clock = try #require(desk.state.clocks.members(of: Desk.ticketID).first { $0.target == "updates" })
      let from = try #require(clock.countedFrom)
      #expect(from == Desk.opened + .hours(countedFrom), sourceLocation: sourceLocation)
      #expect(clock.due == Desk.opened + .hours(due), sourceLocation: sourceLocation)
      #expect(desk.plan.nextUpdate(after: from) == clock.due, sourceLocation: sourceLocation)
    }
    func tell(_ hour: Int64, paused: Bool = false) {
      desk.now = Desk.opened + .hours(hour)
      desk.told(ticket, due: Desk.opened + .days(30), paused: paused, reason: paused ? "cooperation" : "")
    }
    // Monday, 10:00: due when the desk closes. A word at 16:00 moves it to Tuesday, 15:00.
    tell(0)
    try expect(0, due: 8)
    ticket.heardAt = Desk.opened + .hours(6)
    tell(7)
    try expect(6, due: 29)
    // It stands still from 20:00 to 21:00, and for an hour once more: each time it counts anew, though all of that is closed time.
    tell(10, paused: true)
    try expect(6, due: 29)
    tell(11)
    try expect(11, due: 31)
    tell(12, paused: true)
    tell(13)
    try expect(13, due: 31)
    // Its own word, after which an earlier one changes nothing.
    desk.pass(to: Desk.opened + .hours(31))
    try expect(31, due: 54)
    tell(32)
    try expect(31, due: 54)
    // A word while it stands still, and the end of the ticket and its reopening on Thursday.
    tell(33, paused: true)
    ticket.heardAt = Desk.opened + .hours(48)
    tell(48, paused: true)
    try expect(48, due: 56)
    ticket.state = .resolved
    tell(49)
    ticket.state = .open
    tell(72)
    try expect(72, due: 80)
    #expect(desk.state.clockEvents.elements.last?.why == "It goes on.")
    #expect(desk.state.clocks.members(of: Desk.ticketID).first { $0.target == "respond" }?.countedFrom == nil)
  }

  @Test(
    "P7: a class with another ladder begins it once, and ends the earlier one; one with the same or none begins nothing"
  )
  func classes() throws {
    let classes = """
      classes: {a: {ladder: duty}, b: {ladder: duty}, c: {ladder: first}, d: {}}
      default_class: a
      """
    var desk = try Self.desk(classes)
    func runs() -> [String] { desk.escalations.map { "\($0.ladder) \($0.round) \($0.state.rawValue)" } }
    desk.told(desk.ticket("a"))
    desk.told(desk.ticket("b"))
    #expect(runs() == ["duty 1 running"])
    for _ in 0..<2 { desk.told(desk.ticket("c")) }
    #expect(runs() == ["duty 1 stopped", "first 2 running"])
    desk.told(desk.ticket("d"))
    #expect(runs() == ["duty 1 stopped", "first 2 stopped"])
    desk.told(desk.ticket("a"))
    #expect(runs() == ["duty 1 stopped", "first 2 stopped", "duty 3 running"])
  }

  @Test("P7: a class's ladder that somebody took is not begun again, and another class's is")
  func classTaken() throws {
    var desk = try Self.desk("classes: {a: {ladder: duty}, c: {ladder: first}}\ndefault_class: a")
    desk.told(desk.ticket("a"))
    desk.now = Desk.opened + .minutes(5)
    desk.told(desk.ticket("a", acknowledged: desk.now))
    desk.now = Desk.opened + .minutes(9)
    desk.told(desk.ticket("c", acknowledged: Desk.opened + .minutes(5)))
    #expect(desk.escalations.map(\.state) == [.acknowledged, .running])
    #expect(desk.escalations.last?.startedAt == desk.now)
  }

  @Test("P17: the end of life is told once for each day, to who is on the plan, and the latest edition holds")
  func endOfLife() throws {
    var desk = try Self.desk("")
    func publish(_ product: String) throws -> Plan {
      let plan = try Desk(ladder: Self.ladder, classes: product).plan
      desk.state.common.plans[plan.version] = plan
      var context = desk.context
      desk.state.published(plan, &context)
      return plan
    }
    func fire() throws {
      var context = desk.context
      for end in desk.state.productEnds.all { _ = ProductEndDue.decide(end.id, &desk.state, &context) }
    }
    let product = "product: {releases: [{version: \"1.0\", on: 2026-01-01}], end_of_life: {notice: 12 months"
    desk.onPlan("test")
    _ = try publish("product: {releases: [{version: \"1.0\", on: 2026-01-01}]}")
    try fire()
    #expect(desk.state.notices.isEmpty)
    _ = try publish(product + ", on: 2027-03-02}}")
    desk.now = desk.now + .milliseconds(1)
    _ = try publish(product + ", on: 2027-03-01}}")
    for _ in 0..<2 { try fire() }
    let notice = try #require(desk.state.notices.all.first)
    #expect(desk.state.notices.count == 1 && notice.isLate && notice.subject == "product: support ends on 2027-03-01")
    desk.onPlan("other")
    desk.now = desk.now + .milliseconds(1)
    _ = try publish(product + ", on: 2029-03-01}}")
    try fire()
    #expect(desk.state.notices.count == 1)
    desk.onPlan("test")
    #expect(desk.state.notices.count == 2 && desk.state.notices.all.contains { !$0.isLate })
  }
}

extension Desk {
  /// Intake's news that the account has agreed to the plan of that id.
  mutating func onPlan(_ plan: String) {
    var context = context
    _ = AccountTold.decide(AccountView(id: Desk.accountID, name: "Acme", contacts: [], plan: plan), &state, &context)
  }
}
