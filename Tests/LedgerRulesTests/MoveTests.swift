import LedgerRules
import Policy
import Testing

@Suite("Charges that go from one ticket to another")
struct MoveTests {
  /// A ticket of a desktop on which someone worked on site, done.
  private func done(_ desk: inout Desk, minutes: Int64, number: Int) -> TicketStory {
    var ticket = TicketStory(&desk)
    ticket.number = number
    ticket.onsite(minutes: minutes)
    ticket.phase = .due(desk.now)
    return ticket
  }

  /// `from` as it is once it ended in `into`, and `into` with the work of both.
  private func merged(_ from: TicketStory, _ into: TicketStory, minutes: Int64, consented: Int = 0) -> [TicketStory] {
    var (ended, goesOn) = (from, into)
    ended.version += 1
    ended.phase = .cancelled
    ended.links.mergedInto = into.id
    goesOn.version += 1
    goesOn.links.mergedFrom.append(.init(ticket: from.id, stretch: 0, version: ended.version))
    goesOn.task.work = .minutes(minutes)
    goesOn.task.consentedBlocks = consented
    return [ended, goesOn]
  }

  /// `ticket` with what is left of its work, and a part of it under its own number.
  private func divided(
    _ desk: inout Desk, _ ticket: TicketStory, left: Int64, part: Int64, number: Int
  ) -> [TicketStory] {
    var (rest, split) = (ticket, done(&desk, minutes: part, number: number))
    rest.version += 1
    rest.links.splitInto = [split.id]
    rest.task.work = .minutes(left)
    split.phase = ticket.phase
    split.version = 1
    split.links.splitFrom = .init(ticket: ticket.id, stretch: 0, version: rest.version)
    return [rest, split]
  }

  private func charged(_ desk: Desk, _ tickets: [TicketStory]) throws -> [Amount] {
    try tickets.map { try $0.charge(desk).charged }
  }

  @Test("P9: what a merged ticket was charged moves, in whatever order the news comes", arguments: [[0, 1], [1, 0]])
  func merge(order: [Int]) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let (first, second) = (done(&desk, minutes: 60, number: 12), done(&desk, minutes: 170, number: 13))
    first.tell(&desk)
    second.tell(&desk)
    #expect(desk.balance(agreement) == 500)
    let after = merged(second, first, minutes: 230, consented: 1)
    for index in order { after[index].tell(&desk) }
    #expect(desk.balance(agreement) == 500, "the plan rates both alike")
    #expect(try charged(desk, [first, second]) == [100, 0])
    let move = try #require(desk.state.moves.all.first)
    #expect(desk.state.moves.count == 1)
    #expect(move.amount == 50)
    let (reversal, charge) = (desk.state.transfers[move.reversal], desk.state.transfers[move.transfer])
    #expect(reversal?.ticket == second.id)
    #expect(reversal?.reverses != nil)
    #expect(reversal?.lines.map(\.text) == ["Moved to Ticket 12: no mail"])
    #expect(charge?.ticket == first.id)
    #expect(charge?.lines.map(\.text) == ["Moved from Ticket 13: no mail"])
    #expect(charge?.draws.map(\.lot) == reversal?.draws.map(\.lot))
    desk.expectInvariants()
    // Told again, nothing moves again; what was told of the merged ticket before comes too late.
    for index in order { after[index].tell(&desk) }
    second.tell(&desk)
    #expect(desk.balance(agreement) == 500)
    #expect(desk.state.moves.count == 1)
  }

  @Test("P9: rated lower together, the rest is taken back by reversals that name what they reverse", arguments: [0, 1])
  func lower(first: Int) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let tickets = (done(&desk, minutes: 60, number: 12), done(&desk, minutes: 60, number: 13))
    tickets.0.tell(&desk)
    tickets.1.tell(&desk)
    let after = merged(tickets.1, tickets.0, minutes: 120)
    after[first].tell(&desk)
    after[1 - first].tell(&desk)
    #expect(desk.balance(agreement) == 550)
    #expect(try charged(desk, [tickets.0, tickets.1]) == [50, 0])
    desk.expectInvariants()
  }

  @Test("P9: what a merged ticket holds is let go; the one that goes on holds what it may cost")
  func holds() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let (first, second) = (TicketStory(&desk), TicketStory(&desk))
    first.tell(&desk)
    second.tell(&desk)
    #expect(desk.held(agreement) == 20)
    for ticket in merged(second, first, minutes: 0) { ticket.tell(&desk) }
    #expect(desk.held(agreement) == 10)
    #expect(try first.charge(desk).hold != nil)
    #expect(try second.charge(desk).hold == nil)
    desk.expectInvariants()
  }

  @Test("P9: a quote under which the merged ticket's work was done pays for the one that goes on")
  func quoted() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var (first, second) = (TicketStory(&desk), TicketStory(&desk))
    let quote = try #require(desk.quote(agreement, Samples.onsite("server", minutes: 240, consented: 1)).reply)
    second.onsite()
    second.quote = quote.id
    first.tell(&desk)
    second.tell(&desk)
    #expect(desk.held(agreement) == 310)
    first.quote = quote.id
    for ticket in merged(second, first, minutes: 0) { ticket.tell(&desk) }
    #expect(desk.held(agreement) == 300)
    #expect(try first.charge(desk).hold?.as() == quote.id)
    desk.expectInvariants()
  }

  @Test("P9: a ticket that is told of first when another has ended in it takes its charges over")
  func unknown() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let (first, second) = (done(&desk, minutes: 60, number: 12), done(&desk, minutes: 60, number: 13))
    let after = merged(second, first, minutes: 120)
    after[1].tell(&desk)
    second.tell(&desk)
    after[0].tell(&desk)
    #expect(desk.balance(agreement) == 550)
    #expect(desk.state.moves.isEmpty)
    desk.expectInvariants()
  }

  @Test("F28 P9: overage that is not billed yet goes along with its bill")
  func overage() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    desk.adjust(agreement, -560)
    let ended = done(&desk, minutes: 60, number: 13)
    var quoted = ended
    quoted.quote = try #require(
      desk.quote(agreement, Samples.onsite(minutes: 60), ticket: ended.id).reply
    ).id
    desk.acknowledge(try #require(quoted.quote))
    quoted.tell(&desk)
    #expect(desk.balance(agreement) == -10)
    let into = TicketStory(&desk)
    into.tell(&desk)
    var after = merged(quoted, into, minutes: 60)
    after[1].onsite(minutes: 60)
    after[1].phase = .due(desk.now)
    for ticket in after { ticket.tell(&desk) }
    #expect(desk.balance(agreement) == -10)
    #expect(try into.charge(desk).charged == 50)
    #expect(desk.state.invoices.all.filter { $0.units > 0 }.map(\.ticket) == [into.id])
    desk.expectInvariants()
  }

  @Test("P9: what a ticket was charged too much goes to the part that was split off", arguments: [[0, 1], [1, 0]])
  func split(order: [Int]) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = done(&desk, minutes: 240, number: 12)
    ticket.task.consentedBlocks = 1
    ticket.tell(&desk)
    #expect(desk.balance(agreement) == 500)
    let after = divided(&desk, ticket, left: 120, part: 120, number: 14)
    after[order[0]].tell(&desk)
    #expect(desk.balance(agreement) == 500, "the first to tell waits for the other")
    #expect(desk.state.moves.isEmpty)
    after[order[1]].tell(&desk)
    #expect(desk.balance(agreement) == 500)
    #expect(try charged(desk, after) == [50, 50])
    #expect(desk.state.moves.all.map(\.amount) == [50])
    desk.expectInvariants()
    for index in order { after[index].tell(&desk) }
    #expect(desk.state.moves.count == 1)
    #expect(desk.balance(agreement) == 500)
  }

  @Test("P9: rated higher apart, the new ticket is charged the difference", arguments: [[0, 1], [1, 0]])
  func higher(order: [Int]) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let ticket = done(&desk, minutes: 120, number: 12)
    ticket.tell(&desk)
    let after = divided(&desk, ticket, left: 60, part: 60, number: 14)
    for index in order { after[index].tell(&desk) }
    #expect(desk.balance(agreement) == 500)
    #expect(try charged(desk, after) == [50, 50])
    #expect(desk.state.moves.isEmpty)
    desk.expectInvariants()
  }

  @Test("P9: a part that ended in a third ticket before it was told of keeps nobody waiting", arguments: [0, 1])
  func splitThenMerged(first: Int) throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    var ticket = done(&desk, minutes: 240, number: 12)
    ticket.task.consentedBlocks = 1
    ticket.tell(&desk)
    let third = done(&desk, minutes: 60, number: 15)
    third.tell(&desk)
    let after = divided(&desk, ticket, left: 120, part: 60, number: 14)
    let ended = merged(after[1], third, minutes: 120)
    after[0].tell(&desk)
    ended[first].tell(&desk)
    ended[1 - first].tell(&desk)
    #expect(try charged(desk, [after[0], third]) == [50, 50])
    #expect(desk.balance(agreement) == 500)
    desk.expectInvariants()
  }

  @Test("P9 F24: the statement tells what went from one ticket to the other, and sums to the balance")
  func statement() throws {
    var desk = try Desk()
    let agreement = try desk.signUp()
    let (first, second) = (done(&desk, minutes: 60, number: 12), done(&desk, minutes: 170, number: 13))
    first.tell(&desk)
    second.tell(&desk)
    for ticket in merged(second, first, minutes: 230, consented: 1) { ticket.tell(&desk) }
    desk.wait(until: "2026-04-01 00:00")
    let statement = try #require(desk.state.statements.members(of: agreement).first)
    #expect(statement.closing == 500)
    #expect(statement.text.contains("Moved to Ticket 12"))
    #expect(statement.text.contains("Moved from Ticket 13"))
  }
}
