import LedgerRules
import Policy
import Testing

@Suite("Expiry and renewal")
struct ExpiryTests {
  @Test("F26: credits live to the end of the same day a year later; then what is left lapses")
  func lapses() throws {
    var desk = try Desk("2026-03-02 15:00")
    let agreement = try desk.signUp()
    desk.charge(agreement, Samples.onsite())
    desk.wait(until: "2027-03-02 23:59:59")
    #expect(desk.balance(agreement) == 550)
    #expect(desk.available(agreement) == 550)
    desk.wait(until: "2027-03-03 00:00")
    #expect(desk.balance(agreement) == 0)
    let expiry = try #require(desk.state.transfers.all.last { $0.kind == .expiry })
    #expect(expiry.lines[0].arithmetic == "600 granted - 50 used = 550")
    #expect(expiry.lines[0].text == "Last day 2 Mar 2027")
    desk.expectInvariants()
  }

  @Test("F26: the customer is told thirty days before, and of the way to keep the rest")
  func notice() throws {
    var desk = try Desk()
    try _ = desk.signUp()
    desk.wait(until: "2027-01-31 23:59:59")
    #expect(desk.notices(.expiry).isEmpty)
    desk.wait(until: "2027-02-01 00:00")
    #expect(desk.notices(.expiry).count == 1)
    #expect(desk.notices(.expiry)[0].text.contains("2 Mar 2027"))
  }

  @Test("The plan says how long before", arguments: [("2 months", "2027-01-03 00:00"), ("1 day", "2027-03-02 00:00")])
  func noticeOfPlan(before: String, told: String) throws {
    var desk = try Desk(plan: try Samples.flexi(with: "notices: {expiry: \(before)}\n"))
    try _ = desk.signUp()
    desk.wait(until: Samples.sgt(told) - .milliseconds(1))
    #expect(desk.notices(.expiry).isEmpty)
    desk.wait(until: told)
    #expect(desk.notices(.expiry).count == 1)
    desk.wait(until: "2027-03-03 00:00")
    #expect(desk.notices(.expiry).count == 1)
  }

  @Test("F26: lots with the same last day are told of in one notice, each with its own units; another day is another")
  func oneNotice() throws {
    var desk = try Desk(plan: Samples.flexiWithServerHours())
    let agreement = try desk.signUp()
    desk.charge(agreement, Samples.onsite())
    desk.wait(until: "2026-08-03 09:00")
    desk.buy(agreement)
    desk.wait(until: "2026-08-04 09:00")
    desk.adjust(agreement, 10)
    desk.wait(until: "2027-07-05 00:00")
    let notice = try #require(desk.notices(.expiry).first)
    #expect(desk.notices(.expiry).count == 1)
    #expect(notice.subject.hasSuffix(": 1,160 credits expire after 3 Aug 2027"))
    #expect(
      notice.text.hasPrefix("550 credits of 2 Mar 2026 and 600 credits of 3 Aug 2026 and 10 credits of 4 Aug 2026 can"))
    func isTold(_ granted: String, _ unit: String = "credit", expires: String = "2027-08-04 00:00") -> Bool {
      desk.plan.isExpiryTold(
        subject: notice.subject, text: notice.text, ofUnit: unit, granted: Samples.sgt(granted),
        expiring: Samples.sgt(expires))
    }
    #expect(["2026-03-02 09:00", "2026-08-03 09:00", "2026-08-04 09:00"].allSatisfy { isTold($0) })
    #expect(!isTold("2026-08-02 09:00") && !isTold("2026-03-02 09:00", "hour"))
    #expect(!isTold("2026-03-02 09:00", expires: "2027-08-05 00:00"))
    desk.wait(until: "2027-08-01 09:00")
    #expect(desk.notices(.expiry).count == 1)
    desk.expectInvariants()
  }

  @Test("F26: a lot of which nothing is left tells nobody, whatever others there are")
  func usedUpNotice() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    for _ in 0..<12 { desk.charge(agreement, Samples.onsite()) }
    desk.wait(until: "2026-08-03 09:00")
    desk.buy(agreement)
    desk.wait(until: "2027-08-01 09:00")
    #expect(
      desk.state.lots.members(of: agreement).map(\.expiresAt) == [
        Samples.sgt("2027-08-04 00:00"), Samples.sgt("2027-08-04 00:00"),
      ])
    #expect(desk.notices(.expiry).map(\.subject) == ["Flexi-IT Services: 600 credits expire after 3 Aug 2027"])
  }

  @Test(
    "F26: the rest is carried over into a package bought on or before the last day, and not after",
    arguments: [("2027-03-02 23:59:59", true), ("2027-03-03 00:00", false)])
  func carryOver(bought: String, carries: Bool) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.charge(agreement, Samples.onsite())
    desk.wait(until: bought)
    desk.buy(agreement)
    #expect(desk.balance(agreement) == (carries ? 1150 : 600))
    desk.wait(until: "2027-03-03 12:00")
    #expect(desk.balance(agreement) == (carries ? 1150 : 600))
    if carries {
      #expect(
        desk.state.lots.all.map(\.expiresAt) == [Samples.sgt("2028-03-03 00:00"), Samples.sgt("2028-03-03 00:00")])
      let carried = try #require(desk.state.transfers.all.first { $0.kind == .carryOver })
      #expect(carried.amount == 0)
      #expect(carried.lines[0].text == "550 credits carried over, now valid to 2 Mar 2028")
    }
    desk.expectInvariants()
  }

  @Test("F26: a lot whose expiry has not been posted yet pays for nothing and is not carried over")
  func lateTimer() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var copy = desk.state
    var context = Context(
      now: Samples.sgt("2027-03-03 00:00"), caller: Caller(role: .sales, name: "s"), ids: IdentifierSource(seed: 1))
    let charge = ChargePost.Request(agreement: agreement, task: Samples.onsite(), completedAt: nil, text: "Late")
    #expect(
      ChargePost.decide(charge, &copy, &context).refusal?.reason == .insufficientCredits(needed: 50, available: 0))
    let purchase = PackagePurchase.Request(
      agreement: agreement, package: "flexi-600", quantity: 1, paid: 60_000, reference: "")
    _ = PackagePurchase.decide(purchase, &copy, &context)
    #expect(copy.lots.all.first?.expiresAt == Samples.sgt("2027-03-03 00:00"))
    desk.expectInvariants()
  }

  @Test("F26: an open hold survives expiry; what it frees afterwards lapses at once")
  func holdsSurvive() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let hold = try #require(desk.hold(agreement, 100).reply)
    desk.wait(until: "2027-03-03 09:00")
    #expect(desk.balance(agreement) == 100)
    #expect(desk.held(agreement) == 100)
    #expect(desk.available(agreement) == 0)
    desk.expectInvariants()
    #expect(desk.capture(hold.id, 60).reply?.transfer?.balance == 40)
    #expect(desk.balance(agreement) == 0)
    #expect(desk.state.transfers.all.filter { $0.kind == .expiry }.map(\.amount) == [-500, -40])
    desk.expectInvariants()
  }

  @Test("F26: a reversal after expiry returns into the lot, and lapses with it")
  func reversedAfterExpiry() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let charge = try #require(desk.charge(agreement, Samples.onsite()).reply).transfer
    desk.wait(until: "2027-03-03 09:00")
    #expect(desk.reverse(charge.id).reply?.balance == 0)
    #expect(desk.balance(agreement) == 0)
    desk.expectInvariants()
  }

  @Test("F26: a used-up lot is renewed too, so that a later reversal returns into a living one")
  func usedUpLot() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var charges: [TransferID] = []
    for _ in 0..<12 {
      charges.append(try #require(desk.charge(agreement, Samples.onsite()).reply).transfer.id)
    }
    desk.wait(until: "2026-09-01 09:00")
    desk.buy(agreement)
    desk.wait(until: "2027-06-01 09:00")
    desk.reverse(charges[0])
    #expect(desk.balance(agreement) == 650)
    #expect(desk.available(agreement) == 650)
    desk.expectInvariants()
  }

  @Test("F25: ending an agreement pays nothing out; the rest lives until it expires")
  func ended() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let end = AgreementEnd.Request(agreement: agreement, reason: "Moved")
    desk.run(as: .sales) { state, context in AgreementEnd.decide(end, &state, &context) }
    #expect(desk.balance(agreement) == 600)
    desk.wait(until: "2027-03-03 00:00")
    #expect(desk.balance(agreement) == 0)
    desk.expectInvariants()
  }
}
