import IntakeRules
import Policy
import Testing

@Suite("Work that goes from one ticket to another")
struct MoveRulesTests {
  /// Two tickets of the reception's desktop with an hour on site each, at 10:00 and 12:00; it is 15:00.
  private func two() throws -> (desk: Desk, first: TicketID, second: TicketID) {
    var desk = try Desk()
    let first = try desk.open().id
    let second = try desk.open(desk.call("Mail again", incident: "mail-2")).id
    desk.at("2026-03-02T15:00:00")
    _ = try desk.work(first, .onsite, from: "2026-03-02T10:00:00", to: "2026-03-02T11:00:00")
    _ = try desk.work(second, .onsite, from: "2026-03-02T12:00:00", to: "2026-03-02T13:00:00")
    return (desk, first, second)
  }

  private func merge(
    _ desk: inout Desk, _ id: TicketID, into other: TicketID, reason: String = "The same"
  ) throws(Refused) -> MergeTickets.Reply {
    let request = MergeTickets.Request(ticketID: id, intoTicketID: other, reason: reason)
    return try desk.run { MergeTickets.decide(request, &$0, &$1) }
  }

  private func split(
    _ desk: inout Desk, _ id: TicketID, _ work: [WorkID], reason: String = "Two things"
  ) throws(Refused) -> SplitTicket.Reply {
    let request = SplitTicket.Request(
      ticketID: id, workIDs: work, subject: "The printer, too", incident: "printer", reason: reason)
    return try desk.run { SplitTicket.decide(request, &$0, &$1) }
  }

  @Test("P9: a merged ticket is closed with a pointer, and its work counts for the one that goes on")
  func merging() throws {
    var (desk, first, second) = try two()
    let reply = try merge(&desk, second, into: first)
    #expect(reply.ticket.state == .closed)
    #expect(reply.ticket.isMerged)
    #expect(reply.ticket.relations.map(\.ticketID) == [first])
    #expect(reply.into.relations.map(\.kind) == [.mergedFrom])
    #expect(reply.into.relations.first?.version == reply.ticket.version)
    #expect(try desk.task(second).work.isEmpty)
    let hours = ["10", "11", "12", "13"].map { Desk.at("2026-03-02T\($0):00:00") }
    #expect(
      try desk.task(first).work == [
        WorkInterval(from: hours[0], to: hours[1]), WorkInterval(from: hours[2], to: hours[3]),
      ])
    #expect(desk.plan.rate(try desk.task(first).rated).total == 50, "two hours are one block")
    let moved = desk.state.work.members(of: first).filter { $0.movedFrom != nil }
    #expect(moved.compactMap(\.movedFrom) == reply.ticket.movedWork)
    #expect(desk.state.work.members(of: second).count == 1, "what was recorded stays where it was")
    let told = desk.state.messages.elements.suffix(2)
    #expect(Set(told.map(\.ticketID)) == [first, second])
  }

  @Test("P9: two tickets of a block each are two blocks of one: the total is the same")
  func conserved() throws {
    var (desk, first, second) = try two()
    _ = try desk.work(first, .onsite, from: "2026-03-02T09:30:00", to: "2026-03-02T10:00:00")
    _ = try desk.work(second, .onsite, from: "2026-03-02T13:00:00", to: "2026-03-02T15:00:00")
    let before = try [first, second].map { desk.plan.rate(try desk.task($0).rated).total.units }
    #expect(before == [50, 50])
    _ = try merge(&desk, second, into: first)
    #expect(desk.plan.rate(try desk.task(first).rated).total == 100)
    #expect(desk.state.tickets[first]?.beyondConsent == [])
  }

  @Test("F17b: work that nobody consented to does not become chargeable by being merged into a ticket without work")
  func noWayAroundConsent() throws {
    var desk = try Desk()
    let first = try desk.open().id
    let second = try desk.open(desk.call("Mail again", incident: "mail-2")).id
    desk.at("2026-03-02T15:00:00")
    _ = try desk.work(second, .onsite, from: "2026-03-02T10:00:00", to: "2026-03-02T14:00:00")
    _ = try merge(&desk, second, into: first)
    #expect(desk.plan.rate(try desk.task(first).rated).total == 50)
    #expect(desk.state.tickets[first]?.beyondConsent.count == 1)
  }

  @Test("P9: time on site that nobody recorded goes along as a record; nobody may be out when a ticket ends in another")
  func visits() throws {
    var desk = try Desk()
    let first = try desk.open().id
    let second = try desk.open(desk.call("Mail again", incident: "mail-2")).id
    let visit = try desk.dispatch(second).visit.id
    #expect(throws: Refused.self) { try merge(&desk, second, into: first) }
    try desk.run { ArriveAtVisit.decide(visit, &$0, &$1) }
    #expect(throws: Refused.self) { try merge(&desk, second, into: first) }
    desk.at("2026-03-02T10:30:00")
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    _ = try merge(&desk, second, into: first)
    let record = try #require(desk.state.work.members(of: first).first)
    #expect(record.mode == .onsite)
    #expect(record.engineer == "Joon")
    #expect(record.to == desk.now)
    #expect(try desk.task(second).work.isEmpty)
  }

  @Test("P9: what is merged once more takes along what was merged into it; a merged ticket is not taken up again")
  func twice() throws {
    var (desk, first, second) = try two()
    let third = try desk.open(desk.call("Once more", incident: "mail-3")).id
    _ = try merge(&desk, first, into: second)
    let reply = try merge(&desk, second, into: third)
    #expect(reply.into.relations.map(\.ticketID) == [second, first])
    #expect(try desk.task(third).work.count == 2)
    #expect(desk.refusal { ReopenTicket.decide(.init(ticketID: first, reason: "Again"), &$0, &$1) } != nil)
    #expect(throws: Refused.self) { try merge(&desk, first, into: third) }
    #expect(throws: Refused.self) { try merge(&desk, third, into: third) }
    #expect(throws: Refused.self) { try merge(&desk, third, into: first) }
    let link = LinkTicket.Request(ticketID: third, earlierTicketID: first)
    #expect(desk.refusal { LinkTicket.decide(link, &$0, &$1) }?.reason == .conflict(state: "merged"))
  }

  @Test("P9: a ticket that was closed before can still be merged, once; it stays closed since then")
  func closedBefore() throws {
    var (desk, first, second) = try two()
    _ = try desk.resolve(second)
    let closed = try desk.close(second).closedAt
    desk.at("2026-03-02T16:00:00")
    let reply = try merge(&desk, second, into: first)
    #expect(reply.ticket.closedAt == closed)
    #expect(reply.ticket.closures.count == 1)
    #expect(try desk.task(second).work.isEmpty)
    #expect(try desk.task(first).work.count == 2)
    do {
      _ = try merge(&desk, second, into: first)
      Issue.record("it was merged twice")
    } catch {
      #expect(error.reason == .conflict(state: "merged"))
    }
    _ = try desk.resolve(first)
    _ = try desk.close(first)
    let third = try desk.open(desk.call("Once more", incident: "mail-3")).id
    #expect(throws: Refused.self) { try merge(&desk, third, into: first) }
  }

  @Test("P9: a merge needs a reason")
  func mergeReason() throws {
    var (desk, first, second) = try two()
    #expect(throws: Refused.self) { try merge(&desk, second, into: first, reason: "") }
    #expect(desk.state.tickets[second]?.state == .open)
  }

  @Test("F22: a ticket that ended in another is no earlier ticket of the same incident")
  func noRepeat() throws {
    var (desk, first, second) = try two()
    _ = try merge(&desk, second, into: first)
    #expect(try desk.open(desk.call("Mail again", incident: "mail-2")).earlierTicketID == nil)
  }

  @Test("P9: a split makes a ticket with its own number from chosen work, which counts there alone")
  func splitting() throws {
    var (desk, first, _) = try two()
    let record = try desk.work(first, .onsite, from: "2026-03-02T13:00:00", to: "2026-03-02T14:00:00").work
    _ = try desk.resolve(first)
    let reply = try split(&desk, first, [record.id])
    #expect(reply.split.number == 3)
    #expect(reply.split.state == .resolved)
    #expect(reply.split.incident == "printer")
    #expect(reply.split.category == reply.ticket.category)
    #expect(reply.split.planVersion == reply.ticket.planVersion)
    #expect(reply.split.relations.map(\.kind) == [.splitFrom])
    #expect(reply.split.relations.first?.version == reply.ticket.version)
    #expect(reply.ticket.relations.map(\.ticketID) == [reply.split.id])
    #expect(reply.ticket.movedWork == [record.id])
    #expect(try desk.task(reply.split.id).work == [WorkInterval(from: record.from, to: record.to)])
    #expect(try desk.task(first).work.count == 1)
    for id in [first, reply.split.id] { #expect(desk.plan.rate(try desk.task(id).rated).total == 50) }
  }

  @Test("P9: a split names present work of the ticket, leaves some, and takes nothing that nobody consented to")
  func splitBounds() throws {
    var (desk, first, second) = try two()
    let own = desk.state.work.members(of: first).map(\.id)
    let other = desk.state.work.members(of: second).map(\.id)
    #expect(throws: Refused.self) { try split(&desk, first, []) }
    #expect(throws: Refused.self) { try split(&desk, first, own) }
    #expect(throws: Refused.self) { try split(&desk, first, other) }
    let more = try desk.work(first, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T12:00:00").work.id
    #expect(throws: Refused.self) { try split(&desk, first, [more], reason: "") }
    let beyond = try desk.work(first, .onsite, from: "2026-03-02T12:00:00", to: "2026-03-02T14:00:00").work.id
    #expect(desk.state.tickets[first]?.beyondConsent.count == 1)
    #expect(throws: Refused.self) { try split(&desk, first, [beyond]) }
    #expect(try split(&desk, first, [more]).split.number == 3)
    #expect(throws: Refused.self) { try split(&desk, first, [more]) }
  }

  @Test("P9: a promise that is still to be kept is kept for both, one that was met or missed stays where it was made")
  func promises() throws {
    var (desk, first, _) = try two()
    let more = try desk.work(first, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T12:00:00").work.id
    #expect(try split(&desk, first, [more]).split.targets.isEmpty == false)
    var (late, ticket, _) = try two()
    let record = try late.work(ticket, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T12:00:00").work.id
    try late.run { MissTargets.decide(ticket, &$0, &$1) }
    let reply = try split(&late, ticket, [record])
    #expect(reply.split.targets.isEmpty)
    #expect(reply.ticket.targets.map(\.isMissed) == [true])
  }
}
