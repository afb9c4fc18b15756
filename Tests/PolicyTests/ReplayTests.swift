import Policy
import Testing

@Suite("Replaying the past")
struct ReplayTests {
  private let old: Plan

  init() throws { old = try Samples.shipped("flexi-it") }

  /// Monday, 2 March 2026, 10:00 in Singapore.
  private static let opened = Instant("2026-03-02T10:00:00+08:00") ?? .epoch
  private static let now = opened + .days(30)

  /// A ticket that was reached after two hours and resolved by the helpdesk after three.
  private static func ticket(contacted: TimeSpan = .hours(2)) -> PastTicket {
    PastTicket(
      number: 12, ticketClass: nil, openedAt: opened,
      request: [
        .channel: "telephone", .contact: "authorised", .region: "SG", .account: "main",
        .has: .list(["maintenance-plan"]),
        .category: "desktop",
      ],
      reached: [.contacted: opened + contacted, .resolved: opened + .hours(3)],
      task: WorkTask(
        facts: [.mode: "helpdesk", .resolved: true, .category: "desktop"], work: .minutes(20), assessment: .notAsked))
  }

  private func differences(_ new: Plan, _ ticket: PastTicket = Self.ticket()) -> [String] {
    new.differences(from: old.replay(ticket, now: Self.now), to: new.replay(ticket, now: Self.now)).map {
      "\($0.matter.rawValue) \($0.clause): \($0.old) -> \($0.new)"
    }
  }

  private func changed(_ text: String, with other: String) throws -> Plan {
    try Samples.shipped("flexi-it", text, with: other)
  }

  @Test("The same plan, worded otherwise, makes nothing otherwise")
  func same() throws {
    #expect(differences(old) == [])
    #expect(differences(try changed("title: Flexi-IT Services", with: "title: Flexi-IT")) == [])
  }

  @Test(
    "A shorter target falls due earlier, is missed only if what met it came later, and then starts its ladder",
    arguments: [(TimeSpan.hours(2), false), (.hours(2) + .milliseconds(1), true)])
  func due(contacted: TimeSpan, isMissed: Bool) throws {
    let new = try changed("by: 4h", with: "by: 2h")
    var expected = ["due respond: 2026-03-02 14:00 -> 2026-03-02 12:00"]
    if isMissed {
      expected += [
        "missed respond: met -> missed",
        "charge helpdesk: 10 by helpdesk -> 0 by helpdesk + late-response",
      ]
    }
    #expect(differences(new, Self.ticket(contacted: contacted)) == expected)
  }

  @Test("A ladder runs from the miss until somebody reaches the customer, and its steps are counted")
  func pages() throws {
    let new = try changed("by: 4h", with: "by: 1h")
    // Missed at 11:00, reached at 11:40: at once, after 15 and after 30 minutes.
    let pages = differences(new, Self.ticket(contacted: .minutes(100))).filter { $0.hasPrefix("page") }
    #expect(pages == ["page respond: nobody -> duty from 2026-03-02 11:00, 3 steps"])
  }

  @Test("What costs more or less is told with the clauses that say so")
  func charge() throws {
    let new = try changed("    flat: 10\n", with: "    flat: 15\n")
    #expect(differences(new) == ["charge helpdesk: 10 by helpdesk -> 15 by helpdesk"])
  }

  @Test(
    "A clause that would have refused is told with what would be acceptable; one that asks for what was told is not")
  func refusal() throws {
    let narrower = try changed("    require: {region: SG}\n", with: "    require: {region: MY}\n")
    let told = differences(narrower)
    #expect(told.count == 1 && told[0].hasPrefix("refusal mainland: taken -> refused: The plan covers"), "\(told)")
    #expect(told[0].contains("region must be MY"))
    let unknown = try changed(
      "  - id: platforms\n    exclude: {platform: [unix, solaris]}\n",
      with: "  - id: platforms\n    require: {platform: [windows, macos]}\n")
    #expect(differences(unknown).first?.contains("platform must be windows or macos") == true)
  }

  @Test("A class that is there no more refuses, and names those that are")
  func classes() throws {
    var ticket = Self.ticket()
    ticket.ticketClass = "urgent"
    #expect(old.replay(ticket, now: Self.now).refusals.map(\.id) == ["classes"])
    #expect(
      try Samples.shipped("opus-one").replay(ticket, now: Self.now).refusals.first?.remedy
        == "class must be I, II or III")
  }

  @Test("Work that goes on costs nothing yet, and what is unresolved by now counts as missed")
  func unfinished() throws {
    var ticket = Self.ticket()
    ticket.reached = [:]
    ticket.task = nil
    let replayed = old.replay(ticket, now: Self.now)
    #expect(replayed.rating == nil && replayed.targets.map(\.isMissed) == [true])
    #expect(old.replay(ticket, now: Self.opened + .hours(4)).targets.map(\.isMissed) == [false])
    let run = try #require(replayed.ladders.first)
    #expect(run.from == Self.opened + .hours(4) + .milliseconds(1) && run.steps == 3 + 8)
  }

  @Test("A ladder of a class runs from the opening, and steps that ask for an answer count as unanswered")
  func classLadder() throws {
    let plan = try Samples.shipped("opus-one")
    let ticket = PastTicket(
      number: 1, ticketClass: "III", openedAt: Self.opened, request: [.channel: "email"],
      reached: [.acknowledged: Self.opened + .minutes(15)])
    let run = try #require(plan.replay(ticket, now: Self.now).ladders.first)
    #expect(run.target.isEmpty && run.ladder == "urgent" && run.from == Self.opened && run.steps == 4)
  }

  @Test("P9: promises of a part of another ticket count from when that was reported; nobody is paged before the part")
  func part() throws {
    var plan = try Samples.shipped("retained-support")
    var ticket = PastTicket(
      number: 2, ticketClass: nil, openedAt: Self.opened, promisedAt: Self.opened - .hours(2), request: [:],
      reached: [:])
    // Four hours from eight, an hour before which the ladder would have begun.
    #expect(
      plan.replay(ticket, now: Self.now).targets.map(\.due) == [
        plan.targets(openedAt: Self.opened - .hours(2))[0].due
      ])
    ticket.promisedAt = Self.opened - .days(3)
    let run = try #require(plan.replay(ticket, now: Self.now).ladders.first)
    #expect(run.from == Self.opened)
    // The class's ladder begins with the ticket, and once a mail raised the class, then.
    plan = try Samples.shipped("opus-one")
    ticket.ticketClass = "III"
    for (promised, from) in [
      (Self.opened - .hours(2), Self.opened), (Self.opened, Self.opened),
      (Self.opened + .hours(3), Self.opened + .hours(3)),
    ] {
      ticket.promisedAt = promised
      let replayed = plan.replay(ticket, now: Self.now)
      #expect(replayed.targets.allSatisfy { $0.due == ticket.promisedAt + .minutes(15) })
      #expect(replayed.ladders.map(\.from) == [from])
    }
  }
}
