import NotifierRules
import Policy
import Testing

@Suite("Endpoints of webhooks")
struct EndpointTests {
  private static func desk() throws -> Desk {
    try Desk(ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]")
  }

  private func set(
    _ desk: inout Desk, _ name: String = "chat", url: String = "https://a.example/", secret: String? = nil,
    fresh: String = "fresh", rotates: Bool = false, until: Instant? = nil
  ) -> Decision<EndpointSet.Reply> {
    var context = desk.context
    let request = EndpointSet.Request(
      name: name, url: url, secret: secret, fresh: fresh, rotates: rotates, earlierUntil: until)
    return EndpointSet.decide(request, &desk.state, &context)
  }

  @Test("A new endpoint gets a secret that is shown once, or the one that is given, which is not")
  func made() throws {
    var desk = try Self.desk()
    let made = try #require(set(&desk).reply)
    #expect(made.made == "fresh" && made.endpoint.secret == "fresh" && made.endpoint.earlier == nil)
    let given = try #require(set(&desk, "other", url: "https://b.example/", secret: "given").reply)
    #expect(given.made == nil && given.endpoint.secret == "given")
  }

  @Test("Setting it again keeps the secret; the address changes")
  func kept() throws {
    var desk = try Self.desk()
    _ = set(&desk)
    let again = try #require(set(&desk, url: "https://b.example/", fresh: "another").reply)
    #expect(again.made == nil && again.endpoint.secret == "fresh" && again.endpoint.url == "https://b.example/")
    #expect(again.endpoint.version == 2 && again.endpoint.earlier == nil && desk.state.endpoints.all.count == 1)
  }

  @Test("A secret that is replaced signs too until its instant, and only until then", arguments: [true, false])
  func rotated(draws: Bool) throws {
    var desk = try Self.desk()
    _ = set(&desk)
    let until = desk.now + .hours(1)
    let rotated = try #require(
      set(&desk, secret: draws ? nil : "given", fresh: "drawn", rotates: draws, until: until).reply)
    #expect(rotated.made == (draws ? "drawn" : nil))
    let new = draws ? "drawn" : "given"
    #expect(rotated.endpoint.secrets(at: desk.now) == [new, "fresh"])
    #expect(rotated.endpoint.secrets(at: until - .milliseconds(1)) == [new, "fresh"])
    #expect(rotated.endpoint.secrets(at: until) == [new])
  }

  @Test(
    "A secret that is replaced signs for a day if nothing is said, for 30 days at most, and not at all if that is past")
  func overlap() throws {
    var desk = try Self.desk()
    _ = set(&desk)
    #expect(set(&desk, fresh: "second", rotates: true).reply?.endpoint.earlier?.until == desk.now + .days(1))
    #expect(set(&desk, fresh: "third", rotates: true, until: desk.now + .days(30)).reply != nil)
    #expect(
      set(&desk, fresh: "fourth", rotates: true, until: desk.now + .days(30) + .milliseconds(1)).refusal?.reason
        == .invalid(field: "earlier_until_ms"))
    #expect(set(&desk, fresh: "now", rotates: true, until: desk.now).reply?.endpoint.secrets(at: desk.now) == ["now"])
  }

  @Test("Two endpoints cannot have one address")
  func address() throws {
    var desk = try Self.desk()
    _ = set(&desk)
    #expect(set(&desk, "other").refusal?.reason == .alreadyExists("endpoint"))
    #expect(desk.state.endpoints.all.count == 1)
  }

  @Test(
    "A name has 1 to 40 letters, digits, - or _",
    arguments: [
      ("a", true), (String(repeating: "x", count: 40), true), ("Chat-2_b", true),
      (String(repeating: "x", count: 41), false),
      ("", false), ("a b", false), ("ä", false), ("a.b", false), ("a\n", false),
    ])
  func name(name: String, isOne: Bool) throws {
    var desk = try Self.desk()
    #expect((set(&desk, name).reply != nil) == isOne)
  }

  @Test("An endpoint that is removed is gone, and its name may be used again")
  func removed() throws {
    var desk = try Self.desk()
    _ = set(&desk)
    var context = desk.context
    #expect(EndpointRemove.decide("chat", &desk.state, &context).reply != nil)
    #expect(EndpointRemove.decide("chat", &desk.state, &context).refusal?.reason == .notFound("endpoint"))
    #expect(set(&desk, fresh: "new").reply?.made == "new")
  }
}
