internal import Policy

extension TaskFacts {
  /// What rating looks at in the present stretch of `ticket`, whose account is `account`.
  public init(ticket: Ticket, work: [WorkRecord], visits: [Visit], account: Account?) {
    let work = work.filter { $0.stretch == ticket.reopened }
    let visits = visits.filter { $0.stretch == ticket.reopened && $0.cancelledAt == nil }
    let visit = Self.visit(ticket, visits)
    let isOnsite = visit != "none" || work.contains { $0.mode == .onsite }
    let reported = ticket.reopenedAt ?? ticket.openedAt

    var facts = Facts()
    facts[.mode] = .text(isOnsite ? WorkRecord.Mode.onsite.rawValue : (work.last?.mode ?? .helpdesk).rawValue)
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
      facts: facts, work: Self.intervals(work, visits, isOnsite: isOnsite), reportedAt: reported,
      completedAt: ticket.resolvedAt, blocksConsented: Self.blocksConsented(ticket),
      isAssessed: ticket.consents.contains { $0.gate == .assessment && $0.stretch == ticket.reopened },
      assessment: account?.assessment ?? [], assessmentOverride: account?.assessmentOverride,
      earlierClosedAt: ticket.earlierClosedAt, parts: ticket.parts.filter { $0.stretch == ticket.reopened })
  }

  /// What kind of visit the stretch belongs to. What was reported during a maintenance visit stays so.
  private static func visit(_ ticket: Ticket, _ visits: [Visit]) -> String {
    if ticket.maintenanceVisitID != nil { return "maintenance" }
    if visits.contains(where: { $0.kind == .dispatch }) { return "dispatched" }
    if visits.contains(where: { $0.kind == .appointment }) { return "booked" }
    return "none"
  }

  /// Blocks beyond the first that were agreed to without a gap; the latest answer for a block holds.
  private static func blocksConsented(_ ticket: Ticket) -> Int64 {
    var answers: [Int64: Bool] = [:]
    for consent in ticket.consents where consent.gate == .block && consent.stretch == ticket.reopened {
      answers[consent.block] = consent.isGranted
    }
    var block: Int64 = 0
    while answers[block + 1] == true { block += 1 }
    return block
  }

  /// When work was done, in order, without overlap. The helpdesk's time before a visit is no part of the visit; where
  /// nobody recorded work on site, the time between arrival and departure is the work.
  private static func intervals(_ work: [WorkRecord], _ visits: [Visit], isOnsite: Bool) -> [WorkInterval] {
    var intervals = work.filter { !isOnsite || $0.mode != .helpdesk }.map { WorkInterval(from: $0.from, to: $0.to) }
    if isOnsite, intervals.isEmpty {
      intervals = visits.compactMap { visit in
        guard let arrived = visit.arrivedAt, let departed = visit.departedAt else { return nil }
        return WorkInterval(from: arrived, to: departed)
      }
    }
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
