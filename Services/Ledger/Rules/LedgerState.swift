package import Policy

/// What ledger knows about one tenant while it decides a batch.
package struct LedgerState: ServiceState {
  package var common: CommonState<LedgerEvent>
  /// Customers, as intake tells of them.
  package var accounts = Records<CustomerAccount>()
  /// Contracts on a plan.
  package var agreements = Records<Agreement>()
  /// Customers' wallets, and the tenant's own that take the other side of every transfer.
  package var wallets = Records<Wallet>()
  /// Credits that were granted at once, with their expiry.
  package var lots = Records<Lot>()
  /// Units kept aside.
  package var holds = Records<Hold>()
  /// Estimates.
  package var quotes = Records<Quote>()
  /// The journal's transfers: inserted, never changed.
  package var transfers = Records<Transfer>()
  /// Which transfers were reversed: inserted, never changed.
  package var reversals = Records<Reversal>()
  /// Charges that went from one ticket to another: inserted, never changed.
  package var moves = Records<ChargeMove>()
  /// The new entries of the tenant's own wallets: inserted, never changed once they are stored.
  package var entries = Records<Entry>()
  /// What tickets cost.
  package var ticketCharges = Records<TicketCharge>()
  /// Packages that are bought again by themselves.
  package var standingOrders = Records<StandingOrder>()
  /// Bills for overage.
  package var invoices = Records<Invoice>()
  /// Closed statements: inserted, never changed.
  package var statements = Records<Statement>()

  package init(tenant: TenantID) {
    common = CommonState(tenant: tenant)
  }
}

/// A point that a tenant's state can be put back to.
struct LedgerMark {
  fileprivate let common: CommonMark
  fileprivate let bags: [Int]
}

extension LedgerState {
  /// Where a part of a command begins.
  func mark() -> LedgerMark {
    LedgerMark(
      common: common.mark(),
      bags: [
        accounts.mark(), agreements.mark(), wallets.mark(), lots.mark(), holds.mark(), quotes.mark(), transfers.mark(),
        reversals.mark(), entries.mark(), ticketCharges.mark(), invoices.mark(), statements.mark(),
        standingOrders.mark(), moves.mark(),
      ])
  }

  /// Undoes everything since `mark`.
  mutating func rollback(to mark: LedgerMark) {
    common.rollback(to: mark.common)
    accounts.rollback(to: mark.bags[0])
    agreements.rollback(to: mark.bags[1])
    wallets.rollback(to: mark.bags[2])
    lots.rollback(to: mark.bags[3])
    holds.rollback(to: mark.bags[4])
    quotes.rollback(to: mark.bags[5])
    transfers.rollback(to: mark.bags[6])
    reversals.rollback(to: mark.bags[7])
    entries.rollback(to: mark.bags[8])
    ticketCharges.rollback(to: mark.bags[9])
    invoices.rollback(to: mark.bags[10])
    statements.rollback(to: mark.bags[11])
    standingOrders.rollback(to: mark.bags[12])
    moves.rollback(to: mark.bags[13])
  }
}

/// What ledger tells other services.
package enum LedgerEvent: Hashable, Sendable {
  /// An agreement was signed, topped up or ended.
  case agreement(Agreement, balance: Amount, held: Amount)
  /// What a ticket costs has changed.
  case charges(TicketSummary)
  /// A customer should be told something.
  case notice(Notice)
}

/// Something that a customer should be told.
package struct Notice: Hashable, Sendable {
  /// The longest text, in bytes of UTF-8.
  package static let textByteCountMax = 16 * 1024

  /// What it is about; the raw value is the wire's word.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Little is left of the last grant.
    case lowBalance = "low-balance"
    /// Units expire soon.
    case expiry
    /// A month was closed.
    case statement
    /// Overage was billed.
    case invoice
    /// Work costs more than is left: an acknowledgement is needed.
    case estimate
  }

  package let id: SubjectID
  package let kind: Kind
  package let account: AccountID
  /// One line.
  package let subject: String
  /// At most ``textByteCountMax`` bytes.
  package let text: String
  /// The same by the fields of its kind.
  package let facts: MessageFacts

  package init(
    id: SubjectID, kind: Kind, account: AccountID, subject: String, text: String, facts: MessageFacts
  ) {
    self.id = id
    self.kind = kind
    self.account = account
    self.subject = subject
    self.text = text
    self.facts = facts
  }
}

extension LedgerState {
  /// The agreement, or a refusal.
  func agreement(_ id: AgreementID) throws(Refused) -> Agreement {
    guard let agreement = agreements[id] else { throw Refused(.notFound("agreement"), "There is no such agreement.") }
    return agreement
  }

  /// The agreement if new business may be done under it, or a refusal.
  func activeAgreement(_ id: AgreementID) throws(Refused) -> Agreement {
    let agreement = try agreement(id)
    guard agreement.isActive else {
      throw Refused(.conflict(state: "ended"), "The agreement has ended. Sign a new one.")
    }
    return agreement
  }

  /// The wallet of an agreement in its plan's own unit, or a refusal.
  func wallet(_ id: AgreementID) throws(Refused) -> Wallet {
    guard let wallet = wallets[id.as()] else { throw Refused(.notFound("wallet"), "The agreement has no wallet.") }
    return wallet
  }

  /// The plan with this version, or a refusal.
  func plan(_ version: PlanVersion) throws(Refused) -> Plan {
    guard let plan = common.plans[version] else {
      throw Refused(.planUnknown, "This service does not have plan version \(version). Publish it here first.")
    }
    return plan
  }

  /// Tells a customer something.
  mutating func notify(
    _ kind: Notice.Kind, _ account: AccountID, subject: String, text: String, facts: MessageFacts,
    _ context: inout Context
  ) {
    common.emit(
      .notice(
        Notice(id: context.id(), kind: kind, account: account, subject: subject, text: text, facts: facts)))
  }
}

extension Context {
  /// Refuses a caller who may not sell (F3): signing up and buying is for sales, and for who administers its work.
  func requireSales(_ plan: Plan?) throws(Refused) {
    switch caller.role {
    case .sales, .admin, .service: return
    case .portal, .desk, .auditor:
      let failed = plan?.admit([.role: .text(caller.role.rawValue)], at: now, subject: .signUp).failed ?? []
      let referral = plan?.referrals["sales"].map { " Turn to \($0)." } ?? ""
      throw Refused(.notAllowed, "Only sales signs customers up and sells packages." + referral, clauses: failed)
    }
  }
}

/// A text of a request in bounds, or a refusal that names the field.
func required(_ text: String, field: String, byteCountMax: Int = 1000) throws(Refused) -> String {
  guard !text.isEmpty else { throw Refused(.invalid(field: field), "The field \(field) must not be empty.") }
  guard text.utf8.count <= byteCountMax else {
    throw Refused(.invalid(field: field), "The field \(field) has at most \(byteCountMax) bytes.")
  }
  return text
}
