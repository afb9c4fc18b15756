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

  @Test("clock why explains when each lot of an agreement expires, by what the journal keeps for ever")
  func lots() async throws {
    let (first, second) = (Data(repeating: 1, count: 16), Data(repeating: 2, count: 16))
    let day = 24 * Self.hour
    func transfer(_ kind: String, _ days: Int64, _ text: String, _ draws: [(Data, Int64, Int64)]) -> Callout_V1_Transfer
    {
      .with {
        ($0.kind, $0.atMs, $0.text) = (kind, Self.morning + days * day, text)
        $0.lines = [.with { $0.clause = "flexi-600" }]
        $0.entries = [
          .with {
            $0.draws = draws.map { lot, amount, ends in
              .with { ($0.lotID, $0.amount, $0.expiresMs) = (lot, amount, ends == 0 ? 0 : Self.morning + ends * day) }
            }
          }
        ]
      }
    }
    let pages = [
      [transfer("grant", 0, "Package bought", [(first, 600, 10)]), transfer("charge", 1, "Work", [(first, -50, 0)])],
      [
        transfer("grant", 5, "Package bought again", [(second, 600, 20)]),
        transfer("carry-over", 5, "Carried over", [(first, 0, 20)]),
        transfer("charge", 6, "Work", [(second, -600, 0)]), transfer("expiry", 20, "Lapsed", [(first, -550, 0)]),
      ],
    ]
    let service = FakeService { request, _ in
      if request.method == .clockGet {
        return reply(Callout_V1_ClockGetReply.with { $0.nowMs = Self.morning + 30 * day })
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

        Lot 02020202-0202-0202-0202-020202020202 of flexi-600: due sun 2026-03-22 09:00:00
          sat 2026-03-07 09:00:00  running  due sun 2026-03-22 09:00:00  Package bought again
          sun 2026-03-22 09:00:00  met      due sun 2026-03-22 09:00:00  All of it was used by then.

        """)
    let json = await callout(
      ["clock", "why", "--agreement", id, "-o", "json"] + Self.zone, config: config, service: service)
    #expect(json.out.contains("\"state\"") && json.out.contains("Carried over"))
    for arguments in [
      ["17"], ["17", "respond", "--agreement", id], ["--agreement", id, "--account", id], ["--account", "x"],
    ] {
      #expect(await callout(["clock", "why"] + arguments, config: config, service: service).status != 0)
    }
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
    let day = 24 * Self.hour
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
