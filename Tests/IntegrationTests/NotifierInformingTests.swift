import Foundation
import NotifierRules
import Policy
import SwiftProtobuf
import Testing
import Wire

@testable import NotifierService

/// What customers are told by itself, by the plan opmon.
@Suite("Informing customers over the wire")
struct NotifierInformingTests {
  /// Monday, 2 March 2026, 10:00 in Singapore is Sunday, 23:00 in São Paulo, whose desk is open from 09:00 to 18:00.
  private static let start = NotifierDesk.start
  /// Monday, 09:00 in São Paulo.
  private static let morning = start + .hours(10)

  private static func withDesk(
    plan: (String) -> String = { $0 }, _ body: (NotifierDesk) async throws -> Void
  ) async throws {
    try await NotifierDesk.withService { service, folder in
      let document = plan(try NotifierDesk.shipped("opmon"))
      let desk = try await NotifierDesk(service, folder: folder, plan: document)
      // All rotas that the plan names are there, so that the desk hears of none.
      try await desk.rota("group.desk", try await desk.person("Lea"))
      try await body(desk)
    }
  }

  private static func ticket(
    _ desk: NotifierDesk, _ version: UInt64, _ change: (inout Callout_V1_TicketSnapshot) -> Void = { _ in }
  ) async throws {
    try await desk.ticket(version: version) {
      $0.ticket.class = "question"
      $0.ticket.targets = [NotifierDesk.target("answer", due: Self.morning + .days(1) + .hours(8))]
      change(&$0)
    }
    try await desk.service.settle(desk.tenant)
  }

  @Test("P14: while a ticket is open its customer hears every eight open hours how things stand, from the last word on")
  func updates() async throws {
    try await Self.withDesk { desk in
      try await desk.account()
      try await Self.ticket(desk, 1)
      #expect(try await desk.clock("updates").dueMs == (Self.morning + .hours(8)).milliseconds)
      try await desk.advance(to: Self.morning + .hours(8) - .milliseconds(1))
      #expect(try await desk.notices().isEmpty)
      try await desk.advance(to: Self.morning + .hours(8))
      let notice = try #require(try await desk.notices().first)
      #expect(notice.kind == "update" && notice.ticketID == Data(NotifierDesk.ticketID.bytes) && notice.deliveries == 1)
      #expect(notice.subject == "Ticket 12, how things stand: Mail is down")
      #expect(notice.text.contains("It is open.\nPromised: answer by 2026-03-03 17:00 America/Sao_Paulo\n"))
      #expect(try desk.mail().count { $0.text.contains("<tan@acme.example>") } == 1)
      // Tuesday, 15:00: somebody tells the customer something, and the next word is due eight open hours later.
      let word = Self.morning + .days(1) + .hours(6)
      try await desk.advance(to: word)
      try await Self.ticket(desk, 2) { $0.heardMs = word.milliseconds }
      let moved = try await desk.clock("updates")
      #expect(moved.dueMs == (Self.morning + .days(2) + .hours(5)).milliseconds)
      #expect(moved.countedFromMs == word.milliseconds)
      #expect(try await desk.clock("answer").countedFromMs == 0)
      try await desk.advance(to: Self.morning + .days(2) + .hours(5))
      #expect(try await desk.notices().count == 2)
      #expect(try await desk.clock("updates").round == 4)
    }
  }

  @Test("P14: a ticket that is resolved is heard of no more, and one that is taken up again is")
  func resolved() async throws {
    try await Self.withDesk { desk in
      try await Self.ticket(desk, 1)
      try await desk.advance(to: Self.morning + .hours(4))
      try await Self.ticket(desk, 2) { $0.ticket.state = "resolved" }
      #expect(try await desk.clock("updates").state == "cancelled")
      try await desk.advance(to: Self.morning + .days(7))
      #expect(try await desk.notices().isEmpty)
      try await Self.ticket(desk, 3) { $0.ticket.reopened = 1 }
      let clock = try await desk.clock("updates")
      #expect(clock.state == "running" && clock.dueMs == (Self.morning + .days(7) + .hours(8)).milliseconds)
    }
  }

  @Test(
    "P14: each closure is asked about once, a day later, however often it is told; a later closure is asked about too")
  func surveys() async throws {
    try await Self.withDesk { desk in
      try await desk.account(emails: ["tan@acme.example", "lee@acme.example"])
      let closed = [Self.morning, Self.morning + .hours(2), Self.morning + .days(30)]
      func close(_ version: UInt64, _ count: Int) async throws {
        try await Self.ticket(desk, version) {
          $0.ticket.state = "closed"
          $0.ticket.closedMs = closed[count - 1].milliseconds
          $0.closuresMs = closed.prefix(count).map(\.milliseconds)
        }
      }
      try await desk.advance(to: closed[1])
      // The news of the first closure was overtaken by that of the second.
      try await close(5, 2)
      try await close(4, 1)
      try await desk.advance(to: closed[0] + .days(1) - .milliseconds(1))
      #expect(try await desk.notices().isEmpty)
      try await desk.advance(to: closed[0] + .days(1))
      let first = try #require(try await desk.notices().first)
      #expect(first.kind == "survey" && first.deliveries == 2 && first.subject == "Ticket 12: How did we do?")
      try await close(6, 2)
      try await desk.advance(to: closed[2])
      #expect(try await desk.notices().map(\.kind) == ["survey", "survey"])
      try await close(8, 3)
      try await desk.advance(to: closed[2] + .days(10))
      #expect(try await desk.notices().map(\.kind) == ["survey", "survey", "survey"])
    }
  }

  @Test(
    "P14 P15: a customer who does not take part pauses the clocks, with the reason; nothing is missed or told meanwhile"
  )
  func paused() async throws {
    try await Self.withDesk { desk in
      try await Self.ticket(desk, 1)
      let reason = "cooperation: You take part in finding the cause."
      try await Self.ticket(desk, 2) {
        $0.targetPausedMs = Self.start.milliseconds
        $0.pausedReason = reason
      }
      for target in ["answer", "updates"] {
        let clock = try await desk.clock(target)
        #expect(clock.state == "paused" && clock.pausedReason == reason, "\(target)")
      }
      try await desk.advance(to: Self.morning + .days(7))
      #expect(try await desk.notices().isEmpty)
      #expect(try await desk.clock("answer").state == "paused")
      let due = Self.morning + .days(9)
      try await Self.ticket(desk, 3) { $0.ticket.targets[0].dueMs = due.milliseconds }
      let answer = try await desk.clock("answer")
      #expect(answer.state == "running" && answer.dueMs == due.milliseconds && answer.pausedReason.isEmpty)
      #expect(try await desk.clock("updates").dueMs == (Self.morning + .days(7) + .hours(8)).milliseconds)
    }
  }

  @Test(
    "P17: customers on the plan are told of the end of life with the way on, once for each day; late is flagged, and sent",
    arguments: [("2027-03-01", false), ("2027-02-28", true)])
  func endOfLife(on day: String, isLate: Bool) async throws {
    try await Self.withDesk { desk in
      func publish(_ day: String, _ note: String) async throws {
        let plan = try NotifierDesk.shipped("opmon").replacingOccurrences(
          of: "    notice: 12 months\n", with: "    on: \(day)\n    notice: 12 months\n")
        _ = try await desk.service.ask(.planPublish, as: desk.anna, .with { $0.document = Data((plan + note).utf8) })
        try await desk.service.settle(desk.tenant)
      }
      let accounts = (1...3 as ClosedRange<UInt64>).map { AccountID(high: 8, low: $0) }
      try await desk.account(accounts[0])
      try await desk.account(accounts[1], plan: Data())
      // It is Sunday, 1 March, in São Paulo.
      try await publish(day, "")
      try await desk.account(accounts[0], version: 2)
      try await desk.account(accounts[2])
      try await publish(day, "# Another edition.\n")
      let told = try await desk.notices()
      #expect(Set(told.map(\.accountID)) == [Data(accounts[0].bytes), Data(accounts[2].bytes)] && told.count == 2)
      for notice in told {
        #expect(notice.kind == "end-of-life" && notice.late == isLate && notice.deliveries == 1)
        #expect(notice.subject == "OpMon: support ends on \(day)")
        #expect(notice.text.contains("upgrade to the release that the notice names"))
        #expect(notice.text.contains("later than 12 months") == isLate)
      }
      try await publish("2029-01-01", "")
      try await desk.service.advance(desk.tenant, to: Self.start + .seconds(1))
      #expect(try await desk.notices().count == 4)
    }
  }

  @Test("P17: more customers than are told at once are all told")
  func manyAreTold() async throws {
    try await Self.withDesk { desk in
      let count = UInt64(ProductEndDue.accountCountMax + 1)
      for number in 1...count { try await desk.account(AccountID(high: 8, low: number), emails: []) }
      let plan = try NotifierDesk.shipped("opmon").replacingOccurrences(
        of: "    notice: 12 months\n", with: "    on: 2029-01-01\n    notice: 12 months\n")
      _ = try await desk.service.ask(.planPublish, as: desk.anna, .with { $0.document = Data(plan.utf8) })
      try await desk.advance(to: Self.start + .seconds(1))
      #expect(try desk.service.database.number("SELECT count(DISTINCT account_id) FROM notices") == Int64(count))
      #expect(try desk.service.database.number("SELECT count(*) FROM notices") == Int64(count))
    }
  }

  @Test(
    "F17b: what intake has to say to the customer, such as that a block ends, goes to the contacts, and says of which ticket"
  )
  func warning() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      try await desk.account()
      for _ in 0..<2 {
        try await service.tell(
          desk.tenant, from: "intake",
          .with {
            $0.source = "intake"
            $0.subject = Data(NoticeID(high: 4, low: 4).bytes)
            $0.version = 1
            $0.atMs = Self.start.milliseconds
            $0.notice.kind = "gate"
            $0.notice.accountID = Data(NotifierDesk.accountID.bytes)
            $0.notice.ticketID = Data(NotifierDesk.ticketID.bytes)
            $0.notice.subject = "The third hour ends in 30 minutes"
            $0.notice.text = "Going on costs another 50 credits."
          })
      }
      try await service.settle(desk.tenant)
      let notice = try #require(try await desk.notices().first)
      #expect(notice.kind == "gate" && notice.ticketID == Data(NotifierDesk.ticketID.bytes) && !notice.late)
      #expect(try desk.mail().count == 1)
      let delivery = try #require(try await desk.deliveries().first)
      #expect(delivery.noticeID == notice.id && delivery.escalationID.isEmpty)
    }
  }
}
