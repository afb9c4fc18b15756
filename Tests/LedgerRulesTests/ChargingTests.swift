import LedgerRules
import Policy
import Testing

@Suite("Buying and charging")
struct ChargingTests {
  @Test("F1: work draws credits from what was bought")
  func draws() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let reply = try #require(desk.charge(agreement, Samples.onsite()).reply)
    #expect(reply.balance == 550)
    #expect(reply.transfer.amount == -50)
    #expect(reply.transfer.lines.map(\.clause) == ["onsite-desktop"])
    desk.expectInvariants()
  }

  @Test("Charges that are decided together share one entry of the tenant's wallet")
  func sharedEntry() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let first = try #require(desk.charge(agreement, Samples.onsite()).reply).transfer
    let second = try #require(desk.charge(agreement, Samples.onsite()).reply).transfer
    #expect((first.sequence, second.sequence) == (2, 3))
    let earned = try #require(Wallet.Kind.earned.tenantWallet(in: "credit"))
    #expect((first.contra, first.contraSequence) == (earned, 1) && second.contraSequence == 1)
    let entry = try #require(desk.state.entries[Entry.Key(wallet: earned, sequence: 1)])
    #expect((entry.amount, entry.balance) == (100, 100))
    #expect(desk.state.wallets[earned]?.sequence == 1)
    desk.expectInvariants()
  }

  @Test("A charge that is refused leaves nothing in an entry that it would have shared")
  func sharedEntryRolledBack() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    _ = try #require(desk.charge(agreement, Samples.onsite()).reply)
    let mark = (desk.state.entries.mark(), desk.state.wallets.mark())
    let before = desk.state.entries.all
    desk.charge(agreement, Samples.onsite())
    #expect(desk.state.entries.all != before)
    desk.state.entries.rollback(to: mark.0)
    #expect(desk.state.entries.all == before)
  }

  @Test("Of many charges each is decided on its own: one that is refused leaves the others and no trace")
  func many() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let charge = ChargePost.Request(agreement: agreement, task: Samples.onsite(), completedAt: nil, text: "Work")
    let dear = ChargePost.Request(
      agreement: agreement, task: Samples.onsite("server", minutes: 3000, consented: 100), completedAt: nil,
      text: "Dear")
    let unreadable = Refused(.invalid(field: "task"), "no")
    let outcomes = try #require(
      desk.chargeMany([.success(charge), .success(dear), .failure(unreadable), .success(charge)]).reply)
    #expect(outcomes.map { $0.reply?.balance } == [550, nil, nil, 500])
    #expect(outcomes[1].refusal?.reason.code == .insufficientCredits)
    #expect(outcomes[2].refusal == unreadable)
    #expect(desk.balance(agreement) == 500)
    #expect(desk.state.transfers.all.filter { $0.kind == .charge }.count == 2)
    desk.expectInvariants()
  }

  @Test("One request has 1 to 1,000 charges", arguments: [(0, false), (1, true), (1000, true), (1001, false)])
  func manyBounds(count: Int, isTaken: Bool) throws {
    var desk = try Desk()
    let agreement = try desk.signUp(packages: 100)
    let charge = ChargePost.Request(agreement: agreement, task: Samples.onsite(), completedAt: nil, text: "Work")
    let decision = desk.chargeMany(Array(repeating: .success(charge), count: count))
    #expect(decision.reply?.count == (isTaken ? count : nil))
    #expect(decision.refusal?.reason == (isTaken ? nil : .invalid(field: "charges")))
    #expect(desk.balance(agreement).units == 60_000 - (isTaken ? 50 * Int64(count) : 0))
  }

  @Test("F1: a charge that the balance does not cover is refused and leaves no trace")
  func neverOverspends() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    for _ in 0..<12 { #expect(desk.charge(agreement, Samples.onsite()).reply != nil) }
    let before = desk.state.transfers.count
    let refused = try #require(desk.charge(agreement, Samples.onsite()).refusal)
    #expect(refused.reason == .insufficientCredits(needed: 50, available: 0))
    #expect(desk.balance(agreement) == 0)
    #expect(desk.state.transfers.count == before)
    desk.expectInvariants()
  }

  @Test(
    "F1: a charge takes the last credit, and none that is not there",
    arguments: [(50, 0, nil), (51, 1, nil), (49, 49, 49)] as [(Amount, Amount, Amount?)])
  func lastCredit(there: Amount, left: Amount, available: Amount?) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, there - 600)
    let refused = desk.charge(agreement, Samples.onsite()).refusal
    #expect(refused?.reason == available.map { .insufficientCredits(needed: 50, available: $0) })
    #expect(desk.balance(agreement) == left)
    desk.expectInvariants()
  }

  @Test("F2: a package grants 600 credits for SGD 600.00, valid to the same day a year later")
  func grants() throws {
    var desk = try Desk()
    let agreement = try desk.signUp(packages: 0)
    let reply = try #require(desk.buy(agreement).reply)
    let (lot, transfer) = (try #require(reply.lot), reply.transfer)
    #expect(lot.granted == 600)
    #expect(lot.expiresAt == Samples.sgt("2027-03-03 00:00"))
    #expect(transfer.lines[0].units == -600)
    #expect(transfer.text == "Package flexi-600 bought for SGD 600.00")
    desk.expectInvariants()
  }

  @Test(
    "F2: what was paid is the price, and the quantity is 1 to 1,000",
    arguments: [
      (1, 59_999, "paid"), (1, 60_000, nil), (1, 60_001, "paid"), (2, 60_000, "paid"), (2, 120_000, nil),
      (0, 0, "quantity"), (1000, 60_000_000, nil), (1001, 60_060_000, "quantity"),
    ] as [(Int64, Int64, String?)])
  func price(quantity: Int64, paid: Int64, field: String?) throws {
    var desk = try Desk()
    let agreement = try desk.signUp(packages: 0)
    let request = PackagePurchase.Request(
      agreement: agreement, package: "flexi-600", quantity: quantity, paid: paid, reference: "")
    let decision = desk.run(as: .sales) { state, context in PackagePurchase.decide(request, &state, &context) }
    #expect(decision.refusal?.reason == field.map { .invalid(field: $0) })
    #expect(desk.balance(agreement).units == (field == nil ? 600 * quantity : 0))
  }

  @Test("F3: who administers the work of sales signs up and sells, too")
  func administered() throws {
    var desk = try Desk()
    let (account, version) = (desk.account, desk.plan.version)
    let signed = desk.run(as: .admin) { state, context in
      AgreementSign.decide(AgreementSign.Request(account: account, planVersion: version), &state, &context)
    }
    #expect(desk.buy(try #require(signed.reply).agreement.id, as: .admin).reply != nil)
  }

  @Test("F3: only sales signs up and sells; others are referred to sales", arguments: [Role.portal, .desk, .auditor])
  func sales(role: Role) throws {
    var desk = try Desk()
    let (account, version) = (desk.account, desk.plan.version)
    let signed = desk.run(as: role) { state, context in
      AgreementSign.decide(AgreementSign.Request(account: account, planVersion: version), &state, &context)
    }
    #expect(signed.refusal?.reason == .notAllowed)
    #expect(signed.refusal?.clauses.map(\.id) == ["sign-up"])
    #expect(signed.refusal?.text.contains("sales managers") == true)
    let agreement = try desk.signUp()
    #expect(desk.buy(agreement, as: role).refusal?.reason == .notAllowed)
  }

  @Test("P16 F3: what the plan's newest version no longer agrees to is not agreed on under an older one")
  func newestVersion() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let (account, old) = (desk.account, desk.plan)
    func renew() -> Refused? {
      let request = AgreementRenew.Request(agreement: agreement, planVersion: old.version, endsAt: nil)
      return desk.run(as: .sales) { state, context in AgreementRenew.decide(request, &state, &context) }.refusal
    }
    func publish(_ text: String) throws -> Plan {
      let plan = try Plan.read(text, zones: Samples.zones).get()
      desk.state.common.plans[plan.version] = plan
      desk.state.common.publishedPlans.insert(
        PublishedPlan(
          version: plan.version, plan: plan.id, title: plan.title, document: Array(text.utf8), publishedAt: desk.now))
      return plan
    }
    #expect(renew() == nil)
    let ended = try publish(
      try Samples.flexiText() + """

        product:
          id: releases
          releases: [{version: "1.0", on: 2020-01-01}]
          end_of_life: {id: the-end, on: 2026-03-03, notice: 12 months, text: It has ended.}
          text: The latest release.

        """)
    desk.wait(until: "2026-03-02 23:59:59")
    #expect(renew() == nil)
    desk.wait(until: "2026-03-03 00:00")
    #expect(renew()?.reason == .admission)
    #expect(renew()?.clauses.map(\.id) == ["the-end"])
    // A newer version that has it no more lets it go on.
    _ = try publish(try Samples.flexiText() + "\n# Not yet.\n")
    #expect(renew() == nil)
    #expect(ended.id == old.id && account == desk.account)
  }

  @Test("An account has one active agreement; after its end a new one may be signed")
  func oneAgreement() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let (account, version) = (desk.account, desk.plan.version)
    let again = desk.run(as: .sales) { state, context in
      AgreementSign.decide(AgreementSign.Request(account: account, planVersion: version), &state, &context)
    }
    #expect(again.refusal?.reason == .alreadyExists("agreement"))
    let ended = desk.run(as: .sales) { state, context in
      AgreementEnd.decide(AgreementEnd.Request(agreement: agreement, reason: "Moved"), &state, &context)
    }
    #expect(ended.reply?.agreement.version == 3)
    #expect(desk.buy(agreement).refusal?.reason == .conflict(state: "ended"))
    #expect(try desk.signUp() != agreement)
  }

  @Test("F11: twenty minutes cost as much as three hours", arguments: [1, 20, 180])
  func shortWork(minutes: Int64) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    #expect(desk.charge(agreement, Samples.onsite(minutes: minutes)).reply?.balance == 550)
  }

  @Test("F13 F16: a debit before the first assessment is refused, names what is missing, and an override is kept")
  func assessment() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var task = Samples.onsite()
    task.assessment = .done(["site", "machines"])
    let refused = try #require(desk.charge(agreement, task).refusal)
    #expect(
      refused.reason
        == .needsAssessment(missing: ["specifications: missing", "software: missing", "diagrams: missing"]))
    task.assessment = .overridden(reason: "The customer asked for it at once")
    #expect(desk.charge(agreement, task).reply?.balance == 550)
  }

  @Test("F13: what intake has told of the account counts")
  func assessmentOfAccount() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let news = AccountNews(
      account: CustomerAccount(
        id: desk.account, name: "Kopi", assessment: ["site", "machines", "specifications", "software", "diagrams"]))
    desk.run(as: .service) { state, context in AccountNews.apply(news, &state, &context) }
    var task = Samples.onsite()
    task.assessment = .done([])
    #expect(desk.charge(agreement, task).reply?.balance == 550)
  }

  @Test("F17b: a desktop job over three hours needs consent: without it the second block is not charged")
  func desktopBlocks() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    #expect(desk.charge(agreement, Samples.onsite(minutes: 181)).reply?.balance == 550)
    #expect(desk.charge(agreement, Samples.onsite(minutes: 181, consented: 1)).reply?.balance == 450)
  }

  @Test("F17c: a server job costs 160 for the first three hours and 140 for each further block")
  func serverBlocks() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let reply = try #require(desk.charge(agreement, Samples.onsite("server", minutes: 181, consented: 1)).reply)
    #expect(reply.balance == 300)
    #expect(reply.transfer.lines[0].arithmetic.contains("160 + 140"))
  }

  @Test("F19: during a maintenance visit a desktop incident costs 30, a server one 140")
  func maintenance() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    #expect(desk.charge(agreement, Samples.onsite("desktop", [.visit: "maintenance"])).reply?.balance == 570)
    #expect(desk.charge(agreement, Samples.onsite("server", [.visit: "maintenance"])).reply?.balance == 430)
  }

  @Test("F20: a part is a line of its own at the agreed price; without one a quote comes first")
  func parts() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let bare = WorkTask.PartsLine(text: "Disk", minutes: 30, agreed: nil)
    let refused = desk.charge(agreement, Samples.onsite(parts: [bare])).refusal
    #expect(refused?.reason == .needsQuote(clause: "parts"))
    let agreed = WorkTask.PartsLine(text: "Disk", minutes: 30, agreed: 25)
    let reply = try #require(desk.charge(agreement, Samples.onsite(parts: [agreed])).reply)
    #expect(reply.balance == 525)
    #expect(reply.transfer.lines.map(\.kind) == [.rate, .part])
  }

  @Test("Work that no rate matches is refused")
  func noRate() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let task = WorkTask(facts: [.mode: "onsite"], work: .minutes(30), assessment: Samples.assessed)
    #expect(desk.charge(agreement, task).refusal?.reason == .clauseUnknown("rates"))
  }

  @Test("F25: a wrong debit is reversed once, with a reason, into the lots that paid; a purchase is not")
  func reversal() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let charge = try #require(desk.charge(agreement, Samples.onsite()).reply).transfer
    #expect(desk.reverse(charge.id, "").refusal?.reason == .needsReason)
    let reply = try #require(desk.reverse(charge.id).reply)
    #expect(reply.balance == 600)
    #expect(reply.transfer.reverses == charge.id)
    #expect(reply.transfer.draws.map(\.lot) == charge.draws.map(\.lot))
    #expect(reply.transfer.draws.map(\.units) == charge.draws.map { -$0.units })
    #expect(desk.reverse(charge.id).refusal?.reason == .conflict(state: "reversed"))
    let grant = try #require(desk.state.transfers.all.first { $0.kind == .grant })
    #expect(desk.reverse(grant.id).refusal?.reason == .conflict(state: "grant"))
    desk.expectInvariants()
  }

  @Test("An adjustment adds a lot or takes from lots, with a reason")
  func adjustments() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    #expect(desk.adjust(agreement, 40).reply?.balance == 640)
    #expect(desk.adjust(agreement, -640).reply?.balance == 0)
    #expect(desk.adjust(agreement, -1).refusal?.reason == .insufficientCredits(needed: 1, available: 0))
    #expect(desk.adjust(agreement, 0).refusal?.reason == .invalid(field: "amount"))
    desk.expectInvariants()
  }

  @Test("Lots are drawn by priority, expiry, age and id")
  func drawOrder() {
    var ids = IdentifierSource(seed: 3)
    let agreement: AgreementID = ids.next(at: .epoch)
    func lot(_ priority: Int32, _ expires: Int64?, _ granted: Int64) -> Lot {
      Lot(
        id: ids.next(at: .epoch), agreement: agreement, package: "p", granted: 10, remaining: 10, priority: priority,
        grantedAt: Instant(milliseconds: granted), expiresAt: expires.map { Instant(milliseconds: $0) })
    }
    let ordered = [lot(0, 50, 9), lot(0, 60, 1), lot(0, 60, 2), lot(0, 60, 2), lot(0, nil, 0), lot(1, 10, 0)]
    #expect(ordered.reversed().sorted(by: Lot.isDrawnBefore) == ordered)
  }

  @Test("The customer is told again when the balance has been above the threshold and falls below it once more")
  func lowBalanceAgain() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -480)
    #expect(desk.available(agreement) == 120 && desk.notices(.lowBalance).isEmpty)
    let taken = try #require(desk.adjust(agreement, -1).reply).transfer.id
    #expect(desk.notices(.lowBalance).count == 1)
    desk.adjust(agreement, -10)
    #expect(desk.notices(.lowBalance).count == 1)
    // 109 and 10 back is below still; with the last unit back it is not.
    desk.adjust(agreement, 10)
    desk.adjust(agreement, -1)
    #expect(desk.notices(.lowBalance).count == 1)
    desk.adjust(agreement, 1)
    desk.reverse(taken)
    #expect(desk.available(agreement) == 120)
    desk.adjust(agreement, -1)
    #expect(desk.notices(.lowBalance).count == 2)
    desk.expectInvariants()
  }

  @Test(
    "The plan says below what share of the grant the balance is low; 0 is never", arguments: [(50, 1), (49, 0), (0, 0)])
  func lowBalanceOfPlan(percent: Int, told: Int) throws {
    var desk = try Desk(plan: try Samples.flexi(with: "notices: {low_balance: \(percent)}\n"))
    let agreement = try desk.signUp()
    desk.adjust(agreement, -301)
    #expect(desk.notices(.lowBalance).count == told)
    desk.adjust(agreement, -299)
    #expect(desk.notices(.lowBalance).count == (percent == 0 ? 0 : 1))
  }

  @Test("The customer is told once for each grant that less than a fifth of it is left")
  func lowBalance() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    for _ in 0..<9 { desk.charge(agreement, Samples.onsite()) }
    #expect(desk.notices(.lowBalance).isEmpty)
    desk.charge(agreement, Samples.onsite())
    desk.charge(agreement, Samples.onsite())
    #expect(desk.notices(.lowBalance).count == 1)
    #expect(desk.notices(.lowBalance)[0].text.contains("100 credits"))
  }
}
