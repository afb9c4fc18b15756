public import Policy

/// Registers a company that may use an account's credits from the next purchase on.
public enum AddSubsidiary {
  /// The most subsidiaries of one account.
  public static let countMax = 1000

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// Whose credits it may use.
    public var accountID: AccountID
    /// 1 to 200 bytes.
    public var name: String
    /// Where it is, as plans name it.
    public var region: String

    /// A request as given.
    public init(accountID: AccountID, name: String, region: String) {
      self.accountID = accountID
      self.name = name
      self.region = region
    }
  }

  /// The account and what was added.
  public struct Reply: Sendable, Hashable {
    /// The account after the change.
    public var account: AccountView
    /// The new subsidiary.
    public var subsidiaryID: SubsidiaryID
  }

  /// Needs the account with its subsidiaries, hotlines and contacts.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<Reply> {
    Decision { () throws(Refused) in
      var account = try state.account(request.accountID)
      try Fields.name(request.name, "name")
      try Fields.requiredWord(request.region, "region")
      guard state.subsidiaries.members(of: account.id).count < countMax else {
        throw Refused(.limit("subsidiaries"), "An account has at most \(countMax) subsidiaries.")
      }
      let subsidiary = Subsidiary(
        id: context.id(), accountID: account.id, name: request.name, region: request.region, addedAt: context.now)
      state.subsidiaries.insert(subsidiary)
      state.commit(&account, "account.subsidiary-added", "\(account.name) registered \(subsidiary.name).", context)
      return Reply(account: state.view(of: account), subsidiaryID: subsidiary.id)
    }
  }
}
