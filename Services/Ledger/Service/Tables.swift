import LedgerRules
import Policy
import ServiceKit

/// How the database holds the ledger's state; the migrations make these tables.
enum Tables {
  static let accounts = Table<LedgerState, CustomerAccount>(
    "accounts", { $1(&$0.accounts) }, key: accountsKey, columns: accountsColumns, read: accountsRead)

  private static let accountsKey: [Column<AccountID>] = [Column("account_id") { $0 }]

  private static let accountsColumns: [Column<CustomerAccount>] = [
    Column("name", \.name),
    Column("assessment") { (row: CustomerAccount) -> StoredList<String> in StoredList(row.assessment) },
    Column("assessment_override", \.assessmentOverride),
    Column("language") { (row: CustomerAccount) -> String in row.language?.tag ?? "" },
  ]

  private static let accountsRead: Table<LedgerState, CustomerAccount>.Read = { row throws(RowError) in
    let accountId = try row.next(AccountID.self)
    let name = try row.next(String.self)
    let assessment = try row.next(StoredList<String>.self).elements
    let assessmentOverride = try row.next(String.self)
    return CustomerAccount(
      id: accountId, name: name, assessment: assessment, assessmentOverride: assessmentOverride,
      language: MessageLanguage(try row.next(String.self)))
  }

  static let agreements = Table<LedgerState, Agreement>(
    "agreements", { $1(&$0.agreements) }, key: agreementsKey, columns: agreementsColumns, read: agreementsRead)

  private static let agreementsKey: [Column<AgreementID>] = [Column("agreement_id") { $0 }]

  private static let agreementsColumns: [Column<Agreement>] = [
    Column("account_id", fixed: true, \.account),
    Column("plan_version", \.planVersion),
    Column("plan", fixed: true, \.plan),
    Column("unit", fixed: true, \.unit),
    Column("tier", fixed: true, \.tier),
    Column("signed_at", fixed: true, \.signedAt),
    Column("agreed_at", \.agreedAt),
    Column("ends_at", \.endsAt),
    Column("ended_at", \.endedAt),
    Column("purchases") { (row: Agreement) -> StoredList<Instant> in StoredList(row.purchases) },
    Column("bought") { (row: Agreement) -> StoredList<String> in StoredList(row.bought) },
    Column("version", \.version),
    Column("open_period", \.openPeriod),
    Column("opening", \.opening),
    Column("openings") { (row: Agreement) -> StoredList<UnitAmount> in StoredList(row.openings) },
  ]

  private static let agreementsRead: Table<LedgerState, Agreement>.Read = { row throws(RowError) in
    let agreementId = try row.next(AgreementID.self)
    let accountId = try row.next(AccountID.self)
    let planVersion = try row.next(PlanVersion.self)
    let plan = try row.next(String.self)
    let unit = try row.next(String.self)
    let tier = try row.next(String.self)
    let signedAt = try row.next(Instant.self)
    let agreedAt = try row.next(Instant.self)
    let endsAt = try row.next(Instant?.self)
    let endedAt = try row.next(Instant?.self)
    let purchases = try row.next(StoredList<Instant>.self).elements
    let bought = try row.next(StoredList<String>.self).elements
    let version = try row.next(Int64.self)
    let openPeriod = try row.next(Instant.self)
    let opening = try row.next(Amount.self)
    let openings = try row.next(StoredList<UnitAmount>.self).elements
    return Agreement(
      id: agreementId, account: accountId, planVersion: planVersion, plan: plan, unit: unit, tier: tier,
      signedAt: signedAt, agreedAt: agreedAt, endsAt: endsAt, endedAt: endedAt, purchases: purchases, bought: bought,
      version: version, openPeriod: openPeriod, opening: opening, openings: openings)
  }

  /// An account's active agreement, of which there is at most one.
  static let activeAgreement: Group<LedgerState, Agreement, AccountID> = agreements.group(
    by: "account_id", where: "r.ended_at IS NULL", limit: 1)

  static let wallets = Table<LedgerState, Wallet>(
    "wallets", { $1(&$0.wallets) }, key: walletsKey, columns: walletsColumns, read: walletsRead)

  private static let walletsKey: [Column<WalletID>] = [Column("wallet_id") { $0 }]

  private static let walletsColumns: [Column<Wallet>] = [
    Column("kind", fixed: true, \.kind),
    Column("balance", \.balance),
    Column("held", \.held),
    Column("overage_limit", \.overageLimit),
    Column("sequence", \.sequence),
    Column("posted_at", \.postedAt),
    Column("last_grant", \.lastGrant),
    Column("is_low_told", \.isLowTold),
    Column("agreement_id", fixed: true, \.agreement),
    Column("unit", fixed: true, \.unit),
  ]

  private static let walletsRead: Table<LedgerState, Wallet>.Read = { row throws(RowError) in
    let walletId = try row.next(WalletID.self)
    let kind = try row.next(Wallet.Kind.self)
    let balance = try row.next(Amount.self)
    let held = try row.next(Amount.self)
    let overageLimit = try row.next(Amount.self)
    let sequence = try row.next(Int64.self)
    let postedAt = try row.next(Instant.self)
    let lastGrant = try row.next(Amount.self)
    let isLowTold = try row.next(Bool.self)
    let agreement = try row.next(AgreementID?.self)
    let unit = try row.next(String.self)
    return Wallet(
      id: walletId, kind: kind, agreement: agreement, unit: unit, balance: balance, held: held,
      overageLimit: overageLimit, sequence: sequence,
      postedAt: postedAt, lastGrant: lastGrant, isLowTold: isLowTold)
  }

  static let lots = Table<LedgerState, Lot>(
    "lots", { $1(&$0.lots) }, key: lotsKey, columns: lotsColumns, read: lotsRead)

  private static let lotsKey: [Column<LotID>] = [Column("lot_id") { $0 }]

  private static let lotsColumns: [Column<Lot>] = [
    Column("agreement_id", fixed: true, \.agreement),
    Column("package", fixed: true, \.package),
    Column("granted", fixed: true, \.granted),
    Column("remaining", \.remaining),
    Column("held", \.held),
    Column("priority", fixed: true, \.priority),
    Column("granted_at", fixed: true, \.grantedAt),
    Column("expires_at", \.expiresAt),
    Column("is_expired", \.isExpired),
    Column("lapsed_by") { (row: Lot) -> StoredList<TransferID>? in
      row.lapsedBy.isEmpty ? nil : StoredList(row.lapsedBy)
    },
    Column("is_used_up") { (row: Lot) -> Bool in row.remaining == 0 },
    Column("unit", fixed: true, \.furtherUnit),
  ]

  private static let lotsRead: Table<LedgerState, Lot>.Read = { row throws(RowError) in
    let lotId = try row.next(LotID.self)
    let agreementId = try row.next(AgreementID.self)
    let package = try row.next(String.self)
    let granted = try row.next(Amount.self)
    let remaining = try row.next(Amount.self)
    let held = try row.next(Amount.self)
    let priority = try row.next(Int32.self)
    let grantedAt = try row.next(Instant.self)
    let expiresAt = try row.next(Instant?.self)
    let isExpired = try row.next(Bool.self)
    let lapsedBy = try row.next(StoredList<TransferID>?.self)?.elements ?? []
    // That it is used up follows from what remains.
    _ = try row.next(Bool.self)
    let furtherUnit = try row.next(String?.self)
    return Lot(
      id: lotId, agreement: agreementId, package: package, furtherUnit: furtherUnit, granted: granted,
      remaining: remaining, held: held,
      priority: priority, grantedAt: grantedAt, expiresAt: expiresAt, isExpired: isExpired, lapsedBy: lapsedBy)
  }

  /// The lots of an agreement that have something left.
  static let lotsLeft: Group<LedgerState, Lot, AgreementID> = lots.group(
    by: "agreement_id", where: "NOT r.is_used_up")
  /// The lots of an agreement of which something has lapsed.
  static let lotsLapsed: Group<LedgerState, Lot, AgreementID> = lots.group(
    by: "agreement_id", where: "r.lapsed_by IS NOT NULL")
  /// All lots of an agreement that have not expired, the used-up ones included.
  static let lotsLiving: Group<LedgerState, Lot, AgreementID> = lots.group(
    by: "agreement_id", where: "NOT r.is_expired")
}
