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
}
