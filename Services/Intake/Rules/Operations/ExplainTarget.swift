public import Policy

/// Explains how a ticket's due instant came about.
public enum ExplainTarget {
  /// The target, and its explanation line by line.
  public struct Explanation: Sendable, Hashable {
    /// How it stands.
    public var target: TargetStatus
    /// What was promised, then every stretch in words, and how it stands.
    public var lines: [String]
    /// From what the promise counts from to the due instant, in order: what counted, what the calendar skipped, and when the clock stood still.
    /// None where a visit is the promise.
    public var stretches: [WorkCalendar.Stretch]
  }

  /// The explanation of the ticket's target with this id; nil when the ticket has none.
  public static func explain(_ id: String, of ticket: Ticket, _ plan: Plan) -> Explanation? {
    guard let status = ticket.targets.first(where: { $0.id == id }) else { return nil }
    var lines: [String] = []
    var stretches: [WorkCalendar.Stretch] = []
    if let promise = ticket.promises(plan, appointment: nil).first(where: { $0.target.id == id }) {
      let target = promise.target
      let measured = target.calendar == "always" ? "" : " of \(target.calendar) time"
      lines.append("\(id): \(target.by)\(measured) after \(ticket.countsFrom)")
      if promise.due == status.due {
        stretches = self.stretches(of: target, ticket, plan, due: status.due)
        lines += stretches.map(\.description)
      } else {
        lines.append("A visit was booked: its time is the promise.")
      }
    }
    if let since = ticket.pausedSince { lines.append("stands still since \(since): \(ticket.pausedReason)") }
    lines.append("due \(status.due)")
    if let met = status.metAt { lines.append(status.isMissed ? "met late, \(met)" : "met \(met)") }
    if status.metAt == nil { lines.append(status.isMissed ? "missed" : "not met yet") }
    return Explanation(target: status, lines: lines, stretches: stretches)
  }

  private static func stretches(
    of target: Target, _ ticket: Ticket, _ plan: Plan, due: Instant
  ) -> [WorkCalendar.Stretch] {
    guard let calendar = plan.calendars[target.calendar] else { return [] }
    let standstills = ticket.standstills.map { still in
      let to = still.to ?? due
      let reasons = ticket.pauses.filter { $0.from < to && $0.to ?? .latest > still.from }
        .map { "\($0.clause): \($0.reason)" }
      return WorkCalendar.Standstill(
        from: still.from, to: to, reason: "stood still, " + reasons.joined(separator: "; "))
    }
    return calendar.why(from: ticket.countsFrom, to: due, standstills: standstills)
  }
}
