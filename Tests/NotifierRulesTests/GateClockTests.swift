import NotifierRules
import Policy
import Testing

@Suite("Clocks of gates inside work")
struct GateClockTests {
  private static let opened = Desk.opened

  /// A desk whose plan has gates on work on site.
  private static func desk() throws -> Desk {
    var desk = try Desk(
      ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]", target: "dispatched_met_by: attended",
      classes: "updates: {every: 8h, in: always}",
      rates: """

          - {id: site, when: {mode: onsite}, blocks: {of: 3h, each: 50}, gates: [{at: 2h, needs: assessment}, {at: 3h, needs: consent}]}
          - {id: any, flat: 1}
        """)
    desk.account("tan@acme.example")
    return desk
  }

  private static func gate(
    _ id: String, _ state: SlaClock.State, due: TimeSpan? = nil, at: TimeSpan, _ why: String = "x"
  ) -> TicketTold.Gate {
    TicketTold.Gate(id: id, state: state, due: due.map { opened + $0 }, at: opened + at, why: why)
  }

  private static func tell(_ desk: inout Desk, _ gates: TicketTold.Gate..., state: TicketView.State = .dispatched) {
    var context = desk.context
    let request = TicketTold.Request(
      ticket: desk.ticket(state: state),
      promises: [TicketTold.Promise(target: "respond", due: opened + .hours(4), metAt: nil, isMissed: false)],
      at: desk.now, gates: gates)
    #expect(TicketTold.decide(request, &desk.state, &context).refusal == nil)
  }

  /// What a clock went through, as `minutes: state, due minutes: why`.
  private static func history(_ desk: Desk, _ target: String) throws -> [String] {
    let clock = try #require(desk.state.clocks.members(of: Desk.ticketID).first { $0.target == target })
    return desk.state.clockEvents.elements.filter { $0.clockID == clock.id }.map { event in
      func minutes(_ instant: Instant) -> Int64 { (instant - opened).wholeMinutes }
      return "\(minutes(event.at)): \(event.state.rawValue), due \(minutes(event.due)): \(event.why)"
    }
  }

  @Test("F17b: it runs while work goes on, stands still with it, moves, and each interval is kept with its reason")
  func course() throws {
    var desk = try Self.desk()
    Self.tell(&desk, Self.gate("site-consent", .running, due: .hours(3), at: .zero, "Work goes on."))
    desk.now = Self.opened + .hours(1)
    // Told again with nothing new: nothing is recorded.
    Self.tell(&desk, Self.gate("site-consent", .running, due: .hours(3), at: .hours(1), "Work goes on: 1h."))
    Self.tell(&desk, Self.gate("site-consent", .paused, at: .hours(1), "Nobody is at work."))
    desk.now = Self.opened + .hours(2)
    Self.tell(&desk, Self.gate("site-consent", .running, due: .hours(4), at: .hours(2), "Work goes on again."))
    desk.now = Self.opened + .hours(3)
    Self.tell(&desk, Self.gate("site-consent", .running, due: .hours(7), at: .hours(3), "Block 2 was agreed to."))
    Self.tell(&desk, state: .resolved)
    #expect(
      try Self.history(desk, "site-consent") == [
        "0: running, due 180: Work goes on.", "60: paused, due 180: Nobody is at work.",
        "120: running, due 240: Work goes on again.", "180: running, due 420: Block 2 was agreed to.",
        "180: cancelled, due 420: The ticket is resolved.",
      ])
  }

  @Test(
    "F16: it fires when work comes to it, once, with no ladder; a late answer leaves it missed, and work begins it anew"
  )
  func fires() throws {
    var desk = try Self.desk()
    Self.tell(&desk, Self.gate("site-assessment", .running, due: .hours(2), at: .zero, "Work goes on."))
    desk.pass(to: Self.opened + .hours(2) + .minutes(1))
    #expect(desk.escalations.isEmpty)
    Self.tell(&desk, Self.gate("site-assessment", .missed, due: .hours(2), at: .hours(2), "Work came to it."))
    Self.tell(&desk, Self.gate("site-assessment", .met, at: .hours(3), "The customer let work go on."))
    #expect(
      try Self.history(desk, "site-assessment") == [
        "0: running, due 120: Work goes on.",
        "120: missed, due 120: It was due, and what was promised had not happened.",
      ])
    // The ticket was reopened: the same gate is ahead again.
    desk.now = Self.opened + .hours(10)
    Self.tell(&desk, Self.gate("site-assessment", .running, due: .hours(12), at: .hours(10), "Work goes on."))
    let clock = try #require(desk.state.clocks.members(of: Desk.ticketID).first { $0.target == "site-assessment" })
    #expect(clock.round == 2 && clock.state == .running && clock.endedAt == nil)
    Self.tell(&desk, Self.gate("site-assessment", .met, at: .hours(11), "The customer let work go on."))
    #expect(try Self.history(desk, "site-assessment").last == "660: met, due 720: The customer let work go on.")
  }

  @Test("What the customer is told of promises has no gates in it, and work of another kind cancels them")
  func apart() throws {
    var desk = try Self.desk()
    Self.tell(&desk, Self.gate("site-assessment", .running, due: .hours(20), at: .zero))
    desk.pass(to: Self.opened + .hours(8))
    let update = try #require(desk.state.notices.all.first)
    #expect(update.kind == "update" && update.text.contains("respond") && !update.text.contains("site-assessment"))
    guard case .rows(let targets) = update.facts["targets"] else { throw Missing() }
    #expect(targets.count == 1)
    Self.tell(&desk)
    #expect(try Self.history(desk, "site-assessment").last == "480: cancelled, due 1200: Work is of another kind now.")
  }

  private struct Missing: Error {}
}
