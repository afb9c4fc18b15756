package import Policy

/// A purse of units: a customer's, or one of the tenant's own.
///
/// An agreement has one in each unit of its plan that it came to have. The one in the plan's own unit also counts the
/// entries of the agreement's journal, which are in any of its units.
///
/// The database repeats the rule that no customer is overdrawn: `balance >= -overage_limit`, `held >= 0` and
/// `held <= balance + overage_limit`.
package struct Wallet: Record, Hashable {
  package let id: WalletID
  package let kind: Kind
  /// Whose wallet it is, of one in a further unit of the plan; nil for all others.
  package let agreement: AgreementID?
  /// The further unit of the plan that it counts; nil for all others.
  package let furtherUnit: String?
  /// The sum of its entries.
  package var balance: Amount
  /// The sum of its open holds, what they hold beyond the balance included.
  package var held: Amount
  /// How far the balance may go below zero: overage that was acknowledged and not yet invoiced, used or still held.
  package var overageLimit: Amount
  /// The number of the journal's latest entry; 0 before the first, and in a further unit.
  package var sequence: Int64
  /// No entry may be posted before this instant: the latest entry's, or the end of the last closed statement.
  package var postedAt: Instant
  /// Units of the latest purchase.
  package var lastGrant: Amount
  /// Whether the customer was told that little is left of it.
  package var isLowTold: Bool

  /// Whose wallet it is; the raw value is stored.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A customer's: its identifier is the agreement's.
    case customer
    /// Where bought units come from.
    case sold
    /// Where charged units go.
    case earned
    /// Where expired units go.
    case expired
    /// What invoices for overage bring back.
    case invoiced
    /// The other side of adjustments by hand.
    case adjusted
  }

  package init(
    id: WalletID, kind: Kind, agreement: AgreementID? = nil, furtherUnit: String? = nil, balance: Amount = 0,
    held: Amount = 0, overageLimit: Amount = 0, sequence: Int64 = 0, postedAt: Instant = .epoch, lastGrant: Amount = 0,
    isLowTold: Bool = false
  ) {
    self.id = id
    self.kind = kind
    self.agreement = agreement
    self.furtherUnit = furtherUnit
    self.balance = balance
    self.held = held
    self.overageLimit = overageLimit
    self.sequence = sequence
    self.postedAt = postedAt
    self.lastGrant = lastGrant
    self.isLowTold = isLowTold
  }

  package var key: WalletID { id }
  package var group: WalletID { id }
}

extension Wallet.Kind {
  /// The identifier of the tenant's own wallet of this kind, the same in every tenant (RFC 9562 version 8), so that it is
  /// known without looking it up; nil for a customer's.
  package var tenantWallet: WalletID? {
    let number: UInt64
    switch self {
    case .customer: return nil
    case .sold: number = 1
    case .earned: number = 2
    case .expired: number = 3
    case .invoiced: number = 4
    case .adjusted: number = 5
    }
    return WalletID(high: 0x8000, low: 0x8000_0000_0000_0000 | number)
  }

  /// The kinds of the tenant's own wallets.
  package static let ofTenant: [Wallet.Kind] = [.sold, .earned, .expired, .invoiced, .adjusted]
}
