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

  @Test(
    "P14: news of a ticket tell when a person last told the customer something: a message to it, or another contact")
  func heard() throws {
    var desk = try Desk()
    let id = try desk.open().id
    func post(_ direction: TicketMessage.Direction) throws {
      let post = PostMessage.Request(ticketID: id, direction: direction, channel: "email", text: "Hello")
      try desk.run { PostMessage.decide(post, &$0, &$1) }
    }
    try post(.fromCustomer)
    try post(.internal)
    #expect(desk.state.tickets[id]?.heardAt == nil && desk.state.tickets[id]?.version == 1)
    let opened = desk.now
    for step in 1...2 as ClosedRange<Int64> {
      desk.now = opened + .hours(step)
      try post(.toCustomer)
      #expect(try desk.news(of: id).heardAt == desk.now)
    }
    for step in 3...4 as ClosedRange<Int64> {
      desk.now = opened + .hours(step)
      try desk.run { ContactCustomer.decide(.init(ticketID: id), &$0, &$1) }
      let told = try desk.news(of: id)
      #expect(told.heardAt == desk.now && told.contactedAt == opened + .hours(3), "the first contact counts")
    }
  }

  @Test("P14: news of a ticket tell every closure, not only the latest")
  func closures() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let opened = desk.now
    for step in 1...3 as ClosedRange<Int64> {
      desk.now = opened + .hours(step)
      _ = try desk.resolve(id)
      _ = try desk.close(id)
      try desk.run { ReopenTicket.decide(.init(ticketID: id, reason: "Again"), &$0, &$1) }
    }
    #expect(try desk.news(of: id).closures == (1...3).map { opened + .hours($0) })
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
