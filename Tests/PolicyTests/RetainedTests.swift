import Policy
import Testing

@Suite("Time ordered ahead, by the quarter of an hour")
struct RetainedTests {
  let plan: Plan

  init() throws { plan = try Samples.shipped("retained-support") }

  func units(_ minutes: Int64, _ facts: Facts = [.mode: "remote"]) -> Int64 {
    plan.rate(WorkTask(facts: facts, work: .minutes(minutes), assessment: .notAsked)).total.units
  }

  @Test("R1: time is ordered in any quantity, at any time, and lives for ever")
  func packages() throws {
    #expect(plan.packages.map(\.grants) == [1, 28, 28])
    #expect(plan.packages.allSatisfy { $0.lasts == nil })
    let bought = Samples.civil("2026-03-05 10:00", plan)
    #expect(plan.packages.allSatisfy { plan.expiry(of: $0, bought: bought) == nil })
  }

  @Test("R1: a standing order comes again every quarter, on its day or a shorter month's last one")
  func standingOrder() throws {
    let package = try #require(plan.package("days-each-quarter"))
    let started = Samples.civil("2026-11-30 10:00", plan)
    func orders(_ through: String) -> [Instant] {
      plan.standingOrders(of: package, started: started, through: Samples.civil(through, plan))
    }
    #expect(orders("2027-02-27 23:59:59") == [])
    #expect(orders("2027-02-28 00:00") == [Samples.civil("2027-02-28 00:00", plan)])
    #expect(
      orders("2027-08-30 00:00")
        == ["2027-02-28 00:00", "2027-05-30 00:00", "2027-08-30 00:00"].map { Samples.civil($0, plan) })
    let day = try #require(plan.package("day"))
    #expect(plan.standingOrders(of: day, started: started, through: .latest).isEmpty)
    #expect(plan.standingOrders(of: package, started: .epoch, through: .latest).count == Plan.maximumStandingOrders)
  }

  @Test("R2: a unit is fifteen minutes, and a day of seven hours is 28 of them")
  func units() {
    #expect(units(15) == 1)
    for (minutes, count) in [(419, 28), (420, 28), (426, 28), (427, 29)] as [(Int64, Int64)] {
      #expect(units(minutes) == count, "\(minutes)")
    }
    #expect(plan.package("day")?.grants == 28)
    #expect(plan.unit == "quarter-hour")
  }

  @Test(
    "R3: telephone, remote and onsite work count alike, and the smallest task costs one unit",
    arguments: ["telephone", "remote", "onsite"])
  func modes(mode: String) {
    #expect(units(1, [.mode: .text(mode)]) == 1)
    #expect(units(30, [.mode: .text(mode)]) == 2)
    #expect(units(0, [.mode: .text(mode)]) == 0)
  }

  @Test(
    "R4: 3 h 37 counts 15 and 3 h 05 counts 12: a remainder of seven minutes rounds up, one of six down",
    arguments: [(217, 15), (185, 12), (186, 12), (187, 13), (180, 12), (216, 14)] as [(Int64, Int64)])
  func rounding(minutes: Int64, units: Int64) {
    #expect(self.units(minutes) == units)
  }

  @Test("R4: the task's total is rounded, once, never each entry")
  func once() {
    let entries = [("10:00", "10:05"), ("11:00", "11:05"), ("12:00", "12:05")].map { from, to in
      WorkInterval(from: Samples.civil("2026-03-05 \(from)", plan), to: Samples.civil("2026-03-05 \(to)", plan))
    }
    let rating = plan.rate(WorkTask(facts: [.mode: "remote"], work: .intervals(entries), assessment: .notAsked))
    #expect(rating.total == 1)
    #expect(rating.lines.first?.arithmetic == "15 min = 1 × 15 min: 1 × 1")
  }

  @Test(
    "R4: another plan may round each day or each entry, and state any way",
    arguments: [
      ("task", "nearest", 3), ("day", "nearest", 3), ("entry", "nearest", 4), ("task", "up", 4), ("day", "up", 4),
      ("entry", "up", 5), ("task", "down", 3), ("day", "down", 2), ("entry", "down", 4),
    ])
  func scopes(scope: String, way: String, units: Int64) throws {
    let plan = try Samples.plan(
      "rounding: {increment: 15m, round: \(way), of: \(scope), minimum: 1}\nrates: [{id: work, per: 15m, each: 1}]")
    // 10 and 11 minutes on one day, 4 and 21 around the next midnight: 46 in all; 25 and 21 of the two days.
    let entries = [
      ("2026-03-05 10:00", "2026-03-05 10:10"), ("2026-03-05 11:00", "2026-03-05 11:11"),
      ("2026-03-05 23:56", "2026-03-06 00:00"), ("2026-03-06 00:00", "2026-03-06 00:21"),
    ].map { WorkInterval(from: Samples.sgt($0), to: Samples.sgt($1)) }
    let rating = plan.rate(WorkTask(facts: [:], work: .intervals(entries), assessment: .notAsked))
    #expect(rating.total.units == units)
  }

  @Test("R4: the proof of a rounded day lists the days, as many as fit")
  func proof() throws {
    let plan = try Samples.plan(
      "rounding: {increment: 15m, of: day}\nrates: [{id: work, per: 15m, each: 2}]")
    func rating(days: Int) -> Rating {
      let entries = (0..<days).map { day in
        let from = Samples.sgt("2026-03-01 23:50") + .days(Int64(day))
        return WorkInterval(from: from, to: from + .minutes(20))
      }
      return plan.rate(WorkTask(facts: [:], work: .intervals(entries), assessment: .notAsked))
    }
    #expect(rating(days: 1).lines.first?.arithmetic == "each day rounded to 15 min: 10 min: 1, 10 min: 1: 2 × 2")
    let long = try #require(rating(days: 12).lines.first)
    #expect(long.arithmetic.contains(", and 1 more: "))
    // Eleven days have both ends of an entry, 20 minutes; the first and the last only 10.
    #expect(long.units == 48)
  }

  @Test(
    "R5: any kind of work counts alike, on a contract of any level",
    arguments: ["support", "design", "planning", "project", "monitoring", "maintenance"])
  func anyWork(category: String) {
    #expect(units(45, [.mode: "onsite", .category: .text(category)]) == 3)
    let at = Samples.civil("2026-03-05 10:00", plan)
    let facts: Facts = [
      .contact: "authorised", .tier: "retainer", .agreement: "active", .category: .text(category),
    ]
    #expect(plan.admit(facts, at: at).isAllowed)
  }

  @Test("R6: what cannot be supported is told before the contract, and refused after it")
  func audit() {
    let at = Samples.civil("2026-03-05 10:00", plan)
    let before = plan.admit([.platform: "mainframe", .documents: ["audit"]], at: at, subject: .signUp)
    #expect(before.isAllowed)
    #expect(before.warnings.map(\.id) == ["audited-systems"])
    #expect(plan.admit([.platform: "linux"], at: at, subject: .signUp).warnings.map(\.id) == ["audit"])
    #expect(
      plan.admit([.platform: "linux", .documents: ["audit"]], at: at, subject: .signUp).warnings.isEmpty)
    let facts: Facts = [.contact: "authorised", .tier: "retainer", .agreement: "active", .platform: "mainframe"]
    #expect(plan.admit(facts, at: at).failed.map(\.id) == ["supported-systems"])
  }

  @Test("R7: there are three levels of contract, and work needs one of them")
  func levels() {
    #expect(plan.tiers.count == 3)
    for level in plan.tiers {
      #expect(
        plan.use("ticket", [.tier: .text(level), .agreement: "active"]) == .granted(entitlement: "any-work", draws: nil)
      )
    }
    guard case .refused(let failed) = plan.use("ticket", [.tier: "none", .agreement: "active"]) else {
      Issue.record("granted")
      return
    }
    #expect(failed.first?.remedy.hasPrefix("tier must be retainer, level-2 or level-3") == true)
  }

  @Test("R8: the unit after the last costs what the plan says, acknowledged first and never silently")
  func overage() throws {
    #expect(plan.overage?.price(of: 1)?.description == "GBP 25.00")
    let silent = try Samples.text("retained-support").replacing("needs: acknowledgement", with: "needs: nothing")
    #expect(Samples.problems(silent).contains { $0.contains("overage is never silent") })
  }
}
