import Policy
import Testing

@testable import NotifierRules

@Suite("Tenants' own words")
struct TemplateTests {
  private static func desk() throws -> Desk {
    try Desk(ladder: "  duty: [{at: 0m, tell: [duty.primary], by: [email]}]")
  }

  private static let words = MessageKind.Words(
    subject: "Nur noch {{left.number}}", text: "Guten Tag {{contact}}, es bleiben {{left.number}}.\n",
    html: "<p>{{customer}}: {{left.number}}</p>")

  private static func set(
    _ desk: inout Desk, _ kind: String = "low-balance", _ language: String = "de", _ words: MessageKind.Words = words
  ) -> Decision<Template> {
    var context = desk.context
    return TemplateSet.decide(.init(kind: kind, language: language, words: words), &desk.state, &context)
  }

  private static func publish(
    _ desk: inout Desk, _ language: String = "de", edition: Int = 0
  ) -> Decision<TemplatePublish.Reply> {
    var context = desk.context
    return TemplatePublish.decide(
      .init(kind: "low-balance", language: language, edition: edition), &desk.state, &context)
  }

  private static let account = AccountView(
    id: AccountID(high: 8, low: 8), name: "Kopi & Söhne",
    contacts: [.init(id: ContactID(high: 5, low: 5), name: "Mei <Tan>", email: "mei@kopi.example")])

  private static func notice(_ facts: MessageFacts, kind: String = "low-balance") -> Notice {
    Notice(
      id: NoticeID(high: 6, low: 6), accountID: account.id, kind: kind, subject: "Your balance is low",
      text: "As told\n",
      facts: facts, at: Desk.opened, deliveries: 0)
  }

  private static let facts: MessageFacts = ["left": .units(1_090, unit: "credit"), "plan": .text("Flexi")]

  private static func told(
    _ desk: inout Desk, language: String?, _ facts: MessageFacts = facts, kind: String = "low-balance"
  ) throws -> Delivery {
    var account = account
    account.language = language.flatMap { MessageLanguage($0) }
    desk.state.accounts.insert(account)
    var context = desk.context
    #expect(NoticeTold.decide(notice(facts, kind: kind), &desk.state, &context).refusal == nil)
    return try #require(desk.state.deliveries.all.first)
  }

  @Test("A draft is kept, changes when it differs, and is in force only once it is published")
  func drafts() throws {
    var desk = try Self.desk()
    let first = try #require(Self.set(&desk).reply)
    #expect(first.version == 1 && first.published == 0)
    #expect(Self.set(&desk).reply?.version == 1)
    #expect(desk.state.template("low-balance", for: MessageLanguage("de"))?.edition == 0)
    let edition = try #require(Self.publish(&desk).reply)
    #expect(edition.edition.number == 1 && edition.template.version == 2 && edition.edition.repeats == 0)
    var other = Self.words
    other = .init(subject: "Anders", text: other.text, html: other.html)
    #expect(Self.set(&desk, "low-balance", "DE", other).reply?.version == 3)
    #expect(desk.state.template("low-balance", for: MessageLanguage("de"))?.edition == 1)
    #expect(Self.publish(&desk).reply?.edition.words.subject == "Anders")
    let again = try #require(Self.publish(&desk, edition: 1).reply)
    #expect(again.edition.number == 3 && again.edition.repeats == 1 && again.edition.words == Self.words)
    #expect(Self.publish(&desk, edition: 4).refusal?.reason == .notFound("edition"))
    #expect(Self.publish(&desk, "fr").refusal?.reason == .notFound("template"))
  }

  @Test("What a kind does not have is refused with its line and what exists; so is what is no kind or language")
  func refused() throws {
    var desk = try Self.desk()
    let wrong = MessageKind.Words(subject: "s", text: "a\n{{due}}", html: "")
    let refusal = try #require(Self.set(&desk, "low-balance", "de", wrong).refusal)
    #expect(refusal.reason == .invalid(field: "text"))
    #expect(
      refusal.text == "text, line 2: due is not known: there is customer, contact, plan, words, left, grant, percent.")
    let script = MessageKind.Words(subject: "s", text: "t", html: "<script>x</script>")
    #expect(Self.set(&desk, "low-balance", "de", script).refusal?.reason == .invalid(field: "html"))
    #expect(Self.set(&desk, "birthday", "de").refusal?.reason == .invalid(field: "kind"))
    #expect(Self.set(&desk, "low-balance", "deutsch").refusal?.reason == .invalid(field: "language"))
    #expect(desk.state.templates.all.isEmpty)
  }

  @Test("A kind has templates in at most 32 languages, and a template at most 10,000 editions")
  func bounds() throws {
    var desk = try Self.desk()
    for number in 0..<Template.languageCountMax {
      #expect(Self.set(&desk, "low-balance", "de-x\(number)a").reply != nil)
    }
    #expect(Self.set(&desk, "low-balance", "fr").refusal?.reason == .limit("templates"))
    #expect(Self.set(&desk, "low-balance", "de-x1a").reply != nil)
    let key = Template.Key(kind: "low-balance", language: "de-x1a")
    desk.state.templates.update(key) { $0.published = Template.editionCountMax - 1 }
    #expect(Self.publish(&desk, "de-x1a").reply?.edition.number == Template.editionCountMax)
    #expect(Self.publish(&desk, "de-x1a").refusal?.reason == .limit("editions"))
  }

  @Test(
    "A customer gets the words of its language, of the wider one or of the tenant's; the built-in ones of each stand in",
    arguments: [
      ("de-CH", "", "low-balance de 0"), ("de", "en", "low-balance de 0"), ("de-AT", "fr", "low-balance de 0"),
      ("de-AT", "de-AT", "low-balance de-AT 1"), ("de-CH", "de", "low-balance de 1"), ("fr", "de", "low-balance en 0"),
      ("", "en", "low-balance en 1"), ("fr", "en", "low-balance en 1"), ("", "", "low-balance en 0"),
    ])
  func languages(customer: String, published: String, wanted: String) throws {
    var desk = try Self.desk()
    if !published.isEmpty {
      _ = Self.set(&desk, "low-balance", published)
      _ = Self.publish(&desk, published)
    }
    let delivery = try Self.told(&desk, language: customer.isEmpty ? nil : customer)
    #expect(delivery.template == wanted)
    #expect(delivery.html?.contains("<html lang=\"\(wanted.split(separator: " ")[1])\"") == true)
  }

  @Test("Who names no language, or one without words, gets the tenant's language", arguments: [nil, "fr"])
  func tenantLanguage(customer: String?) throws {
    var desk = try Self.desk()
    desk.state.common.tenants.insert(
      Tenant(
        id: desk.state.common.tenantID, name: "Desk", clock: .live, instant: nil, createdAt: .epoch,
        language: try #require(MessageLanguage("de-CH"))))
    _ = Self.set(&desk)
    _ = Self.publish(&desk)
    #expect(try Self.told(&desk, language: customer).template == "low-balance de 1")
  }

  @Test("The message is made of the facts, in numbers of its language, and escaped in HTML")
  func german() throws {
    var desk = try Self.desk()
    _ = Self.set(&desk)
    _ = Self.publish(&desk)
    let delivery = try Self.told(&desk, language: "de")
    #expect(delivery.subject == "Nur noch 1.090")
    #expect(delivery.text == "Guten Tag Mei <Tan>, es bleiben 1.090.\n")
    #expect(delivery.html?.contains("<p>Kopi &amp; Söhne: 1.090</p>") == true)
    #expect(delivery.html?.contains("<title>Nur noch 1.090</title>") == true)
  }

  @Test("A notice without facts, of another kind, or too long in a template's words, goes out as it was told")
  func asTold() throws {
    var plain = try Self.desk()
    let told = try Self.told(&plain, language: "de", [:])
    #expect(told.template.isEmpty && told.html == nil && told.text == "As told\n")
    var other = try Self.desk()
    #expect(try Self.told(&other, language: nil, kind: "birthday").text == "As told\n")
    var long = try Self.desk()
    _ = Self.set(
      &long, "low-balance", "de", .init(subject: "s", text: String(repeating: "{{plan}}", count: 100), html: ""))
    _ = Self.publish(&long)
    let facts = Self.facts.with(["plan": .text(String(repeating: "x", count: 200))])
    #expect(try Self.told(&long, language: "de", facts).template.isEmpty)
  }
}
