public import Policy

/// A run of a ladder: one for a ticket's target, and no second one before the target is promised anew; and one for the
/// ticket's class, and no second one before the class has another ladder or the customer calls for it anew.
public struct Escalation: Record, Hashable {
  public let id: EscalationID
  public let ticketID: TicketID
  public let ticketNumber: Int64
  /// The target's id in the plan; empty: the ladder of the ticket's class.
  public let target: String
  /// Which promise of the target it is about, see ``SlaClock/round``; of a class's ladder: how many the ticket has had.
  public let round: Int
  /// The ladder's id in the plan; empty where the plan is not known here.
  public let ladder: String
  /// The plan that the ladder is in.
  public let planVersion: PlanVersion
  public var state: State
  /// Steps taken so far, those that were skipped and repetitions included.
  public var taken: Int
  /// Messages that were sent so far.
  public var told: Int
  /// What became of the latest step that told someone.
  public var heard: Hearing
  /// The instant from which the ladder's delays count.
  public let startedAt: Instant
  /// When the next step, or the end of the wait after the last one, is due; nil: nothing is to come.
  public var nextStepAt: Instant?
  public var acknowledgedAt: Instant?
  /// At most 200 bytes; empty before.
  public var acknowledgedBy: String
  /// When the acknowledgement expires unless somebody reaches the customer before; nil: it holds.
  public var expiresAt: Instant?
  /// When the latest acknowledgement that led to no contact expired; nil: none has.
  public var expiredAt: Instant?
  /// Events recorded of it, see ``EscalationEvent``.
  public var events: Int
  /// Why it ended; empty while it runs.
  public var ending: String
  /// Counts changes, from 1.
  public var version: Int64

  /// What became of the messages of a step, as far as somebody told.
  public struct Hearing: Hashable, Sendable {
    /// The step's number; 0: none has told anyone.
    public var step: Int
    /// Messages that it sent.
    public var messages: Int
    /// Messages that nobody was willing to take.
    public var refused: Int
    /// Messages that a machine took, the customer's own call included.
    public var voicemails: Int

    public init(step: Int = 0, messages: Int = 0, refused: Int = 0, voicemails: Int = 0) {
      self.step = step
      self.messages = messages
      self.refused = refused
      self.voicemails = voicemails
    }

    /// What conditions of the next step ask for. A person who answers ends the run, so there is none here.
    public var answer: Answer {
      if voicemails > 0 { return .voicemail }
      return messages > 0 && refused >= messages ? .refused : .none
    }
  }

  /// How a run stands; the raw value is the word on the wire.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Steps are to come, or an answer to the last one.
    case running
    /// Someone took it.
    case acknowledged
    /// The target was met, or nothing is promised any more.
    case stopped
    /// Every step was taken, and nobody answered or nobody could be told.
    case exhausted
  }

  public init(
    id: EscalationID, ticketID: TicketID, ticketNumber: Int64, target: String, round: Int, ladder: String,
    planVersion: PlanVersion, state: State, taken: Int, told: Int, heard: Hearing, startedAt: Instant,
    nextStepAt: Instant?,
    acknowledgedAt: Instant?, acknowledgedBy: String, expiresAt: Instant? = nil, expiredAt: Instant? = nil,
    events: Int = 0, ending: String, version: Int64
  ) {
    self.id = id
    self.ticketID = ticketID
    self.ticketNumber = ticketNumber
    self.target = target
    self.round = round
    self.ladder = ladder
    self.planVersion = planVersion
    self.state = state
    self.taken = taken
    self.told = told
    self.heard = heard
    self.startedAt = startedAt
    self.nextStepAt = nextStepAt
    self.acknowledgedAt = acknowledgedAt
    self.acknowledgedBy = acknowledgedBy
    self.expiresAt = expiresAt
    self.expiredAt = expiredAt
    self.events = events
    self.ending = ending
    self.version = version
  }

  /// Whether someone can still take it: also one whose ladder ran out.
  public var canBeTaken: Bool {
    switch state {
    case .running, .exhausted: true
    case .acknowledged, .stopped: false
    }
  }

  /// Whether nothing is to come of it any more: it has ended, and its acknowledgement cannot expire.
  public var isOver: Bool {
    switch state {
    case .running: false
    case .acknowledged: expiresAt == nil
    case .stopped, .exhausted: true
    }
  }

  public var key: EscalationID { id }
  public var group: TicketID { ticketID }
}

/// A step that a run has taken, and what came of it. It is never changed once recorded.
public struct EscalationStep: Hashable, Sendable {
  public let escalationID: EscalationID
  /// Counts the steps of the run, from 1.
  public let number: Int
  /// The step's place in the ladder, from 1; a repetition has the place of the step that it repeats.
  public let place: Int
  public let at: Instant
  /// How many messages it sent; 0: it was skipped.
  public let deliveries: Int
  /// Whom it told, or why it was skipped, at most 1,000 bytes.
  public let note: String

  public init(escalationID: EscalationID, number: Int, place: Int, at: Instant, deliveries: Int, note: String) {
    self.escalationID = escalationID
    self.number = number
    self.place = place
    self.at = at
    self.deliveries = deliveries
    self.note = note
  }
}

/// Something that happened to a run beside its steps. It is never changed once recorded.
public struct EscalationEvent: Hashable, Sendable {
  public let escalationID: EscalationID
  /// Counts the events of the run, from 1.
  public let number: Int
  public let at: Instant
  public let kind: Kind
  /// One line, at most 1,000 bytes.
  public let text: String

  /// What happened; the raw value is the word on the wire.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The ladder began.
    case started
    /// The customer's own call brought a step forward.
    case called
    /// A machine took the customer's call.
    case voicemail
    /// Someone took it.
    case acknowledged
    /// After somebody took it the customer was reached in time, or nothing was promised any more.
    case kept
    /// After somebody took it nobody reached the customer in time: the ladder goes on.
    case expired
    /// The target was met, or nothing is promised any more.
    case stopped
    /// Every step was taken, and nobody took it.
    case exhausted
  }

  public init(escalationID: EscalationID, number: Int, at: Instant, kind: Kind, text: String) {
    self.escalationID = escalationID
    self.number = number
    self.at = at
    self.kind = kind
    self.text = text
  }
}
