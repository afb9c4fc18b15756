import IntakeRules
import Policy
import Testing

@Suite("Promises and what meets them")
struct TargetRulesTests {
  /// The instant for which the ticket's timer is armed.
  private func armed(_ desk: Desk, _ ticket: Ticket) -> Instant? {
    desk.state.common.timers.due(IntakeState.targetTimer, ticket.id)
  }

  private func fire(_ desk: inout Desk, _ ticket: Ticket) throws {
    desk.now = try #require(armed(desk, ticket))
    try desk.run { MissTargets.decide(ticket.id, &$0, &$1) }
  }

  @Test("F5: the response is due after four working hours, across the night if need be")
  func due() throws {
    var desk = try Desk()
    desk.at("2026-03-03T16:00:00")
    let ticket = try desk.open()
    #expect(ticket.targets.map(\.due) == [Desk.at("2026-03-04T11:00:00")])
    #expect(armed(desk, ticket) == Desk.at("2026-03-04T11:00:00") + .milliseconds(1))
  }

  @Test("A target met exactly on its due instant is met; one millisecond later it is late")
  func boundary() throws {
    for (late, missed) in [(Int64(0), false), (1, true)] {
      var desk = try Desk()
      let ticket = try desk.open()
      desk.now = ticket.targets[0].due + .milliseconds(late)
      let contacted = try desk.run { ContactCustomer.decide(.init(ticketID: ticket.id), &$0, &$1) }
      #expect(contacted.targets[0].metAt == desk.now)
      #expect(contacted.targets[0].isMissed == missed)
      #expect(armed(desk, ticket) == nil)
    }
  }

  @Test(
    "E2: contact and begun work are each due on the instant, and one of them does not stand for the other",
    arguments: [("I", TimeSpan.hours(72)), ("II", .hours(8)), ("III", .minutes(15))])
  func both(name: String, span: TimeSpan) throws {
    for (contact, begin) in [(Int64(0), Int64(0)), (1, 0), (0, 1), (1, 1)] {
      var desk = try Desk(Desk.shipped("opus-one"))
      var request = desk.call()
      (request.channel, request.class) = ("email", name)
      let id = try desk.open(request).id
      let due = desk.now + span
      for (later, isContact) in [(contact, true), (begin, false)].sorted(by: { $0.0 < $1.0 }) {
        desk.now = due + .milliseconds(later)
        try desk.run { MissTargets.decide(id, &$0, &$1) }
        try desk.run {
          isContact ? ContactCustomer.decide(.init(ticketID: id), &$0, &$1) : BeginTicket.decide(id, &$0, &$1)
        }
      }
      let targets = try #require(desk.state.tickets[id]?.targets)
      #expect(targets.map(\.id) == ["contact", "begin"] && targets.allSatisfy { $0.due == due && $0.metAt != nil })
      #expect(targets.map(\.isMissed) == [contact > 0, begin > 0], "\(contact) \(begin)")
    }
  }

  @Test("F5 F23: when the due instant passes unmet the target is missed, once, and the ledger learns it")
  func missed() throws {
    var desk = try Desk()
    let ticket = try desk.open()
    try fire(&desk, ticket)
    let after = try #require(desk.state.tickets[ticket.id])
    #expect(after.targets[0].isMissed)
    #expect(after.version == ticket.version + 1)
    #expect(armed(desk, ticket) == nil)
    #expect(try desk.task(ticket.id).facts.list(.missed) == ["respond"])
    try desk.run { MissTargets.decide(ticket.id, &$0, &$1) }
    #expect(desk.state.tickets[ticket.id]?.version == after.version)
  }

  @Test("Neither an acknowledgement nor work is a contact")
  func threeFacts() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let acknowledged = try desk.run { AcknowledgeTicket.decide(id, &$0, &$1) }
    #expect(acknowledged.acknowledgedAt == desk.now)
    let begun = try desk.run { BeginTicket.decide(id, &$0, &$1) }
    #expect(begun.workBegunAt == desk.now)
    #expect(begun.contactedAt == nil)
    #expect(begun.targets[0].metAt == nil)
    let again = try desk.run { AcknowledgeTicket.decide(id, &$0, &$1) }
    #expect(again.version == begun.version, "what has happened already changes nothing")
  }

  @Test("F5: once someone is sent, only being there meets the response")
  func dispatched() throws {
    var desk = try Desk()
    let ticket = try desk.open()
    let contacted = try desk.run { ContactCustomer.decide(.init(ticketID: ticket.id), &$0, &$1) }
    #expect(contacted.targets[0].metAt != nil)
    let sent = try desk.dispatch(ticket.id)
    #expect(sent.ticket.targets[0].metAt == nil)
    #expect(armed(desk, ticket) == ticket.targets[0].due + .milliseconds(1))
    desk.at("2026-03-02T13:30:00")
    try desk.run { ArriveAtVisit.decide(sent.visit.id, &$0, &$1) }
    let attended = try #require(desk.state.tickets[ticket.id])
    #expect(attended.targets[0].metAt == desk.now)
    #expect(!attended.targets[0].isMissed)
  }

  @Test("F5: who was reached in time and needs a visit after the due instant was responded to in time")
  func dispatchedAfterDue() throws {
    var desk = try Desk()
    let ticket = try desk.open()
    try desk.run { ContactCustomer.decide(.init(ticketID: ticket.id), &$0, &$1) }
    desk.at("2026-03-02T15:00:00")
    let sent = try desk.dispatch(ticket.id).ticket
    #expect(sent.targets[0].metAt == ticket.openedAt)
    #expect(!sent.targets[0].isMissed)
  }

  @Test("F14: an appointment is the response, and a cancelled one gives the clock back")
  func appointment() throws {
    var desk = try Desk()
    var request = desk.call()
    request.appointment = Desk.at("2026-03-05T14:00:00")
    let ticket = try desk.open(request)
    #expect(ticket.targets[0].due == Desk.at("2026-03-05T14:00:00"))
    let visit = try #require(desk.state.visits.members(of: ticket.id).first)
    #expect(visit.kind == .appointment)
    #expect(try desk.task(ticket.id).facts.text(.visit) == "booked")
    try desk.run { CancelVisit.decide(.init(visitID: visit.id, reason: "Not needed"), &$0, &$1) }
    let after = try #require(desk.state.tickets[ticket.id])
    #expect(after.targets[0].due == Desk.at("2026-03-02T13:30:00"))
    #expect(after.state == .open)
  }

  @Test(
    "F14: a visit booked later replaces the clock too; being there at that time is in time, and not one moment later",
    arguments: [(Int64(0), false), (1, true)])
  func laterAppointment(late: Int64, missed: Bool) throws {
    var desk = try Desk()
    let ticket = try desk.open()
    let request = ScheduleVisit.Request(
      accountID: nil, ticketID: ticket.id, kind: .appointment, engineer: "Joon",
      plannedAt: Desk.at("2026-03-03T10:00:00"))
    let visit = try desk.run { ScheduleVisit.decide(request, &$0, &$1) }
    #expect(desk.state.tickets[ticket.id]?.targets[0].due == Desk.at("2026-03-03T10:00:00"))
    desk.at("2026-03-03T10:00:00")
    desk.now = desk.now + .milliseconds(late)
    try desk.run { ArriveAtVisit.decide(visit.id, &$0, &$1) }
    let after = try #require(desk.state.tickets[ticket.id])
    #expect(after.state == .dispatched)
    #expect(after.targets[0].metAt == desk.now)
    #expect(after.targets[0].isMissed == missed)
    #expect((try desk.task(ticket.id).facts.list(.missed) ?? []) == (missed ? ["respond"] : []))
  }

  @Test("The end of the work stops the clock")
  func resolved() throws {
    var desk = try Desk()
    let ticket = try desk.open()
    #expect(try desk.resolve(ticket.id).targets[0].isMissed == false)
    #expect(armed(desk, ticket) == nil)
  }

  @Test("Why a target is due when it is names every stretch that was counted or skipped")
  func why() throws {
    var desk = try Desk()
    desk.at("2026-03-06T16:00:00")
    let ticket = try desk.open()
    let explanation = try #require(ExplainTarget.explain("respond", of: ticket, desk.plan))
    #expect(explanation.lines.contains { $0.contains("weekend") })
    #expect(explanation.lines.count { $0.contains("counted") } == 2)
    #expect(ExplainTarget.explain("other", of: ticket, desk.plan) == nil)
  }

  @Test("A reopened ticket's promises stay as they stood: met, missed, or ahead; what was due meanwhile is given up")
  func reopened() throws {
    // Two promises of a quarter of an hour; each is met after so many minutes, or not at all.
    for (contact, begin, ended, left) in [
      (Int64?(5), Int64?(20), Int64(30), ["contact: met", "begin: missed"]),
      (5, nil, 10, ["contact: met"]), (nil, 5, 20, ["contact: missed", "begin: met"]), (nil, nil, 10, []),
    ] {
      var desk = try Desk(Desk.shipped("opus-one"))
      var request = desk.call()
      (request.channel, request.class) = ("email", "III")
      let ticket = try desk.open(request)
      let opened = desk.now
      for minute in 1...ended {
        desk.now = opened + .minutes(minute)
        try desk.run { MissTargets.decide(ticket.id, &$0, &$1) }
        if minute == contact { try desk.run { ContactCustomer.decide(.init(ticketID: ticket.id), &$0, &$1) } }
        if minute == begin { try desk.run { BeginTicket.decide(ticket.id, &$0, &$1) } }
      }
      _ = try desk.resolve(ticket.id)
      for later in [11, 60] where later > ended {
        var again = desk
        again.now = opened + .minutes(Int64(later))
        let reopened = try again.run { ReopenTicket.decide(.init(ticketID: ticket.id, reason: "Again"), &$0, &$1) }
        let stands = reopened.targets.map { target in
          "\(target.id): " + (target.isMissed ? "missed" : target.metAt == nil ? "ahead" : "met")
        }
        let ahead = later == 11 && ended == 10
        #expect(stands.filter { !$0.hasSuffix("ahead") } == left)
        #expect(stands.contains { $0.hasSuffix("ahead") } == ahead, "\(stands)")
        #expect(reopened.targets.allSatisfy { $0.due == ticket.targets[0].due })
      }
    }
  }
}
