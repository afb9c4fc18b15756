import Foundation
import IntakeRules
import Policy
import Testing

@Suite("Work that comes to a gate while someone is on site")
struct GateRulesTests {
  /// A ticket with someone on site since Monday 10:00.
  private func onsite(_ desk: inout Desk, server: Bool = false) throws -> (ticket: TicketID, visit: VisitID) {
    var request = desk.call()
    if server { request.assetID = desk.server }
    let id = try desk.open(request).id
    let visit = try desk.dispatch(id).visit.id
    desk.at("2026-03-02T10:00:00")
    try desk.run { ArriveAtVisit.decide(visit, &$0, &$1) }
    return (id, visit)
  }

  private func due(_ desk: Desk, _ id: TicketID) -> Instant? { desk.state.common.timers.due(IntakeState.gateTimer, id) }

  /// Lets the ticket's timer fire when it is due.
  private func fire(_ desk: inout Desk, _ id: TicketID) throws {
    desk.now = try #require(due(desk, id))
    try desk.run { ReachGate.decide(id, &$0, &$1) }
  }

  private func notices(_ desk: Desk) -> [IntakeNotice] {
    desk.state.common.events.elements.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
  }

  @Test("F17b: the customer is warned half an hour before the third hour ends; at its end work stops")
  func desktop() throws {
    var desk = try Desk()
    let (id, visit) = try onsite(&desk)
    #expect(due(desk, id) == Desk.at("2026-03-02T12:30:00"))
    try fire(&desk, id)
    #expect(notices(desk).map(\.accountID) == [desk.account])
    #expect(desk.state.tickets[id]?.stoppedAt == nil)
    #expect(due(desk, id) == Desk.at("2026-03-02T13:00:00"))
    try fire(&desk, id)
    #expect(notices(desk).count == 2)
    for (notice, isStopped) in zip(notices(desk), [false, true]) {
      #expect(notice.ticketID == id && notice.facts["stopped"] == .flag(isStopped))
      #expect(Set(notice.facts.values.keys) == ["plan", "ticket", "subject", "stopped", "gates"])
      let facts = notice.facts.with(["contact": .text("Mei")])
      let message = MessageKind.gate.builtInTemplate()?.rendered(facts, in: .english)
      #expect(message?.subject == notice.subject)
      #expect(message?.text.replacingOccurrences(of: "\n", with: " ").contains(notice.text) == true)
    }
    #expect(desk.state.tickets[id]?.stoppedAt == Desk.at("2026-03-02T13:00:00"))
    #expect(due(desk, id) == nil)
    // Nobody answers, and someone works on all the same: it is kept, and marked.
    desk.at("2026-03-02T14:00:00")
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    let ticket = try desk.resolve(id)
    #expect(ticket.stoppedAt == nil, "nobody is on site any more")
    let beyond = [WorkInterval(from: Desk.at("2026-03-02T13:00:00"), to: Desk.at("2026-03-02T14:00:00"))]
    #expect(ticket.beyondConsent == beyond)
    let task = try desk.task(id)
    #expect(task.work == [WorkInterval(from: Desk.at("2026-03-02T10:00:00"), to: Desk.at("2026-03-02T13:00:00"))])
    #expect(task.beyond == beyond)
    #expect(desk.plan.rate(task.rated).total == 50)
  }

  @Test("F17b: consent in time lets work go on to the next block's end")
  func consent() throws {
    var desk = try Desk()
    let (id, visit) = try onsite(&desk)
    try fire(&desk, id)
    desk.at("2026-03-02T12:45:00")
    #expect(try desk.consent(id, .block, block: 1).warnings.isEmpty)
    #expect(due(desk, id) == Desk.at("2026-03-02T15:30:00"))
    desk.at("2026-03-02T14:00:00")
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    #expect(due(desk, id) == nil)
    #expect(try desk.resolve(id).beyondConsent.isEmpty)
    #expect(desk.plan.rate(try desk.task(id).rated).total == 100)
  }

  @Test("F16 F17c: a server job stops at two hours; once the customer has answered, it goes on, the pause uncharged")
  func server() throws {
    var desk = try Desk()
    let (id, visit) = try onsite(&desk, server: true)
    #expect(due(desk, id) == Desk.at("2026-03-02T12:00:00"))
    try fire(&desk, id)
    #expect(desk.state.tickets[id]?.stoppedAt == desk.now)
    desk.at("2026-03-02T12:20:00")
    let told = try desk.consent(id, .assessment)
    #expect(told.stoppedAt == nil)
    #expect(told.beyondConsent.map(\.to) == [desk.now])
    #expect(due(desk, id) == Desk.at("2026-03-02T12:50:00"), "the warning of the third hour's end, 20 minutes later")
    desk.at("2026-03-02T13:30:00")
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    _ = try desk.resolve(id)
    #expect(desk.plan.rate(try desk.task(id).rated).total == 160)
    #expect(desk.state.tickets[id]?.beyondConsent.count == 2)
  }

  /// The gates as the latest news of the ticket tells them.
  private func told(_ desk: Desk, _ id: TicketID) -> [String] {
    let news = desk.state.common.events.elements.compactMap { if case .ticket(let news) = $0 { news } else { nil } }
    return (news.last { $0.ticket.id == id }?.gates ?? []).map { gate in
      let due = gate.due.map { " due \(desk.plan.zone.civil($0).time)" } ?? ""
      return "\(gate.id) \(gate.state.rawValue)\(due) since \(desk.plan.zone.civil(gate.at).time): \(gate.why)"
    }
  }

  @Test("F16 F17c: the news of a ticket tell how each gate of its work stands, from the first hour to the end")
  func standings() throws {
    var desk = try Desk()
    let (id, visit) = try onsite(&desk, server: true)
    let (assessment, block) = ("onsite-server-assessment", "onsite-server-consent")
    #expect(
      told(desk, id) == [
        "\(assessment) running due 12:00 since 10:00: Work goes on: 0m of 2h counted.",
        "\(block) running due 13:00 since 10:00: Work goes on: 0m of 3h counted, then block 2 needs consent.",
      ])
    try fire(&desk, id)
    #expect(
      told(desk, id) == [
        "\(assessment) missed due 12:00 since 12:00: Work came to it after 2h, and nobody had let it go on.",
        "\(block) paused since 12:00: Work stands still before another gate: 2h of 3h counted.",
      ])
    desk.at("2026-03-02T12:20:00")
    _ = try desk.consent(id, .assessment)
    #expect(
      told(desk, id) == [
        "\(assessment) met since 12:20: The customer let work go on.",
        "\(block) running due 13:20 since 12:20: Work goes on: 2h of 3h counted, then block 2 needs consent.",
      ])
    desk.at("2026-03-02T12:40:00")
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    #expect(told(desk, id).last == "\(block) paused since 12:40: Nobody is at work: 2h20m of 3h counted.")
    _ = try desk.resolve(id)
    #expect(told(desk, id) == [])
  }

  /// The explanation of a gate now, its intervals left out: when it is due, was answered, and whether it was missed; then the lines.
  private func why(_ desk: Desk, _ id: TicketID, _ gate: String) throws -> [String] {
    let ticket = try #require(desk.state.tickets[id])
    let (work, visits) = (desk.state.work.members(of: id), desk.state.visits.members(of: id))
    let why = try #require(ExplainGate.explain(gate, of: ticket, work, visits, desk.plan, at: desk.now))
    func time(_ instant: Instant?) -> String { instant.map { "\(desk.plan.zone.civil($0).time)" } ?? "-" }
    #expect(why.lines.dropFirst().prefix(why.stretches.count) == why.stretches.map(\.description)[...])
    return ["\(time(why.due)) \(time(why.metAt)) \(why.isMissed)"] + why.lines.prefix(1)
      + why.lines.dropFirst(1 + why.stretches.count)
  }

  @Test(
    "F16 F17c: a gate of the ticket's work is explained as its clock is told: not begun, running, paused, missed, met, over"
  )
  func explained() throws {
    var desk = try Desk()
    var request = desk.call()
    request.assetID = desk.server
    let id = try desk.open(request).id
    let visit = try desk.dispatch(id).visit.id
    let (assessment, block) = ("onsite-server-assessment", "onsite-server-consent")
    let ticket = try #require(desk.state.tickets[id])
    #expect(ExplainGate.known(ticket, [], desk.state.visits.members(of: id), desk.plan) == [assessment, block])
    #expect(ExplainGate.explain("respond", of: ticket, [], [], desk.plan, at: desk.now) == nil)
    let heads = [
      "\(assessment): after 2h of office time of work, the customer is told where things stand",
      "\(block): after 3h of office time of work, block 2 needs consent",
    ]
    #expect(try why(desk, id, block) == ["- - false", heads[1], "No work has begun: 0m of 3h counted, 3h left"])
    desk.at("2026-03-02T10:00:00")
    try desk.run { ArriveAtVisit.decide(visit, &$0, &$1) }
    var early = desk
    early.at("2026-03-02T11:00:00")
    _ = try early.consent(id, .assessment)
    #expect(
      try why(early, id, assessment) == [
        "12:00 11:00 false", heads[0], "The customer let work go on in time, mon 2026-03-02 11:00: 1h of 2h counted",
      ])
    #expect(
      try why(desk, id, block) == [
        "13:00 - false", heads[1], "Work goes on: 0m of 3h counted, 3h left", "Due mon 2026-03-02 13:00",
      ])
    try fire(&desk, id)
    #expect(
      try why(desk, id, assessment) == [
        "12:00 - true", heads[0], "Due mon 2026-03-02 12:00", "Work came to it, and nobody lets it go on",
      ])
    #expect(
      try why(desk, id, block) == [
        "- - false", heads[1], "Work stands still before \(assessment): 2h of 3h counted, 1h left",
      ])
    desk.at("2026-03-02T12:20:00")
    _ = try desk.consent(id, .assessment)
    #expect(
      try why(desk, id, assessment) == [
        "12:00 12:20 true", heads[0], "Due mon 2026-03-02 12:00",
        "Work came to it, and the customer let it go on late, mon 2026-03-02 12:20",
      ])
    desk.at("2026-03-02T12:40:00")
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    #expect(
      try why(desk, id, block) == ["- - false", heads[1], "Nobody at work on site: 2h20m of 3h counted, 40m left"])
    _ = try desk.consent(id, .block, block: 1)
    #expect(
      try why(desk, id, block).suffix(2) == [
        "\(block): after 6h of office time of work, block 3 needs consent",
        "Nobody at work on site: 2h20m of 6h counted, 3h40m left",
      ])
    _ = try desk.resolve(id)
    #expect(try why(desk, id, block).last == "The ticket is resolved: 2h20m of 6h counted")
  }

  @Test("F17b: a timer that fires when nobody is on site any more, or after the answer, tells nobody")
  func idle() throws {
    var desk = try Desk()
    let (id, visit) = try onsite(&desk)
    _ = try desk.consent(id, .block, block: 1)
    desk.at("2026-03-02T12:30:00")
    let version = desk.state.tickets[id]?.version
    try desk.run { ReachGate.decide(id, &$0, &$1) }
    #expect(desk.state.tickets[id]?.version == version)
    #expect(due(desk, id) == Desk.at("2026-03-02T15:30:00"))
    try desk.run { DepartFromVisit.decide(visit, &$0, &$1) }
    desk.at("2026-03-02T15:30:00")
    try desk.run { ReachGate.decide(id, &$0, &$1) }
    #expect(notices(desk).isEmpty)
  }

  @Test("F17b: the desk may enter later when a contact answered, within the ticket's stretch; a portal answers now")
  func answeredBefore() throws {
    var desk = try Desk()
    let (id, _) = try onsite(&desk)
    desk.at("2026-03-02T14:00:00")
    let first = "2026-03-02T09:30:00"
    #expect(try desk.consent(id, .block, block: 1, at: first).consents.last?.at == Desk.at(first))
    #expect(throws: Refused.self) { try desk.consent(id, .block, block: 1, at: "2026-03-02T09:29:59") }
    #expect(try desk.consent(id, .block, block: 1, at: "2026-03-02T14:00:00").consents.last?.at == desk.now)
    #expect(throws: Refused.self) { try desk.consent(id, .block, block: 1, at: "2026-03-02T14:00:01") }
    desk.role = .portal
    #expect(try desk.consent(id, .block, block: 1, at: "2026-03-02T12:00:00").consents.last?.at == desk.now)
  }
}
