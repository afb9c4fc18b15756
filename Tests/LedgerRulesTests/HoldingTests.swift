import LedgerRules
import Policy
import Testing

@Suite("Holds and quotes")
struct HoldingTests {
  @Test("A hold keeps units aside, and ends once: captured in part, the rest is free again")
  func partialCapture() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let hold = try #require(desk.hold(agreement, 100).reply)
    #expect(desk.held(agreement) == 100)
    #expect(desk.available(agreement) == 500)
    let reply = try #require(desk.capture(hold.id, 30).reply)
    #expect(reply.hold.state == .captured)
    #expect(reply.hold.captured == 30)
    #expect(desk.balance(agreement) == 570)
    #expect(desk.held(agreement) == 0)
    #expect(desk.capture(hold.id, 30).refusal?.reason == .conflict(state: "captured"))
    #expect(desk.void(hold.id).refusal?.reason == .conflict(state: "captured"))
    desk.expectInvariants()
  }

  @Test("A hold of more than is available is refused, and so is charging what is held for something else")
  func holdsCount() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.hold(agreement, 580)
    #expect(desk.hold(agreement, 21).refusal?.reason == .insufficientCredits(needed: 21, available: 20))
    #expect(
      desk.charge(agreement, Samples.onsite()).refusal?.reason == .insufficientCredits(needed: 50, available: 20))
    desk.expectInvariants()
  }

  @Test("A voided hold frees everything; capturing nothing voids it")
  func voids() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let first = try #require(desk.hold(agreement, 100).reply)
    #expect(desk.void(first.id).reply?.state == .voided)
    let second = try #require(desk.hold(agreement, 100).reply)
    let reply = try #require(desk.capture(second.id, 0).reply)
    #expect(reply.transfer == nil)
    #expect(reply.hold.state == .voided)
    #expect(desk.balance(agreement) == 600)
    desk.expectInvariants()
  }

  @Test("A hold with an end expires by itself")
  func expires() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let hold = try #require(desk.hold(agreement, 100, expires: Samples.sgt("2026-03-05 12:00")).reply)
    desk.wait(until: "2026-03-05 11:59:59")
    #expect(desk.held(agreement) == 100)
    desk.wait(until: "2026-03-05 12:00")
    #expect(desk.state.holds[hold.id]?.state == .expired)
    #expect(desk.held(agreement) == 0)
    #expect(desk.capture(hold.id, 1).refusal?.reason == .expired("hold"))
    desk.expectInvariants()
  }

  @Test("F28: a quote within the balance is held; its capture settles it with the quote's lines")
  func quoteWithin() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let quote = try #require(desk.quote(agreement, Samples.onsite("server", minutes: 240, consented: 1)).reply)
    #expect(quote.state == .held)
    #expect(quote.total == 300)
    #expect(desk.held(agreement) == 300)
    let hold = try #require(quote.hold)
    let reply = try #require(desk.capture(hold, 300).reply)
    #expect(reply.transfer?.lines.map(\.clause) == ["onsite-server"])
    #expect(desk.state.quotes[quote.id]?.state == .settled)
    desk.expectInvariants()
  }

  @Test("F28: credits gone: what is left is drawn, the acknowledged rest is invoiced seven days after completion")
  func overage() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -550)
    let quote = try #require(desk.quote(agreement, Samples.onsite("server", minutes: 240, consented: 1)).reply)
    #expect(quote.state == .needsAcknowledgement)
    #expect([quote.total, quote.available, quote.overage] == [300, 50, 250])
    #expect(quote.price?.description == "SGD 250.00")
    #expect(desk.held(agreement) == 0)
    #expect(desk.notices(.estimate).count == 1)

    #expect(desk.acknowledge(quote.id).reply?.state == .acknowledged)
    #expect(desk.held(agreement) == 300)
    #expect(desk.acknowledge(quote.id).refusal?.reason == .conflict(state: "acknowledged"))
    let reply = try #require(desk.capture(quote.id.as(), 160).reply)
    #expect(desk.balance(agreement) == -110)
    #expect(reply.transfer?.overage == -110)
    #expect(reply.transfer?.lines.last?.arithmetic == "110 x SGD 1.00 = SGD 110.00")
    desk.expectInvariants()

    let invoice = try #require(desk.state.invoices.all.first)
    #expect(invoice.money.description == "SGD 110.00")
    #expect(invoice.dueAt == Samples.sgt("2026-03-09 09:00"))
    desk.wait(until: "2026-03-09 08:59:59")
    #expect(desk.balance(agreement) == -110)
    desk.wait(until: "2026-03-09 09:00")
    #expect(desk.balance(agreement) == 0)
    #expect(desk.state.invoices[invoice.id]?.issuedAt == Samples.sgt("2026-03-09 09:00"))
    #expect(desk.notices(.invoice).count == 1)
    desk.expectInvariants()
  }

  @Test(
    "F28: an estimate that the balance covers to the last credit needs no acknowledgement, one credit more does",
    arguments: [(160, .held, 0), (159, .needsAcknowledgement, 1), (161, .held, 0)] as [(Amount, Quote.State, Amount)])
  func quoteEdge(there: Amount, state: Quote.State, overage: Amount) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, there - 600)
    let quote = try #require(desk.quote(agreement, Samples.onsite("server")).reply)
    #expect(quote.state == state)
    #expect(quote.overage == overage)
    desk.expectInvariants()
  }

  @Test(
    "F28: settling takes as much as was acknowledged, and not one credit more",
    arguments: [(300, true), (301, false)] as [(Amount, Bool)])
  func captureEdge(units: Amount, isTaken: Bool) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -550)
    let quote = try #require(desk.quote(agreement, Samples.onsite("server", minutes: 240, consented: 1)).reply)
    desk.acknowledge(quote.id)
    let captured = desk.capture(quote.id.as(), units)
    #expect((captured.reply != nil) == isTaken)
    #expect(desk.balance(agreement) == (isTaken ? -250 : 50))
    desk.expectInvariants()
  }

  @Test("F28: less is left than when the estimate was made: a new estimate is needed")
  func outdatedQuote() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -550)
    let quote = try #require(desk.quote(agreement, Samples.onsite("server")).reply)
    #expect(quote.overage == 110)
    desk.adjust(agreement, -10)
    #expect(desk.acknowledge(quote.id).refusal?.reason == .conflict(state: "outdated"))
    desk.adjust(agreement, 200)
    #expect(desk.acknowledge(quote.id).reply?.state == .acknowledged)
    #expect(desk.state.holds[quote.id.as()]?.overage == 0)
    desk.expectInvariants()
  }

  @Test("F28: units that came in meanwhile are used before the acknowledged overage")
  func lotsBeforeOverage() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -550)
    let quote = try #require(desk.quote(agreement, Samples.onsite("server")).reply)
    desk.acknowledge(quote.id)
    desk.adjust(agreement, 100)
    desk.capture(quote.id.as(), 160)
    #expect(desk.balance(agreement) == -10)
    #expect(desk.state.invoices.all.map(\.units) == [10])
    desk.expectInvariants()
  }

  @Test("A plan without overage refuses a quote beyond the balance")
  func withoutOverage() throws {
    var desk = try Desk(plan: Samples.flexiWithoutOverage())
    let agreement = try desk.signUp()
    desk.adjust(agreement, -590)
    let refused = desk.quote(agreement, Samples.onsite()).refusal
    #expect(refused?.reason == .insufficientCredits(needed: 50, available: 10))
  }

  @Test("A quote that nobody acknowledges expires; a declined one frees its hold")
  func quoteEnds() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let held = try #require(desk.quote(agreement, Samples.onsite()).reply)
    let decline = QuoteDecline.Request(quote: held.id)
    let declined = desk.run { state, context in QuoteDecline.decide(decline, &state, &context) }
    #expect(declined.reply?.state == .declined)
    #expect(desk.held(agreement) == 0)
    desk.adjust(agreement, -600)
    let open = try #require(desk.quote(agreement, Samples.onsite()).reply)
    desk.wait(until: desk.now + Quote.validity)
    #expect(desk.state.quotes[open.id]?.state == .expired)
    #expect(desk.acknowledge(open.id).refusal?.reason == .expired("quote"))
    desk.expectInvariants()
  }

  @Test("Reversing a charge that used overage takes it off the bill, or fills a new lot once that was issued")
  func reversedOverage() throws {
    for issued in [false, true] {
      var desk = try Desk()
      let agreement = try desk.signUp()
      desk.adjust(agreement, -550)
      let quote = try #require(desk.quote(agreement, Samples.onsite("server")).reply)
      desk.acknowledge(quote.id)
      let charge = try #require(desk.capture(quote.id.as(), 160).reply?.transfer)
      if issued { desk.wait(until: "2026-03-20 09:00") }
      let reply = try #require(desk.reverse(charge.id).reply)
      #expect(reply.balance == (issued ? 160 : 50))
      #expect(desk.available(agreement) == (issued ? 160 : 50))
      #expect(desk.state.invoices.all.map(\.units) == [issued ? 110 : 0])
      desk.wait(until: "2026-03-21 09:00")
      #expect(desk.balance(agreement) == (issued ? 160 : 50))
      desk.expectInvariants()
    }
  }
}
