public import Policy

extension Ticket {
  /// Since when its clocks stand still; nil: they run.
  public var pausedSince: Instant? {
    guard let last = standstills.last, last.to == nil else { return nil }
    return last.from
  }

  /// Why its clocks stand still, in the plan's words; empty: they run.
  public var pausedReason: String {
    pauses.filter { $0.to == nil }.map { "\($0.clause): \($0.text)" }.joined(separator: " ")
  }

  /// The times in which its clocks stood still, in order and apart.
  var standstills: [(from: Instant, to: Instant?)] {
    var merged: [(from: Instant, to: Instant?)] = []
    for pause in pauses.sorted(by: { $0.from < $1.from }) {
      guard let last = merged.last, last.to.map({ pause.from <= $0 }) ?? true else {
        merged.append((pause.from, pause.to))
        continue
      }
      if let end = last.to { merged[merged.count - 1].to = pause.to.map { max($0, end) } }
    }
    return merged
  }

  /// From when its targets count.
  public var countsFrom: Instant { raisedAt ?? promisedAt }

  /// What the plan promises, and when it falls due: later by the open time in which the clocks stood still, unless an
  /// appointment is the promise.
  func promises(_ plan: Plan, appointment: Instant?) -> [DueTarget] {
    let promised = plan.targets(
      class: `class`.isEmpty ? nil : `class`, openedAt: countsFrom, appointment: appointment, facts: known)
    guard !pauses.isEmpty else { return promised }
    return promised.map { promise in
      guard !promise.byAppointment, let calendar = plan.calendars[promise.target.calendar] else { return promise }
      var promise = promise
      for still in standstills where still.from <= promise.due {
        guard let to = still.to else { continue }
        let lost = calendar.openTime(from: max(still.from, countsFrom), to: max(to, countsFrom))
        if lost > .zero { promise.due = calendar.due(from: promise.due, after: lost) ?? .latest }
      }
      return promise
    }
  }

  /// Ends what stops the clocks: all of it, or what one obligation does. When they go on, what is neither met nor missed
  /// falls due later.
  mutating func endPauses(of clause: String? = nil, at now: Instant, _ plan: Plan, appointment: Instant?) {
    for index in pauses.indices where pauses[index].to == nil && clause ?? pauses[index].clause == pauses[index].clause
    {
      pauses[index].to = now
    }
    guard pausedSince == nil else { return }
    let promises = promises(plan, appointment: appointment)
    for index in targets.indices where !targets[index].isSettled {
      guard let promise = promises.first(where: { $0.target.id == targets[index].id }) else { continue }
      targets[index].due = promise.due
    }
  }
}
