public import Policy

/// Registers a thing that is supported.
public enum RegisterAsset {
  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Whose it is.
    public var accountID: AccountID
    /// 1 to 200 bytes.
    public var name: String
    /// What kind of equipment it is, as the plan's rates name it.
    public var category: String
    /// What it runs, as the plan names it; empty: unknown.
    public var platform: String
    /// Whether it belongs to a person and not to the customer.
    public var isPrivate: Bool
    /// Where a contact's written consent is kept; empty: none.
    public var consentDocument: String
    /// Whether it stands on the customer's inventory.
    public var isInventoried: Bool

    /// A request as given.
    public init(
      accountID: AccountID, name: String, category: String, platform: String = "", isPrivate: Bool = false,
      consentDocument: String = "", isInventoried: Bool = false
    ) {
      self.accountID = accountID
      self.name = name
      self.category = category
      self.platform = platform
      self.isPrivate = isPrivate
      self.consentDocument = consentDocument
      self.isInventoried = isInventoried
    }
  }

  /// Needs the account.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Asset> {
    Decision { () throws(Refused) in
      let account = try state.account(request.accountID)
      try Fields.name(request.name, "name")
      try Fields.requiredWord(request.category, "category")
      try Fields.word(request.platform, "platform")
      try Fields.line(request.consentDocument, "consent_document", max: Fields.noteByteCountMax)
      let asset = Asset(
        id: context.id(), accountID: account.id, name: request.name, category: request.category,
        platform: request.platform, isPrivate: request.isPrivate, consentDocument: request.consentDocument,
        isInventoried: request.isInventoried, registeredAt: context.now)
      state.assets.insert(asset)
      state.common.changed("asset.registered", asset.id, version: 1, "\(account.name) registered \(asset.name).")
      return asset
    }
  }
}
