import IntakeRules
import Policy
import Testing

@Suite("Calls that the desk has agreed to make")
struct CallRulesTests {
  private static let plan = Desk.shipped("opus-one")

  /// Monday, 2 March 2026, 10:00 in Tucson: a question that came in by telephone, for which nobody is free.
  private func question(_ desk: inout Desk) throws -> TicketID {
    desk.now = Self.at("2026-03-02T10:00:00")
    var request = OpenTicket.Request(accountID: desk.account, subject: "Which modem?", channel: "telephone")
    request.contactID = desk.mei
    return try desk.open(request).id
  }

  private static func at(_ text: String) -> Instant { Instant(text + "-07:00") ?? .epoch }

  private func schedule(_ desk: inout Desk, _ id: TicketID, _ at: String) throws(Refused) -> Ticket {
    let request = ScheduleCall.Request(ticketID: id, at: Self.at(at), note: "Anna will know.")
    return try desk.run { ScheduleCall.decide(request, &$0, &$1) }
  }

  private func fire(_ desk: inout Desk, _ id: TicketID) throws -> [String] {
    let before = desk.state.common.changes.elements.count
    try desk.run { CallFallsDue.decide(id, &$0, &$1) }
    return desk.state.common.changes.elements.dropFirst(before).map(\.kind)
  }

  @Test("E5: a call for which nobody is free is put off: the customer is told, no clock runs, and its time is told")
  func putOff() throws {
    var desk = try Desk(Self.plan)
    let id = try question(&desk)
    let ticket = try schedule(&desk, id, "2026-03-03T15:00:00")
    #expect(ticket.handling == .bestEffort)
    #expect(ticket.targets.isEmpty)
    #expect(ticket.contactedAt == nil)
    #expect(ticket.heardAt == desk.now)
    let told = try #require(desk.state.messages.elements.last)
    #expect(told.direction == .toCustomer)
    #expect(told.text == "We will call you at 2026-03-03 15:00 (America/Phoenix).\nAnna will know.")
    #expect(desk.state.common.timers.due(IntakeState.callTimer, id) == Self.at("2026-03-03T15:00:00"))
    desk.now = Self.at("2026-03-03T14:59:59")
    #expect(try fire(&desk, id) == [])
    desk.now = Self.at("2026-03-03T15:00:00")
    #expect(try fire(&desk, id) == ["call.due"])
  }

  @Test(
    "E5: it is put off to a time at which such calls are taken, to the second, and not into the past",
    arguments: [
      ("2026-03-03T09:00:00", true), ("2026-03-03T08:59:59", false), ("2026-03-03T16:59:59", true),
      ("2026-03-03T17:00:00", false), ("2026-03-02T10:00:00", true), ("2026-03-02T09:59:59", false),
    ])
  func hours(at: String, isTaken: Bool) throws {
    var desk = try Desk(Self.plan)
    let id = try question(&desk)
    guard isTaken else {
      #expect(throws: Refused.self) { try schedule(&desk, id, at) }
      return
    }
    #expect(try schedule(&desk, id, at).callAt == Self.at(at))
  }

  @Test("E5: whoever was reached meanwhile, or needs nothing more, is not called again; a preliminary reply is no call")
  func reached() throws {
    var desk = try Desk(Self.plan)
    let id = try question(&desk)
    _ = try schedule(&desk, id, "2026-03-03T15:00:00")
    try desk.run { ContactCustomer.decide(.init(ticketID: id, event: .preliminaryReply), &$0, &$1) }
    #expect(desk.state.tickets[id]?.callAt != nil)
    try desk.run { ContactCustomer.decide(.init(ticketID: id), &$0, &$1) }
    #expect(desk.state.tickets[id]?.callAt == nil)
    #expect(desk.state.common.timers.due(IntakeState.callTimer, id) == nil)
    _ = try schedule(&desk, id, "2026-03-03T15:00:00")
    let moved = try schedule(&desk, id, "2026-03-04T15:00:00")
    #expect(moved.callAt == Self.at("2026-03-04T15:00:00"))
    #expect(try desk.resolve(id).callAt == nil)
    desk.now = Self.at("2026-03-04T15:00:00")
    #expect(try fire(&desk, id) == [])
    #expect(throws: Refused.self) { try schedule(&desk, id, "2026-03-05T15:00:00") }
  }
}
