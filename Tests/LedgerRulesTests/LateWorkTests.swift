import LedgerRules
import Policy
import Testing

@Suite("Work that is charged later than it was done")
struct LateWorkTests {
  /// A ticket of a server on which someone worked on site until now.
  private func done(_ desk: inout Desk, minutes: Int64) -> TicketStory {
    var ticket = TicketStory(&desk, [.category: "server"])
    ticket.onsite(minutes: minutes)
    ticket.phase = .due(desk.now)
    return ticket
  }

  @Test("F24: a late entry is posted now, as an adjustment on the next statement; the closed one stays as it is")
  func statement() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = done(&desk, minutes: 180)
    ticket.tell(&desk)
    desk.wait(until: "2026-04-10 09:00")
    let march = try #require(desk.state.statements.members(of: agreement).first)
    #expect(march.closing == 440)
    ticket.task.work = .minutes(181)
    ticket.task.consentedBlocks = 1
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 300)
    desk.wait(until: "2026-05-01 00:00")
    let statements = desk.state.statements.members(of: agreement)
    #expect(statements.first == march)
    let april = try #require(statements.last)
    #expect(april.opening == 440)
    #expect(april.closing == 300)
    #expect(april.text.contains("ADJUSTMENTS AND LATE ENTRIES"))
    #expect(april.text.contains("(work of 2 Mar 2026)"))
    desk.expectInvariants()
  }

  @Test("F24 F26: work done before credits lapsed is paid by them, though it is told of after; the rest lapses again")
  func lapsed() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.wait(until: "2027-03-02 12:00")
    let ticket = done(&desk, minutes: 60)
    desk.wait(until: "2027-03-03 00:00")
    #expect(desk.balance(agreement) == 0)
    ticket.tell(&desk)
    #expect(try ticket.charge(desk).charged == 160)
    #expect(try ticket.charge(desk).unsettled == 0)
    #expect(desk.balance(agreement) == 0)
    let kinds = desk.state.transfers.members(of: agreement).sorted { $0.sequence < $1.sequence }.map(\.kind)
    #expect(kinds == [.grant, .expiry, .reversal, .charge, .expiry])
    #expect(desk.state.transfers.all.filter { $0.kind == .expiry }.map(\.amount) == [-600, -440])
    desk.expectInvariants()
    ticket.tell(&desk)
    #expect(desk.state.transfers.members(of: agreement).count == 5)
  }

  @Test("F26: work done once credits had lapsed is not paid by them")
  func tooLate() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.wait(until: "2027-03-03 00:00")
    let ticket = done(&desk, minutes: 60)
    ticket.tell(&desk)
    #expect(try ticket.charge(desk).unsettled == 160)
    #expect(desk.state.transfers.members(of: agreement).map(\.kind) == [.grant, .expiry])
  }

  @Test("F24 F26: what had lapsed pays first, then what is there now")
  func both() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -500)
    desk.wait(until: "2027-03-02 12:00")
    let ticket = done(&desk, minutes: 60)
    desk.wait(until: "2027-03-03 00:00")
    desk.buy(agreement)
    ticket.tell(&desk)
    #expect(try ticket.charge(desk).charged == 160)
    #expect(desk.balance(agreement) == 540)
    desk.expectInvariants()
  }

  @Test(
    "F24 F26: a charge without a ticket is paid by what was in force when its work was done, to the second",
    arguments: [("2027-03-02 23:59:59", true), ("2027-03-03 00:00", false)])
  func chargeWithoutTicket(done: String, isPaid: Bool) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.wait(until: "2027-03-05 09:00")
    let decision = desk.charge(agreement, Samples.onsite(), completed: Samples.sgt(done))
    guard isPaid else {
      #expect(decision.refusal?.reason == .insufficientCredits(needed: 50, available: 0))
      #expect(desk.state.transfers.members(of: agreement).count == 2, "a refusal leaves no trace")
      return
    }
    let reply = try #require(decision.reply)
    #expect(reply.transfer.amount == -50)
    #expect(reply.transfer.lines.map(\.clause) == ["onsite-desktop", "onsite-desktop"])
    #expect(
      reply.transfer.lines.last?.text == "Of this, 50 credits that were in force on 2 Mar 2027 and have lapsed since")
    #expect(reply.balance == 0, "the rest lapsed again")
    #expect(desk.balance(agreement) == 0)
    let kinds = desk.state.transfers.members(of: agreement).sorted { $0.sequence < $1.sequence }.map(\.kind)
    #expect(kinds == [.grant, .expiry, .reversal, .charge, .expiry])
    desk.expectInvariants()
  }

  @Test("F24 F26: what had lapsed pays first, what is there now the rest, in one transfer")
  func chargeOfBoth() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -570)
    desk.wait(until: "2027-03-05 09:00")
    desk.buy(agreement)
    let reply = try #require(desk.charge(agreement, Samples.onsite(), completed: Samples.sgt("2027-03-01 12:00")).reply)
    #expect(reply.transfer.draws.map(\.units) == [-30, -20])
    #expect(reply.balance == 580)
    desk.expectInvariants()
  }

  @Test(
    "F24 F26: work done before a lot lapsed in parts is paid by all of them: what a hold kept, what a reversal gave back"
  )
  func parts() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -490)
    let hold = try #require(desk.hold(agreement, 30).reply)
    let wrong = try #require(desk.charge(agreement, Samples.onsite()).reply).transfer.id
    desk.wait(until: "2027-03-05 09:00")
    desk.void(hold.id)
    desk.reverse(wrong)
    let lot = try #require(desk.state.lots.members(of: agreement).first)
    #expect(lot.lapsedBy.map { desk.state.transfers[$0]?.amount } == [-30, -30, -50])
    let late = Samples.onsite(minutes: 200, consented: 1)
    let reply = try #require(desk.charge(agreement, late, completed: Samples.sgt("2027-03-02 12:00")).reply)
    #expect(reply.transfer.draws.map(\.units) == [-100])
    #expect(reply.balance == 0)
    let expiries = desk.state.transfers.members(of: agreement).filter { $0.kind == .expiry }.map(\.amount)
    #expect(expiries.sorted() == [-50, -30, -30, -10], "no more comes back than had lapsed, and the rest lapses again")
    desk.expectInvariants()
    let more = desk.charge(agreement, Samples.onsite(), completed: Samples.sgt("2027-03-02 12:00"))
    #expect(more.refusal?.reason == .insufficientCredits(needed: 50, available: 10))
  }

  @Test("F26: of a lot that lapsed in very many parts late work takes the first hundred back", arguments: [100, 101])
  func manyParts(count: Int64) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -600 + (Amount(count) ?? 0))
    let holds = try (1..<count).map { _ in try #require(desk.hold(agreement, 1).reply).id }
    desk.wait(until: "2027-03-05 09:00")
    for hold in holds { desk.void(hold) }
    #expect(desk.state.lots.members(of: agreement).first?.lapsedBy.count == Lot.lapseCountMax)
    let late = Samples.onsite(minutes: 200, consented: 1)
    #expect(desk.charge(agreement, late, completed: Samples.sgt("2027-03-02 12:00")).reply?.balance == 0)
    desk.expectInvariants()
    let more = desk.charge(agreement, Samples.onsite(), completed: Samples.sgt("2027-03-02 12:00"))
    #expect(more.refusal?.reason == .insufficientCredits(needed: 50, available: 0), "the rest is not known of any more")
  }

  @Test("F28: late work takes no more from what had lapsed than was agreed on")
  func bounded() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = TicketStory(&desk, [.category: "server"])
    ticket.onsite()
    ticket.tell(&desk)
    let quote = try #require(desk.quote(agreement, Samples.onsite("server"), ticket: ticket.id).reply)
    ticket.quote = quote.id
    desk.wait(until: "2026-03-02 12:00")
    let done = desk.now
    desk.wait(until: "2027-03-03 00:00")
    ticket.onsite(minutes: 200)
    ticket.task.parts = [WorkTask.PartsLine(text: "Disk", minutes: 10, agreed: 20)]
    ticket.phase = .due(done)
    ticket.tell(&desk)
    #expect(try ticket.charge(desk).charged == 160)
    #expect(try ticket.charge(desk).unsettled == 20)
    desk.expectInvariants()
  }

  @Test("F24 F22: late work of a time before a reopening is charged there, whatever the repeat costs")
  func earlierStretch() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = done(&desk, minutes: 180)
    let ended = desk.now
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 440)
    desk.wait(until: "2026-03-03 09:00")
    ticket.stretch = 1
    ticket.phase = .waiting
    ticket.version = 2
    var late = ticket.task
    late.work = .minutes(181)
    late.consentedBlocks = 1
    ticket.task.facts[.mode] = "helpdesk"
    ticket.tell(&desk, earlier: [TicketNews.Stretch(number: 0, task: late, completedAt: ended)])
    let first = try #require(desk.state.ticketCharges[TicketCharge.Key(ticket: ticket.id, stretch: 0)])
    #expect(first.charged == 300)
    #expect(desk.balance(agreement) == 300)
    let last = try #require(
      desk.state.transfers.members(of: agreement).filter { $0.kind == .charge }.max { $0.sequence < $1.sequence })
    #expect(last.effectiveAt == ended)
    #expect(last.at == desk.now)
    desk.expectInvariants()
    let count = desk.state.transfers.members(of: agreement).count
    ticket.version = 3
    ticket.tell(&desk, earlier: [TicketNews.Stretch(number: 0, task: late, completedAt: ended)])
    #expect(desk.state.transfers.members(of: agreement).count == count, "told again, it changes nothing")
  }
}
