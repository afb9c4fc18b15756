import LedgerRules
import Policy
import Testing

@Suite("Whatever happens")
struct PropertyTests {
  /// Numbers from a seed, so that a failure can be run again.
  struct Dice {
    private var source: IdentifierSource

    init(_ seed: UInt64) { source = IdentifierSource(seed: seed) }

    mutating func below(_ bound: Int) -> Int { Int(source.nextBits() % UInt64(max(1, bound))) }
    mutating func amount(_ bound: Int) -> Amount { Amount(Int64(below(bound) + 1)) ?? 1 }
    mutating func pick<T>(_ items: [T]) -> T? { items.isEmpty ? nil : items[below(items.count)] }
  }

  @Test("I1 to I5 hold after every step of random work, purchases, holds, reversals and waiting", arguments: 0..<24)
  func invariants(seed: UInt64) throws {
    var desk = try seed % 2 == 0 ? Desk() : Desk(plan: Samples.flexiWithServerHours())
    var dice = Dice(seed)
    var agreement = try desk.signUp(packages: Int64(dice.below(2)))
    var tickets: [TicketStory] = []
    for _ in 0..<120 {
      step(&desk, &dice, &agreement, &tickets)
      let violations = LedgerInvariants(desk.state).violations
      #expect(violations == [])
      if !violations.isEmpty { return }
    }
    desk.wait(until: desk.now + .days(800))
    desk.expectInvariants()
    let open = desk.state.holds.all.filter { $0.state == .open }.reduce(Amount.zero) { $0 + $1.amount }
    let held = desk.state.wallets.all.filter { $0.kind == .customer }.reduce(Amount.zero) { $0 + $1.held }
    #expect(held == open)
    try statementsAddUp(desk, agreement)
  }

  private func step(
    _ desk: inout Desk, _ dice: inout Dice, _ agreement: inout AgreementID, _ tickets: inout [TicketStory]
  ) {
    switch dice.below(13) {
    case 0:
      desk.buy(agreement, Int64(dice.below(3)))
      desk.buyServerHours(agreement, Int64(dice.below(2)))
    case 1, 2:
      desk.charge(agreement, Samples.serverFromAfar(minutes: Int64(dice.below(900))))
      desk.charge(
        agreement,
        Samples.onsite(
          dice.below(2) == 0 ? "desktop" : "server", minutes: Int64(dice.below(500)), consented: dice.below(3)))
    case 3: desk.adjust(agreement, dice.below(2) == 0 ? dice.amount(200) : -dice.amount(200))
    case 4:
      desk.hold(
        agreement, dice.amount(300), expires: dice.below(2) == 0 ? nil : desk.now + .days(Int64(dice.below(400)) + 1))
    case 5: if let hold = dice.pick(desk.state.holds.all) { desk.capture(hold.id, dice.amount(300)) }
    case 6: if let hold = dice.pick(desk.state.holds.all) { desk.void(hold.id) }
    case 7: if let transfer = dice.pick(desk.state.transfers.all) { desk.reverse(transfer.id) }
    case 8:
      let quote = desk.quote(
        agreement, Samples.onsite("server", minutes: 240, consented: 1), ticket: dice.pick(tickets)?.id)
      if let quote = quote.reply, dice.below(3) > 0 { desk.acknowledge(quote.id) }
    case 9: if let quote = dice.pick(desk.state.quotes.all) { desk.acknowledge(quote.id) }
    case 10: desk.wait(until: desk.now + .hours(Int64(dice.below(2000))))
    case 11:
      let ticket = TicketStory(&desk, [.category: dice.below(2) == 0 ? "desktop" : "server"])
      ticket.tell(&desk)
      tickets.append(ticket)
    default:
      guard !tickets.isEmpty else { return }
      let index = dice.below(tickets.count)
      if let quote = dice.pick(desk.state.quotes.all) { tickets[index].quote = quote.id }
      switch dice.below(5) {
      case 0: tickets[index].onsite()
      case 1:
        tickets[index].onsite(minutes: Int64(dice.below(600)))
        tickets[index].task.consentedBlocks = dice.below(4)
        tickets[index].phase = .due(desk.now)
      case 2: tickets[index].task.facts[.missed] = ["respond"]
      case 3:
        // Work of another unit, where the plan has one.
        tickets[index].task.facts = tickets[index].task.facts.merging([.mode: "remote", .resolved: true])
        tickets[index].phase = .due(desk.now)
      default: tickets[index].phase = dice.below(2) == 0 ? .cancelled : .due(desk.now)
      }
      tickets[index].tell(&desk)
    }
  }

  /// Every statement opens where the one before closed, and can be made again from its transfers.
  private func statementsAddUp(_ desk: Desk, _ agreement: AgreementID) throws {
    var opening: Amount = 0
    var openings: [UnitAmount] = []
    for statement in desk.state.statements.all {
      #expect(statement.opening == opening)
      opening = statement.closing
      let document = StatementDocument(
        agreement: agreement, accountName: statement.accountName, plan: desk.plan, from: statement.from,
        to: statement.to, opening: statement.opening, openings: openings,
        transfers: desk.state.transfers.members(of: agreement).filter { $0.period == statement.from }, isClosed: true)
      #expect(document.text == statement.text)
      openings = document.furtherClosings
    }
    #expect(!desk.state.statements.isEmpty)
  }

  @Test("Numbers are written with commas, whatever their size")
  func amountsOfAllSizes() throws {
    var desk = try Desk()
    let agreement = try desk.signUp(packages: 1000)
    desk.wait(until: "2026-04-01 00:00")
    #expect(desk.balance(agreement) == 600_000)
    #expect(desk.state.statements.all.first?.text.contains("+600,000") == true)
    #expect(desk.state.statements.all.first?.text.contains("SGD 600000.00") == true)
  }
}
