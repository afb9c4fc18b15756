import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Wire

@Suite("Services that stop and start", .serialized)
struct OutageTests {
  @Test("Opening a ticket needs intake alone, and the news is delivered once the others are back")
  func othersAreDown() async throws {
    let installation = try Installation(name: "outage", firstPort: 7730)
    defer { installation.stop() }
    try installation.start()
    try installation.waitReady()
    let tenant = try await installation.makeTenant(clock: "2026-03-03T02:00:00Z")
    let customer = try await Customer.sign(installation, tenant, packages: 1)
    let desk = try installation.client("desk", tenant: tenant)

    installation.kill(.ledger)
    installation.kill(.notifier)
    let opened = try await desk.intake.ticketOpen(customer.ticket("Nothing prints")).ticket
    #expect(opened.number == 1)
    let waiting = try await desk.intake.pendingGet(PendingGetRequest())
    #expect(waiting.eventsWaiting > 0)

    try installation.start([.ledger, .notifier])
    try installation.waitReady()
    try await desk.settle()
    let charge = try await desk.ledger.ticketchargeGet(.with { $0.ticketID = opened.id })
    #expect(charge.held == 10, "the ledger holds the helpdesk's rate for the open ticket")
    let clocks = try await desk.notifier.slaclockList(.with { $0.ticketID = opened.id }).clocks
    #expect(clocks.map(\.target) == ["respond"])
    await desk.close()
    try installation.expectInvariants()
  }

  @Test("A service that is asked to stop finishes what is in flight and exits with status 0")
  func drains() async throws {
    let installation = try Installation(name: "drain", firstPort: 7760)
    defer { installation.stop() }
    try installation.start()
    try installation.waitReady()
    let tenant = try await installation.makeTenant(clock: "2026-03-03T02:00:00Z")
    let customer = try await Customer.sign(installation, tenant, packages: 10)
    let desk = try installation.client("desk", tenant: tenant)
    let agreement = customer.agreement

    let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
      for charge in 0..<300 {
        group.addTask {
          let key = Array("drain-charge-\(charge)".utf8)
          do throws(CalloutError) {
            _ = try await desk.ledger.chargePost(
              Customer.helpdeskCharge(agreement), options: CallOptions(idempotencyKey: key, retries: false))
            return true
          } catch { return error.effect == .done }
        }
      }
      try await Task.sleep(for: .milliseconds(20))
      #expect(installation.terminate(.ledger) == 0)
      var acknowledged = 0
      for try await outcome in group where outcome { acknowledged += 1 }
      return acknowledged
    }
    let posted = try #require(Int(installation.sql(.ledger, "select count(*) from transfers where kind = 'charge'")))
    #expect(posted >= outcomes, "whatever was acknowledged is there")

    // The same keys complete the rest, and nothing twice.
    try installation.start([.ledger])
    try installation.waitReady()
    for charge in 0..<300 {
      _ = try await desk.ledger.chargePost(
        Customer.helpdeskCharge(agreement),
        options: CallOptions(deadline: .seconds(30), idempotencyKey: Array("drain-charge-\(charge)".utf8)))
    }
    #expect(try installation.sql(.ledger, "select count(*) from transfers where kind = 'charge'") == "300")
    await desk.close()
    try installation.expectInvariants()
  }
}
