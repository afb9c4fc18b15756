package import Policy

/// An account's contract on a version of a plan. Its wallet has the same identifier.
package struct Agreement: Record, Hashable {
  /// The most purchases whose instants are kept with the agreement.
  package static let purchasesMax = 100

  package let id: AgreementID
  package let account: AccountID
  package let planVersion: PlanVersion
  /// The plan's id.
  package let plan: String
  /// What the wallet counts, as the plan names it.
  package let unit: String
  package let signedAt: Instant
  /// Nil while it is active.
  package var endedAt: Instant?
  /// Instants of the latest purchases, oldest first, at most ``purchasesMax``.
  package var purchases: [Instant]
  /// Counts signing, purchases and the end, from 1.
  package var version: Int64
  /// Start of the statement period that no statement has closed yet.
  package var openPeriod: Instant
  /// The balance with which that period opened.
  package var opening: Amount

  package init(
    id: AgreementID, account: AccountID, planVersion: PlanVersion, plan: String, unit: String, signedAt: Instant,
    endedAt: Instant? = nil, purchases: [Instant] = [], version: Int64 = 1, openPeriod: Instant, opening: Amount = 0
  ) {
    self.id = id
    self.account = account
    self.planVersion = planVersion
    self.plan = plan
    self.unit = unit
    self.signedAt = signedAt
    self.endedAt = endedAt
    self.purchases = purchases
    self.version = version
    self.openPeriod = openPeriod
    self.opening = opening
  }

  package var key: AgreementID { id }
  package var group: AccountID { account }
  /// Whether new business may be done under it.
  package var isActive: Bool { endedAt == nil }
  /// The latest purchase; nil before the first.
  package var purchasedAt: Instant? { purchases.last }
}

/// A customer as intake tells of it: what statements and charges need to know.
package struct CustomerAccount: Record, Hashable {
  package let id: AccountID
  package var name: String
  /// Items of the first assessment that are done.
  package var assessment: [String]
  /// Why charges may come before the assessment is complete; empty when they may not.
  package var assessmentOverride: String

  package init(id: AccountID, name: String, assessment: [String] = [], assessmentOverride: String = "") {
    self.id = id
    self.name = name
    self.assessment = assessment
    self.assessmentOverride = assessmentOverride
  }

  package var key: AccountID { id }
  package var group: AccountID { id }
}
