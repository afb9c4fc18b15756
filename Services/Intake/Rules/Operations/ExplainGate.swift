public import Policy

/// Explains how it came about where the clock of a gate inside a ticket's work stands.
public enum ExplainGate {
  /// The gate, and its explanation line by line.
  public struct Explanation: Sendable, Hashable {
    /// When work comes to it, or came to it; nil: no instant holds.
    public var due: Instant?
    /// When the customer let work go on past it; nil: not yet.
    public var metAt: Instant?
    /// Whether work came to it before the customer had let it go on.
    public var isMissed: Bool
    /// What is asked for after how much work, then every stretch in words, and how it stands.
    public var lines: [String]
    /// From the beginning of work, as ``GateWhy/stretches``.
    public var stretches: [WorkCalendar.Stretch]
  }

  /// The gates that the ticket's present work has, in the plan's order.
  public static func known(_ ticket: Ticket, _ work: [WorkRecord], _ visits: [Visit], _ plan: Plan) -> [String] {
    plan.gateStandings(of: GatedWork(), facts: facts(ticket, work, visits, plan), answers: [], at: ticket.openedAt).map(
      \.id)
  }

  /// The explanation of the gate with this id in the present stretch of a ticket's work; nil when its work has none.
  public static func explain(
    _ id: String, of ticket: Ticket, _ work: [WorkRecord], _ visits: [Visit], _ plan: Plan, at now: Instant
  ) -> Explanation? {
    let course = course(of: ticket, work, visits, at: now)
    let facts = facts(ticket, work, visits, plan)
    guard let why = plan.why(gate: id, of: course, facts: facts, answers: ticket.gateAnswers) else { return nil }
    let standing = why.standing
    let asked =
      switch standing.need {
      case .assessment: "the customer is told where things stand"
      case .consent: "block \(standing.block + 1) needs consent"
      }
    let measured = plan.rate(for: facts)?.calendar.map { " of \($0) time" } ?? ""
    let head = "\(id): after \(standing.at)\(measured) of work, \(asked)"
    return Explanation(
      due: why.due, metAt: standing.answeredAt, isMissed: why.isReached,
      lines: [head] + why.stretches.map(\.description)
        + state(of: why, ticket, course, plan).map { "\($0.prefix(1).uppercased())\($0.dropFirst())" },
      stretches: why.stretches)
  }

  /// The work of a ticket's present stretch up to now, or to its end.
  private static func course(
    of ticket: Ticket, _ work: [WorkRecord], _ visits: [Visit], at now: Instant
  ) -> WorkCourse {
    let isRunning = ticket.isActive && ticket.isAtWork(visits)
    let all = TaskFacts.all(ticket, work, visits, until: isRunning ? now : nil)
    let ended = ticket.isActive ? nil : max(ticket.resolvedAt ?? now, all.last?.to ?? .earliest)
    let idle = TaskFacts.leavesHelpdeskOut(ticket, work, visits) ? "nobody at work on site" : "nobody at work"
    return WorkCourse(work: all, until: ended ?? now, goesOn: isRunning, idle: idle)
  }

  private static func facts(_ ticket: Ticket, _ work: [WorkRecord], _ visits: [Visit], _ plan: Plan) -> Facts {
    TaskFacts(ticket: ticket, work: work, visits: visits, account: nil, plan: plan).facts
  }

  /// How it stands, in words.
  private static func state(of why: GateWhy, _ ticket: Ticket, _ course: WorkCourse, _ plan: Plan) -> [String] {
    func text(_ instant: Instant) -> String {
      "\(plan.zone.date(instant).weekday.rawValue) \(plan.zone.civil(instant))"
    }
    let place = why.standing.at
    let counted = "\(why.counted) of \(place) counted"
    let left = "\(counted), \(why.left) left"
    let due = why.due.map { "due \(text($0))" } ?? "the rate's calendar never gets there"
    if let answered = why.standing.answeredAt {
      guard why.isReached else {
        return ["the customer let work go on in time, \(text(answered)): \(counted)"]
      }
      return [due, "work came to it, and the customer let it go on late, \(text(answered))"]
    }
    if why.isReached { return [due, "work came to it, and nobody lets it go on"] }
    if !ticket.isActive { return ["the ticket is \(ticket.state.rawValue): \(counted)"] }
    if course.work.isEmpty, !course.goesOn { return ["no work has begun: \(left)"] }
    if let gate = why.heldBy { return ["work stands still before \(gate): \(left)"] }
    guard course.goesOn else { return ["\(course.idle): \(left)"] }
    return ["work goes on: \(left)", due]
  }
}
