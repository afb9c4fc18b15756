import CalloutClient
import Policy
import Wire

/// How a due instant of a ticket's clock came about, interval by interval.
struct ClockExplanation {
  /// When it is due, or was; 0: no instant holds.
  var due: Int64
  /// In order and without gaps.
  var intervals: [Interval]
  /// How it stands beside them, in words.
  var standing: [String] = []

  /// A stretch of time that counted, or was skipped.
  struct Interval: Equatable {
    var from: Int64
    var to: Int64
    var isCounted: Bool
    var reason: String
  }

  /// A target or a gate, as intake explains it.
  init(_ reply: TicketWhyReply, of ticket: Callout_V1_Ticket) {
    due = reply.target.dueMs
    intervals = reply.intervals.map {
      Interval(from: $0.fromMs, to: $0.toMs, isCounted: $0.counted, reason: $0.reason)
    }
    // Intervals say all of a target.
    if intervals.isEmpty || !ticket.targets.contains(where: { $0.id == reply.target.id }) {
      standing = Array(reply.lines.dropFirst(1 + intervals.count))
    }
  }

  /// The next word to the customer, which is the notifier's own promise: from where its present round counts, by the calendar of the
  /// plan's `updates`. What stands still counts anew when it goes on, so that no instant holds until then. Nil for any other clock.
  init?(_ clock: Callout_V1_SlaClock, _ plan: Plan, now: Instant) {
    guard let rule = plan.updates, clock.target == rule.id, let calendar = plan.calendars[rule.calendar],
      clock.countedFromMs != 0
    else { return nil }
    let from = Instant(milliseconds: clock.countedFromMs)
    let end: Instant
    switch clock.state {
    case "running": (due, end) = (clock.dueMs, Instant(milliseconds: clock.dueMs))
    case "paused": (due, end) = (0, now)
    default: (due, end) = (0, Instant(milliseconds: clock.endedMs))
    }
    let standstills = clock.intervals.filter { $0.state == "paused" }.map { interval in
      WorkCalendar.Standstill(
        from: Instant(milliseconds: interval.fromMs),
        to: interval.toMs == 0 ? end : Instant(milliseconds: interval.toMs),
        reason: "stood still, " + interval.why)
    }
    intervals = calendar.why(from: from, to: end, standstills: standstills).map {
      Interval(from: $0.from.milliseconds, to: $0.to.milliseconds, isCounted: $0.isCounted, reason: $0.reason)
    }
    let measured = calendar.isAlways ? "" : " of \(calendar.name) time"
    switch clock.state {
    case "running":
      standing = ["\(rule.every)\(measured) after the customer was last told something, or the clock went on"]
    case "paused": standing = ["When it goes on, it counts \(rule.every)\(measured) anew"]
    default: standing = [clock.intervals.last?.why ?? ""].filter { !$0.isEmpty }
    }
  }

  /// A clock of which only its history is known.
  init(historyOf clock: Callout_V1_SlaClock) {
    due = clock.dueMs
    intervals = []
  }

  /// How much counted in all, in milliseconds.
  var counted: Int64 { intervals.filter(\.isCounted).reduce(0) { $0 + $1.to - $1.from } }
}
