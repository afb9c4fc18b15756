public import Policy

/// Corrects what is known of a customer.
public enum UpdateAccount {
  /// What is asked; nil leaves a field as it is.
  public struct Request: Sendable, Hashable {
    /// Which account.
    public var accountID: AccountID
    /// 1 to 200 bytes.
    public var name: String?
    /// As plans name it.
    public var region: String?
    /// Whether the customer has a maintenance plan.
    public var hasMaintenancePlan: Bool?
    /// What the customer is written to in (BCP 47); empty: the tenant's language.
    public var language: String?

    /// A request as given.
    public init(
      accountID: AccountID, name: String? = nil, region: String? = nil, hasMaintenancePlan: Bool? = nil,
      language: String? = nil
    ) {
      self.language = language
      self.accountID = accountID
      self.name = name
      self.region = region
      self.hasMaintenancePlan = hasMaintenancePlan
    }
  }

  /// Needs the account with its subsidiaries, hotlines and contacts. A request that changes nothing makes no version.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<AccountView> {
    Decision { () throws(Refused) in
      var account = try state.account(request.accountID)
      let before = account
      if let name = request.name {
        try Fields.name(name, "name")
        account.name = name
      }
      if let region = request.region {
        try Fields.requiredWord(region, "region")
        account.region = region
      }
      if let has = request.hasMaintenancePlan { account.hasMaintenancePlan = has }
      if let language = request.language { account.language = try Fields.language(language) }
      if account != before {
        state.commit(&account, "account.updated", "\(account.name) was updated.", context)
      }
      return state.view(of: account)
    }
  }
}
