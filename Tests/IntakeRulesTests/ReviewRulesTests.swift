import IntakeRules
import Policy
import Testing

@Suite("Reviews of classes that were claimed")
struct ReviewRulesTests {
  private func ticket(_ desk: inout Desk, class name: String = "III") throws -> TicketID {
    var request = OpenTicket.Request(accountID: desk.account, subject: "The link is down", channel: "email")
    request.contactID = desk.mei
    request.class = name
    return try desk.open(request).id
  }

  private func review(
    _ desk: inout Desk, _ id: TicketID, misuse: Bool = true, reason: String = "Nothing was down."
  ) throws(Refused) -> Ticket {
    let request = ReviewMisuse.Request(ticketID: id, isMisuse: misuse, reason: reason)
    return try desk.run { ReviewMisuse.decide(request, &$0, &$1) }
  }

  private func reason(_ desk: inout Desk, _ id: TicketID, reason: String = "Nothing was down.") -> Refused.Reason? {
    do {
      _ = try review(&desk, id, reason: reason)
      return nil
    } catch { return error.reason }
  }

  @Test("E11: a false class III is billed by the plan's rate for it; without one there is no charge, and it is said so")
  func misuse() throws {
    for (rate, words) in [(nil, "There is no charge for it."), ("panic-mode", "It is charged by panic-mode.")] {
      let plan = Desk.shipped("opus-one") { text in
        rate == nil
          ? text
          : text.replacing(
            "Part of the service}]", with: "Part of the service}, {id: panic-mode, flat: 2, text: Panic}]")
      }
      var desk = try Desk(plan)
      let id = try ticket(&desk)
      desk.at("2026-03-02T11:00:00")
      let reviewed = try review(&desk, id)
      #expect(reviewed.misuse?.rate == rate)
      #expect(reviewed.misuse?.reviewer == "desk/anna")
      #expect(try desk.task(id).misusedClass == "III")
      let told = try #require(desk.state.messages.elements.last)
      #expect(told.direction == .toCustomer)
      #expect(told.text.hasSuffix(words))
      #expect(reviewed.heardAt == desk.now, "a person told the customer something")
    }
  }

  @Test("E11: a class that was claimed with reason costs nothing more, and the customer is not told")
  func justified() throws {
    var desk = try Desk(Desk.shipped("opus-one"))
    let id = try ticket(&desk)
    let reviewed = try review(&desk, id, misuse: false)
    #expect(reviewed.misuse?.isMisuse == false)
    #expect(reviewed.heardAt == nil)
    #expect(try desk.task(id).misusedClass == nil)
    #expect(desk.state.messages.elements.last?.direction == .internal)
  }

  @Test("E11: one review, by whom the plan names, with a reason of up to 1,000 bytes, of a class that can be misused")
  func refusals() throws {
    var desk = try Desk(Desk.shipped("opus-one"))
    let (id, question) = (try ticket(&desk), try ticket(&desk, class: "I"))
    #expect(reason(&desk, id, reason: "") == .needsReason)
    #expect(reason(&desk, id, reason: String(repeating: "x", count: 1001)) == .invalid(field: "reason"))
    #expect(reason(&desk, question) == .clauseUnknown("misuse"))
    desk.role = .admin
    #expect(reason(&desk, id) == .notAllowed)
    desk.role = .desk
    #expect(reason(&desk, id, reason: String(repeating: "x", count: 1000)) == nil)
    #expect(reason(&desk, id) == .conflict(state: "reviewed"))
  }

  @Test("E11: a closed ticket is not reviewed any more; a resolved one is")
  func closed() throws {
    var desk = try Desk(Desk.shipped("opus-one"))
    let (id, other) = (try ticket(&desk), try ticket(&desk))
    for id in [id, other] { _ = try desk.resolve(id) }
    #expect(reason(&desk, id) == nil)
    _ = try desk.close(other)
    #expect(reason(&desk, other) == .conflict(state: "closed"))
  }
}
