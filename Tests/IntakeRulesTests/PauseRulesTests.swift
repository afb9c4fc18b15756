import IntakeRules
import Policy
import Testing

@Suite("Clocks that stand still")
struct PauseRulesTests {
  /// Tuesday, 24 March 2026, 10:00 in São Paulo, where office hours are 09:00 to 18:00: an incident, to be answered in the
  /// eight office hours up to 18:00.
  private func incident(_ desk: inout Desk) throws -> TicketID {
    desk.now = Self.at("2026-03-24T10:00:00")
    var request = OpenTicket.Request(accountID: desk.account, subject: "It stands still", channel: "web")
    request.contactID = desk.mei
    request.class = "incident"
    request.facts = [.request: "incident", .symptom: "outage", .problems: "one", .release: "9.4"]
    return try desk.open(request).id
  }

  private static func at(_ text: String) -> Instant { Instant(text + "-03:00") ?? .epoch }

  private func desk() throws -> Desk { try Desk(Desk.shipped("opmon"), tier: "pro") }

  private func record(
    _ desk: inout Desk, _ id: TicketID, _ obligation: String = "cooperation", kept: Bool, reason: String = "Silence"
  ) throws(Refused) -> Ticket {
    let request = RecordObligation.Request(place: .ticket(id), obligation: obligation, isKept: kept, reason: reason)
    guard case .ticket(let ticket) = try desk.run({ RecordObligation.decide(request, &$0, &$1) }) else {
      throw Refused(.notFound("ticket"), "it is not a ticket's")
    }
    return ticket
  }

  @Test(
    "P15: a promise falls due later by the open time that was lost, and by no other",
    arguments: [
      // From, until, and when it is due then.
      ("2026-03-24T12:00:00", "2026-03-24T13:00:00", "2026-03-25T10:00:00"),
      ("2026-03-24T12:00:00", "2026-03-24T12:00:01", "2026-03-25T09:00:01"),
      ("2026-03-24T12:00:00", "2026-03-25T09:00:00", "2026-03-25T15:00:00"),
      ("2026-03-24T12:00:00", "2026-03-24T12:00:00", "2026-03-24T18:00:00"),
    ])
  func later(from: String, until: String, due: String) throws {
    var desk = try desk()
    let id = try incident(&desk)
    #expect(desk.state.tickets[id]?.targets.map(\.due) == [Self.at("2026-03-24T18:00:00")])
    desk.now = Self.at(from)
    let stopped = try record(&desk, id, kept: false)
    #expect(stopped.pausedSince == desk.now)
    #expect(stopped.pausedReason.hasPrefix("cooperation: "))
    #expect(desk.state.common.timers.due(IntakeState.targetTimer, id) == nil, "no clock runs")
    desk.now = Self.at(until)
    let ticket = try record(&desk, id, kept: true)
    #expect(ticket.targets.map(\.due) == [Self.at(due)])
    #expect(desk.state.common.timers.due(IntakeState.targetTimer, id) == Self.at(due) + .milliseconds(1))
    #expect(desk.state.messages.elements.filter { $0.text.hasPrefix("cooperation is") }.count == 2)
  }

  @Test("P15: nothing is missed while the clock stands still; what met the promise then met it in time")
  func still() throws {
    var desk = try desk()
    let id = try incident(&desk)
    desk.now = Self.at("2026-03-24T17:59:59")
    _ = try record(&desk, id, kept: false)
    desk.now = Self.at("2026-03-26T12:00:00")
    try desk.run { MissTargets.decide(id, &$0, &$1) }
    #expect(desk.state.tickets[id]?.targets.map(\.isMissed) == [false])
    try desk.run { ContactCustomer.decide(.init(ticketID: id), &$0, &$1) }
    #expect(desk.state.tickets[id]?.targets.map(\.isMissed) == [false])
    #expect(desk.state.tickets[id]?.targets.first?.metAt == desk.now)
  }

  @Test("P15: what was missed before the clock stopped stays missed")
  func before() throws {
    var desk = try desk()
    let id = try incident(&desk)
    desk.now = Self.at("2026-03-24T18:00:01")
    try desk.run { MissTargets.decide(id, &$0, &$1) }
    _ = try record(&desk, id, kept: false)
    #expect(desk.state.tickets[id]?.targets.map(\.isMissed) == [true])
  }

  @Test("P15: the end of the work ends what stops the clocks, and so does a merge")
  func ended() throws {
    var desk = try desk()
    let (id, other) = (try incident(&desk), try incident(&desk))
    for id in [id, other] { _ = try record(&desk, id, kept: false) }
    desk.now = Self.at("2026-03-24T11:00:00")
    #expect(try desk.resolve(id).pauses.map(\.to) == [desk.now])
    let third = try incident(&desk)
    desk.now = Self.at("2026-03-24T12:00:00")
    let merge = MergeTickets.Request(ticketID: other, intoTicketID: third, reason: "The same")
    let ended = try desk.run { MergeTickets.decide(merge, &$0, &$1) }.ticket
    #expect(ended.pauses.map(\.to) == [desk.now])
    #expect(ended.pausedSince == nil)
  }

  @Test("P15: a split ticket's clocks stand still as those of the first do")
  func split() throws {
    var desk = try desk()
    let id = try incident(&desk)
    desk.now = Self.at("2026-03-24T12:00:00")
    let found: Facts = [.defect: "qualified"]
    let classify = ClassifyTicket.Request(ticketID: id, class: "critical", facts: found, reason: "It stops everything")
    try desk.run { ClassifyTicket.decide(classify, &$0, &$1) }
    let stopped = try record(&desk, id, kept: false)
    var works: [WorkID] = []
    for minute: Int64 in [0, 10] {
      let work = RecordWork.Request(
        ticketID: id, mode: .helpdesk, engineer: "Ana", from: Self.at("2026-03-24T11:00:00") + .minutes(minute),
        to: Self.at("2026-03-24T11:05:00") + .minutes(minute), facts: [.help: "clarification"])
      works.append(try desk.run { RecordWork.decide(work, &$0, &$1) }.work.id)
    }
    try desk.run {
      PostMessage.decide(.init(ticketID: id, direction: .toCustomer, channel: "web", text: "So"), &$0, &$1)
    }
    let split = SplitTicket.Request(ticketID: id, workIDs: [works[1]], subject: "Another", reason: "Two problems")
    let reply = try desk.run { SplitTicket.decide(split, &$0, &$1) }
    let (part, left) = (reply.split, reply.ticket.targets.filter { !$0.isSettled })
    #expect(part.pauses == stopped.pauses)
    #expect(part.pausedSince == stopped.pausedSince)
    #expect(part.found == found)
    #expect(part.heardAt == desk.now)
    #expect(part.targets == left)
    #expect(left.map(\.id) == ["contact"], "work has begun, and nobody was reached yet")
    desk.now = Self.at("2026-03-24T13:00:00")
    #expect(try record(&desk, part.id, kept: true).pausedSince == nil)
    #expect(desk.state.tickets[id]?.pausedSince != nil, "each goes on for itself")
  }

  @Test(
    "P9 P15: what is promised for a part of a reopened ticket falls due when it does for the ticket, whatever paused")
  func splitAfterReopening() throws {
    var desk = try desk()
    let id = try incident(&desk)
    desk.now = Self.at("2026-03-24T10:30:00")
    _ = try record(&desk, id, kept: false)
    desk.now = Self.at("2026-03-24T11:00:00")
    _ = try record(&desk, id, kept: true)
    _ = try desk.resolve(id)
    desk.now = Self.at("2026-03-24T12:00:00")
    try desk.run { ReopenTicket.decide(.init(ticketID: id, reason: "Again"), &$0, &$1) }
    desk.now = Self.at("2026-03-24T13:00:00")
    _ = try record(&desk, id, kept: false)
    let works = try [10, 20].map { (minute: Int64) in
      let work = RecordWork.Request(
        ticketID: id, mode: .helpdesk, engineer: "Ana", from: Self.at("2026-03-24T12:00:00") + .minutes(minute),
        to: Self.at("2026-03-24T12:05:00") + .minutes(minute), facts: [.help: "clarification"])
      return try desk.run { RecordWork.decide(work, &$0, &$1) }.work.id
    }
    let split = SplitTicket.Request(ticketID: id, workIDs: [works[1]], subject: "Another", reason: "Two problems")
    let part = try desk.run { SplitTicket.decide(split, &$0, &$1) }.split
    #expect(part.openedAt == Self.at("2026-03-24T12:00:00"))
    desk.now = Self.at("2026-03-24T14:00:00")
    // Eight office hours from 10:00 on, and half an hour and an hour in which the clocks stood still.
    let due = [Self.at("2026-03-25T10:30:00")]
    #expect(try record(&desk, id, kept: true).targets.map(\.due) == due)
    #expect(try record(&desk, part.id, kept: true).targets.map(\.due) == due)
    let classify = ClassifyTicket.Request(ticketID: part.id, class: "question", facts: [:], reason: "It is one")
    let asked = try desk.run { ClassifyTicket.decide(classify, &$0, &$1) }
    #expect(
      asked.targets.map(\.due) == [Self.at("2026-03-26T09:30:00")], "it counts from the same instant in another class")
    let explained = try #require(ExplainTarget.explain("answer", of: asked, desk.plan))
    #expect(explained.lines.first == "answer: 16h of office time after \(Self.at("2026-03-24T10:00:00"))")
    #expect(explained.stretches.first?.from == Self.at("2026-03-24T10:00:00"))
  }

  @Test("P15: what is recorded already is not recorded again, an obligation must be the plan's, and a reason is given")
  func refusals() throws {
    var desk = try desk()
    let id = try incident(&desk)
    func reason(_ obligation: String, kept: Bool, _ reason: String = "Silence") -> Refused.Reason? {
      do {
        _ = try record(&desk, id, obligation, kept: kept, reason: reason)
        return nil
      } catch { return error.reason }
    }
    #expect(reason("cooperation", kept: true) == .conflict(state: "kept"))
    #expect(reason("cooperation", kept: false, "") == .needsReason)
    #expect(reason("manners", kept: false) == .clauseUnknown("manners"))
    #expect(reason("cooperation", kept: false) == nil)
    #expect(reason("cooperation", kept: false) == .conflict(state: "unkept"))
  }

  @Test("P15: the clocks of a ticket are stopped a hundred times, and not once more")
  func bound() throws {
    var desk = try desk()
    let id = try incident(&desk)
    for _ in 0..<Pause.countMax {
      _ = try record(&desk, id, kept: false)
      _ = try record(&desk, id, kept: true)
    }
    do {
      _ = try record(&desk, id, kept: false)
      Issue.record("it was stopped once more")
    } catch {
      #expect(error.reason == .limit("pauses"))
    }
  }
}
