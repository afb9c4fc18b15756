import LedgerRules
import Policy
import Testing

@Suite("What tickets cost")
struct TicketTests {
  @Test("F10: resolved by the helpdesk: 10 are held, then charged")
  func helpdesk() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.tell(&desk)
    #expect(desk.held(agreement) == 10)
    #expect(desk.balance(agreement) == 600)
    ticket.phase = .due(desk.now)
    ticket.task.facts[.resolved] = true
    ticket.tell(&desk)
    #expect(desk.held(agreement) == 0)
    #expect(desk.balance(agreement) == 590)
    #expect(try ticket.charge(desk).lines.map(\.clause) == ["helpdesk"])
    desk.expectInvariants()
  }

  @Test("F10: a dispatch voids the helpdesk's hold; only the onsite rate is charged, told how often it may be")
  func dispatch() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.tell(&desk)
    ticket.onsite()
    ticket.tell(&desk)
    #expect(desk.held(agreement) == 50)
    #expect(desk.state.holds.all.filter { $0.state == .voided }.map(\.amount) == [10])
    ticket.onsite(minutes: 20)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 550)
    #expect(desk.held(agreement) == 0)
    #expect(desk.state.transfers.all.filter { $0.kind == .charge }.count == 1)
    desk.expectInvariants()
  }

  @Test("F10: neither resolved nor dispatched costs nothing, and the journal says so")
  func unresolvedHelpdesk() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.tell(&desk)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 600)
    #expect(desk.held(agreement) == 0)
    let charge = try #require(desk.state.transfers.all.last)
    #expect(charge.amount == 0)
    #expect(charge.lines.map(\.clause) == ["helpdesk-unresolved"])
    desk.expectInvariants()
  }

  @Test("F14: a booked visit costs only the onsite rate: nothing is held for the helpdesk")
  func appointment() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.onsite()
    ticket.task.facts[.visit] = "booked"
    ticket.task.facts[.dispatched] = false
    ticket.tell(&desk)
    #expect(desk.state.holds.all.map(\.amount) == [50])
    ticket.task.work = .minutes(60)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 550)
    desk.expectInvariants()
  }

  @Test("F17a: an unresolved visit is still charged")
  func unresolvedVisit() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.onsite(minutes: 100)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 550)
  }

  @Test("F17c: work that goes on after a charge is charged by the difference")
  func growing() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk, [.category: "server"])
    ticket.onsite(minutes: 180)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 440)
    ticket.task.work = .minutes(181)
    ticket.task.consentedBlocks = 1
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 300)
    let transfers = desk.state.transfers.all.filter { $0.kind == .charge }
    #expect(transfers.map(\.amount) == [-160, -140])
    #expect(transfers[1].lines.map(\.text).contains("Charged before"))
    desk.expectInvariants()
  }

  @Test("F23: a missed response waives the first block, and the next is still priced as the second")
  func lateResponse() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk, [.category: "server", .missed: ["respond"]])
    ticket.onsite(minutes: 200)
    ticket.task.consentedBlocks = 1
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 460)
    #expect(try ticket.charge(desk).lines.map(\.units) == [300, -160])
    desk.expectInvariants()
  }

  @Test("F5: a late short job costs nothing, and both lines stand in the journal")
  func lateAndFree() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk, [.category: "desktop", .missed: ["respond"]])
    ticket.onsite(minutes: 60)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 600)
    let charge = try #require(desk.state.transfers.all.last)
    #expect(charge.lines.map(\.clause) == ["onsite-desktop", "late-response"])
    desk.expectInvariants()
  }

  @Test("F22: a repeat that is recognised after the charge takes the charge back")
  func warranty() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk, [.category: "desktop"])
    ticket.onsite(minutes: 60)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 550)
    ticket.task.facts[.same] = ["incident", "asset"]
    ticket.task.facts[.closed] = .instant(desk.now - .hours(2))
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 600)
    #expect(try ticket.charge(desk).charged == 0)
    #expect(desk.state.transfers.all.map(\.kind) == [.grant, .charge, .reversal, .charge])
    desk.expectInvariants()
  }

  @Test("F22: a reopened ticket is a stretch of its own")
  func reopened() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.task.facts[.resolved] = true
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    ticket.stretch = 1
    ticket.phase = .waiting
    ticket.tell(&desk)
    #expect(desk.held(agreement) == 10)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 580)
    #expect(desk.costsTold.last?.charged == 20)
    #expect(desk.costsTold.map(\.version) == Array(1...Int64(desk.costsTold.count)))
  }

  @Test("News that changes nothing of what a ticket costs is not told on")
  func unchangedCost() throws {
    var desk = try Desk()
    _ = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.tell(&desk)
    #expect(desk.costsTold.map(\.held) == [10])
    ticket.version = 2
    ticket.task.work = .minutes(5)
    ticket.tell(&desk)
    #expect(try ticket.charge(desk).seen == 2)
    #expect(desk.costsTold.count == 1)
    ticket.onsite()
    ticket.tell(&desk)
    #expect(desk.costsTold.map(\.held) == [10, 50])
  }

  @Test("F13: before the first assessment nothing is charged; once intake tells of it the charge follows")
  func assessment() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.task.assessment = .done(["site"])
    ticket.onsite(minutes: 60)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 600)
    let charge = try ticket.charge(desk)
    #expect(charge.unsettled == 50)
    #expect(charge.explained.last?.text.contains("machines") == true)
    let news = AccountNews(
      account: CustomerAccount(
        id: desk.account, name: "Kopi", assessment: ["site", "machines", "specifications", "software", "diagrams"]))
    desk.run(as: .service) { state, context in AccountNews.apply(news, &state, &context) }
    #expect(desk.balance(agreement) == 550)
    #expect(try ticket.charge(desk).unsettled == 0)
    desk.expectInvariants()
  }

  @Test("F28: what the balance does not cover stays unsettled, is told once, and is drawn from the next package")
  func unsettled() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -570)
    var ticket = TicketStory(&desk)
    ticket.onsite()
    ticket.tell(&desk)
    ticket.tell(&desk)
    #expect(desk.held(agreement) == 0)
    #expect(try ticket.charge(desk).unsettled == 20)
    #expect(desk.notices(.estimate).count == 1)
    ticket.onsite(minutes: 60)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 0)
    #expect(try ticket.charge(desk).unsettled == 20)
    desk.expectInvariants()
    desk.buy(agreement)
    #expect(desk.balance(agreement) == 580)
    #expect(try ticket.charge(desk).unsettled == 0)
    #expect(try ticket.charge(desk).charged == 50)
    desk.expectInvariants()
  }

  @Test("F28: an acknowledged quote pays for the ticket under which it was made")
  func quoted() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -550)
    var ticket = TicketStory(&desk, [.category: "server"])
    ticket.tell(&desk)
    #expect(desk.held(agreement) == 10)
    let quote = try #require(
      desk.quote(agreement, Samples.onsite("server", minutes: 240, consented: 1), ticket: ticket.id).reply)
    #expect(quote.available == 50)
    #expect(desk.acknowledge(quote.id).reply?.state == .acknowledged)
    #expect(desk.held(agreement) == 300)
    ticket.quote = quote.id
    ticket.onsite()
    ticket.tell(&desk)
    #expect(desk.held(agreement) == 300)
    ticket.onsite(minutes: 150)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == -110)
    #expect(desk.held(agreement) == 0)
    #expect(desk.state.quotes[quote.id]?.state == .settled)
    desk.expectInvariants()
  }

  @Test("F28: above the estimate a new acknowledgement is needed: the rest is not taken silently")
  func aboveEstimate() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -600)
    var ticket = TicketStory(&desk, [.category: "server"])
    let quote = try #require(desk.quote(agreement, Samples.onsite("server"), ticket: ticket.id).reply)
    desk.acknowledge(quote.id)
    ticket.quote = quote.id
    ticket.onsite(minutes: 200)
    ticket.task.consentedBlocks = 1
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == -160)
    #expect(try ticket.charge(desk).unsettled == 140)
    desk.expectInvariants()
  }

  @Test("What a person reversed is not charged again by later news")
  func reversedByHand() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.onsite(minutes: 60)
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    let transfer = try #require(try ticket.charge(desk).transfers.first)
    desk.reverse(transfer)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 600)
    #expect(try ticket.charge(desk).charged == 0)
    desk.expectInvariants()
  }

  @Test("A cancelled ticket costs nothing")
  func cancelled() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk)
    ticket.onsite()
    ticket.tell(&desk)
    ticket.phase = .cancelled
    ticket.tell(&desk)
    #expect(desk.held(agreement) == 0)
    #expect(desk.balance(agreement) == 600)
    desk.expectInvariants()
  }
}
