/// How it came about where the clock of a gate inside work stands, interval by interval.
public struct GateWhy: Hashable, Sendable {
  /// The gate, as ``Plan/gateStandings(of:facts:answers:at:)`` has it.
  public var standing: GateStanding
  /// When work comes to it, or came to it; nil: no instant holds, because work stands still, has ended or was let go on before.
  public var due: Instant?
  /// Whether work came to it before anybody had let it go on, or since nobody does any more.
  public var isReached: Bool
  /// How much counted towards it when it was reached, was answered, or is asked about.
  public var counted: TimeSpan
  /// The other gate before which work stands still; nil: none.
  public var heldBy: String?
  /// From the beginning of work to the due instant, or where none holds to when it was answered or is asked about: in order and
  /// without gaps, the first ``WorkCalendar/maximumStretches`` of them. What counts adds up to ``GateStanding/at`` where there is a due
  /// instant.
  public var stretches: [WorkCalendar.Stretch]

  /// How much more must count; never negative.
  public var left: TimeSpan { max(.zero, standing.at - counted) }
}

/// The work of which the clocks of its gates are explained.
public struct WorkCourse: Hashable, Sendable {
  /// In order and without overlap, up to ``until``.
  public var work: [WorkInterval]
  /// Now; of work that has ended, its end.
  public var until: Instant
  /// Whether somebody is at work then, so that it goes on.
  public var goesOn: Bool
  /// Why time between work does not count.
  public var idle: String

  /// Work as given.
  public init(work: [WorkInterval], until: Instant, goesOn: Bool, idle: String = "nobody at work") {
    self.work = work
    self.until = until
    self.goesOn = goesOn
    self.idle = idle
  }

  /// The same as it was at an earlier instant.
  fileprivate func upTo(_ instant: Instant) -> WorkCourse {
    guard instant < until else { return self }
    let past = work.filter { $0.from < instant }.map { WorkInterval(from: $0.from, to: min($0.to, instant)) }
    let goesOn = work.contains { $0.from <= instant && instant < $0.to }
    return WorkCourse(work: past, until: instant, goesOn: goesOn, idle: idle)
  }
}

extension Plan {
  /// Explains where the clock of a gate stands; nil where the rate has no gate of that id. The clock of a gate that somebody opened
  /// before work came to it ended then, so that it is explained as of the answer.
  ///
  /// - Parameter facts: what finds the rate.
  public func why(gate id: String, of course: WorkCourse, facts: Facts, answers: [GateAnswer]) -> GateWhy? {
    guard let rate = rate(for: facts) else { return nil }
    let whole = gate(course.work, facts: facts, answers: answers)
    let standings = gateStandings(of: whole, facts: facts, answers: answers, at: course.until)
    guard let standing = standings.first(where: { $0.id == id }) else { return nil }
    let reached = instant(of: standing.at, rate, whole.counted)
    if let reached, standing.answeredAt.map({ $0 > reached }) ?? true {
      let stretches = stretches(course.upTo(reached), rate, facts: facts, answers)
      return GateWhy(
        standing: standing, due: reached, isReached: true, counted: standing.at, stretches: capped(stretches))
    }

    let course = course.upTo(standing.answeredAt ?? course.until)
    let counted = gate(course.work, facts: facts, answers: answers).total
    // Its own answer let nothing go on yet, and it is no other gate.
    let others = answers.filter { $0.need != standing.need || $0.block != standing.block }
    let held = limit(rate, at: course.until, others).flatMap { counted < $0.at || $0.gate == id ? nil : $0.gate }
    var why = GateWhy(
      standing: standing, isReached: false, counted: counted, heldBy: held,
      stretches: stretches(course, rate, facts: facts, answers))
    if course.goesOn, held == nil, let due = end(rate, from: course.until, after: why.left) {
      why.due = due
      why.stretches += calendar(of: rate).why(from: course.until, to: due, open: "work goes on")
    }
    why.stretches = capped(why.stretches)
    return why
  }

  /// What became of the time of `course`: counted by the rate's calendar, or skipped.
  private func stretches(
    _ course: WorkCourse, _ rate: Rate, facts: Facts, _ answers: [GateAnswer]
  ) -> [WorkCalendar.Stretch] {
    guard var at = course.work.first?.from else { return [] }
    let calendar = calendar(of: rate)
    let gated = gate(course.work, facts: facts, answers: answers)
    let pieces = gated.counted.map { (span: $0, counts: true) } + gated.beyond.map { (span: $0, counts: false) }
    var stretches: [WorkCalendar.Stretch] = []
    func idle(until instant: Instant) {
      if at < instant { stretches.append(calendar.standstill(from: at, to: instant, reason: course.idle)) }
    }
    for (span, counts) in pieces.sorted(by: { $0.span.from < $1.span.from }) {
      idle(until: span.from)
      if counts {
        stretches += calendar.why(from: span.from, to: span.to)
      } else {
        let gate = limit(rate, at: span.from, answers)?.gate ?? ""
        stretches.append(
          calendar.standstill(
            from: span.from, to: span.to, reason: "stood still before \(gate), nobody had let it go on"))
      }
      at = span.to
    }
    idle(until: course.until)
    return stretches
  }

  /// When so much had counted, to the millisecond; nil: it has not.
  private func instant(of place: TimeSpan, _ rate: Rate, _ counted: [WorkInterval]) -> Instant? {
    var total = TimeSpan.zero
    for span in counted {
      let open = openTime(rate, span.from, span.to)
      if total + open >= place { return end(rate, from: span.from, after: place - total) }
      total = total + open
    }
    return nil
  }

  /// The calendar in which a rate counts; where it names none, all time does.
  private func calendar(of rate: Rate) -> WorkCalendar {
    rate.calendar.flatMap { calendars[$0] } ?? .always(name: "", zone: zone)
  }

  private func capped(_ stretches: [WorkCalendar.Stretch]) -> [WorkCalendar.Stretch] {
    Array(stretches.prefix(WorkCalendar.maximumStretches))
  }
}
