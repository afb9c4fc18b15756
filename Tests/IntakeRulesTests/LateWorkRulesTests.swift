import Foundation
import IntakeRules
import Policy
import Testing

@Suite("Work that is recorded late")
struct LateWorkRulesTests {
  /// A ticket that was worked on from 10:00 to 11:00, and closed at noon.
  private func closed(_ desk: inout Desk) throws -> TicketID {
    let id = try desk.open().id
    desk.at("2026-03-02T12:00:00")
    _ = try desk.work(id, .onsite, from: "2026-03-02T10:00:00", to: "2026-03-02T11:00:00")
    _ = try desk.resolve(id)
    _ = try desk.close(id)
    return id
  }

  @Test("F24: a closed ticket takes work that was done before its end, and the ledger is told of it")
  func closed() throws {
    var desk = try Desk()
    let id = try closed(&desk)
    desk.at("2026-04-10T09:00:00")
    let late = try desk.work(id, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T12:00:00")
    #expect(late.ticket.state == .closed)
    #expect(late.work.recordedAt == desk.now)
    #expect(try desk.task(id).work.map(\.to) == [Desk.at("2026-03-02T12:00:00")])
    #expect(try desk.task(id).completedAt == Desk.at("2026-03-02T12:00:00"))
  }

  @Test(
    "F24: work after a ticket's end, or before it was opened, is not added to it once it is closed",
    arguments: [("11:30:00", "12:00:01"), ("09:29:59", "10:00:00")])
  func outside(from: String, to: String) throws {
    var desk = try Desk()
    let id = try closed(&desk)
    desk.at("2026-03-03T09:00:00")
    do {
      _ = try desk.work(id, .onsite, from: "2026-03-02T\(from)", to: "2026-03-02T\(to)")
      Issue.record("it was taken")
    } catch {
      #expect(error.reason == .conflict(state: "closed"))
    }
    _ = try desk.work(id, .onsite, from: "2026-03-02T09:30:00", to: "2026-03-02T12:00:00")
  }

  @Test("F24: the plan's bound holds to the second, counted from the end of the work, for open tickets too")
  func bound() throws {
    var desk = try Desk()
    let (id, open) = (try closed(&desk), try desk.open(desk.call("Another", incident: "other")).id)
    for id in [id, open] {
      desk.at("2026-05-02T11:30:00")
      _ = try desk.work(id, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T11:30:00")
      desk.at("2026-05-02T11:30:01")
      do {
        _ = try desk.work(id, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T11:30:00")
        Issue.record("it was taken")
      } catch {
        #expect(error.reason == .admission)
        #expect(error.clauses.map(\.id) == ["late-work"])
      }
    }
  }

  @Test("F24: a plan that says nothing of late work takes none on a closed ticket, and any on an open one")
  func unsaid() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Shared/Plans/flexi-it.yaml")
    let text = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("late_work:") }.joined(separator: "\n")
    let plan = try Plan.read(text) { Array(try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/\($0)"))) }.get()
    var desk = try Desk(plan)
    let (id, open) = (try closed(&desk), try desk.open(desk.call("Another", incident: "other")).id)
    desk.at("2027-03-02T12:00:00")
    _ = try desk.work(open, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T11:30:00")
    #expect(throws: Refused.self) {
      try desk.work(id, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T11:30:00")
    }
  }

  /// A ticket that was worked on from 10:00 to 11:00, closed at noon, and taken up again at 14:00.
  private func reopened(_ desk: inout Desk) throws -> TicketID {
    let id = try closed(&desk)
    desk.at("2026-03-02T14:00:00")
    try desk.run { ReopenTicket.decide(.init(ticketID: id, reason: "Again"), &$0, &$1) }
    return id
  }

  @Test("F24 F22: late work counts for the time in which it was done, not for the repeat that came after")
  func earlierStretch() throws {
    var desk = try Desk()
    let id = try reopened(&desk)
    desk.at("2026-03-02T16:00:00")
    let late = try desk.work(id, .onsite, from: "2026-03-02T11:00:00", to: "2026-03-02T12:00:00")
    #expect(late.work.stretch == 0)
    let now = try desk.work(id, .onsite, from: "2026-03-02T14:00:00", to: "2026-03-02T15:00:00")
    #expect(now.work.stretch == 1)
    #expect(
      try desk.task(id).work == [WorkInterval(from: Desk.at("2026-03-02T14:00:00"), to: Desk.at("2026-03-02T15:00:00"))]
    )
    let earlier = try #require(try desk.told(id).earlier.first)
    #expect(earlier.stretch == 0)
    #expect(earlier.task.completedAt == Desk.at("2026-03-02T12:00:00"))
    #expect(earlier.task.work.map(\.to) == [Desk.at("2026-03-02T12:00:00")])
    #expect(earlier.task.facts.flag(.resolved) == true)
    #expect(desk.plan.rate(earlier.task.rated).total == 50)
  }

  @Test("F17b: late work past a gate that nobody opened is kept beside the time that it belongs to, and not charged")
  func earlierGate() throws {
    var desk = try Desk()
    let id = try desk.open().id
    desk.at("2026-03-02T16:00:00")
    _ = try desk.work(id, .onsite, from: "2026-03-02T10:00:00", to: "2026-03-02T13:00:00")
    _ = try desk.resolve(id)
    _ = try desk.close(id)
    try desk.run { ReopenTicket.decide(.init(ticketID: id, reason: "Again"), &$0, &$1) }
    _ = try desk.work(id, .onsite, from: "2026-03-02T13:00:00", to: "2026-03-02T14:00:00")
    let earlier = try #require(try desk.told(id).earlier.first)
    #expect(earlier.task.beyond.map(\.from) == [Desk.at("2026-03-02T13:00:00")])
    #expect(desk.plan.rate(earlier.task.rated).total == 50)
    #expect(desk.state.tickets[id]?.beyondConsent.isEmpty == true)
  }

  @Test(
    "F24: work belongs to the time that it ended in: to the second before the end, or to what came after it",
    arguments: [("11:59:59", "12:00:00", 0), ("12:00:00", "12:00:01", 1), ("13:30:00", "14:30:00", 1)])
  func place(from: String, to: String, stretch: Int64) throws {
    var desk = try Desk()
    let id = try reopened(&desk)
    desk.at("2026-03-02T16:00:00")
    #expect(try desk.work(id, .onsite, from: "2026-03-02T\(from)", to: "2026-03-02T\(to)").work.stretch == stretch)
  }

  @Test("F24: what was done before a ticket was opened has no place in what has ended of it")
  func beforeAll() throws {
    var desk = try Desk()
    let id = try reopened(&desk)
    do {
      _ = try desk.work(id, .onsite, from: "2026-03-02T09:29:59", to: "2026-03-02T10:00:00")
      Issue.record("it was taken")
    } catch {
      #expect(error.reason == .conflict(state: "reopened"))
    }
    _ = try desk.work(id, .onsite, from: "2026-03-02T09:30:00", to: "2026-03-02T10:00:00")
  }
}
