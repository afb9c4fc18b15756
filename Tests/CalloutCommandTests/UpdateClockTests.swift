import Foundation
import Policy
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutClient
@testable import CalloutCommand

@Suite("The clock of the next word to the customer")
struct UpdateClockTests {
  /// Monday, 2 March 2026, 09:00 in Singapore.
  private static let morning: Int64 = 1_772_413_200_000
  private static let hour: Int64 = 3_600_000

  private static let plan = """
    plan: p
    title: P
    zone: Asia/Singapore
    currency: SGD
    unit: credit
    hours: {office: {mon-fri: 09:00-18:00}}
    updates: {every: 8h, in: office, text: You hear from us.}
    rates: [{id: any, flat: 1}]

    """

  private static func interval(
    _ from: Int64, _ to: Int64?, _ state: String, due: Int64, _ why: String
  ) -> Callout_V1_ClockInterval {
    .with {
      ($0.fromMs, $0.toMs, $0.state) = (morning + from * hour, to.map { morning + $0 * hour } ?? 0, state)
      ($0.dueMs, $0.why) = (morning + due * hour, why)
    }
  }

  /// Ticket 17 with this clock of `updates`, in hours since Monday morning.
  private static func service(now: Int64, _ clock: Callout_V1_SlaClock) -> FakeService {
    FakeService { request, _ in
      switch request.method {
      case .ticketGet:
        reply(
          Callout_V1_TicketGetReply.with {
            ($0.ticket.number, $0.ticket.state, $0.ticket.openedMs) = (17, "open", morning)
            $0.ticket.id = Data(repeating: 1, count: 16)
            $0.ticket.planVersion = Data(repeating: 1, count: 32)
          })
      case .slaclockList: reply(Callout_V1_SlaclockListReply.with { $0.clocks = [clock] })
      case .planGet: reply(Callout_V1_PlanGetReply.with { $0.document = Data(plan.utf8) })
      case .clockGet: reply(Callout_V1_ClockGetReply.with { $0.nowMs = morning + now * hour })
      case .ticketWhy: refusal(.clauseUnknown, text: "The ticket has no target or gate updates; it has none.")
      default: refusal(.unavailable)
      }
    }
  }

  private static func clock(
    _ state: String, due: Int64, from: Int64, ended: Int64? = nil, _ intervals: Callout_V1_ClockInterval...
  ) -> Callout_V1_SlaClock {
    .with {
      ($0.target, $0.state, $0.dueMs) = ("updates", state, morning + due * hour)
      ($0.countedFromMs, $0.endedMs) = (morning + from * hour, ended.map { morning + $0 * hour } ?? 0)
      $0.intervals = intervals
    }
  }

  @Test("P14: it is explained by the calendar of the plan's updates, from where its present round counts")
  func running() async throws {
    // Stood still from 11:00 to 13:00, and counts anew since.
    let clock = Self.clock(
      "running", due: 27, from: 4, Self.interval(0, 2, "running", due: 8, "Nobody has told the customer more."),
      Self.interval(2, 4, "paused", due: 8, "cooperation: Nobody answers."),
      Self.interval(4, nil, "running", due: 27, "It goes on."))
    let (config, service) = (try Folder().contexts(["desk"]), Self.service(now: 5, clock))
    let outcome = await callout(["clock", "why", "17", "updates"], config: config, service: service)
    #expect(
      outcome.out == """
        Ticket 17, updates: due tue 2026-03-03 12:00:00
          mon 2026-03-02 13:00:00  to mon 2026-03-02 18:00:00  5h counted  open
          mon 2026-03-02 18:00:00  to tue 2026-03-03 00:00:00  skipped     closed hours
          tue 2026-03-03 00:00:00  to tue 2026-03-03 09:00:00  skipped     closed hours
          tue 2026-03-03 09:00:00  to tue 2026-03-03 12:00:00  3h counted  open
          8h counted in all
          8h of office time after the customer was last told something, or the clock went on

        What the clock went through:
          mon 2026-03-02 09:00:00  running  due mon 2026-03-02 17:00:00  Nobody has told the customer more.
          mon 2026-03-02 11:00:00  paused   due mon 2026-03-02 17:00:00  cooperation: Nobody answers.
          mon 2026-03-02 13:00:00  running  due tue 2026-03-03 12:00:00  It goes on.

        """, "\(outcome.err)")
    let read = await callout(["clock", "why", "17", "updates", "-o", "json"], config: config, service: service)
    let json = try JSONValue(parsing: read.out)
    #expect(json.value(at: "due") == "2026-03-03T12:00:00+08:00")
    #expect(json.value(at: "intervals[0].from") == "2026-03-02T13:00:00+08:00")
    #expect(json.value(at: "intervals[3].to") == "2026-03-03T12:00:00+08:00")
  }

  @Test(
    "P15: while it stands still no instant holds, and it counts anew when it goes on; of an ended one none does either")
  func standsStill() async throws {
    let config = try Folder().contexts(["desk"])
    let paused = Self.clock(
      "paused", due: 8, from: 1, Self.interval(0, 2, "running", due: 8, "Nobody has told the customer more."),
      Self.interval(2, nil, "paused", due: 8, "cooperation: Nobody answers."))
    let still = await callout(
      ["clock", "why", "17", "updates"], config: config, service: Self.service(now: 5, paused))
    #expect(
      still.out.hasPrefix(
        """
        Ticket 17, updates: not due
          mon 2026-03-02 10:00:00  to mon 2026-03-02 11:00:00  1h counted  open
          mon 2026-03-02 11:00:00  to mon 2026-03-02 14:00:00  skipped     stood still, cooperation: Nobody answers.
          1h counted in all
          When it goes on, it counts 8h of office time anew

        """), "\(still.out)\(still.err)")
    let over = Self.clock(
      "cancelled", due: 8, from: 0, ended: 2, Self.interval(0, 2, "running", due: 8, "x"),
      Self.interval(2, nil, "cancelled", due: 8, "The ticket is resolved."))
    let ended = await callout(["clock", "why", "17", "updates"], config: config, service: Self.service(now: 5, over))
    #expect(
      ended.out.hasPrefix(
        """
        Ticket 17, updates: not due
          mon 2026-03-02 09:00:00  to mon 2026-03-02 11:00:00  2h counted  open
          2h counted in all
          The ticket is resolved.

        """), "\(ended.out)\(ended.err)")
  }
}
