import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Wire

@Suite("Ten thousand charges", .serialized)
struct ChargeStormTests {
  static let chargeCount = 10_000
  static let connectionCount = 4
  static let inFlightMax = 256

  @Test("I1–I7: keys sent one to three times over several connections leave one transfer each")
  func keysSentAgain() async throws {
    let installation = try Installation(name: "storm", firstPort: 7700)
    defer { installation.stop() }
    try installation.start()
    try installation.waitReady()
    let tenant = try await installation.makeTenant(clock: "2026-03-02T01:00:00Z")
    let customer = try await Customer.sign(installation, tenant, packages: 200)

    var clients: [CalloutClient] = []
    for _ in 0..<Self.connectionCount { clients.append(try installation.client("desk", tenant: tenant)) }
    let connections = clients
    let agreement = customer.agreement
    // Every key once to three times, shuffled so that copies of a key meet on different connections.
    var random = SystemRandomNumberGenerator()
    let sends = (0..<Self.chargeCount).flatMap { charge in
      Array(repeating: charge, count: Int.random(in: 1...3, using: &random))
    }.shuffled(using: &random)

    let replies = try await withThrowingTaskGroup(of: (Int, Data).self) { group in
      var replies: [Int: Data] = [:]
      func take(_ outcome: (charge: Int, reply: Data)?) throws {
        guard let outcome else { return }
        if let before = replies[outcome.charge] { #expect(before == outcome.reply, "a key is answered byte for byte") }
        replies[outcome.charge] = outcome.reply
      }
      for (index, charge) in sends.enumerated() {
        if index >= Self.inFlightMax { try take(try await group.next()) }
        let connection = connections[index % connections.count]
        group.addTask {
          let reply = try await connection.ledger.chargePost(
            Customer.helpdeskCharge(agreement),
            options: CallOptions(
              deadline: .seconds(60), idempotencyKey: Array("storm-charge-\(charge)".utf8)))
          return (charge, try reply.serializedData())
        }
      }
      while let outcome = try await group.next() { try take(outcome) }
      return replies
    }
    #expect(replies.count == Self.chargeCount)
    #expect(Set(replies.values).count == Self.chargeCount, "every charge is a transfer of its own")

    var request = BalanceGetRequest()
    request.agreementID = agreement
    let balance = try await connections[0].ledger.balanceGet(request)
    #expect(balance.balance == 200 * 600 - 10 * Int64(Self.chargeCount))
    #expect(
      try installation.sql(.ledger, "select count(*) from transfers where kind = 'charge'") == "\(Self.chargeCount)")
    for connection in connections { await connection.close() }
    try installation.expectInvariants()
  }
}
