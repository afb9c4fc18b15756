import Foundation
import Policy
import SwiftProtobuf
import Testing
import Transport
import Wire

@testable import CalloutClient
@testable import CalloutCommand

@Suite("What the desk looks at")
struct DutyCommandTests {
  /// Monday, 2 March 2026, 09:00 in Singapore.
  private static let morning: Int64 = 1_772_413_200_000
  private static let minute: Int64 = 60_000
  private static let hour: Int64 = 3_600_000
  private static let zone = ["--zone", "Asia/Singapore"]
  private static let run = Data((0..<16).map { UInt8($0) })

  private static func delivery(
    _ recipient: String, _ method: String, step: UInt32, _ state: String,
    _ change: (inout Callout_V1_Delivery) -> Void = { _ in }
  ) -> Callout_V1_Delivery {
    .with {
      $0.escalationID = run
      ($0.recipient, $0.method, $0.address, $0.step, $0.state) = (recipient, method, "a@b", step, state)
      change(&$0)
    }
  }

  private static let shown = Callout_V1_EscalationGetReply.with { reply in
    reply.escalation = .with {
      $0.id = run
      $0.ticketNumber = 17
      ($0.ladder, $0.state) = ("urgent", "running")
      $0.nextStepMs = morning + 30 * minute
      $0.steps = [
        .with {
          ($0.number, $0.place, $0.atMs, $0.deliveries) = (1, 1, morning, 3)
          $0.note = "told Anna (duty.primary) by email; missing: nobody is on duty.secondary"
        },
        .with {
          ($0.number, $0.place, $0.atMs, $0.note) = (2, 2, morning + 5 * minute, "skipped: nobody is on group.x")
        },
      ]
      $0.events = [
        .with { ($0.number, $0.atMs, $0.kind, $0.text) = (1, morning, "started", "The ladder urgent begins.") },
        .with { ($0.number, $0.atMs, $0.kind, $0.text) = (2, morning + minute, "acknowledged", "Anna took it.") },
        .with { ($0.number, $0.atMs, $0.kind, $0.text) = (3, morning + 5 * minute, "expired", "Nobody was reached.") },
      ]
    }
    reply.deliveries = [
      delivery("Anna", "email", step: 1, "sent") {
        $0.attempts = [.with { ($0.number, $0.atMs, $0.succeeded) = (1, morning + 1_000, true) }]
        ($0.answer, $0.answeredMs) = ("person", morning + 2_000)
      },
      delivery("Bob", "pager", step: 1, "held") { ($0.heldBy, $0.heldUntilMs) = ("nights", morning + hour) },
      delivery("Cleo Chen", "email", step: 1, "merged") {
        $0.heldBy = "one"
        $0.carrierID = Data(repeating: 7, count: 16)
      },
      .with {
        $0.id = Data(repeating: 7, count: 16)
        $0.state = "sent"
      },
    ]
  }

  @Test("escalation show draws the timeline: steps, people, channels, outcomes, acknowledgement and expiry, aligned")
  func show() async throws {
    let service = FakeService { _, _ in reply(Self.shown) }
    let id = "00010203-0405-0607-0809-0a0b0c0d0e0f"
    let config = try Folder().contexts(["desk"])
    let outcome = await callout(["escalation", "show", id] + Self.zone, config: config, service: service)
    #expect(outcome.status == 0, "\(outcome.err)")
    let carrier = "07070707-0707-0707-0707-070707070707"
    #expect(
      outcome.out == """
        Ticket 17, ladder urgent for its class: running
        The next step is due at 2026-03-02 09:30:00.

        2026-03-02 09:00:00  started       The ladder urgent begins.
        2026-03-02 09:00:00  step 1        missing: nobody is on duty.secondary
                                           Anna       email  a@b  sent 09:00:01, answered 09:00:02: person
                                           Bob        pager  a@b  held by nights until 2026-03-02 10:00:00
                                           Cleo Chen  email  a@b  merged by one into \(carrier), which is sent
        2026-03-02 09:01:00  acknowledged  Anna took it.
        2026-03-02 09:05:00  expired       Nobody was reached.
        2026-03-02 09:05:00  step 2        skipped: nobody is on group.x

        """)
    let json = await callout(["escalation", "show", id, "-o", "json"], config: config, service: service)
    #expect(try JSONValue(parsing: json.out).value(at: "escalation.events[1].kind") == "acknowledged")
  }

  @Test("escalation preview draws whom each step would tell, when and how")
  func preview() async throws {
    let service = FakeService { _, _ in
      reply(
        Callout_V1_EscalationPreviewReply.with {
          ($0.ladder, $0.repeatsSeconds, $0.repeatsTimes, $0.contactWithinSeconds) = ("urgent", 120, 3, 900)
          $0.steps = [
            .with {
              ($0.id, $0.place, $0.atMs) = ("a", 1, Self.morning)
              $0.deliveries = [
                .with {
                  ($0.recipient, $0.role, $0.method, $0.address) = ("Anna", "duty.primary", "email", "a@b")
                  ($0.goesMs, $0.heldBy, $0.mergedBy) = (Self.morning + Self.hour, "nights", "one")
                },
                .with {
                  ($0.recipient, $0.role, $0.method, $0.address) = ("Anna", "duty.primary", "pager", "+6591")
                  $0.goesMs = Self.morning
                },
              ]
            },
            .with {
              ($0.id, $0.place, $0.atMs) = ("b", 2, Self.morning + 10 * Self.minute)
              $0.missing = ["there is no rota group.x"]
            },
            .with {
              ($0.id, $0.place, $0.atMs, $0.repetition) = ("b", 2, Self.morning + 12 * Self.minute, true)
              $0.skipped = "answer must be voicemail (answer: none)"
            },
          ]
        })
    }
    let outcome = await callout(
      ["escalation", "preview", "--plan", "opus-one", "--class", "III", "--at", "2026-03-02 09:00"] + Self.zone,
      config: try Folder().contexts(["desk"]), service: service)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(
      outcome.out == """
        Ladder urgent, if nobody took it. Nobody is told.

        2026-03-02 09:00:00  step 1
                                           Anna  duty.primary  email  a@b    held by nights until 2026-03-02 10:00:00, may be merged by one
                                           Anna  duty.primary  pager  +6591
        2026-03-02 09:10:00  step 2        nobody, the next step follows at once: there is no rota group.x
        2026-03-02 09:12:00  step 2 again  skipped: answer must be voicemail (answer: none)

        The last step repeats every 2m, 3 times.
        Who takes it reaches the customer within 15m, or the ladder goes on.

        """)
    let request = try #require(service.requests.first)
    let body = try Payload.decode(Callout_V1_EscalationPreviewRequest.self, from: request.body)
    #expect(body.plan == "opus-one" && body.class == "III" && body.atMs == Self.morning)
  }

  @Test("plan publish warns of rotas that the plan's ladders name and nobody has made", arguments: [true, false])
  func published(isMissing: Bool) async throws {
    let service = FakeService { request, _ in
      switch request.method {
      case .planPublish:
        reply(Callout_V1_PlanPublishReply.with { $0.version.version = Data(repeating: 5, count: 32) })
      case _:
        reply(
          Callout_V1_RotaForecastReply.with {
            $0.rotas = [
              .with { $0.name = "duty.primary" }, .with { ($0.name, $0.missing) = ("duty.secondary", isMissing) },
            ]
          })
      }
    }
    let folder = try Folder()
    let file = try folder.file("plan.yaml", "plan: p")
    let outcome = await callout(["plan", "publish", file], config: try folder.contexts(["desk"]), service: service)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.err.contains("warning: nobody has made duty.secondary: ") == isMissing)
    let asked = try #require(service.requests.last { $0.method == .rotaForecast })
    let body = try Payload.decode(Callout_V1_RotaForecastRequest.self, from: asked.body)
    #expect(body.planVersion == Data(repeating: 5, count: 32))
  }

  @Test("rota forecast says so where there is no rota")
  func noRotas() async throws {
    let service = FakeService { _, _ in reply(Callout_V1_RotaForecastReply()) }
    let outcome = await callout(["rota", "forecast"], config: try Folder().contexts(["desk"]), service: service)
    #expect(outcome.out == "There are no rotas.\n")
  }

  @Test("rota forecast draws every stretch, and shouts where nobody is on duty")
  func forecast() async throws {
    let service = FakeService { _, _ in
      reply(
        Callout_V1_RotaForecastReply.with {
          $0.rotas = [
            .with {
              $0.name = "duty.primary"
              $0.spans = [
                .with {
                  ($0.fromMs, $0.toMs, $0.person, $0.layer) = (Self.morning, Self.morning + Self.hour, "Anna", 2)
                  $0.personID = Self.run
                },
                .with { ($0.fromMs, $0.toMs) = (Self.morning + Self.hour, Self.morning + 24 * Self.hour) },
              ]
              $0.uncovered = [.with { $0.fromMs = Self.morning + Self.hour }]
            },
            .with { ($0.name, $0.missing) = ("duty.secondary", true) },
          ]
        })
    }
    let outcome = await callout(
      ["rota", "forecast", "--days", "1"] + Self.zone, config: try Folder().contexts(["desk"]), service: service)
    #expect(
      outcome.out == """
        duty.primary: nobody at 1 times
          mon 2026-03-02 09:00  to mon 2026-03-02 10:00  Anna    layer 2
          mon 2026-03-02 10:00  to tue 2026-03-03 09:00  NOBODY

        duty.secondary: there is no such rota

        """)
  }

  private static let plan = """
    plan: p
    title: P
    zone: Asia/Singapore
    currency: SGD
    unit: credit
    hours: {office: {mon-fri: 09:00-18:00}}
    targets: [{id: respond, by: 10h, in: office, met_by: contacted}]
    rates: [{id: any, flat: 1}]

    """

  /// A ticket of Monday, 09:00, whose clock stood still from 11:00 to 13:00; it is 14:00.
  private static let desk = FakeService { request, _ in
    switch request.method {
    case .ticketGet:
      reply(
        Callout_V1_TicketGetReply.with {
          $0.ticket.id = run
          ($0.ticket.number, $0.ticket.subject, $0.ticket.state) = (17, "Mail is down", "open")
          $0.ticket.openedMs = morning
          $0.ticket.planVersion = Data(repeating: 1, count: 32)
          $0.ticket.targets = [.with { ($0.id, $0.dueMs) = ("respond", morning + 27 * hour) }]
        })
    case .slaclockList:
      reply(
        Callout_V1_SlaclockListReply.with {
          $0.clocks = [
            .with {
              ($0.target, $0.state, $0.dueMs, $0.round) = ("respond", "running", morning + 27 * hour, 1)
              $0.intervals = [
                interval(0, 2, "running", due: 25, "The ticket was opened."),
                interval(2, 4, "paused", due: 25, "cooperation: Nobody answers."),
                interval(4, nil, "running", due: 27, "It goes on."),
              ]
            }
          ]
        })
    case .planGet: reply(Callout_V1_PlanGetReply.with { $0.document = Data(plan.utf8) })
    case .clockGet: reply(Callout_V1_ClockGetReply.with { $0.nowMs = morning + 5 * hour })
    case .ticketWhy:
      why((try? Payload.decode(Callout_V1_TicketWhyRequest.self, from: request.body))?.target ?? "")
    default: refusal(.unavailable)
    }
  }

  private static func why(_ target: String) -> Result<Reply, TransportError> {
    switch target {
    case "respond":
      reply(
        Callout_V1_TicketWhyReply.with {
          $0.target = .with { ($0.id, $0.dueMs) = (target, morning + 27 * hour) }
          $0.intervals = [
            counted(0, 2, "open"), skipped(2, 4, "stood still, cooperation: Nobody answers."), counted(4, 9, "open"),
            skipped(9, 24, "closed hours"), counted(24, 27, "open"),
          ]
        })
    case "site-consent":
      reply(
        Callout_V1_TicketWhyReply.with {
          $0.target.id = target
          $0.lines = ["after 3h", "", "", "Nobody at work on site: 2h of 3h counted, 1h left"]
          $0.intervals = [counted(1, 3, "open"), skipped(3, 5, "nobody at work on site")]
        })
    default: refusal(.clauseUnknown, text: "The ticket has no target or gate \(target); it has respond.")
    }
  }

  private static func interval(
    _ from: Int64, _ to: Int64?, _ state: String, due: Int64, _ why: String
  ) -> Callout_V1_ClockInterval {
    .with {
      ($0.fromMs, $0.toMs, $0.state) = (morning + from * hour, to.map { morning + $0 * hour } ?? 0, state)
      ($0.dueMs, $0.why) = (morning + due * hour, why)
    }
  }

  private static func counted(_ from: Int64, _ to: Int64, _ reason: String) -> Callout_V1_CountedInterval {
    .with { ($0.fromMs, $0.toMs, $0.counted, $0.reason) = (morning + from * hour, morning + to * hour, true, reason) }
  }

  private static func skipped(_ from: Int64, _ to: Int64, _ reason: String) -> Callout_V1_CountedInterval {
    .with { ($0.fromMs, $0.toMs, $0.reason) = (morning + from * hour, morning + to * hour, reason) }
  }

  @Test("ticket targets draws all promises on one line of working time: what ran, stood still, is left and is due")
  func targets() async throws {
    let config = try Folder().contexts(["desk"])
    let outcome = await callout(["ticket", "targets", "17"], config: config, service: Self.desk)
    #expect(outcome.status == 0, "\(outcome.err)")
    let left = [String](repeating: "-", count: 34).joined()
    #expect(
      outcome.out == """
        Ticket 17: Mail is down (open)
        Now mon 2026-03-02 14:00:00, time of Asia/Singapore

                 mon 2                                        tue 3
        respond  ==========..........=====|\(left)D

                 = ran  . stood still  - is left  | now  D due  M met  X missed  C cancelled

        respond  running  due tue 2026-03-03 12:00:00  It goes on.

        """)
    let json = await callout(["ticket", "targets", "17", "-o", "json"], config: config, service: Self.desk)
    #expect(try JSONValue(parsing: json.out).value(at: "[0].due") == "2026-03-03T12:00:00+08:00")
  }

  @Test("clock why explains a due time interval by interval, with pauses and what the clock went through")
  func why() async throws {
    let config = try Folder().contexts(["desk"])
    let outcome = await callout(["clock", "why", "17", "respond"], config: config, service: Self.desk)
    #expect(
      outcome.out == """
        Ticket 17, respond: due tue 2026-03-03 12:00:00
          mon 2026-03-02 09:00:00  to mon 2026-03-02 11:00:00  2h counted  open
          mon 2026-03-02 11:00:00  to mon 2026-03-02 13:00:00  skipped     stood still, cooperation: Nobody answers.
          mon 2026-03-02 13:00:00  to mon 2026-03-02 18:00:00  5h counted  open
          mon 2026-03-02 18:00:00  to tue 2026-03-03 09:00:00  skipped     closed hours
          tue 2026-03-03 09:00:00  to tue 2026-03-03 12:00:00  3h counted  open
          10h counted in all

        What the clock went through:
          mon 2026-03-02 09:00:00  running  due tue 2026-03-03 10:00:00  The ticket was opened.
          mon 2026-03-02 11:00:00  paused   due tue 2026-03-03 10:00:00  cooperation: Nobody answers.
          mon 2026-03-02 13:00:00  running  due tue 2026-03-03 12:00:00  It goes on.

        """)
    let unknown = await callout(["clock", "why", "17", "begin"], config: config, service: Self.desk)
    #expect(unknown.status == CommandStatus.usage.rawValue)
    #expect(unknown.err.contains("The ticket has no target or gate begin; it has respond."))
    let none = await callout(["clock", "why", "x", "respond"], config: config, service: Self.desk)
    #expect(none.status == CommandStatus.usage.rawValue && none.err.contains("neither a ticket's number nor its id"))
  }

  @Test("F17b: clock why explains a gate inside work too, and says what counted where no due instant holds")
  func whyGate() async throws {
    let config = try Folder().contexts(["desk"])
    let outcome = await callout(["clock", "why", "17", "site-consent"], config: config, service: Self.desk)
    #expect(
      outcome.out == """
        Ticket 17, site-consent: not due
          mon 2026-03-02 10:00:00  to mon 2026-03-02 12:00:00  2h counted  open
          mon 2026-03-02 12:00:00  to mon 2026-03-02 14:00:00  skipped     nobody at work on site
          2h counted in all
          Nobody at work on site: 2h of 3h counted, 1h left

        """, "\(outcome.err)")
    let read = await callout(["clock", "why", "17", "site-consent", "-o", "json"], config: config, service: Self.desk)
    let json = try JSONValue(parsing: read.out)
    #expect(json.value(at: "intervals[0].to") == "2026-03-02T12:00:00+08:00" && json.value(at: "due") == .null)
    #expect(json.value(at: "standing[0]") == "Nobody at work on site: 2h of 3h counted, 1h left")
  }

  @Test("A line of working time says met, missed and cancelled where it happened, and what is over at once")
  func line() throws {
    let zone = TimeZoneRules.utc
    let calendar = WorkCalendar.always(name: "always", zone: zone)
    let opened = try #require(Instant("2026-03-02T00:00:00Z"))
    func draw(_ state: String, ended: Int64, due: Int64) -> String {
      let clock = WorkingLine.Clock(
        name: "x", state: state, due: opened + .minutes(due), ended: opened + .minutes(ended),
        stretches: [(opened, "running"), (opened + .minutes(ended), state)], note: "")
      return WorkingLine(calendar, opened: opened, now: opened + .minutes(60), [clock]).draw(clock)
    }
    let twenty = [String](repeating: "=", count: 20).joined()
    let rest = [String](repeating: " ", count: 39).joined()
    #expect(draw("met", ended: 20, due: 60) == twenty + "M" + rest + "D")
    #expect(draw("missed", ended: 20, due: 20) == twenty + "X" + rest + "|")
    #expect(draw("cancelled", ended: 20, due: 60) == twenty + "C" + rest + "D")
    let over = WorkingLine.Clock(name: "x", state: "running", due: opened, ended: nil, stretches: [], note: "")
    #expect(WorkingLine(calendar, opened: opened, now: opened, [over]).draw(over) == "D")
    #expect(Columns.lines([["a", "b"], ["long", "", "c"], ["x"]], indent: " ") == [" a     b", " long    c", " x"])
  }
}
