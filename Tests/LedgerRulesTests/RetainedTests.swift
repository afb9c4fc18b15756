import Foundation
import LedgerRules
import Policy
import Testing

@Suite("Time ordered ahead, in the ledger")
struct RetainedTests {
  /// The plan of retained support, under which a day was ordered.
  private static func day() throws -> (Desk, AgreementID) {
    let text = try String(
      contentsOf: Samples.root.appending(path: "Shared/Plans/retained-support.yaml"), encoding: .utf8)
    var desk = try Desk(plan: Plan.read(text, zones: Samples.zones).get())
    let request = AgreementSign.Request(account: desk.account, planVersion: desk.plan.version, tier: "retainer")
    let agreement = try #require(
      desk.run(as: .sales) { state, context in AgreementSign.decide(request, &state, &context) }.reply
    ).agreement.id
    #expect(order(&desk, agreement, "day") == 28)
    return (desk, agreement)
  }

  /// Orders one of a package; returns the balance afterwards.
  private static func order(_ desk: inout Desk, _ agreement: AgreementID, _ package: String) -> Amount? {
    let request = PackagePurchase.Request(
      agreement: agreement, package: package, quantity: 1, paid: 0, reference: "")
    return desk.run(as: .sales) { state, context in PackagePurchase.decide(request, &state, &context) }.reply?.wallet
      .balance
  }

  private static func remote(minutes: Int64) -> WorkTask {
    WorkTask(facts: [.mode: "remote"], work: .minutes(minutes), assessment: .notAsked)
  }

  @Test("R1 R2: a day is 28 units; a quarter of an hour is added at any time, and nothing expires")
  func added() throws {
    var (desk, agreement) = try Self.day()
    desk.wait(until: "2029-02-28 23:59:59")
    #expect(Self.order(&desk, agreement, "quarter-hours") == 29)
    #expect(desk.state.lots.members(of: agreement).allSatisfy { $0.expiresAt == nil })
    desk.expectInvariants()
  }

  @Test(
    "R8: the 28th unit of 28 is drawn; the 29th is not, and waits for an acknowledgement",
    arguments: [(420, 0), (426, 0), (427, 1)] as [(Int64, Amount)])
  func lastUnit(minutes: Int64, overage: Amount) throws {
    let (desk, agreement) = try Self.day()
    var (silent, asked) = (desk, desk)
    let charged = silent.charge(agreement, Self.remote(minutes: minutes))
    #expect(charged.refusal?.reason == (overage == 0 ? nil : .insufficientCredits(needed: 29, available: 28)))
    #expect(silent.balance(agreement) == (overage == 0 ? 0 : 28), "never a silent negative")
    let quote = try #require(asked.quote(agreement, Self.remote(minutes: minutes)).reply)
    #expect(quote.overage == overage)
    #expect(quote.state == (overage == 0 ? .held : .needsAcknowledgement))
    guard overage > 0 else { return }
    #expect(quote.price?.description == "GBP 25.00")
    asked.acknowledge(quote.id)
    #expect(asked.capture(quote.id.as(), 29).reply?.transfer?.balance == -1)
    asked.expectInvariants()
  }
}
