import ArgumentParser
import CalloutClient
import FoundationEssentials
import Policy
import SwiftProtobuf
import Wire

/// A ticket by its number or its id.
struct TicketChoice: ParsableArguments {
  @Argument(help: ArgumentHelp("The ticket's number, or its id.", valueName: "ticket"))
  var ticket: String

  func request() throws -> TicketGetRequest { try Self.request(of: ticket) }

  static func request(of ticket: String) throws -> TicketGetRequest {
    if let number = UInt64(ticket) { return .with { $0.number = number } }
    guard let id = TicketID(ticket) else {
      throw CommandFailure(.usage, "\(ticket) is neither a ticket's number nor its id.")
    }
    return .with { $0.ticketID = .init(id.bytes) }
  }
}

/// `callout ticket targets`
struct TicketTargetsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "targets", abstract: "Draws all that is promised on a ticket, on one line of working time.",
    discussion: """
      Times are those of the plan's zone unless --zone says otherwise. Callers: portal, desk, sales, auditor, admin.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var choice: TicketChoice

  func run() async throws {
    let (request, options) = (try choice.request(), common.callOptions())
    let read = try await common.withClient { client throws(CalloutError) in
      try await TicketReading(request, client, options)
    }
    let plan = try read.plan(zones: ZoneFiles.loader())
    let zone = try common.zone.map { try ZoneFiles.load($0) } ?? plan.zone
    let drawing = TargetsDrawing(read, plan, CivilReading(zone: zone))
    Surface.current.out(common.output == .json ? drawing.json.pretty + "\n" : drawing.text)
  }
}

/// A ticket with its clocks and plan, as the services tell them.
struct TicketReading: Sendable {
  let ticket: Callout_V1_Ticket
  let clocks: SlaclockListReply
  let document: [UInt8]
  let now: Instant

  init(_ request: TicketGetRequest, _ client: CalloutClient, _ options: CallOptions) async throws(CalloutError) {
    let ticket = try await client.intake.ticketGet(request, options: options).ticket
    self.ticket = ticket
    clocks = try await client.notifier.slaclockList(
      .with {
        $0.ticketID = ticket.id
        $0.page.size = 100
      }, options: options)
    document = Array(
      try await client.intake.planGet(.with { $0.version = ticket.planVersion }, options: options).document)
    now = Instant(milliseconds: try await client.notifier.clockGet(ClockGetRequest(), options: options).nowMs)
  }

  func plan(zones: @escaping ZoneLoader) throws -> Plan {
    switch Plan.read(String(decoding: document, as: UTF8.self), zones: zones) {
    case .success(let plan): return plan
    case .failure(let errors): throw CommandFailure(.refused, "The ticket's plan cannot be read here: \(errors)")
    }
  }
}

/// Draws a ticket's promises.
struct TargetsDrawing {
  let read: TicketReading
  let plan: Plan
  let times: CivilReading

  init(_ read: TicketReading, _ plan: Plan, _ times: CivilReading) {
    self.read = read
    self.plan = plan
    self.times = times
  }

  var text: String {
    let ticket = read.ticket
    let what = ticket.class.isEmpty ? ticket.state : "class \(ticket.class), \(ticket.state)"
    let zone = (times.zone ?? .utc).name
    let clocks = read.clocks.clocks.map(clock)
    var lines = ["Ticket \(ticket.number): \(ticket.subject) (\(what))", "Now \(civil(read.now)), time of \(zone)"]
    if ticket.stoppedMs != 0 {
      lines.append(
        "Work stands still since \(civil(Instant(milliseconds: ticket.stoppedMs))): a gate waits for an answer.")
    }
    guard !clocks.isEmpty, let calendar else {
      return (lines + ["Nothing is promised."]).joined(separator: "\n") + "\n"
    }
    let line = WorkingLine(calendar, opened: Instant(milliseconds: ticket.openedMs), now: read.now, clocks)
    let width = clocks.map(\.name.count).max() ?? 0
    func row(_ name: String, _ rest: String) -> String {
      name + String(repeating: " ", count: width - name.count + 2) + rest
    }
    lines += ["", row("", line.days)]
    lines += clocks.map { row($0.name, line.draw($0)) }
    lines += ["", row("", WorkingLine.legend), ""]
    lines += Columns.lines(clocks.map { [$0.name, $0.state, "due \(civil($0.due))", $0.note] })
    return lines.joined(separator: "\n") + "\n"
  }

  var json: JSONValue {
    .list(
      read.clocks.clocks.map { clock in
        [
          "target": .text(clock.target), "state": .text(clock.state), "due": instant(clock.dueMs),
          "ended": clock.endedMs == 0 ? .null : instant(clock.endedMs), "round": .integer(Int64(clock.round)),
          "paused_reason": .text(clock.pausedReason),
        ]
      })
  }

  private func instant(_ milliseconds: Int64) -> JSONValue { .text(times.text(Instant(milliseconds: milliseconds))) }

  /// The calendar of the line: that of the first promise that is not kept around the clock.
  private var calendar: WorkCalendar? {
    let promised = plan.targets(
      class: read.ticket.class.isEmpty ? nil : read.ticket.class,
      openedAt: Instant(milliseconds: read.ticket.openedMs))
    let names = promised.map(\.target.calendar) + [plan.updates?.calendar].compactMap(\.self)
    let calendars = names.compactMap { plan.calendars[$0] }
    return calendars.first { !$0.isAlways } ?? calendars.first ?? plan.calendars.values.first { $0.isAlways }
  }

  private func clock(_ clock: Callout_V1_SlaClock) -> WorkingLine.Clock {
    let ended = clock.endedMs == 0 ? nil : Instant(milliseconds: clock.endedMs)
    let latest = clock.intervals.last?.why ?? ""
    var note = ended.map { "\(clock.state) \(civil($0)): \(latest)" } ?? latest
    if clock.round > 1 { note += " (promised \(clock.round) times)" }
    return WorkingLine.Clock(
      name: clock.target, state: clock.state, due: Instant(milliseconds: clock.dueMs), ended: ended,
      stretches: clock.intervals.map { (Instant(milliseconds: $0.fromMs), $0.state) }, note: note)
  }

  private func civil(_ instant: Instant) -> String {
    let zone = times.zone ?? .utc
    return "\(zone.date(instant).weekday.rawValue) \(zone.date(instant)) \(times.clock(instant))"
  }
}
