import Counting
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import ServiceKit

@Suite("Batches that are saved without asking first, on PostgreSQL")
struct PresumingTests {
  /// What the only round trip of a batch of additions asks, in its order.
  private static let known = [
    "SELECT set_config", "UPDATE tenants", "UPDATE accounts", "INSERT INTO additions", "INSERT INTO changes",
    "INSERT INTO replies",
  ]

  private static func verbs(_ roundTrips: [AskedOfDatabase.RoundTrip]) -> [[String]] {
    roundTrips.map { roundTrip in
      roundTrip.statements.map { sql in
        known.first { sql.hasPrefix($0) } ?? sql.split(separator: " ").prefix(3).joined(separator: " ")
      }
    }
  }

  @Test(
    "an addition to an account that the lane knows takes one round trip of six statements, whatever their number",
    arguments: [1, 100])
  func oneRoundTrip(count: Int) async throws {
    try await TestService.with { service async throws in
      for number in 0..<count { _ = await service.add(account(UInt64(number)), 1, key: "before-\(number)") }
      service.asked.forget()
      let connection = TestConnection(TestService.desk)
      service.engine.gateway.received(
        (0..<count).map { number in
          TestService.request(
            .adjustmentPost, TestService.addition(account(UInt64(number)), 1), key: "thereafter-\(number)",
            stream: UInt32(number + 1))
        }, on: connection)
      let frames = await connection.frames { $0.count == count }
      #expect(frames.allSatisfy { TestService.code($0) == nil })
      #expect(Self.verbs(service.asked.roundTrips) == [Self.known])
    }
  }

  @Test("W41: a key that has an answer is found by the database; the answer is the saved one, and there is one effect")
  func keyAgain() async throws {
    try await TestService.with { service async throws in
      let first = await service.add(account(1), 5, key: "key-of-five")
      _ = await service.add(account(1), 7, key: "another-key")
      service.asked.forget()
      let again = await service.add(account(1), 5, key: "key-of-five")
      #expect(TestService.payload(first) == TestService.payload(again))
      let other = await service.add(account(1), 6, key: "key-of-five")
      #expect(TestService.code(other) == .keyReused)
      #expect(try await service.total(account(1)) == (12, 2))
      // It was presumed to be new, in a transaction that needs no BEGIN; then it was looked up.
      #expect(service.asked.roundTrips.prefix(2).map { $0.statements.contains("BEGIN") } == [false, true])
    }
  }

  private static func news(_ version: UInt64, adds amount: Int64) throws -> Callout_V1_EventApplyRequest {
    let event: Data = try Callout_V1_Event.with {
      $0.source = "intake"
      $0.subject = Data(account(1).bytes)
      $0.version = version
      $0.notice.text = "\(amount)"
    }.serializedBytes()
    return .with { $0.event = event }
  }

  @Test("the first news of a subject is taken in one round trip where everything else is known, and so is the second")
  func firstNews() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), 5, key: "makes-it-known")
      service.asked.forget()
      for version in 1...2 {
        let answer = await service.ask(
          .eventApply, try Self.news(UInt64(version), adds: 10), key: "news-number-\(version)",
          as: .service(name: "intake"))
        #expect(try TestService.reply(answer, Callout_V1_EventApplyReply.self).applied)
      }
      let expected = ["INSERT INTO event_versions", "UPDATE event_versions t"].map { statement in
        Array(Self.known.prefix(2)) + [statement] + Array(Self.known.dropFirst(2).dropLast())
      }
      #expect(Self.verbs(service.asked.roundTrips) == expected)
      #expect(try await service.total(account(1)) == (25, 3))
    }
  }

  @Test("first news that comes after later news is found out by the database, and has no effect")
  func lateFirstNews() async throws {
    try await TestService.with { service async throws in
      let intake = PeerIdentity.service(name: "intake")
      let later = await service.ask(.eventApply, try Self.news(2, adds: 10), key: "news-number-2", as: intake)
      #expect(try TestService.reply(later, Callout_V1_EventApplyReply.self).applied)
      // A process that has not seen the later news, and knows everything else.
      let other = try await TestService(database: service.database)
      _ = await other.add(account(1), 5, key: "makes-it-known")
      other.asked.forget()
      let first = await other.ask(.eventApply, try Self.news(1, adds: 100), key: "news-number-1", as: intake)
      let isApplied = try TestService.reply(first, Callout_V1_EventApplyReply.self).applied
      let presumed = other.asked.roundTrips.first?.statements ?? []
      await other.stop()
      #expect(!isApplied)
      #expect(presumed.contains { $0.hasPrefix("INSERT INTO event_versions") })
      #expect(try await service.total(account(1)) == (15, 2))
    }
  }

  @Test("what one process has written, another that knew it as it was finds out when it saves, and decides again")
  func twoProcesses() async throws {
    try await TestService.with { service async throws in
      let other = try await TestService(database: service.database)
      var balances: [Int64] = []
      for turn in 0..<6 {
        for (name, one) in [("one", service), ("other", other)] {
          let frame = await one.add(account(1), 1, key: "\(name)-process-\(turn)")
          balances.append(try TestService.reply(frame, Callout_V1_AdjustmentPostReply.self).balance)
        }
      }
      await other.stop()
      #expect(balances == Array(1...12))
      #expect(try await service.total(account(1)) == (12, 12))
    }
  }

  @Test("two processes that write for the same tenant at once lose nothing and do nothing twice")
  func atOnce() async throws {
    try await TestService.with { service async throws in
      let other = try await TestService(database: service.database)
      await withTaskGroup(of: Void.self) { group in
        for (name, one) in [("one", service), ("other", other)] {
          group.addTask {
            for turn in 0..<40 {
              let key = "\(name)-process-\(turn)"
              var frame = await one.add(account(1), 1, key: key)
              while TestService.code(frame) == .unavailable { frame = await one.add(account(1), 1, key: key) }
            }
          }
        }
      }
      await other.stop()
      #expect(try await service.total(account(1)) == (80, 80))
      let counts = try await service.database.texts(
        "SELECT (count(*) - max(version))::text FROM additions UNION ALL SELECT count(*)::text FROM replies WHERE octet_length(key) < 30 AND position('process' in convert_from(key, 'UTF8')) > 0"
      )
      #expect(counts == ["0", "80"])
    }
  }
}
