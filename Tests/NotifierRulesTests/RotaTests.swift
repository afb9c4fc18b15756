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
    people: [PersonID] = [anna, bob], above layers: [RotaLayer] = []
  ) throws -> Rota {
    let lowest = try layer(zone: zone, handover: handover, days: days, starts: starts, people: people)
    return Rota(
      id: RotaID(high: 9, low: 9), name: "duty.primary", layers: [lowest] + layers, since: lowest.starts, version: 1)
  }

  private static func layer(
    zone: String = "Europe/Berlin", handover: String = "09:00", days: Int = 1, starts: String, ends: String? = nil,
    people: [PersonID], hours: [String] = []
  ) throws -> RotaLayer {
    RotaLayer(
      zone: zone, handover: try #require(CivilTime(handover)), turnDays: days, starts: try #require(Instant(starts)),
      ends: try ends.map { try #require(Instant($0)) }, people: people,
      hours: try hours.map { try #require(DutyHours($0)) })
  }

  private static func who(_ rota: Rota, _ at: String, _ overrides: [RotaOverride] = []) throws -> Duty {
    let zones = Dictionary(uniqueKeysWithValues: try Set(rota.zones).map { ($0, try Desk.zone($0)) })
    return rota.duty(at: try #require(Instant(at)), overrides: overrides, zones: zones)
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
    #expect(first == Duty(personID: Self.anna, byOverride: false, layer: 1, until: Instant("2026-03-09T01:00:00Z")))
    #expect(try Self.who(rota, "2026-03-16T01:00:00Z").personID == Self.cleo)
    #expect(try Self.who(rota, "2026-03-23T01:00:00Z").personID == Self.anna)
    #expect(try Self.who(rota, "2046-03-05T01:00:00Z").personID != nil)
  }

  @Test("Nobody is on duty before the start or on an empty rota, and one person alone is for ever")
  func edges() throws {
    let rota = try Self.rota(starts: "2026-03-02T08:00:00Z")
    let before = try Self.who(rota, "2026-03-02T07:59:59Z")
    #expect(before == Duty(personID: nil, byOverride: false, layer: 0, until: Instant("2026-03-02T08:00:00Z")))
    let empty = try Self.rota(starts: "2026-03-02T08:00:00Z", people: [])
    #expect(try Self.who(empty, "2026-04-01T00:00:00Z") == Duty(personID: nil, byOverride: false, layer: 0, until: nil))
    let alone = try Self.rota(starts: "2026-03-02T08:00:00Z", people: [Self.anna])
    #expect(
      try Self.who(alone, "2026-04-01T00:00:00Z") == Duty(personID: Self.anna, byOverride: false, layer: 1, until: nil))
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
        Duty(personID: Self.anna, byOverride: false, layer: 1, until: Instant("2026-03-03T00:00:00Z"))
      ),
      (
        "2026-03-03T00:00:00Z",
        Duty(personID: Self.cleo, byOverride: true, layer: 0, until: Instant("2026-03-03T12:00:00Z"))
      ),
      (
        "2026-03-03T12:00:00Z",
        Duty(personID: Self.bob, byOverride: true, layer: 0, until: Instant("2026-03-03T18:00:00Z"))
      ),
      (
        "2026-03-03T18:00:00Z",
        Duty(personID: Self.cleo, byOverride: true, layer: 0, until: Instant("2026-03-04T00:00:00Z"))
      ),
      (
        "2026-03-04T00:00:00Z",
        Duty(personID: Self.anna, byOverride: false, layer: 1, until: Instant("2026-03-09T01:00:00Z"))
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
      RotaSet.Request(
        name: name,
        layers: [.init(zone: zone, handover: handover, turnDays: days, starts: nil, people: [])]),
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

  @Test("The highest layer that has somebody decides: nights and weekends have their own turns, whatever the clocks do")
  func layers() throws {
    // Anna has all of it; above her Bob has the nights, through midnight, and above both Cleo the weekend.
    let rota = try Self.rota(
      starts: "2026-03-23T08:00:00Z", people: [Self.anna],
      above: [
        try Self.layer(starts: "2026-03-23T08:00:00Z", people: [Self.bob], hours: ["22:00-06:00"]),
        try Self.layer(starts: "2026-03-23T08:00:00Z", people: [Self.cleo], hours: ["sat-sun 00:00-24:00"]),
      ])
    // Berlin is an hour ahead of UTC up to Sunday, 29 March 2026, 01:00 UTC, and two hours from then on.
    let cases: [(String, PersonID, Int)] = [
      ("2026-03-27T20:59:59Z", Self.anna, 1), ("2026-03-27T21:00:00Z", Self.bob, 2),
      ("2026-03-27T22:59:59Z", Self.bob, 2), ("2026-03-27T23:00:00Z", Self.cleo, 3),
      ("2026-03-29T21:59:59Z", Self.cleo, 3), ("2026-03-29T22:00:00Z", Self.bob, 2),
      ("2026-03-30T03:59:59Z", Self.bob, 2), ("2026-03-30T04:00:00Z", Self.anna, 1),
    ]
    for (at, person, layer) in cases {
      let duty = try Self.who(rota, at)
      #expect(duty.personID == person && duty.layer == layer, "\(at)")
    }
    #expect(try Self.who(rota, "2026-03-28T12:00:00Z").until == Instant("2026-03-29T22:00:00Z"))
  }

  @Test("A layer that ends gives way to what is below it, and one in another zone has its own hand-over")
  func endsAndZones() throws {
    let rota = try Self.rota(
      starts: "2026-03-02T08:00:00Z", people: [Self.anna],
      above: [
        try Self.layer(
          zone: "Asia/Singapore", starts: "2026-03-03T01:00:00Z", ends: "2026-03-06T01:00:00Z",
          people: [Self.bob, Self.cleo])
      ])
    let cases: [(String, PersonID)] = [
      ("2026-03-03T00:59:59Z", Self.anna), ("2026-03-03T01:00:00Z", Self.bob), ("2026-03-04T00:59:59Z", Self.bob),
      ("2026-03-04T01:00:00Z", Self.cleo), ("2026-03-06T00:59:59Z", Self.bob), ("2026-03-06T01:00:00Z", Self.anna),
    ]
    for (at, person) in cases { #expect(try Self.who(rota, at).personID == person, "\(at)") }
  }

  @Test(
    "Hours of the week are read as they are written, and nothing else is",
    arguments: [
      ("mon-fri 09:00-18:00", "mon-fri 09:00-18:00"), ("sat 10:00-24:00", "sat 10:00-24:00"),
      ("22:00-06:00", "mon-sun 22:00-06:00"), ("fri-mon 18:00-09:00", "fri-mon 18:00-09:00"), ("9:00-18:00", nil),
      ("mon-fri", nil), ("mon-tue-wed 09:00-10:00", nil), ("09:00-09:00", nil), ("24:00-09:00", nil), ("", nil),
      ("mon 09:00-10:00 ", nil), ("mo 09:00-10:00", nil), ("09:00-10:00-11:00", nil), ("mon  09:00-10:00", nil),
    ] as [(String, String?)])
  func hours(text: String, read: String?) { #expect(DutyHours(text)?.description == read) }

  @Test("A forecast has every stretch without gaps, and names what nobody covers")
  func forecast() throws {
    let rota = try Self.rota(
      zone: "Asia/Singapore", starts: "2026-03-02T01:00:00Z", people: [],
      above: [
        try Self.layer(
          zone: "Asia/Singapore", days: 7, starts: "2026-03-02T01:00:00Z", people: [Self.anna, Self.bob],
          hours: ["mon-fri 09:00-18:00"])
      ])
    let (from, to) = (try #require(Instant("2026-03-06T00:00:00Z")), try #require(Instant("2026-03-09T02:00:00Z")))
    let zones = ["Asia/Singapore": try Desk.zone("Asia/Singapore")]
    let stand = [try Self.override(1, Self.cleo, "2026-03-07T00:00:00Z", "2026-03-08T00:00:00Z")]
    let forecast = rota.forecast(from: from, to: to, overrides: stand, zones: zones)
    #expect(forecast.spans.map(\.personID) == [nil, Self.anna, nil, Self.cleo, nil, Self.bob])
    #expect(forecast.spans.first?.from == from && forecast.spans.last?.to == to)
    #expect(zip(forecast.spans, forecast.spans.dropFirst()).allSatisfy { $0.to == $1.from })
    let gaps = forecast.uncovered.map { "\($0.from) \($0.to)" }
    #expect(
      gaps == [
        "2026-03-06T00:00:00Z 2026-03-06T01:00:00Z", "2026-03-06T10:00:00Z 2026-03-07T00:00:00Z",
        "2026-03-08T00:00:00Z 2026-03-09T01:00:00Z",
      ])
  }

  @Test("A forecast ends where it has 1,000 stretches, and says so")
  func forecastBound() throws {
    let rota = try Self.rota(zone: "Asia/Singapore", starts: "2026-03-02T01:00:00Z", people: [Self.anna, Self.bob])
    let from = try #require(Instant("2026-03-02T01:00:00Z"))
    let zones = ["Asia/Singapore": try Desk.zone("Asia/Singapore")]
    let exactly = rota.forecast(from: from, to: from + .days(1_000), overrides: [], zones: zones)
    #expect(exactly.spans.count == RotaForecast.mostSpans && exactly.to == from + .days(1_000))
    let more = rota.forecast(from: from, to: from + .days(1_001), overrides: [], zones: zones)
    #expect(more.spans.count == RotaForecast.mostSpans && more.to == from + .days(1_000))
  }

  @Test("A group is uncovered only when it has nobody at all")
  func groupForecast() throws {
    var desk = try Desk(ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]")
    desk.rota("group.empty")
    desk.rota("group.full", desk.person("Anna"))
    for (name, count) in [("group.empty", 1), ("group.full", 0)] {
      let rota = try #require(desk.state.rotas.members(of: name).first)
      let forecast = rota.forecast(
        from: Desk.opened, to: Desk.opened + .days(7), overrides: [], zones: desk.state.zones)
      #expect(forecast.uncovered.count == count, "\(name)")
    }
  }

  @Test("What held before a rota was set anew is kept, and an override that has begun ends when it is taken back")
  func pasts() throws {
    var desk = try Desk(ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]")
    let (anna, bob) = (desk.person("Anna"), desk.person("Bob"))
    desk.rota("duty.primary", anna)
    desk.now = Desk.opened + .days(3)
    desk.rota("duty.primary", bob)
    let past = try #require(desk.state.rotaPasts.elements.first)
    #expect(past.from == Desk.opened - .days(1) && past.to == desk.now && past.layers.first?.people == [anna])
    #expect(desk.state.rotas.members(of: "duty.primary").first?.since == desk.now)
    desk.rota("duty.primary", anna, bob)
    #expect(desk.state.rotaPasts.elements.count == 1, "what held at no time is not kept")
    func add(_ from: TimeSpan, _ to: TimeSpan) throws -> OverrideID {
      var context = desk.context
      let request = OverrideAdd.Request(
        rota: "duty.primary", personID: bob, from: desk.now + from, to: desk.now + to, reason: "")
      return try #require(OverrideAdd.decide(request, &desk.state, &context).reply?.id)
    }
    func remove(_ id: OverrideID) -> Refused? {
      var context = desk.context
      return OverrideRemove.decide(id, &desk.state, &context).refusal
    }
    let (running, coming) = (try add(.hours(-1), .hours(1)), try add(.hours(1), .hours(2)))
    let over = try add(.hours(-2), .hours(-1))
    #expect(remove(running) == nil && desk.state.overrides[running]?.to == desk.now)
    #expect(remove(coming) == nil && desk.state.overrides[coming] == nil)
    #expect(remove(over)?.reason == .conflict(state: "over"))
    desk.now = desk.now - .hours(1) + OverrideRemove.kept
    #expect(remove(over) == nil && desk.state.overrides[over] == nil)
  }

  @Test("A rota has 1 to 10 layers, a layer at most 21 hours of the week and ends after it starts")
  func layerBounds() throws {
    var desk = try Desk(ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]")
    func set(layers: Int, hours: Int = 0, name: String = "", ends: TimeSpan? = nil) -> Refused? {
      var context = desk.context
      let layer = RotaSet.Request.Layer(
        name: name, zone: "Asia/Singapore", handover: "09:00", turnDays: 1, starts: Desk.opened,
        ends: ends.map { Desk.opened + $0 }, people: [], hours: Array(repeating: "mon 09:00-10:00", count: hours))
      return RotaSet.decide(
        .init(name: "duty.primary", layers: Array(repeating: layer, count: layers)), &desk.state, &context
      ).refusal
    }
    #expect(set(layers: Rota.mostLayers) == nil)
    #expect(set(layers: 0)?.reason.code == .limit && set(layers: Rota.mostLayers + 1)?.reason.code == .limit)
    #expect(set(layers: 1, hours: RotaLayer.mostHours) == nil)
    #expect(set(layers: 1, hours: RotaLayer.mostHours + 1)?.reason.code == .limit)
    #expect(set(layers: 1, name: String(repeating: "n", count: RotaLayer.nameByteCountMax)) == nil)
    #expect(
      set(layers: 1, name: String(repeating: "n", count: RotaLayer.nameByteCountMax + 1))?.reason.code == .invalid)
    #expect(set(layers: 1, ends: .zero)?.reason.code == .invalid && set(layers: 1, ends: .milliseconds(1)) == nil)
  }
}
