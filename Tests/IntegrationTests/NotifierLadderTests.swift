import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Wire

@testable import NotifierService

/// The ladders of the plan opus-one, with people whom they reach.
@Suite("Ladders over the wire")
struct NotifierLadderTests {
  private static let start = NotifierDesk.start

  /// Anna is primary and Bob secondary, with mail; Anna has a pager too. Cleo and Dan are the hotline, Eve and they are
  /// everyone.
  private static func withDesk(_ body: (NotifierDesk) async throws -> Void) async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder, plan: try NotifierDesk.shipped("opus-one"))
      try await desk.rota("duty.secondary", desk.person("Bob", "email:bob@desk.example"))
      let (cleo, dan) = (try await desk.person("Cleo", "voice:+6593"), try await desk.person("Dan", "voice:+6594"))
      try await desk.rota("group.hotline", cleo, dan)
      try await desk.rota("group.everyone", cleo, dan, desk.person("Eve", "voice:+6595"))
      try await body(desk)
    }
  }

  private static func open(_ desk: NotifierDesk, class name: String, version: UInt64 = 1) async throws {
    try await desk.ticket(version: version) {
      $0.ticket.class = name
      $0.ticket.targets = []
    }
    try await desk.service.settle(desk.tenant)
  }

  private static let first = ["0: Anna Ångström by email", "0: Anna Ångström by pager", "0: Bob by email"]
  private static let phones = ["10: Cleo by voice", "10: Dan by voice"]

  @Test("E8: a class II ticket goes to the primary and the secondary on duty by mail, at once and once")
  func classTwo() async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, class: "II")
      try await desk.advance(to: Self.start + .hours(8))
      #expect(try await desk.pages() == ["0: Anna Ångström by email", "0: Bob by email"])
    }
  }

  @Test("E9: class III pages both by mail and pager, and rings the hotline after ten minutes, not before")
  func classThree() async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, class: "III")
      try await desk.advance(to: Self.start + .minutes(10) - .milliseconds(1))
      #expect(try await desk.pages().sorted() == Self.first)
      try await desk.advance(to: Self.start + .minutes(10))
      #expect(try await desk.pages().suffix(2) == Self.phones)
    }
  }

  @Test(
    "E9: an acknowledgement by either stops the ladder, also of the one who was told second",
    arguments: ["Anna", "Bob"])
  func acknowledged(by: String) async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, class: "III")
      try await desk.advance(to: Self.start + .minutes(9))
      let id = try #require(try await desk.escalations().first).id
      _ = try await desk.service.ask(
        .escalationAcknowledge, as: desk.anna, .with { ($0.escalationID, $0.by) = (id, by) })
      try await desk.advance(to: Self.start + .hours(2))
      #expect(try await desk.pages().sorted() == Self.first)
      #expect(desk.service.told.events.last?.escalation.escalation.acknowledgedBy == by)
    }
  }

  @Test("E9: a step that finds nobody is skipped at once")
  func emptyStep() async throws {
    try await Self.withDesk { desk in
      try await desk.rota("duty.primary")
      try await desk.rota("duty.secondary")
      try await Self.open(desk, class: "III")
      #expect(try await desk.pages() == ["0: Cleo by voice", "0: Dan by voice"])
      let steps = try #require(try await desk.escalations().first).steps
      #expect(steps.map(\.deliveries) == [0, 2])
      #expect(steps.first?.note == "skipped: nobody is on duty.primary, nobody is on duty.secondary")
    }
  }

  @Test(
    "E10: no answer and a voicemail ring even more; a call that everybody refused does not",
    arguments: [
      ([], 3), (["none", "none"], 3), (["voicemail", "none"], 3), (["refused", "voicemail"], 3),
      (["refused", "none"], 3), (["refused", "refused"], 0),
    ] as [([String], Int)])
  func answers(answers: [String], rung: Int) async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, class: "III")
      try await desk.advance(to: Self.start + .minutes(11))
      for (name, answer) in zip(["Cleo", "Dan"], answers) { try await desk.answer(name, answer) }
      try await desk.advance(to: Self.start + .minutes(12))
      #expect(try await desk.pages().count { $0.hasPrefix("12:") } == rung)
      let steps = try #require(try await desk.escalations().first).steps
      #expect(steps.count == 3)
      if rung == 0 { #expect(steps.last?.note == "skipped: answer must be none or voicemail (answer: refused)") }
    }
  }

  @Test("E10: a person who answers has taken it: nobody else is rung, and intake is told who")
  func person() async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, class: "III")
      try await desk.advance(to: Self.start + .minutes(11))
      let answered = try await desk.answer("Dan", "person")
      #expect(answered.answer == "person" && answered.answeredMs == (Self.start + .minutes(11)).milliseconds)
      try await desk.advance(to: Self.start + .hours(1))
      #expect(try await desk.pages().count == 5)
      let told = try #require(desk.service.told.events.last).escalation.escalation
      #expect(told.state == "acknowledged" && told.acknowledgedBy == "Dan")
    }
  }

  @Test("E10: an answer is told once; another one, and one to what was not sent, are refused")
  func answeredOnce() async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, class: "III")
      let first = try await desk.answer("Bob", "voicemail")
      #expect(try await desk.answer("Bob", "voicemail") == first)
      for (answer, code) in [("none", RefusalCode.conflict), ("maybe", .invalidField)] {
        do {
          try await desk.answer("Bob", answer)
          Issue.record("\(answer) was taken")
        } catch let refused as CommandRefused {
          #expect(refused.refusal.code == code)
        }
      }
    }
  }

  @Test("E10: the customer's own call with 3, then 9, jumps ahead, once; the steps after it keep their distance")
  func jump() async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, class: "III")
      try await desk.advance(to: Self.start + .minutes(2))
      #expect(try await desk.call("3").isEmpty)
      #expect(try await desk.call("3,9").map(\.step) == [2])
      #expect(try await desk.call("3,9").isEmpty)
      #expect(try await desk.pages().suffix(2) == ["2: Cleo by voice", "2: Dan by voice"])
      try await desk.advance(to: Self.start + .minutes(4))
      #expect(try await desk.pages().count { $0.hasPrefix("4:") } == 3)
      try await desk.advance(to: Self.start + .minutes(5))
      #expect(try await desk.call("3,9").isEmpty)
    }
  }

  @Test("E10: a call before anything else passes over what lies between, which is recorded")
  func passedOver() async throws {
    try await NotifierDesk.withService { service, folder in
      let plan = NotifierDesk.plan.replacingOccurrences(
        of: "    - {at: 15m,", with: "    - {at: 15m, or_when: {dialled: \"9\"},"
      ).replacingOccurrences(of: "ladder: duty}", with: "ladder: duty, starts: opened}")
      let desk = try await NotifierDesk(
        service, folder: folder,
        plan: plan.replacingOccurrences(of: "    - {at: 0m,", with: "    - {at: 5m,"))
      try await desk.ticket()
      try await service.settle(desk.tenant)
      #expect(try await desk.call("9").map(\.step) == [2])
      let steps = try #require(try await desk.escalations().first).steps
      #expect(steps.map(\.deliveries) == [0, 1])
      #expect(steps.first?.note == "passed over: the customer dialled 9")
      try await desk.advance(to: Self.start + .minutes(29))
      #expect(try await desk.pages() == ["0: Anna Ångström by email"])
      #expect(try await desk.escalations().first?.state == "running")
      try await desk.advance(to: Self.start + .minutes(30))
      #expect(try await desk.escalations().first?.state == "exhausted")
    }
  }

  @Test("E10: what became of the customer's call counts: a voicemail rings more, a person ends it")
  func calls() async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, class: "III")
      #expect(try await desk.call("3,9", answer: "voicemail").map(\.step) == [2])
      try await desk.service.settle(desk.tenant)
      for name in ["Cleo", "Dan"] { try await desk.answer(name, "refused") }
      try await desk.advance(to: Self.start + .minutes(2))
      #expect(try await desk.pages().count { $0.hasPrefix("2:") } == 3)
      let taken = try await desk.call("3,9", answer: "person", by: "Eve")
      #expect(taken.map(\.state) == ["acknowledged"] && taken.first?.acknowledgedBy == "Eve")
      try await desk.advance(to: Self.start + .hours(1))
      #expect(try await desk.pages().count == 8)
    }
  }

  @Test("E10: nobody at all: the last step repeats every two minutes, until somebody takes it")
  func repeats() async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, class: "III")
      try await desk.advance(to: Self.start + .minutes(20))
      for minute in [12, 14, 16, 18, 20] {
        #expect(try await desk.pages().count { $0.hasPrefix("\(minute):") } == 3)
      }
      try await desk.answer("Eve", "person")
      try await desk.advance(to: Self.start + .hours(1))
      #expect(try await desk.pages().count == 5 + 5 * 3)
    }
  }

  @Test("A call about a ticket that is not known, or that says nothing, is refused")
  func refused() async throws {
    try await Self.withDesk { desk in
      do {
        try await desk.call("3,9")
        Issue.record("there is no such ticket")
      } catch let refused as CommandRefused {
        #expect(refused.refusal.code == .notFound)
      }
      try await Self.open(desk, class: "III")
      for dialled in ["", String(repeating: "9", count: 41)] {
        do {
          try await desk.call(dialled)
          Issue.record("\(dialled) was taken")
        } catch let refused as CommandRefused {
          #expect(refused.refusal.code == .invalidField)
        }
      }
      #expect(try await desk.call(String(repeating: "9", count: 40)).isEmpty)
    }
  }

  @Test("P7: a defect that is confirmed to be critical has its own ladder from then on; the earlier one has stopped")
  func requalified() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder, plan: try NotifierDesk.shipped("opmon"))
      try await desk.rota("group.desk", desk.person("Bob", "email:bob@desk.example"))
      try await desk.ticket {
        $0.ticket.class = "incident"
        $0.ticket.targets = [NotifierDesk.target("contact", due: Self.start + .hours(8))]
      }
      try await desk.advance(to: Self.start + .minutes(20))
      for version in [2, 3] as [UInt64] {
        try await desk.ticket(version: version) {
          $0.ticket.class = "critical"
          $0.ticket.targets = [
            NotifierDesk.target("contact", due: Self.start + .hours(2)),
            NotifierDesk.target("begin", due: Self.start + .hours(4)),
          ]
        }
      }
      try await desk.advance(to: Self.start + .minutes(50))
      let runs = try await desk.escalations()
      #expect(runs.map(\.ladder) == ["first", "desk"] && runs.map(\.state) == ["running", "stopped"])
      #expect(runs.last?.ending == "The ticket's class is critical now.")
      #expect(
        try await desk.pages() == [
          "0: Bob by email", "20: Anna Ångström by email", "50: Anna Ångström by email",
        ])
      let clock = try await desk.clock("contact")
      #expect(clock.dueMs == (Self.start + .hours(2)).milliseconds && clock.startedMs == Self.start.milliseconds)
    }
  }
}
