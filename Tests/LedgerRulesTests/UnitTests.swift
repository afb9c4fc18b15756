import Foundation
import LedgerRules
import Policy
import Testing

@Suite("A wallet for each unit")
struct UnitTests {
  @Test("P12: what is bought and charged in a further unit leaves the plan's own alone, and the journal numbers both")
  func apart() throws {
    var desk = try Desk(plan: Samples.flexiWithServerHours())
    let agreement = try desk.signUp()
    _ = try #require(desk.buyServerHours(agreement, 2).reply)
    let charged = try #require(desk.charge(agreement, Samples.serverFromAfar(minutes: 61)).reply)
    #expect(charged.transfer.furtherUnit == "server-hour")
    #expect((charged.transfer.sequence, charged.balance) == (3, 78))
    #expect(desk.balance(agreement) == 600)
    #expect(desk.charge(agreement, Samples.onsite()).reply?.balance == 550)
    let beyond = desk.charge(agreement, Samples.serverFromAfar(minutes: 79 * 60)).refusal
    #expect(beyond?.reason == .insufficientCredits(needed: 79, available: 78))
    #expect(desk.state.wallets[WalletID(of: agreement, in: "server-hour")]?.balance == 78)
    desk.expectInvariants()
  }

  @Test("P10 P12: the tenant's own wallets are apart by unit, too: no sum mixes credits with hours")
  func tenantWallets() throws {
    var desk = try Desk(plan: Samples.flexiWithServerHours())
    let agreement = try desk.signUp()
    _ = try #require(desk.buyServerHours(agreement, 2).reply)
    let hours = try #require(desk.charge(agreement, Samples.serverFromAfar(minutes: 61)).reply).transfer
    let credits = try #require(desk.charge(agreement, Samples.onsite()).reply).transfer
    func own(_ kind: Wallet.Kind, _ unit: String) -> Wallet? {
      kind.tenantWallet(in: unit).flatMap { desk.state.wallets[$0] }
    }
    #expect((own(.sold, "credit")?.balance, own(.sold, "server-hour")?.balance) == (-600, -80))
    #expect((own(.earned, "credit")?.balance, own(.earned, "server-hour")?.balance) == (50, 2))
    #expect(own(.earned, "server-hour")?.unit == "server-hour")
    #expect([hours.contra, credits.contra] == ["server-hour", "credit"].map { own(.earned, $0)?.id })
    #expect(desk.reverse(hours.id).reply?.transfer.contra == hours.contra)
    #expect((own(.earned, "credit")?.balance, own(.earned, "server-hour")?.balance) == (50, 0))
    desk.expectInvariants()
    var mixed = LedgerInvariants(desk.state)
    mixed.wallets = mixed.wallets.map { wallet in
      guard wallet.id == hours.contra else { return wallet }
      return Wallet(
        id: wallet.id, kind: wallet.kind, unit: "credit", balance: wallet.balance, sequence: wallet.sequence)
    }
    #expect(mixed.violations.contains { $0.hasPrefix("I1: transfer \(hours.id)") })
  }

  @Test("A tenant's own wallet has an id that says its kind, the same for a unit everywhere and another for each")
  func tenantIdentifiers() {
    let ids = Wallet.Kind.ofTenant.flatMap { kind in ["credit", "hour"].map { kind.tenantWallet(in: $0) } }
    #expect(Set(ids).count == 10 && !ids.contains(nil))
    #expect(ids.compactMap(\.self).allSatisfy { $0.high & 0xf000 == 0x8000 && $0.low >> 62 == 2 })
    for kind in Wallet.Kind.ofTenant {
      #expect(kind.tenantWallet(in: "credit").flatMap { Wallet.Kind(ofTenantWallet: $0) } == kind)
    }
    #expect(Wallet.Kind.customer.tenantWallet(in: "credit") == nil)
    #expect(Wallet.Kind(ofTenantWallet: WalletID(high: 0x8000, low: 1)) == nil)
  }

  @Test("P11: a service that is sold for itself stands in the journal with what was paid, and moves nothing")
  func service() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let request = PackagePurchase.Request(
      agreement: agreement, package: "maintenance-plan", quantity: 1, paid: 250_000, reference: "PO 7")
    let bought = try #require(
      desk.run(as: .sales) { state, context in PackagePurchase.decide(request, &state, &context) }.reply)
    #expect(bought.lot == nil)
    #expect(bought.transfer.kind == .grant)
    #expect(bought.transfer.amount == 0)
    #expect(bought.transfer.text == "maintenance-plan bought for SGD 2500.00 (PO 7)")
    #expect(desk.balance(agreement) == 600)
    #expect(desk.state.lots.members(of: agreement).count == 1)
    desk.wait(until: "2026-04-01 00:00")
    let statement = try #require(desk.state.statements.members(of: agreement).first)
    #expect(statement.text.contains("maintenance-plan bought for SGD 2500.00 (PO 7)"))
    desk.expectInvariants()
  }

  @Test("Before anything is bought in a further unit nothing can be drawn in it")
  func empty() throws {
    var desk = try Desk(plan: Samples.flexiWithServerHours())
    let agreement = try desk.signUp()
    let refused = desk.charge(agreement, Samples.serverFromAfar(minutes: 60)).refusal
    #expect(refused?.reason == .insufficientCredits(needed: 1, available: 0))
    #expect(desk.state.wallets[WalletID(of: agreement, in: "server-hour")] == nil)
    desk.expectInvariants()
  }

  @Test("Parts are in the plan's own unit: with work in a further one they are refused")
  func parts() throws {
    var desk = try Desk(plan: Samples.flexiWithServerHours())
    let agreement = try desk.signUp()
    desk.buyServerHours(agreement, 1)
    var task = Samples.serverFromAfar(minutes: 60)
    task.parts = [WorkTask.PartsLine(text: "Disk", minutes: 10, agreed: 20)]
    #expect(desk.charge(agreement, task).refusal?.clauses.map(\.id) == ["parts"])
  }

  @Test("A wallet's id is the agreement's in the plan's own unit, and in each further one another")
  func identifiers() throws {
    var desk = try Desk()
    let agreement: AgreementID = desk.id()
    let ids = [nil, "server-hour", "day"].map { WalletID(of: agreement, in: $0) }
    #expect(ids[0] == agreement.as())
    #expect(Set(ids).count == 3)
    #expect(ids[1] == WalletID(of: agreement, in: "server-hour"))
    #expect(ids[1].high & 0xf000 == 0x8000 && ids[1].low >> 62 == 2)
  }

  @Test("F28: what was consented to after the quote counts as agreed; anything else needs a new acknowledgement")
  func consentedSince() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk, [.category: "server"])
    ticket.onsite()
    ticket.tell(&desk)
    let quote = try #require(desk.quote(agreement, Samples.onsite("server"), ticket: ticket.id).reply)
    #expect(quote.state == .held)
    ticket.quote = quote.id
    ticket.onsite(minutes: 200)
    ticket.task.consentedBlocks = 1
    ticket.phase = .due(desk.now)
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 300)
    ticket.task.parts = [WorkTask.PartsLine(text: "Disk", minutes: 10, agreed: 20)]
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 300)
    #expect(try ticket.charge(desk).unsettled == 20)
    desk.expectInvariants()
  }
}

extension Samples {
  /// Prepaid credits with a further unit: hours for servers from afar, forty at a time.
  static func flexiWithServerHours() throws -> Plan {
    let text = try String(contentsOf: root.appending(path: "Shared/Plans/flexi-it.yaml"), encoding: .utf8)
      .replacing("\nhotline:", with: "\nunits: [server-hour]\nhotline:")
      .replacing("\npackages:\n", with: "\npackages:\n  - {id: server-hours, grants: 40 server-hours}\n")
      .replacing(
        "\nrates:\n",
        with: """

          rates:
            - {id: from-afar, when: {mode: remote, category: server}, per: 60m, each: 1, unit: server-hour}

          """
      )
    return try Plan.read(text, zones: zones).get()
  }

  static func serverFromAfar(minutes: Int64) -> WorkTask {
    WorkTask(facts: [.mode: "remote", .category: "server"], work: .minutes(minutes), assessment: assessed)
  }
}

extension Desk {
  @discardableResult
  mutating func buyServerHours(_ agreement: AgreementID, _ quantity: Int64) -> Decision<PackagePurchase.Reply> {
    let request = PackagePurchase.Request(
      agreement: agreement, package: "server-hours", quantity: quantity, paid: 0, reference: "")
    return run(as: .sales) { state, context in PackagePurchase.decide(request, &state, &context) }
  }
}
