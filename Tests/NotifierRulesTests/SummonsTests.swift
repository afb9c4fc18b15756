import NotifierRules
import Policy
import Testing

@Suite("The customer calls for the ladder of a ticket's class anew")
struct SummonsTests {
  private static func desk(_ steps: String = "") throws -> Desk {
    var desk = try Desk(
      ladder: "  urgent: [{at: 0m, tell: [duty.primary], by: [pager]}, "
        + "{at: 10m, tell: [duty.primary], by: [voice]}\(steps)]",
      target: "dispatched_met_by: attended",
      classes: "classes: {I: {title: One}, III: {ladder: urgent}}\ndefault_class: I")
    let anna = desk.person("Anna", "pager:+6591", "voice:+6592")
    desk.rota("duty.primary", anna)
    return desk
  }

  private static func summoned(_ desk: Desk, acknowledged: Instant? = nil, contacted: Instant? = nil) -> TicketView {
    var ticket = desk.ticket("III", acknowledged: acknowledged, contacted: contacted)
    ticket.summonedAt = desk.now
    return ticket
  }

  @Test("E4: a ladder that somebody had ended begins again, once for each time")
  func again() throws {
    var desk = try Self.desk()
    desk.told(desk.ticket("III"))
    desk.pass(to: Desk.opened + .minutes(5))
    desk.told(desk.ticket("III", acknowledged: desk.now))
    #expect(desk.messages == ["0: Anna by pager"])
    desk.pass(to: Desk.opened + .minutes(60))
    let ticket = Self.summoned(desk, acknowledged: Desk.opened + .minutes(5))
    desk.told(ticket)
    desk.pass(to: desk.now)
    #expect(desk.messages == ["0: Anna by pager", "60: Anna by pager"])
    #expect(desk.escalations.map(\.round).sorted() == [1, 2])
    // Other news of the ticket calls for nothing.
    desk.pass(to: Desk.opened + .minutes(62))
    desk.told(ticket)
    #expect(desk.escalations.count == 2)
    desk.pass(to: Desk.opened + .minutes(75))
    #expect(desk.messages.count == 3, "nobody has answered the second run")
  }

  @Test("E4: a ladder that goes on pages no second time, nor later for that mail")
  func running() throws {
    var desk = try Self.desk()
    desk.told(desk.ticket("III"))
    desk.pass(to: Desk.opened + .minutes(5))
    var ticket = Self.summoned(desk)
    desk.told(ticket)
    #expect(desk.escalations.count == 1)
    ticket.acknowledgedAt = desk.now
    desk.told(ticket)
    #expect(desk.escalations.map(\.state) == [.acknowledged])
    desk.told(ticket)
    #expect(desk.escalations.count == 1 && desk.messages.count == 1)
  }

  @Test("An acknowledgement that may still expire is waited for")
  func expiring() throws {
    var desk = try Self.desk(", {contact_within: 15m}")
    desk.told(desk.ticket("III"))
    desk.told(desk.ticket("III", acknowledged: desk.now))
    desk.pass(to: Desk.opened + .minutes(5))
    desk.told(Self.summoned(desk, acknowledged: Desk.opened))
    #expect(desk.escalations.count == 1)
  }

  @Test("A ladder of another class begins once, though the mail calls for it as well")
  func raised() throws {
    var desk = try Self.desk()
    desk.told(desk.ticket("I"))
    desk.pass(to: Desk.opened + .minutes(30))
    desk.told(Self.summoned(desk))
    desk.told(Self.summoned(desk))
    desk.pass(to: desk.now)
    #expect(desk.escalations.count == 1 && desk.messages == ["30: Anna by pager"])
  }

  @Test("What a person tells a customer who had been reached before ends the second run")
  func heard() throws {
    var desk = try Self.desk()
    desk.told(desk.ticket("III"))
    desk.pass(to: desk.now)
    let contacted = Desk.opened + .minutes(1)
    desk.now = contacted
    desk.told(desk.ticket("III", contacted: contacted), met: contacted)
    desk.pass(to: Desk.opened + .minutes(60))
    var ticket = Self.summoned(desk, contacted: contacted)
    desk.told(ticket, met: contacted)
    #expect(desk.escalations.map(\.state).filter { $0 == .running }.count == 1)
    desk.pass(to: Desk.opened + .minutes(63))
    ticket.heardAt = desk.now
    desk.told(ticket, met: contacted)
    #expect(desk.escalations.allSatisfy { $0.state == .stopped })
    desk.pass(to: Desk.opened + .minutes(90))
    #expect(desk.messages.count == 2)
  }

  @Test("A ticket that is reopened runs its class's ladder again, whatever ended the first run")
  func reopened() throws {
    for isTaken in [false, true] {
      var desk = try Self.desk(", {contact_within: 15m}")
      desk.told(desk.ticket("III"))
      desk.pass(to: Desk.opened + .minutes(5))
      let contacted = desk.now
      if isTaken { desk.told(desk.ticket("III", acknowledged: desk.now)) }
      desk.told(desk.ticket("III", acknowledged: isTaken ? contacted : nil, contacted: contacted), met: contacted)
      var ticket = desk.ticket("III", state: .closed, contacted: contacted)
      desk.told(ticket, met: contacted)
      desk.pass(to: Desk.opened + .minutes(60))
      ticket.state = .open
      ticket.summonedAt = desk.now
      desk.told(ticket, met: contacted)
      desk.pass(to: Desk.opened + .minutes(70) - .milliseconds(1))
      #expect(desk.messages == ["0: Anna by pager", "60: Anna by pager"])
      desk.pass(to: Desk.opened + .minutes(70))
      #expect(desk.messages.last == "70: Anna by voice" && desk.messages.count == 3)
      #expect(desk.escalations.map(\.round).sorted() == [1, 2])
      #expect(desk.clock?.round == 1, "what was promised stays as it stood")
    }
  }

  @Test("The ladder of another class runs although the customer was reached before it was given that")
  func raisedAfterContact() throws {
    var desk = try Self.desk()
    desk.told(desk.ticket("I"))
    let contacted = Desk.opened + .minutes(5)
    desk.now = contacted
    desk.told(desk.ticket("I", contacted: contacted), met: contacted)
    desk.pass(to: Desk.opened + .minutes(30))
    desk.told(desk.ticket("III", contacted: contacted), met: contacted)
    desk.pass(to: Desk.opened + .minutes(41))
    #expect(desk.messages == ["30: Anna by pager", "40: Anna by voice"])
  }
}
