/// A ticket of the past, as far as plans look at it.
public struct PastTicket: Hashable, Sendable {
  /// The number that people use.
  public var number: Int64
  /// Nil: the plan's default.
  public var ticketClass: String?
  public var openedAt: Instant
  /// From when its targets count: earlier than its opening for a part of another ticket, later once its class was raised.
  public var promisedAt: Instant
  /// A visit that was booked instead of help by telephone; nil: none.
  public var appointment: Instant?
  /// What its request told, as far as it was kept.
  public var request: Facts
  /// When each milestone was reached.
  public var reached: [Milestone: Instant]
  /// Whether someone was sent.
  public var isDispatched: Bool
  /// What rating looks at; nil while the work goes on.
  public var task: WorkTask?
  /// What it looks at in each stretch that a reopening followed, the first first.
  public var earlier: [Stretch]

  /// A stretch of a ticket that a reopening followed.
  public struct Stretch: Hashable, Sendable {
    public var task: WorkTask
    /// When its work ended.
    public var completedAt: Instant

    public init(task: WorkTask, completedAt: Instant) {
      self.task = task
      self.completedAt = completedAt
    }
  }

  public init(
    number: Int64, ticketClass: String?, openedAt: Instant, promisedAt: Instant? = nil, appointment: Instant? = nil,
    request: Facts,
    reached: [Milestone: Instant], isDispatched: Bool = false, task: WorkTask? = nil, earlier: [Stretch] = []
  ) {
    self.number = number
    self.ticketClass = ticketClass
    self.openedAt = openedAt
    self.promisedAt = promisedAt ?? openedAt
    self.appointment = appointment
    self.request = request
    self.reached = reached
    self.isDispatched = isDispatched
    self.task = task
    self.earlier = earlier
  }
}

/// What a plan makes of a ticket of the past.
public struct ReplayedTicket: Hashable, Sendable {
  /// The clauses that would have refused it; empty: it would have been taken.
  public var refusals: [FailedClause]
  /// When its targets fall due, in the plan's order.
  public var targets: [Target]
  /// The ladders that run, in the order of their starts.
  public var ladders: [Run]
  /// What it costs; nil while the work goes on.
  public var rating: Rating?
  /// What each stretch costs that a reopening followed, the first first.
  public var earlier: [Rating] = []

  /// What its work costs that has ended.
  public var ratings: [Rating] { earlier + (rating.map { [$0] } ?? []) }

  /// A promise and how it is kept.
  public struct Target: Hashable, Sendable {
    /// The clause's id.
    public var id: String
    public var due: Instant
    public var isMissed: Bool
  }

  /// A run of a ladder.
  public struct Run: Hashable, Sendable {
    /// The target that it is for; empty: the ticket's class.
    public var target: String
    /// The ladder's id.
    public var ladder: String
    public var from: Instant
    /// The steps that are taken before somebody takes it, those that ask for an answer taken as unanswered.
    public var steps: Int
  }
}

extension Plan {
  /// The most steps of a run that a replay counts.
  public static let replayedStepCountMax = 1000

  /// What this plan makes of `ticket`, with what is known by `now`. It tells what the plan alone says: whoever was asked or
  /// told something other than happened may have done other things.
  public func replay(_ ticket: PastTicket, now: Instant) -> ReplayedTicket {
    let ended = ticket.reached[.resolved] ?? now
    var replayed = ReplayedTicket(refusals: [], targets: [], ladders: [], rating: nil)
    if let name = ticket.ticketClass, ticketClass(name) == nil {
      replayed.refusals = [
        FailedClause(
          id: "classes", text: "There is no class \(name).",
          remedy: classes.isEmpty ? "name no class" : "class must be " + Plan.joined(classes.map(\.id), "or"))
      ]
    }
    replayed.refusals += admit(ticket.request, at: ticket.openedAt).failed
    let due = targets(
      class: ticket.ticketClass, openedAt: ticket.promisedAt, appointment: ticket.appointment, facts: ticket.request)
    // Nobody is paged for a ticket before there is one, nor by the ladder of a class before it has that.
    let began = max(ticket.openedAt, ticket.promisedAt)
    var missed: [(id: String, at: Instant)] = []
    for target in due {
      let met = ticket.reached[target.metBy(dispatched: ticket.isDispatched)]
      let isMissed = (met ?? ended) > target.due
      replayed.targets.append(.init(id: target.target.id, due: target.due, isMissed: isMissed))
      if isMissed { missed.append((target.target.id, target.due)) }
      guard let ladder = target.target.ladder, let starts = target.ladderStarts else { continue }
      let from = max(starts, began)
      guard from < met ?? ended else { continue }
      replayed.ladders.append(
        run(ladder, for: target.target.id, from: from, of: ticket, until: min(met ?? ended, ended)))
    }
    if let ladder = (ticket.ticketClass ?? defaultClass).flatMap({ ticketClass($0) })?.ladder {
      replayed.ladders.append(run(ladder, for: "", from: began, of: ticket, until: ended))
    }
    replayed.ladders.sort { ($0.from, $0.target) < ($1.from, $1.target) }
    if var task = ticket.task {
      task.facts[.missed] = .list(replayed.targets.filter(\.isMissed).map(\.id))
      replayed.rating = rate(task)
    }
    for stretch in ticket.earlier {
      var task = stretch.task
      // By its end only what had fallen due was missed.
      task.facts[.missed] = .list(missed.filter { $0.at < stretch.completedAt }.map(\.id))
      replayed.earlier.append(rate(task))
    }
    return replayed
  }

  /// A run of a ladder from `from` until somebody takes the ticket or reaches the customer.
  private func run(
    _ name: String, for target: String, from: Instant, of ticket: PastTicket, until ended: Instant
  ) -> ReplayedTicket.Run {
    let answers = [ticket.reached[.acknowledged], ticket.reached[.contacted]].compactMap(\.self)
    let end = min(answers.filter { $0 >= from }.min() ?? ended, ended)
    var steps = 0
    for number in 0..<Plan.replayedStepCountMax {
      guard let step = ladder(name)?.step(number), from + step.at < end || (step.at == .zero && from <= end) else {
        break
      }
      if hindrance(of: step.step, facts: [.answer: "none"]) == nil { steps += 1 }
    }
    return ReplayedTicket.Run(target: target, ladder: name, from: from, steps: steps)
  }
}

/// Something that a new version of a plan makes otherwise of a ticket of the past.
public struct ReplayDifference: Hashable, Sendable {
  /// What it is about; the raw value is the word that is shown.
  public enum Matter: String, CaseIterable, Hashable, Sendable {
    /// Whether it is taken.
    case refusal
    /// When a target falls due.
    case due
    /// Whether a target is missed.
    case missed
    /// Whom a ladder tells, from when, and how often.
    case page
    /// What it costs.
    case charge
  }

  public var matter: Matter
  /// The clause's id.
  public var clause: String
  /// In words, with times in the plan's zone.
  public var old: String
  public var new: String

  public init(matter: Matter, clause: String, old: String, new: String) {
    self.matter = matter
    self.clause = clause
    self.old = old
    self.new = new
  }
}

extension Plan {
  /// What this version makes otherwise of a ticket than an older one made of it, matter by matter. A clause that refused in
  /// both, or did in the old one alone, is no difference: the ticket was taken.
  public func differences(from old: ReplayedTicket, to new: ReplayedTicket) -> [ReplayDifference] {
    var differences: [ReplayDifference] = []
    func add(_ matter: ReplayDifference.Matter, _ clause: String, _ before: String, _ after: String) {
      if before != after { differences.append(.init(matter: matter, clause: clause, old: before, new: after)) }
    }
    for clause in new.refusals where !old.refusals.contains(where: { $0.id == clause.id }) {
      add(.refusal, clause.id, "taken", "refused: \(clause.text) (\(clause.remedy))")
    }
    for id in Plan.union(old.targets.map(\.id), new.targets.map(\.id)) {
      let (before, after) = (old.targets.first { $0.id == id }, new.targets.first { $0.id == id })
      add(.due, id, before.map { civil($0.due) } ?? "not promised", after.map { civil($0.due) } ?? "not promised")
      add(.missed, id, before?.isMissed ?? false ? "missed" : "met", after?.isMissed ?? false ? "missed" : "met")
    }
    for id in Plan.union(old.ladders.map(\.target), new.ladders.map(\.target)) {
      add(.page, id.isEmpty ? "class" : id, pages(old, id), pages(new, id))
    }
    for (number, (before, after)) in zip(old.earlier, new.earlier).enumerated() {
      let when = ", before reopening \(number + 1)"
      if cost(before) != cost(after) {
        add(.charge, after.rate ?? "none", cost(before) + when, cost(after) + when)
      }
    }
    if let before = old.rating, let after = new.rating {
      differences += [difference(from: before, to: after)].compactMap(\.self)
    }
    return differences
  }

  /// What this version makes otherwise of what work costs; nil if nothing.
  public func difference(from old: Rating, to new: Rating) -> ReplayDifference? {
    let (before, after) = (cost(old), cost(new))
    return before == after
      ? nil : ReplayDifference(matter: .charge, clause: new.rate ?? "none", old: before, new: after)
  }

  private func pages(_ replayed: ReplayedTicket, _ target: String) -> String {
    guard let run = replayed.ladders.first(where: { $0.target == target }) else { return "nobody" }
    return "\(run.ladder) from \(civil(run.from)), \(run.steps) step\(run.steps == 1 ? "" : "s")"
  }

  private func cost(_ rating: Rating) -> String {
    guard rating.refusals.isEmpty else {
      return "must not be charged: " + rating.refusals.map(\.id).joined(separator: ", ")
    }
    return "\(rating.total)"
      + (rating.lines.isEmpty ? "" : " by " + rating.lines.map(\.clause).joined(separator: " + "))
  }

  /// Civil time to the second: a ladder that starts with a miss does so a millisecond after the due instant.
  private func civil(_ instant: Instant) -> String {
    zone.civil(Instant(milliseconds: instant.milliseconds - instant.milliseconds % 1000)).description
  }

  private static func union(_ some: [String], _ others: [String]) -> [String] {
    some + others.filter { !some.contains($0) }
  }
}
