import Foundation
import Logging
import NIOCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import ServiceKit

@Suite("The write path on PostgreSQL")
struct WritePathTests {
  @Test("a burst on one connection is decided in order and answered in few writes")
  func batch() async throws {
    try await TestService.with { service async throws in
      let connection = TestConnection(TestService.desk)
      let requests = (1...500).map { number in
        TestService.request(
          .adjustmentPost, TestService.addition(account(UInt64(number % 7)), 1), key: "the-burst-\(number)",
          stream: UInt32(number))
      }
      service.engine.gateway.received(requests, on: connection)
      let frames = await connection.frames { $0.count == 500 }
      #expect(frames.allSatisfy { TestService.code($0) == nil })
      #expect(connection.sends <= 4)
      // Streams 7, 14, 21 … add to the same account, in their order.
      let balances = try (1...71).map { step in
        let frame = frames.first { $0.stream == UInt32(step * 7) }
        return try TestService.reply(#require(frame), Callout_V1_AdjustmentPostReply.self).balance
      }
      #expect(balances == Array(1...71))
      #expect(try await service.total(account(0)) == (71, 71))
    }
  }

  @Test("W41: the same key with the same request returns the saved reply byte for byte, and has one effect")
  func replay() async throws {
    try await TestService.with { service async throws in
      let first = await service.add(account(1), 5, key: "key-of-five")
      _ = await service.add(account(1), 7, key: "another-key")
      let second = await service.add(account(1), 5, key: "key-of-five")
      #expect(TestService.payload(first) == TestService.payload(second))
      #expect(try await service.total(account(1)) == (12, 2))
    }
  }

  @Test("W41: a refusal by the rules is saved under its key too, and what the command changed is undone")
  func refusalReplay() async throws {
    try await TestService.with { service async throws in
      let first = await service.add(account(1), 5, "refuse", key: "key-refused")
      let second = await service.add(account(1), 5, "refuse", key: "key-refused")
      #expect(TestService.code(first) == .conflict)
      #expect(TestService.payload(first) == TestService.payload(second))
      #expect(try await service.database.texts("SELECT count(*)::text FROM accounts") == ["0"])
      #expect(try await service.database.texts("SELECT count(*)::text FROM additions") == ["0"])
      #expect(try await service.database.texts("SELECT count(*)::text FROM replies WHERE kind = 1") == ["1"])
    }
  }

  @Test("W42: the same key with another request is refused as reused")
  func keyReuse() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), 5, key: "key-of-five")
      #expect(TestService.code(await service.add(account(1), 6, key: "key-of-five")) == .keyReused)
      #expect(try await service.total(account(1)) == (5, 1))
    }
  }

  @Test("the same key twice in one batch has one effect and two equal answers")
  func twins() async throws {
    try await TestService.with { service async throws in
      let connection = TestConnection(TestService.desk)
      let addition = TestService.addition(account(1), 5)
      service.engine.gateway.received(
        [
          TestService.request(.adjustmentPost, addition, key: "twin-key", stream: 1),
          TestService.request(.adjustmentPost, addition, key: "twin-key", stream: 2),
          TestService.request(.adjustmentPost, TestService.addition(account(1), 6), key: "twin-key", stream: 3),
        ], on: connection)
      let answers = [await connection.answer(1), await connection.answer(2), await connection.answer(3)]
      #expect(TestService.payload(answers[0]) == TestService.payload(answers[1]))
      #expect(TestService.code(answers[2]) == .keyReused)
      #expect(try await service.total(account(1)) == (5, 1))
    }
  }

  @Test("when the database rejects a batch, only the guilty command fails")
  func oneByOne() async throws {
    try await TestService.with { service async throws in
      let connection = TestConnection(TestService.desk)
      let amounts: [Int64] = [1, 2, 666, 3]
      service.engine.gateway.received(
        amounts.enumerated().map { index, amount in
          TestService.request(
            .adjustmentPost, TestService.addition(account(UInt64(index)), amount), key: "guilty-\(index)",
            stream: UInt32(index + 1))
        }, on: connection)
      let frames = await connection.frames { $0.count == 4 }.sorted { $0.stream < $1.stream }
      #expect(frames.map(TestService.code) == [nil, nil, .internalError, nil])
      #expect(
        try await service.database.texts("SELECT total::text FROM accounts ORDER BY account_id") == ["1", "2", "3"])
    }
  }

  @Test("numbers are given once each, without a gap while the process lives, and a refused command gives its back")
  func numbers() async throws {
    try await TestService.with { service async throws in
      for number in 1...20 {
        let reason = number % 4 == 0 ? "refuse" : "number"
        _ = await service.add(account(UInt64(number)), 1, reason, key: "number-\(number)")
      }
      let numbers = try await service.database.texts("SELECT number::text FROM accounts ORDER BY account_id")
      #expect(numbers == (1...15).map(String.init))
    }
  }

  @Test("W43: a request whose time has run out before it is decided is refused and saves nothing")
  func deadline() async throws {
    try await TestService.with { service async throws in
      let connection = TestConnection(TestService.desk)
      let request = TestService.request(
        .adjustmentPost, TestService.addition(account(1), 1), key: "deadline", timeout: 1, stream: 1)
      // The lane cannot decide it before the clock has passed its deadline: it is put in with the clock already there.
      let command = Command<CounterState>(
        tenant: TestService.tenant, method: .adjustmentPost, caller: Policy.Caller(role: .desk, name: "anna"),
        key: Array("deadline".utf8), requestHash: [UInt8](repeating: 0, count: 32), deadline: service.clock.now,
        work: try WriteEntry(Add.self).decode(request.envelope.body), origin: .stream(1, of: connection))
      service.engine.gateway.lane(of: TestService.tenant).submit([command])
      #expect(TestService.code(await connection.answer(1)) == .deadlineExceeded)
      #expect(
        try await service.database.texts("SELECT count(*)::text FROM replies WHERE key = 'deadline'") == ["0"])
    }
  }

  @Test("an unknown tenant is refused with what to do, and nothing is saved")
  func unknownTenant() async throws {
    try await TestService.with { service async throws in
      let stranger = TenantID(high: 1, low: 2)
      let answer = await service.add(account(1), 1, key: "stranger", tenant: stranger)
      #expect(TestService.code(answer) == .tenantUnknown)
      #expect(try await service.database.texts("SELECT count(*)::text FROM replies WHERE key = 'stranger'") == ["0"])
    }
  }

  @Test("W44: a backend killed while idle costs nothing; one killed in a transaction leaves the key truthful")
  func killedBackend() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), 5, key: "before-the-kill")
      _ = try await service.database.texts(
        "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'callout ledger lane%'"
      )
      var answer = await service.add(account(1), 5, key: "after-the-kill")
      // The lane may meet the broken session once; the same key then tells the truth.
      while TestService.code(answer) == .unavailable || TestService.code(answer) == .outcomeUnknown {
        answer = await service.add(account(1), 5, key: "after-the-kill")
      }
      #expect(TestService.code(answer) == nil)
      #expect(try await service.total(account(1)) == (10, 2))
    }
  }

  @Test("a reply that was kept for long enough goes, and a younger one stays")
  func retention() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), 5, key: "the-older-key")
      service.clock.now = service.clock.now + .days(20)
      _ = await service.add(account(1), 5, key: "the-younger-key")
      let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      let retention = ReplyRetention(clerk: service.engine.clerk, clock: service.clock, kept: .days(10), logger: logger)
      try await retention.sweep()
      let keys = try await service.database.texts("SELECT convert_from(key, 'UTF8') FROM replies")
      #expect(keys == ["the-younger-key"])
    }
  }

  @Test(
    "W39: an operation beyond the caller's role, without a key, or for another tenant is refused before it is queued")
  func gateway() async throws {
    try await TestService.with { service async throws in
      let auditor = PeerIdentity.tenant(
        TenantBytes(high: TestService.tenant.high, low: TestService.tenant.low), role: .auditor, name: "otto")
      let addition = TestService.addition(account(1), 1)
      #expect(
        TestService.code(await service.ask(.adjustmentPost, addition, key: "by-otto", as: auditor)) == .notAllowed)
      #expect(TestService.code(await service.ask(.adjustmentPost, addition, as: TestService.desk)) == .keyMissing)
      #expect(
        TestService.code(await service.ask(.adjustmentPost, addition, key: "short", as: TestService.desk)) == .keyLength
      )
      let connection = TestConnection(TestService.desk)
      service.engine.gateway.received(
        [
          TestService.request(
            .adjustmentPost, addition, key: "other-tenant", tenant: TenantID(high: 1, low: 2), stream: 1)
        ], on: connection)
      #expect(TestService.code(await connection.answer(1)) == .tenantForbidden)
      #expect(
        TestService.code(await service.ask(.ticketOpen, addition, key: "not-mine", as: TestService.desk))
          == .unknownMethod)
    }
  }

  @Test("W39: the installation's desk does what a tenant's desk may, for the tenant that it names, and no more")
  func installationsDesk() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), 5, key: "by-the-admin")
      let desk = PeerIdentity.service(name: "desk")
      let question = Callout_V1_BalanceGetRequest.with { $0.agreementID = Data(account(1).bytes) }
      let balance = await service.ask(.balanceGet, question, as: desk)
      #expect(try TestService.reply(balance, Callout_V1_BalanceGetReply.self).balance == 5)
      let connection = TestConnection(desk)
      service.engine.gateway.received([TestService.request(.balanceGet, question, stream: 1)], on: connection)
      #expect(TestService.code(await connection.answer(1)) == .tenantMissing)
      let addition = TestService.addition(account(1), 1)
      #expect(
        TestService.code(await service.ask(.adjustmentPost, addition, key: "not-a-desks", as: desk)) == .notAllowed)
      let tenant = Callout_V1_TenantCreateRequest.with { $0.name = "Another" }
      #expect(TestService.code(await service.ask(.tenantCreate, tenant, key: "not-a-desks", as: desk)) == .notAllowed)
      // No tenant can issue this name to one of its own, for it has a slash.
      #expect(desk.policyCaller == Policy.Caller(role: .desk, name: "service/desk"))
    }
  }

  @Test("while it drains a lane answers what it took and refuses the rest")
  func draining() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), 5, key: "before-draining")
      await service.engine.finish()
      #expect(TestService.code(await service.add(account(1), 5, key: "while-draining")) == .draining)
    }
  }
}
