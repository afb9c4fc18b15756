public import Policy

/// A thing that is supported.
public struct Asset: Record, Hashable {
  /// The asset's identifier.
  public let id: AssetID
  /// Whose it is.
  public let accountID: AccountID
  /// For people, 1 to 200 bytes.
  public let name: String
  /// What kind of equipment it is, as the plan's rates name it: desktop, server, network …
  public let category: String
  /// What it runs, as the plan names it: windows, linux, unix …; empty: unknown.
  public let platform: String
  /// Whether it belongs to a person and not to the customer.
  public let isPrivate: Bool
  /// Where a contact's written consent is kept; empty: none was given.
  public var consentDocument: String
  /// When the consent was withdrawn; nil: it was not.
  public var consentWithdrawnAt: Instant?
  /// Whether it stands on the inventory that the customer handed over.
  public var isInventoried: Bool
  /// When it was registered.
  public let registeredAt: Instant
  /// When it went out of use; nil: it is in use.
  public var retiredAt: Instant?

  /// An asset as given.
  public init(
    id: AssetID, accountID: AccountID, name: String, category: String, platform: String, isPrivate: Bool,
    consentDocument: String, consentWithdrawnAt: Instant? = nil, isInventoried: Bool, registeredAt: Instant,
    retiredAt: Instant? = nil
  ) {
    self.id = id
    self.accountID = accountID
    self.name = name
    self.category = category
    self.platform = platform
    self.isPrivate = isPrivate
    self.consentDocument = consentDocument
    self.consentWithdrawnAt = consentWithdrawnAt
    self.isInventoried = isInventoried
    self.registeredAt = registeredAt
    self.retiredAt = retiredAt
  }

  /// The identifier.
  public var key: AssetID { id }
  /// The account.
  public var group: AccountID { accountID }

  /// The documents that are in hand for it, by the names that plans use.
  public var documents: [String] {
    let consented = !consentDocument.isEmpty && consentWithdrawnAt == nil
    return (consented ? ["written-consent"] : []) + (isInventoried ? ["inventory"] : [])
  }
}
