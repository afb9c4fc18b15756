import NotifierRules
import Policy
import Testing

@Suite("Times that nobody covers")
struct CoverageTests {
  private static let ladder = """
      duty: [{at: 0m, tell: [duty.primary, group.support, everyone.secondary], by: [email]}]
    """

  /// A desk with Anna as duty.primary until `ends`, from its opening on.
  private static func desk(ends: Instant) throws -> (desk: Desk, anna: PersonID, rota: RotaID) {
    var desk = try Desk(ladder: ladder)
    let anna = desk.person("Anna", "email:anna@desk.example", "pager:+6591")
    let rota = try set(&desk, anna, ends: ends)
    return (desk, anna, rota)
  }

  @discardableResult
  private static func set(
    _ desk: inout Desk, _ person: PersonID, ends: Instant?, hours: [String] = []
  ) throws -> RotaID {
    var context = desk.context
    let request = RotaSet.Request(
      name: "duty.primary",
      layers: [
        .init(
          zone: "Asia/Singapore", handover: "09:00", turnDays: 7, starts: Desk.opened, ends: ends, people: [person],
          hours: hours)
      ])
    return try #require(RotaSet.decide(request, &desk.state, &context).reply?.id)
  }

  /// Lets the time pass to an instant, looking at the rota whenever it is due.
  private static func pass(_ desk: inout Desk, _ rota: RotaID, to instant: Instant) {
    while let due = desk.state.common.timers.due(RotaWatch.timer, rota), due <= instant {
      desk.now = max(desk.now, due)
      var context = desk.context
      #expect(RotaWatch.decide(rota, &desk.state, &context).refusal == nil)
    }
    desk.now = max(desk.now, instant)
  }

  private static func warnings(_ desk: Desk) -> [String] {
    desk.state.common.changes.elements.filter { $0.kind == "rota.uncovered" }.map(\.text)
  }

  /// Every mail as `day since opening: recipient, subject`.
  private static func mail(_ desk: Desk) -> [String] {
    desk.state.deliveries.all.sorted { $0.createdAt < $1.createdAt }.map {
      "\(($0.createdAt - Desk.opened).wholeMinutes / 1_440): \($0.address), \($0.subject)"
    }
  }

  @Test(
    "An uncovered time is warned of by mail and in the feed 14 days before it begins, again 3 days before, and no more")
  func warned() throws {
    let ends = Desk.opened + .days(30)
    var (desk, _, rota) = try Self.desk(ends: ends)
    Self.pass(&desk, rota, to: ends - RotaWatch.notice - .milliseconds(1))
    #expect(Self.warnings(desk).isEmpty && desk.state.notices.isEmpty)
    Self.pass(&desk, rota, to: ends - RotaWatch.notice)
    #expect(Self.warnings(desk) == ["Nobody is on duty.primary from \(ends) on."])
    #expect(Self.mail(desk) == ["16: anna@desk.example, Nobody is on duty.primary"])
    let notice = try #require(desk.state.notices.all.first)
    #expect(notice.accountID == nil && notice.kind == "coverage" && notice.deliveries == 1)
    #expect(desk.state.deliveries.all.first?.text.contains("from 1 April 2026, 10:00 (Asia/Singapore) on") == true)
    Self.pass(&desk, rota, to: ends - RotaWatch.reminder - .milliseconds(1))
    #expect(desk.state.notices.count == 1)
    Self.pass(&desk, rota, to: ends + .days(200))
    #expect(Self.warnings(desk).last == "Still nobody is on duty.primary from \(ends) on.")
    #expect(
      Self.mail(desk) == [
        "16: anna@desk.example, Nobody is on duty.primary", "27: anna@desk.example, Still nobody is on duty.primary",
      ])
  }

  @Test("What is covered in time is not warned of again; what is uncovered anew is")
  func covered() throws {
    let ends = Desk.opened + .days(30)
    var (desk, anna, rota) = try Self.desk(ends: ends)
    Self.pass(&desk, rota, to: ends - RotaWatch.notice)
    // Set anew with the same gap: it is known.
    try Self.set(&desk, anna, ends: ends)
    Self.pass(&desk, rota, to: desk.now + .hours(1))
    #expect(desk.state.notices.count == 1)
    try Self.set(&desk, anna, ends: nil)
    Self.pass(&desk, rota, to: ends - .days(2))
    #expect(desk.state.notices.count == 1)
    // Too late for a second warning.
    try Self.set(&desk, anna, ends: ends)
    Self.pass(&desk, rota, to: ends + .days(30))
    #expect(desk.state.notices.count == 2 && Self.warnings(desk).last?.hasPrefix("Nobody") == true)
  }

  @Test("A rota with a gap in every night is told of in few messages, each of which names the gaps of the next time")
  func nights() throws {
    var (desk, anna, rota) = try Self.desk(ends: Desk.opened + .days(1))
    try Self.set(&desk, anna, ends: nil, hours: ["09:00-18:00"])
    Self.pass(&desk, rota, to: Desk.opened + .days(27))
    let first = try #require(desk.state.notices.all.first)
    let gaps = if case .rows(let rows) = first.facts["gaps"] { rows.count } else { 0 }
    #expect(gaps == RotaWatch.mostNamed && first.facts["more"] == .number(8))
    #expect(
      Set(first.facts.values.keys).union(["customer", "contact", "plan", "words"])
        == Set(MessageKind.coverage.fields.map(\.name)))
    // Every fortnight of what is new, every third day of what is near.
    #expect(desk.state.notices.count <= 2 + 9, "\(desk.state.notices.count)")
    #expect(desk.state.notices.count > 5)
  }

  @Test(
    "Whoever is on group.desk is told in place of those on the rota, each once, and of those whoever has a mail address"
  )
  func group() throws {
    let ends = Desk.opened + .days(3)
    var (desk, _, rota) = try Self.desk(ends: ends)
    let (lea, max) = (desk.person("Lea", "email:lea@desk.example"), desk.person("Max", "pager:+6592"))
    desk.rota(DeskNotice.group, lea, max, lea)
    Self.pass(&desk, rota, to: ends)
    #expect(Self.mail(desk) == ["0: lea@desk.example, Nobody is on duty.primary"])
  }

  @Test("With nobody to tell, the notice is kept, and says that it became no message")
  func nobody() throws {
    var desk = try Desk(ladder: Self.ladder)
    desk.rota("duty.primary")
    let rota = try #require(desk.state.rotas.members(of: "duty.primary").first?.id)
    Self.pass(&desk, rota, to: Desk.opened)
    #expect(desk.state.notices.all.map(\.deliveries) == [0] && desk.state.deliveries.isEmpty)
  }

  @Test(
    "A warning that found nobody to tell is told once somebody can be, a day later at the latest, and to nobody twice")
  func toldLater() throws {
    let ends = Desk.opened + .days(30)
    var desk = try Desk(ladder: Self.ladder)
    let bob = desk.person("Bob", "pager:+6592")
    let rota = try Self.set(&desk, bob, ends: ends)
    Self.pass(&desk, rota, to: Desk.opened + .days(20))
    #expect(desk.state.notices.all.map(\.deliveries) == [0], "it is tried every day, and kept once")
    #expect(Self.warnings(desk).count == 1)
    desk.rota(DeskNotice.group, desk.person("Lea", "email:lea@desk.example"))
    Self.pass(&desk, rota, to: Desk.opened + .days(21))
    #expect(Self.mail(desk) == ["21: lea@desk.example, Nobody is on duty.primary"])
    Self.pass(&desk, rota, to: ends + .days(60))
    #expect(
      Self.mail(desk).map { String($0.dropFirst(4)) } == [
        "lea@desk.example, Nobody is on duty.primary", "lea@desk.example, Still nobody is on duty.primary",
      ])
    #expect(Self.warnings(desk).count == 2, "the feed tells of it as before")
  }

  @Test(
    "What could not be told is told for the first time by the second warning, and what was covered meanwhile by none")
  func toldAtLast() throws {
    let ends = Desk.opened + .days(30)
    for isCovered in [false, true] {
      var desk = try Desk(ladder: Self.ladder)
      let bob = desk.person("Bob", "pager:+6592")
      let rota = try Self.set(&desk, bob, ends: ends)
      // The last look before the second warning found nobody.
      Self.pass(&desk, rota, to: ends - RotaWatch.reminder - .milliseconds(1))
      desk.rota(DeskNotice.group, desk.person("Lea", "email:lea@desk.example"))
      if isCovered { try Self.set(&desk, bob, ends: nil) }
      Self.pass(&desk, rota, to: ends + .days(60))
      #expect(Self.mail(desk) == (isCovered ? [] : ["27: lea@desk.example, Nobody is on duty.primary"]))
    }
  }

  /// Publishes the desk's plan, and lets the two timers fire; what the desk was told each time.
  private static func publish(_ desk: inout Desk, between: (inout Desk) -> Void = { _ in }) throws -> [[String]] {
    var context = desk.context
    desk.state.published(desk.plan, &context)
    let id = try #require(desk.state.productEnds.all.last?.id)
    var told: [[String]] = []
    for (timer, isAgain) in [(RotaMissing.timer, false), (RotaMissing.secondTimer, true)] {
      let before = desk.state.notices.count
      if let due = desk.state.common.timers.due(timer, id) {
        desk.now = due
        var context = desk.context
        #expect(RotaMissing.decide(id, isAgain: isAgain, &desk.state, &context).refusal == nil)
      }
      told.append(desk.state.notices.all.sorted { $0.id < $1.id }.dropFirst(before).map(\.subject))
      between(&desk)
    }
    return told
  }

  @Test(
    "A rota that a published plan names and nobody made is told of a day later to those on its other rotas, and once more"
  )
  func missing() throws {
    var (desk, _, _) = try Self.desk(ends: Desk.opened + .days(900))
    let told = try Self.publish(&desk)
    #expect(told == [["Missing: duty.secondary, group.support"], ["Still missing: duty.secondary, group.support"]])
    #expect(
      Self.mail(desk)
        == [1, 4].map { "\($0): anna@desk.example, Nobody has made duty.secondary, group.support" })
    #expect(
      desk.state.deliveries.all.first?.text.hasPrefix("The plan Test names duty.secondary, group.support") == true)
  }

  @Test("What was made meanwhile is not told of, nor what only an earlier version of the plan names")
  func made() throws {
    var (desk, anna, _) = try Self.desk(ends: Desk.opened + .days(900))
    desk.rota("duty.secondary", anna)
    #expect(try Self.publish(&desk) { $0.rota("group.support", anna) } == [["Missing: group.support"], []])
    #expect(try Self.publish(&desk) == [[], []])
    var (other, _, _) = try Self.desk(ends: Desk.opened + .days(900))
    var context = other.context
    other.state.published(other.plan, &context)
    let earlier = try #require(other.state.productEnds.all.last?.id)
    other.now = other.now + .milliseconds(1)
    context = other.context
    other.state.published(other.plan, &context)
    #expect(RotaMissing.decide(earlier, isAgain: false, &other.state, &context).refusal == nil)
    #expect(other.state.notices.isEmpty)
  }

  @Test(
    "Of a group those are told whose layer has somebody at that hour; where none has, nobody is, and the group is uncovered"
  )
  func groupHours() throws {
    var desk = try Desk(
      ladder: """
          duty:
            - {at: 0m, tell: [group.support], by: [email]}
            - {at: 6h, tell: [everyone.primary], by: [email]}
        """)
    let (anna, bob) = (desk.person("Anna", "email:anna@desk.example"), desk.person("Bob", "email:bob@desk.example"))
    func layer(_ person: PersonID, _ hours: String) -> RotaSet.Request.Layer {
      .init(
        zone: "Asia/Singapore", handover: "09:00", turnDays: 1, starts: Desk.opened, ends: nil, people: [person],
        hours: [hours])
    }
    for name in ["group.support", "duty.primary"] {
      var context = desk.context
      let request = RotaSet.Request(name: name, layers: [layer(anna, "09:00-18:00"), layer(bob, "12:00-22:00")])
      #expect(RotaSet.decide(request, &desk.state, &context).refusal == nil)
    }
    // At ten only Anna's hours run, at two both, at eight only Bob's, at eleven nobody's.
    let rota = try #require(desk.state.rotas.members(of: "group.support").first)
    for (hours, people) in [(0, [anna]), (4, [anna, bob]), (10, [bob]), (13, [])] as [(Int64, [PersonID])] {
      let at = Desk.opened + .hours(hours)
      #expect(rota.everyone(at: at, overrides: [], zones: desk.state.zones) == people, "after \(hours) hours")
    }
    desk.told(desk.ticket())
    desk.pass(to: Desk.opened + .hours(13))
    #expect(desk.messages == ["240: Anna by email", "240: Bob by email", "600: Bob by email"])
    let forecast = rota.forecast(
      from: Desk.opened, to: Desk.opened + .days(2), overrides: [], zones: desk.state.zones)
    let nights = forecast.uncovered.map {
      "\(($0.from - Desk.opened).wholeMinutes / 60)-\(($0.to - Desk.opened).wholeMinutes / 60)"
    }
    #expect(nights == ["12-23", "36-47"])
  }
}
