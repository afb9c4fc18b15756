package import Policy

/// An account's contract on a version of a plan. Its wallet in the plan's own unit has the same identifier.
package struct Agreement: Record, Hashable {
  /// The most purchases whose instants are kept with the agreement.
  package static let purchasesMax = 100
  /// The most different packages and services that are bought under one agreement.
  package static let boughtMax = 200

  package let id: AgreementID
  package let account: AccountID
  /// The version that was agreed on last: a renewal may take a newer one.
  package var planVersion: PlanVersion
  /// The plan's id.
  package let plan: String
  /// The plan's own unit.
  package let unit: String
  /// One of the plan's tiers; empty where it has none.
  package let tier: String
  package let signedAt: Instant
  /// When the present term was agreed: signed, or renewed last.
  package var agreedAt: Instant
  /// First instant after the term, at which it ends by itself; nil for no term.
  package var endsAt: Instant?
  /// Nil while it is active.
  package var endedAt: Instant?
  /// Instants of the latest purchases, oldest first, at most ``purchasesMax``.
  package var purchases: [Instant]
  /// The packages and services that were bought, each once, in the order of their first purchase, at most ``boughtMax``.
  package var bought: [String]
  /// Counts signing, purchases, renewals and the end, from 1.
  package var version: Int64
  /// Start of the statement period that no statement has closed yet.
  package var openPeriod: Instant
  /// The balance with which that period opened.
  package var opening: Amount
  /// The same of the further units that had one.
  package var openings: [UnitAmount]

  package init(
    id: AgreementID, account: AccountID, planVersion: PlanVersion, plan: String, unit: String, tier: String = "",
    signedAt: Instant, agreedAt: Instant? = nil, endsAt: Instant? = nil, endedAt: Instant? = nil,
    purchases: [Instant] = [], bought: [String] = [], version: Int64 = 1, openPeriod: Instant, opening: Amount = 0,
    openings: [UnitAmount] = []
  ) {
    self.id = id
    self.account = account
    self.planVersion = planVersion
    self.plan = plan
    self.unit = unit
    self.tier = tier
    self.signedAt = signedAt
    self.agreedAt = agreedAt ?? signedAt
    self.endsAt = endsAt
    self.endedAt = endedAt
    self.purchases = purchases
    self.bought = bought
    self.version = version
    self.openPeriod = openPeriod
    self.opening = opening
    self.openings = openings
  }

  package var key: AgreementID { id }
  package var group: AccountID { account }
  /// Whether new business may be done under it.
  package var isActive: Bool { endedAt == nil }
  /// The latest purchase; nil before the first.
  package var purchasedAt: Instant? { purchases.last }

  /// Notes that something was bought at `now`.
  mutating func note(bought name: String, at now: Instant) throws(Refused) {
    if !bought.contains(name) {
      guard bought.count < Self.boughtMax else {
        throw Refused(
          .limit("bought"), "At most \(Self.boughtMax) packages and services are bought under an agreement.")
      }
      bought.append(name)
    }
    purchases = Array((purchases + [now]).suffix(Self.purchasesMax))
    version += 1
  }
}

extension LedgerState {
  /// Refuses to sell under an agreement once the life of the plan's product has ended, in the agreement's version or in the
  /// newest, unless it was agreed on before and its term goes on (P16).
  func requireHonoured(_ agreement: Agreement, _ plan: Plan, at now: Instant) throws(Refused) {
    for plan in [plan, common.newest(of: plan)].compactMap(\.self) {
      guard
        let failed = plan.refusal(endOfLifeAt: now, agreed: agreement.agreedAt, ends: agreement.endsAt)
      else { continue }
      throw Refused(.admission, "\(failed.text) \(failed.remedy)", clauses: [failed])
    }
  }
}

/// A customer as intake tells of it: what statements and charges need to know.
package struct CustomerAccount: Record, Hashable {
  package let id: AccountID
  package var name: String
  /// Items of the first assessment that are done.
  package var assessment: [String]
  /// Why charges may come before the assessment is complete; empty when they may not.
  package var assessmentOverride: String
  /// What its pages are in; nil: the tenant's language.
  package var language: MessageLanguage?

  package init(
    id: AccountID, name: String, assessment: [String] = [], assessmentOverride: String = "",
    language: MessageLanguage? = nil
  ) {
    self.language = language
    self.id = id
    self.name = name
    self.assessment = assessment
    self.assessmentOverride = assessmentOverride
  }

  package var key: AccountID { id }
  package var group: AccountID { id }
}
