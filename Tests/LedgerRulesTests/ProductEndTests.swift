import Foundation
import LedgerRules
import Policy
import Testing

@Suite("What is sold at the end of a product's life")
struct ProductEndTests {
  /// Prepaid credits for a product that ends on 1 June 2026; nothing of it is said about signing up.
  private static func ending() throws -> Plan {
    let text = try String(contentsOf: Samples.root.appending(path: "Shared/Plans/flexi-it.yaml"), encoding: .utf8)
    let product = """

      product:
        releases: [{version: "1.0", on: 2026-01-01}]
        end_of_life: {id: the-end, on: 2026-06-01, notice: 12 months, alternative: {product: The successor}, text: It has ended.}

      """
    return try Plan.read(text + product, zones: Samples.zones).get()
  }

  /// A desk at one second before the end, or at it.
  private func desk(_ start: String = "2026-03-02 09:00") throws -> Desk { try Desk(start, plan: Self.ending()) }

  private func sign(_ desk: inout Desk, ends: String?) -> Decision<AgreementSign.Reply> {
    let request = AgreementSign.Request(
      account: desk.account, planVersion: desk.plan.version, endsAt: ends.map { Samples.sgt($0) })
    return desk.run(as: .sales) { state, context in AgreementSign.decide(request, &state, &context) }
  }

  @Test(
    "P16: nobody signs up from the day on which the product's life ends, whatever the sign-up's clauses say",
    arguments: [("2026-05-31 23:59:59", true), ("2026-06-01 00:00", false)])
  func signUp(at: String, isSigned: Bool) throws {
    var desk = try desk(at)
    let decision = sign(&desk, ends: "2027-06-01 00:00")
    #expect((decision.reply != nil) == isSigned)
    guard !isSigned else { return }
    #expect(decision.refusal?.reason == .admission)
    #expect(decision.refusal?.clauses.map(\.id) == ["the-end"])
    #expect(decision.refusal?.clauses.first?.remedy == "move to The successor")
  }

  @Test(
    "P16: after the end packages are sold under an agreement that is honoured, and under none without a term",
    arguments: [
      ("2027-03-01 00:00", "2026-05-31 23:59:59", true), ("2027-03-01 00:00", "2026-06-01 00:00", true),
      ("2027-03-01 00:00", "2027-02-28 23:59:59", true), (nil, "2026-05-31 23:59:59", true),
      (nil, "2026-06-01 00:00", false),
    ] as [(String?, String, Bool)])
  func purchase(ends: String?, at: String, isSold: Bool) throws {
    var desk = try desk()
    let agreement = try #require(sign(&desk, ends: ends).reply).agreement.id
    desk.wait(until: at)
    let decision = desk.buy(agreement)
    #expect((decision.reply != nil) == isSold)
    if !isSold { #expect(decision.refusal?.clauses.map(\.id) == ["the-end"]) }
    desk.expectInvariants()
  }
}
