public import Policy

/// A customer of the tenant.
public struct Account: Record, Hashable {
  /// The account's identifier.
  public let id: AccountID
  /// For people, 1 to 200 bytes.
  public var name: String
  /// Where it is, as the plan's values name it, such as `SG`.
  public var region: String
  /// Whether the customer has a maintenance plan.
  public var hasMaintenancePlan: Bool
  /// Items of the first assessment that are done, in the order in which they were recorded.
  public var assessment: [String] = []
  /// Why charges may come before the assessment is complete; nil: they may not.
  public var assessmentOverride: String?
  /// Obligations of the plan that the customer does not keep, by id, in the order in which they were recorded.
  public var unkept: [String] = []
  /// What the ledger says of the customer's latest agreement; nil before one is signed.
  public var agreement: AgreementView?
  /// The maintenance visit that is under way; nil: none.
  public var maintenanceVisitID: VisitID?
  /// What the customer is written to in; nil: the tenant's language.
  public var language: MessageLanguage?
  /// When it was created.
  public let createdAt: Instant
  /// Counts changes of the account, its subsidiaries, hotlines and contacts, from 1.
  public var version: Int64

  /// An account as given, with nothing assessed or agreed.
  public init(
    id: AccountID, name: String, region: String, hasMaintenancePlan: Bool, createdAt: Instant, version: Int64 = 1
  ) {
    self.id = id
    self.name = name
    self.region = region
    self.hasMaintenancePlan = hasMaintenancePlan
    self.createdAt = createdAt
    self.version = version
  }

  /// The identifier.
  public var key: AccountID { id }
  /// The account itself.
  public var group: AccountID { id }
}

/// What the ledger told about an account's agreement.
public struct AgreementView: Hashable, Sendable {
  /// The agreement's identifier.
  public var id: AgreementID
  /// The plan that was agreed.
  public var planVersion: PlanVersion
  /// When it was signed.
  public var signedAt: Instant
  /// The latest purchase; nil: none.
  public var purchasedAt: Instant?
  /// The tier that was agreed, as the plan names it; empty where it has none.
  public var tier: String
  /// When its term was agreed.
  public var agreedAt: Instant
  /// The first instant after its term; nil: it has none.
  public var endsAt: Instant?
  /// When it was ended; nil: it was not.
  public var endedAt: Instant?
  /// Packages and services that were bought under it.
  public var bought: [String]

  /// A view as given; without `agreedAt` it was agreed when it was signed.
  public init(
    id: AgreementID, planVersion: PlanVersion, signedAt: Instant, purchasedAt: Instant?, tier: String = "",
    agreedAt: Instant? = nil, endsAt: Instant? = nil, endedAt: Instant? = nil, bought: [String] = []
  ) {
    self.id = id
    self.planVersion = planVersion
    self.signedAt = signedAt
    self.purchasedAt = purchasedAt
    self.tier = tier
    self.agreedAt = agreedAt ?? signedAt
    self.endsAt = endsAt
    self.endedAt = endedAt
    self.bought = bought
  }

  /// How an agreement stands; the raw value is the word that plans use.
  public enum Standing: String, Hashable, Sendable {
    /// It binds.
    case active
    /// It was ended, or its term is over.
    case lapsed
  }

  /// How it stands at an instant.
  public func standing(at instant: Instant) -> Standing {
    endedAt != nil || endsAt.map { $0 <= instant } ?? false ? .lapsed : .active
  }
}

extension Kind {
  /// A company that shares an account.
  public enum Subsidiary {}
}

/// The identifier of a company that shares an account.
public typealias SubsidiaryID = ID<Kind.Subsidiary>

/// A company that may use an account's credits once it is registered at a purchase.
public struct Subsidiary: Record, Hashable {
  /// The subsidiary's identifier.
  public let id: SubsidiaryID
  /// Whose credits it may use.
  public let accountID: AccountID
  /// For people, 1 to 200 bytes.
  public let name: String
  /// Where it is, as the plan's values name it.
  public let region: String
  /// Covered from the first purchase at or after this instant.
  public let addedAt: Instant

  /// A subsidiary as given.
  public init(id: SubsidiaryID, accountID: AccountID, name: String, region: String, addedAt: Instant) {
    self.id = id
    self.accountID = accountID
    self.name = name
    self.region = region
    self.addedAt = addedAt
  }

  /// The identifier.
  public var key: SubsidiaryID { id }
  /// The account.
  public var group: AccountID { accountID }

  /// Whether a purchase at or after its registration covers it.
  public func isCovered(by agreement: AgreementView?) -> Bool {
    guard let purchasedAt = agreement?.purchasedAt else { return false }
    return purchasedAt >= addedAt
  }
}

/// A telephone number given to one customer alone.
public struct Hotline: Record, Hashable {
  /// In international form (E.164), such as `+6568427600`.
  public let number: String
  /// The customer.
  public let accountID: AccountID

  /// A hotline as given.
  public init(number: String, accountID: AccountID) {
    self.number = number
    self.accountID = accountID
  }

  /// The number: one account's in a tenant.
  public var key: String { number }
  /// The account.
  public var group: AccountID { accountID }
}
