import NIOCore
import Testing
import Transport
import Wire

@Suite("Requests, streams and drains over TLS") struct ExchangeTests {
  @Test("W22, W23: hello and welcome agree on version 1 and the server's limits, and nonsense features are ignored")
  func welcome() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      #expect(connection.welcome.version == 1)
      #expect(connection.welcome.service == "intake")
      #expect(connection.welcome.features == [])
      #expect(connection.welcome.limits.maxFrameBytes == 1_048_576)
      #expect(connection.welcome.limits.maxInFlight == 1_024)
      #expect(connection.isUsable)
    }
  }

  @Test("a request is answered on its stream, a refusal is a value")
  func call() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      #expect(try await connection.call(.echo("hello")) == .payload(ByteBuffer(string: "hello")))
      let refused = try await connection.call(OutgoingRequest(.tenantList, body: ByteBuffer()))
      #expect(refused == .refusal(Callout_V1_Refusal(.notAllowed)))
      #expect(
        service.receiver.look(\.peers).first == .tenant(TestAuthority.tenant, role: .desk, name: "alice"))
      #expect(connection.unansweredCount == 0)
    }
  }

  @Test("a batch of 500 leaves in one write, reaches the receiver in few bursts and is answered in order")
  func batch() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      let answers = await connection.send((0..<500).map { .echo("\($0)") })
      #expect(try answers.map { try $0.get() } == (0..<500).map { .payload(ByteBuffer(string: "\($0)")) })
      #expect(service.receiver.look { $0.bursts.count } < 50)
    }
  }

  @Test("many tasks share a connection")
  func multiplexing() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      try await withThrowingTaskGroup(of: Bool.self) { tasks in
        for number in 0..<200 {
          tasks.addTask {
            try await connection.call(.echo("\(number)")) == .payload(ByteBuffer(string: "\(number)"))
          }
        }
        for try await isRight in tasks { #expect(isRight) }
      }
    }
  }

  @Test("what exceeds the announced requests in flight waits here and is sent as answers come")
  func inFlight() async throws {
    try await TestService.run {
      $0.inFlightMax = 4
    } _: { service in
      let connection = try await service.connect()
      let answers = await connection.send((0..<100).map { .echo("\($0)") })
      #expect(try answers.map { try $0.get() } == (0..<100).map { .payload(ByteBuffer(string: "\($0)")) })
    }
  }

  @Test("the full waiting room refuses without effect")
  func waitingMax() async throws {
    try await TestService.run {
      $0.inFlightMax = 1
    } _: { service in
      let connection = try await service.connect { $0.waitingMax = 1 }
      async let answers = connection.send([.held(), .held(), .held()])
      await eventually { service.receiver.look { $0.held.count } == 1 }
      await eventually { connection.unansweredCount == 2 }
      service.receiver.release()
      await eventually { service.receiver.look { $0.requests.count == 2 && $0.held.count == 1 } }
      service.receiver.release()
      let results = await answers
      #expect(results[0] == .success(.payload(ByteBuffer(string: "released"))))
      #expect(results[1] == .success(.payload(ByteBuffer(string: "released"))))
      #expect(results[2] == .failure(TransportError(.tooManyWaiting)))
    }
  }

  @Test("a call that times out cancels its request and cannot tell its effect")
  func timeout() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      await #expect(throws: TransportError(.timedOut, effect: .unknown)) {
        try await connection.call(.held(timeout: .milliseconds(50)))
      }
      await eventually { service.receiver.look(\.cancelled) == [1] }
      #expect(service.receiver.look { $0.requests.first?.envelope.timeoutMilliseconds } == 50)
      #expect(try await connection.call(.echo("after")) == .payload(ByteBuffer(string: "after")))
    }
  }

  @Test("cancelling the task cancels the request")
  func cancellation() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      let task = Task { try await connection.call(.held()) }
      await eventually { service.receiver.look { $0.held.count } == 1 }
      task.cancel()
      await #expect(throws: TransportError(.cancelled, effect: .unknown)) { try await task.value }
      await eventually { service.receiver.look(\.cancelled) == [1] }
    }
  }

  @Test("W50, W51: pushes come in order, credit is renewed as they are read, and the reply ends the stream")
  func stream() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      var items: [UInt32] = []
      for try await item in connection.stream(OutgoingRequest(.changesWatch, body: ByteBuffer()), credit: 10) {
        items.append(try #require(item.body.getInteger(at: 0)))
      }
      #expect(items == Array(1...1_000))
    }
  }

  @Test("leaving a stream's loop cancels it")
  func streamLeft() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      for try await _ in connection.stream(OutgoingRequest(.changesWatch, body: ByteBuffer()), credit: 10) { break }
      await eventually { service.receiver.look(\.cancelled) == [1] }
    }
  }

  @Test("W63: a drain lets what is in flight finish, refuses what is new, ends streams, and closes")
  func drain() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      async let held = connection.call(.held())
      await eventually { service.receiver.look { $0.held.count } == 1 }
      let stream = connection.stream(OutgoingRequest(.changesWatch, body: ByteBuffer()), credit: 4)
      await eventually { service.receiver.look { $0.pushed.count } == 1 }
      async let drained: Void = service.server.drain(within: .seconds(20))
      await eventually { !connection.isUsable }
      await #expect(throws: TransportError(.goingAway)) { try await connection.call(.echo("late")) }
      service.receiver.release()
      #expect(try await held == .payload(ByteBuffer(string: "released")))
      await #expect(throws: TransportError(.refused(Callout_V1_Refusal(.draining)))) {
        for try await _ in stream {}
      }
      await drained
      await connection.waitUntilClosed()
      #expect(service.server.counts.open == 0)
    }
  }

  @Test("a drain closes what does not finish within its grace")
  func drainGrace() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      async let held = connection.call(.held())
      await eventually { service.receiver.look { $0.held.count } == 1 }
      await service.server.drain(within: .milliseconds(50))
      do {
        _ = try await held
        Issue.record("the call should have failed")
      } catch {
        #expect(error as? TransportError == TransportError(.closed, effect: .unknown))
      }
    }
  }

  @Test("W65: a client that leaves waits for its answers")
  func leave() async throws {
    try await TestService.run { service in
      let connection = try await service.connect()
      async let held = connection.call(.held())
      await eventually { service.receiver.look { $0.held.count } == 1 }
      async let left: Void = connection.close(within: .seconds(20))
      await eventually { !connection.isUsable }
      service.receiver.release()
      #expect(try await held == .payload(ByteBuffer(string: "released")))
      await left
      await eventually { service.receiver.look(\.closedCount) == 1 }
    }
  }

  @Test("W61: an idle connection is pinged and stays")
  func ping() async throws {
    try await TestService.run {
      $0.idleTimeout = .milliseconds(10)
      $0.pongTimeout = .seconds(5)
    } _: { service in
      let connection = try await service.connect { $0.idleTimeout = .milliseconds(10) }
      // A held request outlives several pings both ways.
      await #expect(throws: TransportError(.timedOut, effect: .unknown)) {
        try await connection.call(.held(timeout: .milliseconds(200)))
      }
      #expect(connection.isUsable)
      #expect(try await connection.call(.echo("alive")) == .payload(ByteBuffer(string: "alive")))
    }
  }

  @Test("a request over the announced length never leaves")
  func tooLong() async throws {
    try await TestService.run {
      $0.frameByteCountMax = 16_384
    } _: { service in
      let connection = try await service.connect()
      do throws(TransportError) {
        _ = try await connection.call(.echo(String(repeating: "x", count: 16_400)))
        Issue.record("the call should have failed")
      } catch {
        guard case .requestTooLong(_, limit: 16_376) = error.reason else {
          Issue.record("unexpected \(error)")
          return
        }
        #expect(error.effect == .none)
      }
    }
  }
}
