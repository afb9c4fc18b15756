import Policy

/// How a run ends, and how one that somebody took goes on after all.
extension EscalationRun {
  /// Someone took it. Where the ladder asks for a contact, the acknowledgement expires without one.
  @discardableResult
  static func acknowledge(
    _ escalation: Escalation, by: String, at: Instant, _ state: inout NotifierState
  ) -> Escalation {
    let ladder = state.common.plans[escalation.planVersion]?.ladder(escalation.ladder)
    var taken = escalation
    taken.acknowledgedAt = at
    taken.acknowledgedBy = by
    // A contact on the very instant is in time.
    taken.expiresAt = ladder?.contactWithin.map { at + $0 + .milliseconds(1) }
    return end(taken, .acknowledged, "\(by) took it.", at: at, &state)
  }

  /// Ends a run: nothing is to come, unless an acknowledgement expires.
  @discardableResult
  static func end(
    _ escalation: Escalation, _ how: Escalation.State, _ why: String, at: Instant, _ state: inout NotifierState
  ) -> Escalation {
    var ended = escalation
    ended.state = how
    ended.ending = why.onOneLine(limit: TextBound.reason)
    ended.nextStepAt = nil
    ended.version += 1
    switch how {
    case .acknowledged: note(.acknowledged, why, at: at, of: &ended, &state)
    case .stopped: note(.stopped, why, at: at, of: &ended, &state)
    case .exhausted: note(.exhausted, why, at: at, of: &ended, &state)
    case .running: break
    }
    state.escalations.update(ended)
    tell(ended, "escalation.\(how.rawValue)", "Ticket \(ended.ticketNumber): \(ended.ending)", &state)
    return ended
  }

  /// Who took it has reached the customer, or nothing is promised any more: the acknowledgement holds for good.
  static func keep(_ escalation: Escalation, _ why: String, at: Instant, _ state: inout NotifierState) {
    guard escalation.state == .acknowledged, escalation.expiresAt != nil else { return }
    var kept = escalation
    kept.expiresAt = nil
    kept.version += 1
    note(.kept, why, at: at, of: &kept, &state)
    state.escalations.update(kept)
    state.common.changed("escalation.kept", kept.id, version: kept.version, "Ticket \(kept.ticketNumber): \(why)")
  }

  /// Lets an acknowledgement expire whose time is over: the ladder goes on with its next step, now.
  static func expire(_ escalation: Escalation, _ state: inout NotifierState, _ context: Context) {
    guard escalation.state == .acknowledged, let expires = escalation.expiresAt, expires <= context.now else { return }
    let why = "\(escalation.acknowledgedBy) took it, and nobody reached the customer in time: the ladder goes on."
    var resumed = escalation
    resumed.state = .running
    resumed.acknowledgedAt = nil
    resumed.acknowledgedBy = ""
    resumed.expiresAt = nil
    resumed.expiredAt = expires
    resumed.ending = ""
    resumed.nextStepAt = context.now
    resumed.version += 1
    note(.expired, why, at: context.now, of: &resumed, &state)
    state.escalations.update(resumed)
    tell(
      resumed, "escalation.expired", "Ticket \(resumed.ticketNumber): \(why)".onOneLine(limit: TextBound.reason), &state
    )
  }
}
