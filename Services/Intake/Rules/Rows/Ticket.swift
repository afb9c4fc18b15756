public import Policy

/// A request for help that the plan admitted.
public struct Ticket: Record, Hashable {
  /// Where a ticket stands.
  public enum State: String, CaseIterable, Hashable, Sendable {
    /// Help by telephone or from afar, or a visit that is yet to come.
    case open
    /// Someone was sent, or is on site.
    case dispatched
    /// Work has ended, with a ``Resolution``.
    case resolved
    /// The customer or the desk has accepted the end.
    case closed
  }

  /// How work ended.
  public enum Resolution: String, CaseIterable, Hashable, Sendable {
    /// The cause is gone.
    case fixed
    /// The customer can work on, the cause remains.
    case workaround
    /// Neither.
    case unresolved
    /// The customer no longer wants it.
    case cancelled
  }

  /// The ticket's identifier.
  public let id: TicketID
  /// One per tenant, from 1; never used twice.
  public let number: Int64
  /// The customer.
  public let accountID: AccountID
  /// The company that needs help; nil: the customer itself.
  public let subsidiaryID: SubsidiaryID?
  /// Who reported it; nil: someone whom the customer did not appoint.
  public let contactID: ContactID?
  /// The name of who reported it.
  public let caller: String
  /// What is concerned; nil: none named.
  public let assetID: AssetID?
  /// 1 to 200 bytes.
  public let subject: String
  /// How it came in, by the plan's names.
  public let channel: String
  /// What kind of equipment, as the plan's rates name it; empty: unknown.
  public var category: String
  /// As the plan's classes name it; empty where it has none.
  public var `class`: String
  /// What went wrong, in a short stable word; empty: unknown.
  public var incident: String
  /// Where it stands.
  public var state: State = .open
  /// Pinned when the ticket was opened.
  public let planVersion: PlanVersion
  /// When it was reported.
  public let openedAt: Instant
  /// Since when its promises count: since it was reported, or since those of the ticket count that it was split off.
  public var promisedAt: Instant
  /// What was known when it was admitted.
  public let facts: Facts
  /// What becomes of it: help as far as someone is free starts no clock.
  public let handling: ChannelRule.Handling
  /// When someone saw it.
  public var acknowledgedAt: Instant?
  /// When a person reached the customer.
  public var contactedAt: Instant?
  /// When a person last told the customer something; nil: never.
  public var heardAt: Instant?
  /// When the customer last called for the ladder of its class anew, by a mail to an address for urgent matters or one that
  /// took it up again; nil: never.
  public var summonedAt: Instant?
  /// When a mail of the customer's gave it its class, from when its targets count; nil: they count from the opening.
  public var raisedAt: Instant?
  /// When work began.
  public var workBegunAt: Instant?
  /// When someone was sent, in the present stretch.
  public var dispatchedAt: Instant?
  /// When someone arrived on site, in the present stretch.
  public var attendedAt: Instant?
  /// When work ended; nil while it goes on.
  public var resolvedAt: Instant?
  /// The latest closure; nil: never closed.
  public var closedAt: Instant?
  /// Every closure, the earliest first: at most one more than ``ReopenTicket/countMax``.
  public var closures: [Instant] = []
  /// How work ended; nil while it goes on.
  public var resolution: Resolution?
  /// Whether it was resolved without a visit.
  public var resolvedByHelpdesk = false
  /// The ticket whose repeat this is.
  public var earlierTicketID: TicketID?
  /// When that ticket (after a reopening: this one) was last closed.
  public var earlierClosedAt: Instant?
  /// Whether the repeat concerns the same asset.
  public var earlierHasSameAsset = false
  /// The maintenance visit during which it was reported.
  public var maintenanceVisitID: VisitID?
  /// The ledger's quote that the customer agreed to.
  public var quoteID: QuoteID?
  /// What was promised and how it stands, in the plan's order.
  public var targets: [TargetStatus] = []
  /// Answers to gates inside the work, in the order in which they came.
  public var consents: [ConsentDecision] = []
  /// Work of the present stretch past a gate that nobody had opened, in order: kept, and not charged.
  public var beyondConsent: [WorkInterval] = []
  /// When work stopped at a gate that nobody has opened yet; nil: it may go on.
  public var stoppedAt: Instant?
  /// Tickets that work went to or came from, the oldest first.
  public var relations: [TicketRelation] = []
  /// Records of work that count for another ticket now.
  public var movedWork: [WorkID] = []
  /// Parts bought for the customer.
  public var parts: [Part] = []
  /// Work that somebody has begun and not ended, the oldest first: at most ``RunningWork/countMax``.
  public var running: [RunningWork] = []
  /// When the desk has agreed to call; nil: nothing is agreed, or the customer was reached since.
  public var callAt: Instant?
  /// The stretches before the present one, the first first: as many as ``reopened`` says.
  public var stretches: [TicketStretch] = []
  /// What was found about it since it was admitted, which wins over what was told then.
  public var found = Facts()
  /// Calls about it that the notifier is told of, the earliest first: at most ``callCountMax``, the latest ones.
  public var calls: [TicketCall] = []
  /// When its clocks stood still, in the order in which they were stopped.
  public var pauses: [Pause] = []
  /// The review of its class; nil: there was none.
  public var misuse: MisuseReview?
  /// What the plan warned of.
  public var warnings: [FailedClause] = []
  /// What the ledger says of it; nil until it has.
  public var charges: TicketCharges?
  /// How often it was reopened. Each reopening begins a new stretch, which is rated apart.
  public var reopened: Int64 = 0
  /// When the present stretch began, after the first; nil in the first.
  public var reopenedAt: Instant?
  /// Counts changes, from 1.
  public var version: Int64 = 1

  /// A ticket as it is when opened.
  public init(
    id: TicketID, number: Int64, accountID: AccountID, subsidiaryID: SubsidiaryID?, contactID: ContactID?,
    caller: String, assetID: AssetID?, subject: String, channel: String, category: String, class: String,
    incident: String, planVersion: PlanVersion, openedAt: Instant, facts: Facts, handling: ChannelRule.Handling
  ) {
    self.id = id
    self.number = number
    self.accountID = accountID
    self.subsidiaryID = subsidiaryID
    self.contactID = contactID
    self.caller = caller
    self.assetID = assetID
    self.subject = subject
    self.channel = channel
    self.category = category
    self.class = `class`
    self.incident = incident
    self.planVersion = planVersion
    self.openedAt = openedAt
    promisedAt = openedAt
    self.facts = facts
    self.handling = handling
  }

  /// The identifier.
  public var key: TicketID { id }
  /// What a repeat has in common with it.
  public var group: RepeatKey { RepeatKey(accountID: accountID, assetID: assetID, incident: incident) }

  /// What is known of it now.
  public var known: Facts { found.isEmpty ? facts : facts.merging(found) }

  /// Whether work on it goes on.
  public var isActive: Bool {
    switch state {
    case .open, .dispatched: true
    case .resolved, .closed: false
    }
  }
}

/// The states in which work on a ticket goes on.
extension Set<Ticket.State> {
  static let active: Set<Ticket.State> = [.open, .dispatched]
}

/// What a ticket and its repeat have in common.
public struct RepeatKey: Hashable, Comparable, Sendable {
  /// The customer.
  public var accountID: AccountID
  /// The equipment; nil: none named, which is nobody's repeat.
  public var assetID: AssetID?
  /// What went wrong; empty: unknown, which is nobody's repeat.
  public var incident: String

  /// Whether a ticket with this key can repeat another.
  public var isComplete: Bool { assetID != nil && !incident.isEmpty }

  /// A key as given.
  public init(accountID: AccountID, assetID: AssetID?, incident: String) {
    self.accountID = accountID
    self.assetID = assetID
    self.incident = incident
  }

  /// An order that means nothing, but sorts.
  public static func < (a: RepeatKey, b: RepeatKey) -> Bool {
    let none = AssetID(high: 0, low: 0)
    return (a.accountID, a.assetID ?? none, a.incident) < (b.accountID, b.assetID ?? none, b.incident)
  }
}

/// A promise of the plan and how it stands on a ticket.
public struct TargetStatus: Hashable, Sendable {
  /// The target's id in the plan.
  public let id: String
  /// What meets it.
  public let metBy: Milestone
  /// What meets it once a visit is due or under way; nil: the same.
  public let dispatchedMetBy: Milestone?
  /// The last instant at which it is met in time.
  public var due: Instant
  /// When it was met; nil: not yet.
  public var metAt: Instant?
  /// True once it was met late or its due instant passed unmet.
  public var isMissed: Bool

  /// A target as given; what is left out is as when its clock starts.
  public init(
    id: String, metBy: Milestone, dispatchedMetBy: Milestone?, due: Instant, metAt: Instant? = nil,
    isMissed: Bool = false
  ) {
    self.id = id
    self.metBy = metBy
    self.dispatchedMetBy = dispatchedMetBy
    self.due = due
    self.metAt = metAt
    self.isMissed = isMissed
  }

  /// Whether its clock has come to an end.
  public var isSettled: Bool { metAt != nil || isMissed }
}

/// A person's answer to a gate inside the work.
public struct ConsentDecision: Hashable, Sendable {
  /// What was asked.
  public enum Gate: String, CaseIterable, Hashable, Sendable {
    /// Whether to go on after the assessment of the situation.
    case assessment
    /// Whether to spend another block.
    case block
  }

  /// What was asked.
  public var gate: Gate
  /// Which block beyond the first, from 1; 0 for an assessment.
  public var block: Int64
  /// Who decided.
  public var contactID: ContactID
  /// The answer.
  public var isGranted: Bool
  /// In words.
  public var note: String
  /// When the contact decided: it covers work from then on.
  public var at: Instant
  /// The stretch of the ticket that it belongs to: how often the ticket had been reopened.
  public var stretch: Int64

  /// A decision as given.
  public init(
    gate: Gate, block: Int64, contactID: ContactID, isGranted: Bool, note: String, at: Instant, stretch: Int64
  ) {
    self.gate = gate
    self.block = block
    self.contactID = contactID
    self.isGranted = isGranted
    self.note = note
    self.at = at
    self.stretch = stretch
  }
}

/// A part bought for a customer, charged apart at an agreed price.
public struct Part: Hashable, Sendable {
  /// What it is.
  public var name: String
  /// Units agreed, 0 or more.
  public var price: Int64
  /// Whole minutes to buy and fit it, outside the task's blocks.
  public var minutes: Int64
  /// The stretch of the ticket that it belongs to: how often the ticket had been reopened.
  public var stretch: Int64

  /// A part as given.
  public init(name: String, price: Int64, minutes: Int64, stretch: Int64) {
    self.name = name
    self.price = price
    self.minutes = minutes
    self.stretch = stretch
  }
}

/// What the ledger says of a ticket.
public struct TicketCharges: Hashable, Sendable {
  /// Units held now.
  public var held: Int64
  /// Units charged, waivers subtracted.
  public var charged: Int64
  /// Units that await an acknowledgement.
  public var unsettled: Int64
  /// How the charge came about, line by line.
  public var lines: [Line]

  /// Charges as given.
  public init(held: Int64, charged: Int64, unsettled: Int64, lines: [Line]) {
    self.held = held
    self.charged = charged
    self.unsettled = unsettled
    self.lines = lines
  }

  /// One line of a charge, as the ledger words it.
  public struct Line: Hashable, Sendable {
    /// The clause of the plan that made it.
    public var clause: String
    /// rate, waiver, part, overage or adjustment.
    public var kind: String
    /// Units; negative for what is taken off.
    public var amount: Int64
    /// What is charged.
    public var text: String
    /// How the amount came about.
    public var arithmetic: String
    /// What the clause looked at, as `name: value`.
    public var inputs: [String]

    /// A line as given.
    public init(clause: String, kind: String, amount: Int64, text: String, arithmetic: String, inputs: [String]) {
      self.clause = clause
      self.kind = kind
      self.amount = amount
      self.text = text
      self.arithmetic = arithmetic
      self.inputs = inputs
    }
  }
}
