import Policy
import Testing

@Suite("Gates inside work")
struct GatingTests {
  let plan: Plan

  init() throws { plan = try Samples.flexi() }

  /// An instant of 2 March 2026 in Singapore.
  static func at(_ time: String) -> Instant { Instant("2026-03-02T\(time)+08:00") ?? .epoch }

  static func work(_ spans: (String, String)...) -> [WorkInterval] {
    spans.map { WorkInterval(from: at($0.0), to: at($0.1)) }
  }

  static func block(_ block: Int64, _ time: String, _ isGranted: Bool = true) -> GateAnswer {
    GateAnswer(need: .consent, block: block, isGranted: isGranted, at: at(time))
  }

  static func assessment(_ time: String, _ isGranted: Bool = true) -> GateAnswer {
    GateAnswer(need: .assessment, block: 0, isGranted: isGranted, at: at(time))
  }

  static let desktop: Facts = [.mode: "onsite", .category: "desktop"]
  static let server: Facts = [.mode: "onsite", .category: "server"]

  private func standings(_ work: [WorkInterval], _ facts: Facts, _ answers: [GateAnswer], _ now: String) -> [String] {
    let now = Self.at(now)
    let gated = plan.gate(work, facts: facts, answers: answers)
    return plan.gateStandings(of: gated, facts: facts, answers: answers, at: now).map { standing in
      let what = standing.need == .assessment ? "assessment" : "block \(standing.block)"
      if let answered = standing.answeredAt {
        return "\(what) at \(standing.at): answered \(plan.zone.civil(answered).time)"
      }
      if let reached = standing.reachedAt {
        return "\(what) at \(standing.at): reached \(plan.zone.civil(reached).time)"
      }
      return "\(what) at \(standing.at): due \(standing.due.map { "\(plan.zone.civil($0).time)" } ?? "never")"
    }
  }

  @Test("F16 F17c: all gates of a rate have a due time at once, and each says whether it was answered or reached")
  func standings() {
    let server = Self.work(("10:00:00", "11:00:00"))
    #expect(
      standings(server, Self.server, [], "11:00:00") == ["assessment at 2h: due 12:00", "block 1 at 3h: due 13:00"])
    let two = Self.work(("10:00:00", "12:00:00"))
    #expect(
      standings(two, Self.server, [], "12:30:00") == ["assessment at 2h: reached 12:00", "block 1 at 3h: due 13:30"])
    let told = [Self.assessment("12:20:00"), Self.block(1, "12:25:00")]
    #expect(
      standings(two, Self.server, told, "12:30:00") == ["assessment at 2h: answered 12:20", "block 2 at 6h: due 16:30"])
    // Past closing time it is due on the next morning; consent that was taken back asks anew.
    #expect(standings(two, Self.desktop, [], "17:30:00") == ["block 1 at 3h: due 09:30"])
    let back = [Self.block(1, "12:00:00"), Self.block(1, "12:10:00", false)]
    #expect(standings(two, Self.desktop, back, "12:15:00") == ["block 1 at 3h: due 13:15"])
    #expect(standings(two, [.mode: "helpdesk"], [], "12:00:00") == [])
  }

  @Test("F17b: silence is no consent: what is done past the third hour does not count, to the minute")
  func silence() {
    let whole = plan.gate(Self.work(("09:00:00", "12:00:00")), facts: Self.desktop, answers: [])
    #expect(whole.total == .hours(3))
    #expect(whole.beyond.isEmpty)
    #expect(whole.stoppedAt == Self.at("12:00:00"))
    let less = plan.gate(Self.work(("09:00:00", "11:59:00")), facts: Self.desktop, answers: [])
    #expect(less.stoppedAt == nil)
    let more = plan.gate(
      Self.work(("09:00:00", "11:00:00"), ("13:00:00", "14:01:00")), facts: Self.desktop, answers: [])
    #expect(more.counted == Self.work(("09:00:00", "11:00:00"), ("13:00:00", "14:00:00")))
    #expect(more.beyond == Self.work(("14:00:00", "14:01:00")))
    #expect(more.stoppedAt == Self.at("14:00:00"))
  }

  @Test("F17b: consent counts from its own instant on: work before it stays uncharged, whenever it is entered")
  func later() {
    let work = Self.work(("09:00:00", "13:00:00"))
    let inTime = plan.gate(work, facts: Self.desktop, answers: [Self.block(1, "12:00:00")])
    #expect(inTime.beyond.isEmpty)
    #expect(inTime.total == .hours(4))
    #expect(inTime.stoppedAt == nil)
    let second = plan.gate(work, facts: Self.desktop, answers: [Self.block(1, "12:00:01")])
    #expect(second.beyond == Self.work(("12:00:00", "12:00:01")))
    #expect(second.total == .minutes(240) - .seconds(1))
    let late = plan.gate(work, facts: Self.desktop, answers: [Self.block(1, "12:20:00")])
    #expect(late.beyond == Self.work(("12:00:00", "12:20:00")))
    #expect(late.counted == Self.work(("09:00:00", "12:00:00"), ("12:20:00", "13:00:00")))
    let after = plan.gate(work, facts: Self.desktop, answers: [Self.block(1, "13:00:00")])
    #expect(after.beyond == Self.work(("12:00:00", "13:00:00")))
    #expect(after.stoppedAt == nil, "what comes now may go on")
  }

  @Test("F17b: a block is agreed to after the one before it, and an answer may be taken back for what is to come")
  func blocks() {
    let work = Self.work(("09:00:00", "17:00:00"))
    let skipped = plan.gate(work, facts: Self.desktop, answers: [Self.block(2, "10:00:00")])
    #expect(skipped.total == .hours(3))
    let both = plan.gate(work, facts: Self.desktop, answers: [Self.block(2, "10:00:00"), Self.block(1, "11:00:00")])
    #expect(both.total == .hours(8))
    let withdrawn = plan.gate(
      work, facts: Self.desktop, answers: [Self.block(1, "11:00:00"), Self.block(1, "13:00:00", false)])
    #expect(withdrawn.total == .hours(6), "the block that had begun was agreed to")
    let declined = plan.gate(work, facts: Self.desktop, answers: [Self.block(1, "11:00:00", false)])
    #expect(declined.total == .hours(3))
  }

  @Test("F16 F17c: a server job stops at two hours until the assessment is answered, then at three until consent")
  func assessment() {
    let work = Self.work(("09:00:00", "12:30:00"))
    #expect(plan.gate(work, facts: Self.server, answers: []).stoppedAt == Self.at("11:00:00"))
    #expect(plan.gate(work, facts: Self.server, answers: [Self.assessment("10:30:00", false)]).total == .hours(2))
    let told = plan.gate(work, facts: Self.server, answers: [Self.assessment("11:30:00")])
    #expect(told.beyond == Self.work(("11:00:00", "11:30:00")))
    #expect(told.total == .hours(3))
    #expect(told.stoppedAt == Self.at("12:30:00"), "the third counted hour's end")
    let agreed = plan.gate(
      work, facts: Self.server, answers: [Self.assessment("11:00:00"), Self.block(1, "11:50:00")])
    #expect(agreed.beyond.isEmpty)
    let second = plan.gate(
      work, facts: Self.server, answers: [Self.assessment("11:00:01"), Self.block(1, "11:50:00")])
    #expect(second.beyond == Self.work(("11:00:00", "11:00:01")))
  }

  @Test("F6 F17b: the gate lies where office hours have passed; what pauses overnight goes on the next day")
  func overnight() {
    let monday = WorkInterval(from: Self.at("16:00:00"), to: Self.at("20:00:00"))
    let tuesday = WorkInterval(from: Self.at("08:00:00") + .days(1), to: Self.at("11:00:00") + .days(1))
    let gated = plan.gate([monday, tuesday], facts: Self.desktop, answers: [])
    #expect(gated.total == .hours(3))
    #expect(gated.stoppedAt == Self.at("10:00:00") + .days(1))
    #expect(gated.beyond == [WorkInterval(from: Self.at("10:00:00") + .days(1), to: tuesday.to)])
  }

  @Test("F17b: work that goes on is warned of half an hour before its gate; at the gate nothing is ahead")
  func ahead() {
    func ahead(_ until: String, _ facts: Facts, _ answers: [GateAnswer] = []) -> (warning: Instant?, gate: Instant?) {
      let gated = plan.gate(Self.work(("09:00:00", until)), facts: facts, answers: answers)
      return plan.gatesAhead(of: gated, facts: facts, answers: answers, from: Self.at(until))
    }
    let early = ahead("09:10:00", Self.desktop)
    #expect(early.warning == Self.at("11:30:00"))
    #expect(early.gate == Self.at("12:00:00"))
    #expect(ahead("11:29:59", Self.desktop).warning == Self.at("11:30:00"))
    let warned = ahead("11:30:00", Self.desktop)
    #expect(warned.warning == nil)
    #expect(warned.gate == Self.at("12:00:00"))
    #expect(ahead("12:00:00", Self.desktop).gate == nil)
    #expect(ahead("12:00:00", Self.desktop, [Self.block(1, "11:00:00")]).gate == Self.at("15:00:00"))
    #expect(ahead("09:10:00", Self.server).gate == Self.at("11:00:00"))
    #expect(ahead("09:10:00", Self.server).warning == nil, "the plan warns of no assessment")
  }

  @Test("F17b: minutes beyond consent are told on the line of the charge, and cost nothing")
  func line() throws {
    let task = WorkTask(
      facts: Self.desktop, work: .intervals(Self.work(("09:00:00", "12:00:00"))),
      beyond: Self.work(("12:00:00", "12:20:00")), assessment: .notAsked)
    let rating = plan.rate(task)
    #expect(rating.total == 50)
    #expect(rating.minutesBeyondConsent == 20)
    let line = try #require(rating.lines.first)
    #expect(line.arithmetic.hasSuffix("; 20 min beyond what was consented to are not charged"))
  }
}
