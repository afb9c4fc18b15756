import Policy
import Testing

@Suite("Due times, expiry and ladders of the prepaid plan")
struct TimingTests {
  let plan: Plan

  init() throws { plan = try Samples.flexi() }

  @Test(
    "F5: four working hours, over nights, weekends and holidays",
    arguments: [
      ("2026-03-05 09:00", "2026-03-05 13:00"), ("2026-03-05 14:00", "2026-03-05 18:00"),
      ("2026-03-05 14:00:01", "2026-03-06 09:00:01"), ("2026-03-06 17:00", "2026-03-09 12:00"),
      ("2026-04-02 16:00", "2026-04-06 11:00"), ("2026-03-05 07:00", "2026-03-05 13:00"),
      ("2026-03-07 12:00", "2026-03-09 13:00"),
    ])
  func respond(opened: String, due: String) throws {
    let target = try #require(plan.targets(openedAt: Samples.sgt(opened)).first)
    #expect(target.target.id == "respond")
    #expect(target.due == Samples.sgt(due))
    #expect(target.ladderStarts == Samples.sgt(due) + .milliseconds(1))
    #expect(target.metBy(dispatched: false) == .contacted)
    #expect(target.metBy(dispatched: true) == .attended)
  }

  @Test("F14: with an appointment, the response is due then")
  func appointment() throws {
    let at = Samples.sgt("2026-03-09 15:00")
    let target = try #require(plan.targets(openedAt: Samples.sgt("2026-03-05 09:00"), appointment: at).first)
    #expect(target.due == at)
    #expect(target.byAppointment)
  }

  @Test("Why a due time is what it is: every stretch, counted or skipped, with the holiday's name")
  func why() throws {
    let opened = Samples.sgt("2026-04-02 16:00")
    let due = try #require(plan.targets(openedAt: opened).first)
    let stretches = plan.why(due.target, openedAt: opened, due: due.due)
    #expect(
      stretches.map(\.reason) == [
        "open", "closed hours", "Good Friday", "weekend", "weekend", "closed hours", "open",
      ])
    #expect(stretches.filter(\.isCounted).map { ($0.to - $0.from).wholeMinutes } == [120, 120])
    #expect(stretches.first?.from == opened)
    #expect(stretches.last?.to == due.due)
    #expect(zip(stretches, stretches.dropFirst()).allSatisfy { $0.to == $1.from })
    #expect(stretches[2].description == "fri 2026-04-03 00:00 to 2026-04-04 00:00: skipped (Good Friday)")
  }

  @Test(
    "F26: credits live one year, their last day included; a renewal then still carries them over",
    arguments: [
      ("2026-03-05 10:00", "2027-03-05 23:59:59", true), ("2026-03-05 10:00", "2027-03-06 00:00", false),
      ("2028-02-29 10:00", "2029-02-28 23:59:59", true), ("2028-02-29 10:00", "2029-03-01 00:00", false),
    ])
  func expiry(bought: String, renewed: String, carries: Bool) throws {
    let package = try #require(plan.package("flexi-600"))
    let expires = try #require(plan.expiry(of: package, bought: Samples.sgt(bought)))
    #expect((Samples.sgt(renewed) < expires) == carries)
    #expect(plan.carriesOver(package, expires: expires, bought: Samples.sgt(renewed)) == carries)
  }

  @Test("F2: a package grants 600 credits for SGD 600.00")
  func package() throws {
    let package = try #require(plan.package("flexi-600"))
    #expect(package.grants == 600)
    #expect(package.price?.description == "SGD 600.00")
    #expect(package.price?.minorUnits == 60_000)
  }

  @Test("F28: overage costs SGD 1.00 a credit and is invoiced seven days after completion")
  func overage() throws {
    #expect(plan.overage?.price(of: 35)?.description == "SGD 35.00")
    #expect(plan.invoiceInstant(completed: Samples.sgt("2026-03-05 16:20")) == Samples.sgt("2026-03-12 16:20"))
  }

  @Test("F24: statements are made by civil month")
  func statement() throws {
    let period = try #require(plan.statementPeriod(containing: Samples.sgt("2026-12-31 23:59:59")))
    #expect(period.from == Samples.sgt("2026-12-01 00:00"))
    #expect(period.to == Samples.sgt("2027-01-01 00:00"))
    #expect(plan.statementPeriod(containing: period.to)?.from == period.to)
  }

  @Test("F17b: the warning of a desktop job falls after two and a half counted hours, over the night")
  func gateInstants() throws {
    let rate = try #require(plan.rate("onsite-desktop"))
    let begun = Samples.sgt("2026-03-05 16:00")
    #expect(plan.instant(ofMinute: 150, rate: rate, worked: 0, resumed: begun) == Samples.sgt("2026-03-06 09:30"))
    #expect(plan.instant(ofMinute: 180, rate: rate, worked: 60, resumed: begun) == Samples.sgt("2026-03-05 18:00"))
  }

  @Test("A ladder's steps come at their times, and the last repeats as often as the plan says")
  func ladder() throws {
    let ladder = try #require(plan.ladder("duty"))
    #expect((0..<5).map { ladder.step($0)?.at } == [.zero, .minutes(15), .minutes(30), .minutes(90), .minutes(150)])
    #expect(ladder.step(3)?.repetition == 1)
    #expect(ladder.step(10)?.repetition == 8)
    #expect(ladder.step(11) == nil)
    #expect(ladder.step(-1) == nil)
    #expect(ladder.step(1)?.step.tell == [.duty("primary"), .duty("secondary")])
  }

  @Test("The plan itself has nothing worse than its holidays' end to warn of")
  func lint() {
    #expect(plan.lint().map(\.description).count == 1)
    #expect(plan.lint().first?.clause == "hours.office")
  }
}
