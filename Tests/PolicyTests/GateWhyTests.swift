import Policy
import Testing

@Suite("Gates inside work, explained interval by interval")
struct GateWhyTests {
  let plan: Plan

  init() throws { plan = try Samples.flexi() }

  private typealias Gates = GatingTests

  /// An instant of March 2026 in Singapore: the second is a Monday.
  private static func at(_ day: Int, _ time: String) -> Instant {
    Instant("2026-03-0\(day)T\(time):00+08:00") ?? .epoch
  }

  /// How the gate stands, then each interval as `day hours: counted or - (reason)`.
  private func why(
    _ gate: String, _ work: [WorkInterval], until now: Instant, goesOn: Bool = false, _ facts: Facts = Gates.desktop,
    _ answers: [GateAnswer] = []
  ) throws -> [String] {
    let course = WorkCourse(work: work, until: now, goesOn: goesOn)
    let why = try #require(plan.why(gate: gate, of: course, facts: facts, answers: answers))
    #expect(zip(why.stretches, why.stretches.dropFirst()).allSatisfy { $0.to == $1.from }, "without gaps")
    #expect(why.stretches.first?.from == work.first?.from ?? now || work.isEmpty)
    let counted = why.stretches.filter(\.isCounted).reduce(TimeSpan.zero) { $0 + ($1.to - $1.from) }
    if let due = why.due {
      #expect(counted == why.standing.at && why.stretches.last?.to == due, "what counts adds up to the gate's place")
    } else {
      #expect(counted == why.counted && why.stretches.last.map { $0.to == why.standing.answeredAt ?? now } ?? true)
    }
    func text(_ instant: Instant) -> String {
      let civil = plan.zone.civil(instant)
      return "\(civil.date.weekday.rawValue) \(civil.time)"
    }
    let place = "\(why.counted) of \(why.standing.at)"
    let state = why.due.map { "due \(text($0))" } ?? "not due"
    let held = why.heldBy.map { ", held by \($0)" } ?? ""
    return ["\(state)\(why.isReached ? ", reached" : "")\(held): \(place)"]
      + why.stretches.map { stretch in
        "\(text(stretch.from)) to \(text(stretch.to)): \(stretch.isCounted ? "\(stretch.to - stretch.from)" : "-") (\(stretch.reason))"
      }
  }

  private let block = "onsite-desktop-consent"
  private let server = "onsite-server-consent"
  private let assessment = "onsite-server-assessment"

  private func span(_ day: Int, _ from: String, _ to: String, until: Int? = nil) -> WorkInterval {
    WorkInterval(from: Self.at(day, from), to: Self.at(until ?? day, to))
  }

  @Test("F17b: while somebody is at work, what has passed counts as it was, and what comes as if work went on")
  func goesOn() throws {
    #expect(
      try why(block, [span(2, "16:00", "17:00")], until: Self.at(2, "17:00"), goesOn: true) == [
        "due tue 10:00: 1h of 3h", "mon 16:00 to mon 17:00: 1h (open)", "mon 17:00 to mon 18:00: 1h (work goes on)",
        "mon 18:00 to tue 00:00: - (closed hours)", "tue 00:00 to tue 09:00: - (closed hours)",
        "tue 09:00 to tue 10:00: 1h (work goes on)",
      ])
    // At its very beginning nothing has passed.
    #expect(
      try why(block, [], until: Self.at(2, "10:00"), goesOn: true) == [
        "due mon 13:00: 0m of 3h", "mon 10:00 to mon 13:00: 3h (work goes on)",
      ])
    #expect(try why(block, [], until: Self.at(2, "10:00")) == ["not due: 0m of 3h"])
  }

  @Test("F17b: between two visits nobody is at work; as long as that lasts, no due instant holds")
  func visits() throws {
    let first = span(2, "10:00", "11:00")
    let past = ["mon 10:00 to mon 11:00: 1h (open)", "mon 11:00 to mon 14:00: - (nobody at work)"]
    #expect(try why(block, [first], until: Self.at(2, "14:00")) == ["not due: 1h of 3h"] + past)
    let two = [first, span(2, "14:00", "14:30")]
    #expect(
      try why(block, two, until: Self.at(2, "14:30"), goesOn: true) == ["due mon 16:00: 1h30m of 3h"] + past + [
        "mon 14:00 to mon 14:30: 30m (open)", "mon 14:30 to mon 16:00: 1h30m (work goes on)",
      ])
  }

  @Test("F6 F17b: work over a weekend counts by the rate's calendar, and each day says why it does not")
  func weekend() throws {
    let work = [span(6, "17:00", "10:00", until: 9)]
    #expect(
      try why(block, work, until: Self.at(9, "10:00"), goesOn: true) == [
        "due mon 11:00: 2h of 3h", "fri 17:00 to fri 18:00: 1h (open)", "fri 18:00 to sat 00:00: - (closed hours)",
        "sat 00:00 to sun 00:00: - (weekend)", "sun 00:00 to mon 00:00: - (weekend)",
        "mon 00:00 to mon 09:00: - (closed hours)", "mon 09:00 to mon 10:00: 1h (open)",
        "mon 10:00 to mon 11:00: 1h (work goes on)",
      ])
  }

  @Test("F17b: work that ends exactly at the gate has come to it; a minute earlier it has not")
  func edge() throws {
    let reached = ["due mon 13:00, reached: 3h of 3h", "mon 10:00 to mon 13:00: 3h (open)"]
    #expect(try why(block, [span(2, "10:00", "13:00")], until: Self.at(2, "15:00")) == reached)
    #expect(try why(block, [span(2, "10:00", "14:00")], until: Self.at(2, "14:00"), goesOn: true) == reached)
    #expect(
      try why(block, [span(2, "10:00", "12:59")], until: Self.at(2, "13:00")) == [
        "not due: 2h59m of 3h", "mon 10:00 to mon 12:59: 2h59m (open)", "mon 12:59 to mon 13:00: - (nobody at work)",
      ])
  }

  @Test("F17b: once another block is agreed to, the gate is that block's end; work before a late answer does not count")
  func blocks() throws {
    let work = [span(2, "10:00", "14:00")]
    let now = Self.at(2, "14:00")
    #expect(
      try why(block, work, until: now, goesOn: true, Gates.desktop, [Gates.block(1, "12:00:00")]) == [
        "due mon 16:00: 4h of 6h", "mon 10:00 to mon 13:00: 3h (open)", "mon 13:00 to mon 14:00: 1h (open)",
        "mon 14:00 to mon 16:00: 2h (work goes on)",
      ])
    #expect(
      try why(block, work, until: now, goesOn: true, Gates.desktop, [Gates.block(1, "13:20:00")]) == [
        "due mon 16:20: 3h40m of 6h", "mon 10:00 to mon 13:00: 3h (open)",
        "mon 13:00 to mon 13:20: - (stood still before \(block), nobody had let it go on)",
        "mon 13:20 to mon 14:00: 40m (open)", "mon 14:00 to mon 16:20: 2h20m (work goes on)",
      ])
    // Taken back after work had gone past it: it was reached, and nobody opens it any more.
    let back = [Gates.block(1, "12:00:00"), Gates.block(1, "13:30:00", false)]
    #expect(
      try why(block, work, until: now, goesOn: true, Gates.desktop, back).first == "due mon 13:00, reached: 3h of 3h")
  }

  @Test("F16 F17c: an answer in time ends the assessment's clock there; a late one leaves it due when work came to it")
  func answers() throws {
    let (work, now) = ([span(2, "10:00", "14:00")], Self.at(2, "14:00"))
    func why(_ gate: String, _ answers: GateAnswer...) throws -> [String] {
      try self.why(gate, work, until: now, goesOn: true, Gates.server, answers)
    }
    // Answered at 11:30, when work would have come to it at 12:00; on the instant itself it is in time.
    let early = [
      "due mon 12:00: 1h30m of 2h", "mon 10:00 to mon 11:30: 1h30m (open)",
      "mon 11:30 to mon 12:00: 30m (work goes on)",
    ]
    #expect(try why(assessment, Gates.assessment("11:30:00")) == early)
    let onTime = ["due mon 12:00: 2h of 2h", "mon 10:00 to mon 12:00: 2h (open)"]
    #expect(try why(assessment, Gates.assessment("12:00:00")) == onTime)
    let late = ["due mon 12:00, reached: 2h of 2h", "mon 10:00 to mon 12:00: 2h (open)"]
    #expect(try why(assessment, Gates.assessment("12:00:01")) == late)
    #expect(try why(assessment) == late)
    // The block's end: work stood still for twenty minutes before the other gate.
    #expect(
      try why(server, Gates.assessment("12:20:00")) == [
        "due mon 13:20, reached: 3h of 3h", "mon 10:00 to mon 12:00: 2h (open)",
        "mon 12:00 to mon 12:20: - (stood still before \(assessment), nobody had let it go on)",
        "mon 12:20 to mon 13:20: 1h (open)",
      ])
    #expect(
      try why(server) == [
        "not due, held by \(assessment): 2h of 3h", "mon 10:00 to mon 12:00: 2h (open)",
        "mon 12:00 to mon 14:00: - (stood still before \(assessment), nobody had let it go on)",
      ])
    // Before work has begun, and with nobody there, an answer ends it with nothing due.
    let none = try self.why(assessment, [], until: now, Gates.server, [Gates.assessment("09:30:00")])
    #expect(none == ["not due: 0m of 2h"])
    let between = try self.why(
      assessment, [span(2, "10:00", "11:00")], until: now, Gates.server, [Gates.assessment("11:30:00")])
    #expect(
      between == [
        "not due: 1h of 2h", "mon 10:00 to mon 11:00: 1h (open)", "mon 11:00 to mon 11:30: - (nobody at work)",
      ])
    #expect(
      plan.why(gate: "other", of: WorkCourse(work: work, until: now, goesOn: true), facts: Gates.server, answers: [])
        == nil)
  }
}
