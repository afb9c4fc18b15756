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
