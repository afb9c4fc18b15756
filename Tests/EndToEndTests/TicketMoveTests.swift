import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Wire

@Suite("Tickets that become one, and two", .serialized)
struct TicketMoveTests {
  @Test(
    "P9: a merge and a split move work at intake and charges at the ledger; what the customer has paid stays the same")
  func moves() async throws {
    let installation = try Installation(name: "moves", firstPort: 7960)
    defer { installation.stop() }
    try installation.start()
    try installation.waitReady()
    // Tuesday, 10:00 in Singapore.
    let tenant = try await installation.makeTenant(clock: "2026-03-03T02:00:00Z")
    let customer = try await Customer.sign(installation, tenant, packages: 1)
    let desk = try installation.client("desk", tenant: tenant)
    var tickets: [Data] = []
    for subject in ["No mail", "No mail again"] {
      tickets.append(try await desk.intake.ticketOpen(customer.ticket(subject)).ticket.id)
    }
    _ = try await desk.advanceClock(to: Instant("2026-03-03T05:00:00Z") ?? .epoch)
    func work(_ ticket: Data, from hour: String, to end: String) async throws -> Data {
      try await desk.intake.workRecord(
        .with {
          $0.ticketID = ticket
          $0.mode = "onsite"
          $0.engineer = "Joon"
          $0.time.fromMs = Instant("2026-03-03T\(hour):00Z")?.milliseconds ?? 0
          $0.time.toMs = Instant("2026-03-03T\(end):00Z")?.milliseconds ?? 0
        }
      ).work.id
    }
    for (ticket, hour, end) in [(tickets[0], "02:00", "03:00"), (tickets[1], "03:00", "04:00")] {
      _ = try await work(ticket, from: hour, to: end)
      _ = try await desk.intake.ticketContact(.with { $0.ticketID = ticket })
      _ = try await desk.intake.ticketResolve(
        .with {
          $0.ticketID = ticket
          $0.resolution = "fixed"
        })
    }
    _ = try await desk.intake.ticketClose(.with { $0.ticketID = tickets[1] })
    func settled() async throws -> (balance: Int64, costs: [Int64]) {
      try await desk.settle()
      var costs: [Int64] = []
      for ticket in tickets {
        costs.append(try await desk.ledger.ticketchargeGet(.with { $0.ticketID = ticket }).charged)
      }
      return (try await desk.ledger.balanceGet(.with { $0.agreementID = customer.agreement }).balance, costs)
    }
    #expect(try await settled() == (500, [50, 50]))

    // Two hours are one block: the closed ticket's charge goes along, and what is too much is taken back.
    _ = try await desk.intake.ticketMerge(
      .with {
        $0.ticketID = tickets[1]
        $0.intoTicketID = tickets[0]
        $0.reason = "One mailbox"
      })
    #expect(try await settled() == (550, [50, 0]))
    let merged = try await desk.ledger.ticketchargeGet(.with { $0.ticketID = tickets[0] })
    #expect(merged.moves.map(\.amount) == [50])
    #expect(merged.moves.map(\.fromTicketID) == [tickets[1]])
    let shown = try await desk.intake.ticketGet(.with { $0.ticketID = tickets[1] }).ticket
    #expect(shown.state == "closed" && shown.charges.charged == 0, "intake was told")

    // They were two things after all: each is a block of its own again.
    let taken = try await desk.intake.ticketGet(.with { $0.ticketID = tickets[0] }).work.filter {
      !$0.movedFromID.isEmpty
    }
    let split = try await desk.intake.ticketSplit(
      .with {
        $0.ticketID = tickets[0]
        $0.workIds = taken.map(\.id)
        $0.subject = "The printer"
        $0.reason = "Two things"
      }
    ).split
    tickets.append(split.id)
    #expect(try await settled() == (500, [50, 0, 50]))
    let journal = try await desk.ledger.journalList(.with { $0.agreementID = customer.agreement }).transfers
    for transfer in journal { #expect(transfer.entries.reduce(0) { $0 + $1.amount } == 0) }
    try installation.expectInvariants()
    await desk.close()
  }
}
