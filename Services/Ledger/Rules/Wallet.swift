package import Policy

/// A purse of units: a customer's, or one of the tenant's own.
///
/// An agreement has one in each unit of its plan that it came to have. The one in the plan's own unit also counts the
/// entries of the agreement's journal, which are in any of its units. The tenant has one of each of its kinds in each unit that
/// any of its plans counts, so that no sum mixes units.
///
/// The database repeats the rule that no customer is overdrawn: `balance >= -overage_limit`, `held >= 0` and
/// `held <= balance + overage_limit`.
package struct Wallet: Record, Hashable {
  package let id: WalletID
  package let kind: Kind
  /// Whose wallet it is, of one in a further unit of the plan; nil for all others.
  package let agreement: AgreementID?
  /// What it counts, by the unit's name.
  package let unit: String
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
    id: WalletID, kind: Kind, agreement: AgreementID? = nil, unit: String, balance: Amount = 0,
    held: Amount = 0, overageLimit: Amount = 0, sequence: Int64 = 0, postedAt: Instant = .epoch, lastGrant: Amount = 0,
    isLowTold: Bool = false
  ) {
    self.id = id
    self.kind = kind
    self.agreement = agreement
    self.unit = unit
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
  /// The identifier of the tenant's own wallet of this kind in a unit, by the unit's name: the same in every tenant, so that
  /// it is known without looking it up. It is made of the kind and of hashes of the unit's name (FNV-1a, in an identifier of
  /// RFC 9562 version 8), for every charge asks for one: only the tenant's own plans name units, so that nobody gains by a
  /// collision. Nil for a customer's.
  package func tenantWallet(in unit: String) -> WalletID? {
    guard let number else { return nil }
    var (high, low) = (Self.hash(UInt8(number), into: Self.hashBasis), Self.hashBasis)
    for byte in unit.utf8 { (high, low) = (Self.hash(byte, into: high), Self.hash(byte, into: low)) }
    return WalletID(
      high: high & ~0xffff | 0x8000 | number, low: low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000)
  }

  private static let hashBasis: UInt64 = 0xcbf2_9ce4_8422_2325

  private static func hash(_ byte: UInt8, into hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }

  /// The kind of a wallet of the tenant's own, as its identifier says it; nil where that is none.
  package init?(ofTenantWallet id: WalletID) {
    guard let kind = Self.ofTenant.first(where: { $0.number == id.high & 0xfff }) else { return nil }
    self = kind
  }

  /// What the identifiers of the tenant's own wallets have in the 12 bits behind the version.
  private var number: UInt64? {
    switch self {
    case .customer: nil
    case .sold: 1
    case .earned: 2
    case .expired: 3
    case .invoiced: 4
    case .adjusted: 5
    }
  }

  /// The kinds of the tenant's own wallets.
  package static let ofTenant: [Wallet.Kind] = [.sold, .earned, .expired, .invoiced, .adjusted]
}
