import Foundation
import Policy
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutClient
@testable import CalloutCommand

@Suite("Clocks of lots and of the end of life")
struct LifeClockTests {
  /// Monday, 2 March 2026, 09:00 in Singapore.
  private static let morning: Int64 = 1_772_413_200_000
  private static let hour: Int64 = 3_600_000
  private static let zone = ["--zone", "Asia/Singapore"]

  private static let day = 24 * hour

  /// A transfer so many days after that morning, with each lot's part: how much, and until which day the lot lives (0: for ever).
  private static func transfer(
    _ kind: String, _ days: Int64, _ text: String, _ draws: [(UInt8, Int64, Int64)], unit: String = "credit"
  ) -> Callout_V1_Transfer {
    .with {
      ($0.kind, $0.atMs, $0.text, $0.unit) = (kind, morning + days * day, text, unit)
      $0.planVersion = Data(repeating: 9, count: 32)
      $0.lines = [.with { $0.clause = "flexi-600" }]
      $0.entries = [
        .with {
          $0.draws = draws.map { lot, amount, ends in
            .with {
              ($0.lotID, $0.amount) = (Data(repeating: lot, count: 16), amount)
              $0.expiresMs = ends == 0 ? 0 : morning + ends * day
            }
          }
        }
      ]
    }
  }

  /// What the customer was told so many days after that morning, in the ledger's words.
  private static func told(_ days: Int64, _ text: String, lastDay: String) -> Callout_V1_CustomerNotice {
    .with {
      ($0.kind, $0.atMs) = ("expiry", morning + days * day)
      ($0.subject, $0.text) = (
        "P: 550 credits expire after \(lastDay)", "\(text) can be used until \(lastDay), and lapse then."
      )
    }
  }

  private static let document = """
    plan: p
    title: P
    zone: Asia/Singapore
    currency: SGD
    unit: credit
    hours: {always: 24x7}
    notices: {expiry: 4 days}
    rates: [{id: any, flat: 1}]

    """

  @Test(
    "clock why explains when each lot of an agreement expires and when that is told ahead, by what is kept for ever")
  func lots() async throws {
    let pages = [
      [Self.transfer("grant", 0, "Package bought", [(1, 600, 10)]), Self.transfer("charge", 1, "Work", [(1, -50, 0)])],
      [
        Self.transfer("grant", 5, "Package bought again", [(2, 600, 20)]),
        Self.transfer("carry-over", 5, "Carried over", [(1, 0, 20)]),
        Self.transfer("charge", 6, "Work", [(2, -600, 0)]), Self.transfer("expiry", 20, "Lapsed", [(1, -550, 0)]),
      ],
    ]
    let service = FakeService { request, _ in
      switch request.method {
      case .clockGet: return reply(Callout_V1_ClockGetReply.with { $0.nowMs = Self.morning + 30 * Self.day })
      case .agreementGet:
        return reply(Callout_V1_AgreementGetReply.with { $0.agreement.accountID = Data(repeating: 3, count: 16) })
      case .planGet: return reply(Callout_V1_PlanGetReply.with { $0.document = Data(Self.document.utf8) })
      case .noticeList:
        let asked = try? Payload.decode(Callout_V1_NoticeListRequest.self, from: request.body)
        guard asked?.accountID == Data(repeating: 3, count: 16) else { return refusal(.notFound) }
        return reply(
          Callout_V1_NoticeListReply.with {
            $0.notices = [Self.told(16, "550 credits of 2 Mar 2026", lastDay: "22 Mar 2026")]
          })
      default: break
      }
      let asked = try? Payload.decode(Callout_V1_JournalListRequest.self, from: request.body)
      let isFirst = asked?.page.after.isEmpty ?? true
      return reply(
        Callout_V1_JournalListReply.with {
          $0.transfers = pages[isFirst ? 0 : 1]
          $0.next = isFirst ? Data([1]) : Data()
        })
    }
    let config = try Folder().contexts(["desk"])
    let id = "00010203-0405-0607-0809-0a0b0c0d0e0f"
    let outcome = await callout(["clock", "why", "--agreement", id] + Self.zone, config: config, service: service)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(
      outcome.out == """
        Lot 01010101-0101-0101-0101-010101010101 of flexi-600: due sun 2026-03-22 09:00:00
          mon 2026-03-02 09:00:00  running  due thu 2026-03-12 09:00:00  Package bought
          sat 2026-03-07 09:00:00  running  due sun 2026-03-22 09:00:00  Carried over
          sun 2026-03-22 09:00:00  missed   due sun 2026-03-22 09:00:00  Lapsed

        Notice before lot 01010101-0101-0101-0101-010101010101 of flexi-600 expires: due wed 2026-03-18 09:00:00
          mon 2026-03-02 09:00:00  running  due sun 2026-03-08 09:00:00  Package bought: the last day is 12 Mar 2026, told of 4 days before
          sat 2026-03-07 09:00:00  running  due wed 2026-03-18 09:00:00  Carried over: the last day is 22 Mar 2026, told of 4 days before
          wed 2026-03-18 09:00:00  met      due wed 2026-03-18 09:00:00  The customer was told: P: 550 credits expire after 22 Mar 2026

        Lot 02020202-0202-0202-0202-020202020202 of flexi-600: due sun 2026-03-22 09:00:00
          sat 2026-03-07 09:00:00  running  due sun 2026-03-22 09:00:00  Package bought again
          sun 2026-03-22 09:00:00  met      due sun 2026-03-22 09:00:00  All of it was used by then.

        Notice before lot 02020202-0202-0202-0202-020202020202 of flexi-600 expires: due wed 2026-03-18 09:00:00
          sat 2026-03-07 09:00:00  running    due wed 2026-03-18 09:00:00  Package bought again: the last day is 22 Mar 2026, told of 4 days before
          sun 2026-03-08 09:00:00  cancelled  due wed 2026-03-18 09:00:00  Work: nothing of it is left

        """)
    let json = await callout(
      ["clock", "why", "--agreement", id, "-o", "json"] + Self.zone, config: config, service: service)
    let read = try JSONValue(parsing: json.out)
    #expect(read.value(at: "[1].history[2].state") == "met" && read.value(at: "[3].history[1].state") == "cancelled")
    for arguments in [
      ["17"], ["17", "respond", "--agreement", id], ["--agreement", id, "--account", id], ["--account", "x"],
    ] {
      #expect(await callout(["clock", "why"] + arguments, config: config, service: service).status != 0)
    }
  }

  @Test(
    "The notice ahead of a lot's expiry: too near, without an end, used up and filled again, told for another lot, kept aside"
  )
  func lotNotices() throws {
    let plan = try Plan.read(Self.document, zones: ZoneFiles.loader()).get()
    /// What the notice's clock of the first lot went through, as `day: state, due day`.
    func course(
      _ transfers: [Callout_V1_Transfer], _ notices: [Callout_V1_CustomerNotice] = [], now: Int64 = 30
    ) -> [String] {
      let clock = LotCourse.all(of: transfers)[0]
        .notice(notices, plan: { _ in plan }, now: Self.morning + now * Self.day)
      func days(_ instant: Int64) -> String { instant == 0 ? "never" : "\((instant - Self.morning) / Self.day)" }
      return (clock?.intervals ?? []).map { "\(days($0.at)): \($0.state), due \(days($0.due))" }
    }
    func bought(_ ends: Int64) -> Callout_V1_Transfer { Self.transfer("grant", 0, "Bought", [(1, 600, ends)]) }
    let words = Self.told(16, "600 credits of 2 Mar 2026", lastDay: "22 Mar 2026")
    #expect(course([bought(0)]) == [])
    #expect(course([bought(20)], now: 16) == ["0: running, due 16"])
    #expect(course([bought(20)], [words], now: 16) == ["0: running, due 16", "16: met, due 16"])
    #expect(course([bought(20)], now: 17) == ["0: running, due 16", "16: missed, due 16"])
    // The ledger tells of nothing that is as near as that.
    #expect(course([bought(4)]) == ["0: cancelled, due never"])
    #expect(course([bought(5)]) == ["0: running, due 1", "1: missed, due 1"])
    // Another day, another unit, another lot.
    for other in [
      Self.told(16, "600 credits of 2 Mar 2026", lastDay: "23 Mar 2026"),
      Self.told(16, "600 hours of 2 Mar 2026", lastDay: "22 Mar 2026"),
      Self.told(16, "600 credits of 12 Mar 2026", lastDay: "22 Mar 2026"),
    ] { #expect(course([bought(20)], [other]).last == "16: missed, due 16") }
    // Another lot with the same last day was told of earlier, and this one with it.
    var early = words
    early.atMs -= Self.hour
    #expect(course([bought(20)], [early]) == ["0: running, due 16", "15: met, due 16"])
    let (used, back) = (
      Self.transfer("charge", 2, "Work", [(1, -600, 0)]), Self.transfer("reversal", 3, "Back", [(1, 600, 20)])
    )
    #expect(
      course([bought(20), used, back], [words]) == [
        "0: running, due 16", "2: cancelled, due 16", "3: running, due 16", "16: met, due 16",
      ])
    #expect(course([bought(20), used]) == ["0: running, due 16", "2: cancelled, due 16"])
    // It was told of, and its end moved on the same day: it will be told of again.
    let moved = Self.transfer("carry-over", 16, "Carried over", [(1, 0, 40)])
    #expect(course([bought(20), moved], [words]) == ["0: running, due 16", "16: met, due 16", "16: running, due 36"])
    let endless = Self.transfer("carry-over", 5, "Carried over", [(1, 0, 0)])
    #expect(course([bought(20), endless]) == ["0: running, due 16", "5: cancelled, due never"])
  }

  @Test("P17: clock why explains by when a customer must be told of a product's end, and what came of it")
  func endOfLife() async throws {
    func plan(_ day: String?) throws -> Plan {
      let end = day.map { "on: \($0), " } ?? ""
      let more = "notice: 12 months, upgrade: upgrade, text: T"
      let text = """
        plan: p
        title: P
        zone: Asia/Singapore
        currency: SGD
        unit: credit
        hours: {always: 24x7}
        rates: [{id: any, flat: 1}]
        product:
          id: releases
          title: OpMon
          releases: [{version: "1.0", on: 2026-01-01}]
          grace: 30 days
          end_of_life: {\(end)\(more)}
          text: T
        """
      return try Plan.read(text, zones: ZoneFiles.loader()).get()
    }
    let day = Self.day
    let versions = [
      LifeClock.Version(publishedAt: Self.morning + 20 * day, plan: try plan("2028-01-01")),
      LifeClock.Version(publishedAt: Self.morning, plan: try plan(nil)),
      LifeClock.Version(publishedAt: Self.morning + 10 * day, plan: try plan("2027-03-01")),
      LifeClock.Version(publishedAt: Self.morning + 11 * day, plan: try plan("2027-03-01")),
    ]
    let notices = [11, 21].map { days in
      Callout_V1_CustomerNotice.with {
        ($0.kind, $0.atMs, $0.late, $0.subject) = ("end-of-life", Self.morning + days * day, days == 11, "It ends")
      }
    }
    let clock = LifeClock.endOfLife(versions, notices + [.with { $0.kind = "survey" }])
    #expect(clock.intervals.map(\.state) == ["running", "missed", "running", "met"])
    // The first of March, and the first of January, less twelve months: due at the end of that day.
    let dues = ["2026-03-02T00:00:00+08:00", "2027-01-02T00:00:00+08:00"].compactMap { Instant($0)?.milliseconds }
    #expect(clock.intervals.map(\.due) == [dues[0], dues[0], dues[1], dues[1]])
    #expect(clock.intervals.last?.why == "The customer was told: It ends.")
  }
}
