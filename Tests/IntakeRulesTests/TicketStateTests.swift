import IntakeRules
import Policy
import Testing

@Suite("A ticket's states")
struct TicketStateTests {
  /// An operation of a ticket, by name.
  typealias Operation = @Sendable (inout Desk, TicketID) -> Refused?

  private static let operations: [(String, Operation, Set<Ticket.State>)] = [
    ("acknowledge", { desk, id in desk.refusal { AcknowledgeTicket.decide(id, &$0, &$1) } }, [.open, .dispatched]),
    (
      "contact", { desk, id in desk.refusal { ContactCustomer.decide(.init(ticketID: id), &$0, &$1) } },
      [.open, .dispatched]
    ),
    ("begin", { desk, id in desk.refusal { BeginTicket.decide(id, &$0, &$1) } }, [.open, .dispatched]),
    (
      "classify",
      { desk, id in desk.refusal { ClassifyTicket.decide(.init(ticketID: id, category: "server"), &$0, &$1) } },
      [.open, .dispatched]
    ),
    (
      "dispatch",
      { desk, id in desk.refusal { DispatchTicket.decide(.init(ticketID: id, engineer: "Joon"), &$0, &$1) } },
      [.open, .dispatched]
    ),
    (
      "resolve",
      { desk, id in desk.refusal { ResolveTicket.decide(.init(ticketID: id, resolution: .fixed), &$0, &$1) } },
      [.open, .dispatched]
    ),
    ("close", { desk, id in desk.refusal { CloseTicket.decide(id, &$0, &$1) } }, [.resolved]),
    (
      "reopen", { desk, id in desk.refusal { ReopenTicket.decide(.init(ticketID: id, reason: "Again"), &$0, &$1) } },
      [.resolved, .closed]
    ),
    (
      "message",
      { desk, id in
        let post = PostMessage.Request(ticketID: id, direction: .toCustomer, channel: "email", text: "Hello")
        return desk.refusal { PostMessage.decide(post, &$0, &$1) }
      }, [.open, .dispatched, .resolved, .closed]
    ),
    (
      "work",
      { desk, id in
        let work = RecordWork.Request(
          ticketID: id, mode: .remote, engineer: "Joon", from: desk.now - .minutes(5), to: desk.now)
        return desk.refusal { RecordWork.decide(work, &$0, &$1) }
      }, [.open, .dispatched, .resolved]
    ),
    (
      "consent",
      { desk, id in
        let consent = RecordConsent.Request(
          ticketID: id, gate: .block, block: 1, contactID: desk.mei, isGranted: true)
        return desk.refusal { RecordConsent.decide(consent, &$0, &$1) }
      }, [.open, .dispatched]
    ),
    (
      "part",
      { desk, id in
        let part = AddPart.Request(
          ticketID: id, name: "Disk", price: 1, minutes: 0, quoteID: QuoteID(high: 4, low: 4))
        return desk.refusal { AddPart.decide(part, &$0, &$1) }
      }, [.open, .dispatched]
    ),
    (
      "appointment",
      { desk, id in
        let visit = ScheduleVisit.Request(
          accountID: nil, ticketID: id, kind: .appointment, engineer: "", plannedAt: desk.now)
        return desk.refusal { ScheduleVisit.decide(visit, &$0, &$1) }
      }, [.open, .dispatched]
    ),
    (
      "begin work",
      { desk, id in
        let work = BeginWork.Request(ticketID: id, mode: .remote, engineer: "Joon")
        return desk.refusal { BeginWork.decide(work, &$0, &$1) }
      }, [.open, .dispatched]
    ),
    (
      "end work",
      { desk, id in
        let work = EndWork.Request(ticketID: id, workID: WorkID(high: 5, low: 5))
        let refused = desk.refusal { EndWork.decide(work, &$0, &$1) }
        return refused?.reason == .notFound("work") ? nil : refused
      }, [.open, .dispatched]
    ),
    (
      "agree on a call",
      { desk, id in
        let call = ScheduleCall.Request(ticketID: id, at: desk.now)
        return desk.refusal { ScheduleCall.decide(call, &$0, &$1) }
      }, [.open, .dispatched]
    ),
  ]

  private func ticket(_ desk: inout Desk, in state: Ticket.State) throws -> TicketID {
    let id = try desk.open().id
    switch state {
    case .open: break
    case .dispatched: _ = try desk.dispatch(id)
    case .resolved: _ = try desk.resolve(id)
    case .closed:
      _ = try desk.resolve(id)
      _ = try desk.close(id)
    }
    return id
  }

  @Test("Each operation is taken in its states and refused in the others, where it leaves no trace", arguments: 0..<16)
  func table(index: Int) throws {
    let (name, operation, states) = Self.operations[index]
    for state in Ticket.State.allCases {
      var desk = try Desk()
      let id = try ticket(&desk, in: state)
      let before = desk.state.tickets[id]
      let refused = operation(&desk, id)
      if states.contains(state) {
        #expect(refused == nil, "\(name) when \(state)")
      } else {
        #expect(refused?.reason == .conflict(state: state.rawValue), "\(name) when \(state)")
        #expect(desk.state.tickets[id] == before)
      }
    }
  }

  @Test("A ticket that does not exist is not found, whatever is asked", arguments: 0..<16)
  func unknown(index: Int) throws {
    var desk = try Desk()
    #expect(Self.operations[index].1(&desk, TicketID(high: 9, low: 9))?.reason == .notFound("ticket"))
  }

  @Test("Every change makes a version, tells the others once, and says what changed")
  func versions() throws {
    var desk = try Desk()
    let id = try desk.open().id
    _ = try desk.dispatch(id)
    _ = try desk.resolve(id)
    _ = try desk.close(id)
    let told = desk.state.common.events.elements.compactMap { event in
      if case .ticket(let news) = event { news.ticket.version } else { nil }
    }
    #expect(told == [1, 2, 3, 4])
    let kinds = desk.state.common.changes.elements.filter { $0.subject == id.as() }.map(\.kind)
    #expect(kinds == ["ticket.opened", "ticket.dispatched", "ticket.resolved", "ticket.closed"])
  }

  @Test("A visit is planned, arrived at and departed from, or called off before anybody arrives")
  func visits() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let visit = try desk.dispatch(id).visit.id
    #expect(desk.refusal { DepartFromVisit.decide(visit, &$0, &$1) }?.reason == .conflict(state: "planned"))
    #expect(
      desk.refusal { CancelVisit.decide(.init(visitID: visit, reason: ""), &$0, &$1) }?.reason == .needsReason)
    try desk.run { ArriveAtVisit.decide(visit, &$0, &$1) }
    #expect(desk.refusal { ArriveAtVisit.decide(visit, &$0, &$1) }?.reason == .conflict(state: "arrived"))
    #expect(
      desk.refusal { CancelVisit.decide(.init(visitID: visit, reason: "Late"), &$0, &$1) }?.reason
        == .conflict(state: "arrived"))
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    #expect(desk.refusal { DepartFromVisit.decide(visit, &$0, &$1) }?.reason == .conflict(state: "departed"))
    #expect(desk.refusal { ArriveAtVisit.decide(.init(high: 9, low: 9), &$0, &$1) }?.reason == .notFound("visit"))
  }

  @Test("A dispatch that is called off leaves the ticket open, as if nobody had been sent")
  func cancelledDispatch() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let visit = try desk.dispatch(id).visit.id
    try desk.run { CancelVisit.decide(.init(visitID: visit, reason: "Solved"), &$0, &$1) }
    let ticket = try #require(desk.state.tickets[id])
    #expect(ticket.state == .open)
    #expect(ticket.dispatchedAt == nil)
    #expect(try desk.task(id).facts.flag(.dispatched) == false)
    #expect(try desk.resolve(id).resolvedByHelpdesk)
  }

  @Test("What is reclassified keeps what was before as a message")
  func classified() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let change = ClassifyTicket.Request(
      ticketID: id, category: "network", incident: "dns", reason: "Seen on site")
    let ticket = try desk.run { ClassifyTicket.decide(change, &$0, &$1) }
    #expect((ticket.category, ticket.incident) == ("network", "dns"))
    #expect(
      desk.state.messages.elements.last?.text == "category: desktop → network\nincident: mail → dns\nSeen on site")
    let unknown = ClassifyTicket.Request(ticketID: id, class: "III", reason: "Worse")
    #expect(desk.refusal { ClassifyTicket.decide(unknown, &$0, &$1) }?.reason == .clauseUnknown("III"))
  }

  @Test("A portal writes for the customer only")
  func portal() throws {
    var desk = try Desk()
    let id = try desk.open().id
    desk.role = .portal
    for direction in TicketMessage.Direction.allCases {
      let post = PostMessage.Request(ticketID: id, direction: direction, channel: "portal", text: "Any news?")
      let refused = desk.refusal { PostMessage.decide(post, &$0, &$1) }
      #expect(refused?.reason == (direction == .fromCustomer ? nil : .notAllowed))
    }
    _ = try? desk.resolve(id)
    try desk.run { ReopenTicket.decide(.init(ticketID: id, reason: "Still broken"), &$0, &$1) }
    #expect(desk.state.messages.elements.last?.direction == .fromCustomer)
  }

  @Test("Work ends after it starts, not in the future, within a day")
  func workBounds() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let now = desk.now
    for (from, to) in [
      (now, now), (now, now - .minutes(1)), (now - .minutes(1), now + .milliseconds(1)),
      (now - .hours(24) - .milliseconds(1), now),
    ] {
      let work = RecordWork.Request(ticketID: id, mode: .remote, engineer: "Joon", from: from, to: to)
      #expect(desk.refusal { RecordWork.decide(work, &$0, &$1) }?.reason == .invalid(field: "time"))
    }
    let longest = RecordWork.Request(
      ticketID: id, mode: .remote, engineer: "Joon", from: now - .hours(24), to: now)
    let recorded = try desk.run { RecordWork.decide(longest, &$0, &$1) }
    #expect(recorded.ticket.workBegunAt == recorded.ticket.openedAt, "work did not begin before the ticket")
  }

  @Test("A consent is a contact's, for a gate that there is")
  func consentBounds() throws {
    var desk = try Desk()
    let id = try desk.open().id
    let stranger = RecordConsent.Request(
      ticketID: id, gate: .block, block: 1, contactID: ContactID(high: 9, low: 9), isGranted: true)
    #expect(desk.refusal { RecordConsent.decide(stranger, &$0, &$1) }?.reason == .notFound("contact"))
    for (gate, block) in [(ConsentDecision.Gate.block, Int64(0)), (.block, 101), (.assessment, 1)] {
      #expect(throws: Refused.self) { try desk.consent(id, gate, block: block) }
    }
    desk.state.contacts.update(desk.mei) { $0.endedAt = $0.appointedAt }
    #expect(throws: Refused.self) { try desk.consent(id, .block, block: 1) }
  }
}
