import Foundation
import Policy
import Testing

@Suite("A further provider, whose plan needs no change to the code")
struct FifthProviderTests {
  /// Another zone with daylight saving, another unit, a currency without decimals, tiers, classes and blocks of its own.
  static let file = Samples.root.appending(path: "Tests/FurtherProvider/night-owls.yaml")

  let plan: Plan

  init() throws {
    plan = try Plan.read(String(contentsOf: Self.file, encoding: .utf8), zones: Samples.zones).get()
  }

  @Test("It is read, and means what it says")
  func read() {
    #expect(plan.lint().filter(\.isError).map(\.located) == [])
    #expect(plan.package("nest")?.price?.description == "JPY 50000")
    #expect(plan.package("day")?.unit == "day-on-site")
  }

  @Test(
    "Its targets count its nights, the short and the long one of the year included",
    arguments: [
      ("2026-06-02 04:00", "2026-06-02 21:00"), ("2026-06-05 23:00", "2026-06-06 02:00"),
      // The clocks go forward on Sunday 8 March and back on Sunday 1 November, when the desk is closed.
      ("2026-03-06 23:00", "2026-03-07 02:00"), ("2026-03-07 05:00", "2026-03-09 22:00"),
      ("2026-10-31 05:00", "2026-11-02 22:00"),
      // The evening before the holiday counts, the night that is already the holiday does not.
      ("2026-07-02 23:00", "2026-07-04 02:00"),
    ])
  func targets(opened: String, due: String) {
    let targets = plan.targets(openedAt: Samples.civil(opened, plan))
    #expect(targets.map(\.due) == [Samples.civil(due, plan)])
  }

  @Test(
    "Its desk is open at night, and a refusal names all that fails",
    arguments: [
      ("2026-06-02 19:59:59", "US-NY", ["at-night"]), ("2026-06-02 20:00", "US-NY", []),
      ("2026-06-03 05:59:59", "US-NJ", []), ("2026-06-03 06:00", "US-NJ", ["at-night"]),
      ("2026-06-02 12:00", "US-CA", ["at-night", "two-states"]),
    ])
  func admission(at: String, region: String, clauses: [String]) {
    let facts: Facts = [.region: .text(region), .tier: "owl", .agreement: "active"]
    #expect(plan.admit(facts, at: Samples.civil(at, plan)).failed.map(\.id) == clauses)
  }

  @Test(
    "Its work is counted in its own units, each entry rounded to twenty minutes and at least two of them",
    arguments: [("remote", 9, 2), ("remote", 49, 2), ("remote", 50, 3), ("onsite", 120, 12), ("onsite", 121, 22)]
      as [(String, Int64, Int64)])
  func rates(mode: String, minutes: Int64, units: Int64) {
    let task = WorkTask(
      facts: [.service: "ticket", .mode: .text(mode)], work: .minutes(minutes), assessment: .notAsked)
    #expect(plan.rate(task).total.units == units)
  }

  @Test("A service draws its own unit, for the tier that has it")
  func service() {
    let eagle: Facts = [.tier: "eagle", .agreement: "active"]
    #expect(plan.use("day", eagle) == .granted(entitlement: "days", draws: "day-on-site"))
    guard case .refused(let failed) = plan.use("day", [.tier: "owl", .agreement: "active"]) else {
      Issue.record("granted")
      return
    }
    #expect(failed.first?.remedy == "tier must be eagle")
    let rating = plan.rate(WorkTask(facts: [.service: "day"], work: .minutes(481), assessment: .notAsked))
    #expect(rating.total == 2)
    #expect(plan.unit(of: rating) == "day-on-site")
  }
}
