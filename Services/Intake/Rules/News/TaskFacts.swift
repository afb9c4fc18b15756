public import Policy

extension TaskFacts {
  /// What rating looks at in the present stretch of `ticket`. Of what was told about the request it carries what the
  /// rates of `plan` ask about; all of it, where the plan is not known.
  public init(ticket: Ticket, work: [WorkRecord], visits: [Visit], account: Account?, plan: Plan?) {
    let all = Self.all(ticket, work, visits)
    let work = work.filter(ticket.owns)
    let visits = visits.filter { $0.stretch == ticket.reopened && $0.cancelledAt == nil }
    let visit = Self.visit(ticket, visits)
    let isOnsite = Self.isOnsite(ticket, work, visits)
    let mode = ticket.running.last?.mode ?? work.last?.mode ?? .helpdesk
    let reported = ticket.reopenedAt ?? ticket.openedAt

    var facts = ticket.known.filter { plan?.isRated(by: $0) ?? true }
    facts[.mode] = .text((isOnsite ? .onsite : mode).rawValue)
    facts[.visit] = .text(visit)
    facts[.resolved] = .flag(ticket.resolution == .fixed || ticket.resolution == .workaround)
    facts[.dispatched] = .flag(visits.contains { $0.kind == .dispatch })
    facts[.missed] = .list(ticket.targets.filter(\.isMissed).map(\.id))
    facts[.channel] = .text(ticket.channel)
    facts[.reported] = .instant(reported)
    if !ticket.category.isEmpty { facts[.category] = .text(ticket.category) }
    if !ticket.class.isEmpty { facts[.class] = .text(ticket.class) }
    if let closed = ticket.earlierClosedAt {
      facts[.closed] = .instant(closed)
      facts[.same] = .list(ticket.earlierHasSameAsset ? ["incident", "asset"] : ["incident"])
    }

    self.init(
      facts: facts, work: Self.without(ticket.beyondConsent, all), beyond: ticket.beyondConsent, reportedAt: reported,
      completedAt: ticket.resolvedAt, blocksConsented: ticket.agreedBlocks,
      isAssessed: ticket.consents.contains { $0.gate == .assessment && $0.stretch == ticket.reopened },
      assessment: account?.assessment ?? [], assessmentOverride: account?.assessmentOverride,
      earlierClosedAt: ticket.earlierClosedAt,
      misusedClass: ticket.misuse.flatMap { $0.isMisuse ? $0.class : nil },
      parts: ticket.parts.filter { $0.stretch == ticket.reopened })
  }

  /// All work of the ticket's present stretch, in order, without overlap, whether it counts or not.
  ///
  /// - Parameter now: work that goes on is taken to last until then; nil: it does not count yet.
  static func all(
    _ ticket: Ticket, _ work: [WorkRecord], _ visits: [Visit], until now: Instant? = nil
  ) -> [WorkInterval] {
    guard !ticket.isMerged else { return [] }
    let work = work.filter(ticket.owns)
    let visits = visits.filter { $0.stretch == ticket.reopened && $0.cancelledAt == nil }
    let isOnsite = Self.isOnsite(ticket, work, visits)
    let running = now.map { now in
      let begun =
        visits.filter(\.isUnderWay).compactMap(\.arrivedAt)
        + ticket.running.filter { !isOnsite || $0.mode != .helpdesk }.map(\.since)
      return begun.filter { $0 < now }.map { WorkInterval(from: $0, to: now) }
    }
    return merged(intervals(work, visits, isOnsite: isOnsite) + (running ?? []))
  }

  /// Whether what counts is time on site, or to do with it: the helpdesk's does not then.
  static func leavesHelpdeskOut(_ ticket: Ticket, _ work: [WorkRecord], _ visits: [Visit]) -> Bool {
    isOnsite(
      ticket, work.filter(ticket.owns), visits.filter { $0.stretch == ticket.reopened && $0.cancelledAt == nil })
  }

  /// `work` less `beyond`; both are in order and without overlap.
  private static func without(_ beyond: [WorkInterval], _ work: [WorkInterval]) -> [WorkInterval] {
    guard !beyond.isEmpty else { return work }
    return work.flatMap { interval in
      var (left, from): ([WorkInterval], Instant) = ([], interval.from)
      for gap in beyond where gap.to > from && gap.from < interval.to {
        if gap.from > from { left.append(WorkInterval(from: from, to: gap.from)) }
        from = gap.to
      }
      if from < interval.to { left.append(WorkInterval(from: from, to: interval.to)) }
      return left
    }
  }

  /// Whether the stretch's work is, or will be, on site.
  private static func isOnsite(_ ticket: Ticket, _ work: [WorkRecord], _ visits: [Visit]) -> Bool {
    visit(ticket, visits) != "none" || work.contains { $0.mode == .onsite }
      || ticket.running.contains { $0.mode == .onsite }
  }

  /// What kind of visit the stretch belongs to. What was reported during a maintenance visit stays so.
  private static func visit(_ ticket: Ticket, _ visits: [Visit]) -> String {
    if ticket.maintenanceVisitID != nil { return "maintenance" }
    if visits.contains(where: { $0.kind == .dispatch }) { return "dispatched" }
    if visits.contains(where: { $0.kind == .appointment }) { return "booked" }
    return "none"
  }

  /// When work was done. The helpdesk's time before a visit is no part of the visit; where
  /// nobody recorded work on site, the time between arrival and departure is the work.
  private static func intervals(_ work: [WorkRecord], _ visits: [Visit], isOnsite: Bool) -> [WorkInterval] {
    var intervals = work.filter { !isOnsite || $0.mode != .helpdesk }.map { WorkInterval(from: $0.from, to: $0.to) }
    if isOnsite, intervals.isEmpty {
      intervals = visits.compactMap { visit in
        guard let arrived = visit.arrivedAt, let departed = visit.departedAt else { return nil }
        return WorkInterval(from: arrived, to: departed)
      }
    }
    return intervals
  }

  /// In order, without overlap.
  private static func merged(_ intervals: [WorkInterval]) -> [WorkInterval] {
    var merged: [WorkInterval] = []
    for interval in intervals.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) {
      if let last = merged.last, interval.from <= last.to {
        merged[merged.count - 1].to = max(last.to, interval.to)
      } else {
        merged.append(interval)
      }
    }
    return merged
  }
}
