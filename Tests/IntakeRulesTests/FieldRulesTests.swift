import IntakeRules
import Policy
import Testing

@Suite("What callers write")
struct FieldRulesTests {
  @Test(
    "A subject is one line of 1 to 200 bytes without control characters",
    arguments: [
      ("", false), ("   ", false), (String(repeating: "x", count: 200), true),
      (String(repeating: "x", count: 201), false), ("two\nlines", false), ("bell\u{07}", false),
      ("escape\u{1B}[31m", false), ("\u{85}", false), ("Ä 漢字", true),
    ])
  func subject(text: String, isTaken: Bool) throws {
    var desk = try Desk()
    let request = desk.call(text)
    #expect(
      desk.refusal { OpenTicket.decide(request, &$0, &$1) }?.reason == (isTaken ? nil : .invalid(field: "subject")))
  }

  @Test("A message has 1 byte to 64 KiB, and may have several lines")
  func message() throws {
    var desk = try Desk()
    let id = try desk.open().id
    for (text, isTaken) in [
      ("", false), ("a\nb", true), (String(repeating: "x", count: 65_536), true),
      (String(repeating: "x", count: 65_537), false), ("tab\t", false),
    ] {
      let post = PostMessage.Request(ticketID: id, direction: .internal, channel: "", text: text)
      #expect(
        desk.refusal { PostMessage.decide(post, &$0, &$1) }?.reason == (isTaken ? nil : .invalid(field: "text")))
    }
  }

  @Test("Telephone numbers and mail addresses look like such")
  func reach() throws {
    var desk = try Desk()
    desk.state.contacts.update(desk.mei) { $0.endedAt = $0.appointedAt }
    for (field, change) in [
      ("fixed_phone", { (r: inout AppointContact.Request) in r.fixedPhone = "call me" }),
      ("mobile_phone", { $0.mobilePhone = "+65\u{0}" }), ("mobile_phone", { $0.mobilePhone = "12" }),
      ("email", { $0.email = "nobody" }), ("email", { $0.email = "a@b@c" }), ("email", { $0.email = "a b@c" }),
      ("email", { $0.email = String(repeating: "x", count: 249) + "@b.com" }),
    ] {
      var request = desk.person("Someone")
      change(&request)
      let changed = request
      #expect(desk.refusal { AppointContact.decide(changed, &$0, &$1) }?.reason == .invalid(field: field))
    }
  }

  @Test("A hotline is in international form and has one spelling")
  func hotlines() {
    #expect(CreateAccount.canonicalHotline("+65 (3105) 01-42") == "+6531050142")
    for text in ["6531050142", "+0651234", "+12", "+1234567890123456", "", "+65 3105x"] {
      #expect(CreateAccount.canonicalHotline(text) == nil, "\(text)")
    }
  }

  @Test("An account has a name, a region, and at most ten hotlines of its own")
  func account() throws {
    var desk = try Desk()
    for (name, region, numbers, field) in [
      ("", "SG", [String](), "name"), ("Kopi", "", [], "region"), ("Kopi", "S G", [], "region"),
      ("Kopi", "SG", (10...20).map { "+65310501\($0)" }, "hotlines"), ("Kopi", "SG", ["12345"], "hotlines"),
    ] {
      let request = CreateAccount.Request(name: name, region: region, hasMaintenancePlan: false, hotlines: numbers)
      #expect(desk.refusal { CreateAccount.decide(request, &$0, &$1) }?.reason == .invalid(field: field))
    }
  }

  @Test("An account may have a language, which can be changed and taken off")
  func language() throws {
    var desk = try Desk()
    func request(_ language: String) -> CreateAccount.Request {
      .init(name: "Kopi", region: "SG", hasMaintenancePlan: false, hotlines: [], language: language)
    }
    #expect(desk.refusal { CreateAccount.decide(request("deutsch"), &$0, &$1) }?.reason == .invalid(field: "language"))
    let account = try desk.run { CreateAccount.decide(request("de-at"), &$0, &$1) }.account
    #expect(account.language?.tag == "de-AT")
    let changed = try desk.run { UpdateAccount.decide(.init(accountID: account.id, language: "fr"), &$0, &$1) }.account
    #expect(changed.language?.tag == "fr" && changed.version == 2)
    let none = try desk.run { UpdateAccount.decide(.init(accountID: account.id, language: ""), &$0, &$1) }.account
    #expect(none.language == nil)
    let same = try desk.run { UpdateAccount.decide(.init(accountID: account.id), &$0, &$1) }.account
    #expect(same.version == 3)
  }
}
