extension Plan {
  /// The most minutes of one task that are rated, some two years; more counts as so many.
  public static let maximumMinutes: Int64 = 1_000_000

  /// The first rate whose condition holds.
  public func rate(for facts: Facts) -> Rate? {
    let at = facts.instant(.reported)
    // By index: a rate is large, and most are only looked at.
    return rates.indices.first { holds(rates[$0].when, facts, at: at) }.map { rates[$0] }
  }

  /// What a task costs: the rate's line, what is taken off, parts, and what is needed before more is done.
  ///
  /// Nothing is charged beyond the blocks that the customer consented to: work stops at a block's end. `refusals` say
  /// why it must not be charged at all; the lines are there even then. Work for a class that was claimed without need is
  /// rated by what bills that (E11).
  public func rate(_ task: WorkTask) -> Rating {
    if let misuse = task.misusedClass.flatMap({ ticketClass($0)?.misuse }) { return rate(task, misuse) }
    return rate(task, by: rate(for: task.facts))
  }

  /// What misuse costs: nothing without a rate for it, and the line says so.
  private func rate(_ task: WorkTask, _ misuse: TicketClass.Misuse) -> Rating {
    if let rate = misuse.bills.flatMap({ self.rate($0) }) { return self.rate(task, by: rate) }
    let line = ChargeLine(
      kind: .rate, clause: misuse.id, text: misuse.text, units: 0,
      inputs: [.fact(.class, task.misusedClass.map { .text($0) })],
      arithmetic: "the plan has no rate for it: 0")
    return Rating(
      lines: [line], total: 0, rate: nil, minutes: 0, minutesBeyondConsent: 0, needs: [], cap: 0, refusals: [])
  }

  /// What a task costs by one rate, whether its condition holds or not; nil for work that no rate is for.
  func rate(_ task: WorkTask, by rate: Rate?) -> Rating {
    var rating = Rating(
      lines: [], total: 0, rate: nil, minutes: 0, minutesBeyondConsent: 0, needs: [], cap: nil,
      refusals: assessmentRefusals(task.assessment))
    if let rate {
      charge(rate, task, &rating)
    } else if !isOnlyParts(task) {
      rating.refusals.append(noRate(task.facts))
    }
    addParts(task.parts, &rating)
    if let rate, rate.unit != unit, !task.parts.isEmpty { rating.refusals.append(partsApart(rate)) }
    rating.total = rating.lines.reduce(0) { $0 + $1.units }
    return rating
  }

  /// Counted minutes of a task: whole ones, seconds of the total dropped.
  public func minutes(of work: WorkTask.Work, calendar name: String?) -> Int64 {
    switch work {
    case .minutes(let minutes):
      return min(max(0, minutes), Plan.maximumMinutes)
    case .intervals(let intervals):
      let calendar = name.flatMap { calendars[$0] }
      var total: Int64 = 0
      var end = Instant.earliest
      for interval in intervals.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
        let from = max(interval.from, end)
        guard from < interval.to else { continue }
        total += (calendar?.openTime(from: from, to: interval.to) ?? interval.to - from).milliseconds
        end = interval.to
      }
      return min(total / 60_000, Plan.maximumMinutes)
    }
  }

  private func charge(_ rate: Rate, _ task: WorkTask, _ rating: inout Rating) {
    rating.rate = rate.id
    rating.minutes = minutes(of: task.work, calendar: rate.calendar)
    rating.minutesBeyondConsent = minutes(of: .intervals(task.beyond), calendar: rate.calendar)
    let inputs = match(rate.when, task.facts, at: task.facts.instant(.reported)).looked
    if rate.voidedBy == .dispatch, task.facts.flag(.dispatched) == true {
      rating.cap = 0
      rating.lines.append(
        ChargeLine(
          kind: .voided, clause: rate.id, text: rate.text, units: 0, inputs: inputs + [.fact(.dispatched, true)],
          arithmetic: "voided by the dispatch: 0"))
      return
    }
    let (units, arithmetic) = count(rate, task, &rating)
    let consents: [Looked] =
      rate.gates.contains { $0.need == .consent } ? [.consents(task.consentedBlocks)] : []
    rating.lines.append(
      ChargeLine(
        kind: .rate, clause: rate.id, text: rate.text, units: units,
        inputs: inputs + [.minutes(rating.minutes)] + consents, arithmetic: arithmetic))
    takeOff(rate, charged: units, task, &rating)
  }

  /// The units of a rate and how they came about; sets the cap and the needs of `rating`.
  private func count(_ rate: Rate, _ task: WorkTask, _ rating: inout Rating) -> (Amount, String) {
    let minutes = rating.minutes
    switch rate.basis {
    case .flat(let amount):
      rating.cap = amount
      rating.needs = assessments(rate, task, minutes: minutes)
      return (amount, "flat: \(amount)")
    case .per(let span, let each):
      rating.needs = assessments(rate, task, minutes: minutes)
      let (units, text) = increments(of: task.work, rate, minutes, span, each)
      return (units, text + beyondText(rating))
    case .blocks(let of, let first, let each):
      let length = of.wholeMinutes
      let begun = (minutes + length - 1) / length
      let allowed = allowedBlocks(rate, task)
      let charged = min(begun, allowed ?? begun)
      rating.minutesBeyondConsent += max(0, minutes - (allowed ?? begun) * length)
      rating.cap = allowed.map { price(blocks: $0, first, each) }
      rating.needs = assessments(rate, task, minutes: minutes) + consents(rate, allowed, length, each, minutes)
      guard charged > 0 else { return (0, "no work: 0") }
      var text = "\(minutes) min = \(charged) block\(charged == 1 ? "" : "s") of \(length) min: "
      text += charged == 1 ? "\(first)" : charged == 2 ? "\(first) + \(each)" : "\(first) + \(charged - 1) × \(each)"
      return (price(blocks: charged, first, each), text + beyondText(rating))
    }
  }

  private func beyondText(_ rating: Rating) -> String {
    guard rating.minutesBeyondConsent > 0 else { return "" }
    return "; \(rating.minutesBeyondConsent) min beyond what was consented to are not charged"
  }

  private func price(blocks: Int64, _ first: Amount, _ each: Amount) -> Amount {
    blocks <= 0 ? 0 : first + (each.times(blocks - 1) ?? 0)
  }

  /// How many blocks may be charged with the consents given; nil for any number.
  private func allowedBlocks(_ rate: Rate, _ task: WorkTask) -> Int64? {
    guard let gate = rate.gates.first(where: { $0.need == .consent }) else { return nil }
    let consented = Int64(min(max(0, task.consentedBlocks), Int(Plan.maximumMinutes)))
    if gate.eachBlock { return 1 + consented }
    return consented > 0 ? nil : 1
  }

  private func consents(
    _ rate: Rate, _ allowed: Int64?, _ length: Int64, _ each: Amount, _ minutes: Int64
  ) -> [Requirement] {
    guard let allowed, let gate = rate.gates.first(where: { $0.need == .consent }) else { return [] }
    let at = allowed * length
    return [
      Requirement(
        clause: gate.id, need: .consent, atMinute: at, warnAtMinute: gate.warn.map { at - $0.wholeMinutes },
        units: each, reached: minutes >= at)
    ]
  }

  private func assessments(_ rate: Rate, _ task: WorkTask, minutes: Int64) -> [Requirement] {
    guard !task.situationAssessed else { return [] }
    return rate.gates.filter { $0.need == .assessment }.map { gate in
      let at = gate.at.wholeMinutes
      return Requirement(
        clause: gate.id, need: .assessment, atMinute: at, warnAtMinute: gate.warn.map { at - $0.wholeMinutes },
        units: 0, reached: minutes >= at)
    }
  }

  /// Takes off the plan's waivers, those of everything first, then those by hand; never more than the work came to.
  private func takeOff(_ rate: Rate, charged: Amount, _ task: WorkTask, _ rating: inout Rating) {
    var left = charged
    let at = task.facts.instant(.reported)
    let matching = waivers.filter { holds($0.when, task.facts, at: at) }
    for extent in [Waiver.Extent.all, .firstBlock] {
      for waiver in matching where waiver.waives == extent && left > 0 {
        let off = extent == .all ? left : min(left, firstBlock(of: rate))
        guard off > 0 else { continue }
        left -= off
        rating.lines.append(
          ChargeLine(
            kind: .waiver, clause: waiver.id, text: waiver.text, units: -off,
            inputs: match(waiver.when, task.facts, at: at).looked,
            arithmetic: extent == .all ? "all work: -\(off)" : "the first block: -\(off)"))
      }
    }
    for waiver in task.waivers {
      guard !waiver.reason.allSatisfy(\.isWhitespace), waiver.units.map({ $0 >= 0 }) ?? true else {
        rating.refusals.append(
          FailedClause(
            id: "manual-waiver", text: "A waiver by hand keeps a reason and takes something off.",
            looked: ["reason: \(waiver.reason)"], remedy: "give a reason, and units that are not negative"))
        continue
      }
      let off = min(left, waiver.units ?? left)
      guard off > 0 else { continue }
      left -= off
      rating.lines.append(
        ChargeLine(
          kind: .manualWaiver, clause: rate.id, text: waiver.reason, units: -off,
          inputs: [.words("reason: \(waiver.reason)")], arithmetic: "waived by hand: -\(off)"))
    }
  }

  private func firstBlock(of rate: Rate) -> Amount {
    switch rate.basis {
    case .flat(let amount): amount
    case .blocks(_, let first, _): first
    case .per: 0
    }
  }

  private func addParts(_ lines: [WorkTask.PartsLine], _ rating: inout Rating) {
    for line in lines {
      let id = parts?.id ?? "parts"
      let minutes = min(max(0, line.minutes), Plan.maximumMinutes)
      let inputs: [Looked] = [.words("part: \(line.text)"), .minutes(minutes)]
      if let agreed = line.agreed, agreed >= 0 {
        rating.lines.append(
          ChargeLine(
            kind: .part, clause: id, text: line.text, units: agreed, inputs: inputs,
            arithmetic: "as agreed: \(agreed)"))
      } else if line.agreed == nil, let basis = parts?.rate {
        let (units, arithmetic) = price(basis, minutes)
        rating.lines.append(
          ChargeLine(kind: .part, clause: id, text: line.text, units: units, inputs: inputs, arithmetic: arithmetic))
      } else {
        rating.refusals.append(
          FailedClause(
            id: id, text: parts?.text ?? "The plan has no rate for parts.", looked: inputs.map(\.description),
            remedy: "agree a price with the customer first: a quote comes before the part"))
      }
    }
  }

  private func price(_ basis: Rate.Basis, _ minutes: Int64) -> (Amount, String) {
    switch basis {
    case .flat(let amount): return (amount, "flat: \(amount)")
    case .per(let span, let each): return increments(minutes, span, each, rounding)
    case .blocks(let of, let first, let each):
      let begun = (minutes + of.wholeMinutes - 1) / of.wholeMinutes
      return (price(blocks: begun, first, each), "\(minutes) min = \(begun) blocks of \(of.wholeMinutes) min")
    }
  }

  /// Parts alone, with no work to rate: a task that says nothing of its mode and took no time.
  private func isOnlyParts(_ task: WorkTask) -> Bool {
    !task.parts.isEmpty && task.facts[.mode] == nil && minutes(of: task.work, calendar: nil) == 0
  }

  /// One charge is in one unit.
  private func partsApart(_ rate: Rate) -> FailedClause {
    FailedClause(
      id: parts?.id ?? "parts", text: "Parts are charged in the plan's own unit.",
      looked: ["unit of \(rate.id): \(rate.unit)", "unit of parts: \(unit)"],
      remedy: "charge the parts apart from the work")
  }

  private func assessmentRefusals(_ state: WorkTask.AssessmentState) -> [FailedClause] {
    guard let rule = assessment else { return [] }
    let done: Set<String>
    switch state {
    case .notAsked: return []
    case .overridden(let reason):
      if !reason.allSatisfy(\.isWhitespace) { return [] }
      done = []
    case .done(let items): done = items
    }
    let missing = rule.items.filter { !done.contains($0) }
    guard !missing.isEmpty else { return [] }
    return [
      FailedClause(
        id: rule.id, text: rule.text, looked: missing.map { "\($0): missing" },
        remedy: "record " + Plan.joined(missing, "and") + ", or override with a reason, which is kept")
    ]
  }

  private func noRate(_ facts: Facts) -> FailedClause {
    let looked = [FactName.mode, .category, .visit, .resolved].map {
      "\($0.rawValue): \(facts[$0]?.description ?? "missing")"
    }
    return FailedClause(
      id: "rates", text: "The plan has no rate for this work.", looked: looked,
      remedy: "give the facts that the plan's rates ask about, or agree a price first")
  }
}
