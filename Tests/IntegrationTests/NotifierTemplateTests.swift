import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import NotifierService

@Suite("Tenants' own words over the wire")
struct NotifierTemplateTests {
  private static let german = Callout_V1_TemplateSetRequest.with {
    $0.kind = "statement"
    $0.language = "de"
    $0.subject = "{{plan}}: Auszug vom {{from}} bis {{to}}"
    $0.text = """
      Guten Tag {{contact}},

      {{#lines}}
      {{day}}: {{heading}} ({{units.number}})
      {{/lines}}
      Saldo: {{closing.number}} Guthaben

      """
    $0.html = """
      <h1>Auszug</h1>
      <table>{{#lines}}<tr><td>{{day}}</td><td>{{heading}}</td><td class="units">{{units.number}}</td></tr>{{/lines}}</table>
      <p>Saldo: {{closing.number}}</p>
      """
  }

  /// The ledger's news of a closed month, with the sample's facts and one heading of our own.
  private static func statement(_ desk: NotifierDesk, _ id: NoticeID, heading: String) async throws {
    var facts = MessageKind.statement.sample
    facts["closing"] = .units(1_490, unit: "credit")
    facts["lines"] = .rows([
      [
        "day": .date(try #require(CivilDate("2026-03-03"))), "heading": .text(heading), "text": .text("x"),
        "reason": .text("y"), "units": .units(-110, unit: "credit"), "section": .text("charges"),
      ]
    ])
    let told = facts
    try await desk.service.tell(
      desk.tenant, from: "ledger",
      .with {
        $0.source = "ledger"
        $0.subject = Data(id.bytes)
        $0.version = 1
        $0.atMs = NotifierDesk.start.milliseconds
        $0.notice.kind = "statement"
        $0.notice.accountID = Data(NotifierDesk.accountID.bytes)
        $0.notice.subject = "Statement of March 2026"
        $0.notice.text = "The statement as told\n"
        $0.notice.facts = told.wire
      })
    try await desk.service.settle(desk.tenant)
  }

  private static func publish(_ desk: NotifierDesk, edition: UInt32 = 0) async throws -> Callout_V1_Template {
    try await desk.service.ask(
      .templatePublish, as: desk.anna, .with { ($0.kind, $0.language, $0.edition) = ("statement", "de", edition) }
    ).template
  }

  @Test(
    "A statement goes out in the customer's German, as text and as HTML, by the words that the tenant has published")
  func germanStatement() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      try await desk.account(language: "de-AT")
      _ = try await service.ask(.templateSet, as: desk.anna, Self.german)
      try await Self.statement(desk, NoticeID(high: 4, low: 1), heading: "Ticket 1")
      #expect(try await desk.deliveries().first?.template == "statement de 0")
      #expect(try await Self.publish(desk).edition == 1)
      try await Self.statement(desk, NoticeID(high: 4, low: 2), heading: "Störung <b>\r\nBcc: eve@evil.example")
      let delivery = try #require(try await desk.deliveries().first)
      #expect(delivery.template == "statement de 1" && delivery.html.isEmpty)
      #expect(delivery.subject == "Flexi-IT Services: Auszug vom 1. März 2026 bis 31. März 2026")
      #expect(delivery.text.contains("3. März 2026: Störung <b>"))
      #expect(delivery.text.hasSuffix("(\u{2212}110)\nSaldo: 1.490 Guthaben\n"))
      let mails = try desk.mail().map(\.text)
      let mail = try #require(mails.first { $0.contains("X-Callout-Template: statement de 1\n") })
      let head = mail.components(separatedBy: "\n\n")[0]
      #expect(head.contains("Content-Type: multipart/alternative;") && !head.contains("Bcc"))
      #expect(mail.contains("Content-Type: text/plain; charset=utf-8") && mail.contains("<html lang=\"de\">"))
      #expect(mail.contains("St") && mail.contains("&lt;b&gt;") && !mail.contains("<td>Störung <b>"))
    }
  }

  @Test("A draft is previewed with samples and with a real notice's facts, published, and an earlier edition again")
  func editions() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      try await desk.account()
      let draft = try await service.ask(.templateSet, as: desk.anna, Self.german).template
      #expect(draft.edition == 0 && draft.published == 0 && draft.version == 1)
      func preview(_ change: (inout Callout_V1_TemplatePreviewRequest) -> Void) async throws
        -> Callout_V1_TemplatePreviewReply
      {
        var request = Callout_V1_TemplatePreviewRequest.with { ($0.kind, $0.language) = ("statement", "de") }
        change(&request)
        return try await service.ask(.templatePreview, as: desk.anna, request)
      }
      let sample = try await preview { _ in }
      #expect(sample.subject == "Flexi-IT Services: Auszug vom 1. März 2026 bis 31. März 2026")
      #expect(sample.text.hasPrefix("Guten Tag Mei Tan,\n\n2. März 2026: Package flexi-600"))
      #expect(sample.html.contains("<h1>Auszug</h1>"))
      let notice = NoticeID(high: 4, low: 1)
      try await Self.statement(desk, notice, heading: "A real line")
      let real = try await preview { $0.noticeID = Data(notice.bytes) }
      #expect(real.text.hasPrefix("Guten Tag Tan,\n\n3. März 2026: A real line"))
      let built = try await preview { $0.language = "" }
      #expect(built.subject == "Flexi-IT Services: statement of 1 March 2026 to 31 March 2026")
      await #expect(throws: CommandRefused.self) { try await preview { $0.edition = 1 } }
      await #expect(throws: CommandRefused.self) { try await preview { $0.language = "fr" } }
      await #expect(throws: CommandRefused.self) {
        try await preview { ($0.kind, $0.language, $0.noticeID) = ("invoice", "", Data(notice.bytes)) }
      }
      _ = try await Self.publish(desk)
      var other = Self.german
      other.subject = "Anders"
      _ = try await service.ask(.templateSet, as: desk.anna, other)
      #expect(try await Self.publish(desk).subject == "Anders")
      let again = try await Self.publish(desk, edition: 1)
      #expect(again.edition == 3 && again.repeats == 1 && again.subject == Self.german.subject && again.by == "anna")
      func get(_ edition: UInt32) async throws -> Callout_V1_Template {
        try await service.ask(
          .templateGet, as: desk.anna, .with { ($0.kind, $0.language, $0.edition) = ("statement", "de", edition) }
        ).template
      }
      #expect(try await get(2).subject == "Anders")
      let present = try await get(0)
      #expect(present.subject == "Anders" && present.published == 3)
      let listed = try await service.ask(.templateList, as: desk.anna, .init()).templates
      #expect(listed.map(\.language) == ["de"] && listed[0].text.isEmpty && listed[0].published == 3)
      let builtIn = try await service.ask(.templateGet, as: desk.anna, .with { $0.kind = "invoice" }).template
      #expect(builtIn.text == MessageKind.invoice.builtIn()?.text && builtIn.language.isEmpty)
      let german = try await service.ask(
        .templateGet, as: desk.anna, .with { ($0.kind, $0.language) = ("invoice", "de") }
      ).template
      #expect(german.text == MessageKind.invoice.builtIn(in: .german)?.text && german.language == "de")
      #expect(german.id.isEmpty && german.edition == 0)
    }
  }

  @Test("Editions are never changed: the database refuses it")
  func insertOnly() throws {
    let database = try TestDatabase()
    let grants = try database.number(
      """
      SELECT count(*) FROM information_schema.role_table_grants
      WHERE grantee = '\(database.serviceRole)' AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')
      AND table_name = 'template_editions'
      """)
    #expect(grants == 0)
  }

  @Test("A draft that cannot be is refused with its line; a desk may look and not write")
  func refusals() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      var wrong = Self.german
      wrong.text = "a\n\n{{nothing}}"
      let refused = try await #require(throws: CommandRefused.self) {
        try await service.ask(.templateSet, as: desk.anna, wrong)
      }
      #expect(
        refused.refusal.code == .invalidField && refused.refusal.text.hasPrefix("text, line 3: nothing is not known"))
      let clerk = PeerIdentity.tenant(try #require(TenantBytes(desk.tenant.bytes)), role: .desk, name: "ben")
      await #expect(throws: CommandRefused.self) { try await service.ask(.templateSet, as: clerk, Self.german) }
      #expect(try await service.ask(.templateList, as: clerk, .init()).templates.isEmpty)
    }
  }

  @Test("Facts keep their values on the wire, and what is out of bounds is refused")
  func facts() throws {
    for kind in MessageKind.allCases {
      let (sample, again) = (kind.sample, try MessageFacts(kind.sample.wire))
      #expect(again == sample)
      #expect(try MessageFacts(stored: sample.bytes) == sample)
    }
    func fact(_ name: String, _ value: Callout_V1_NoticeFact.OneOf_Value?) -> Callout_V1_NoticeFact {
      .with { ($0.name, $0.value) = (name, value) }
    }
    func rows(_ count: Int) -> Callout_V1_NoticeFact {
      fact(
        "r", .rows(.with { $0.rows = Array(repeating: .with { $0.facts = [fact("a", .flag(true))] }, count: count) }))
    }
    let many = { (count: Int) in (0..<count).map { fact("f\($0)", .number(1)) } }
    let within: [[Callout_V1_NoticeFact]] = [
      many(64), [fact(String(repeating: "x", count: 64), .number(1))], [rows(500)],
      [fact("t", .text(String(repeating: "x", count: 65_536)))], [fact("unknown", nil)],
    ]
    for facts in within { #expect(throws: Never.self) { try MessageFacts(facts) } }
    let beyond: [[Callout_V1_NoticeFact]] = [
      many(65), [fact(String(repeating: "x", count: 65), .number(1))], [fact("", .number(1))], [rows(501)],
      [fact("t", .text(String(repeating: "x", count: 65_537)))], [fact("d", .date("2026-02-30"))],
      [fact("t", .time(.with { $0.civil = "2026-03-01" }))], [fact("m", .money(.with { $0.currency = "XXX" }))],
      [fact("u", .units(.with { $0.units = .max }))],
      [fact("r", .rows(.with { $0.rows = [.with { $0.facts = [rows(1)] }] }))],
    ]
    for facts in beyond {
      #expect(throws: Refused.self, "\(facts.first.map { "\($0)" } ?? "")") { try MessageFacts(facts) }
    }
  }
}
