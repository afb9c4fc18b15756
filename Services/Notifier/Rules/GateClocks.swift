public import Policy

extension TicketTold {
  /// A gate inside a ticket's work and how it stands, as intake told it.
  public struct Gate: Hashable, Sendable {
    /// The gate's clause in the plan.
    public var id: String
    /// Never cancelled: a gate that is no more is not told of.
    public var state: SlaClock.State
    /// When work comes to it, or came to it; nil: as it was told before.
    public var due: Instant?
    /// Since when it stands so.
    public var at: Instant
    public var why: String

    public init(id: String, state: SlaClock.State, due: Instant?, at: Instant, why: String) {
      self.id = id
      self.state = state
      self.due = due
      self.at = at
      self.why = why
    }
  }
}

/// Clocks of the gates inside a ticket's work: the assessment, the end of a block. They run while somebody is at work, are met when
/// the customer lets work go on and missed when work comes to them before; no ladder is for them.
enum GateClocks {
  /// Starts and moves the clocks as intake says. Where the plan is not known here there are none: nobody could tell them from targets.
  static func follow(
    _ gates: [TicketTold.Gate], of ticket: TicketView, _ state: inout NotifierState, _ context: inout Context
  ) {
    guard state.common.plans[ticket.planVersion] != nil else { return }
    for gate in gates {
      if let known = state.clocks.members(of: ticket.id).first(where: { $0.target == gate.id }) {
        follow(gate, known, &state)
      } else {
        let clock = SlaClock(
          id: context.id(), ticketID: ticket.id, ticketNumber: ticket.number, target: gate.id, round: 1,
          state: gate.state, pausedReason: gate.pausedReason, due: gate.due ?? gate.at, ladderAt: nil,
          startedAt: context.now, endedAt: gate.endedAt, version: 1)
        state.clocks.insert(clock)
        tell(clock, gate, "slaclock.started", &state)
      }
    }
  }

  private static func follow(_ told: TicketTold.Gate, _ known: SlaClock, _ state: inout NotifierState) {
    var gate = told
    if gate.state == .met, known.state == .missed || known.state == .running && gate.at > known.due {
      // Work had come to it by then: it stays missed, as a target does that is met late.
      gate.state = .missed
      (gate.due, gate.at) = (known.due, known.endedAt ?? known.due)
      gate.why = "Work came to it, and nobody had let it go on."
    }
    var clock = known
    clock.state = gate.state
    clock.due = gate.due ?? known.due
    clock.pausedReason = gate.pausedReason
    clock.endedAt = gate.endedAt
    // While it is paused, how much has counted may be told in other words.
    guard clock.state != known.state || clock.due != known.due || clock.endedAt != known.endedAt else { return }
    if known.endedAt != nil, clock.endedAt == nil { clock.round += 1 }
    clock.version += 1
    state.clocks.update(clock)
    let kind = clock.state == .running ? "slaclock.moved" : "slaclock.\(clock.state.rawValue)"
    tell(clock, gate, kind, &state)
  }

  private static func tell(
    _ clock: SlaClock, _ gate: TicketTold.Gate, _ kind: String, _ state: inout NotifierState
  ) {
    state.record(clock, at: gate.at, gate.why)
    state.common.changed(
      kind, clock.id, version: clock.version,
      "Ticket \(clock.ticketNumber): \(clock.target) \(clock.state == .running ? "is due at \(clock.due)" : "is \(clock.state.rawValue)")."
    )
  }
}

extension TicketTold.Gate {
  fileprivate var pausedReason: String { state == .paused ? why.onOneLine(limit: TextBound.reason) : "" }

  fileprivate var endedAt: Instant? {
    switch state {
    case .running, .paused: nil
    case .met, .missed, .cancelled: at
    }
  }
}
