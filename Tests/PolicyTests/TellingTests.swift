import Policy
import Testing

@Suite("Whom ladders tell, and when")
struct TellingTests {
  private static let hours = "hours: {always: 24x7, office: {mon-fri: 09:00-18:00}}"

  private func plan(_ text: String) throws -> Plan {
    try Plan.read(Samples.document(text, hours: Self.hours), zones: Samples.zones).get()
  }

  private func problems(_ text: String) -> [String] { Samples.problems(Samples.document(text, hours: Self.hours)) }

  @Test(
    "A recipient is read as plans write it, with the rota that says who it is",
    arguments: [
      ("duty.primary", .duty("primary"), "duty.primary"), ("everyone.primary", .everyone("primary"), "duty.primary"),
      ("group.hotline", .group("hotline"), "group.hotline"), ("person.anna", .person("anna"), nil),
      ("webhook.chat", .webhook("chat"), nil), ("customer", .customer, nil), ("nobody.x", nil, nil), ("duty", nil, nil),
      ("duty.a b", nil, nil), ("person.", nil, nil), ("customer.x", nil, nil), ("person.a.b", nil, nil),
    ] as [(String, Recipient?, String?)])
  func recipients(text: String, recipient: Recipient?, rota: String?) {
    #expect(Recipient(text) == recipient)
    #expect(recipient?.rota == rota)
    if let recipient { #expect(recipient.description == text) }
  }

  @Test("A ladder says once how long an acknowledgement holds without a contact")
  func contactWithin() throws {
    let ladder = "{at: 0m, tell: duty.primary, by: email}"
    #expect(try plan("ladders: {l: [\(ladder), {contact_within: 15m}]}").ladder("l")?.contactWithin == .minutes(15))
    #expect(
      try plan("ladders: {l: [{contact_within: 15m}, \(ladder), {repeat: last, every: 1m}]}").ladder("l")?.steps.count
        == 1)
    #expect(try plan("ladders: {l: [\(ladder)]}").ladder("l")?.contactWithin == nil)
    #expect(
      problems("ladders: {l: [\(ladder), {contact_within: 15m}, {contact_within: 20m}]}")
        .contains { $0.hasSuffix("contact_within stands above already: say it once") })
    #expect(problems("ladders: {l: [\(ladder), {contact_within: 0m}]}").contains { $0.contains("longer than nothing") })
    #expect(problems("ladders: {l: [{contact_within: 5m}]}").contains { $0.contains("at least one step") })
  }

  @Test("An endpoint is told by webhook alone")
  func webhooks() {
    #expect(
      problems("ladders: {l: [{at: 0m, tell: webhook.chat, by: email}]}")
        .contains { $0.hasSuffix("webhook.chat is reached by webhook alone: add webhook to by") })
    #expect(problems("ladders: {l: [{at: 0m, tell: [webhook.chat, customer], by: [webhook, email]}]}") == [])
  }

  /// Friday, 6 March 2026, in Singapore.
  @Test(
    "Quiet hours end when the calendar opens: on the closing instant they have begun, on the opening one they are over",
    arguments: [
      ("2026-03-06 17:59:59", DeliveryMethod.email, "II", nil),
      ("2026-03-06 18:00", .email, "II", "2026-03-09 09:00"), ("2026-03-09 08:59:59", .sms, "", "2026-03-09 09:00"),
      ("2026-03-09 09:00", .email, "II", nil), ("2026-03-06 20:00", .pager, "II", nil),
      ("2026-03-06 20:00", .email, "III", nil),
    ])
  func quiet(at: String, method: DeliveryMethod, ticketClass: String, until: String?) throws {
    let plan = try plan(
      "default_class: II\nclasses: {II: {}, III: {}}\nquiet_hours: {id: q, outside: office, classes: II, spare: pager}")
    let quiet = plan.quiet(method, class: ticketClass, at: Samples.sgt(at))
    #expect(quiet?.until == until.map { Samples.sgt($0) })
    if until != nil { #expect(quiet?.clause == "q") }
  }

  @Test("Quiet hours outside a calendar that never closes are refused, and so is what is not defined")
  func quietMistakes() {
    #expect(
      problems("quiet_hours: {outside: always}").contains {
        $0.hasSuffix("always never closes: it would never be quiet")
      }
    )
    #expect(problems("quiet_hours: {outside: night}").contains { $0.contains("unknown calendar 'night'") })
    #expect(problems("quiet_hours: {outside: office, classes: X}").contains { $0.contains("unknown class 'X'") })
  }

  @Test("Merging is for mail unless the plan says otherwise, for the classes that it names, and of 2 to 100 messages")
  func merging() throws {
    let plan = try plan(
      "default_class: II\nclasses: {II: {}, III: {}}\nmerging: {id: m, within: 5m, at_most: 20, classes: II}")
    #expect(plan.merging(.email, class: "II")?.limit == 20 && plan.merging(.email, class: "")?.id == "m")
    #expect(plan.merging(.sms, class: "II") == nil && plan.merging(.email, class: "III") == nil)
    let other = try self.plan("merging: {within: 5m, at_most: 2, by: [sms]}")
    #expect(other.merging(.sms, class: "")?.within == .minutes(5) && other.merging(.email, class: "") == nil)
    for (limit, isRead) in [(1, false), (2, true), (100, true), (101, false)] {
      #expect((problems("merging: {within: 5m, at_most: \(limit)}") == []) == isRead, "\(limit)")
    }
  }
}
