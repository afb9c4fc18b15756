import Foundation
import NotifierRules
import Policy
import ServiceKit
import SwiftProtobuf
import Testing
import Wire

@testable import NotifierService

@Suite("Rotas, dry runs and what waits, over the wire")
struct NotifierDutyTests {
  static let start = NotifierDesk.start
  static let day = TimeSpan.days(1)

  private static let plan = """
    plan: night
    title: Night watch
    zone: Asia/Singapore
    currency: SGD
    unit: credit
    hours: {always: 24x7, office: {mon-fri: 09:00-18:00}}
    classes: {II: {ladder: duty}}
    default_class: II
    rates: [{id: any, flat: 1}]
    ladders:
      duty:
        - {at: 0m, tell: [duty.primary, person.lead], by: [email, pager]}
        - {at: 10m, tell: [group.managers, duty.second], by: [email]}
        - {contact_within: 15m}
    quiet_hours: {id: nights, outside: office, spare: pager}
    merging: {id: one, within: 5m, at_most: 20}
    """

  static func withDesk(_ body: (NotifierDesk) async throws -> Void) async throws {
    try await NotifierDesk.withService { service, folder in
      try await body(try await NotifierDesk(service, folder: folder, plan: plan))
    }
  }

  /// News of a ticket of class II that is opened at an instant.
  private static func open(_ desk: NotifierDesk, _ number: UInt64, at: Instant, contacted: Instant? = nil) async throws
  {
    let id = Data(TicketID(high: 7, low: number).bytes)
    try await desk.service.tell(
      desk.tenant, from: "intake",
      .with { event in
        event.source = "intake"
        event.subject = id
        event.version = contacted == nil ? 1 : 2
        event.atMs = (contacted ?? at).milliseconds
        event.ticket.ticket = .with {
          $0.id = id
          $0.number = number
          $0.accountID = Data(NotifierDesk.accountID.bytes)
          $0.subject = "Mail is down"
          $0.class = "II"
          $0.state = "open"
          $0.planVersion = desk.version
          $0.openedMs = at.milliseconds
          $0.contactedMs = contacted?.milliseconds ?? 0
          $0.version = event.version
        }
      })
    try await desk.service.settle(desk.tenant)
  }

  /// Why a question is refused; nil: it is answered.
  func refusal<Question: Message, Answer: Message>(
    _ desk: NotifierDesk, _ operation: Wire.Operation<Question, Answer>, _ request: Question
  ) async -> RefusalCode? {
    do {
      _ = try await desk.service.ask(operation, as: desk.anna, request)
      return nil
    } catch {
      return error.refusal.code
    }
  }

  @Test("A dry run tells whom a ladder would tell, when and how, and tells nobody; then that is what happens")
  func preview() async throws {
    try await Self.withDesk { desk in
      _ = try await desk.service.ask(
        .personSet, as: desk.anna,
        .with {
          $0.name = "Lea"
          $0.handle = "lead"
          $0.methods = [.with { ($0.kind, $0.address) = ("email", "lea@desk.example") }]
        })
      // Monday, 20:00.
      let evening = Self.start + .hours(10)
      let preview = try await desk.service.ask(
        .escalationPreview, as: desk.anna,
        .with {
          $0.plan = "night"
          $0.atMs = evening.milliseconds
        })
      #expect(preview.ladder == "duty" && preview.contactWithinSeconds == 900)
      #expect(preview.steps.map(\.atMs) == [evening, evening + .minutes(10)].map(\.milliseconds))
      let first = try #require(preview.steps.first).deliveries
      #expect(first.map(\.method) == ["email", "pager", "email"])
      #expect(first.map(\.role) == ["duty.primary", "duty.primary", "person.lead"])
      #expect(first.map(\.heldBy) == ["nights", "", "nights"])
      let morning = Self.start + .hours(23)
      #expect(first.map(\.goesMs) == [morning, evening, morning].map(\.milliseconds))
      #expect(preview.steps.last?.missing == ["there is no rota duty.second"])
      #expect(try await desk.deliveries().isEmpty)

      try await desk.advance(to: evening)
      try await Self.open(desk, 1, at: evening)
      let held = try await desk.service.ask(.deliveryList, as: desk.anna, .with { $0.state = "held" }).deliveries
      #expect(Set(held.map(\.recipient)) == ["Anna Ångström", "Lea"])
      #expect(held.allSatisfy { $0.heldBy == "nights" && $0.heldUntilMs == morning.milliseconds })
      #expect(try await desk.deliveries().first { $0.method == "pager" }?.state == "sent")
      let state = await refusal(desk, .deliveryList, .with { $0.state = "hold" })
      #expect(state == .invalidField)
      let unknown = await refusal(
        desk, .escalationPreview,
        .with {
          $0.plan = "night"
          $0.class = "IX"
        })
      #expect(unknown == .clauseUnknown)
      let noPlan = await refusal(desk, .escalationPreview, .with { $0.plan = "day" })
      #expect(noPlan == .planUnknown)
    }
  }

  @Test("What waited goes in the morning as one message that lists all, and each points to it")
  func merged() async throws {
    try await Self.withDesk { desk in
      let evening = Self.start + .hours(10)
      try await desk.advance(to: evening)
      for number: UInt64 in 1...3 { try await Self.open(desk, number, at: evening) }
      try await desk.advance(to: Self.start + .hours(23))
      let deliveries = try await desk.deliveries()
      let carrier = try #require(
        deliveries.first { $0.subject.hasPrefix("6 notifications: ") },
        "\(deliveries.map { "\($0.method) \($0.state) \($0.subject) \($0.heldUntilMs)" })")
      // Both steps of three ladders, for the pager went at once and the ladders went on.
      #expect(carrier.state == "sent" && carrier.escalationID.isEmpty && carrier.noticeID.isEmpty)
      let merged = deliveries.filter { $0.state == "merged" }
      #expect(merged.count == 6 && merged.allSatisfy { $0.carrierID == carrier.id })
      #expect(merged.allSatisfy { carrier.text.contains($0.text) })
      #expect(try desk.mail().count { $0.text.contains("Subject: 6 notifications: ") } == 1)
      // Whoever answers it takes all three.
      _ = try await desk.service.ask(
        .deliveryAnswer, as: desk.anna, .with { ($0.deliveryID, $0.answer) = (carrier.id, "person") })
      #expect(try await desk.escalations().map(\.state) == ["acknowledged", "acknowledged", "acknowledged"])
    }
  }

  @Test("An acknowledgement that leads to no contact expires, and the ladder goes on; the timeline tells all of it")
  func expires() async throws {
    try await Self.withDesk { desk in
      try await Self.open(desk, 1, at: Self.start)
      let id = try #require(try await desk.escalations().first?.id)
      try await desk.advance(to: Self.start + .minutes(5))
      let taken = try await desk.service.ask(
        .escalationAcknowledge, as: desk.anna, .with { ($0.escalationID, $0.by) = (id, "Anna") }
      ).escalation
      let expires = Self.start + .minutes(20) + .milliseconds(1)
      #expect(taken.expiresMs == expires.milliseconds)
      try await desk.advance(to: expires - .milliseconds(1))
      #expect(try await desk.escalations().first?.state == "acknowledged")
      try await desk.advance(to: expires)
      let run = try await desk.service.ask(.escalationGet, as: desk.anna, .with { $0.escalationID = id })
      #expect(run.escalation.state == "running" && run.escalation.acknowledgedMs == 0)
      #expect(run.escalation.events.map(\.kind) == ["started", "acknowledged", "expired"])
      #expect(run.escalation.steps.map(\.atMs) == [Self.start, expires].map(\.milliseconds))
      #expect(run.deliveries.map(\.step) == [1, 1, 2] && run.deliveries.allSatisfy { !$0.attempts.isEmpty })
      #expect(
        desk.service.told.events.last { !$0.escalation.escalation.id.isEmpty }?.escalation.escalation.state == "running"
      )
      // Taken again, and the customer is reached: it holds.
      _ = try await desk.service.ask(
        .escalationAcknowledge, as: desk.anna, .with { ($0.escalationID, $0.by) = (id, "Anna") })
      try await Self.open(desk, 1, at: Self.start, contacted: expires)
      try await desk.advance(to: Self.start + .hours(3))
      let kept = try await desk.service.ask(.escalationGet, as: desk.anna, .with { $0.escalationID = id }).escalation
      #expect(kept.state == "acknowledged" && kept.expiresMs == 0 && kept.events.last?.kind == "kept")
      let nobody = await refusal(
        desk, .escalationGet, .with { $0.escalationID = Data(EscalationID(high: 1, low: 1).bytes) })
      #expect(nobody == .notFound)
    }
  }

  @Test("A gate inside the work has a clock with its own history beside the targets, as intake tells it")
  func gates() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      func gate(_ state: String, due: Instant?, at: Instant, _ why: String) -> Callout_V1_GateStatus {
        .with {
          ($0.id, $0.state, $0.why) = ("site-consent", state, why)
          ($0.dueMs, $0.atMs) = (due?.milliseconds ?? 0, at.milliseconds)
        }
      }
      try await desk.ticket {
        $0.gates = [gate("running", due: Self.start + .hours(3), at: Self.start, "Work goes on.")]
      }
      try await desk.ticket(version: 2) {
        $0.gates = [gate("paused", due: nil, at: Self.start + .hours(1), "Nobody is at work.")]
      }
      let clock = try await desk.clock("site-consent")
      #expect(clock.state == "paused" && clock.dueMs == (Self.start + .hours(3)).milliseconds)
      #expect(clock.intervals.map(\.state) == ["running", "paused"] && clock.pausedReason == "Nobody is at work.")
      #expect(clock.intervals.map(\.why) == ["Work goes on.", "Nobody is at work."])
      #expect(clock.intervals.first?.toMs == (Self.start + .hours(1)).milliseconds)
      await #expect(throws: (any Error).self) {
        try await desk.ticket(version: 3) { $0.gates = [gate("cancelled", due: nil, at: Self.start, "")] }
      }
      await #expect(throws: (any Error).self) {
        try await desk.ticket(version: 3) {
          $0.gates = Array(repeating: gate("paused", due: nil, at: Self.start, ""), count: 65)
        }
      }
    }
  }

  @Test("A clock tells what it went through, interval by interval")
  func intervals() async throws {
    try await NotifierDesk.withService { service, folder in
      let desk = try await NotifierDesk(service, folder: folder)
      try await desk.ticket()
      try await desk.ticket(version: 2) {
        $0.targetPausedMs = (Self.start + .minutes(30)).milliseconds
        $0.pausedReason = "cooperation: Nobody answers."
      }
      try await desk.ticket(version: 3) {
        $0.ticket.targets = [NotifierDesk.target("respond", due: Self.start + .hours(5))]
      }
      try await desk.advance(to: Self.start + .hours(5) + .milliseconds(1))
      let clock = try await desk.clock("respond")
      #expect(clock.intervals.map(\.state) == ["running", "paused", "running", "missed"])
      #expect(clock.intervals.map(\.why)[1] == "cooperation: Nobody answers.")
      #expect(clock.intervals[1].fromMs == (Self.start + .minutes(30)).milliseconds)
      #expect(clock.intervals.last?.toMs == 0 && clock.intervals.last?.fromMs == (Self.start + .hours(5)).milliseconds)
    }
  }
}
