import ArgumentParser
import CalloutClient
import FoundationEssentials
import Policy
import SwiftProtobuf
import Wire

/// `callout clock why`
struct ClockWhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Explains a due time, interval by interval, and what the clock went through.",
    discussion: """
      The target of a ticket is one of the plan, its `updates`, or a gate inside the work. With --agreement it explains when each of \
      its lots expires and when the customer is told of that ahead, with --account when the customer must be told of the product's end of life. Times are those of the \
      plan's zone unless --zone says otherwise; without a ticket, UTC. Callers: portal, desk, sales, auditor, admin.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp("The ticket's number, or its id.", valueName: "ticket"))
  var ticket: String?
  @Argument(help: ArgumentHelp("The target's id in the plan.", valueName: "target"))
  var target: String?
  @Option(name: .customLong("agreement"), help: ArgumentHelp("The agreement whose lots expire.", valueName: "id"))
  var agreement: String?
  @Option(name: .customLong("account"), help: ArgumentHelp("The customer to tell of the end of life.", valueName: "id"))
  var account: String?

  func validate() throws {
    guard [target != nil, agreement != nil, account != nil].count(where: { $0 }) == 1, ticket == nil || target != nil
    else {
      throw ValidationError("Give a ticket and a target, or --agreement, or --account.")
    }
  }

  func run() async throws {
    let clocks: [LifeClock]
    let options = common.callOptions()
    let zones = ZoneFiles.loader()
    if let agreement {
      guard let id = AgreementID(agreement) else { throw CommandFailure(.usage, "\(agreement) is no agreement's id.") }
      clocks = try await common.withClient { client throws(CalloutError) in
        try await LifeClock.lots(of: id, client, options, zones: zones)
      }
    } else if let account {
      guard let id = AccountID(account) else { throw CommandFailure(.usage, "\(account) is no account's id.") }
      clocks = [
        try await common.withClient { client throws(CalloutError) in
          try await LifeClock.endOfLife(of: id, client, options, zones: zones)
        }
      ]
    } else {
      return try await explain(try TicketChoice.request(of: ticket ?? ""), target ?? "", options)
    }
    let times = CivilReading(zone: try common.zone.map { try ZoneFiles.load($0) })
    if common.output == .json {
      Surface.current.out(JSONValue.list(clocks.map { $0.json(times.instant) }).pretty + "\n")
    } else {
      Surface.current.out(clocks.map { $0.text(times.civil) }.joined(separator: "\n"))
    }
  }

  private func explain(_ request: TicketGetRequest, _ target: String, _ options: CallOptions) async throws {
    let (read, why, refusal) = try await common.withClient {
      client throws(CalloutError) -> (TicketReading, TicketWhyReply?, CalloutRefusal?) in
      let read = try await TicketReading(request, client, options)
      do throws(CalloutError) {
        let why = try await client.intake.ticketWhy(
          .with {
            $0.ticketID = read.ticket.id
            $0.target = target
          }, options: options)
        return (read, why, nil)
      } catch {
        // How often customers hear is the notifier's own promise, and clocks of earlier work are its history.
        guard let refusal = error.refusal, refusal.code == .clauseUnknown else { throw error }
        return (read, nil, refusal)
      }
    }
    let clock = read.clocks.clocks.first { $0.target == target }
    if let refusal, clock == nil { throw CommandFailure(.usage, refusal.text) }
    let plan = try read.plan(zones: ZoneFiles.loader())
    let zone = try common.zone.map { try ZoneFiles.load($0) } ?? plan.zone
    let explanation =
      why.map { ClockExplanation($0, of: read.ticket) }
      ?? clock.map { ClockExplanation($0, plan, now: read.now) ?? ClockExplanation(historyOf: $0) }
    guard let explanation else { return }
    let drawing = WhyDrawing(read.ticket, target, explanation, clock, CivilReading(zone: zone))
    Surface.current.out(common.output == .json ? drawing.json.pretty + "\n" : drawing.text)
  }
}

/// Explains a due time.
struct WhyDrawing {
  let ticket: Callout_V1_Ticket
  let target: String
  let why: ClockExplanation
  /// The clock; nil: the notifier does not know of it yet.
  let clock: Callout_V1_SlaClock?
  let times: CivilReading

  init(
    _ ticket: Callout_V1_Ticket, _ target: String, _ why: ClockExplanation, _ clock: Callout_V1_SlaClock?,
    _ times: CivilReading
  ) {
    self.ticket = ticket
    self.target = target
    self.why = why
    self.clock = clock
    self.times = times
  }

  var text: String {
    var lines = ["Ticket \(ticket.number), \(target): \(why.due == 0 ? "not due" : "due \(civil(why.due))")"]
    let rows = why.intervals.map { interval in
      [
        civil(interval.from), "to \(civil(interval.to))",
        interval.isCounted ? "\(TimeSpan.milliseconds(interval.to - interval.from)) counted" : "skipped",
        interval.reason,
      ]
    }
    lines += Columns.lines(rows, indent: "  ")
    if !rows.isEmpty { lines.append("  \(TimeSpan.milliseconds(why.counted)) counted in all") }
    lines += why.standing.map { "  " + $0 }
    if let clock, !clock.intervals.isEmpty {
      lines += ["", "What the clock went through:"]
      let rows = clock.intervals.map { interval in
        [civil(interval.fromMs), interval.state, "due \(civil(interval.dueMs))", interval.why]
      }
      lines += Columns.lines(rows, indent: "  ")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  var json: JSONValue {
    let counted = why.intervals.map { interval -> JSONValue in
      [
        "from": instant(interval.from), "to": instant(interval.to), "counted": .flag(interval.isCounted),
        "reason": .text(interval.reason),
      ]
    }
    let history = (clock?.intervals ?? []).map { interval -> JSONValue in
      [
        "from": instant(interval.fromMs), "to": interval.toMs == 0 ? .null : instant(interval.toMs),
        "state": .text(interval.state), "due": instant(interval.dueMs), "why": .text(interval.why),
      ]
    }
    return [
      "ticket": .unsigned(ticket.number), "target": .text(target), "due": why.due == 0 ? .null : instant(why.due),
      "intervals": .list(counted), "standing": .list(why.standing.map(JSONValue.text)), "history": .list(history),
    ]
  }

  private func instant(_ milliseconds: Int64) -> JSONValue { times.instant(milliseconds) }

  private func civil(_ milliseconds: Int64) -> String { times.civil(milliseconds) }
}

extension CivilReading {
  fileprivate func instant(_ milliseconds: Int64) -> JSONValue { .text(text(Instant(milliseconds: milliseconds))) }

  fileprivate func civil(_ milliseconds: Int64) -> String {
    let instant = Instant(milliseconds: milliseconds)
    let date = (zone ?? .utc).date(instant)
    return "\(date.weekday.rawValue) \(date) \(clock(instant))"
  }
}
