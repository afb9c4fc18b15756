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

extension Plan {
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

  /// How much may be counted with the answers that were given by `instant`, and how long before to warn; nil: any time.
  private func limit(
    _ rate: Rate, at instant: Instant, _ answers: [GateAnswer]
  ) -> (at: TimeSpan, warn: TimeSpan?)? {
    var given: [GateAnswer.Question: Bool] = [:]
    // The latest answer to a question holds; of those given at once, the one that stands last.
    for answer in answers.sorted(by: { $0.at < $1.at }) where answer.at <= instant {
      given[GateAnswer.Question(need: answer.need, block: answer.block)] = answer.isGranted
    }
    let limits = rate.gates.compactMap { gate -> (at: TimeSpan, warn: TimeSpan?)? in
      switch gate.need {
      case .assessment:
        return given[GateAnswer.Question(need: .assessment, block: 0)] == true ? nil : (gate.at, gate.warn)
      case .consent:
        guard case .blocks(let length, _, _) = rate.basis else { return nil }
        var blocks: Int64 = 1
        while given[GateAnswer.Question(need: .consent, block: blocks)] == true { blocks += 1 }
        if blocks > 1, !gate.eachBlock { return nil }
        return (.minutes(length.wholeMinutes.saturatingMultiply(blocks)), gate.warn)
      }
    }
    return limits.min { $0.at < $1.at }
  }

  private func end(_ rate: Rate, from instant: Instant, after span: TimeSpan) -> Instant? {
    guard let calendar = rate.calendar.flatMap({ calendars[$0] }) else { return instant + span }
    return calendar.due(from: instant, after: span)
  }

  private func openTime(_ rate: Rate, _ from: Instant, _ to: Instant) -> TimeSpan {
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
