import NIOCore
import SwiftProtobuf
import Synchronization
import Testing
import Transport
import Transport
import Wire

@testable import CalloutClient

@Suite("The pool of connections")
struct PoolTests {
  private func ask(_ client: CalloutClient, times: Int) async throws {
    for _ in 0..<times { _ = try await client.ledger.balanceGet(BalanceGetRequest()) }
  }

  @Test("Calls go round robin over the addresses, on one connection each")
  func roundRobin() async throws {
    let service = FakeService { _, _ in reply(Callout_V1_BalanceGetReply()) }
    try await ask(makeClient(service, addresses: ["a:1", "b:1"]), times: 6)
    #expect(service.state.withLock { $0.connectedTo.map(\.host) } == ["a", "b"])
    #expect(service.requests.count == 6)
  }

  @Test("An address that is down is passed over, left alone for a while, and used again when it is back")
  func failover() async throws {
    let time = FakeTime()
    let service = FakeService { _, _ in reply(Callout_V1_BalanceGetReply()) }
    let down = try #require(ServiceAddress("a:1"))
    service.state.withLock { _ = $0.down.insert(down) }
    let client = makeClient(service, addresses: ["a:1", "b:1"], time: time)
    try await ask(client, times: 4)
    #expect(service.state.withLock { $0.connectedTo.map(\.host) } == ["a", "b"])
    service.state.withLock { _ = $0.down.remove(down) }
    time.elapsed.withLock { $0 += .seconds(2) }
    try await ask(client, times: 2)
    #expect(service.state.withLock { $0.connectedTo.map(\.host) } == ["a", "b", "a"])
  }

  @Test("A connection that broke is replaced")
  func reconnect() async throws {
    let service = FakeService { _, _ in reply(Callout_V1_BalanceGetReply()) }
    let client = makeClient(service)
    try await ask(client, times: 1)
    service.state.withLock { _ = $0.broken.insert(1) }
    try await ask(client, times: 2)
    #expect(service.state.withLock { $0.connectedTo.count } == 2)
  }

  @Test("With every address down the call says that nothing was changed")
  func allDown() async throws {
    let service = FakeService { _, _ in reply(Callout_V1_TicketOpenReply()) }
    let down = try #require(ServiceAddress("a:1"))
    service.state.withLock { _ = $0.down.insert(down) }
    await #expect {
      _ = try await makeClient(service).intake.ticketOpen(TicketOpenRequest())
    } throws: { error in
      (error as? CalloutError)?.effect == CallEffect.none
    }
    #expect(service.requests.isEmpty)
  }

  @Test(
    "Addresses are host:port, IPv6 in brackets",
    arguments: [("db.example:7400", "db.example", 7400), ("[::1]:1", "::1", 1), ("10.0.0.1:65535", "10.0.0.1", 65_535)])
  func addresses(text: String, host: String, port: Int) throws {
    let address = try #require(ServiceAddress(text))
    #expect(address.host == host && address.port == port)
    #expect(address.description == text)
  }

  @Test(
    "What is no address is refused", arguments: ["host", "host:", ":1", "host:0", "host:65536", "::1:7400", "host:x"])
  func noAddresses(text: String) {
    #expect(ServiceAddress(text) == nil)
  }
}
