import Policy
import Testing

@Suite("Charges of the prepaid plan")
struct RatingTests {
  let plan: Plan

  init() throws { plan = try Samples.flexi() }

  func rate(_ facts: Facts, _ minutes: Int64, consented: Int = 0) -> Rating {
    plan.rate(WorkTask(facts: facts, work: .minutes(minutes), consentedBlocks: consented, assessment: .notAsked))
  }

  static let desktop: Facts = [.mode: "onsite", .category: "desktop"]
  static let server: Facts = [.mode: "onsite", .category: "server"]

  @Test(
    "F11 F17b: a desktop job costs whole blocks of three hours, as far as consent goes",
    arguments: [
      (0, 0, 0, 0), (1, 0, 50, 0), (20, 0, 50, 0), (179, 0, 50, 0), (180, 0, 50, 0), (181, 0, 50, 1),
      (181, 1, 100, 0), (360, 1, 100, 0), (361, 1, 100, 1), (361, 2, 150, 0), (240, 0, 50, 60),
    ] as [(Int64, Int, Int64, Int64)])
  func desktopBlocks(minutes: Int64, consented: Int, units: Int64, beyond: Int64) {
    let rating = rate(Self.desktop, minutes, consented: consented)
    #expect(rating.total.units == units)
    #expect(rating.minutesBeyondConsent == beyond)
    #expect(rating.refusals.isEmpty)
  }

  @Test(
    "F17c: a server or network job costs 160, and 140 for every further block consented to",
    arguments: [
      (1, 0, 160), (120, 0, 160), (180, 0, 160), (181, 0, 160), (180, 1, 160), (181, 1, 300), (360, 1, 300),
      (361, 1, 300), (361, 2, 440), (540, 3, 440), (541, 3, 580),
    ] as [(Int64, Int, Int64)])
  func serverBlocks(minutes: Int64, consented: Int, units: Int64) {
    #expect(rate(Self.server, minutes, consented: consented).total.units == units)
    let network: Facts = [.mode: "onsite", .category: "network"]
    #expect(rate(network, minutes, consented: consented).total.units == units)
  }

  @Test("F17c: the line of a charge tells its rule, inputs and arithmetic")
  func explanation() throws {
    let line = try #require(rate(Self.server, 181, consented: 1).lines.first)
    #expect(line.clause == "onsite-server")
    #expect(line.kind == .rate)
    #expect(line.arithmetic == "181 min = 2 blocks of 180 min: 160 + 140")
    #expect(
      line.inputs.map(\.description) == ["mode: onsite", "category: server", "minutes: 181", "blocks consented: 1"])
    #expect(rate(Self.server, 541, consented: 3).lines.first?.arithmetic.hasSuffix("160 + 3 × 140") == true)
  }

  @Test("F17b: a desktop job over three hours needs consent, with a warning half an hour before")
  func desktopConsent() throws {
    let before = try #require(rate(Self.desktop, 179).needs.first)
    #expect(before.need == .consent)
    #expect(before.atMinute == 180)
    #expect(before.warnAtMinute == 150)
    #expect(before.units == 50)
    #expect(!before.reached)
    #expect(rate(Self.desktop, 180).needs.first?.reached == true)
    #expect(rate(Self.desktop, 180, consented: 1).needs.first?.atMinute == 360)
    #expect(rate(Self.desktop, 180, consented: 1).cap == 100)
    #expect(rate(Self.desktop, 60).cap == 50)
  }

  @Test("F17c: a server job needs an assessment at two hours and consent at three; silence is not consent")
  func serverGates() {
    let needs = rate(Self.server, 120).needs
    #expect(needs.map(\.need) == [.assessment, .consent])
    #expect(needs.map(\.atMinute) == [120, 180])
    #expect(needs.map(\.reached) == [true, false])
    #expect(rate(Self.server, 119).needs.first?.reached == false)
    #expect(rate(Self.server, 179).needs.map(\.reached) == [true, false])
    #expect(rate(Self.server, 180).needs.map(\.reached) == [true, true])
    let assessed = WorkTask(facts: Self.server, work: .minutes(200), situationAssessed: true, assessment: .notAsked)
    #expect(plan.rate(assessed).needs.map(\.need) == [.consent])
    #expect(plan.rate(assessed).total == 160)
    #expect(plan.rate(assessed).minutesBeyondConsent == 20)
  }

  @Test(
    "F10: the helpdesk costs 10 when it resolves, nothing when it does not, and is voided by a dispatch",
    arguments: [
      (true, false, 10, ["rate"]), (false, false, 0, ["rate"]), (true, true, 0, ["voided"]),
      (false, true, 0, ["rate"]),
    ] as [(Bool, Bool, Int64, [String])])
  func helpdesk(resolved: Bool, dispatched: Bool, units: Int64, kinds: [String]) {
    let facts: Facts = [.mode: "helpdesk", .resolved: .flag(resolved), .dispatched: .flag(dispatched)]
    let rating = rate(facts, 12)
    #expect(rating.total.units == units)
    #expect(rating.lines.map(\.kind.rawValue) == kinds)
    #expect(rating.refusals.isEmpty)
  }

  @Test("F17a: an unresolved visit is charged like any other")
  func unresolved() {
    #expect(rate(Self.desktop.merging([.resolved: false]), 100).total == 50)
  }

  @Test("F14: a booked visit costs only the onsite rate")
  func booked() {
    #expect(rate(Self.desktop.merging([.visit: "booked"]), 60).lines.map(\.clause) == ["onsite-desktop"])
  }

  @Test(
    "F19: during a maintenance visit a desktop costs 30, and a server or network 140, per three hours",
    arguments: [
      ("desktop", 1, 0, 30), ("desktop", 180, 0, 30), ("desktop", 181, 0, 30), ("desktop", 181, 1, 60),
      ("server", 1, 0, 140), ("server", 180, 0, 140), ("server", 181, 0, 140), ("server", 181, 1, 280),
      ("network", 180, 0, 140), ("network", 181, 1, 280),
    ] as [(String, Int64, Int, Int64)])
  func maintenance(category: String, minutes: Int64, consented: Int, units: Int64) {
    let facts: Facts = [.mode: "onsite", .category: .text(category), .visit: "maintenance"]
    #expect(rate(facts, minutes, consented: consented).total.units == units)
    #expect(rate(facts.merging([.visit: "dispatched"]), minutes).total.units == (category == "desktop" ? 50 : 160))
  }

  @Test(
    "F5 F23: a late response waives the first block; the next is still priced as the second",
    arguments: [(60, 0, 0), (181, 0, 0), (181, 1, 140), (361, 2, 280)] as [(Int64, Int, Int64)])
  func lateResponse(minutes: Int64, consented: Int, units: Int64) {
    let rating = rate(Self.server.merging([.missed: ["respond"]]), minutes, consented: consented)
    #expect(rating.total.units == units)
    #expect(rating.lines.map(\.clause) == ["onsite-server", "late-response"])
    #expect(rating.lines.last?.units == -160)
    let helpdesk: Facts = [.mode: "helpdesk", .resolved: true, .missed: ["respond"]]
    #expect(rate(helpdesk, 5).total == 0)
  }

  @Test(
    "F22: the same incident on the same equipment is free up to the end of the third working day after closing",
    arguments: [
      // Thursday before a weekend: Friday, Monday, Tuesday.
      ("2026-03-05 10:00", "2026-03-10 17:59:59", true), ("2026-03-05 10:00", "2026-03-10 23:59:59", true),
      ("2026-03-05 10:00", "2026-03-11 00:00", false),
      // Good Friday between: Monday, Tuesday, Wednesday.
      ("2026-04-02 10:00", "2026-04-08 17:00", true), ("2026-04-02 10:00", "2026-04-09 09:00", false),
      // The closing day itself is day 0.
      ("2026-03-05 10:00", "2026-03-05 10:00", true), ("2026-03-05 10:00", "2026-03-05 09:59", false),
    ])
  func warranty(closed: String, reported: String, free: Bool) {
    let facts = Self.desktop.merging([
      .same: ["incident", "asset"], .closed: .instant(Samples.sgt(closed)), .reported: .instant(Samples.sgt(reported)),
    ])
    let rating = rate(facts, 60)
    #expect(rating.total == (free ? 0 : 50))
    #expect(rating.lines.map(\.clause) == (free ? ["onsite-desktop", "warranty"] : ["onsite-desktop"]))
  }

  @Test("F22: another machine, or another incident, is not the same")
  func notTheSame() {
    for same: Fact in [["incident"], ["asset"], []] {
      let facts = Self.desktop.merging([
        .same: same, .closed: .instant(Samples.sgt("2026-03-05 10:00")),
        .reported: .instant(Samples.sgt("2026-03-05 11:00")),
      ])
      #expect(rate(facts, 60).total == 50)
    }
  }

  @Test("F5 F22: two waivers of one task never take off more than it cost")
  func bothWaivers() {
    let facts = Self.server.merging([
      .missed: ["respond"], .same: ["asset", "incident"], .closed: .instant(Samples.sgt("2026-03-05 10:00")),
      .reported: .instant(Samples.sgt("2026-03-05 11:00")),
    ])
    let rating = rate(facts, 181, consented: 1)
    #expect(rating.total == 0)
    #expect(rating.lines.map(\.units.units) == [300, -300])
  }

  @Test("F6: work pauses at closing time, and its block is kept for the next day")
  func pause() {
    let intervals = [
      WorkInterval(from: Samples.sgt("2026-03-05 17:00"), to: Samples.sgt("2026-03-05 18:30")),
      WorkInterval(from: Samples.sgt("2026-03-06 08:30"), to: Samples.sgt("2026-03-06 11:00")),
    ]
    let task = WorkTask(facts: Self.desktop, work: .intervals(intervals), assessment: .notAsked)
    let rating = plan.rate(task)
    #expect(rating.minutes == 180)
    #expect(rating.total == 50)
    #expect(rating.minutesBeyondConsent == 0)
  }

  @Test("Overlapping work counts once, and seconds of the total are dropped")
  func overlaps() {
    let intervals = [
      WorkInterval(from: Samples.sgt("2026-03-05 10:00"), to: Samples.sgt("2026-03-05 11:00:40")),
      WorkInterval(from: Samples.sgt("2026-03-05 10:30"), to: Samples.sgt("2026-03-05 11:00")),
      WorkInterval(from: Samples.sgt("2026-03-05 12:00"), to: Samples.sgt("2026-03-05 12:00:30")),
    ]
    #expect(plan.minutes(of: .intervals(intervals), calendar: "office") == 61)
  }

  @Test("F13 F16: no debit before the assessment is complete, unless it is overridden with a reason")
  func assessment() {
    func refusals(_ state: WorkTask.AssessmentState) -> [FailedClause] {
      plan.rate(WorkTask(facts: Self.desktop, work: .minutes(10), assessment: state)).refusals
    }
    let all: Set<String> = ["site", "machines", "specifications", "software", "diagrams"]
    #expect(refusals(.done(all)).isEmpty)
    for item in all {
      let refusal = refusals(.done(all.subtracting([item])))
      #expect(refusal.map(\.id) == ["first-assessment"])
      #expect(refusal.first?.looked == ["\(item): missing"])
    }
    #expect(refusals(.overridden(reason: "The server room burns")).isEmpty)
    #expect(refusals(.overridden(reason: " ")).count == 1)
  }

  @Test("F20: parts are lines of their own, at an agreed price; without one a quote comes first")
  func parts() {
    var task = WorkTask(facts: Self.desktop, work: .minutes(60), assessment: .notAsked)
    task.parts = [.init(text: "Disk, bought and fitted", minutes: 45, agreed: 25)]
    #expect(plan.rate(task).lines.map(\.units.units) == [50, 25])
    #expect(plan.rate(task).minutes == 60)
    task.work = .minutes(180)
    #expect(plan.rate(task).lines.map(\.units.units) == [50, 25], "the part's time is outside the three hours")
    #expect(plan.rate(task).minutesBeyondConsent == 0)
    task.parts = [.init(text: "Disk, under its maker's warranty", minutes: 45, agreed: 0)]
    #expect(plan.rate(task).refusals.isEmpty)
    #expect(plan.rate(task).total == 50)
    task.parts = [.init(text: "Disk", minutes: 45, agreed: nil)]
    #expect(plan.rate(task).refusals.map(\.id) == ["parts"])
    task.parts = [.init(text: "Disk", minutes: 45, agreed: -1)]
    #expect(plan.rate(task).refusals.map(\.id) == ["parts"])
  }

  @Test("A waiver by hand needs a reason, keeps it, and takes off no more than the work cost")
  func manualWaiver() {
    var task = WorkTask(facts: Self.desktop, work: .minutes(60), assessment: .notAsked)
    task.waivers = [.init(units: 70, reason: "Goodwill")]
    #expect(plan.rate(task).total == 0)
    #expect(plan.rate(task).lines.last?.text == "Goodwill")
    task.waivers = [.init(units: nil, reason: "")]
    #expect(plan.rate(task).refusals.map(\.id) == ["manual-waiver"])
    task.waivers = [.init(units: -5, reason: "x")]
    #expect(plan.rate(task).total == 50)
  }

  @Test("Work that no rate is for is refused, not given away")
  func noRate() {
    let rating = rate([.mode: "onsite"], 60)
    #expect(rating.refusals.map(\.id) == ["rates"])
    #expect(rating.total == 0)
  }

  @Test("Absurd minutes are bounded, not trapped on")
  func bounds() {
    for minutes in [Int64.min, -1, .max] {
      let rating = rate(Self.server, minutes, consented: .max)
      #expect(rating.total >= 0)
    }
  }
}

@Suite("Rounding of a task's time")
struct RoundingTests {
  static func units(_ rounding: String, _ minutes: Int64) throws -> Int64 {
    let plan = try Samples.plan("\(rounding)\nrates: [{id: work, per: 15m, each: 1}]")
    return plan.rate(WorkTask(facts: [:], work: .minutes(minutes), assessment: .notAsked)).total.units
  }

  @Test(
    "R2 R3 R4: a remainder of seven minutes rounds up, and the smallest task costs one unit",
    arguments: [
      (217, 15), (185, 12), (216, 14), (180, 12), (186, 12), (187, 13), (1, 1), (15, 1), (21, 1), (22, 2), (0, 0),
    ] as [(Int64, Int64)])
  func fromSeven(minutes: Int64, units: Int64) throws {
    #expect(try Self.units("rounding: {increment: 15m, up_from: 7m, minimum: 1, of: task}", minutes) == units)
  }

  @Test(
    "R4: other tenants state strict nearest, up or down",
    arguments: [
      ("nearest", 217, 14), ("nearest", 218, 15), ("nearest", 187, 12), ("nearest", 188, 13), ("up", 181, 13),
      ("up", 180, 12), ("down", 194, 12), ("down", 195, 13), ("down", 14, 1),
    ] as [(String, Int64, Int64)])
  func ways(way: String, minutes: Int64, units: Int64) throws {
    #expect(try Self.units("rounding: {increment: 15m, round: \(way)}", minutes) == units)
  }

  @Test("Without a rule of rounding every increment begun counts")
  func without() throws {
    #expect(try Self.units("", 16) == 2)
  }
}
