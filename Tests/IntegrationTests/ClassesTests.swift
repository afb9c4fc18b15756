import Foundation
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Transport
import Wire

/// Classes of tickets, mail and reviews, by the plan that has them, asked through the service.
@Suite("Classes and mail, over the wire")
struct ClassesTests {
  /// Tuesday, 3 March 2026, 10:00 in Phoenix.
  private static let start = "2026-03-03T10:00:00-07:00"

  private func withDesk(
    at start: String = Self.start, edit: (String) -> String = { $0 }, _ body: (PlanDesk) async throws -> Void
  ) async throws {
    try await PlanDesk.with("opus-one", at: start, edit: edit, body)
  }

  private func mail(
    _ desk: PlanDesk, to recipients: [String], id: String, class name: String = "", content: String = ""
  ) -> Callout_V1_MailTakeRequest {
    .with {
      $0.accountID = desk.account
      $0.contactID = desk.contact
      $0.recipients = recipients
      $0.messageID = id
      $0.class = name
      $0.content = content
      $0.subject = "Mail is slow"
      $0.text = "Since this morning."
    }
  }

  private func take(_ desk: PlanDesk, _ request: Callout_V1_MailTakeRequest) async throws(CommandRefused)
    -> Callout_V1_MailTakeReply
  {
    try await desk.ask(.mailTake, as: .portal, request)
  }

  private func due(_ start: String, _ span: TimeSpan) -> Int64? { Instant(start).map { ($0 + span).milliseconds } }

  @Test("E1 E2: a mail without a class is of class I, never III, and each class has its time for contact and for work")
  func classes() async throws {
    try await withDesk(at: "2026-03-07T22:00:00-07:00") { desk in
      let cases: [(String, String, TimeSpan)] = [
        ("", "I", .hours(72)), ("II", "II", .hours(8)), ("III", "III", .minutes(15)),
      ]
      for (index, (named, found, span)) in cases.enumerated() {
        let address = named == "III" ? "urgent@opus.example" : "support@opus.example"
        let taken = try await take(desk, mail(desk, to: [address], id: "<\(index)@kopi.example>", class: named))
        #expect(taken.outcome == "opened")
        #expect(taken.ticket.class == found)
        #expect(taken.ticket.targets.map(\.id) == ["contact", "begin"])
        let dues = Set(taken.ticket.targets.map(\.dueMs))
        #expect(dues == Set([due("2026-03-07T22:00:00-07:00", span)].compactMap(\.self)), "at night, on a Saturday")
      }
      let portal = try await desk.open(desk.call("email"))
      #expect(portal.class == "I")
    }
  }

  @Test("E2: both facts are needed: who was reached is not yet worked for")
  func bothFacts() async throws {
    try await withDesk { desk in
      let id = try await take(desk, mail(desk, to: ["urgent@opus.example"], id: "<a@b>")).ticket.id
      let automatic = try await contact(desk, id, "automatic-reply")
      #expect(automatic.acknowledgedMs == 0)
      #expect(automatic.targets.allSatisfy { $0.metMs == 0 })
      let reached = try await contact(desk, id, "reply")
      #expect(reached.targets.map { $0.metMs > 0 } == [true, false])
      try await desk.service.advance(desk.tenant, to: try #require(Instant(Self.start)) + .minutes(15))
      let begun = try await desk.ask(.ticketBegin, .with { $0.ticketID = id }).ticket
      #expect(begun.targets.map { $0.metMs > 0 && !$0.missed } == [true, true], "on the due instant it is in time")
      let late = try await take(desk, mail(desk, to: ["urgent@opus.example"], id: "<c@d>")).ticket.id
      try await desk.service.advance(desk.tenant, to: try #require(Instant(Self.start)) + .minutes(31))
      let missed = try await desk.ask(.ticketGet, .with { $0.ticketID = late }).ticket
      #expect(missed.targets.map(\.missed) == [true, true])
    }
  }

  private func contact(_ desk: PlanDesk, _ id: Data, _ event: String) async throws(CommandRefused) -> Callout_V1_Ticket
  {
    try await desk.ask(
      .ticketContact,
      .with {
        $0.ticketID = id
        $0.event = event
      }
    ).ticket
  }

  @Test("E3: the same Message-ID twice is one ticket; voicemail and fax are none")
  func tracked() async throws {
    try await withDesk { desk in
      let first = try await take(desk, mail(desk, to: ["support@opus.example"], id: "<one@kopi.example>"))
      #expect(first.outcome == "opened")
      let again = try await take(desk, mail(desk, to: ["support@opus.example"], id: " one@kopi.example "))
      #expect(again.outcome == "seen")
      #expect(again.ticket.id == first.ticket.id)
      let other = try await take(desk, mail(desk, to: ["support@opus.example"], id: "<One@kopi.example>"))
      #expect(other.ticket.number == 2, "it counts to the letter")
      for channel in ["voicemail", "fax"] {
        let failed = await desk.failed(desk.call(channel))
        #expect(failed.map(\.id) == ["voicemail-and-fax"])
        #expect(failed.first?.acceptIf == "channel must be email")
      }
      #expect(await desk.failed(desk.call("telephone", class: "III")).map(\.id) == ["other-calls"])
      let tickets = try await desk.ask(.ticketList, .init()).tickets
      #expect(tickets.filter { $0.accountID == desk.account }.count == 2)
    }
  }

  @Test("E4: a mail that only asks for a call is logged and answered; to the urgent address it still pages")
  func callMeOnly() async throws {
    try await withDesk { desk in
      let asked = try await take(
        desk, mail(desk, to: ["support@opus.example"], id: "<call@kopi.example>", content: "call-me-only"))
      #expect(asked.outcome == "answered")
      #expect(asked.answer.id == "call-me-only")
      #expect(asked.answer.acceptIf == "say what the problem is")
      #expect(!asked.hasTicket)
      let attempts = try await desk.ask(.attemptList, .init()).attempts
      #expect(attempts.map { $0.findings.map(\.id) } == [["call-me-only"]])
      #expect(attempts.first?.record.facts.contains { $0.name == "content" && $0.text == "call-me-only" } == true)
      let again = try await take(
        desk, mail(desk, to: ["support@opus.example"], id: "<call@kopi.example>", content: "call-me-only"))
      #expect(again.outcome == "seen")
      #expect(!again.hasTicket)
      let urgent = try await take(
        desk, mail(desk, to: ["urgent@opus.example"], id: "<now@kopi.example>", content: "call-me-only"))
      #expect(urgent.outcome == "answered")
      #expect(urgent.answer.id == "call-me-only")
      #expect(urgent.ticket.class == "III")
      try await desk.service.settle(desk.tenant)
      let told = desk.service.told.events.filter { $0.subject == urgent.ticket.id }
      #expect(told.count == 2, "the notifier learns of it, and begins the ladder of its class")
    }
  }

  @Test("E5: a call about a question is taken from 09:00 to 17:00 as far as someone is free, and starts no clock")
  func bestEffort() async throws {
    try await withDesk(at: "2026-03-03T16:59:59-07:00") { desk in
      let ticket = try await desk.open(desk.call("telephone"))
      #expect(ticket.handling == "best-effort")
      #expect(ticket.targets.isEmpty)
      #expect(try await desk.record(ticket.id).handling == "best-effort")
      try await desk.advance(to: "2026-03-03T17:00:00-07:00")
      let failed = await desk.failed(desk.call("telephone"))
      #expect(failed.map(\.id) == ["question-calls"])
      #expect(failed.first?.acceptIf.contains("channel must be email") == true)
      try await desk.advance(to: "2026-03-04T09:00:00-07:00")
      #expect(await desk.failed(desk.call("telephone")).isEmpty)
    }
  }

  @Test("E5: a preliminary reply is contact and begins no work; another plan may take it for less")
  func preliminary() async throws {
    try await withDesk { desk in
      let id = try await take(desk, mail(desk, to: ["support@opus.example"], id: "<a@b>")).ticket.id
      let ticket = try await contact(desk, id, "preliminary-reply")
      #expect(ticket.contactedMs > 0)
      #expect(ticket.workBegunMs == 0)
      #expect(ticket.targets.map { $0.metMs > 0 } == [true, false])
      let wrong = await desk.refusal { () async throws(CommandRefused) in _ = try await contact(desk, id, "work") }
      #expect(wrong?.field == "event")
    }
    try await PlanDesk.with("flexi-it", at: "2026-03-03T10:00:00+08:00") { desk in
      let id = try await desk.open(desk.call("telephone")).id
      let ticket = try await contact(desk, id, "preliminary-reply")
      #expect(ticket.acknowledgedMs > 0)
      #expect(ticket.contactedMs == 0)
      let replied = try await contact(desk, id, "")
      #expect(replied.contactedMs > 0)
    }
  }

  @Test("E6: no walk-through of one's own upgrade or disk crash, unless a covered service is down")
  func exclusions() async throws {
    try await withDesk { desk in
      for about in ["own-upgrade", "disk-crash"] {
        let failed = await desk.failed(desk.call("email", ["about": about]))
        #expect(failed.map(\.id) == [about])
        #expect(failed.first?.acceptIf == "circumstances must be covered-service-down")
        let down = desk.call("email", ["about": about, "circumstances": "covered-service-down"])
        #expect(await desk.failed(down).isEmpty)
      }
    }
  }

  @Test("E7: a mail to a person alone is refused; with the group address beside it a ticket is opened")
  func groupAddress() async throws {
    try await withDesk { desk in
      func refused(_ request: Callout_V1_MailTakeRequest) async -> [Callout_V1_FailedClause]? {
        let refusal = await desk.refusal { () async throws(CommandRefused) in _ = try await take(desk, request) }
        return refusal?.clauses
      }
      let alone = await refused(mail(desk, to: ["anna@opus.example"], id: "<a@b>"))
      #expect(alone?.map(\.id) == ["group-address"])
      #expect(alone?.first?.acceptIf == "write to support@ or urgent@, whoever else reads it")
      #expect(await refused(mail(desk, to: ["support@opus.example"], id: "<a@b>", class: "III"))?.count == 1)
      let attempts = try await desk.ask(.attemptList, .init()).attempts
      #expect(attempts.count == 2)
      let both = try await take(desk, mail(desk, to: ["anna@opus.example", "Support@opus.example"], id: "<a@b>"))
      #expect(both.outcome == "opened", "what was refused was not taken")
      let most = try await take(desk, mail(desk, to: ["support@opus.example", "urgent@opus.example"], id: "<c@d>"))
      #expect(most.ticket.class == "III", "whoever wrote to the urgent address meant it")
      var none = mail(desk, to: [], id: "<e@f>")
      #expect(
        await desk.refusal { () async throws(CommandRefused) in _ = try await take(desk, none) }?.field == "recipients")
      none.recipients = Array(repeating: "support@opus.example", count: 51)
      #expect(
        await desk.refusal { () async throws(CommandRefused) in _ = try await take(desk, none) }?.field == "recipients")
    }
  }

  private func review(
    _ desk: PlanDesk, _ ticket: Data, _ reason: String, as role: TenantRole = .desk, misused: Bool = true
  ) async throws(CommandRefused) -> Callout_V1_Ticket {
    try await desk.ask(
      .misuseReview, as: role,
      .with {
        $0.ticketID = ticket
        $0.misused = misused
        $0.reason = reason
      }
    ).ticket
  }

  @Test("E11: a reviewer decides that class III was claimed without need; the customer is told, the ledger learns it")
  func misuse() async throws {
    try await withDesk { desk in
      func refusal(_ ticket: Data, _ reason: String, as role: TenantRole = .desk) async -> Callout_V1_Refusal? {
        await desk.refusal { () async throws(CommandRefused) in _ = try await review(desk, ticket, reason, as: role) }
      }
      let id = try await take(desk, mail(desk, to: ["urgent@opus.example"], id: "<a@b>")).ticket.id
      #expect(await refusal(id, "")?.code == .needsReason)
      #expect(await refusal(id, "Nothing was down.", as: .admin)?.code == .notAllowed)
      let ticket = try await review(desk, id, "Nothing was down.")
      #expect(ticket.misuse.misused)
      #expect(ticket.misuse.class == "III")
      #expect(ticket.misuse.clause == "false-urgency")
      #expect(ticket.misuse.rate.isEmpty, "the plan has no rate for it: no charge")
      #expect(ticket.misuse.reviewer == "desk/anna")
      #expect(await refusal(id, "Once more")?.code == .conflict)
      let messages = try await desk.ask(.messageList, as: .portal, .with { $0.ticketID = id }).messages
      #expect(messages.contains { $0.direction == "to-customer" && $0.text.contains("There is no charge for it.") })
      try await desk.service.settle(desk.tenant)
      let told = desk.service.told.events.filter { $0.subject == id }.max { $0.version < $1.version }
      #expect(told?.ticket.task.misusedClass == "III")
      let right = try await take(desk, mail(desk, to: ["urgent@opus.example"], id: "<c@d>")).ticket.id
      let justified = try await review(desk, right, "The router was down.", misused: false)
      #expect(!justified.misuse.misused)
      try await desk.service.settle(desk.tenant)
      let kept = desk.service.told.events.filter { $0.subject == right }.max { $0.version < $1.version }
      #expect(kept?.ticket.task.misusedClass.isEmpty == true)
      let question = try await take(desk, mail(desk, to: ["support@opus.example"], id: "<e@f>")).ticket.id
      #expect(await refusal(question, "Not urgent")?.code == .clauseUnknown, "class I cannot be misused")
    }
    let edit = { (plan: String) in
      plan.replacing(
        "text: Part of the service}]", with: "text: Part of the service}, {id: panic-mode, flat: 2, text: Panic}]")
    }
    try await withDesk(edit: edit) { desk in
      let id = try await take(desk, mail(desk, to: ["urgent@opus.example"], id: "<a@b>")).ticket.id
      let ticket = try await desk.ask(
        .misuseReview,
        .with {
          $0.ticketID = id
          $0.misused = true
          $0.reason = "Nothing was down."
        }
      ).ticket
      #expect(ticket.misuse.rate == "panic-mode")
    }
  }
}
