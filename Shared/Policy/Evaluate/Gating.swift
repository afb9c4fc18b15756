/// A person's answer to a gate inside work, and from when it holds.
public struct GateAnswer: Hashable, Sendable {
  /// What was asked.
  public var need: Gate.Need
  /// Which block beyond the first, from 1; 0 for an assessment.
  public var block: Int64
  /// Whether work may go on.
  public var isGranted: Bool
  /// When the person answered. Work before that is not covered.
  public var at: Instant

  /// An answer as given.
  public init(need: Gate.Need, block: Int64, isGranted: Bool, at: Instant) {
    self.need = need
    self.block = block
    self.isGranted = isGranted
    self.at = at
  }
}

/// Work as far as its gates let it count.
public struct GatedWork: Hashable, Sendable {
  /// What counts, in order.
  public var counted: [WorkInterval] = []
  /// What was done past a gate before anyone had let it go on, in order. It is kept, and not charged.
  public var beyond: [WorkInterval] = []
  /// Time that counts, by the rate's calendar.
  public var total = TimeSpan.zero
  /// When work came to a gate that nobody has opened since; nil: it may go on.
  public var stoppedAt: Instant?

  /// No work.
  public init() {}
}

/// How a gate inside work stands.
public struct GateStanding: Hashable, Sendable {
  /// The gate's clause.
  public var id: String
  /// What it asks for.
  public var need: Gate.Need
  /// Which block beyond the first, from 1; 0 for an assessment.
  public var block: Int64
  /// How much work counts before it.
  public var at: TimeSpan
  /// When a person let work go on past it; nil: nobody has.
  public var answeredAt: Instant?
  /// When work came to it and stopped; nil: it has not, or goes on.
  public var reachedAt: Instant?
  /// When work that goes on comes to it; nil: it is behind, or the rate's calendar never gets there.
  public var due: Instant?
}

extension Plan {
  /// The ids of all gates of all rates.
  public var gateIDs: Set<String> { Set(rates.flatMap { $0.gates.map(\.id) }) }

  /// Whether any rate has a gate: without one, work never stops for an answer.
  public var hasGates: Bool { rates.contains { !$0.gates.isEmpty } }

  /// Goes through work in the order of time, and stops counting at each gate until somebody lets it go on. Silence is no
  /// consent: neither is an answer that comes later consent to what was done before it.
  ///
  /// - Parameters:
  ///   - work: in order, without overlap.
  ///   - facts: what finds the rate; where none matches, or the rate has no gates, all work counts.
  public func gate(_ work: [WorkInterval], facts: Facts, answers: [GateAnswer]) -> GatedWork {
    var gated = GatedWork()
    guard let rate = rate(for: facts), !rate.gates.isEmpty else {
      gated.counted = work
      return gated
    }
    for interval in work {
      var from = interval.from
      while from < interval.to {
        from =
          isOpen(rate, gated.total, at: from, answers)
          ? count(rate, from, interval.to, answers, &gated) : skip(rate, from, interval.to, answers, &gated)
      }
    }
    // Whoever answered after the last work has opened the gate for what comes.
    if let stopped = gated.stoppedAt, opening(rate, gated.total, from: stopped, answers) != nil {
      gated.stoppedAt = nil
    }
    return gated
  }

  /// When work that goes on from `now` comes to where the plan warns of its next gate, and to the gate itself; nil each
  /// where there is none ahead.
  public func gatesAhead(
    of gated: GatedWork, facts: Facts, answers: [GateAnswer], from now: Instant
  ) -> (warning: Instant?, gate: Instant?) {
    guard let rate = rate(for: facts), let limit = limit(rate, at: now, answers), gated.total < limit.at else {
      return (nil, nil)
    }
    func instant(_ counted: TimeSpan) -> Instant? {
      guard counted > gated.total else { return nil }
      return end(rate, from: now, after: counted - gated.total)
    }
    return (limit.warn.flatMap { instant(limit.at - $0) }, instant(limit.at))
  }

  /// How each gate of the rate stands, in the plan's order; none where no rate matches. Where each block needs an answer anew, a
  /// gate is the one of the first block that has none.
  public func gateStandings(
    of gated: GatedWork, facts: Facts, answers: [GateAnswer], at now: Instant
  ) -> [GateStanding] {
    guard let rate = rate(for: facts) else { return [] }
    let given = given(answers, by: now)
    func opened(_ need: Gate.Need, _ block: Int64) -> Instant? {
      given[GateAnswer.Question(need: need, block: block)].flatMap { $0.isGranted ? $0.at : nil }
    }
    return rate.gates.compactMap { gate in
      var standing = GateStanding(id: gate.id, need: gate.need, block: 0, at: gate.at)
      switch gate.need {
      case .assessment: standing.answeredAt = opened(.assessment, 0)
      case .consent:
        guard case .blocks(let length, _, _) = rate.basis else { return nil }
        standing.block = 1
        while gate.eachBlock, opened(.consent, standing.block) != nil { standing.block += 1 }
        standing.answeredAt = opened(.consent, standing.block)
        standing.at = .minutes(length.wholeMinutes.saturatingMultiply(standing.block))
      }
      guard standing.answeredAt == nil else { return standing }
      if gated.total < standing.at {
        standing.due = end(rate, from: now, after: standing.at - gated.total)
      } else {
        standing.reachedAt = gated.stoppedAt
      }
      return standing
    }
  }

  /// Counts work up to the next gate; returns where it left off.
  private func count(
    _ rate: Rate, _ from: Instant, _ to: Instant, _ answers: [GateAnswer], _ gated: inout GatedWork
  ) -> Instant {
    gated.stoppedAt = nil
    var until = to
    if let limit = limit(rate, at: from, answers), let gate = end(rate, from: from, after: limit.at - gated.total),
      gate <= to
    {
      until = gate
      gated.stoppedAt = gate
    }
    gated.counted.append(WorkInterval(from: from, to: until))
    gated.total = gated.total + openTime(rate, from, until)
    return until
  }

  /// Skips work before a gate that is not open yet; returns where it goes on.
  private func skip(
    _ rate: Rate, _ from: Instant, _ to: Instant, _ answers: [GateAnswer], _ gated: inout GatedWork
  ) -> Instant {
    let opening = opening(rate, gated.total, from: from, answers)
    let until = min(opening ?? to, to)
    gated.beyond.append(WorkInterval(from: from, to: until))
    gated.stoppedAt = gated.stoppedAt ?? from
    return until
  }

  private func isOpen(_ rate: Rate, _ total: TimeSpan, at instant: Instant, _ answers: [GateAnswer]) -> Bool {
    limit(rate, at: instant, answers).map { total < $0.at } ?? true
  }

  /// The first answer from `instant` on that lets more than `total` be counted.
  private func opening(
    _ rate: Rate, _ total: TimeSpan, from instant: Instant, _ answers: [GateAnswer]
  ) -> Instant? {
    answers.map(\.at).filter { $0 >= instant }.sorted().first { isOpen(rate, total, at: $0, answers) }
  }

  /// How far work may count before a gate.
  struct Limit {
    /// The gate's clause.
    var gate: String
    /// How much may be counted.
    var at: TimeSpan
    /// How long before to warn.
    var warn: TimeSpan?
  }

  /// How much may be counted with the answers that were given by `instant`; nil: any time.
  func limit(_ rate: Rate, at instant: Instant, _ answers: [GateAnswer]) -> Limit? {
    let given = given(answers, by: instant)
    let limits = rate.gates.compactMap { gate -> Limit? in
      switch gate.need {
      case .assessment:
        let answer = given[GateAnswer.Question(need: .assessment, block: 0)]
        return answer?.isGranted == true ? nil : Limit(gate: gate.id, at: gate.at, warn: gate.warn)
      case .consent:
        guard case .blocks(let length, _, _) = rate.basis else { return nil }
        var blocks: Int64 = 1
        while given[GateAnswer.Question(need: .consent, block: blocks)]?.isGranted == true { blocks += 1 }
        if blocks > 1, !gate.eachBlock { return nil }
        return Limit(
          gate: gate.id, at: .minutes(length.wholeMinutes.saturatingMultiply(blocks)), warn: gate.warn)
      }
    }
    return limits.min { $0.at < $1.at }
  }

  /// The answer that holds to each question at `instant`: the latest; of those given at once, the one that stands last.
  private func given(_ answers: [GateAnswer], by instant: Instant) -> [GateAnswer.Question: GateAnswer] {
    var given: [GateAnswer.Question: GateAnswer] = [:]
    for answer in answers.sorted(by: { $0.at < $1.at }) where answer.at <= instant {
      given[GateAnswer.Question(need: answer.need, block: answer.block)] = answer
    }
    return given
  }

  func end(_ rate: Rate, from instant: Instant, after span: TimeSpan) -> Instant? {
    guard let calendar = rate.calendar.flatMap({ calendars[$0] }) else { return instant + span }
    return calendar.due(from: instant, after: span)
  }

  func openTime(_ rate: Rate, _ from: Instant, _ to: Instant) -> TimeSpan {
    rate.calendar.flatMap { calendars[$0] }?.openTime(from: from, to: to) ?? to - from
  }
}

extension GateAnswer {
  /// What an answer is to.
  fileprivate struct Question: Hashable {
    var need: Gate.Need
    var block: Int64
  }
}
