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
      ("  - do: ticket.get\n    told:\n      - colour: red\n", 7), ("  - do: ticket.get\n    told: red\n", 6),
      ("  - do: ticket.get\n    pushed:\n      - text: red\n", 7), ("  - settle: true\n    pushed: [{kind: a.b}]\n", 6),
      ("  - do: ticket.get\n    pushed: [{kind: a.b, colour: red}]\n", 6), ("  - publish: {a: b}\n", 5),
      ("  - do: ticket.open\n    refused: {clauses: {office-hours: {colour: red}}}\n", 6),
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
      "n": 550, "i": "2026-03-03T14:00:00+08:00", "m": "2026-03-03T14:00:00.999+08:00", "t": "call us",
      "l": [["id": "a", "x": 1], ["id": "b", "x": 2]],
      "e": [], "z": nil,
    ]
    // The scenario's zone is Singapore's.
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
      "{i: 2026-03-03 14:00}", "{m: 2026-03-03 14:00}", "{'l[id=b].x': 2}", "{'l[x=1].id': a}",
      "{l: {every: {x: {at_least: 1}}}}",
      "{l: {count: {at_least: 2}}}", "{e: {count: 0}, z: {count: 0}}", "{i: {not: 2026-03-03 14:01}}",
    ] { #expect(try holds(text), "\(text)") }
    for text in [
      "{n: 551}", "{i: 2026-03-03T06:00:01Z}", "{n: {at_least: 551}}", "{n: {at_most: 549}}", "{t: {contains: them}}",
      "{l: {count: 3}}",
      "{n: null}",
      "{'l[2].id': b}", "{l: {any: {id: a, x: 2}}}", "{l: {none: {id: a, x: 1}}}", "{n: {not: 550}}", "{none: 1}",
      "{i: 2026-03-03 14:01}", "{i: 2026-03-03 13:59:59}", "{m: 2026-03-03 14:00:01}", "{'l[id=c].x': 2}",
      "{'l[id=b].x': 1}", "{l: {every: {x: 1}}}", "{e: {every: {x: 1}}}",
      "{l: {count: {at_least: 3}}}", "{z: {count: 1}}", "{t: 2026-03-03 14:00}",
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
  private func desk(
    startingAt clock: Int64 = 0, balance: Int64 = 550, pushes: [Callout_V1_Change]? = nil,
    also: FakeService.Answer? = nil
  ) -> FakeService {
    let now = Mutex(clock)
    return FakeService(pushes: pushes) { request, place in
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
      case _: return also?(request, place) ?? refusal(.unknownMethod)
      }
    }
  }

  private func play(_ steps: String, _ service: FakeService, _ options: String...) async throws -> Outcome {
    let folder = try Folder()
    let file = try folder.file("s.yaml", Self.head + steps)
    _ = try folder.file("plan.yaml", "plan: p")
    return await callout(["play", file] + options, config: try folder.contexts(["admin", "desk"]), service: service)
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
        - do: ticket.open
          refused: {clauses: {office-hours: {refer: null}, telephone-only: {text: ""}}}
      """, service)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.out == "550\nticket 3\n")
    #expect(outcome.err.contains("1/6  2026-03-02 09:00  A mail comes.\n"))
    #expect(outcome.err.contains("4/6  2026-03-03 09:30  time passes\n"))
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
      "  - {do: ticket.open, refused: {clauses: {office-hours: {refer: sales}, telephone-only: {}}}}\n",
      "  - {do: ticket.acknowledge, refused: admission}\n", "  - {do: ticket.open}\n",
      "  - {do: ticket.open, refused: 501}\n",
    ])
  func refusals(steps: String) async throws {
    #expect(try await play(steps, desk()).status == CommandStatus.expectationFailed.rawValue)
  }

  /// A desk at which everybody in `people` is paged between the first read of deliveries and the second.
  private func pages(_ people: [String], pushes: [Callout_V1_Change] = []) -> FakeService {
    let count = Mutex(0)
    return desk(pushes: pushes) { request, _ in
      switch request.method {
      case .planPublish:
        return reply(
          Callout_V1_PlanPublishReply.with {
            $0.version.plan = "p"
            $0.version.version = Data(repeating: 7, count: 32)
          })
      case .deliveryList:
        let known = count.withLock { number -> Int in
          defer { number = people.count }
          return number
        }
        let made = people.prefix(known).enumerated().map { index, name in
          Callout_V1_Delivery.with {
            $0.id = Data([UInt8(index + 1)])
            $0.recipient = name
            $0.method = "pager"
            $0.subject = "Ticket 3"
          }
        }
        return reply(Callout_V1_DeliveryListReply.with { $0.deliveries = made.reversed() })
      case _: return refusal(.unknownMethod)
      }
    }
  }

  private func told(_ told: String, _ people: [String]) async throws -> Outcome {
    try await play("  - {told: \(told)}\n", pages(people))
  }

  @Test("Who is told is expected to the last message, in any order")
  func told() async throws {
    #expect(try await told("[{recipient: Mei}, {recipient: Ravi, method: pager}]", ["Ravi", "Mei"]).status == 0)
    #expect(try await told("[]", []).status == 0)
    for (expected, people, words) in [
      ("[]", ["Mei"], "nobody else was to be told, and there was also pager to Mei"),
      ("[{recipient: Mei}]", [], "somebody was to be told with recipient \"Mei\", and nobody was"),
      ("[{recipient: Mei}]", ["Ravi"], "and there was also pager to Ravi"),
      ("[{recipient: Mei}, {recipient: Mei}]", ["Mei"], "those who were are expected otherwise"),
      ("[{recipient: Mei}]", ["Mei", "Mei"], "nobody else was to be told"),
    ] {
      let outcome = try await told(expected, people)
      #expect(outcome.status == CommandStatus.expectationFailed.rawValue, "\(expected)")
      #expect(outcome.err.contains(words), "\(outcome.err)")
    }
  }

  @Test("A push is waited for; one that does not come fails the step")
  func pushed() async throws {
    let opened = Callout_V1_Change.with {
      $0.kind = "ticket.opened"
      $0.text = "Ticket 3"
    }
    func play(_ push: String) async throws -> Outcome {
      try await self.play(
        "  - {settle: true, pushed: [\(push)]}\n", pages([], pushes: [opened]), "--patience", "1")
    }
    #expect(try await play("{service: intake, kind: ticket.opened, text: {contains: '3'}}").status == 0)
    for push in [
      "{service: intake, kind: ticket.closed}", "{service: intake, kind: ticket.opened, text: Ticket 4}",
      "{service: intake, kind: ticket.opened}, {service: intake, kind: ticket.opened}",
    ] {
      let outcome = try await play(push)
      #expect(outcome.status == CommandStatus.expectationFailed.rawValue, "\(push)")
      #expect(outcome.err.contains("intake was to push ticket."), "\(outcome.err)")
    }
  }

  @Test("A plan is published on the way, and its version is a variable")
  func published() async throws {
    let service = pages([])
    let outcome = try await play(
      """
        - publish: plan.yaml
        - publish: {file: plan.yaml, replace: {"plan: p": "plan: p # again"}}
        - print: "${plan_version.p}"
      """, service)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.out == String(repeating: "07", count: 32) + "\n")
    let documents = try service.requests.filter { $0.method == .planPublish }.map {
      String(decoding: try Payload.decode(Callout_V1_PlanPublishRequest.self, from: $0.body).document, as: UTF8.self)
    }
    #expect(documents == Array(repeating: "plan: p", count: 3) + Array(repeating: "plan: p # again", count: 3))
    for text in ["plan: q", "p"] {
      let outcome = try await play("  - publish: {file: plan.yaml, replace: {'\(text)': x}}\n", pages([]))
      #expect(
        outcome.status == CommandStatus.usage.rawValue && outcome.err.contains("does not stand there once: \(text)"))
    }
  }

  @Test("Where an earlier run has come further, what reads expect has passed")
  func resumed() async throws {
    let steps = "  - {do: balance.get, expect: {balance: 600}}\n"
    #expect(try await play(steps, desk()).status == CommandStatus.expectationFailed.rawValue)
    #expect(try await play(steps, desk(startingAt: 1_775_000_000_000)).status == 0)
  }
}
