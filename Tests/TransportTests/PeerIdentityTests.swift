import Testing
import Transport
import Wire

@Suite("Identities") struct PeerIdentityTests {
  private let tenant = "01901234-5678-7abc-8def-0123456789ab"

  @Test("W5: the two forms are read")
  func forms() throws {
    for role in TenantRole.allCases {
      let uri = "spiffe://callout.test/tenant/\(tenant)/\(role.rawValue)/Kiosk_1.a-b"
      let identity = try PeerIdentity(uri: uri, domain: "callout.test")
      #expect(identity == .tenant(TestAuthority.tenant, role: role, name: "Kiosk_1.a-b"))
      #expect(identity.uri(in: "callout.test") == uri)
      #expect(identity.caller == role.caller)
      #expect(identity.tenant == TestAuthority.tenant)
    }
    let service = try PeerIdentity(uri: "spiffe://callout.test/service/intake", domain: "callout.test")
    #expect(service == .service(name: "intake"))
    #expect(service.caller == .service)
    #expect(service.tenant == nil)
    #expect(PeerIdentity.service(name: "operator").caller == .operator)
    #expect(PeerIdentity.service(name: "gateway").caller == .gateway)
    #expect(PeerIdentity.service(name: "desk").caller == .desk)
    #expect(PeerIdentity.service(name: "portal").caller == nil, "no other role has an installation's identity")
    #expect(PeerIdentity.service(name: "stranger").caller == nil)
  }

  @Test(
    "W5: whatever is not exactly one of the two forms is refused",
    arguments: [
      "spiffe://callout.test", "spiffe://callout.test/", "spiffe://callout.test/service",
      "spiffe://callout.test/service/", "spiffe://callout.test/service/intake/",
      "spiffe://callout.test//service/intake",
      "spiffe://callout.test/service/in%74ake", "spiffe://callout.test/service/intake?x",
      "spiffe://callout.test/service/intake#x", "spiffe://callout.test/service/.", "spiffe://callout.test/service/..",
      "spiffe://callout.test/service/intake x", "spiffe://callout.test/service/intäke",
      "spiffe://callout.test/Service/intake", "SPIFFE://callout.test/service/intake",
      "https://callout.test/service/intake", "spiffe://callout.test/tenant/01901234-5678-7abc-8def-0123456789ab/desk",
      "spiffe://callout.test/tenant/01901234-5678-7abc-8def-0123456789ab/desk/a/b",
      "spiffe://callout.test/tenant/01901234-5678-7ABC-8DEF-0123456789AB/desk/a",
      "spiffe://callout.test/tenant/01901234-5678-7abc-8def-0123456789a/desk/a",
      "spiffe://callout.test/tenant/01901234-5678-7abc-8def-0123456789ab/operator/a",
      "spiffe://callout.test/tenant/01901234-5678-7abc-8def-0123456789ab/Desk/a",
      "spiffe://callout.test/tenant/01901234-5678-7abc-8def-0123456789ab/desk/",
    ])
  func malformed(uri: String) {
    #expect(throws: IdentityError.malformed) { try PeerIdentity(uri: uri, domain: "callout.test") }
  }

  @Test("W5: a name has 64 bytes at most")
  func nameLength() throws {
    let longest = String(repeating: "a", count: 64)
    #expect(
      try PeerIdentity(uri: "spiffe://callout.test/service/\(longest)", domain: "callout.test")
        == .service(name: longest))
    #expect(throws: IdentityError.malformed) {
      try PeerIdentity(uri: "spiffe://callout.test/service/\(longest)a", domain: "callout.test")
    }
  }

  @Test(
    "W6: another trust domain is refused as such",
    arguments: [
      "spiffe://other.test/service/intake", "spiffe://callout.test.evil/service/intake",
      "spiffe://callout.test:443/service/intake", "spiffe://user@callout.test/service/intake",
      "spiffe://CALLOUT.test/service/intake", "spiffe://callout.tes/service/intake",
    ])
  func otherDomain(uri: String) {
    #expect(throws: IdentityError.otherDomain) { try PeerIdentity(uri: uri, domain: "callout.test") }
  }
}
