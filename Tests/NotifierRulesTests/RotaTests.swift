import NotifierRules
import Policy
import Testing

@Suite("Rotas")
struct RotaTests {
  private static let anna = PersonID(high: 1, low: 0)
  private static let bob = PersonID(high: 2, low: 0)
  private static let cleo = PersonID(high: 3, low: 0)

  private static func rota(
    zone: String = "Europe/Berlin", handover: String = "09:00", days: Int = 1, starts: String,
    people: [PersonID] = [anna, bob]
  ) throws -> Rota {
    Rota(
      id: RotaID(high: 9, low: 9), name: "duty.primary", zone: zone, handover: try #require(CivilTime(handover)),
      turnDays: days, starts: try #require(Instant(starts)), people: people, version: 1)
  }

  private static func who(_ rota: Rota, _ at: String, _ overrides: [RotaOverride] = []) throws -> Duty {
    rota.duty(at: try #require(Instant(at)), overrides: overrides, zone: try Desk.zone(rota.zone))
  }

  private static func override(
    _ number: UInt64, _ person: PersonID, _ from: String, _ to: String
  ) throws -> RotaOverride {
    RotaOverride(
      id: OverrideID(high: number, low: 0), rotaID: RotaID(high: 9, low: 9), rotaName: "duty.primary",
      personID: person, from: try #require(Instant(from)), to: try #require(Instant(to)), reason: "")
  }

  @Test("A turn is handed over at the civil time, an hour earlier in UTC once summer time has begun")
  func daylightSaving() throws {
    // Clocks go forward on 29 March 2026: 09:00 is 08:00 UTC before, 07:00 UTC after.
    let rota = try Self.rota(starts: "2026-03-27T08:00:00Z")
    let cases: [(String, PersonID)] = [
      ("2026-03-27T08:00:00Z", Self.anna), ("2026-03-28T07:59:59Z", Self.anna), ("2026-03-28T08:00:00Z", Self.bob),
      ("2026-03-29T06:59:59Z", Self.bob), ("2026-03-29T07:00:00Z", Self.anna), ("2026-03-30T07:00:00Z", Self.bob),
    ]
    for (at, person) in cases { #expect(try Self.who(rota, at).personID == person, "\(at)") }
  }

  @Test("A hand-over that the clock skips happens when time goes on")
  func gap() throws {
    // 02:30 does not exist on 29 March 2026: time goes from 02:00 to 03:00, at 01:00 UTC.
    let rota = try Self.rota(handover: "02:30", starts: "2026-03-28T01:30:00Z")
    #expect(try Self.who(rota, "2026-03-29T00:59:59Z").personID == Self.anna)
    #expect(try Self.who(rota, "2026-03-29T00:59:59Z").until == Instant("2026-03-29T01:00:00Z"))
    #expect(try Self.who(rota, "2026-03-29T01:00:00Z").personID == Self.bob)
  }

  @Test("A hand-over that the clock shows twice happens the first time, once")
  func fold() throws {
    // 02:30 comes twice on 25 October 2026, at 00:30 and 01:30 UTC.
    let rota = try Self.rota(handover: "02:30", starts: "2026-10-24T00:30:00Z")
    #expect(try Self.who(rota, "2026-10-25T00:29:59Z").personID == Self.anna)
    #expect(try Self.who(rota, "2026-10-25T00:30:00Z").personID == Self.bob)
    #expect(try Self.who(rota, "2026-10-25T01:30:00Z").personID == Self.bob)
    #expect(try Self.who(rota, "2026-10-26T01:30:00Z").personID == Self.anna)
  }

  @Test("Turns of several days go round, and the answer says when it changes")
  func turns() throws {
    let rota = try Self.rota(
      zone: "Asia/Singapore", days: 7, starts: "2026-03-02T01:00:00Z", people: [Self.anna, Self.bob, Self.cleo])
    let first = try Self.who(rota, "2026-03-05T00:00:00Z")
    #expect(first == Duty(personID: Self.anna, byOverride: false, until: Instant("2026-03-09T01:00:00Z")))
    #expect(try Self.who(rota, "2026-03-16T01:00:00Z").personID == Self.cleo)
    #expect(try Self.who(rota, "2026-03-23T01:00:00Z").personID == Self.anna)
    #expect(try Self.who(rota, "2046-03-05T01:00:00Z").personID != nil)
  }

  @Test("Nobody is on duty before the start or on an empty rota, and one person alone is for ever")
  func edges() throws {
    let rota = try Self.rota(starts: "2026-03-02T08:00:00Z")
    let before = try Self.who(rota, "2026-03-02T07:59:59Z")
    #expect(before == Duty(personID: nil, byOverride: false, until: rota.starts))
    let empty = try Self.rota(starts: "2026-03-02T08:00:00Z", people: [])
    #expect(try Self.who(empty, "2026-04-01T00:00:00Z") == Duty(personID: nil, byOverride: false, until: nil))
    let alone = try Self.rota(starts: "2026-03-02T08:00:00Z", people: [Self.anna])
    #expect(try Self.who(alone, "2026-04-01T00:00:00Z") == Duty(personID: Self.anna, byOverride: false, until: nil))
    #expect(try Self.who(rota, "9999-12-31T23:59:59Z").personID != nil)
  }

  @Test("An override wins from its first instant up to its end, the one added last where two overlap")
  func overrides() throws {
    let rota = try Self.rota(zone: "Asia/Singapore", days: 7, starts: "2026-03-02T01:00:00Z")
    let overrides = [
      try Self.override(1, Self.cleo, "2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z"),
      try Self.override(2, Self.bob, "2026-03-03T12:00:00Z", "2026-03-03T18:00:00Z"),
    ]
    let cases: [(String, Duty)] = [
      (
        "2026-03-02T23:59:59Z",
        Duty(personID: Self.anna, byOverride: false, until: Instant("2026-03-03T00:00:00Z"))
      ),
      ("2026-03-03T00:00:00Z", Duty(personID: Self.cleo, byOverride: true, until: Instant("2026-03-03T12:00:00Z"))),
      ("2026-03-03T12:00:00Z", Duty(personID: Self.bob, byOverride: true, until: Instant("2026-03-03T18:00:00Z"))),
      ("2026-03-03T18:00:00Z", Duty(personID: Self.cleo, byOverride: true, until: Instant("2026-03-04T00:00:00Z"))),
      (
        "2026-03-04T00:00:00Z",
        Duty(personID: Self.anna, byOverride: false, until: Instant("2026-03-09T01:00:00Z"))
      ),
    ]
    for (at, duty) in cases { #expect(try Self.who(rota, at, overrides) == duty, "\(at)") }
  }

  @Test(
    "What a rota cannot be is refused",
    arguments: [
      ("primary", "Asia/Singapore", "09:00", 7), ("duty.a b", "Asia/Singapore", "09:00", 7),
      ("customer", "Asia/Singapore", "09:00", 7), ("duty.primary", "Mars/Olympus", "09:00", 7),
      ("duty.primary", "../etc/passwd", "09:00", 7), ("duty.primary", "Asia/Singapore", "24:00", 7),
      ("duty.primary", "Asia/Singapore", "9:00", 7), ("duty.primary", "Asia/Singapore", "09:00", 0),
      ("duty.primary", "Asia/Singapore", "09:00", 367),
    ])
  func refused(name: String, zone: String, handover: String, days: Int) throws {
    var desk = try Desk(ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]")
    var context = desk.context
    let decision = RotaSet.decide(
      RotaSet.Request(name: name, zone: zone, handover: handover, turnDays: days, starts: nil, people: []),
      &desk.state, &context)
    #expect(decision.refusal?.reason.code == .invalid)
    #expect(!desk.state.rotas.isChanged)
  }

  @Test("Setting a rota again keeps its id and its overrides")
  func replaced() throws {
    var desk = try Desk(ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]")
    let anna = desk.person("Anna")
    desk.rota("duty.primary", anna)
    let first = try #require(desk.state.rotas.members(of: "duty.primary").first)
    desk.rota("duty.primary")
    let second = try #require(desk.state.rotas.members(of: "duty.primary").first)
    #expect(second.id == first.id && second.version == 2 && second.people.isEmpty)
  }
}
