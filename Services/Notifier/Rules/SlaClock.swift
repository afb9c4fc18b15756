public import Policy

/// A clock that runs for a ticket's target, or for the next word to the customer.
public struct SlaClock: Record {
  public let id: ClockID
  public let ticketID: TicketID
  public let ticketNumber: Int64
  /// The target's id in the plan, or that of its `updates`.
  public let target: String
  /// The target's ladder in the plan; empty: it has none.
  public var ladder: String
  /// How often the target was promised anew after it had ended, from 1: an escalation belongs to one round.
  public var round: Int
  public var state: State
  /// Why it is paused, at most 1,000 bytes; empty: it is not, or nobody said.
  public var pausedReason: String
  public var due: Instant
  /// Of the next word to the customer: from when its present round counts, so that it is due when the plan's span has passed since; nil
  /// of other clocks, which count from what their owner says.
  public var countedFrom: Instant?
  /// When the target's ladder is to begin; nil where the plan has none for it, or it has begun.
  public var ladderAt: Instant?
  public var startedAt: Instant
  /// When it was met, missed or cancelled.
  public var endedAt: Instant?
  /// Counts changes, from 1.
  public var version: Int64

  /// How a clock stands; the raw value is the word on the wire.
  public enum State: String, CaseIterable, Hashable, Sendable {
    case running
    case paused
    case met
    case missed
    case cancelled
  }

  public init(
    id: ClockID, ticketID: TicketID, ticketNumber: Int64, target: String, ladder: String = "", round: Int,
    state: State, pausedReason: String = "", due: Instant, countedFrom: Instant? = nil, ladderAt: Instant?,
    startedAt: Instant, endedAt: Instant?,
    version: Int64
  ) {
    self.id = id
    self.ticketID = ticketID
    self.ticketNumber = ticketNumber
    self.target = target
    self.ladder = ladder
    self.round = round
    self.state = state
    self.pausedReason = pausedReason
    self.due = due
    self.countedFrom = countedFrom
    self.ladderAt = ladderAt
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.version = version
  }

  public var key: ClockID { id }
  public var group: TicketID { ticketID }

  /// Pauses the clock, or lets it run.
  mutating func pause(_ told: TicketTold.Request) {
    state = told.isPaused ? .paused : .running
    pausedReason = told.isPaused ? told.pausedReason.onOneLine(limit: TextBound.reason) : ""
  }

  /// A target met exactly on its due instant is met: it is missed from the next instant on.
  public var missedFrom: Instant { due + .milliseconds(1) }
}

/// Something that a clock went through. It is never changed once recorded; together they tell its history.
public struct ClockEvent: Hashable, Sendable {
  public let clockID: ClockID
  /// The clock's version that it led to.
  public let number: Int64
  public let at: Instant
  /// How the clock stood from then on.
  public let state: SlaClock.State
  /// When it was due from then on.
  public let due: Instant
  /// What happened, at most 1,000 bytes.
  public let why: String

  public init(clockID: ClockID, number: Int64, at: Instant, state: SlaClock.State, due: Instant, why: String) {
    self.clockID = clockID
    self.number = number
    self.at = at
    self.state = state
    self.due = due
    self.why = why
  }
}

/// A stretch of a clock's history: how it stood from one event to the next.
public struct ClockInterval: Hashable, Sendable {
  public var from: Instant
  /// Nil: it goes on, or ended there.
  public var to: Instant?
  public var state: SlaClock.State
  public var due: Instant
  public var why: String

  /// The stretches between the events of one clock, which are in order.
  public static func of(_ events: [ClockEvent]) -> [ClockInterval] {
    events.enumerated().map { index, event in
      // News may come late: what happened before something that is known already took no time.
      let next = events.indices.contains(index + 1) ? max(event.at, events[index + 1].at) : nil
      return ClockInterval(from: event.at, to: next, state: event.state, due: event.due, why: event.why)
    }
  }
}

extension NotifierState {
  /// Records what a clock went through; the clock is stored as it is then.
  mutating func record(_ clock: SlaClock, at: Instant, _ why: String) {
    clockEvents.append(
      ClockEvent(
        clockID: clock.id, number: clock.version, at: at, state: clock.state, due: clock.due,
        why: why.onOneLine(limit: TextBound.reason)))
  }
}
