import IntakeRules
import Policy
import Testing

@Suite("Work that is begun and ended")
struct BeginWorkRulesTests {
  /// Prepaid credits, with help from afar by the hour.
  private static let plan = Desk.shipped("flexi-it") { text in
    text.replacing(
      "  - id: onsite-desktop\n",
      with: """
          - id: remote-desktop
            when: {mode: remote, category: desktop}
            blocks: {of: 1h, each: 20}
            gates: [{at: 1h, needs: consent, warn: 15m}]
            text: Desktop from afar
          - id: onsite-desktop

        """)
  }

  private func begin(
    _ desk: inout Desk, _ id: TicketID, _ mode: WorkRecord.Mode = .remote, _ engineer: String = "Joon"
  ) throws(Refused) -> BeginWork.Reply {
    let request = BeginWork.Request(ticketID: id, mode: mode, engineer: engineer)
    return try desk.run { BeginWork.decide(request, &$0, &$1) }
  }

  private func end(
    _ desk: inout Desk, _ id: TicketID, _ work: WorkID, at: String? = nil
  ) throws(Refused) -> RecordWork.Reply {
    let request = EndWork.Request(ticketID: id, workID: work, at: at.map(Desk.at), note: "Done")
    return try desk.run { EndWork.decide(request, &$0, &$1) }
  }

  private func due(_ desk: Desk, _ id: TicketID) -> Instant? { desk.state.common.timers.due(IntakeState.gateTimer, id) }

  @Test("F17b: the gates of work from afar are timers once it has begun: the customer is warned, then work stops")
  func remote() throws {
    var desk = try Desk(Self.plan)
    let id = try desk.open().id
    desk.at("2026-03-02T10:00:00")
    let work = try begin(&desk, id)
    #expect(work.ticket.workBegunAt == desk.now)
    #expect(due(desk, id) == Desk.at("2026-03-02T10:45:00"))
    desk.at("2026-03-02T10:45:00")
    try desk.run { ReachGate.decide(id, &$0, &$1) }
    #expect(desk.state.tickets[id]?.warnings.isEmpty == false)
    #expect(due(desk, id) == Desk.at("2026-03-02T11:00:00"))
    desk.at("2026-03-02T11:00:00")
    try desk.run { ReachGate.decide(id, &$0, &$1) }
    #expect(desk.state.tickets[id]?.stoppedAt == desk.now)
    desk.at("2026-03-02T11:30:00")
    let ended = try end(&desk, id, work.running.id)
    #expect(ended.work.id == work.running.id)
    #expect(ended.ticket.running.isEmpty)
    #expect(ended.ticket.beyondConsent == [WorkInterval(from: Desk.at("2026-03-02T11:00:00"), to: desk.now)])
    #expect(due(desk, id) == nil)
    _ = try desk.resolve(id)
    #expect(desk.plan.rate(try desk.task(id).rated).total == 20)
  }

  @Test("F17b: consent in time moves the gate to the next block's end, and the hour after it is charged")
  func consent() throws {
    var desk = try Desk(Self.plan)
    let id = try desk.open().id
    desk.at("2026-03-02T10:00:00")
    let work = try begin(&desk, id).running.id
    desk.at("2026-03-02T10:59:59")
    _ = try desk.consent(id, .block, block: 1)
    #expect(due(desk, id) == Desk.at("2026-03-02T11:45:00"))
    desk.at("2026-03-02T11:30:00")
    _ = try end(&desk, id, work)
    _ = try desk.resolve(id)
    #expect(desk.plan.rate(try desk.task(id).rated).total == 40)
  }

  @Test("F19 F17b: an incident that is reported during a maintenance visit has its gates as timers, too")
  func maintenance() throws {
    var desk = try Desk()
    let account = desk.account
    let schedule = ScheduleVisit.Request(
      accountID: account, ticketID: nil, kind: .maintenance, engineer: "Joon", plannedAt: desk.now)
    let visit = try desk.run { ScheduleVisit.decide(schedule, &$0, &$1) }.id
    try desk.run { ArriveAtVisit.decide(visit, &$0, &$1) }
    let id = try desk.open().id
    desk.at("2026-03-02T10:00:00")
    let work = try begin(&desk, id, .onsite).running.id
    #expect(due(desk, id) == Desk.at("2026-03-02T12:30:00"))
    desk.at("2026-03-02T13:30:00")
    #expect(try end(&desk, id, work).ticket.beyondConsent.map(\.from) == [Desk.at("2026-03-02T13:00:00")])
    _ = try desk.resolve(id)
    #expect(desk.plan.rate(try desk.task(id).rated).total == 30)
  }

  @Test("Work ends after it began, not in the future, at most 24 hours later, and once")
  func bounds() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let work = try begin(&desk, id).running.id
    #expect(throws: Refused.self) { try end(&desk, id, work) }
    desk.at("2026-03-03T09:30:01")
    for at in [nil, "2026-03-03T09:30:01", "2026-03-03T09:30:02", "2026-03-02T09:30:00"] {
      #expect(throws: Refused.self) { try end(&desk, id, work, at: at) }
    }
    #expect(try end(&desk, id, work, at: "2026-03-03T09:30:00").work.to == Desk.at("2026-03-03T09:30:00"))
    do {
      _ = try end(&desk, id, work, at: "2026-03-02T10:00:00")
      Issue.record("it ended twice")
    } catch {
      #expect(error.reason == .notFound("work"))
    }
  }

  @Test("An engineer works once on a ticket at a time, ten people at most, and nobody is left behind by its end")
  func people() throws {
    var desk = try Desk()
    let (id, other) = (try desk.open().id, try desk.open(desk.call("Another", incident: "other")).id)
    for number in 1...RunningWork.countMax { _ = try begin(&desk, id, .remote, "Engineer \(number)") }
    do {
      _ = try begin(&desk, id, .remote, "Engineer 11")
      Issue.record("an eleventh began")
    } catch {
      #expect(error.reason == .limit("running"))
    }
    let work = try begin(&desk, other).running.id
    do {
      _ = try begin(&desk, other, .onsite)
      Issue.record("he began twice")
    } catch {
      #expect(error.reason == .conflict(state: "working"))
    }
    do {
      _ = try desk.resolve(other)
      Issue.record("it was resolved")
    } catch {
      #expect(error.reason == .conflict(state: "working"))
    }
    let merge = MergeTickets.Request(ticketID: other, intoTicketID: id, reason: "The same")
    #expect(desk.refusal { MergeTickets.decide(merge, &$0, &$1) }?.reason == .conflict(state: "working"))
    desk.at("2026-03-02T10:00:00")
    _ = try end(&desk, other, work)
    #expect(try desk.resolve(other).state == .resolved)
  }

  @Test("Work under way has its place among the thousand records of a ticket")
  func place() throws {
    var desk = try Desk()
    let id = try desk.open().id
    desk.at("2026-03-02T12:00:00")
    for _ in 1..<RecordWork.countMax {
      _ = try desk.work(id, .remote, from: "2026-03-02T10:00:00", to: "2026-03-02T10:01:00")
    }
    let work = try begin(&desk, id).running.id
    #expect(throws: Refused.self) { try begin(&desk, id, .remote, "Farah") }
    #expect(throws: Refused.self) {
      try desk.work(id, .remote, from: "2026-03-02T10:00:00", to: "2026-03-02T10:01:00")
    }
    desk.at("2026-03-02T12:10:00")
    #expect(try end(&desk, id, work).work.note == "Done")
  }

  @Test("P2: what the plan does not take as work is not begun")
  func admission() throws {
    var desk = try Desk(Desk.shipped("opmon"), tier: "pro")
    var request = OpenTicket.Request(accountID: desk.account, subject: "It stands still", channel: "web")
    request.contactID = desk.mei
    request.class = "incident"
    request.facts = [.request: "incident", .symptom: "outage", .problems: "one", .release: "9.3"]
    let id = try desk.open(request).id
    let begin = BeginWork.Request(
      ticketID: id, mode: .telephone, engineer: "Ana", facts: [.help: "investigation"])
    let refused = desk.refusal { BeginWork.decide(begin, &$0, &$1) }
    #expect(refused?.reason == .admission)
    #expect(desk.state.tickets[id]?.running.isEmpty == true)
  }
}
