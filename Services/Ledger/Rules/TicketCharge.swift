package import Policy

/// What one stretch of a ticket costs: from its opening, or from a reopening, to the next.
package struct TicketCharge: Record, Hashable {
  /// Which stretch of which ticket.
  package struct Key: Hashable, Comparable, Sendable {
    package let ticket: TicketID
    /// How often the ticket had been reopened.
    package let stretch: Int32

    package init(ticket: TicketID, stretch: Int32) {
      self.ticket = ticket
      self.stretch = stretch
    }

    package static func < (a: Key, b: Key) -> Bool { (a.ticket, a.stretch) < (b.ticket, b.stretch) }
  }

  package let key: Key
  package let agreement: AgreementID
  /// The version that the ticket is pinned to.
  package let planVersion: PlanVersion
  /// The ticket in words, as the journal and the statement name it.
  package var text: String
  /// The further unit of the plan that its amounts count; nil for the plan's own.
  package var furtherUnit: String?
  /// The open hold, or the last one.
  package var hold: HoldID?
  /// The quote under which the work is done.
  package var quote: QuoteID?
  /// The most that may be charged without a new acknowledgement: what was quoted, and what was consented to since; nil
  /// without a quote that was agreed on.
  package var agreed: Amount?
  /// What should be held while nothing is due yet.
  package var wanted: Amount
  /// Whether the work is to be charged now.
  package var isDue: Bool
  /// When the work was completed; set once it is due.
  package var completedAt: Instant?
  /// The rating's lines.
  package var lines: [JournalLine]
  /// Whether the journal has these lines already.
  package var areLinesPosted: Bool
  /// What the rating comes to.
  package var due: Amount
  /// What was charged, less what the rules took back.
  package var charged: Amount
  /// What a person reversed, and is not charged again.
  package var reversed: Amount
  /// What is not covered: it awaits an acknowledgement, a purchase or the assessment.
  package var unsettled: Amount
  /// Clauses for which nothing may be charged yet.
  package var blockedBy: [String]
  /// Why, and what would lift it; empty when nothing blocks.
  package var blockedText: String
  /// The units of which the customer was told last that they are not covered.
  package var told: Amount
  /// Transfers that charged it, oldest first.
  package var transfers: [TransferID]
  /// Intake's version of the ticket that was told last.
  package var seen: Int64
  /// The ticket that its work was taken from and that has not told yet; nil: it waits for none.
  package var awaits: TicketID?
  /// The ticket that it ended in, with all that it was charged; nil: it stands for itself.
  package var movedTo: TicketID?
  /// Counts changes of what the ticket costs, over all its stretches.
  package var version: Int64

  package init(
    key: Key, agreement: AgreementID, planVersion: PlanVersion, text: String, furtherUnit: String? = nil,
    hold: HoldID? = nil, quote: QuoteID? = nil, agreed: Amount? = nil, wanted: Amount = 0, isDue: Bool = false,
    completedAt: Instant? = nil,
    lines: [JournalLine] = [], areLinesPosted: Bool = false, due: Amount = 0, charged: Amount = 0,
    reversed: Amount = 0, unsettled: Amount = 0, blockedBy: [String] = [], blockedText: String = "", told: Amount = 0,
    transfers: [TransferID] = [], seen: Int64 = 0, awaits: TicketID? = nil, movedTo: TicketID? = nil, version: Int64 = 0
  ) {
    self.key = key
    self.agreement = agreement
    self.planVersion = planVersion
    self.text = text
    self.furtherUnit = furtherUnit
    self.hold = hold
    self.quote = quote
    self.agreed = agreed
    self.wanted = wanted
    self.isDue = isDue
    self.completedAt = completedAt
    self.lines = lines
    self.areLinesPosted = areLinesPosted
    self.due = due
    self.charged = charged
    self.reversed = reversed
    self.unsettled = unsettled
    self.blockedBy = blockedBy
    self.blockedText = blockedText
    self.told = told
    self.transfers = transfers
    self.seen = seen
    self.awaits = awaits
    self.movedTo = movedTo
    self.version = version
  }

  package var group: TicketID { key.ticket }

  /// The lines, and why nothing may be charged yet.
  package var explained: [JournalLine] {
    guard let clause = blockedBy.first else { return lines }
    return lines + [
      JournalLine(kind: .adjustment, clause: clause, text: blockedText, units: -due, arithmetic: "not charged yet")
    ]
  }

  /// What is still to be charged.
  var outstanding: Amount { due - charged - reversed }
  /// What of it may be charged without a new acknowledgement.
  var chargeable: Amount {
    let left = max(0, outstanding)
    return agreed.map { min(left, max(0, $0 - charged - reversed)) } ?? left
  }
}

/// What a ticket costs, all its stretches together that count the same unit as the latest.
package struct TicketSummary: Hashable, Sendable {
  package let ticket: TicketID
  package let agreement: AgreementID
  /// The further unit of the plan that the amounts count; nil for the plan's own.
  package let furtherUnit: String?
  package let held: Amount
  package let charged: Amount
  package let unsettled: Amount
  package let lines: [JournalLine]
  package let transfers: [TransferID]
  package let version: Int64

  package init(
    ticket: TicketID, agreement: AgreementID, furtherUnit: String?, held: Amount, charged: Amount, unsettled: Amount,
    lines: [JournalLine], transfers: [TransferID], version: Int64
  ) {
    self.ticket = ticket
    self.agreement = agreement
    self.furtherUnit = furtherUnit
    self.held = held
    self.charged = charged
    self.unsettled = unsettled
    self.lines = lines
    self.transfers = transfers
    self.version = version
  }

  /// The sum of a ticket's stretches; nil without any. `held` is what its open holds keep aside.
  package init?(_ stretches: [TicketCharge], held: Amount) {
    guard let last = stretches.last else { return nil }
    let alike = stretches.filter { $0.furtherUnit == last.furtherUnit }
    self.init(
      ticket: last.key.ticket, agreement: last.agreement, furtherUnit: last.furtherUnit, held: held,
      charged: alike.reduce(0) { $0 + $1.charged }, unsettled: alike.reduce(0) { $0 + $1.unsettled },
      lines: stretches.flatMap(\.explained), transfers: stretches.flatMap(\.transfers), version: last.version)
  }
}

/// A bill for units beyond the balance.
package struct Invoice: Record, Hashable {
  package let id: InvoiceID
  package let agreement: AgreementID
  package let ticket: TicketID?
  /// The charge that went beyond the balance.
  package let transfer: TransferID
  /// Less what was reversed before it was issued.
  package var units: Amount
  package var money: Money
  package let dueAt: Instant
  /// Nil until it is issued; one that came to nothing never is.
  package var issuedAt: Instant?

  package init(
    id: InvoiceID, agreement: AgreementID, ticket: TicketID?, transfer: TransferID, units: Amount, money: Money,
    dueAt: Instant, issuedAt: Instant? = nil
  ) {
    self.id = id
    self.agreement = agreement
    self.ticket = ticket
    self.transfer = transfer
    self.units = units
    self.money = money
    self.dueAt = dueAt
    self.issuedAt = issuedAt
  }

  package var key: InvoiceID { id }
  package var group: AgreementID { agreement }
}
