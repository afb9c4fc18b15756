package import Policy

/// Units that moved between a customer's wallet and one of the tenant's, with the reason. Posted once, never changed.
package struct Transfer: Record, Hashable {
  package let id: TransferID
  package let kind: Kind
  package let agreement: AgreementID
  package let ticket: TicketID?
  package let hold: HoldID?
  /// The transfer that this one reverses.
  package let reverses: TransferID?
  /// The further unit of the plan that it moves; nil for the plan's own.
  package let furtherUnit: String?
  package let text: String
  /// Why, line by line. Their units sum to what was taken from the customer's wallet: to minus ``amount``.
  package let lines: [JournalLine]
  /// The lots that paid (negative) or were filled (positive).
  package let draws: [Draw]
  /// Units beyond the lots: negative where acknowledged overage paid, positive where overage was brought back.
  package let overage: Amount
  /// The number of this transfer in the agreement's journal, from 1 without gaps: it is itself the wallet's entry.
  package let sequence: Int64
  /// Of the customer's wallet in its unit after it.
  package let balance: Amount
  /// The tenant's own wallet that takes the other side, in the same unit.
  package let contra: WalletID
  /// The number of the ``Entry`` in that wallet.
  package let contraSequence: Int64
  /// When it was posted.
  package let at: Instant
  /// When what it charges was done.
  package let effectiveAt: Instant
  package let planVersion: PlanVersion
  /// Start of the statement period that it was posted in.
  package let period: Instant

  /// What kind of movement; the raw value is the wire's word.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A package was bought.
    case grant
    /// Work was charged.
    case charge
    /// An earlier transfer was taken back.
    case reversal
    /// Units were added or taken by hand.
    case adjustment
    /// Units lapsed.
    case expiry
    /// Units took a later expiry; the balance stays.
    case carryOver = "carry-over"
    /// Units beyond the balance were invoiced.
    case overage
  }

  package init(
    id: TransferID, kind: Kind, agreement: AgreementID, ticket: TicketID?, hold: HoldID?, reverses: TransferID?,
    furtherUnit: String? = nil, text: String, lines: [JournalLine], draws: [Draw], overage: Amount, sequence: Int64,
    balance: Amount,
    contra: WalletID, contraSequence: Int64, at: Instant, effectiveAt: Instant, planVersion: PlanVersion,
    period: Instant
  ) {
    self.id = id
    self.kind = kind
    self.agreement = agreement
    self.ticket = ticket
    self.hold = hold
    self.reverses = reverses
    self.furtherUnit = furtherUnit
    self.text = text
    self.lines = lines
    self.draws = draws
    self.overage = overage
    self.sequence = sequence
    self.balance = balance
    self.contra = contra
    self.contraSequence = contraSequence
    self.at = at
    self.effectiveAt = effectiveAt
    self.planVersion = planVersion
    self.period = period
  }

  package var key: TransferID { id }
  package var group: AgreementID { agreement }

  /// What it added to the customer's wallet; negative where it took.
  package var amount: Amount { draws.total + overage }
}

/// The tenant's side of transfers: what one of its own wallets took from those that were decided together. Inserted, never
/// changed.
package struct Entry: Record, Hashable {
  /// Which entry of which wallet.
  package struct Key: Hashable, Comparable, Sendable {
    package let wallet: WalletID
    package let sequence: Int64

    package init(wallet: WalletID, sequence: Int64) {
      self.wallet = wallet
      self.sequence = sequence
    }

    package static func < (a: Key, b: Key) -> Bool { (a.wallet, a.sequence) < (b.wallet, b.sequence) }
  }

  package let wallet: WalletID
  /// Numbered from 1 without gaps in its wallet.
  package let sequence: Int64
  /// The opposite of what the transfers moved that name this entry.
  package let amount: Amount
  /// Of the wallet after it.
  package let balance: Amount
  package let at: Instant

  package init(wallet: WalletID, sequence: Int64, amount: Amount, balance: Amount, at: Instant) {
    self.wallet = wallet
    self.sequence = sequence
    self.amount = amount
    self.balance = balance
    self.at = at
  }

  package var key: Key { Key(wallet: wallet, sequence: sequence) }
  package var group: WalletID { wallet }
}

/// Says that a transfer was reversed: there is at most one for each.
package struct Reversal: Record, Hashable {
  /// What was reversed.
  package let transfer: TransferID
  /// By which transfer.
  package let by: TransferID

  package init(transfer: TransferID, by: TransferID) {
    self.transfer = transfer
    self.by = by
  }

  package var key: TransferID { transfer }
  package var group: TransferID { transfer }
}

/// One reason in a transfer: the clause, what it says, and how the units came about.
package struct JournalLine: Hashable, Sendable {
  package let kind: Kind
  /// The clause of the plan; empty where none applies.
  package let clause: String
  package let text: String
  /// Units charged; negative for what is waived or added.
  package let units: Amount
  package let arithmetic: String
  /// What the clause looked at, as `name: value`.
  package var inputs: [String]

  /// Where a line comes from; the raw value is the wire's word.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A rate of the plan.
    case rate
    /// A charge that something voided.
    case voided
    /// A waiver of the plan.
    case waiver
    /// A person took it off.
    case manualWaiver = "manual-waiver"
    /// Parts, and the time for them.
    case part
    /// Units beyond the balance.
    case overage
    /// What makes the lines agree with what was moved: charged before, not yet settled, or moved by hand.
    case adjustment
    /// A package.
    case grant
    /// Units that lapsed.
    case expiry
    /// Units that took a later expiry.
    case carryOver = "carry-over"
    /// What an earlier transfer had moved.
    case reversal
  }

  package init(
    kind: Kind, clause: String, text: String, units: Amount, arithmetic: String, inputs: [String] = []
  ) {
    self.kind = kind
    self.clause = clause
    self.text = text
    self.units = units
    self.arithmetic = arithmetic
    self.inputs = inputs
  }

  /// A line of a rating.
  init(_ line: ChargeLine) {
    let kind: Kind =
      switch line.kind {
      case .rate: .rate
      case .voided: .voided
      case .waiver: .waiver
      case .manualWaiver: .manualWaiver
      case .part: .part
      }
    self.init(
      kind: kind, clause: line.clause, text: line.text, units: line.units, arithmetic: line.arithmetic,
      inputs: line.inputs.map(\.description))
  }
}

extension [JournalLine] {
  /// The sum of the lines; nil beyond the bounds of an amount.
  var total: Amount? {
    var sum: Amount = 0
    for line in self {
      guard let next = sum.adding(line.units) else { return nil }
      sum = next
    }
    return sum
  }
}
