import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Wire

@Suite("A plan over the past", .serialized)
struct PlanReplayTests {
  @Test("A new version is replayed over what happened: due times, charges and refusals differ; nothing is changed")
  func replay() async throws {
    let installation = try Installation(name: "replay", firstPort: 7880)
    defer { installation.stop() }
    try installation.start()
    try installation.waitReady()
    // Tuesday, 10:00 in Singapore.
    let tenant = try await installation.makeTenant(clock: "2026-03-03T02:00:00Z")
    let customer = try await Customer.sign(installation, tenant, packages: 1)
    let desk = try installation.client("desk", tenant: tenant)
    let ticket = try await desk.intake.ticketOpen(customer.ticket("Nothing prints")).ticket
    await #expect(throws: CalloutError.self) {
      var request = customer.ticket("By mail")
      request.channel = "email"
      _ = try await desk.intake.ticketOpen(request)
    }
    _ = try await desk.advanceClock(to: Instant("2026-03-03T04:00:00Z") ?? .epoch)
    _ = try await desk.intake.ticketContact(.with { $0.ticketID = ticket.id })
    _ = try await desk.intake.ticketResolve(
      .with {
        $0.ticketID = ticket.id
        $0.resolution = "fixed"
      })
    // Half an hour later it is taken up again, which the warranty covers; and there is work that has no ticket.
    _ = try await desk.advanceClock(to: Instant("2026-03-03T04:30:00Z") ?? .epoch)
    _ = try await desk.intake.ticketReopen(
      .with {
        $0.ticketID = ticket.id
        $0.reason = "Not quite"
      })
    _ = try await desk.intake.ticketResolve(
      .with {
        $0.ticketID = ticket.id
        $0.resolution = "fixed"
      })
    let charge = try await desk.ledger.chargePost(customer.visit())
    #expect(charge.transfer.entries.first?.amount == -50)
    try await desk.settle()
    let before = try counts(installation)

    let shipped = Installation.root.appending(path: "Shared/Plans/flexi-it.yaml")
    let text = try String(contentsOf: shipped, encoding: .utf8)
      .replacingOccurrences(of: "by: 4h", with: "by: 1h").replacingOccurrences(
        of: "    flat: 10\n", with: "    flat: 15\n"
      )
      .replacingOccurrences(of: "blocks: {of: 3h, each: 50}", with: "blocks: {of: 3h, each: 45}")
      .replacingOccurrences(of: "{channel: [telephone, engineer]}", with: "{channel: [telephone, engineer, email]}")
    let file = installation.folder.appending(path: "next.yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    let arguments = ["plan", "replay", file.path, "--from", "2026-03-01", "--to", "2026-04-01"]
    let context = "auditor"
    let table = try installation.callout(context, arguments)
    #expect(table.contains("2026-03-03 14:00") && table.contains("2026-03-03 11:00"), "\(table)")
    #expect(table.contains("flexi-it, 2026-03-01 00:00 to 2026-04-01 00:00 (Asia/Singapore): 1 of 1 ticket(s)"))
    let json = try JSONValue(parsing: try installation.callout(context, arguments + ["-o", "json"]))
    guard case .list(let rows)? = json["differences"] else {
      throw CommandFailed(command: "plan replay", status: 0, output: json.compact)
    }
    let found = rows.map { row in
      ["of", "ticket", "what", "clause"].map { row[$0]?.plain ?? "" }.joined(separator: " ")
    }
    #expect(
      Set(found) == [
        "ticket 1 due respond", "ticket 1 missed respond", "ticket 1 page respond", "ticket 1 charge helpdesk",
        "refusal  refusal telephone-only", "charge  charge onsite-desktop",
      ], "\(found)")
    let helpdesk = rows.first { $0["clause"] == "helpdesk" }
    #expect(helpdesk?["was"] == "10 by helpdesk, before reopening 1")
    #expect(rows.first { $0["of"] == "refusal" }?["would_be"] == "taken")
    #expect(json["costs"] == [["unit": "credit", "old": 60, "new": 45]], "the first block is waived when it is late")
    #expect(json["unexplained_charges"] == 0)

    let nothing = try installation.callout(context, ["plan", "replay", shipped.path, "--from", "2026-03-01"])
    #expect(nothing.hasPrefix("flexi-it, ") && nothing.contains(": 0 of 1 ticket(s) would have been different."))
    let earlier = try installation.callout(
      context, ["plan", "replay", file.path, "--from", "2026-02-01", "--to", "2026-03-01"])
    #expect(earlier.contains(": 0 of 0 ticket(s)"))
    #expect(try counts(installation) == before)
    await desk.close()
  }

  /// How much is stored that a command could have changed.
  private func counts(_ installation: Installation) throws -> [String] {
    try [
      installation.sql(.intake, "select count(*), sum(version) from tickets"),
      installation.sql(.intake, "select count(*) from replies"),
      installation.sql(.intake, "select count(*) from changes"),
      installation.sql(.ledger, "select count(*) from transfers"),
      installation.sql(.ledger, "select count(*) from replies"),
      installation.sql(.notifier, "select count(*) from escalations"),
      installation.sql(.notifier, "select count(*) from replies"),
      installation.sql(.intake, "select count(*) from plans"),
    ]
  }
}
