import IntakeRules
import Policy
import Testing

@Suite("What rating is told of a ticket")
struct TaskRulesTests {
  @Test("F10: a helpdesk fix is a task of the helpdesk, resolved and not dispatched")
  func helpdesk() throws {
    var desk = try Desk()
    let id = try desk.open().id
    desk.at("2026-03-02T09:50:00")
    _ = try desk.work(id, .helpdesk, from: "2026-03-02T09:35:00", to: "2026-03-02T09:50:00")
    #expect(try desk.resolve(id).resolvedByHelpdesk)
    let task = try desk.task(id)
    #expect(task.facts.text(.mode) == "helpdesk")
    #expect(task.facts.flag(.resolved) == true)
    #expect(task.facts.flag(.dispatched) == false)
    #expect(task.facts.text(.category) == "desktop")
    #expect(task.completedAt == desk.now)
    #expect(desk.plan.rate(task.rated).total == 10)
  }

  @Test("F10: once someone is sent, the helpdesk's time is no part of the task")
  func dispatched() throws {
    var desk = try Desk()
    let id = try desk.open().id
    desk.at("2026-03-02T10:30:00")
    _ = try desk.work(id, .helpdesk, from: "2026-03-02T09:35:00", to: "2026-03-02T10:00:00")
    let visit = try desk.dispatch(id).visit.id
    desk.at("2026-03-02T11:00:00")
    try desk.run { ArriveAtVisit.decide(visit, &$0, &$1) }
    desk.at("2026-03-02T11:20:00")
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    _ = try desk.work(id, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T11:20:00")
    #expect(try !desk.resolve(id).resolvedByHelpdesk)
    let task = try desk.task(id)
    #expect(task.facts.text(.mode) == "onsite")
    #expect(task.facts.text(.visit) == "dispatched")
    #expect(task.work == [WorkInterval(from: Desk.at("2026-03-02T11:00:00"), to: Desk.at("2026-03-02T11:20:00"))])
    #expect(desk.plan.rate(task.rated).total == 50)
  }

  @Test("Where nobody recorded work on site, the time between arrival and departure is the work")
  func visitIsWork() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let visit = try desk.dispatch(id).visit.id
    desk.at("2026-03-02T10:00:00")
    try desk.run { ArriveAtVisit.decide(visit, &$0, &$1) }
    desk.at("2026-03-02T13:00:00")
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    #expect(
      try desk.task(id).work == [WorkInterval(from: Desk.at("2026-03-02T10:00:00"), to: Desk.at("2026-03-02T13:00:00"))]
    )
  }

  @Test("Work of several engineers at once counts once")
  func overlap() throws {
    var desk = try Desk()
    let id = try desk.open().id
    desk.at("2026-03-02T13:00:00")
    _ = try desk.work(id, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T12:00:00")
    _ = try desk.work(id, .onsite, from: "2026-03-02T10:00:00", to: "2026-03-02T11:30:00")
    _ = try desk.work(id, .onsite, from: "2026-03-02T12:30:00", to: "2026-03-02T12:40:00")
    #expect(
      try desk.task(id).work == [
        WorkInterval(from: Desk.at("2026-03-02T10:00:00"), to: Desk.at("2026-03-02T12:00:00")),
        WorkInterval(from: Desk.at("2026-03-02T12:30:00"), to: Desk.at("2026-03-02T12:40:00")),
      ])
  }

  @Test("F17c: work past a gate is recorded and warned of until it is answered; silence is not consent")
  func gates() throws {
    var desk = try Desk()
    var request = desk.call(incident: "shares")
    request.assetID = desk.server
    let id = try desk.open(request).id
    desk.at("2026-03-02T16:00:00")
    let early = try desk.work(id, .onsite, from: "2026-03-02T10:00:00", to: "2026-03-02T11:59:00").ticket
    #expect(early.warnings.isEmpty)
    let late = try desk.work(id, .onsite, from: "2026-03-02T11:59:00", to: "2026-03-02T13:01:00").ticket
    #expect(late.warnings.map(\.id).contains { $0.contains("consent") })
    #expect(desk.plan.rate(try desk.task(id).rated).total == 160)
    _ = try desk.consent(id, .assessment, at: "2026-03-02T12:00:00")
    let agreed = try desk.consent(id, .block, block: 1, at: "2026-03-02T12:30:00")
    #expect(agreed.warnings.isEmpty)
    let task = try desk.task(id)
    #expect(task.isAssessed)
    #expect(task.blocksConsented == 1)
    #expect(desk.plan.rate(task.rated).total == 300)
  }

  @Test("F17: blocks are agreed to one after the other, and the latest answer for a block holds")
  func consents() throws {
    var desk = try Desk()
    let id = try desk.open().id
    for (block, granted, agreed) in [(Int64(2), true, Int64(0)), (1, false, 0), (1, true, 2), (2, false, 1)] {
      _ = try desk.consent(id, .block, block: block, granted)
      #expect(try desk.task(id).blocksConsented == agreed)
    }
  }

  @Test("F19: what is reported during a maintenance visit is told so; what counts is when it is reported")
  func maintenance() throws {
    var desk = try Desk()
    let account = desk.account
    let schedule = ScheduleVisit.Request(
      accountID: account, ticketID: nil, kind: .maintenance, engineer: "Joon", plannedAt: desk.now)
    let visit = try desk.run { ScheduleVisit.decide(schedule, &$0, &$1) }.id
    var request = desk.call()
    request.channel = "engineer"
    request.maintenanceVisitID = visit
    #expect(desk.refusal { OpenTicket.decide(request, &$0, &$1) }?.reason == .conflict(state: "planned"))
    #expect(try desk.open(desk.call(incident: "before")).maintenanceVisitID == nil, "nobody has arrived yet")
    try desk.run { ArriveAtVisit.decide(visit, &$0, &$1) }
    let named = try desk.open(request)
    #expect(named.maintenanceVisitID == visit)
    #expect(named.targets[0].metAt == desk.now, "the engineer is there")
    #expect(try desk.task(named.id).facts.text(.visit) == "maintenance")
    #expect(try desk.task(named.id).facts.text(.mode) == "onsite")
    let called = try desk.open(desk.call(incident: "screen"))
    #expect(called.maintenanceVisitID == visit, "the visit under way is found")
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    #expect(desk.refusal { OpenTicket.decide(request, &$0, &$1) }?.reason == .conflict(state: "departed"))
    #expect(try desk.open(desk.call(incident: "mouse")).maintenanceVisitID == nil)
    #expect(try desk.task(called.id).facts.text(.visit) == "maintenance", "the ticket stays what it was")
  }

  @Test(
    "F22: the same incident on the same equipment is a repeat up to the third working day after the closure",
    arguments: [
      ("2026-03-02T09:30:00", true), ("2026-03-05T17:59:59", true), ("2026-03-06T09:00:00", false),
    ])
  func warranty(reported: String, isRepeat: Bool) throws {
    var desk = try Desk()
    let first = try desk.open()
    _ = try desk.resolve(first.id)
    let closed = try #require(try desk.close(first.id).closedAt)
    desk.at(reported)
    let second = try desk.open()
    #expect(second.earlierTicketID == (isRepeat ? first.id : nil))
    let task = try desk.task(second.id)
    #expect(task.earlierClosedAt == (isRepeat ? closed : nil))
    #expect(task.facts.list(.same) == (isRepeat ? ["incident", "asset"] : nil))
  }

  @Test(
    "F22: the three days are counted from the latest closure, of a repeat too",
    arguments: [("2026-03-09T17:59:59", true), ("2026-03-10T09:00:00", false)])
  func latestClosure(reported: String, isRepeat: Bool) throws {
    var desk = try Desk()
    let first = try desk.open()
    _ = try desk.resolve(first.id)
    _ = try desk.close(first.id)
    desk.at("2026-03-04T10:00:00")
    let second = try desk.open()
    #expect(second.earlierTicketID == first.id)
    _ = try desk.resolve(second.id)
    _ = try desk.close(second.id)
    desk.at(reported)
    let third = try desk.open()
    #expect(third.earlierTicketID == (isRepeat ? second.id : nil))
    #expect(try desk.task(third.id).earlierClosedAt == (isRepeat ? Desk.at("2026-03-04T10:00:00") : nil))
  }

  @Test("F22: another incident, another machine, or a ticket that was never closed is no repeat")
  func noRepeat() throws {
    var desk = try Desk()
    let first = try desk.open()
    _ = try desk.resolve(first.id)
    #expect(try desk.open().earlierTicketID == nil)
    _ = try desk.close(first.id)
    #expect(try desk.open(desk.call(incident: "screen")).earlierTicketID == nil)
    var other = desk.call()
    other.assetID = desk.server
    #expect(try desk.open(other).earlierTicketID == nil)
    #expect(try desk.open(desk.call(incident: "")).earlierTicketID == nil)
    #expect(try desk.open().earlierTicketID == first.id)
  }

  @Test("F22: what the desk links by hand is a repeat of the same incident; the asset is compared")
  func linked() throws {
    var desk = try Desk()
    let first = try desk.open()
    _ = try desk.resolve(first.id)
    var other = desk.call(incident: "outlook")
    other.assetID = desk.server
    let second = try desk.open(other)
    let link = LinkTicket.Request(ticketID: second.id, earlierTicketID: first.id)
    #expect(desk.refusal { LinkTicket.decide(link, &$0, &$1) }?.reason == .conflict(state: "resolved"))
    _ = try desk.close(first.id)
    desk.at("2026-03-02T11:00:00")
    let third = try desk.open(other)
    let linked = try desk.run {
      LinkTicket.decide(.init(ticketID: third.id, earlierTicketID: first.id), &$0, &$1)
    }
    #expect(linked.earlierTicketID == first.id)
    #expect(try desk.task(third.id).facts.list(.same) == ["incident"])
    let itself = LinkTicket.Request(ticketID: third.id, earlierTicketID: third.id)
    #expect(desk.refusal { LinkTicket.decide(itself, &$0, &$1) }?.reason == .invalid(field: "earlier_ticket_id"))
  }

  @Test("F22: a reopened ticket is a stretch of its own that repeats the one before")
  func reopened() throws {
    var desk = try Desk()
    let id = try desk.open().id
    desk.at("2026-03-02T10:00:00")
    _ = try desk.work(id, .helpdesk, from: "2026-03-02T09:40:00", to: "2026-03-02T10:00:00")
    _ = try desk.resolve(id)
    let closed = try #require(try desk.close(id).closedAt)
    desk.at("2026-03-03T10:00:00")
    let again = try desk.run { ReopenTicket.decide(.init(ticketID: id, reason: "Again"), &$0, &$1) }
    #expect(again.reopened == 1)
    #expect(again.state == .open)
    #expect(again.resolution == nil)
    #expect(again.summonedAt == desk.now, "the ladder of its class is called for anew")
    let task = try desk.task(id)
    #expect(task.work.isEmpty)
    #expect(task.reportedAt == desk.now)
    #expect(task.completedAt == nil)
    #expect(task.earlierClosedAt == closed)
    #expect(task.facts.list(.same) == ["incident", "asset"])
  }

  @Test("F13 F16: the task tells what of the first assessment is done, and why it may be skipped")
  func assessment() throws {
    var desk = try Desk()
    let account = desk.account
    let unknown = RecordAssessment.Request(accountID: account, items: ["coffee"])
    #expect(desk.refusal { RecordAssessment.decide(unknown, &$0, &$1) }?.reason == .clauseUnknown("coffee"))
    try desk.run { RecordAssessment.decide(.init(accountID: account, items: ["site", "site"]), &$0, &$1) }
    let first = try desk.open().id
    let task = try desk.task(first)
    #expect(task.assessment == ["site"])
    #expect(task.assessmentOverride == nil)
    let override = RecordAssessment.Request(accountID: account, items: [], overrideReason: "A known site")
    try desk.run { RecordAssessment.decide(override, &$0, &$1) }
    let second = try desk.open().id
    #expect(try desk.task(second).assessmentOverride == "A known site")
    let nothing = RecordAssessment.Request(accountID: account, items: [])
    #expect(desk.refusal { RecordAssessment.decide(nothing, &$0, &$1) }?.reason == .invalid(field: "items"))
  }

  @Test("F20: a part needs a quote first, and is told apart")
  func parts() throws {
    var desk = try Desk()
    let id = try desk.open().id
    var part = AddPart.Request(ticketID: id, name: "Disk", price: 120, minutes: 30, quoteID: nil)
    #expect(desk.refusal { AddPart.decide(part, &$0, &$1) }?.reason == .needsQuote(clause: "parts"))
    part.quoteID = QuoteID(high: 4, low: 4)
    let agreed = part
    #expect(try desk.run { AddPart.decide(agreed, &$0, &$1) }.quoteID == part.quoteID)
    #expect(try desk.task(id).parts.map(\.price) == [120])
    part.price = -1
    #expect(desk.refusal { AddPart.decide(part, &$0, &$1) }?.reason == .invalid(field: "part.price"))
  }
}

extension TaskFacts {
  /// The task as the ledger rates it, the assessment left out.
  var rated: WorkTask {
    WorkTask(
      facts: facts, work: .intervals(work), beyond: beyond, consentedBlocks: Int(blocksConsented),
      situationAssessed: isAssessed, assessment: .notAsked)
  }
}
