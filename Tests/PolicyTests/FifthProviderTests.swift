import Policy
import Testing

@Suite("A further provider, whose plan needs no change to the code")
struct FifthProviderTests {
  /// Another zone with daylight saving, another unit, a currency without decimals, tiers, classes and blocks of its own.
  static let document = """
    plan: night-owls
    title: Night Owls
    zone: America/New_York
    currency: JPY
    unit: token
    units: [day-on-site]
    values: {mode: [remote, onsite], region: [US-NY, US-NJ]}
    hours:
      night:
        mon-fri: [20:00-24:00]
        tue-sat: [00:00-06:00]
        holidays: {2026-07-03: Independence Day (observed)}
    tiers: [owl, eagle]
    entitlements:
      - {id: all, grants: ticket, tiers: [owl, eagle], text: Tickets are for customers.}
      - {id: days, grants: day, tiers: eagle, draws: day-on-site, text: Days are for eagles.}
    admission:
      - {id: at-night, require: {within: night}, text: We work at night.}
      - {id: two-states, require: {region: [US-NY, US-NJ]}, text: We work in two states.}
    classes:
      calm: {targets: [{id: reply, by: 3h, in: night, met_by: contacted, ladder: owls}]}
      loud: {targets: [{id: reply, by: 20m, in: night, met_by: work-begun, ladder: owls, starts: opened}]}
    default_class: calm
    packages:
      - {id: nest, grants: 50 tokens, price: JPY 50000, lasts: 6 months}
      - {id: day, grants: 1 day-on-site, price: JPY 90000}
    rounding: {increment: 20m, round: nearest, minimum: 2, of: entry}
    rates:
      - {id: days-on-site, when: {service: day}, per: 8h, each: 1, unit: day-on-site}
      - {id: far, when: {service: ticket, mode: remote}, per: 20m, each: 1}
      - {id: near, when: {service: ticket, mode: onsite}, blocks: {of: 2h, first: 12, each: 10}, in: night}
      - {id: rest, flat: 0}
    ladders: {owls: [{at: 0m, tell: duty.primary, by: sms}, {repeat: last, every: 5m, times: 3}]}
    """

  let plan: Plan

  init() throws { plan = try Plan.read(Self.document, zones: Samples.zones).get() }

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
