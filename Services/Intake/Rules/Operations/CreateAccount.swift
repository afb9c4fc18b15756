public import Policy

/// Takes a customer on.
public enum CreateAccount {
  /// The most hotlines that one account may have.
  public static let hotlineCountMax = 10

  /// What is asked.
  public struct Request: Sendable, Hashable {
    /// 1 to 200 bytes.
    public var name: String
    /// Where the customer is, as plans name it.
    public var region: String
    /// Whether the customer has a maintenance plan.
    public var hasMaintenancePlan: Bool
    /// Numbers given to this customer alone, at most 10, in international form.
    public var hotlines: [String]
    /// What the customer is written to in (BCP 47); empty: the tenant's language.
    public var language: String

    /// A request as given.
    public init(name: String, region: String, hasMaintenancePlan: Bool, hotlines: [String], language: String = "") {
      self.language = language
      self.name = name
      self.region = region
      self.hasMaintenancePlan = hasMaintenancePlan
      self.hotlines = hotlines
    }
  }

  /// The one spelling of a hotline, by which it is looked up; nil when it is none.
  public static func canonicalHotline(_ number: String) -> String? {
    Decision { () throws(Refused) in try Fields.hotline(number, "hotlines") }.reply
  }

  /// Needs the hotlines that are asked for, if others have them.
  public static func decide(
    _ request: Request, _ state: inout IntakeState, _ context: inout Context
  ) -> Decision<AccountView> {
    Decision { () throws(Refused) in
      try Fields.name(request.name, "name")
      try Fields.requiredWord(request.region, "region")
      let language = try Fields.language(request.language)
      guard request.hotlines.count <= hotlineCountMax else {
        throw Fields.invalid("hotlines", "has at most \(hotlineCountMax) numbers")
      }
      var numbers: Set<String> = []
      for text in request.hotlines {
        let number = try Fields.hotline(text, "hotlines")
        guard !state.hotlines.contains(number), numbers.insert(number).inserted else {
          throw Refused(.alreadyExists("hotline"), "The number \(number) is given to an account already.")
        }
      }
      var account = Account(
        id: context.id(), name: request.name, region: request.region, hasMaintenancePlan: request.hasMaintenancePlan,
        createdAt: context.now)
      account.language = language
      state.accounts.insert(account)
      for number in numbers.sorted() { state.hotlines.insert(Hotline(number: number, accountID: account.id)) }
      state.announce(account, "account.created", "\(account.name) is a customer.", context)
      return state.view(of: account)
    }
  }
}
