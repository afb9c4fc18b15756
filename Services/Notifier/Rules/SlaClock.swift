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
    state: State, pausedReason: String = "", due: Instant, ladderAt: Instant?, startedAt: Instant, endedAt: Instant?,
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
