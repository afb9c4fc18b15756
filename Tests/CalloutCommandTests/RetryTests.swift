import CalloutClient
import NIOCore
import SwiftProtobuf
import Synchronization
import Testing
import Transport
import Transport
import Wire

@Suite("How calls are repeated")
struct RetryTests {
  @Test("A write whose effect is unknown is repeated under the same key")
  func unknownEffect() async throws {
    let service = FakeService { _, count in
      count < 2 ? .failure(TransportError(.closed, effect: .unknown)) : reply(Callout_V1_TicketOpenReply())
    }
    _ = try await makeClient(service).intake.ticketOpen(TicketOpenRequest())
    let keys = service.requests.map(\.key)
    #expect(keys.count == 3)
    #expect(Set(keys).count == 1)
    #expect(keys[0].readableBytes == 16)
  }

  @Test("Two calls have two keys, and a key that is given is used")
  func keys() async throws {
    let service = FakeService { _, _ in reply(Callout_V1_TicketOpenReply()) }
    let client = makeClient(service)
    _ = try await client.intake.ticketOpen(TicketOpenRequest())
    _ = try await client.intake.ticketOpen(TicketOpenRequest())
    _ = try await client.intake.ticketOpen(
      TicketOpenRequest(), options: CallOptions(idempotencyKey: Array("from a caller".utf8)))
    #expect(Set(service.requests.map(\.key)).count == 3)
    #expect(service.requests[2].key.readableBytesView.elementsEqual("from a caller".utf8))
  }

  @Test("A refusal for good is not repeated, and carries its clauses")
  func refusedForGood() async {
    let service = FakeService { _, _ in refusal(.admission, clauses: ["telephone-only", "office-hours"]) }
    await #expect {
      _ = try await makeClient(service).intake.ticketOpen(TicketOpenRequest())
    } throws: { error in
      (error as? CalloutError)?.refusal?.clauses.map(\.id) == ["telephone-only", "office-hours"]
    }
    #expect(service.requests.count == 1)
  }

  @Test("A refusal that may pass is repeated until it does")
  func refusedForNow() async throws {
    let service = FakeService { _, count in
      count == 0 ? refusal(.overloaded) : reply(Callout_V1_BalanceGetReply.with { $0.balance = 550 })
    }
    let answer = try await makeClient(service).ledger.balanceGet(BalanceGetRequest())
    #expect(answer.balance == 550)
    #expect(service.requests.count == 2)
    #expect(service.requests[0].key.readableBytes == 0)
  }

  @Test("After an attempt of unknown effect, a service that is away leaves the effect unknown")
  func staysUnknown() async {
    let service = FakeService { _, count in
      .failure(count == 0 ? TransportError(.closed, effect: .unknown) : TransportError(.unreachable("a:1")))
    }
    await #expect {
      _ = try await makeClient(service).intake.ticketOpen(TicketOpenRequest())
    } throws: { error in
      (error as? CalloutError)?.effect == .unknown
    }
  }

  @Test("A read whose connection broke changed nothing")
  func readHasNoEffect() async {
    let service = FakeService { _, _ in .failure(TransportError(.closed, effect: .unknown)) }
    await #expect {
      _ = try await makeClient(service).ledger.balanceGet(
        BalanceGetRequest(), options: CallOptions(deadline: .seconds(60)))
    } throws: { error in
      (error as? CalloutError)?.effect == CallEffect.none
    }
    #expect(service.requests.count == RetryPolicy().attemptCountMax)
  }

  @Test("Repetitions end at the deadline, and each is told what is left of it")
  func deadline() async {
    let time = FakeTime()
    let service = FakeService { _, _ in refusal(.unavailable) }
    await #expect(throws: CalloutError.self) {
      _ = try await makeClient(service, time: time).ledger.balanceGet(
        BalanceGetRequest(), options: CallOptions(deadline: .seconds(1)))
    }
    #expect(time.elapsed.withLock { $0 } < .seconds(1))
    let left = service.requests.compactMap(\.timeout)
    #expect(left.count > 1)
    #expect(left == left.sorted(by: >))
  }

  @Test("A call that asks for no repetition is sent once")
  func noRetries() async {
    let service = FakeService { _, _ in refusal(.unavailable) }
    await #expect(throws: CalloutError.self) {
      _ = try await makeClient(service).ledger.balanceGet(BalanceGetRequest(), options: CallOptions(retries: false))
    }
    #expect(service.requests.count == 1)
  }

  @Test("Pauses double up to the longest, and a refusal's own pause is kept")
  func pauses() {
    let policy = RetryPolicy(attemptCountMax: 4, firstPause: .milliseconds(100), longestPause: .milliseconds(300))
    let failure = AttemptFailure.broken(text: "", effect: .none)
    #expect(policy.pause(after: failure, attempt: 1, random: 0) == .milliseconds(50))
    #expect(policy.pause(after: failure, attempt: 2, random: 1) == .milliseconds(200))
    #expect(policy.pause(after: failure, attempt: 3, random: 1) == .milliseconds(300))
    #expect(policy.pause(after: failure, attempt: 4, random: 1) == nil)
    let slow = Callout_V1_Refusal(.overloaded, text: nil).asking(toWait: 900)
    #expect(policy.pause(after: .refused(CalloutRefusal(slow)), attempt: 1, random: 0) == .milliseconds(900))
    #expect(policy.pause(after: .hopeless(text: "", effect: .none), attempt: 1, random: 0) == nil)
  }

  @Test("A stream goes on after the last change that it gave")
  func streamResumes() async throws {
    let service = FakeService { _, _ in refusal(.internalError) }
    var texts: [String] = []
    for try await change in makeClient(service).intake.changes() {
      texts.append(change.text)
      if texts.count == 5 { break }
    }
    #expect(texts == (1...5).map { "change \($0)" })
    let cursors = try service.requests.map {
      try Payload.decode(Callout_V1_ChangesWatchRequest.self, from: $0.body).after
    }
    #expect(cursors.map { Array($0) } == [[], [2], [4]])
  }
}

extension Callout_V1_Refusal {
  fileprivate func asking(toWait milliseconds: UInt32) -> Callout_V1_Refusal {
    var refusal = self
    refusal.retryAfterMs = milliseconds
    return refusal
  }
}
