package import Policy

/// Units kept aside for work that is not settled. It ends once.
package struct Hold: Record, Hashable {
  package let id: HoldID
  package let agreement: AgreementID
  package let ticket: TicketID?
  /// The further unit of the plan that it counts; nil for the plan's own.
  package let furtherUnit: String?
  package let amount: Amount
  /// Units of it that an acknowledgement covers beyond the balance.
  package let overage: Amount
  /// The parts of lots that it keeps aside; with ``overage`` they sum to ``amount``.
  package let draws: [Draw]
  package let reason: String
  package let placedAt: Instant
  /// When it ends by itself; nil for never.
  package let expiresAt: Instant?
  package var state: State
  /// Units that were charged from it.
  package var captured: Amount

  /// How it stands; the raw value is the wire's word.
  package enum State: String, CaseIterable, Hashable, Sendable {
    case open
    case captured
    case voided
    case expired
  }

  package init(
    id: HoldID, agreement: AgreementID, ticket: TicketID?, furtherUnit: String? = nil, amount: Amount,
    overage: Amount, draws: [Draw], reason: String, placedAt: Instant, expiresAt: Instant?, state: State = .open,
    captured: Amount = 0
  ) {
    self.id = id
    self.agreement = agreement
    self.ticket = ticket
    self.furtherUnit = furtherUnit
    self.amount = amount
    self.overage = overage
    self.draws = draws
    self.reason = reason
    self.placedAt = placedAt
    self.expiresAt = expiresAt
    self.state = state
    self.captured = captured
  }

  package var key: HoldID { id }
  package var group: AgreementID { agreement }
}

/// What work would cost. Its hold, once there is one, has the same identifier.
package struct Quote: Record, Hashable {
  /// How long a quote stands.
  package static let validity = TimeSpan.days(30)

  package let id: QuoteID
  package let agreement: AgreementID
  package let ticket: TicketID?
  package let planVersion: PlanVersion
  /// The further unit of the plan in which it is counted; nil for the plan's own.
  package let furtherUnit: String?
  package let lines: [JournalLine]
  package let total: Amount
  /// Units that could be drawn when the quote was made.
  package let available: Amount
  /// Units beyond that: the most that an acknowledgement covers.
  package let overage: Amount
  /// What the overage would cost; nil when there is none.
  package let price: Money?
  /// Blocks beyond the first that were consented to when the quote was made.
  package let consentedBlocks: Int32
  package let madeAt: Instant
  package var state: State
  package var hold: HoldID?
  /// Who agreed; empty until someone did.
  package var acknowledgedBy: String
  package var acknowledgedAt: Instant?

  /// How it stands; the raw value is the wire's word.
  package enum State: String, CaseIterable, Hashable, Sendable {
    /// The balance covers it, and it is held.
    case held
    /// A person must agree to the overage first.
    case needsAcknowledgement = "needs-acknowledgement"
    /// A person agreed, and it is held.
    case acknowledged
    /// The work was charged, or the hold ended otherwise.
    case settled
    case declined
    case expired
  }

  package init(
    id: QuoteID, agreement: AgreementID, ticket: TicketID?, planVersion: PlanVersion, furtherUnit: String? = nil,
    lines: [JournalLine], total: Amount, available: Amount, overage: Amount, price: Money?,
    consentedBlocks: Int32 = 0, madeAt: Instant, state: State,
    hold: HoldID? = nil, acknowledgedBy: String = "", acknowledgedAt: Instant? = nil
  ) {
    self.id = id
    self.agreement = agreement
    self.ticket = ticket
    self.planVersion = planVersion
    self.furtherUnit = furtherUnit
    self.lines = lines
    self.total = total
    self.available = available
    self.overage = overage
    self.price = price
    self.consentedBlocks = consentedBlocks
    self.madeAt = madeAt
    self.state = state
    self.hold = hold
    self.acknowledgedBy = acknowledgedBy
    self.acknowledgedAt = acknowledgedAt
  }

  /// Whether what it says was agreed on: it bounds what is charged.
  var isAgreed: Bool {
    switch state {
    case .held, .acknowledged, .settled: true
    case .needsAcknowledgement, .declined, .expired: false
    }
  }

  package var key: QuoteID { id }
  package var group: AgreementID { agreement }
}
