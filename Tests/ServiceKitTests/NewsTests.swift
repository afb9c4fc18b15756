import Foundation
import NIOCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import ServiceKit

@Suite("Events, timers and changes on PostgreSQL")
struct NewsTests {
  // MARK: Relay

  @Test("an event is sent at once after its commit, and its row goes when it is acknowledged")
  func relay() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), 5, "tell", key: "tell-of-five")
      try await TestService.eventually("the delivery") { service.peer.rows.count == 1 }
      let row = try #require(service.peer.rows.first)
      let event = try Callout_V1_Event(serializedBytes: row.payload)
      #expect(event.source == "ledger")
      #expect(event.version == 1)
      #expect(event.notice.text == "5")
      try await TestService.eventually("the deletion") {
        try await service.database.texts("SELECT count(*)::text FROM outbox") == ["0"]
      }
    }
  }

  @Test("an event that a peer cannot take now is sent again; one that it will never take is laid aside with the reason")
  func failures() async throws {
    try await TestService.with { service async throws in
      service.peer.behave { _ in service.peer.rows.count < 3 ? .failed("down") : .refused(503, "no") }
      _ = await service.add(account(1), 5, "tell", key: "tell-of-five")
      try await TestService.eventually("the burial") {
        try await service.database.texts("SELECT refusal || ' ' || reason FROM dead_events") == ["503 no"]
      }
      #expect(service.peer.rows.count >= 3)
      #expect(try await service.database.texts("SELECT count(*)::text FROM outbox") == ["0"])
      let pending = try TestService.reply(
        await service.ask(.pendingGet, Callout_V1_PendingGetRequest()), Callout_V1_PendingGetReply.self)
      #expect(pending.eventsRefused == 1)
    }
  }

  @Test("a sweep finds what a crash left in the outbox")
  func sweep() async throws {
    try await TestService.with { service async throws in
      _ = try await service.database.texts(
        """
        INSERT INTO outbox SELECT '\(TestService.tenant)', gen_random_uuid(), 'intake', 'notice', gen_random_uuid(), 1,
          '\\x00', to_timestamp(0) RETURNING 'x'
        """)
      try await TestService.eventually("the sweep") { service.peer.rows.count == 1 }
    }
  }

  // MARK: Applying

  private func event(_ version: UInt64, adds amount: Int64) throws -> Callout_V1_EventApplyRequest {
    let event = Callout_V1_Event.with {
      $0.source = "intake"
      $0.subject = Data(account(1).bytes)
      $0.version = version
      $0.notice.text = "\(amount)"
    }
    let bytes: Data = try event.serializedBytes()
    return .with { $0.event = bytes }
  }

  @Test("a duplicate has no second effect, and a version older than the one known has none at all")
  func stale() async throws {
    try await TestService.with { service async throws in
      let intake = PeerIdentity.service(name: "intake")
      func apply(_ version: UInt64, _ amount: Int64, key: String) async throws -> Bool {
        let answer = await service.ask(.eventApply, try event(version, adds: amount), key: key, as: intake)
        return try TestService.reply(answer, Callout_V1_EventApplyReply.self).applied
      }
      let applied = [
        try await apply(2, 10, key: "event-two"), try await apply(2, 10, key: "event-two"),
        try await apply(1, 100, key: "event-one"), try await apply(2, 1_000, key: "event-two-again"),
        try await apply(3, 5, key: "event-three"),
      ]
      #expect(applied == [true, false, false, false, true])
      #expect(try await service.total(account(1)) == (15, 2))
      let kept = "SELECT count(*)::text FROM replies WHERE position('event'::bytea in key) = 1"
      #expect(try await service.database.texts(kept) == ["0"])
    }
  }

  @Test("an event that the rules refused is decided anew under its key, since what it lacked may have come")
  func refusedEvent() async throws {
    try await TestService.with { service async throws in
      let intake = PeerIdentity.service(name: "intake")
      let request = try event(1, adds: -7)
      let first = await service.ask(.eventApply, request, key: "event-one", as: intake)
      #expect(TestService.code(first) == .conflict)
      _ = await service.add(account(1), 10, key: "what-it-lacked")
      let second = await service.ask(.eventApply, request, key: "event-one", as: intake)
      #expect(try TestService.reply(second, Callout_V1_EventApplyReply.self).applied)
      #expect(try await service.total(account(1)) == (3, 2))
    }
  }

  @Test("only a service may bring news")
  func eventCaller() async throws {
    try await TestService.with { service async throws in
      let answer = await service.ask(
        .eventApply, try event(1, adds: 1), key: "event-one", as: .service(name: "operator"))
      #expect(TestService.code(answer) == .notAllowed)
    }
  }

  // MARK: Timers

  @Test("a live tenant's timer fires when its instant has come, once")
  func liveTimer() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), 5, "timer 60000", key: "arm-a-minute")
      #expect(try await service.total(account(1)) == (5, 1))
      service.clock.now = service.clock.now + .seconds(60)
      try await TestService.eventually("the firing") { try await service.total(account(1)) == (10, 2) }
      #expect(try await service.database.texts("SELECT count(*)::text FROM timers") == ["0"])
    }
  }

  @Test("a test tenant's timers fire when its clock is advanced, each at its own instant")
  func testTimer() async throws {
    try await TestService.with(test: true) { service async throws in
      let start = service.clock.now
      _ = await service.add(account(1), 5, "timer 86400000", key: "arm-a-day")
      _ = await service.add(account(2), 7, "timer 3600000", key: "arm-an-hour")
      let target = start + .days(2)
      let answer = await service.ask(
        .clockAdvance, Callout_V1_ClockAdvanceRequest.with { $0.toMs = target.milliseconds }, key: "two-days",
        as: TestService.desk)
      _ = try TestService.reply(answer, Callout_V1_ClockAdvanceReply.self)
      try await TestService.eventually("settling") {
        let pending = try TestService.reply(
          await service.ask(.pendingGet, Callout_V1_PendingGetRequest()), Callout_V1_PendingGetReply.self)
        return pending.timersDue == 0 && pending.nowMs == target.milliseconds
      }
      let fired = try await service.database.texts(
        "SELECT (extract(epoch FROM at) * 1000)::bigint::text FROM additions WHERE version = 2 ORDER BY at")
      #expect(fired == [start + .hours(1), start + .days(1)].map { "\($0.milliseconds)" })
    }
  }

  @Test("a timer that the rules refuse goes all the same, and what it changed is undone")
  func refusedTimer() async throws {
    try await TestService.with { service async throws in
      _ = await service.add(account(1), -5, "timer 0", key: "arm-in-vain")
      try await TestService.eventually("the end of the timer") {
        try await service.database.texts("SELECT count(*)::text FROM timers") == ["0"]
      }
      #expect(try await service.total(account(1)) == (-5, 1))
    }
  }

  @Test("a clock never goes back, and a live tenant's is not moved")
  func clocks() async throws {
    try await TestService.with { service async throws in
      let live = await service.ask(
        .clockAdvance, Callout_V1_ClockAdvanceRequest.with { $0.toMs = service.clock.now.milliseconds + 1 },
        key: "move-a-live-one", as: TestService.desk)
      #expect(TestService.code(live) == .liveTenant)
      let tenant = TenantID(high: 5, low: 5)
      try await service.createTenant(tenant, test: true)
      let back = await service.ask(
        .clockAdvance, Callout_V1_ClockAdvanceRequest.with { $0.toMs = service.clock.now.milliseconds - 1 },
        key: "move-it-back", tenant: tenant)
      #expect(TestService.code(back) == .conflict)
    }
  }

  // MARK: Changes

  @Test("a watcher sees every change once and in the order of its cursor, also while several lanes commit at once")
  func watch() async throws {
    try await TestService.with(lanes: 3) { service async throws in
      let watcher = TestConnection(TestService.desk)
      service.engine.gateway.received(
        [TestService.request(.changesWatch, Callout_V1_ChangesWatchRequest(), credit: 1_000, stream: 1)], on: watcher)
      let beginning = await watcher.frames { !$0.isEmpty }
      #expect(beginning.compactMap(Self.kind) == ["watch.started"])
      await withTaskGroup(of: Void.self) { group in
        for number in 1...60 {
          group.addTask { _ = await service.add(account(UInt64(number)), 1, key: "watched-\(number)") }
        }
      }
      let expected = Set((1...60).map { account(UInt64($0)) })
      let frames = await watcher.frames { frames in
        Set(frames.compactMap(Self.subject)).isSuperset(of: expected)
      }
      let subjects = frames.compactMap(Self.subject).filter { expected.contains($0) }
      #expect(subjects.count == 60)
      let cursors = frames.compactMap(Self.cursor)
      #expect(cursors == cursors.sorted { $0.lexicographicallyPrecedes($1) })
    }
  }

  @Test("W54: a watch goes on after its cursor, shows the kinds it names, and takes no more than its credit")
  func resume() async throws {
    try await TestService.with { service async throws in
      for number in 1...5 { _ = await service.add(account(UInt64(number)), 1, key: "changed-\(number)") }
      let first = TestConnection(TestService.desk)
      let start = ChangeCursor(transaction: 0, seen: 0)
      service.engine.gateway.received(
        [
          TestService.request(
            .changesWatch, Callout_V1_ChangesWatchRequest.with { $0.after = Data(start.bytes) }, credit: 2, stream: 1)
        ], on: first)
      let two = await first.frames { $0.count == 2 }
      let second = TestConnection(TestService.desk)
      service.engine.gateway.received(
        [
          TestService.request(
            .changesWatch,
            Callout_V1_ChangesWatchRequest.with {
              $0.after = Data(Self.cursor(two[1]) ?? [])
              $0.kinds = ["account.counted"]
            }, credit: 100, stream: 1)
        ], on: second)
      let three = await second.frames { $0.count == 3 }
      #expect((two + three).compactMap(Self.subject) == (1...5).map { account(UInt64($0)) })
      #expect(await first.frames { _ in true }.count == 2)
      service.engine.gateway.cancelled(1, on: second)
      #expect(TestService.code(await second.answer(1)) == .cancelled)
    }
  }

  private static func subject(_ frame: OutgoingFrame) -> AgreementID? {
    guard case .push(_, _, let body) = frame, let change = try? Payload.decode(Callout_V1_Change.self, from: body)
    else {
      return nil
    }
    return AgreementID(bytes: change.subject)
  }

  private static func kind(_ frame: OutgoingFrame) -> String? {
    guard case .push(_, _, let body) = frame else { return nil }
    return (try? Payload.decode(Callout_V1_Change.self, from: body))?.kind
  }

  private static func cursor(_ frame: OutgoingFrame) -> [UInt8]? {
    if case .push(_, let cursor, _) = frame { Array(buffer: cursor) } else { nil }
  }
}
