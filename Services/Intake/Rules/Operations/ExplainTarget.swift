public import Policy

/// Explains how a ticket's due instant came about.
public enum ExplainTarget {
  /// The target, and its explanation line by line.
  public struct Explanation: Sendable, Hashable {
    /// How it stands.
    public var target: TargetStatus
    /// What was promised, then every stretch of the calendar that was counted or skipped.
    public var lines: [String]
  }

  /// The explanation of the ticket's target with this id; nil when the ticket has none.
  public static func explain(_ id: String, of ticket: Ticket, _ plan: Plan) -> Explanation? {
    guard let status = ticket.targets.first(where: { $0.id == id }) else { return nil }
    var lines: [String] = []
    if let promise = ticket.promises(plan, appointment: nil).first(where: { $0.target.id == id }) {
      let target = promise.target
      let measured = target.calendar == "always" ? "" : " of \(target.calendar) time"
      lines.append("\(id): \(target.by)\(measured) after \(ticket.openedAt)")
      if promise.due == status.due {
        let stretches = plan.why(target, openedAt: ticket.openedAt, due: status.due)
        lines += stretches.map(\.description)
      } else {
        lines.append("A visit was booked: its time is the promise.")
      }
    }
    lines += ticket.pauses.map { pause in
      "stood still from \(pause.from) \(pause.to.map { "to \($0)" } ?? "on"): \(pause.clause)"
    }
    lines.append("due \(status.due)")
    if let met = status.metAt { lines.append(status.isMissed ? "met late, \(met)" : "met \(met)") }
    if status.metAt == nil { lines.append(status.isMissed ? "missed" : "not met yet") }
    return Explanation(target: status, lines: lines)
  }
}
