public import Policy

/// Takes a ticket's snapshot from intake: starts, moves, pauses and stops its clocks, and stops its ladders.
public enum TicketTold {
  /// A promise and how it stands, as intake told it.
  public struct Promise: Hashable, Sendable {
    /// The target's id in the plan.
    public var target: String
    public var due: Instant
    public var metAt: Instant?
    /// It was met late, or its due instant passed.
    public var isMissed: Bool

    public init(target: String, due: Instant, metAt: Instant?, isMissed: Bool) {
      self.target = target
      self.due = due
      self.metAt = metAt
      self.isMissed = isMissed
    }
  }

  /// A call about the ticket, and its number among them, from 1.
  public struct NumberedCall: Hashable, Sendable {
    public var number: Int64
    public var call: EscalationCall.Request

    public init(number: Int64, call: EscalationCall.Request) {
      self.number = number
      self.call = call
    }
  }

  public struct Request: Hashable, Sendable {
    public var ticket: TicketView
    public var promises: [Promise]
    /// Why they are, as intake says it.
    public var pausedReason: String
    /// Every closure of the ticket.
    public var closures: [Instant]
    /// When intake changed it.
    public var at: Instant
    /// Since when the targets are paused; nil: they are not.
    public var pausedAt: Instant?

    /// Whether the targets are paused.
    public var isPaused: Bool { pausedAt != nil }
    /// The customer's own calls about it, by their numbers.
    public var calls: [NumberedCall]
    /// How the gates inside its work stand.
    public var gates: [Gate]

    public init(
      ticket: TicketView, promises: [Promise], at: Instant, pausedAt: Instant? = nil, pausedReason: String = "",
      closures: [Instant] = [], calls: [NumberedCall] = [], gates: [Gate] = []
    ) {
      self.ticket = ticket
      self.promises = promises
      self.at = at
      self.pausedAt = pausedAt
      self.pausedReason = pausedReason
      self.closures = closures
      self.calls = calls
      self.gates = gates
    }
  }

  /// Looks at the ticket, its clocks and escalations, and its plan.
  public static func decide(
    _ request: Request, _ state: inout NotifierState, _ context: inout Context
  ) -> Decision<Void> {
    var ticket = request.ticket
    let plan = state.common.plans[ticket.planVersion]
    let before = state.tickets[ticket.id]
    let classBefore = before?.ticketClass
    let taken = before?.callsTaken ?? 0
    let isSummons = ticket.summonedAt.map { $0 > before?.summonedAt ?? .earliest } ?? false
    ticket.callsTaken = max(taken, request.calls.last?.number ?? 0)
    ticket.surveys = Informing.surveys(state.tickets[ticket.id]?.surveys ?? [], after: request.closures, plan)
    if !state.tickets.insert(ticket) { state.tickets.update(ticket) }
    for promise in request.promises {
      let known = state.clocks.members(of: ticket.id).first { $0.target == promise.target }
      let clock = known ?? start(promise, of: ticket, request.at, &state, &context)
      follow(promise, clock, request, classBefore, &state, &context)
    }
    // What is promised no more (the ticket was classified anew) runs no more. What was met or missed stays so.
    GateClocks.follow(request.gates, of: ticket, &state, &context)
    let promised = Set(
      request.promises.map(\.target) + request.gates.map(\.id) + [plan?.updates?.id].compactMap(\.self))
    for clock in state.clocks.members(of: ticket.id) where !promised.contains(clock.target) {
      let isGate = plan?.gateIDs.contains(clock.target) ?? false
      let over = ticket.state.isOpen ? "Work is of another kind now." : "The ticket is \(ticket.state.rawValue)."
      cancel(clock, at: request.at, isGate ? over : "It is promised no more.", &state)
    }
    Informing.follow(request, plan, &state, &context)
    followClass(ticket, isNew: before == nil, isSummons: isSummons, &state, &context)
    stopLadders(request, at: context.now, &state)
    for call in request.calls where call.number > taken { EscalationCall.take(call.call, &state, &context) }
    TicketDue.arm(ticket.id, &state)
    return .accepted(())
  }

  private static func start(
    _ promise: Promise, of ticket: TicketView, _ at: Instant, _ state: inout NotifierState, _ context: inout Context
  ) -> SlaClock {
    let clock = SlaClock(
      id: context.id(), ticketID: ticket.id, ticketNumber: ticket.number, target: promise.target,
      ladder: ladder(of: promise.target, ticket, state), round: 1, state: .running, due: promise.due,
      ladderAt: ladderAt(promise, ticket, state), startedAt: context.now, endedAt: nil, version: 1)
    state.clocks.insert(clock)
    let isFirst = ticket.openedAt == at
    state.record(clock, at: at, isFirst ? "The ticket was opened." : "It is promised from now on.")
    state.common.changed(
      "slaclock.started", clock.id, version: 1,
      "Ticket \(ticket.number): \(promise.target) is due at \(promise.due).")
    return clock
  }

  /// The ladder of a target; empty where it has none, or the plan is not known here.
  private static func ladder(of target: String, _ ticket: TicketView, _ state: NotifierState) -> String {
    state.common.plans[ticket.planVersion]?.target(target, ofClass: ticket.ticketClass)?.ladder ?? ""
  }

  /// When the ladder of a target begins before the target is missed; nil where it does not.
  private static func ladderAt(_ promise: Promise, _ ticket: TicketView, _ state: NotifierState) -> Instant? {
    guard let plan = state.common.plans[ticket.planVersion],
      let target = plan.target(promise.target, ofClass: ticket.ticketClass), target.ladder != nil
    else { return nil }
    switch target.starts {
    case .opened: return ticket.openedAt
    case .before(let span): return plan.calendars[target.calendar]?.start(before: promise.due, by: span)
    case .missed: return nil
    }
  }

  private static func follow(
    _ promise: Promise, _ known: SlaClock, _ request: Request, _ classBefore: String?, _ state: inout NotifierState,
    _ context: inout Context
  ) {
    var clock = known
    if let met = promise.metAt {
      if promise.isMissed || met > promise.due {
        TicketDue.miss(clock, of: request.ticket, &state, &context)
      } else {
        set(clock, .met, at: met, "What was promised happened.", &state)
      }
      return
    }
    if promise.isMissed { return TicketDue.miss(clock, of: request.ticket, &state, &context) }
    guard request.ticket.state.isOpen else {
      cancel(clock, at: request.at, "The ticket is \(request.ticket.state.rawValue).", &state)
      return
    }
    switch clock.state {
    case .running, .paused: break
    case .met, .missed, .cancelled:
      // It was promised anew only if it is due later than before, or was given up. An older due instant is news from
      // before this service saw it pass.
      guard clock.state != .missed || promise.due > clock.due else { return }
      if clock.state != .cancelled { clock.round += 1 }
      clock.endedAt = nil
    }
    let anew = clock.due != promise.due || clock.round != known.round
    clock.due = promise.due
    if anew {
      clock.ladderAt = ladderAt(promise, request.ticket, state)
      clock.ladder = ladder(of: promise.target, request.ticket, state)
    }
    clock.pause(request)
    guard clock != known else { return }
    clock.version += 1
    state.clocks.update(clock)
    let why = why(clock, known, request, classBefore)
    state.record(clock, at: clock.state == .paused ? request.pausedAt ?? request.at : request.at, why)
    state.common.changed(
      request.isPaused ? "slaclock.paused" : "slaclock.moved", clock.id, version: clock.version,
      "Ticket \(request.ticket.number): \(clock.target) is \(request.isPaused ? "paused" : "due at \(clock.due)").")
  }

  /// What happened to a clock that goes on, in words.
  private static func why(_ clock: SlaClock, _ known: SlaClock, _ request: Request, _ classBefore: String?) -> String {
    if clock.state == .paused { return clock.pausedReason.isEmpty ? "It is paused." : clock.pausedReason }
    if known.state == .paused { return "It goes on." }
    if known.state != .running { return "It is promised anew." }
    if let classBefore, classBefore != request.ticket.ticketClass {
      return "The ticket was classified anew: \(request.ticket.ticketClass) instead of \(classBefore)."
    }
    return "It is due at another time."
  }

  /// Ends a clock that has not ended.
  static func cancel(_ clock: SlaClock, at: Instant, _ why: String, _ state: inout NotifierState) {
    if clock.state == .running || clock.state == .paused { set(clock, .cancelled, at: at, why, &state) }
  }

  /// Ends a clock that is not in that state.
  private static func set(
    _ clock: SlaClock, _ how: SlaClock.State, at: Instant, _ why: String, _ state: inout NotifierState
  ) {
    guard clock.state != how else { return }
    var ended = clock
    ended.state = how
    ended.endedAt = at
    ended.version += 1
    state.clocks.update(ended)
    state.record(ended, at: at, why)
    state.common.changed(
      "slaclock.\(how.rawValue)", clock.id, version: ended.version, "\(clock.target) is \(how.rawValue).")
  }

  /// The class of a ticket may have a ladder that begins with the ticket. When the class is another one (a defect was
  /// found to be critical), the ladder is too: the earlier one stops, and the new one begins now. Where it is called for
  /// anew, by the customer or since the ticket was reopened, it begins again, unless it goes on.
  private static func followClass(
    _ ticket: TicketView, isNew: Bool, isSummons: Bool, _ state: inout NotifierState, _ context: inout Context
  ) {
    guard ticket.state.isOpen, let plan = state.common.plans[ticket.planVersion] else { return }
    let wanted = plan.classLadder(ticket.ticketClass)
    let latest = state.escalations.members(of: ticket.id).filter { $0.target.isEmpty }.max { $0.round < $1.round }
    guard wanted != latest?.ladder || isSummons && latest?.isOver ?? false else { return }
    if let latest, latest.state == .running {
      EscalationRun.end(
        latest, .stopped, "The ticket's class is \(ticket.ticketClass) now.", at: context.now, &state)
    }
    guard let wanted else { return }
    EscalationRun.begin(
      "", round: (latest?.round ?? 0) + 1, ladder: wanted, of: ticket,
      at: isNew ? ticket.openedAt : context.now, &state, &context)
  }

  /// A person who took the ticket, reached the customer or did what was promised ends the ladder; so does the end of the
  /// ticket. What was done before the ladder began does not. Where somebody took it and had to reach the customer, all of
  /// it but another acknowledgement makes that good.
  private static func stopLadders(_ request: Request, at now: Instant, _ state: inout NotifierState) {
    let ticket = request.ticket
    for escalation in state.escalations.members(of: ticket.id) {
      let reason = self.reason(to: escalation, request)
      if escalation.state == .acknowledged {
        if let reason { EscalationRun.keep(escalation, reason, at: now, &state) }
      } else if escalation.state == .running {
        if let reason {
          EscalationRun.end(escalation, .stopped, reason, at: now, &state)
        } else if let acknowledged = ticket.acknowledgedAt, acknowledged >= escalation.startedAt,
          escalation.expiredAt.map({ acknowledged >= $0 }) ?? true
        {
          EscalationRun.acknowledge(escalation, by: "desk", at: acknowledged, &state)
        }
      }
    }
  }

  /// Why a ladder need not go on, in words; nil: it must.
  private static func reason(to escalation: Escalation, _ request: Request) -> String? {
    let ticket = request.ticket
    let promise = request.promises.first { $0.target == escalation.target }
    if promise?.metAt != nil { return "The target \(escalation.target) was met." }
    if !ticket.state.isOpen { return "The ticket is \(ticket.state.rawValue)." }
    if promise == nil, !escalation.target.isEmpty { return "The target \(escalation.target) is promised no more." }
    // Of a customer who was reached before, what a person said since counts as much.
    guard let contacted = ticket.contactedAt,
      max(contacted, ticket.heardAt ?? contacted) >= escalation.startedAt
    else { return nil }
    return "A person reached the customer."
  }
}
