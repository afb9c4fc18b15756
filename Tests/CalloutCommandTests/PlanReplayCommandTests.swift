import CalloutClient
import Foundation
import Policy
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutCommand

@Suite("callout plan replay")
struct PlanReplayCommandTests {
  private static let opened = Instant("2026-03-02T10:00:00-07:00") ?? .epoch
  private static let shipped = URL(fileURLWithPath: shippedPlan).deletingLastPathComponent()
    .appendingPathComponent("opus-one.yaml").path

  /// A ticket of the shipped plan, as the services tell it.
  private static func answer(
    _ ticket: Callout_V1_Ticket, misused: Bool, _ document: String
  ) -> FakeService.Answer {
    { request, _ in
      switch request.method {
      case .clockGet: reply(ClockGetReply.with { $0.nowMs = (opened + .days(2)).milliseconds })
      case .ticketList: reply(TicketListReply.with { $0.tickets = [ticket] })
      case .planGet: reply(PlanGetReply.with { $0.document = Data(document.utf8) })
      case .ticketGet:
        reply(
          TicketGetReply.with {
            $0.ticket = ticket
            $0.task.minutes = 61
            $0.task.misusedClass = misused ? "III" : ""
            $0.task.facts = [.with { ($0.name, $0.text) = ("class", "III") }]
          })
      case .admissionGet:
        reply(AdmissionGetReply.with { $0.record.facts = [.with { ($0.name, $0.text) = ("channel", "email") }] })
      case .attemptList: reply(AttemptListReply())
      case .agreementList: reply(AgreementListReply())
      case _: refusal(.unknownMethod)
      }
    }
  }

  /// What differs, as `what clause: was -> would be`.
  private func differences(
    promised: Instant, misused: Bool, _ replaced: String, _ by: String
  ) async throws -> [String] {
    let document = try String(contentsOfFile: Self.shipped, encoding: .utf8)
    let ticket = Callout_V1_Ticket.with {
      ($0.id, $0.number, $0.class, $0.state) = (Data(repeating: 1, count: 16), 7, "III", "resolved")
      $0.planVersion = Data(repeating: 2, count: 32)
      $0.openedMs = Self.opened.milliseconds
      $0.promisedMs = promised.milliseconds
      ($0.contactedMs, $0.workBegunMs) = (
        (Self.opened + .minutes(5)).milliseconds, (Self.opened + .minutes(5)).milliseconds
      )
      $0.resolvedMs = (Self.opened + .hours(2)).milliseconds
    }
    let folder = try Folder()
    #expect(document.contains(replaced))
    let next = try folder.file("next.yaml", document.replacingOccurrences(of: replaced, with: by))
    let outcome = await callout(
      ["plan", "replay", next, "--from", "2026-03-01", "-o", "json"], config: try folder.contexts(["auditor"]),
      service: FakeService(answer: Self.answer(ticket, misused: misused, document)))
    #expect(outcome.status == 0, "\(outcome.err)")
    guard case .list(let rows)? = try JSONValue(parsing: outcome.out)["differences"] else { return [] }
    return rows.map { row in
      func word(_ key: String) -> String { row[key]?.plain ?? "" }
      return "\(word("what")) \(word("clause")): \(word("was")) -> \(word("would_be"))"
    }
  }

  @Test("P9: targets of a part of another ticket are counted from when that was reported, as the services count them")
  func part() async throws {
    let replaced = "      - {id: contact, by: 15m, in: always, met_by: contacted}"
    let by = replaced.replacingOccurrences(of: "15m", with: "2h30m")
    #expect(
      try await differences(promised: Self.opened, misused: false, replaced, by) == [
        "due contact: 2026-03-02 10:15 -> 2026-03-02 12:30"
      ])
    #expect(
      try await differences(promised: Self.opened - .hours(2), misused: false, replaced, by) == [
        "due contact: 2026-03-02 08:15 -> 2026-03-02 10:30", "missed contact: missed -> met",
      ])
  }

  @Test("E11: a class that was claimed without need is rated as that again")
  func misuse() async throws {
    let rate = "rates: [{id: included, flat: 0, text: Part of the service}"
    let by = rate + ", {id: panic-mode, per: 60m, each: 2, text: Consulting in panic mode}"
    #expect(
      try await differences(promised: Self.opened, misused: true, rate, by) == [
        "charge panic-mode: 0 by false-urgency -> 4 by panic-mode"
      ])
    #expect(try await differences(promised: Self.opened, misused: false, rate, by) == [])
  }
}
