import IntakeRules
import Policy
import Testing

@Suite("News from the other services")
struct NewsRulesTests {
  @Test("Of two agreements the one that was signed last counts, and only its own end ends it")
  func agreements() throws {
    var desk = try Desk()
    let account = desk.account
    let first = try #require(desk.state.accounts[account]?.agreement)
    let later = AgreementView(
      id: AgreementID(high: 5, low: 5), planVersion: first.planVersion, signedAt: first.signedAt + .days(1),
      purchasedAt: nil)
    func tell(_ agreement: AgreementView, endedAt: Instant?) throws -> AgreementView? {
      var agreement = agreement
      agreement.endedAt = endedAt
      let told = ApplyAgreement.Told(accountID: account, agreement: agreement)
      try desk.run { ApplyAgreement.decide(told, &$0, &$1) }
      return desk.state.accounts[account]?.agreement
    }
    #expect(try tell(later, endedAt: nil) == later)
    #expect(try tell(first, endedAt: nil) == later)
    #expect(try tell(first, endedAt: desk.now) == later)
    #expect(try tell(later, endedAt: desk.now)?.standing(at: desk.now) == .lapsed)
    #expect(try tell(first, endedAt: nil)?.id == later.id, "late news of an earlier one brings it back no more")
    let stranger = ApplyAgreement.Told(accountID: AccountID(high: 9, low: 9), agreement: first)
    #expect(desk.refusal { ApplyAgreement.decide(stranger, &$0, &$1) }?.reason == .notFound("account"))
  }

  @Test("What a ticket costs is shown with it and told to nobody")
  func charges() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let told = desk.state.common.events.elements.count
    let charges = TicketCharges(held: 0, charged: 10, unsettled: 0, lines: [])
    try desk.run { ApplyCharges.decide(id, charges, &$0, &$1) }
    #expect(desk.state.tickets[id]?.charges == charges)
    #expect(desk.state.tickets[id]?.version == 2)
    #expect(desk.state.common.events.elements.count == told)
  }

  @Test("An acknowledged escalation is the ticket's acknowledgement, unless someone had seen it before")
  func escalation() throws {
    var desk = try Desk()
    let id = try desk.open().id
    func tell(_ standing: ApplyEscalation.Standing) throws {
      try desk.run { ApplyEscalation.decide(id, target: "respond", standing, &$0, &$1) }
    }
    try tell(.running)
    #expect(desk.state.messages.isEmpty)
    let instant = desk.now + .minutes(3)
    try tell(.acknowledged(by: "Joon Park", at: instant))
    #expect(desk.state.tickets[id]?.acknowledgedAt == instant)
    #expect(desk.state.messages.elements.last?.text == "Joon Park acknowledged the escalation of respond.")
    try tell(.acknowledged(by: "Farah Osman", at: instant + .minutes(1)))
    #expect(desk.state.tickets[id]?.acknowledgedAt == instant)
    try tell(.exhausted)
    #expect(desk.state.messages.elements.last?.direction == .internal)
    #expect(desk.state.common.changes.elements.last?.kind == "ticket.escalation-exhausted")
  }

  @Test("An account's news carry its appointed contacts, and every change makes a version")
  func account() throws {
    var desk = try Desk()
    let account = desk.account
    try desk.run { UpdateAccount.decide(.init(accountID: account, name: "Kopi and Teh"), &$0, &$1) }
    let last = desk.state.common.events.elements.compactMap { event in
      if case .account(let news) = event { news } else { nil }
    }.last
    let news = try #require(last)
    #expect(news.view.account.name == "Kopi and Teh")
    #expect(news.view.account.version == 4, "created, two contacts, renamed")
    #expect(news.contacts.map(\.name) == ["Mei Tan", "Ravi Pillai"])
    let count = desk.state.common.events.elements.count
    try desk.run { UpdateAccount.decide(.init(accountID: account, name: "Kopi and Teh"), &$0, &$1) }
    #expect(desk.state.common.events.elements.count == count, "what changes nothing is no news")
  }
}
