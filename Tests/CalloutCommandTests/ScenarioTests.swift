import CalloutClient
import Foundation
import Policy
import Synchronization
import NIOCore
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutCommand

@Suite("Scenarios")
struct ScenarioTests {
  private static let head = "title: T\nzone: Asia/Singapore\nstart: 2026-03-02 09:00\nsteps:\n"

  @Test("The shipped scenario can be read")
  func shipped() throws {
    let folder = URL(fileURLWithPath: shippedPlan).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("scenarios")
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".yaml") {
      let path = folder.appendingPathComponent(name).path
      let scenario = try Scenario(yaml: try String(contentsOfFile: path, encoding: .utf8), path: path)
      #expect(!scenario.steps.isEmpty)
    }
  }

  @Test(
    "A mistake is refused with its line",
    arguments: [
      ("  - do: ticket.fly\n", 5), ("  - {do: ticket.get,\n     with: {colour: red}}\n", 6),
      ("  - do: ticket.get\n    wiht: {}\n", 6), ("  - do: ticket.get\n    after: soon\n", 6),
      ("  - {at: 2026-03-02 10:00, after: 1h, settle: true}\n", 5), ("  - note: only a note\n", 5),
      ("  - do: ticket.get\n    expect: {a: {more: 1}}\n", 6), ("  - do: ticket.get\n    refused: never-heard\n", 6),
      ("  - do: tenant.create\n", 5), ("  - advance: 2026-02-30 10:00\n", 5),
      ("  - settle: true\n    save: {a: b}\n", 5),
      ("  - do: ticket.get\n    service: ledger\n", 6), ("  - do: ticket.get\n    do: ticket.get\n", 5),
    ])
  func mistakes(steps: String, line: Int) {
    #expect { _ = try Scenario(yaml: Self.head + steps, path: "s.yaml") } throws: { error in
      guard let failure = error as? CommandFailure else { return false }
      return failure.status == .usage && failure.text.hasPrefix("s.yaml:\(line): ")
    }
  }

  @Test("What must stand at the head is missed by name", arguments: ["title", "start", "steps"])
  func head(key: String) {
    let lines = ["title: T", "start: 2026-03-02T09:00:00Z", "steps: []"].filter { !$0.hasPrefix(key) }
    #expect { _ = try Scenario(yaml: lines.joined(separator: "\n"), path: "s.yaml") } throws: { error in
      (error as? CommandFailure)?.text.contains("\(key) is missing") ?? false
    }
  }

  @Test("Expectations hold or not, as documented")
  func expectations() throws {
    let reply: JSONValue = [
      "n": 550, "i": "2026-03-03T14:00:00+08:00", "t": "call us", "l": [["id": "a", "x": 1], ["id": "b", "x": 2]],
      "e": [], "z": nil,
    ]
    func holds(_ text: String) throws -> Bool {
      let step = "  - do: ticket.get\n    expect: \(text)\n"
      let scenario = try Scenario(yaml: Self.head + step, path: "s.yaml")
      guard case .call(let call) = try #require(scenario.steps.first).action else { return false }
      return call.expectations.allSatisfy { $0.mismatch(reply) == nil }
    }
    for text in [
      "{n: 550}", "{i: 2026-03-03T06:00:00Z}", "{n: {at_least: 550, at_most: 550}}", "{t: {contains: us}}",
      "{l: {count: 2}}", "{e: null, z: null}",
      "{'l[-1].id': b}", "{l: {any: {id: a, x: 1}}}", "{l: {none: {id: a, x: 2}}}", "{n: {not: 5}}", "{e: []}",
    ] { #expect(try holds(text), "\(text)") }
    for text in [
      "{n: 551}", "{i: 2026-03-03T06:00:01Z}", "{n: {at_least: 551}}", "{n: {at_most: 549}}", "{t: {contains: them}}",
      "{l: {count: 3}}",
      "{n: null}",
      "{'l[2].id': b}", "{l: {any: {id: a, x: 2}}}", "{l: {none: {id: a, x: 1}}}", "{n: {not: 550}}", "{none: 1}",
    ] { #expect(try !holds(text), "\(text)") }
  }

  @Test("Variables are put in, whole or inside a text, and a missing one is named")
  func variables() throws {
    let variables = ScenarioVariables(["id": 7, "who": "Mei"])
    #expect(
      try variables.resolved(["a": "${id}", "b": ["Hello ${who}, no. ${id}"]]) == ["a": 7, "b": ["Hello Mei, no. 7"]])
    #expect(throws: ScenarioVariables.Missing(name: "x")) { _ = try variables.resolved(.text("${x}")) }
  }

  /// Three services that have settled, whose clock goes where it is sent, and that answer the ledger's balance.
  private func desk(startingAt clock: Int64 = 0, balance: Int64 = 550) -> FakeService {
    let now = Mutex(clock)
    return FakeService { request, _ in
      switch request.method {
      case .tenantGet: return reply(Callout_V1_TenantGetReply())
      case .pendingGet:
        return reply(Callout_V1_PendingGetReply.with { $0.nowMs = now.withLock { $0 } })
      case .clockAdvance:
        let to = (try? Payload.decode(Callout_V1_ClockAdvanceRequest.self, from: request.body).toMs) ?? 0
        now.withLock { $0 = max($0, to) }
        return reply(Callout_V1_ClockAdvanceReply.with { $0.nowMs = to })
      case .balanceGet: return reply(Callout_V1_BalanceGetReply.with { $0.balance = balance })
      case .ticketOpen: return refusal(.admission, clauses: ["office-hours", "telephone-only"])
      case .ticketAcknowledge: return reply(Callout_V1_TicketAcknowledgeReply.with { $0.ticket.number = 3 })
      case _: return refusal(.unknownMethod)
      }
    }
  }

  private func play(_ steps: String, _ service: FakeService) async throws -> Outcome {
    let folder = try Folder()
    let file = try folder.file("s.yaml", Self.head + steps)
    return await callout(["play", file], config: try folder.contexts(["admin", "desk"]), service: service)
  }

  @Test("A scenario that holds is played to its end, step by step")
  func plays() async throws {
    let service = desk()
    let outcome = try await play(
      """
        - {as: desk, note: A mail comes., do: ticket.open, refused: {name: admission, clauses: [telephone-only, office-hours]}}
        - {after: 30m, do: ticket.acknowledge, save: {number: ticket.number}}
        - {do: balance.get, expect: {balance: {at_least: 550}}, print: balance}
        - {advance: +1d}
        - print: "ticket ${number}"
      """, service)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.out == "550\nticket 3\n")
    #expect(outcome.err.contains("1/5  2026-03-02 09:00  A mail comes.\n"))
    #expect(outcome.err.contains("4/5  2026-03-03 09:30  time passes\n"))
    let moves = try service.requests.filter { $0.method == .clockAdvance }.map {
      try Payload.decode(Callout_V1_ClockAdvanceRequest.self, from: $0.body).toMs
    }
    #expect(Set(moves).count == 3)
    let again = desk()
    _ = try await play("  - {do: ticket.acknowledge, with: {}}\n", again)
    _ = try await play("  - {do: ticket.acknowledge, with: {}}\n", again)
    #expect(Set(again.requests.filter { $0.method == .ticketAcknowledge }.map(\.key)).count == 1)
  }

  @Test("The first expectation that does not hold ends it with 6, step, line, expected and actual")
  func fails() async throws {
    let outcome = try await play(
      """
        - do: balance.get
        - do: balance.get
          expect:
            balance: 540
        - do: ticket.acknowledge
      """, desk())
    #expect(outcome.status == CommandStatus.expectationFailed.rawValue)
    #expect(outcome.err.contains("s.yaml:8: step 2 (balance.get as desk)"), "\(outcome.err)")
    #expect(outcome.err.contains("balance: expected 540, and came 550"))
  }

  @Test(
    "A refusal with other clauses, a refusal that does not come and one that was not expected fail it",
    arguments: [
      "  - {do: ticket.open, refused: {name: admission, clauses: [office-hours]}}\n",
      "  - {do: ticket.acknowledge, refused: admission}\n", "  - {do: ticket.open}\n",
      "  - {do: ticket.open, refused: 501}\n",
    ])
  func refusals(steps: String) async throws {
    #expect(try await play(steps, desk()).status == CommandStatus.expectationFailed.rawValue)
  }

  @Test("Where an earlier run has come further, what reads expect has passed")
  func resumed() async throws {
    let steps = "  - {do: balance.get, expect: {balance: 600}}\n"
    #expect(try await play(steps, desk()).status == CommandStatus.expectationFailed.rawValue)
    #expect(try await play(steps, desk(startingAt: 1_775_000_000_000)).status == 0)
  }
}
